# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``advance``: one event in, the next state and the effects out.

A turn copies the state, so the caller's is never changed. Automatic steps (message, condition)
run until the flow waits for the citizen, for an action, or is over; their number is limited.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import (
    answers,
    asking,
    bursts,
    choices,
    conditions,
    first_words,
    known,
    media_answers,
    memory,
    resuming,
    small_talk,
    steps,
)
from . import state as states
from .effects import Ask, CallAction, Say, Survey, Wait
from .events import ActionResult, Answer, Burst, Elapsed, Event, Resume, Silent, Start
from .flow import Flow
from .flow_settings import typed
from .inputs import clean_answer, json_value
from .placeholders import NAME, Template
from .state import State
from .steps import FlowStep
from .turn import Turn

#: Mode of a pause, after the citizen was asked to wait
_TOLD = "told"


def advance(
    flow: Flow,
    state: State | None,
    event: Event | Any,
    context: Mapping[str, Any] | None = None,
    path: list[str] | None = None,
) -> tuple[State, tuple]:
    """Return the flow's reaction to an event.

    :param state: as returned by the last call; None for a new conversation (then only ``Start`` has
        an effect)
    :param event: ``Start``, ``Answer``, ``Burst``, ``ActionResult``, ``Resume``, ``Elapsed`` or
        ``Silent``; anything else is read as an unintelligible answer
    :param context: current values for placeholders and conditions (protocol, greeting ...);
        the flow's own values win over them
    :param path: collects the keys of the steps that the turn entered, in order (including automatic
        ones)
    :return: the new state and the effects, to be carried out in order. Once the flow is over
        (handed over or ended) only ``Resume`` has effects.
    """
    new = State(flow=flow.digest) if state is None else state.copy()
    turn = Turn(flow, new, context or {}, enter)
    if flow.languages:
        turn.speak()
    handler = _HANDLERS.get(type(event))
    if handler is not None:
        handler(turn, event)
    else:
        _answer(turn, clean_answer(event))
    if path is not None:
        path += turn.entered
    return turn.state, tuple(turn.effects)


def enter(turn: Turn, step: FlowStep) -> str:
    """Execute a step on arrival; return the next one's key, or "" to end the turn."""
    return _ENTER[step.kind](turn, step)


def _start(turn: Turn, event: Start) -> None:
    if turn.state.status == states.NEW:
        turn.state.seed = abs(event.seed) if type(event.seed) is int else 0
        known.begin(turn, event.known, event.suggested)
        if event.left and resuming.offer(turn, event.left):
            # the message is used if the citizen starts over
            resuming.wait(turn, clean_answer(event))
        else:
            _begin(turn, clean_answer(event))


def _begin(turn: Turn, first: Answer) -> None:
    """Enter the flow with the citizen's first message."""
    first_words.begin(turn, first)
    answers.begin(turn, first.text, first.option_id)
    media_answers.begin(turn, first.files)
    small_talk.begin(turn, first.text)
    turn.go(turn.flow.start)


def _answer(turn: Turn, answer: Answer) -> None:
    """Handle a message; while the flow is busy the citizen is asked to wait."""
    state = turn.state
    if answer.kind in answers.SILENT_KINDS:
        return
    if state.status == states.INPUT:
        state.reminded = False
        if not resuming.is_asked(state):
            answers.handle(turn, answer)
        elif (first := resuming.answer(turn, answer)) is not None:
            _begin(turn, first)
    elif answer.kind == "reaction":
        return
    elif state.status == states.ACTION:
        turn.say(turn.text("wait"))
    elif state.status == states.WAIT and state.mode != _TOLD:
        state.mode = _TOLD
        turn.say(turn.text("pause"))


def _burst(turn: Turn, event: Burst) -> None:
    """Handle several messages as one turn; while the flow is busy, as one message."""
    several = event.answers if isinstance(event.answers, list | tuple) else ()
    given = [clean_answer(answer) for answer in several]
    sent = [answer for answer in given if answer.kind not in answers.SILENT_KINDS]
    if not sent:
        return
    step = turn.flow.steps.get(turn.state.step)
    if turn.state.status != states.INPUT:
        _answer(turn, sent[-1])
        return
    if step is None:
        # whether to resume the interrupted conversation
        clear = [answer for answer in sent if resuming.understands(turn, answer)]
        _answer(turn, clear[-1] if clear else bursts.first(sent))
        return
    for answer in bursts.read(turn, step, sent):
        # a question answered within the same burst is not asked again
        turn.effects = [item for item in turn.effects if not isinstance(item, Ask)]
        _answer(turn, answer)


def _elapsed(turn: Turn, event: Elapsed) -> None:
    state = turn.state
    step = turn.flow.steps.get(state.step)
    if state.status == states.WAIT and step is not None and event.step == state.step:
        turn.go(step.goto)


