# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The satisfaction survey: four levels, answered in people's own words.

A button, a word, a mark, stars or a thumb count. Thanks and farewells end the survey without a
rating. A new request is not an answer. How marks are interpreted:

- a bare 1 to 4 is the option's position in the list, best first, as on channels without buttons;
- "nota 4", "4 estrelas", "4 de 5" and stars are marks from 0 (poor) to 5 (very good);
- 5 is the best of five; 0 and 6 to 10, and "8/10", are marks up to ten.
"""

import re
from dataclasses import dataclass

from .survey_words import (
    ABOUT_US,
    BY_WORD,
    ENDS,
    FAIR,
    GOOD,
    MATTERS,
    NEGATIONS,
    POLITE,
    POOR,
    REQUEST,
    SIGNS,
    STARS,
    THANKS,
    VALUES,
    VERY_GOOD,
    written,
)
from .tidying import fold

__all__ = (
    "PREFIX",
    "VALUES",
    "Answer",
    "is_courtesy",
    "is_thanks",
    "parse_answer",
    "read",
)

PREFIX = "survey:"
# Longer texts do not answer a question with four options
_MAX_LENGTH, _MAX_WORDS = 200, 25
_MARK = re.compile(
    r"(?:(?:eu )?(?:(?:a |minha )?nota|avalio(?: com| em)?|dou|daria|classifico(?: com| em)?)|"
    r"(?:o )?atendimento(?: nota)?)?\s*(?:um|uma|de|e|:)?\s*"
    r"\b(10|[0-9])(?:[.,]0+|(?<!10)[.,][0-9])?\b\s*(?:(?:de|/|em|por)\s*(5|10)\b)?"
    r"\s*(estrelas?|pontos?)?(?: (?:para|pra) (?:voces?|o atendimento|todos|el[ea]))?"
)
#: "de 0 a 10: 9"
_SCALE = re.compile(r"^(?:n?uma escala )?de (?:0|zero|1|um) a (?:10|dez|5|cinco)\s*[:,-]?\s*")
#: More than full marks
_FULL = re.compile(r"(?:nota\s*:?\s*)?10{2,4}\s*(?:%|por cento)|nota\s*:?\s*10{2,4}")
#: "opção 2", "2 - Bom": the option's position in the list
_PLACE = re.compile(r"(?:opcao|alternativa|numero)\s*:?\s*([1-4])")
_LABEL = re.compile(r"(?:opcao\s*)?[1-4]\s*[-.):]+\s*(?=[a-z])")
#: A negative mark is the poorest; "- 10" is a list item
_BELOW = re.compile(r"(?:nota\s*:?\s*)?-[0-9]{1,4}")
#: Not resolved, whatever follows
_UNDONE = re.compile(
    r"\b(?:nao|n|nem) (?!ja )(?:\w+ ){0,2}"
    r"(?:resolv\w+|funcion\w+|deu certo|entendi\w*|consegui\w*|recebi\w*)"
)
_SPELT = {
    "zero": 0, "um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5,
    "seis": 6, "sete": 7, "oito": 8, "nove": 9, "dez": 10,
}  # fmt: skip
_OF_FIVE = (POOR, POOR, POOR, FAIR, GOOD, VERY_GOOD)
_OF_TEN = (POOR, POOR, POOR, POOR, POOR, FAIR, FAIR, GOOD, GOOD, VERY_GOOD, VERY_GOOD)
#: "bom, mas demorou": by itself this begins nothing new
_BUT = frozenset({"mas", "porem"})
_LEVEL_FIRST = re.compile(rf"\W*(?:{'|'.join(sorted(BY_WORD, key=len, reverse=True))})\s*[.,;:!-]")
_LONGEST = max(len(word.split()) for word in (*BY_WORD, *ENDS))


@dataclass(frozen=True)
class Answer:
    """How a message after the survey question is interpreted.

    :ivar value: the level it expresses, None if there is none
    :ivar ends: it asks for nothing and belongs to the finished conversation
    """

    value: str | None = None
    ends: bool = False


def read(text: str = "", option_id: str = "") -> Answer:
    """Return how a citizen's message after the survey question is interpreted.

    >>> read("muito bom, obrigada"), read("obrigado!")
    (Answer(value='very_good', ends=True), Answer(value=None, ends=True))
    >>> read("preciso de outra coisa: o portão não abre")
    Answer(value=None, ends=False)
    """
    if option_id:
        value = option_id.removeprefix(PREFIX)
        known = option_id.startswith(PREFIX) and value in VALUES
        return Answer(value, True) if known else Answer()
    folded = fold(text)
    words = _words(folded)
    signs = [char for char in folded if not char.isascii() and not char.isalnum()]
    if not words:
        return Answer(_of_signs(signs), bool(signs) and "?" not in folded)
    if len(folded) > _MAX_LENGTH or len(words) > _MAX_WORDS:
        return Answer()
    if "?" not in folded and (mark := _mark(_SCALE.sub("", folded))) is not None:
        return Answer(mark, True)
    value, rest, doubtful = _of_words(_words(_LABEL.sub("", folded)))
    rest = [word for word in rest if word not in NEGATIONS] if doubtful else rest
    strange = [word for word in rest if not (word in ABOUT_US or word in POLITE or word in THANKS)]
    known = set(strange) <= _BUT
    requests = REQUEST.intersection(rest)
    asks = "?" in folded or bool(requests and not (known and value and requests <= _BUT))
    if value:
        # a negative word in a sentence about something else is a complaint about that, unless the
        # level comes first, on its own
        first = len(strange) <= 4 and bool(_LEVEL_FIRST.match(folded))
        ends = not asks and (known or first or (value in (VERY_GOOD, GOOD) and len(rest) <= 6))
        return Answer(value if ends else None, ends)
    if doubtful and not asks and known:
        return Answer(None, True)
    return Answer(_of_signs(signs) if known and not asks else None, is_courtesy(text))


def parse_answer(text: str = "", option_id: str = "") -> str | None:
    """Return the level that the citizen's answer expresses, or None.

    >>> parse_answer(option_id="survey:good"), parse_answer("1"), parse_answer("ÓTIMO!!")
    ('good', 'very_good', 'very_good')
    >>> parse_answer("5 estrelas"), parse_answer("⭐⭐⭐"), parse_answer("👎🏽")
    ('very_good', 'fair', 'poor')
    >>> parse_answer("meu computador não liga") is None
    True
    """
    return read(text, option_id).value


def is_courtesy(text: str) -> bool:
    """Return whether a message only says thanks or goodbye, so needs no answer.

    >>> is_courtesy("Muito obrigada pela ajuda, Carlos! 🙏"), is_courtesy("oi"), is_courtesy("🙏🏽")
    (True, False, True)
    """
    folded = fold(text)
    words = _words(folded)
    if "?" in folded or len(words) > 15 or _UNDONE.search(folded):
        return False
    if not words:
        return any(not char.isascii() for char in folded)
    rest = _without(words, ENDS)
    if not rest:
        return True
    if REQUEST.intersection(rest) - {"ajuda", "outra", "novamente"} or _matters(rest):
        return False
    thanks = THANKS.intersection(rest)
    unknown = [word for word in rest if word not in POLITE and word not in THANKS]
    # a name or two: "obrigada, Carlos Eduardo"
    return bool(thanks or len(rest) < len(words)) and len(unknown) <= (3 if thanks else 0)


def is_thanks(text: str) -> bool:
    """Return whether a message explicitly says thanks or goodbye.

    Narrower than :func:`is_courtesy`: a bare "sim", "ok" or "não" may answer something else.
    """
    words = _words(fold(text))
    if not is_courtesy(text):
        return False
    return not words or bool(THANKS.intersection(words)) or " ".join(words) not in _BARE


# Words that end a survey but elsewhere may answer a question
_BARE = frozenset(
    "sim nao ok okay okey k certo isso ta depois sair encerrar fim aham uhum 0k resolvido fui ate "
    "combinado".split()
) | {"isso mesmo", "nao quero", "nao sei", "agora nao", "tudo bem", "so isso", "ta bom", "resolveu"}


def _words(folded: str) -> list[str]:
    return written(re.findall(r"[a-z0-9]+", folded))


def _matters(words: list[str]) -> bool:
    """Return whether a subject is named other than what the thanks are for ("pela consulta")."""
    return any(
        word in MATTERS
        and not any(near.startswith("pel") for near in words[max(place - 3, 0) : place])
        for place, word in enumerate(words)
    )


def _of_signs(signs: list[str]) -> str | None:
    """Return the level that stars or faces express; None for none, or for both kinds."""
    stars = sum(sign in STARS for sign in signs)
    if stars and stars == len(signs):
        return _OF_FIVE[min(stars, 5)]
    found = {SIGNS[sign] for sign in signs if sign in SIGNS}
    if found == {GOOD, VERY_GOOD}:
        return VERY_GOOD
    return found.pop() if len(found) == 1 else None


def _mark(folded: str) -> str | None:
    """Return the level of a text that is a numeric mark: "4", "nota 10", "5 estrelas", "8/10"."""
    bare = folded.strip(" .,!*_\"'")
    if _FULL.fullmatch(bare):
        return VERY_GOOD
    if _BELOW.fullmatch(bare):
        # "-2" may be a list item
        return POOR if bare.startswith("nota") or int(bare.lstrip("-")) > len(VALUES) else None
    if place := _PLACE.fullmatch(bare):
        return VALUES[int(place[1]) - 1]
    plain = re.sub(r"[^a-z0-9/.,: ]+", " ", folded)
    plain = " ".join(str(_SPELT.get(word, word)) for word in plain.split())
    words = [w for w in plain.split() if w.strip(".,:") not in (THANKS | {"muito", "por", "favor"})]
    plain = " ".join(words).strip(" .,:/")
    match = _MARK.fullmatch(plain)
    if not match:
        return None
    number, scale = int(match[1]), match[2]
    if plain == match[1] and 1 <= number <= len(VALUES):
        return VALUES[number - 1]
    if scale == "10" or number > 5:
        return _OF_TEN[number] if scale != "5" else None
    return _OF_FIVE[number]


def _of_words(words: list[str]) -> tuple[str | None, list[str], bool]:
    """Return the level expressed, the remaining words, and whether the level is doubtful."""
    found = set()
    rest: list[str] = []
    position = 0
    while position < len(words):
        for size in range(min(_LONGEST, len(words) - position), 0, -1):
            phrase = " ".join(words[position : position + size])
            if size == 2 and words[position] == "nota" and (mark := _mark(phrase)):
                found.add(mark)
                position += size
                break
            if phrase == "nao" and len(words) > 1:
                continue
            if _is_greeting(words, position):
                rest.append(words[position])
                position += 1
                break
            if phrase in ENDS and phrase not in BY_WORD:
                position += size
                break
            if phrase in BY_WORD:
                found.add(BY_WORD[phrase])
                position += size
                break
        else:
            rest.append(words[position])
            position += 1
    if found == {GOOD, VERY_GOOD}:
        found = {VERY_GOOD}
    if len(found) > 1 or (found and NEGATIONS.intersection(rest)):
        return None, rest, True
    return (found.pop() if found else None), rest, False


def _is_greeting(words: list[str], position: int) -> bool:
    """Return whether "bom" or "boa" precedes a time of day, so is not praise."""
    following = words[position + 1 : position + 2]
    return words[position] in ("bom", "boa", "bons", "boas") and bool(
        following and following[0] in ("dia", "dias", "tarde", "tardes", "noite", "noites")
    )


def _without(words: list[str], phrases: frozenset[str]) -> list[str]:
    """Return the words that are not part of any phrase."""
    rest: list[str] = []
    position = 0
    while position < len(words):
        for size in range(min(_LONGEST, len(words) - position), 0, -1):
            if " ".join(words[position : position + size]) in phrases:
                position += size
                break
        else:
            rest.append(words[position])
            position += 1
    return rest
