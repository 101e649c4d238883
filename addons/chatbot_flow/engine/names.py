# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""People's names as they state them, and greetings, which are not answers.

People write in bursts: "oi", "bom dia", "meu nome é Carlos Souza". A greeting that arrives after
the question does not answer it, and words around a name are not part of it. Questions, sentences,
addresses, subjects and insults are not names either; doubtful ones are confirmed once.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from . import matching
from . import name_words as words
from .shared import tidying
from .steps import QUESTION, FlowStep

_VARIABLES = frozenset({"nome", "name", "nome_completo", "seu_nome", "nome_cidadao", "solicitante"})
#: How a question asks for a person's name; the full name of something else does not count
_ASKS = re.compile(
    r"\b(?:(?:o )?seu nome|nome completo(?! d[aeo]s? )|(?:como )?(?:voce )?se chama|com quem "
    r"(?:eu )?(?:falo|estou falando|tenho o prazer))\b"
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
#: A yes or a no before the name: "não, aqui é o Carlos"
_REPLY = re.compile(r"(?:sim|n[ãa]o|isso|claro|prazer|certo|ok)\s*[,.!:-]+\s*", re.IGNORECASE)
_INTRO = re.compile(
    r"(?:(?:o )?meu nome (?:completo )?(?:eh|[eé])\b|(?:o )?nome (?:completo )?(?:eh|[eé])\b|"
    r"(?:o )?(?:meu )?nome(?: completo)?(?= ?[:=-])|(?:eu )?me chamo|chamo-me|"
    r"pode me chamar de|pode chamar de|(?:aqui )?quem (?:est[áa] )?fala(?:ndo)? [eé] [oa]\b|"
    r"aqui (?:[eé]|fala|quem fala [eé])(?: [oa])?\b|voc[eê] (?:est[áa] )?fala(?:ndo)? com [oa]\b|"
    r"my name is|i am|i'm)\s*[:=,-]*\s*",
    re.IGNORECASE,
)
#: Phrases that may begin something else: only before a certain name
_INTRO_OF_A_NAME = re.compile(r"(?:eu )?(?:sou|[ée]h?|fala|meu nome) (?:[oa] )?", re.IGNORECASE)
_AFTER = re.compile(
    r"[\s,.!]+(?:(?:muito )?obrigad[oa]|por favor|prazer|aqui|mesm[oa]|falando|"
    r"ao (?:seu )?dispor|e (?:o )?(?:seu|voc[êe])|"
    rf"{_GREETING})[\s.!?]*$",
    re.IGNORECASE,
)
_NO_NAMES = frozenset({"nome", "sobrenome", "nome completo", "meu nome", "quem"})
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*\.?")
_LAUGHTER = re.compile(r"(?:h[aeiu]|[kr]?s|ka|[aeu]h){2,}h?[ks]?")
_DOTTED = re.compile(r"\b(sra?|srta|dra?|profa?|eng|sgt|ten)\.", re.IGNORECASE)
_REPEATED = re.compile(r"([^\W\d_])\1\1", re.IGNORECASE)
#: Endings of verbs and participles, which occur in sentences
_VERB = re.compile(r"(?:ando|endo|indo|cao|coes|mente)$")
#: Particles that Portuguese writes in lower case; foreign ones like "Van Gogh" keep theirs
_LOWER = frozenset({"da", "de", "do", "das", "dos", "e"})
_ROMAN = frozenset({"ii", "iii", "iv"})
_EDGES = " ,;:-*_\"'~"
MAX_LENGTH, MAX_WORDS = 100, 12


@dataclass(frozen=True, slots=True)
class Judged:
    """A recognised name.

    :ivar value: the properly capitalised name: "Rosa Maria da Silva"
    :ivar sure: whether it is certain; otherwise it needs confirmation
    """

    value: str
    sure: bool = True


def is_greeting(text: str) -> bool:
    """Return whether a text only greets.

    >>> is_greeting("Oi, bom dia! Tudo bem?"), is_greeting("Bom dia, Carlos")
    (True, False)
    """
    plain = tidying.tidy(text)
    return any(map(str.isalpha, plain)) and bool(_ONLY_GREETINGS.fullmatch(plain))


def without_greeting(text: str) -> str:
    """Return a line without its leading greeting."""
    match = _BEFORE.match(text)
    return text[match.end() :] if match else text


def asked(step: FlowStep) -> bool:
    """Return whether a question asks for the name of a person."""
    if step.kind != QUESTION or step.answer not in ("text", "name"):
        return False
    if step.answer == "name" or step.variable in _VARIABLES:
        return True
    return bool(_ASKS.search(matching.normalise(step.text.source)))


def read(text: str) -> str | None:
    """Return the name in an answer, or None.

    >>> read("Bom dia! Meu nome é carlos SOUZA, obrigado"), read("dona maria da silva"), read("👍")
    ('Carlos Souza', 'Maria da Silva', None)
    """
    found = judge(text)
    return found.value if found else None


def judge(text: str) -> Judged | None:
    """Return the name in an answer with its certainty, or None if it is not a name.

    >>> judge("Rosa"), judge("Klebinho"), judge("minha rua está sem luz")
    (Judged(value='Rosa', sure=True), Judged(value='Klebinho', sure=False), None)
    """
    lines = [line for line in text.splitlines() if tidying.tidy(line) and not is_greeting(line)]
    if len(lines) < 2:
        return _judge_line(lines[0]) if lines else None
    found = [judged for line in lines if (judged := _judge_line(line))]
    if len(found) == len(lines):
        # a name in two messages: "Rosa", "Maria da Silva"
        return _judge_line(" ".join(lines))
    return found[0] if len(found) == 1 else next((one for one in found if one.sure), None)


def same_person(one: str, other: str) -> bool:
    """Return whether two names may be one person's: the first names are the same.

    >>> same_person("Rosa", "rosa maria da silva"), same_person("Rosa Maria", "Ana Maria")
    (True, False)
    """
    first, second = matching.normalise(one).split(), matching.normalise(other).split()
    return bool(first and second) and first[0] == second[0]


def _judge_line(line: str) -> Judged | None:
    plain = tidying.tidy(line)
    if not plain or len(plain) > 4 * MAX_LENGTH or is_greeting(plain):
        return None
    bare = _REPLY.sub("", without_greeting(plain), count=1)
    if match := _INTRO.match(bare):
        return _judge_parts(_without_place(bare[match.end() :]))
    if match := _INTRO_OF_A_NAME.match(bare):
        found = _judge_parts(_without_place(bare[match.end() :]))
        return found if found and (found.sure or bare[match.end() :][:1].isupper()) else None
    return _judge_parts(bare)


def _judge_parts(text: str) -> Judged | None:
    """Return the first part of a text with commas and full stops that is a name."""
    before = None
    while text != before:
        before, text = text, _AFTER.sub("", text)
    asking, text = "?" in text, _DOTTED.sub(r"\1 ", text)
    parts = [part for part in re.split(r"[,;!?\n]+|(?<=\w{3})\.(?:\s|$)", text) if part.strip()]
    if len(parts) > 3:
        return None
    for number, part in enumerate(parts):
        found = _judge_words(part)
        if found is not None:
            return Judged(found.value, found.sure and not asking and not number)
    return None


def _without_place(text: str) -> str:
    """ "João da informática" -> "João": the place somebody calls from is not part of the name."""
    for match in re.finditer(r"\s+(?:d[aeo]s?|n[ao]s?)\s+(\w+)", text):
        place = tidying.fold(match.group(1))
        if place in words.PLACES and place not in words.FAMILY:
            return text[: match.start()]
    return text


def _judge_words(text: str) -> Judged | None:
    """Judge a text that is either just a name or not a name."""
    if any(char in "@#/\\&%$+=" or char.isdigit() for char in text) or "www." in text:
        return None
    text = "".join(char if _is_of_a_name(char) else " " for char in text).strip(_EDGES)
    if not text or len(text) > MAX_LENGTH or matching.normalise(text) in _NO_NAMES:
        return None
    tokens = [token.strip("-'") for token in text.split()]
    tokens = _without_honorific([token for token in tokens if token.strip(".")])
    if not tokens or len(tokens) > MAX_WORDS or not all(map(_WORD.fullmatch, tokens)):
        return None
    sure = _surely(tokens)
    return None if sure is None else Judged(_written(tokens), sure)


def _is_of_a_name(char: str) -> bool:
    return char in " '-." or unicodedata.category(char)[0] in "LM"


def _without_honorific(tokens: list[str]) -> list[str]:
    """Remove "dona", "sr." and the like, if something remains."""
    while len(tokens) > 1 and tidying.fold(tokens[0]).rstrip(".") in words.HONORIFICS:
        tokens = tokens[1:]
    return tokens


def _surely(tokens: list[str]) -> bool | None:
    """Return whether words are certainly a name; None if they are not one."""
    folded = [tidying.fold(token).rstrip(".") for token in tokens]
    content = [
        (word, token)
        for word, token in zip(folded, tokens, strict=True)
        if word not in words.PARTICLES
    ]
    if not content or folded[-1] in words.PARTICLES:
        return None
    hits = [_is_usual(word) for word, _token in content]
    if any(token.casefold() == "é" for token in tokens):
        return None
    doubtful = False
    for number, (word, token) in enumerate(content):
        initial = number > 0 and len(word) == 1 and (token.endswith(".") or token.isupper())
        if initial or not _is_never(word, number > 0 and hits[0]):
            continue
        # "Valéria Beleza", and "Pessoa" alone, may be names all the same
        named = token.istitle() and hits[0] if number else word in words.FAMILY
        if not named or word in words.INSULTS or (not number and len(content) > 1):
            return None
        doubtful = True
    if doubtful:
        return False
    things = [word in words.THINGS and word not in words.ALSO_NAMES for word, _token in content]
    if things[0] and not hits[0]:
        return None
    if len(content) == 1:
        return folded[0] == content[0][0] and _alone(content[0][0])
    if any(thing and not hit for thing, hit in zip(things, hits, strict=True)):
        return False if any(hits) else None
    if folded[0] in words.PARTICLES:
        return False
    known, unknown = sum(hits), len(hits) - sum(hits)
    written = all(token[:1].isupper() and not token.isupper() for _word, token in content)
    return (known > 0 and unknown <= known + 1) or written


def _is_usual(word: str) -> bool:
    """Return whether it is a common name."""
    parts = [word, *re.split(r"['-]", word)] if "'" in word or "-" in word else [word]
    return any(
        part in words.GIVEN
        or part in words.FAMILY
        or (len(part) > 4 and part.endswith(words.NAME_ENDINGS) and part not in words.THINGS)
        for part in parts
    )


def _is_never(word: str, after_a_name: bool) -> bool:
    """Return whether a word cannot be part of a name.

    :param after_a_name: whether it follows a name: "Fernando Pessoa"
    """
    if (
        word in words.INSULTS
        or word.removesuffix("s") in words.INSULTS
        or (word in words.NEVER and not (after_a_name and word in words.FAMILY))
    ):
        return True
    if len(word) > 3 and _LAUGHTER.fullmatch(word):
        return True
    known = word in words.GIVEN or word in words.FAMILY or word in words.NO_VERBS
    if not known and len(word) > 5 and _VERB.search(word):
        return True
    # "asdfgh", "kkkk", "Jooooão"
    latin = word.isascii() and len(word) > 2
    return bool(_REPEATED.search(word)) or (latin and not re.search("[aeiouy]", word))


def _alone(word: str) -> bool:
    """Return whether a single word is certainly a name."""
    if word in words.GIVEN:
        return True
    if word in words.THINGS or (word in words.ALSO_NAMES and word not in words.FAMILY):
        return False
    return len(word) > 2 and _is_usual(word)


def _written(tokens: list[str]) -> str:
    """Return a properly capitalised name; "McDonald" is kept as written."""
    found = []
    for number, token in enumerate(tokens):
        word = tidying.fold(token)
        if number and (word in _LOWER or (word in words.PARTICLES and token.islower())):
            found.append(token.lower())
        elif word in _ROMAN:
            found.append(token.upper())
        elif token.islower() or token.isupper() or token[1:].lower() == token[1:]:
            found.append(re.sub(r"[^\W\d_]+", lambda part: _capital(part.group()), token))
        else:
            found.append(token)
    return " ".join(found)


def _capital(part: str) -> str:
    return part[:1].upper() + part[1:].lower()
