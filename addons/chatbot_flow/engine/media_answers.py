"""Answers that are files: one, or several until "Pronto"; and the late ones of an album."""

from __future__ import annotations

from . import asking, failing, inputs, steps
from .events import Answer
from .inputs import Wrong
from .steps import MAX_MEDIA, FlowStep
from .turn import Turn


def late(turn: Turn, step: FlowStep, answer: Answer) -> bool:
    """The other pictures of an album arrive after the first has answered: they belong to it."""
    state = turn.state
    if answer.kind != "media" or len(state.history) <= state.floor:
        return False
    if step.kind == steps.QUESTION and step.answer == "media":
        return False
    asked = turn.flow.steps.get(state.history[-1])
    if asked is None or asked.kind != steps.QUESTION or asked.answer != "media":
        return False
    kept = state.values.get(asked.variable)
    reference = inputs.parse_media(asked, answer)
    if not isinstance(kept, list) or isinstance(reference, Wrong):
        return False
    if len(kept) < (asked.maximum or MAX_MEDIA) and reference not in kept:
        turn.keep(asked, [*kept, reference], {})
    return True


def take(turn: Turn, step: FlowStep, answer: Answer) -> None:
    """One medium answers the question, unless more are wanted: then "Pronto" does."""
    state = turn.state
    reference = inputs.parse_media(step, answer)
    if isinstance(reference, Wrong):
        failing.wrong(turn, step, turn.text(reference.text, reference.names))
        return
    kept = list(state.pending) if isinstance(state.pending, list) else []
    if reference not in kept:
        kept.append(reference)
    if len(kept) >= (step.maximum or step.minimum or 1):
        turn.answered(step, kept, step.goto)
    else:
        state.pending, state.tries = kept, 0
        asking.prompt(turn, step)
