"""Putting the present question, and taking what was chosen or read as its answer."""

from __future__ import annotations

from typing import Any

from . import offers, pages, steps
from .effects import Ask
from .inputs import ASK, TELL, show
from .steps import FlowStep
from .turn import Turn


def prompt(turn: Turn, step: FlowStep, error: str = "", whole: bool = False) -> None:
    """Puts the present question, in the present mode and page.

    :param error: said before it; a plain question is not repeated after it
    :param whole: the question is repeated all the same
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
    """Shows another page of a menu."""
    total = offers.bounds(len(step.options), page)[2]
    turn.state.page, turn.state.tries = min(page, total - 1), 0
    prompt(turn, step)


def choose_option(turn: Turn, step: FlowStep, code: str) -> None:
    """Takes the option of a menu with this id."""
    option = next(option for option in step.options if option.id == code)
    extra: dict[str, Any] = dict(option.values)
    if step.variable:
        extra[f"{step.variable}_option"] = option.id
    turn.answered(step, turn.render(option.title), option.goto or step.goto, extra)


def accept(turn: Turn, step: FlowStep, value: Any, doubt: str = "") -> None:
    """Takes the value that was read from an answer: asks whether it is right, or goes on.

    :param doubt: how sure it is (``inputs.Reading.doubt``): what is in doubt is asked or told
        whatever the step says
    """
    state = turn.state
    if step.echo == "confirm" or doubt == ASK:
        state.mode, state.pending, state.tries = offers.ECHO, value, 0
        prompt(turn, step)
        return
    if step.echo == "say" or doubt == TELL:
        turn.say(turn.text("echo", {"resposta": show(value, step.answer)}))
    settle(turn, step, value)


def settle(turn: Turn, step: FlowStep, value: Any) -> None:
    """Keeps the value as the answer of the step (None: skipped) and goes on."""
    if step.answer == "choice" and isinstance(value, dict):
        # a record: its name is the value, its id and what else it brings stand beside it
        extra = {
            name: item for name, item in value.get("values", {}).items() if name in step.results
        }
        extra[f"{step.variable}_option"] = value["id"]
        turn.answered(step, value["title"], step.goto, extra)
    else:
        turn.answered(step, value, step.goto)
