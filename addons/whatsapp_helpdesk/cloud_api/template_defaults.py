# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Likely values for a template's variables: filled in, agents may change them.

A named variable says it by its name, a positional one by the words in front of it:
``protocolo {{2}}``. The answers are names of the placeholders of automatic messages.
"""

import re
import unicodedata

from .template import Variable

# The name of a placeholder: words in a variable's name, or before a numbered one.
_WORDS = (
    ("protocolo", ("protocolo", "atendimento")),
    ("chamado", ("chamado", "ticket", "ordem", "solicitacao")),
    ("atendente", ("atendente", "agente", "tecnico")),
    ("fila", ("fila", "setor", "equipe")),
    ("nome", ("nome", "cidadao", "cidada", "cliente")),
)
_GREETING = re.compile(r"(ola|oi|bom dia|boa tarde|boa noite|prezad[oa]|car[oa])[ ,.!]*$")
# How far before a variable a word still speaks of it.
_REACH = 24
# How many words say where a variable stands.
_WORDS_AROUND = 4


def guess(variable: Variable, text: str) -> str:
    """Return the placeholder whose value fits ``variable`` best, "" when nothing does.

    :param text: the text in which the variable stands

    >>> guess(Variable("body", "2"), "Olá, {{1}}! Protocolo {{2}}.")
    'protocolo'
    """
    if not variable.name.isdecimal():
        return _by_words(_plain(variable.name).replace("_", " "))
    at = re.search(r"{{\s*" + variable.name + r"\s*}}", text)
    before = _plain(text[: at.start()] if at else "")
    # Not the words that describe the previous variable
    before = before.rpartition("}}")[2][-_REACH:]
    return "nome" if _GREETING.search(before) else _by_words(before)


def spoken_name(variable: Variable) -> str:
    """Return a named variable's name as words, "" for one that only has a number.

    >>> spoken_name(Variable("body", "data_de_vencimento")), spoken_name(Variable("body", "2"))
    ('data de vencimento', '')
    """
    name = variable.name
    return "" if name.isdecimal() else " ".join(name.replace("_", " ").split()).lower()


def place(variable: Variable, text: str) -> str:
    """Return where a numbered variable stands, in the text's own words: "vai até …".

    >>> place(Variable("body", "2"), "Olá, {{1}}! A campanha vai até {{2}}.")
    'A campanha vai até …'
    >>> place(Variable("body", "1"), "{{1}} avisa que a luz volta às 18h"), place(
    ...     Variable("body", "1"), "{{1}}")
    ('… avisa que a luz', '')
    """
    parts = re.split(r"{{\s*(\w+)\s*}}", text)
    if variable.name not in parts[1::2]:
        return ""
    at = 2 * parts[1::2].index(variable.name) + 1
    before = re.split(r"[.!?\n]", parts[at - 1])[-1].split()[-_WORDS_AROUND:]
    after = re.split(r"[.!?\n]", parts[at + 1])[0].split()[:_WORDS_AROUND]
    if any(map(_has_letters, before)):
        return f"{' '.join(before)} …".lstrip(" ,;:-")
    return f"… {' '.join(after)}".rstrip(" ,;:-") if any(map(_has_letters, after)) else ""


def _has_letters(word: str) -> bool:
    """Return whether a word is more than marks."""
    return any(map(str.isalnum, word))


def _by_words(text: str) -> str:
    """Return the placeholder whose word stands last in ``text``, "" for none."""
    found = [(text.rfind(word), name) for name, words in _WORDS for word in words]
    position, name = max(found)
    return name if position >= 0 else ""


def _plain(text: str) -> str:
    """Return ``text`` in lower case without accents."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(one for one in split if not unicodedata.combining(one)).lower()
