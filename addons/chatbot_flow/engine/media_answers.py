# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers that are files: one, or several until "Pronto".

Also those that came beside another answer, and the late ones of an album.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import asking, failing, first_words, inputs, steps
from .events import Answer
from .inputs import Wrong
from .steps import MAX_MEDIA, FlowStep
from .turn import Turn


def late(turn: Turn, step: FlowStep, answer: Answer) -> bool:
    """Take other pictures of an album that arrive after the first was accepted."""
    return answer.kind == "media" and _belongs(turn, step, answer)


def _belongs(turn: Turn, step: FlowStep, answer: Answer) -> bool:
    """Add a file to the answer before this question, if that was one of files."""
    state = turn.state
    if len(state.history) <= state.floor:
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
    """Accept a medium as the answer, unless more are wanted: then "Pronto" ends it."""
    state = turn.state
    reference = inputs.parse_media(step, answer)
    if isinstance(reference, Wrong):
        failing.wrong(turn, step, turn.text(reference.text, reference.names))
        return
    kept = list(state.pending) if isinstance(state.pending, list) else []
    if reference not in kept:
        kept.append(reference)
    kept = kept[: _most(step)]
    if len(kept) >= (step.maximum or step.minimum or 1):
        turn.answered(step, kept, step.goto)
    else:
        state.pending, state.tries = kept, 0
        asking.prompt(turn, step)


def beside(turn: Turn, step: FlowStep, files: Sequence[tuple[str, str]]) -> None:
    """Keep the files of a burst that are not the answer, so that none is lost.

    They belong to the question of files that is asked now, to the one just answered, or to the
    next one.
    """
    state = turn.state
    for reference, kind in files:
        medium = Answer(kind="media", media_ref=reference, media_kind=kind)
        if step.kind == steps.QUESTION and step.answer == "media":
            kept = list(state.pending) if isinstance(state.pending, list) else []
            if reference not in kept and accepts(step, medium) and len(kept) < _most(step):
                state.pending = [*kept, reference]
        elif not _belongs(turn, step, medium) and [reference, kind] not in state.beside:
            state.beside = [*state.beside, [reference, kind]][-MAX_MEDIA:]


def begin(turn: Turn, files: Sequence[tuple[str, str]]) -> None:
    """Keep the files that a conversation began with.

    For the question that is marked for them, else for the next one that takes files.
    """
    for reference, kind in files:
        medium = Answer(kind="media", media_ref=reference, media_kind=kind)
        if not first_words.keep_media(turn, medium):
            turn.state.beside = [*turn.state.beside, [reference, kind]][-MAX_MEDIA:]


def at_hand(turn: Turn, step: FlowStep) -> bool:
    """On arrival at a question of files: takes what came beside an earlier answer.

    :return: whether there was something; then the question was put, or answered
    """
    state = turn.state
    found = [
        reference
        for reference, kind in state.beside
        if accepts(step, Answer(kind="media", media_ref=reference, media_kind=kind))
    ][: _most(step)]
    if not found:
        return False
    state.beside = []
    words = turn.text("media_before", {"arquivos": inputs.show(found, "media")})
    if len(found) >= _most(step):
        turn.say(words)
        turn.answered(step, found, step.goto)
    else:
        state.pending = found
        asking.prompt(turn, step, words)
    return True


def accepts(step: FlowStep, medium: Answer) -> bool:
    """Return whether a question for files accepts this one."""
    return not isinstance(inputs.parse_media(step, medium), Wrong)


def _most(step: FlowStep) -> int:
    return step.maximum or MAX_MEDIA
