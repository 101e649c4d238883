# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Input valid at every step: main menu, back, a person, leaving, direct codes.

The words are the flow's (``globals``). An option with the same name wins, and where a question
accepts the text (a number "0"), it is an answer.
"""

from __future__ import annotations

from . import asking, inputs, jumps, memory, steps
from .events import Answer
from .steps import FlowStep
from .turn import Turn

#: Kinds of answers that may look like a global word or a code
_PLAIN_ANSWERS = frozenset({"number", "pattern"})
_NO_ANSWERS = frozenset({"text", "location", "media", "choice", "yes_no"})


def obey(turn: Turn, step: FlowStep, typed: str, answer: Answer) -> bool:
    """Obey a global word or a direct code; False if the text is neither."""
    words = turn.flow.navigation.words
    if typed in words["back"]:
        back(turn, step)
    elif typed in words["agent"]:
        leave(turn, "agent")
    elif typed in words["exit"]:
        leave(turn, "exit")
    elif typed in words["menu"] and turn.flow.main_menu:
        if step.answer in _PLAIN_ANSWERS and _is_answer(turn, step, answer):
            return False
        if turn.state.menu_seen:
            jumps.to_main_menu(turn)
        else:
            asking.prompt(turn, step)
    else:
        return _by_code(turn, step, typed, answer)
    return True


def back(turn: Turn, step: FlowStep) -> None:
    """Ask the question before this one again."""
    state = turn.state
    if state.mode and state.mode not in (memory.KNOWN, memory.FIRST):
        turn.go(step.key)
    elif state.return_to:
        target, state.return_to = state.return_to, ""
        turn.go(target)
    elif len(state.history) > state.floor:
        key = state.history.pop()
        turn.forget(key)
        memory.put(state, anew=key)
        turn.go(key)
    else:
        asking.prompt(turn, step, turn.text("back_none"), whole=True)


def _is_answer(turn: Turn, step: FlowStep, answer: Answer) -> bool:
    """Return whether the current question accepts the text as its answer."""
    if step.kind != steps.QUESTION or step.answer in _NO_ANSWERS or turn.state.mode:
        return False
    return not isinstance(inputs.interpret(step, answer, **turn.here()), inputs.Wrong)


def leave(turn: Turn, name: str) -> None:
    """Leave for a person (``agent``) or for good (``exit``).

    To the flow's own step for it, otherwise with a text.
    """
    navigation = turn.flow.navigation
    agent = name == "agent"
    turn.state.return_to = ""
    if target := navigation.on_agent if agent else navigation.on_exit:
        turn.go(target)
        return
    turn.say(turn.text("agent" if agent else "goodbye"))
    if agent:
        turn.hand_over(None, "asked")
    else:
        turn.end("abandoned")


def _by_code(turn: Turn, step: FlowStep, typed: str, answer: Answer) -> bool:
    """Go where a direct code leads, once the main menu has been reached; keep it until then."""
    where = jumps.read(turn.flow, typed, loose=False)
    if where is None or _is_answer(turn, step, answer):
        return False
    if turn.state.menu_seen or not turn.flow.main_menu:
        return jumps.jump(turn, where)
    if not isinstance(where, str):
        return False
    turn.state.opening = typed
    asking.prompt(turn, step, turn.text("direct_later"), whole=True)
    return True
