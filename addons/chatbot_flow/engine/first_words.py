# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Keeps first words and photos until a question takes them as its answer.

A citizen who writes "bom dia, a minha rua está sem luz" and is asked for a name has already
described the problem. Text with substance is kept, used by the question marked for it
(``first_words``) and quoted back with a chance to add to it. Greetings, requests ("preciso de
ajuda") and names have none.
"""

from __future__ import annotations

import re
from typing import Any

from . import asking, inputs, matching, memory, names
from .events import Answer
from .inputs import Wrong
from .shared import tidying, yes_no
from .steps import MAX_MEDIA, FlowStep
from .turn import Turn

_MIN_WORDS = 3
#: Words without substance: greetings, requests and politeness
_EMPTY = frozenset(
    """
    oi ola opa bom boa dia tarde noite tudo bem eu voce vc voces vcs me nos a o as os um uma uns
    umas de da do das dos em no na com para pra por e ou que se ai aqui la favor obrigado obrigada
    preciso precisava precisando quero queria gostaria desejo posso pode podem poderia consegue
    alguem algum alguma ajuda ajudar ajude ajudem atendimento atendente atender pessoa humano gente
    falar conversar informacao informacoes duvida duvidas pergunta perguntar saber tirar fazer abrir
    registrar realizar solicitar solicitacao pedir pedido chamado chamados reclamacao reclamar
    reclamacoes denuncia denunciar problema problemas servico servicos prefeitura urgente sim nao ok
    estou to tem tenho ter ha esta tao algo coisa assunto sobre meu minha seu sua sou moro morador
    moradora cidadao ser foi nome chamo menu voltar sair hello hi please help need the is want
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+")


def begin(turn: Turn, first: Answer) -> None:
    """Keep a conversation's start, as far as it may answer questions of the flow."""
    keep_text(turn, first)
    keep_media(turn, first)


def keep_text(turn: Turn, answer: Answer) -> bool:
    """Keep the words of a message that says what it is about.

    False when it does not, when words were kept before or no question wants them.
    """
    first = memory.mapping(turn.state, "first")
    if not turn.flow.first_words[0] or first.get("text") or turn.state.memory.get("told"):
        return False
    text = substance(turn, answer.text)
    if text:
        memory.put(turn.state, first={**first, "text": text})
    return bool(text)


def keep_media(turn: Turn, answer: Answer) -> bool:
    """Keep a message's file for the question that wants it; False if none does."""
    if answer.kind != "media" or not answer.media_ref or not _waits_for_media(turn):
        return False
    first = memory.mapping(turn.state, "first")
    media = [item for item in first.get("media") or () if isinstance(item, list)]
    item = [answer.media_ref, answer.media_kind]
    if item not in media and len(media) < MAX_MEDIA:
        memory.put(turn.state, first={**first, "media": [*media, item]})
    return True


def substance(turn: Turn, text: str) -> str:
    """Return the part of a text with substance, as written; "" if there is none."""
    lines = [_said(line) for line in inputs.plain(text).splitlines()]
    found = "\n".join(line for line in lines if line)
    folded = [tidying.fold(word) for word in _WORD.findall(found)]
    telling = [word for word in folded if word not in _EMPTY and len(word) > 1]
    if not telling or (len(folded) < _MIN_WORDS and len(telling) < 2):
        return ""
    flow, normal = turn.flow, matching.normalise(found)
    menu = flow.steps.get(flow.main_menu)
    named = menu is not None and any(normal in option.words for option in menu.options)
    return "" if named or normal in flow.titles else found


def enter(turn: Turn, step: FlowStep) -> str | None:
    """Enter a question that first words or files may answer; None to ask it."""
    state = turn.state
    first = memory.mapping(state, "first")
    if not step.first_words or not first or state.return_to:
        return None
    if step.answer == "media":
        return _take_media(turn, step, first)
    text = first.get("text")
    if not isinstance(text, str) or not text:
        return None
    found = inputs.interpret(step, Answer(text), **turn.here())
    if isinstance(found, Wrong):
        return None
    state.mode, state.pending, state.tries = memory.FIRST, found.value, 0
    asking.prompt(turn, step)
    return ""


def choose(turn: Turn, step: FlowStep, code: str) -> None:
    """Handle whether that was all, or is to be rewritten."""
    state = turn.state
    value, state.mode, state.pending, state.tries = state.pending, "", None, 0
    _taken(turn, "text")
    if code == "done":
        asking.settle(turn, step, value)
    else:
        asking.prompt(turn, step)


def add(turn: Turn, step: FlowStep, answer: Answer) -> None:
    """Add the text written now to it."""
    if yes_no.read(answer.text) is True:
        asking.prompt(turn, step, turn.text("first_add"))
        return
    state = turn.state
    whole = Answer(f"{state.pending}\n{answer.text}")
    found = inputs.interpret(step, whole, **turn.here())
    state.mode, state.tries = "", 0
    value, state.pending = state.pending, None
    _taken(turn, "text")
    # if the addition is too long, the first words remain the answer
    asking.settle(turn, step, value if isinstance(found, Wrong) else found.value)


def _said(line: str) -> str:
    """Return a line without its greeting; "" for a line of only greetings or a name."""
    line = line.strip()
    if not line or names.is_greeting(line):
        return ""
    rest = names.without_greeting(line).strip()
    judged = names.judge(rest)
    return "" if judged and judged.sure and "," not in rest and "." not in rest else rest


def _take_media(turn: Turn, step: FlowStep, first: dict[str, Any]) -> str | None:
    """Return the first files answer the question, or are the first of several."""
    state = turn.state
    kept = []
    for item in first.get("media") or ():
        if not isinstance(item, list) or len(item) != 2:
            continue
        answer = Answer(kind="media", media_ref=str(item[0]), media_kind=str(item[1]))
        reference = inputs.parse_media(step, answer)
        if not isinstance(reference, Wrong) and reference not in kept:
            kept.append(reference)
    most = step.maximum or step.minimum or 1
    kept = kept[:most]
    if not kept:
        return None
    _taken(turn, "media")
    shown = {"arquivos": inputs.show(kept, "media")}
    if len(kept) == most:
        turn.say(turn.text("first_media", shown))
        turn.answered(step, kept, step.goto)
    else:
        state.pending, state.offers = kept, {"first": True}
        asking.prompt(turn, step)
    return ""


def _taken(turn: Turn, name: str) -> None:
    """Discard the part that was used or rejected."""
    first = memory.mapping(turn.state, "first")
    rest = {key: value for key, value in first.items() if key != name}
    # the first words are used once: later text does not count as first words
    told = name == "text" or turn.state.memory.get("told")
    memory.put(turn.state, first=rest, told=told)


def _waits_for_media(turn: Turn) -> bool:
    """Return whether a question for the first files is still ahead."""
    return turn.flow.first_words[1] and any(
        step.first_words and step.answer == "media" and step.variable not in turn.state.values
        for step in turn.flow.steps.values()
    )