def _silent(turn: Turn, event: Silent) -> None:
    """Handle silence: remind the citizen once, then end."""
    state, silence = turn.state, turn.flow.silence
    step = turn.flow.steps.get(state.step)
    resumes = resuming.is_asked(state)
    if state.status != states.INPUT or (step is None and not resumes):
        return
    if event.stage == "remind" and silence.remind_after and not state.reminded:
        words = turn.render(silence.remind_text) or turn.text("silence_remind")
        if step is None or resumes:
            resuming.remind(turn, words)
        else:
            asking.prompt(turn, step, words)
        state.reminded = True
    elif event.stage == "end" and silence.end_after:
        turn.say(turn.render(silence.end_text) or turn.text("silence_end"))
        turn.end("abandoned")
        memory.put(state, left=memory.SILENCE)


def _resume(turn: Turn, event: Resume) -> None:
    """Resume from any status: a person decides. An unknown step changes nothing."""
    if isinstance(event.step, str) and event.step in turn.flow.steps:
        turn.state.return_to = ""
        turn.state.floor = len(turn.state.history)
        memory.put(turn.state, resume={}, anew=event.step)
        turn.go(event.step)


def _action_result(turn: Turn, event: ActionResult) -> None:
    state = turn.state
    step = turn.flow.steps.get(state.step)
    if state.status != states.ACTION or step is None:
        return
    if step.kind == steps.QUESTION and event.name == choices.ACTION:
        choices.arrived(turn, step, event)
        return
    if step.action != event.name:
        return
    if isinstance(event.values, Mapping):
        for name, value in event.values.items():
            if isinstance(name, str) and NAME.fullmatch(name):
                state.values[name] = json_value(value)
    if step.kind == steps.LOOKUP and event.empty is True:
        turn.go(step.on_empty or step.goto)
    elif event.ok is True:
        turn.go(step.goto)
    elif step.on_error:
        turn.go(step.on_error)
    else:
        turn.give_up("action_failed")


def _enter_message(turn: Turn, step: FlowStep) -> str:
    text = step.text
    if step.variants:
        texts = (text, *step.variants)
        text = texts[(turn.state.seed + turn.state.said) % len(texts)]
        turn.state.said += 1
    turn.effects.append(Say(turn.render(text), step.media))
    return step.goto


def _enter_condition(turn: Turn, step: FlowStep) -> str:
    holds = conditions.holds(step.operator, turn.value(step.variable), step.value)
    return step.goto if holds else step.on_false


def _enter_set(turn: Turn, step: FlowStep) -> str:
    values = turn.state.values
    for name, given in step.values.items():
        value = _filled(turn, given)
        declared = turn.flow.variables.get(name)
        if declared is not None:
            value = typed(value, declared.type)
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value
            turn.collect(name)
    return step.goto


def _filled(turn: Turn, given: Any) -> Any:
    """Return a constant, a text with placeholders filled in, or the value of a lone placeholder."""
    if not isinstance(given, Template):
        return given
    return turn.value(given.only) if given.only else turn.fill(given)


def _enter_wait(turn: Turn, step: FlowStep) -> str:
    if step.text:
        turn.say(turn.render(step.text))
    turn.state.status = states.WAIT
    turn.effects.append(Wait(step.seconds, step.key))
    return ""


def _enter_action(turn: Turn, step: FlowStep) -> str:
    state = turn.state
    if step.text:
        turn.say(turn.render(step.text))
    state.status = states.ACTION
    if step.kind == steps.LOOKUP:
        # discard the previous results
        for name in step.results:
            state.values.pop(name, None)
    else:
        state.floor = len(state.history)
    params = {
        name: turn.fill(value) if isinstance(value, Template) else value
        for name, value in step.params.items()
    }
    turn.effects.append(CallAction(step.action, params))
    return ""


def _enter_hand_over(turn: Turn, step: FlowStep) -> str:
    if step.text:
        turn.say(turn.render(step.text))
    turn.hand_over(step.queue, step.reason, step.skill, step.priority)
    return ""


def _enter_survey(turn: Turn, step: FlowStep) -> str:
    if step.text:
        turn.say(turn.render(step.text))
    turn.state.status = states.ENDED
    turn.effects.append(Survey(step.outcome, step.disposition))
    return ""


def _enter_end(turn: Turn, step: FlowStep) -> str:
    if step.text:
        turn.say(turn.render(step.text))
    turn.end(step.outcome, step.disposition)
    return ""


_ENTER: dict[str, Callable[[Turn, FlowStep], str]] = {
    steps.MESSAGE: _enter_message,
    steps.QUESTION: answers.ask,
    steps.MENU: answers.ask,
    steps.CONFIRM: answers.ask,
    steps.ACTION: _enter_action,
    steps.CONDITION: _enter_condition,
    steps.SET: _enter_set,
    # a compiled call leads to the called flow's first step
    steps.CALL: lambda _turn, step: step.goto,
    steps.LOOKUP: _enter_action,
    steps.WAIT: _enter_wait,
    steps.SURVEY: _enter_survey,
    steps.HAND_OVER: _enter_hand_over,
    steps.END: _enter_end,
}

_HANDLERS: dict[type, Callable[[Turn, Any], None]] = {
    Start: _start,
    Burst: _burst,
    Resume: _resume,
    ActionResult: _action_result,
    Elapsed: _elapsed,
    Silent: _silent,
}

assert set(_ENTER) == set(steps.KINDS)
