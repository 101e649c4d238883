# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Known answers: not asked for again, or only confirmed.

Known values were given earlier in this conversation, or by the same citizen in an earlier one
(``Start.known``, which the caller fills as far as the law allows). A whole family may share a
phone: so the name identifies the person, and anybody else gets none of these values. The
confirmation shows all of them, and a value corrected there is asked for even though it is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import asking, inputs, memory, names, steps
from .effects import Note
from .events import Answer
from .inputs import ASK, Wrong
from .steps import FlowStep
from .turn import Turn

_MAX_VALUE = 300
#: A suggestion is a button: longer names do not fit one (Cloud API)
_MAX_SUGGESTION = 20


def begin(turn: Turn, given: Any, suggested: Any) -> None:
    """Keep the caller's data about the citizen, if the flow asks for any of it.

    :param given: contact field -> text that the citizen gave before
    :param suggested: a name that may be theirs, from their profile
    """
    fields = turn.flow.known_fields
    if not fields:
        return
    known = {
        name: inputs.plain(value, _MAX_VALUE).strip()
        for name, value in (given.items() if isinstance(given, Mapping) else ())
        if name in steps.CONTACT_FIELDS and isinstance(value, str)
    }
    name = names.judge(inputs.plain(suggested, _MAX_VALUE))
    usable = name is not None and name.sure and len(name.value) <= _MAX_SUGGESTION
    memory.put(
        turn.state,
        known={name: value for name, value in known.items() if value},
        suggested=name.value if usable and not known.get("name") and "name" in fields else "",
    )


def enter(turn: Turn, step: FlowStep) -> str | None:
    """Enter a question or menu whose answer may be known.

    :return: key of the next step if it is skipped, "" if it asks for confirmation, None if it must
    be asked
    """
    state = turn.state
    carried = step.variable in memory.words(state, "carried")
    if (step.known == steps.ALWAYS and not carried) or is_asked_anew(turn, step):
        return None
    if step.kind == steps.MENU:
        return _menu(turn, step) if carried else None
    value = state.values.get(step.variable)
    if value is not None:
        if carried or step.known == steps.SKIP or step.key in state.history:
            return step.goto
    else:
        value = _of_contact(turn, step)
        if value is None:
            return None
        if step.known == steps.SKIP:
            state.values[step.variable] = value
            turn.collect(step.variable)
            return step.goto
    state.mode, state.pending, state.tries = memory.KNOWN, value, 0
    asking.prompt(turn, step)
    return ""


def is_asked_anew(turn: Turn, step: FlowStep) -> bool:
    """Return whether a known answer is asked again because it is being corrected."""
    anew = memory.text(turn.state, "anew")
    return bool(turn.state.return_to) or anew in (memory.ALL, step.key)


def choose(turn: Turn, step: FlowStep, code: str) -> None:
    """Handle the yes or no to that question."""
    state = turn.state
    value, state.mode, state.pending, state.tries = state.pending, "", None, 0
    if code == "yes":
        if names.asked(step):
            memory.put(state, person=memory.SAME)
        asking.settle(turn, step, value)
        return
    if names.asked(step):
        _is_somebody_else(turn)
        turn.say(turn.text("known_other"))
    else:
        turn.forget(step.key)
    asking.prompt(turn, step)


def named(turn: Turn, step: FlowStep, answer: Answer) -> bool:
    """Accept a clear name in reply to a confirmation: "não, é o João"."""
    found = names.judge(answer.text)
    if found is None or not found.sure:
        return False
    if turn.state.mode == memory.KNOWN:
        return retell(turn, step, answer)
    read = inputs.interpret(step, answer, **turn.here())
    if isinstance(read, Wrong):
        return False
    asking.settle(turn, step, read.value)
    return True


def retell(turn: Turn, step: FlowStep, answer: Answer) -> bool:
    """Accept another answer typed instead of yes or no; False if it is not one."""
    state = turn.state
    found = inputs.interpret(step, answer, **turn.here())
    if isinstance(found, Wrong):
        return False
    if names.asked(step) and not names.same_person(str(state.pending), str(found.value)):
        _is_somebody_else(turn)
    state.mode, state.pending, state.tries = "", None, 0
    asking.accept(turn, step, found.value, found.doubt)
    return True


def _is_somebody_else(turn: Turn) -> None:
    """Discard all known values: this is a different person."""
    state = turn.state
    known = memory.mapping(state, "known")
    for name, field in turn.flow.contact_fields.items():
        if name in state.values and str(state.values[name]) == known.get(field):
            del state.values[name]
    memory.put(state, person=memory.OTHER, known={}, suggested="", carried=[])
    turn.effects.append(Note("other_person"))


def _of_contact(turn: Turn, step: FlowStep) -> Any:
    """Return the contact's value if it answers this question, otherwise None."""
    known = memory.mapping(turn.state, "known")
    text = known.get(step.contact_field)
    if not isinstance(text, str) or not text:
        return None
    found = inputs.interpret(step, Answer(text), **turn.here())
    if isinstance(found, Wrong) or found.doubt == ASK:
        return None
    # in the flow's form: equal values are masked (see ``Turn.shown``)
    memory.put(turn.state, known={**known, step.contact_field: str(found.value)})
    return found.value


def _menu(turn: Turn, step: FlowStep) -> str | None:
    """Choose the option from the resumed conversation, if it still exists."""
    code = turn.state.values.get(f"{step.variable}_option")
    option = next((option for option in step.options if option.id == code), None)
    if option is None:
        return None
    asking.choose_option(turn, step, option.id)
    return ""
