# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Asks the current question, and accepts a choice or a value as its answer."""

from __future__ import annotations

from typing import Any

from . import memory, names, offers, pages, steps
from .effects import Ask
from .inputs import ASK, TELL, show
from .steps import FlowStep
from .texts import NOTED_NAMES
from .turn import Turn


def prompt(turn: Turn, step: FlowStep, error: str = "", whole: bool = False) -> None:
    """Ask the current question, in the current mode and page.

    :param error: text sent before it; a plain question is not repeated after it
    :param whole: repeat the question anyway
    """
    text = offers.text(turn, step)
    offered = pages.shown(turn, step, offers.offered(turn, step))
    if error:
        alone = step.kind == steps.QUESTION and not turn.state.mode and not offered
        text = error if alone and not whole else f"{error}\n\n{text}"
    turn.effects.append(
        Ask(
            text,
            tuple([offer.choice for offer in offered]),
            (step.list_button or turn.text("list_button")) if offered else "",
            step.kind,
            offers.hint(turn, step),
            () if error or turn.state.mode or turn.state.page else step.media,
        )
    )


def turn_page(turn: Turn, step: FlowStep, page: int) -> None:
    """Show another page of a menu."""
    total = offers.bounds(len(step.options), page)[2]
    turn.state.page, turn.state.tries = min(page, total - 1), 0
    prompt(turn, step)


def choose_option(turn: Turn, step: FlowStep, code: str) -> None:
    """Choose the menu's option with this id."""
    option = next(option for option in step.options if option.id == code)
    extra: dict[str, Any] = dict(option.values)
    if step.variable:
        extra[f"{step.variable}_option"] = option.id
    turn.answered(step, turn.render(option.title), option.goto or step.goto, extra)


def accept(turn: Turn, step: FlowStep, value: Any, doubt: str = "") -> None:
    """Accept a value from an answer: ask whether it is right, or continue.

    :param doubt: its certainty (``inputs.Reading.doubt``): doubtful values are confirmed or
    reported whatever the step says
    """
    state = turn.state
    if doubt == ASK and names.asked(step):
        # a doubtful name is confirmed once, then accepted
        doubt = "" if turn.state.memory.get("doubted") else ASK
        memory.put(turn.state, doubted=True)
    if step.echo == "confirm" or doubt == ASK:
        state.mode, state.pending, state.tries = offers.ECHO, value, 0
        prompt(turn, step)
        return
    if step.echo == "say" or doubt == TELL:
        noted = NOTED_NAMES.get(step.answer, "Anotado")
        turn.say(turn.text("echo", {"resposta": show(value, step.answer), "anotado": noted}))
    settle(turn, step, value)


def settle(turn: Turn, step: FlowStep, value: Any) -> None:
    """Store the value as the answer of the step (None: skipped) and continue."""
    if step.answer == "choice" and isinstance(value, dict):
        # a record: its name is the value; its id and further values are stored beside it
        extra = {
            name: item for name, item in value.get("values", {}).items() if name in step.results
        }
        extra[f"{step.variable}_option"] = value["id"]
        turn.answered(step, value["title"], step.goto, extra)
    else:
        turn.answered(step, value, step.goto)
