"""Names of people as they say them, and greetings, which answer nothing.

People write in bursts: "oi", "bom dia", "meu nome é Carlos Souza". A greeting that arrives after
the question is no answer to it, and what stands around a name is no part of it.
"""

from __future__ import annotations

import re

from . import matching
from .shared import tidying
from .steps import QUESTION, FlowStep

_VARIABLES = frozenset({"nome", "name", "nome_completo", "seu_nome", "nome_cidadao", "solicitante"})
#: How a question asks who somebody is
_ASKS = re.compile(
    r"\b(?:(?:o )?seu nome|nome completo|(?:como )?(?:voce )?se chama|com quem (?:eu )?(?:falo|"
    r"estou falando|tenho o prazer))\b"
)
_GREETING = (
    r"(?:oi+e?|ol[áa]|opa|al[ôo]|bom dia|boa tarde|boa noite|tudo (?:bem|bom)|e a[íi]|hello|hi)"
)
_ONLY_GREETINGS = re.compile(
    rf"(?:{_GREETING}|tudo certo|como vai|como (?:voce|vc)s? est(?:a|ao)|com (?:voce|vc)s?|"
    r"(?:a|para|pra) tod[oa]s|pessoal|gente|mo[cç][oa]|sr|sra|senhora?|por a[íi]|[\s,.!?])+",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?:{_GREETING}[\s,.!?]+)+", re.IGNORECASE)
_INTRO = re.compile(
    r"(?:(?:o )?meu nome (?:completo )?(?:eh|[ée])\b|(?:o )?nome (?:completo )?(?:eh|[ée])\b|"
    r"(?:o )?(?:meu )?nome(?: completo)?(?= ?[:=-])|(?:eu )?me chamo|pode me chamar de|"
    r"(?:aqui )?quem (?:est[áa] )?fala(?:ndo)? [ée] [oa]|aqui [ée] [oa])\s*[:=,-]*\s*",
    re.IGNORECASE,
)
#: What may begin something else as well: taken only before a capital letter
_INTRO_OF_A_NAME = re.compile(r"(?:[Ee]u )?(?:[Ss]ou|[ÉéEe]h?) (?:[oa] )?(?=[A-ZÀ-Þ])")
_AFTER = re.compile(
    r"[\s,.!]+(?:(?:muito )?obrigad[oa]|por favor|prazer|e (?:o )?(?:seu|voc[êe])|"
    rf"{_GREETING})[\s.!?]*$",
    re.IGNORECASE,
)
_NO_NAMES = frozenset({"sim", "nao", "ok", "s", "n", "nao sei", "pra que", "para que", "quem"})


def is_greeting(text: str) -> bool:
    """Whether a text only greets.

    >>> is_greeting("Oi, bom dia! Tudo bem?"), is_greeting("Bom dia, Carlos")
    (True, False)
    """
    plain = tidying.tidy(text)
    return any(map(str.isalpha, plain)) and bool(_ONLY_GREETINGS.fullmatch(plain))


def asked(step: FlowStep) -> bool:
    """Whether a question asks for the name of a person."""
    if step.kind != QUESTION or step.answer != "text":
        return False
    return step.variable in _VARIABLES or bool(_ASKS.search(matching.normalise(step.text.source)))


def read(text: str) -> str | None:
    """Return the name in an answer, as it was written; None when the answer is none.

    >>> read("Bom dia! Meu nome é Carlos Souza, obrigado"), read("Maria da Silva"), read("👍")
    ('Carlos Souza', 'Maria da Silva', None)
    """
    plain = tidying.tidy(text)
    if is_greeting(plain):
        return None
    name = _BEFORE.sub("", plain, count=1) if _BEFORE.match(plain) else plain
    for intro in (_INTRO, _INTRO_OF_A_NAME):
        if match := intro.match(name):
            name = name[match.end() :]
            break
    before = None
    while name != before:
        before, name = name, _AFTER.sub("", name)
    name = name.strip(" ,;:-*_\"'").rstrip("!?")
    if not any(map(str.isalpha, name)) or matching.normalise(name) in _NO_NAMES:
        return None
    return name if name != plain.strip(" ,;:-*_\"'").rstrip("!?") else text
