# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Expands words that people shorten or stretch when typing on a phone.

"vc", "td", "msm", "q" stand for whole words; "siiim" and "bommm" have repeated letters. Use it for
short answers that are compared with known words, never for texts that are stored.
"""

import re
from collections.abc import Iterable

_SHORT = {
    "q": "que", "qe": "que", "msm": "mesmo", "mesm": "mesmo", "td": "tudo", "tdo": "tudo",
    "hj": "hoje", "ctz": "certeza", "ctza": "certeza", "vdd": "verdade", "cm": "com", "vc": "voce",
    "vcs": "voces", "cê": "voce", "tb": "tambem", "tbm": "tambem", "tmb": "tambem", "mt": "muito",
    "mto": "muito", "mta": "muita", "mtu": "muito", "muinto": "muito",
    "naum": "nao",  "ae": "ai", "eh": "e", "dps": "depois", "pq": "porque",
    "qro": "quero", "kero": "quero", "pra": "para", "pro": "para", "isto": "isso",
    "msg": "mensagem",
    "msgs": "mensagens", "atend": "atendimento", "att": "atenciosamente", "exelente": "excelente",
    "execelente": "excelente", "ecelente": "excelente", "excelent": "excelente", "otmo": "otimo",
    "pesimo": "pessimo", "obgd": "obrigado", "obgda": "obrigada", "obg": "obrigado",
    "obrg": "obrigado", "obrigdo": "obrigado", "brigadao": "obrigado", "brigadinha": "obrigada",
    "brigadinho": "obrigado", "brigado": "obrigado", "brigada": "obrigada", "bjo": "beijo",
    "bj": "beijo", "abc": "abracos", "flw": "tchau", "falou": "tchau", "xau": "tchau",
    "tchauzinho": "tchau", "xauzinho": "tchau", "dms": "demais", "blza": "beleza", "blz": "beleza",
}  # fmt: skip
_RUNS = re.compile(r"([a-z])\1+")
_ONLY_N = re.compile(r"n+")


def squeeze(words: str) -> str:
    """Return words with every run of a letter reduced to one.

    >>> squeeze("siiim isso 1000")
    'sim iso 1000'
    """
    return _RUNS.sub(r"\1", words)


def whole(words: Iterable[str]) -> list[str]:
    """Return folded words with abbreviations expanded.

    >>> whole(["td", "certo", "vc", "tb"])
    ['tudo', 'certo', 'voce', 'tambem']
    """
    return ["nao" if _ONLY_N.fullmatch(word) else _SHORT.get(word, word) for word in words]
