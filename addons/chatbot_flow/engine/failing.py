# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Invalid answers: the question again, then the flow's failure exit.

Photos, voice messages, stickers and the like do not count as wrong the first time: people try what
their phone offers. They get a friendly explanation of what is expected.
"""

from __future__ import annotations

from . import asking, first_words, jumps, names
from .events import Answer
from .steps import FlowStep
from .texts import SENT_NAMES
from .turn import Turn


def wrong(turn: Turn, step: FlowStep, error: str) -> None:
    """Say what is expected and ask again, until there were too many wrong answers."""
    if count(turn, step):
        asking.prompt(turn, step, turn.render(step.error_text) or error)


def count(turn: Turn, step: FlowStep) -> bool:
    """Count an attempt; False if it was the last one and the failure exit was taken."""
    state = turn.state
    state.tries += 1
    if state.tries < step.retries:
        return True
    _fail(turn, step)
    return False


def odd(turn: Turn, step: FlowStep, answer: Answer, listed: bool) -> bool:
    """Answer a non-text message kindly, once per question; False if it was text."""
    sent = SENT_NAMES.get(answer.media_kind if answer.kind == "media" else answer.kind)
    if sent is not None and first_words.keep_media(turn, answer):
        # it does not answer this question, but will answer another
        words = turn.text("first_media_later", {"enviado": sent})
        asking.prompt(turn, step, words, whole=True)
        return True
    if sent is None or turn.state.odd:
        return False
    turn.state.odd = True
    words = turn.text("odd_list" if listed else "odd_text", {"enviado": sent})
    asking.prompt(turn, step, words, whole=True)
    return True


def greeted(turn: Turn, step: FlowStep, answer: Answer) -> bool:
    """Repeat the question to somebody who only greets, once; otherwise return False.

    What people send in a burst ("oi", "bom dia") arrives after the first question was asked.
    """
    if turn.state.odd or not names.is_greeting(answer.text):
        return False
    turn.state.odd = True
    asking.prompt(turn, step)
    return True


def _fail(turn: Turn, step: FlowStep) -> None:
    """Take the step's exit, else the flow's: people, the main menu, or the end."""
    flow, state = turn.flow, turn.state
    way = step.fail or flow.navigation.fail
    # a citizen who cannot answer the main menu is not sent there again
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
