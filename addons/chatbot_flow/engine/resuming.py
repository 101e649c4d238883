# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Resumes an interrupted conversation when the citizen writes again.

The caller passes the state of the interrupted conversation (``Start.left``). Before the first step
the citizen is told what it was about and asks for it to go on, or not. The state is adopted if the
flow still has the step; otherwise its values become known answers. The subject is described by the
chosen option, never by typed text: another person may hold the phone now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import first_words, inputs, matching, media_answers, memory, moving, steps
from . import state as states
from .effects import Ask, Choice, Note
from .events import Answer
from .inputs import json_value
from .manner_words import PERSON
from .shared import yes_no
from .state import State, StateError
from .steps import FlowStep
from .turn import Turn

YES, NO = "resume:yes", "resume:no"
_GO_ON = frozenset({"1", "continuar", "continua", "continue", "seguir", "retomar", "go on"})
_ANEW = frozenset(
    {
        "2", "comecar de novo", "comecar", "recomecar", "de novo", "novo", "nova", "outro assunto",
        "outra coisa", "comecar do zero", "start again",
    }
)  # fmt: skip
#: Deeper than the values of a state
_DEPTH = 8
#: Limit for storing the citizen's first message
_KEPT = ("text", "option_id", "kind", "media_ref", "media_kind")


def offer(turn: Turn, left: Any) -> bool:
    """Ask whether to resume the interrupted conversation; False if there is none."""
    before = _read(left)
    if before is None or not _has_something(turn, before):
        return False
    protocol = left.get("before")
    memory.put(
        turn.state,
        resume=before.to_json(),
        before=protocol if isinstance(protocol, str) else "",
    )
    _ask(turn)
    return True


def is_asked(state: State) -> bool:
    """Return whether the citizen is being asked whether to resume."""
    return bool(memory.mapping(state, "resume"))


def wait(turn: Turn, first: Answer) -> None:
    """Keep the citizen's first message for starting over."""
    kept = {name: getattr(first, name) for name in _KEPT if getattr(first, name)}
    if first.files:
        kept["files"] = [list(item) for item in first.files]
    memory.put(turn.state, waiting=kept)


def understands(turn: Turn, given: Answer) -> bool:
    """Return whether one message of several answers the question by itself."""
    typed = matching.normalise(given.text)
    return (
        given.option_id in (YES, NO)
        or typed in _GO_ON | _ANEW
        or yes_no.read(given.text) is not None
        or any(typed in turn.flow.navigation.words[name] for name in ("menu", "exit", "agent"))
    )


def answer(turn: Turn, given: Answer) -> Answer | None:
    """Take the answer.

    :return: the message to start over with, None if not starting over
    """
    state = turn.state
    typed = matching.normalise(given.text)
    usual = turn.flow.navigation.words
    meant = yes_no.read(given.text)
    if given.option_id == YES or typed in _GO_ON or meant is True:
        _go_on(turn)
    elif given.option_id == NO or typed in _ANEW or typed in usual["menu"] or meant is False:
        return _leave_it(turn)
    elif typed in usual["exit"]:
        _leave_it(turn)
        moving.leave(turn, "exit")
    elif typed in usual["agent"] or _wants_a_person(turn, given.text):
        _leave_it(turn)
        moving.leave(turn, "agent")
    elif given.kind != "reaction":
        state.tries += 1
        if given.kind == "media" or first_words.substance(turn, given.text):
            # the citizen writes about something else
            _leave_it(turn)
            return given
        if state.tries > 1:
            return _leave_it(turn)
        _ask(turn)
    return None


def _wants_a_person(turn: Turn, text: str) -> bool:
    """Return whether a text asks for a person, by the flow's table of small talk."""
    found = turn.flow.manners.index.find(text)
    return found is not None and found.name == PERSON and PERSON in turn.flow.manners.rows


def _leave_it(turn: Turn) -> Answer:
    """Discard the interrupted conversation; return the citizen's first message."""
    waiting = memory.mapping(turn.state, "waiting")
    memory.put(turn.state, resume={}, waiting={})
    kept = {name: str(value) for name, value in waiting.items() if name in _KEPT}
    # in a stored state they are lists
    return inputs.clean_answer(Answer(**kept, files=waiting.get("files") or ()))


