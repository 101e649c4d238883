# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Initial title and description of an agent's ticket, from answers and messages."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping

# Maximum length of a title: GLPI's lists show no more in one line.
TITLE_LENGTH = 80
# Names of the bot's questions for subject and description, the most specific first.
TITLE_KEYS = ("assunto", "tipo", "servico")
DESCRIPTION_KEYS = ("descricao", "pergunta", "problema", "detalhes")
# Names of the person's own data: they belong in the requester's fields, not in the text.
IDENTITY_KEYS = frozenset({"nome", "email", "telefone", "cpf", "cnpj", "documento", "idioma"})
# Maximum digits of a number that only chooses from a menu.
CHOICE_DIGITS = 2
# Words at least this long that occur inside a text are no coincidence.
TELLING_LENGTH = 12


def tells(text: str, answers: Iterable[str], is_greeting: Callable[[str], bool]) -> bool:
    """Return whether a message adds something to the answers to the bot's questions.

    :param answers: answers to the bot's questions
    :param is_greeting: whether a text only greets

    >>> tells("1", [], lambda text: False), tells("PC 0412", [], lambda text: False)
    (False, True)
    >>> tells("impressora!", ["Impressora"], lambda text: False)
    False
    """
    bare = fold(text)
    if not bare or (bare.isdecimal() and len(bare) <= CHOICE_DIGITS):
        return False
    return not is_greeting(text) and bare not in {fold(answer) for answer in answers}


def title(answers: Mapping[str, str], told: Iterable[str]) -> str:
    """Return the title: the subject that the bot asked for, else the first words.

    >>> title({"tipo": "Impressora"}, ["Não liga"]), title({}, ["Não liga.\\nDesde ontem"])
    ('Impressora', 'Não liga')
    """
    for text in (*(answers.get(key, "") for key in TITLE_KEYS), description(answers, told)):
        if words := shorten(text):
            return words
    return ""


def description(answers: Mapping[str, str], told: Iterable[str]) -> str:
    """Return the description: the bot's answer, else the first informative words.

    >>> description({}, ["A impressora parou", "E agora?"])
    'A impressora parou'
    """
    texts = (*(answers.get(key, "") for key in DESCRIPTION_KEYS), *told)
    return next((text.strip() for text in texts if text.strip()), "")


def other_answers(collected: Iterable[Mapping[str, str]]) -> list[str]:
    """Return "Label: value" of the bot's other answers, the citizen's data apart.

    :param collected: answers with `key`, `label` and `value`, as a conversation keeps them
    """
    known = {*TITLE_KEYS[:1], *DESCRIPTION_KEYS, *IDENTITY_KEYS}
    return [
        f"{answer.get('label') or answer['key']}: {answer['value']}"
        for answer in collected
        if answer.get("key") not in known and answer.get("value")
    ]


def holds(text: str, words: str) -> bool:
    """Return whether `text` contains `words`, ignoring case, accents and signs.

    A short word must be a line of its own: "sim" is no part of "assim".

    >>> holds("Assunto: luz\\nA rua está ESCURA.", "a rua esta escura"), holds("Assim", "sim")
    (True, False)
    """
    bare = fold(words)
    lines = {fold(line) for line in text.splitlines()}
    return bare in lines or (len(bare) >= TELLING_LENGTH and bare in fold(text))


def shorten(text: str) -> str:
    """Return the first sentence of a text as a title, cut between words."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    for end in (". ", "! ", "? "):
        line = line.split(end)[0]
    if len(line) <= TITLE_LENGTH:
        return line.rstrip(". ")
    cut = line[: TITLE_LENGTH - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"


def fold(text: str) -> str:
    """Return letters and digits of a text, small and without accents."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in split if char.isalnum())
