# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Jumps to any place in the flow: by a code, numbers, or an option of any menu.

If a path of menus leads there from the main menu, it is walked, so that every option on it stores
its values and "voltar" goes up level by level.
"""

from __future__ import annotations

import re

from . import asking, cut_through, graph, matching
from . import state as states
from .flow import Flow
from .turn import Turn

#: A path even where any text is accepted: three levels at least, as "3.2.1"
_STRICT = re.compile(r"[1-9][0-9]?(?:\.[1-9][0-9]?){2,9}")
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_SEPARATORS = " .,/>-"


def read(flow: Flow, typed: str, loose: bool) -> str | list[int] | None:
    """Return where a normalised text leads directly, None if it is not a code.

    :param loose: at a menu: also a code without "#" and numbers that elsewhere may be an answer
    :return: key of a step or ``menu:option``, or the numbers from the main menu (none: itself)
    """
    navigation = flow.navigation
    if typed.startswith("#"):
        rest = typed[1:].strip()
        return navigation.codes.get(rest) or (_numbers(rest) if flow.main_menu else None)
    if loose and typed in navigation.codes:
        return navigation.codes[typed]
    if not flow.main_menu or not typed[:1].isdigit():
        return None
    prefix = navigation.prefix
    if prefix and typed.startswith(prefix):
        rest = typed[len(prefix) :]
        if not rest:
            return [] if loose else None
        if rest[0] in _SEPARATORS:
            return _numbers(rest.strip(_SEPARATORS))
        if loose:
            return matching.dense_path(rest) or _numbers(rest)
    if loose or _STRICT.fullmatch(typed):
        return matching.path(typed)
    return None


def jump(turn: Turn, where: str | list[int]) -> bool:
    """Go where :func:`read` says; False, with nothing changed, if there is no way."""
    if isinstance(where, str):
        to_target(turn, where)
        return True
    if where:
        return _by_numbers(turn, where)
    to_main_menu(turn)
    return True


def to_main_menu(turn: Turn) -> None:
    """Go back to the main menu; later answers are discarded."""
    turn.rewind(turn.flow.main_menu)
    turn.state.return_to = ""
    turn.go(turn.flow.main_menu)


def to_target(turn: Turn, target: str) -> None:
    """Go to a step, or choose an option (``menu:option``) of any menu."""
    flow, state = turn.flow, turn.state
    if target in flow.options:
        menu, position = flow.options[target]
        way = graph.path_to(flow.parents, flow.main_menu, menu) if flow.main_menu else None
        if way is None or not _by_numbers(turn, [*way, position]):
            state = turn.state
            state.return_to = ""
            turn.rewind(menu)
            step = flow.steps[menu]
            asking.choose_option(turn, step, step.options[position - 1].id)
        return
    state.return_to = ""
    if flow.main_menu:
        # "voltar" leads from there to the main menu
        turn.rewind(flow.main_menu)
        turn.remember(flow.main_menu)
    turn.go(target)


def _numbers(text: str) -> list[int] | None:
    return [int(text)] if _NUMBER.fullmatch(text) else matching.path(text)


def _by_numbers(turn: Turn, numbers: list[int]) -> bool:
    """Answer menu after menu from the main menu, completely or not at all."""
    probe = turn.fork()
    state = probe.state
    probe.rewind(turn.flow.main_menu)
    state.step, state.status, state.mode, state.return_to = (
        turn.flow.main_menu,
        states.INPUT,
        "",
        "",
    )
    if not cut_through.take(probe, numbers, asking.choose_option):
        return False
    turn.adopt(probe)
    return True
