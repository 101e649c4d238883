"""A word that leaves the robot, inside an answer: asked back once, never obeyed at once.

"Sair" alone leaves. "Meu sobrenome é Sair" and "quero sair da fila do imposto" may be answers, so
the citizen is asked; a no takes the answer as it was written.
"""

from __future__ import annotations

import re

from . import asking, moving, steps
from .events import Answer
from .offers import LEAVE
from .shared import yes_no
from .steps import FlowStep
from .turn import Turn

#: Longer texts are descriptions, in which such a word says nothing
_MAX_WORDS = 12
#: What leaves the robot: ending, and a person
_NAMES = ("exit", "agent")
#: Words around it with which the whole text is a wish to leave
_WISH = frozenset(
    "quero eu desejo gostaria de preciso pode podem por favor o a do da daqui dessa deste desta "
    "esse "
    "essa conversa atendimento chat agora ja so vou me deixa deixe como faco para pra aqui tudo um "
    "uma falar conversar chamar com algum alguem pessoa bot robo menu".split()
)


def inside(turn: Turn, typed: str, wish: bool = False) -> str:
    """Which word that leaves stands in a normalised text of more words; "" for none.

    :param wish: only when the rest of the text says nothing else
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


def ask(turn: Turn, step: FlowStep, name: str, answer: Answer) -> None:
    """Asks whether leaving is meant, and keeps the answer until it is clear."""
    state = turn.state
    state.mode = LEAVE
    state.offers = {**state.offers, LEAVE: {"name": name, "text": answer.text}}
    asking.prompt(turn, step)


def settle(turn: Turn, step: FlowStep, leave: bool) -> Answer | None:
    """Does what was chosen.

    :return: the answer that was kept, to be taken now; None when there is nothing to take
    """
    kept = forget(turn)
    if leave:
        moving.leave(turn, str(kept.get("name")))
        return None
    turn.state.kept = True
    if step.kind == steps.QUESTION and step.answer not in ("choice", "yes_no", "media"):
        return Answer(text=str(kept.get("text", "")))
    asking.prompt(turn, step)
    return None


def forget(turn: Turn) -> dict:
    """Drops the question; gives what was kept with it."""
    state = turn.state
    kept = state.offers.get(LEAVE) or {}
    state.mode = ""
    state.offers = {name: value for name, value in state.offers.items() if name != LEAVE}
    return kept
