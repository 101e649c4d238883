"""Every text that a citizen can get reads as a person of the city would say it."""

import re

import pytest

from tests.unit import citizen_words as lists
from tests.unit.citizen_texts import (
    Text,
    all_texts,
    sentences_in_code,
    texts_of_code,
    texts_of_engine,
    texts_of_flows,
    texts_of_records,
)

WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:'[a-z]+)?")
# Placeholders for values that are known only when the text is sent
FILLED = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|" + lists.PLACEHOLDER)
ADDRESS = re.compile(r"https?://\S+|\S+@\S+|www\.\S+")
ROBOT = re.compile(r"\brob(?:ô|o|ot)s?\b|\bchatbots?\b", re.IGNORECASE)


def complaints(text: Text) -> list[str]:
    """Return the faults of a text, each with a better wording."""
    words = ADDRESS.sub(" ", text.words)
    found = [
        f"{name}: “{match.group(0)}”"
        for name, expression in lists.CODES.items()
        for match in re.finditer(expression, FILLED.sub(" ", words))
    ]
    english = {
        word
        for word in WORD.findall(FILLED.sub(" ", words).lower())
        if word in lists.ENGLISH and word not in lists.ALLOWED
    }
    if english:
        found.append(f"English: {', '.join(sorted(english))}")
    found += [
        f"officialese: “{match.group(0)}”; say {instead}"
        for expression, instead in lists.OFFICIALESE.items()
        for match in re.finditer(expression, words, re.IGNORECASE)
    ]
    if ROBOT.search(words):
        found.append("it calls itself a robot: everywhere else it is “assistente virtual”")
    braces = FILLED.sub(" ", words)
    if re.search(r"[{}]", braces):
        found.append("a brace that belongs to no placeholder")
    return found


def test_every_text_reads_as_people_talk() -> None:
    problems = [
        f"{text.where}\n    {text.words!r}\n    {complaint}"
        for text in all_texts()
        if not any(part in text.where for part in lists.EXCEPTIONS)
        for complaint in complaints(text)
    ]
    assert not problems, "\n" + "\n".join(problems)


@pytest.mark.parametrize(
    ("source", "least", "known"),
    [
        (texts_of_records, 60, "O seu atendimento foi encerrado"),
        (texts_of_flows, 150, "Como podemos ajudar?"),
        (texts_of_engine, 60, "Por favor, responda"),
        (texts_of_code, 40, "Ruim"),
        (sentences_in_code, 40, "por favor"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_texts_are_found(source, least: int, known: str) -> None:
    """A collector that finds nothing would let everything through."""
    texts = list(source())
    assert len(texts) >= least
    assert any(known in text.words for text in texts)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("Your ticket was opened.", "English"),
        ("Motivo: out_of_hours", "field or a state"),
        ("Olá, {{1}}!", "number in braces"),
        ("Ativo: True", "value of a program"),
        ('{"text": "oi"}', "JSON"),
        ("O robô vai ajudar você.", "robot"),
        ("Logo será atendido por uma pessoa.", "officialese"),
        ("Você informou: x@y", "officialese"),
        ("Olá, {nome!", "brace"),
        ("Olá, [nome]!", "left to fill in"),
    ],
)
def test_what_is_refused(words: str, complaint: str) -> None:
    assert any(complaint in one for one in complaints(Text("here", words)))


@pytest.mark.parametrize(
    "words",
    [
        "Olá, {nome}! O seu protocolo é *{protocolo}*.",
        "Escreva como neste exemplo: maria_silva@exemplo.com.br",
        "Veja em https://exemplo.gov.br/a_b_c?x=True",
        "%(count)s de 100%% (%(name)s)",
        "Sou o assistente virtual da Prefeitura.",
    ],
)
def test_what_is_let_through(words: str) -> None:
    assert not complaints(Text("here", words))