def remind(turn: Turn, words: str) -> None:
    """Repeat the question to a citizen who does not answer it."""
    _ask(turn, words)
    turn.state.reminded = True


def _ask(turn: Turn, before: str = "") -> None:
    """Ask the question."""
    state = turn.state
    state.status, state.step = states.INPUT, ""
    old = _read(memory.mapping(state, "resume"))
    subject = _subject(turn, old) if old else ""
    name = "resume_ask" if subject else "resume_ask_plain"
    protocol = str(turn.context.get("protocolo") or "")
    text = turn.text(name, {"assunto": subject, "protocolo": protocol})
    turn.effects.append(
        Ask(
            f"{before}\n\n{text}" if before else text,
            (Choice(YES, turn.text("resume_yes")), Choice(NO, turn.text("resume_no"))),
            turn.text("list_button"),
            steps.CONFIRM,
        )
    )


def _read(left: Any) -> State | None:
    """Return the interrupted state, None if it cannot be read."""
    if not isinstance(left, Mapping):
        return None
    try:
        before = State.from_json(json_value(left, _DEPTH))
    except StateError:
        return None
    if is_asked(before):
        # it was interrupted at this very question
        return _read(memory.mapping(before, "resume"))
    return before


def _has_something(turn: Turn, before: State) -> bool:
    """Return whether any step worth resuming was answered."""
    asked = (turn.flow.steps.get(key) for key in before.history)
    return any(step is not None and step.variable in before.values for step in asked)


def _subject(turn: Turn, before: State) -> str:
    """Return its subject: the option chosen last."""
    for key in reversed(before.history):
        step = turn.flow.steps.get(key)
        if step is not None and step.kind == steps.MENU:
            value = before.values.get(step.variable)
            if isinstance(value, str) and value:
                return value
    return ""


def _go_on(turn: Turn) -> None:
    """Adopt the state, and ask the unanswered question."""
    state, flow = turn.state, turn.flow
    before = _read(memory.mapping(state, "resume"))
    first = _leave_it(turn)
    first_words.keep_media(turn, first)
    media_answers.begin(turn, first.files)
    if before is None:
        turn.go(flow.start)
        return
    state.values = {**state.values, **before.values}
    _remember(turn, before)
    step = flow.steps.get(before.step)
    same = step is not None and step.kind in steps.INPUT_KINDS
    shown = step.title if step is not None and same else ""
    protocol = memory.text(state, "before")
    turn.effects.append(Note("resumed", {"step": shown, "before": protocol}))
    turn.say(turn.text("resume_going"))
    for name in state.values:
        turn.collect(name)
    if step is None or not same:
        memory.put(state, carried=[name for name in before.values if name in _written(flow)])
        turn.go(flow.start)
        return
    state.history = [key for key in before.history if key in flow.steps]
    state.floor = min(before.floor, len(state.history))
    state.menu_seen = before.menu_seen
    state.return_to = before.return_to if before.return_to in flow.steps else ""
    turn.go(step.key)
    _files(turn, step, before)


def _remember(turn: Turn, before: State) -> None:
    """Remember what that conversation did.

    What was typed then is read out no more than what is known of a contact.
    """
    state = turn.state
    typed = {
        field: str(before.values[name])
        for name, field in turn.flow.contact_fields.items()
        if before.values.get(name)
    }
    memory.put(
        state,
        first={**memory.mapping(before, "first"), **memory.mapping(state, "first")},
        person=memory.text(before, "person"),
        known={**memory.mapping(state, "known"), **typed},
    )


def _files(turn: Turn, step: FlowStep, before: State) -> None:
    """Keep files that were sent before "Pronto"."""
    state = turn.state
    if step.answer == "media" and state.step == step.key and isinstance(before.pending, list):
        state.pending = [item for item in before.pending if isinstance(item, str)]


def _written(flow: Any) -> set[str]:
    """Return the values that the steps of a flow write."""
    return {name for names in flow.owned.values() for name in names}
