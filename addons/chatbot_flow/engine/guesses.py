# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Guesses: offered to the citizen as options, never accepted silently."""

from __future__ import annotations

from collections.abc import Sequence

from . import asking, jumps, matching, offers
from .events import Answer
from .offers import GUESS
from .shared import yes_no
from .steps import FlowStep
from .turn import Turn

#: Maximum candidates: from the current menu, and from the whole flow
MAX_NEAR = 9
MAX_FAR = 3


def offer(turn: Turn, step: FlowStep, targets: Sequence[str], text: str) -> None:
    """Ask whether one of these options (``menu:option``) is meant, or the menu."""
    _ask(turn, step, targets, turn.text(text), turn.text("see_menu"))


def offer_change(turn: Turn, step: FlowStep, target: str) -> None:
    """Ask whether to accept an older question's option, which discards later answers."""
    menu, position = turn.flow.options[target]
    title = turn.render(turn.flow.steps[menu].options[position - 1].title)
    text = turn.text("stale_ask", {"opcao": title})
    _ask(turn, step, [target], text, turn.text("stale_keep"), turn.text("stale_go"))


def suggest(turn: Turn, step: FlowStep, text: str) -> bool:
    """Offer the whole flow's options closest to a free text; False if there are none."""
    found = turn.flow.search(text, MAX_FAR) if turn.flow.navigation.suggest else []
    if found:
        offer(turn, step, found, "suggest_ask")
    return bool(found)


def take(turn: Turn, step: FlowStep, answer: Answer, typed: str, sure: bool = False) -> bool:
    """Handle an answer to such a question.

    False if it is not one: the step's own question is active again, and handles the answer.

    :param sure: anything but an answer leaves this question open (a reaction)
    """
    state = turn.state
    offered = offers.offered(turn, step)
    words = [item.words for item in offered]
    chosen = next((i for i, item in enumerate(offered) if item.choice.id == answer.option_id), None)
    if chosen is None and not answer.option_id and typed:
        chosen = matching.exact(words, typed)
        if chosen is None:
            number = matching.number(typed) or matching.ordinal(typed)
            chosen = number - 1 if number and number <= len(offered) else None
        if chosen is None and (meant := yes_no.read(answer.text)) is not None:
            # a yes to a single candidate chooses it; a no stays here
            chosen = len(offered) - 1 if not meant else 0 if len(offered) == 2 else None
        if chosen is None and typed in turn.flow.navigation.words["back"]:
            chosen = len(offered) - 1
    if chosen is None and sure:
        return False
    state.mode, state.offers = "", {}
    if chosen is None:
        return False
    if offered[chosen].code == "keep":
        asking.prompt(turn, step)
    else:
        jumps.to_target(turn, offered[chosen].choice.id)
    return True


def _ask(
    turn: Turn, step: FlowStep, targets: Sequence[str], text: str, keep: str, title: str = ""
) -> None:
    state = turn.state
    titles = [title or _title(turn, target) for target in targets]
    alike = len(set(map(matching.normalise, titles))) < len(titles)
    items = [
        {"target": target, "title": name, "description": _above(turn, target) if alike else ""}
        for target, name in zip(targets, titles, strict=True)
    ]
    state.mode = GUESS
    state.offers = {"text": text, "keep": keep, "items": items}
    asking.prompt(turn, step)


def _title(turn: Turn, target: str) -> str:
    menu, position = turn.flow.options[target]
    return turn.render(turn.flow.steps[menu].options[position - 1].title)


def _above(turn: Turn, target: str) -> str:
    """Return the option that leads to this one's menu, to distinguish options of the same name."""
    menu = turn.flow.options[target][0]
    for parent, number in turn.flow.parents.get(menu, ()):
        return turn.render(turn.flow.steps[parent].options[number - 1].title)
    return ""
