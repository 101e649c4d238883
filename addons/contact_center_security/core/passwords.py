# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reasons why a password is too easy to guess, beyond its length.

Odoo checks the length.

Length does most of the work (NIST SP 800-63B, 5.1.1.2); a forced mixture of character classes and
forced expiry make people write passwords down. So only easily guessed passwords are refused.
"""

import re

COMMON_WORDS = frozenset(
    "senha mudar trocar prefeitura atendimento suporte administrador admin usuario teste brasil "
    "monlevade joaomonlevade password welcome qwerty qwertyuiop asdfgh abcdef abcdefgh "
    "bemvindo master secret letmein odoo".split()
)


def weakness(password: str, names: tuple[str, ...] = ()) -> str:
    """Return why a password is too easy, "" when it is fine.

    "classes", "name", "common" or "repeated".

    :param names: login and names of the person; a password made of one of them and digits is
    refused

    >>> weakness("joana2026123", ("joana",))
    'name'
    >>> weakness("joana-demo-2026", ("joana",))
    ''
    """
    if not (re.search(r"[^\W\d_]", password) and re.search(r"[\d\W_]", password)):
        return "classes"
    if len(set(password.lower())) < 5:
        return "repeated"
    letters = "".join(re.findall(r"[^\W\d_]", password)).lower()
    if letters in COMMON_WORDS:
        return "common"
    words = {
        "".join(re.findall(r"[^\W\d_]", part)).lower()
        for name in names
        for part in (name, *name.split(), *name.split("@"))
    }
    return "name" if letters in words else ""
