# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A word for leaving the bot inside an answer: confirmed, never obeyed at once.

"Sair" alone leaves. "Meu sobrenome é Sair" and "quero sair da fila do imposto" may be answers, so
the citizen is asked; a no takes the answer as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from . import asking, moving, steps
from .events import Answer
from .offers import LEAVE
from .shared import yes_no
from .steps import FlowStep
from .turn import Turn

#: Longer texts are descriptions, in which such a word means nothing
_MAX_WORDS = 12
#: Ways to leave the bot: ending, and a person
_NAMES = ("exit", "agent")
#: Words around it that make the whole text a wish to leave
_WISH = frozenset(
    "quero eu desejo gostaria de preciso pode podem por favor o a do da daqui dessa deste desta "
    "esse "
    "essa conversa atendimento chat agora ja so vou me deixa deixe como faco para pra aqui tudo um "
    "uma falar conversar chamar com algum alguem pessoa bot robo menu".split()
)


def inside(turn: Turn, typed: str, wish: bool = False) -> str:
    """Return the leaving word in a normalised text of several words; "" for none.

    :param wish: only if the rest of the text says nothing else
    """
    state = turn.state
    words = yes_no.without_courtesy(typed).split() or typed.split()
    if state.kept or state.mode or not 1 < len(typed.split()) <= _MAX_WORDS:
        return ""
    text = f" {re.sub(r'[^a-z0-9]+', ' ', ' '.join(words)).strip()} "
    for name in _NAMES:
        for word in turn.flow.navigation.words[name]:
            if f" {word} " not in text:
                continue
            rest = text.replace(f" {word} ", " ").split()
            if not wish or all(other in _WISH for other in rest):
                return name
    return ""


def ask(
    turn: Turn,
    step: FlowStep,
    name: str,
    answer: Answer,
    words: Mapping[str, str] | None = None,
) -> None:
    """Ask whether leaving is meant, and keep the answer until it is clear.

    :param words: ``ask``, ``yes`` and ``no`` in the citizen's language, if the flow lacks it
    """
    state = turn.state
    state.mode = LEAVE
    state.offers = {**state.offers, LEAVE: {"name": name, "text": answer.text, **(words or {})}}
    asking.prompt(turn, step)


def settle(turn: Turn, step: FlowStep, leave: bool) -> Answer | None:
    """Do what was chosen.

    :return: the answer that was kept, to be taken now; None when there is nothing to take
    """
    kept = forget(turn)
    if leave:
        moving.leave(turn, str(kept.get("name")))
        return None
    turn.state.kept = True
    text = str(kept.get("text", ""))
    if text and step.kind == steps.QUESTION and step.answer not in ("choice", "yes_no", "media"):
        return Answer(text=text)
    asking.prompt(turn, step)
    return None


def forget(turn: Turn) -> dict:
    """Drop the question; return the answer kept with it."""
    state = turn.state
    kept = state.offers.get(LEAVE) or {}
    state.mode = ""
    state.offers = {name: value for name, value in state.offers.items() if name != LEAVE}
    return kept
