"""What follows an answer that is not one: the question again, and after some tries the flow's way.

Photos, voice messages, stickers and the like are not wrong the first time: people try what their
telephone offers. They are told what is expected, in kind words.
"""

from __future__ import annotations

from . import asking, jumps, names
from .events import Answer
from .steps import FlowStep
from .texts import SENT_NAMES
from .turn import Turn


def wrong(turn: Turn, step: FlowStep, error: str) -> None:
    """Says what is expected and asks again, until it was wrong too often."""
    if count(turn, step):
        asking.prompt(turn, step, turn.render(step.error_text) or error)


def count(turn: Turn, step: FlowStep) -> bool:
    """Counts a try; False when it was the last one, and the flow went its way for that."""
    state = turn.state
    state.tries += 1
    if state.tries < step.retries:
        return True
    _fail(turn, step)
    return False


def odd(turn: Turn, step: FlowStep, answer: Answer, listed: bool) -> bool:
    """Answers something that was no text kindly, once for each question; False when it was not."""
    sent = SENT_NAMES.get(answer.media_kind if answer.kind == "media" else answer.kind)
    if sent is None or turn.state.odd:
        return False
    turn.state.odd = True
    words = turn.text("odd_list" if listed else "odd_text", {"enviado": sent})
    asking.prompt(turn, step, words, whole=True)
    return True


def greeted(turn: Turn, step: FlowStep, answer: Answer) -> bool:
    """Puts the question again to somebody who only greets, once for each question; False else.

    What people send in a burst ("oi", "bom dia") arrives after the first question was put.
    """
    if turn.state.odd or not names.is_greeting(answer.text):
        return False
    turn.state.odd = True
    asking.prompt(turn, step)
    return True


def _fail(turn: Turn, step: FlowStep) -> None:
    """The step's own way out, else what step or flow say: people, the main menu, or the end."""
    flow, state = turn.flow, turn.state
    way = step.fail or flow.navigation.fail
    # who cannot answer the main menu is not sent there again
    menu = way == "menu" and state.menu_seen and step.key != flow.main_menu
    if step.on_fail:
        state.return_to = ""
        turn.go(step.on_fail)
    elif menu:
        turn.say(turn.text("fail_menu"))
        jumps.to_main_menu(turn)
    elif way == "end":
        turn.say(turn.text("fail_end"))
        turn.end("abandoned")
    else:
        turn.give_up("retries")
