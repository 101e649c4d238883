"""Going straight to a place of the flow: by a direct code, by numbers, by an option of any menu.

Where a way of menus leads there from the main menu, it is walked, so that every option on it keeps
what it keeps and "voltar" goes up level by level.
"""

from __future__ import annotations

import re

from . import asking, cut_through, graph, matching
from . import state as states
from .compiler import Flow
from .turn import Turn

#: What may be a way even where any text is an answer: three levels at least, as "3.2.1"
_STRICT = re.compile(r"[1-9][0-9]?(?:\.[1-9][0-9]?){2,9}")
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_SEPARATORS = " .,/>-"


def read(flow: Flow, typed: str, loose: bool) -> str | list[int] | None:
    """Where a normalised text leads directly, None if it is no code.

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
    """Goes where :func:`read` says; False, with nothing changed, when there is no such way."""
    if isinstance(where, str):
        to_target(turn, where)
        return True
    if where:
        return _by_numbers(turn, where)
    to_main_menu(turn)
    return True


def to_main_menu(turn: Turn) -> None:
    """Back to the main menu; what was answered since is forgotten."""
    turn.rewind(turn.flow.main_menu)
    turn.state.return_to = ""
    turn.go(turn.flow.main_menu)


def to_target(turn: Turn, target: str) -> None:
    """Goes to a step, or takes an option (``menu:option``) of whichever menu."""
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
    """Answers menu after menu from the main menu, all of the way or not at all."""
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
