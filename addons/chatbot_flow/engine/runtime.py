"""``advance``: one event in, the next state and the effects out.

A turn copies the state, so the caller's is never changed. Automatic steps (message, condition)
run until the flow waits for the citizen, for an action, or is over; their number is limited.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import answers, steps
from . import state as states
from .compiler import Flow
from .effects import CallAction, End, Say
from .events import ActionResult, Event, Resume, Start
from .inputs import clean_answer, json_value
from .placeholders import NAME, Template
from .state import State
from .steps import FlowStep
from .turn import Turn


def advance(
    flow: Flow,
    state: State | None,
    event: Event | Any,
    context: Mapping[str, Any] | None = None,
    path: list[str] | None = None,
) -> tuple[State, tuple]:
    """What the flow does about an event.

    :param state: as the last call gave it; None for a new conversation (only ``Start`` does
        something then)
    :param event: ``Start``, ``Answer``, ``ActionResult`` or ``Resume``; anything else is read as
        an answer that nobody understands
    :param context: values of the moment for placeholders and conditions (protocol, greeting ...);
        the flow's own values win over them
    :param path: gets the keys of the steps that the turn entered, in order (automatic ones too)
    :return: the new state and the effects, to be carried out in order. Once the flow is over
        (handed over or ended) nothing but ``Resume`` has effects.
    """
    new = State(flow=flow.digest) if state is None else state.copy()
    turn = Turn(flow, new, context or {}, enter)
    if isinstance(event, Start):
        _start(turn)
    elif isinstance(event, Resume):
        _resume(turn, event)
    elif isinstance(event, ActionResult):
        _action_result(turn, event)
    elif new.status == states.INPUT:
        answers.handle(turn, clean_answer(event))
    elif new.status == states.ACTION and clean_answer(event).kind not in answers.SILENT_KINDS:
        turn.say(turn.text("wait"))
    if path is not None:
        path += turn.entered
    return turn.state, tuple(turn.effects)


def enter(turn: Turn, step: FlowStep) -> str:
    """Does a step on arrival; gives the key of the next one, or "" when the turn is done."""
    return _ENTER[step.kind](turn, step)


def _start(turn: Turn) -> None:
    if turn.state.status == states.NEW:
        turn.go(turn.flow.start)


def _resume(turn: Turn, event: Resume) -> None:
    """From any status: a person decides. An unknown step changes nothing."""
    if isinstance(event.step, str) and event.step in turn.flow.steps:
        turn.state.return_to = ""
        turn.state.floor = len(turn.state.history)
        turn.go(event.step)


def _action_result(turn: Turn, event: ActionResult) -> None:
    state = turn.state
    step = turn.flow.steps.get(state.step)
    if state.status != states.ACTION or step is None or step.action != event.name:
        return
    if isinstance(event.values, Mapping):
        for name, value in event.values.items():
            if isinstance(name, str) and NAME.fullmatch(name):
                state.values[name] = json_value(value)
    if event.ok is True:
        turn.go(step.goto)
    elif step.on_error:
        turn.go(step.on_error)
    else:
        turn.give_up("action_failed")


def _enter_message(turn: Turn, step: FlowStep) -> str:
    turn.effects.append(Say(turn.render(step.text), step.media))
    return step.goto


def _enter_condition(turn: Turn, step: FlowStep) -> str:
    value = turn.value(step.variable)
    return step.goto if _COMPARE[step.operator](value, step.value) else step.on_false


def _enter_action(turn: Turn, step: FlowStep) -> str:
    state = turn.state
    if step.text:
        turn.say(turn.render(step.text))
    state.status = states.ACTION
    state.floor = len(state.history)
    params = {
        name: turn.render(value) if isinstance(value, Template) else value
        for name, value in step.params.items()
    }
    turn.effects.append(CallAction(step.action, params))
    return ""


def _enter_hand_over(turn: Turn, step: FlowStep) -> str:
    if step.text:
        turn.say(turn.render(step.text))
    turn.hand_over(step.queue, step.reason)
    return ""


def _enter_end(turn: Turn, step: FlowStep) -> str:
    if step.text:
        turn.say(turn.render(step.text))
    turn.state.status = states.ENDED
    turn.effects.append(End(step.outcome))
    return ""


_ENTER: dict[str, Callable[[Turn, FlowStep], str]] = {
    steps.MESSAGE: _enter_message,
    steps.QUESTION: answers.ask,
    steps.MENU: answers.ask,
    steps.CONFIRM: answers.ask,
    steps.ACTION: _enter_action,
    steps.CONDITION: _enter_condition,
    steps.HAND_OVER: _enter_hand_over,
    steps.END: _enter_end,
}


def _same(left: Any, right: Any) -> bool:
    return (
        str(left if left is not None else "").casefold()
        == str(right if right is not None else "").casefold()
    )


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _greater(left: Any, right: Any) -> bool:
    first, second = _number(left), _number(right)
    return first is not None and second is not None and first > second


def _one_of(value: Any, allowed: Any) -> bool:
    if isinstance(allowed, str):
        allowed = [item.strip() for item in allowed.split(",")]
    return isinstance(allowed, list) and any(_same(value, item) for item in allowed)


def _present(value: Any) -> bool:
    return value not in (None, "", [], {}, False)


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "present": lambda value, _other: _present(value),
    "absent": lambda value, _other: not _present(value),
    "equals": _same,
    "differs": lambda value, other: not _same(value, other),
    "one_of": _one_of,
    "greater": _greater,
    "less": lambda value, other: _greater(other, value),
}

assert set(_COMPARE) == set(steps.OPERATORS)
assert set(_ENTER) == set(steps.KINDS)
