# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Yes and no, in the words and signs that people in Brazil use.

A text means yes or no only if it says nothing else: it is split into words of agreement, refusal
and politeness, and all of it must match. "Não sei", "sim card" and "sim e não" are neither:
doubtful answers are asked again. Letters may be repeated ("siiim", "nãoooo", "sss").
"""

from __future__ import annotations

import re

from . import everyday, tidying

#: Longer texts are neither yes nor no
_MAX_LENGTH = 120
#: Words that may follow "sim, ..." or "não, ..."
_MAX_TAIL = 8

YES_SIGNS = frozenset("👍✅👌✔☑🆗🙆💯🤙🤝🫡🟢")
NO_SIGNS = frozenset("👎❌🚫✖⛔🙅🆖❎🛑🔴✘✗")
#: Words that accompany an answer and mean nothing by themselves
_NEUTRAL_SIGNS = frozenset("🙏👏❤💚💙💛😍😀😃😄😁😊🙂😂🤣😅😉😘🥰🤗🌹🌷🌻✨🙌💪😎🤩♂♀")

YES_WORDS = (
    "sim", "s", "si", "yes", "y", "yep", "yeah", "ok", "okay", "okey", "oki", "okk", "ok ok",
    "blz", "beleza", "belezinha", "blza", "bele", "certo", "certa", "certinho", "correto",
    "correta", "corretissimo", "exato", "exatamente", "isso", "isso mesmo", "isso ai", "isso sim",
    "e isso", "e isso mesmo", "e isso ai", "esse mesmo", "essa mesma", "e esse mesmo",
    "e essa mesma", "e", "e sim", "claro", "claro que sim", "mas e claro", "com certeza",
    "certeza", "c certeza", "com toda certeza", "logico", "obvio", "obviamente", "evidente",
    "evidentemente", "pode", "pode ser", "pode ser sim", "pode sim", "podem", "pode mandar",
    "pode continuar", "pode prosseguir", "pode enviar", "pode confirmar", "pode seguir",
    "pode abrir", "positivo", "afirmativo", "aham", "ahan", "ahã", "aha", "uhum", "uhun", "hum hum",
    "humrum", "unhum", "arram", "quero", "eu quero", "quero sim", "gostaria", "gostaria sim",
    "desejo", "desejo sim", "aceito", "aceito sim", "concordo", "concordo sim", "de acordo",
    "estou de acordo", "confirmo", "confirmado", "confirmada", "confirmar", "confirma",
    "eu confirmo", "esta certo", "ta certo", "esta correto", "ta correto", "esta sim", "ta",
    "ta bom", "ta bem", "ta ok", "esta bom", "esta bem", "esta ok", "tudo bem", "tudo certo",
    "tudo certinho", "tudo correto", "tudo ok", "sem problema", "sem problemas", "sem duvida",
    "tranquilo", "fechado", "fechou", "combinado", "bora", "vamos", "vamos la", "manda",
    "manda ver",
    "perfeito", "perfeitamente", "joia", "joinha", "tenho", "tenho sim", "sou", "sou sim",
    "sou eu", "sou eu mesmo", "sou eu mesma", "foi", "foi sim", "era isso", "acertou", "verdade",
    "e verdade", "show", "top", "otimo", "com prazer", "prossiga", "continue", "continuar",
    "seguir", "prosseguir", "oks", "okei", "arra", "unrum", "humhum", "hum rum", "podi",
    "claro que pode", "mas claro", "e mesmo", "e verdade sim", "com certeza sim", "de boa", "suave",
    "yes sir", "simsim", "e esse", "e essa", "e esse sim", "e essa sim", "pode fazer", "ja",
    "ja sim",
    "esta tudo certo", "ta tudo certo", "esta tudo ok", "esta tudo bem", "estao corretos",
    "estao certos", "dados corretos", "os dados estao corretos", "os dados estao certos",
    "aceito os termos", "li e aceito",
    "li e concordo", "li e estou de acordo", "ciente e de acordo", "deu certo", "deu sim",
    "foi resolvido", "foi resolvida", "e meu", "e minha", "e o meu", "e a minha", "e meu mesmo",
)  # fmt: skip
NO_WORDS = (
    "nao",
    "n",
    "no",
    "nope",
    "nop",
    "naum",
    "nah",
    "nem",
    "nem pensar",
    "nem quero",
    "negativo",
    "de jeito nenhum",
    "de jeito algum",
    "de forma alguma",
    "de forma nenhuma",
    "de maneira nenhuma",
    "de maneira alguma",
    "jamais",
    "nunca",
    "nada",
    "nada disso",
    "nada a ver",
    "nenhum",
    "nenhuma",
    "agora nao",
    "ainda nao",
    "por enquanto nao",
    "por agora nao",
    "no momento nao",
    "hoje nao",
    "nao agora",
    "nao quero",
    "quero nao",
    "nao mesmo",
    "eu nao",
    "eu nao quero",
    "nao quero nao",
    "nao precisa",
    "precisa nao",
    "nao e necessario",
    "nao precisa nao",
    "nao preciso",
    "nao desejo",
    "nao gostaria",
    "nao aceito",
    "nao concordo",
    "nao confirmo",
    "prefiro nao",
    "claro que nao",
    "com certeza nao",
    "certeza que nao",
    "isso nao",
    "nao e isso",
    "nao e isso nao",
    "nao e",
    "e nao",
    "nao e nao",
    "nao esta",
    "nao ta",
    "nao esta certo",
    "nao ta certo",
    "esta errado",
    "ta errado",
    "nao esta correto",
    "nao ta correto",
    "nao tenho",
    "tenho nao",
    "nao sou",
    "sou nao",
    "nao sou eu",
    "nao foi",
    "foi nao",
    "nao era",
    "nao pode",
    "pode nao",
    "nao pode ser",
    "errado",
    "errada",
    "incorreto",
    "incorreta",
    "corrigir",
    "alterar",
    "mudar",
    "nao concordo nao",
    "discordo",
    "recuso",
    "melhor nao",
    "nao nao",
    "nada nao",
    "nao ok",
    "mudei de ideia",
    "deixa pra la",
    "deixa quieto",
    "nops",
    "de jeito maneira",
    "logico que nao",
    "obvio que nao",
    "prefiro que nao",
    "to fora",
    "dispenso",
    "nao necessario",
    "nao podem",
    "nao e esse",
    "nao e essa",
    "nao e meu",
    "nao e minha",
    "nao e o meu",
    "nao e a minha",
    "tudo errado",
    "esta tudo errado",
    "ta tudo errado",
    "nada mais",
    "mais nada",
    "nao deu",
    "nao deu certo",
    "nao foi resolvido",
    "nao foi resolvida",
    "hoje nao da",
    "ja nao",
)
#: The answer repeats the question's verb: "Mora aqui?" "Moro." "Moro não." "Não moro."
_VERBS = (
    "quero desejo gostaria aceito concordo confirmo tenho sou preciso moro autorizo permito recebi "
    "resolveu resolveram funcionou possuo trabalho estou fiz continua"
).split()
#: After a "sim" or "não" they mean that this is all; alone they answer other questions
_THAT_IS_ALL = (
    "so isso", "so isso mesmo", "e so isso", "era so isso", "e so", "era so", "por enquanto e so",
    "por hoje e so",
)  # fmt: skip
_COURTESY = (
    "por favor",
    "por gentileza",
    "pfv",
    "pfvr",
    "pf",
    "fvr",
    "favor",
    "obrigado",
    "obrigada",
    "obg",
    "obgd",
    "obgda",
    "brigado",
    "brigada",
    "agradeco",
    "muito obrigado",
    "muito obrigada",
    "mt obg",
    "valeu",
    "vlw",
    "grato",
    "grata",
    "senhor",
    "senhora",
    "sr",
    "sra",
    "moco",
    "moca",
    "amigo",
    "amiga",
    "querido",
    "querida",
    "meu bem",
    "gente",
    "pessoal",
    "bom dia",
    "boa tarde",
    "boa noite",
    "oi",
    "ola",
    "ah",
    "eh",
    "oh",
    "ne",
    "ai",
    "uai",
    "ue",
    "entao",
    "bem",
    "aqui",
    "kk",
    "rs",
    "haha",
    "hehe",
    "eu",
    "tchau",
    "de nada",
    "ate mais",
    "eu hein",
    "opa",
    "oxe",
    "oxente",
    "eita",
)
#: Words that look like the above and mean something else
_NEITHER = ("e ai", "pois nao", "absolutamente")  # fmt: skip
#: After "sim, ..." or "não, ...": the answer is retracted, or about something else
_DOUBT = frozenset(
    "mas porem talvez depende acho duvida sei espera pera perai calma digo ops opa nem so que quer "
    "quero dizer antes primeiro se quase ou menos contudo todavia entretanto".split()
)
_WORD = re.compile(r"[a-z0-9]+")
#: An option's number, a ticked box, a list marker, a phone's signature: not words
_AROUND = re.compile(
    r"^(?:>\s*)?(?:opcao )?(?:[12]\s*[-.):]+|[(\[]\s*x\s*[)\]])\s*(?=(?:sim|nao)\b)"
    r"|(?<=[mo])\s*\([12]\)$|\s*\benviado (?:do|pelo) meu [\w ]{2,30}$"
)
#: "s/n", "n/a", "n°", "s n": abbreviations, not answers
_ABBREVIATED = re.compile(r"\b[sn] ?[/°º|]|^s[ -]?n$|\bn[ .]*[0-9]")
#: "Sim, moro aqui": a plain answer, a pause, a few more words
_HEAD = re.compile(r"(sim|nao)\b\s*[,.;:!-]+\s*(.+)")


def _key(words: str) -> str:
    """Return words for comparison: expanded, with every run of a letter reduced to one."""
    # "num quero": a spoken form of "não" before a verb
    written = " ".join(everyday.whole(words.split()))
    return everyday.squeeze(re.sub(r"\bnum (?=\w)", "nao ", written))


#: A placeholder for an unknown word
_UNKNOWN = "unknown"


def _senses_of_words() -> dict[str, bool | str | None]:
    known: dict[str, bool | str | None] = {}
    for sense, phrases in (
        (None, _COURTESY),
        (True, _VERBS),
        (True, [f"{verb} sim" for verb in _VERBS]),
        (False, [f"nao {verb}" for verb in _VERBS]),
        (False, [f"{verb} nao" for verb in _VERBS]),
        (False, [f"nao {verb} nao" for verb in _VERBS]),
        (True, YES_WORDS),
        (False, NO_WORDS),
        (_UNKNOWN, _NEITHER),
    ):
        known.update({_key(tidying.fold(words)): sense for words in phrases})
    return known


_SENSES = _senses_of_words()
_ALL = frozenset(_key(words) for words in _THAT_IS_ALL)
_LONGEST = max(len(words.split()) for words in _SENSES)


def read(text: object) -> bool | None:
    """Return True if ``text`` clearly means yes, False for no, None otherwise.

    >>> read("Sim, por favor 🙏"), read("siiim"), read("👍🏿"), read("não, obrigado")
    (True, True, True, False)
    >>> read("não sei"), read("sim card"), read("sim e não")
    (None, None, None)
    """
    folded = _AROUND.sub("", tidying.fold(text))
    if not folded or len(folded) > _MAX_LENGTH or "?" in folded or _ABBREVIATED.search(folded):
        return None
    signs = _signs(folded)
    words = _WORD.findall(folded)
    if signs is None:
        return None
    found = signs | _senses(words)
    if not words and not signs:
        return None
    if _UNKNOWN not in found:
        return _only(found)
    return _headed(folded, signs)


def without_courtesy(text: object) -> str:
    """Return the folded words of ``text`` without signs or polite words at its ends.

    >>> without_courtesy("Só isso, obrigada! 🙏")
    'so isso'
    """
    words = _WORD.findall(tidying.fold(text)[:_MAX_LENGTH])
    for at_end in (True, False):
        size = min(_LONGEST, len(words) - 1)
        while size > 0:
            part = words[-size:] if at_end else words[:size]
            if _SENSES.get(_key(" ".join(part)), False) is None:
                words = words[:-size] if at_end else words[size:]
                size = min(_LONGEST, len(words) - 1)
            else:
                size -= 1
    return " ".join(words)


def _only(found: set) -> bool | None:
    senses = found - {None}
    return senses.pop() if len(senses) == 1 else None


def _signs(folded: str) -> set | None:
    """Return the meaning of the signs; None if one is unknown and there are no words."""
    found: set = set()
    others = False
    for char in folded:
        if char in YES_SIGNS:
            found.add(True)
        elif char in NO_SIGNS:
            found.add(False)
        elif char not in _NEUTRAL_SIGNS and not char.isascii():
            others = True
    return None if others and not _WORD.search(folded) else found


def _senses(words: list[str]) -> set:
    """Return the meaning of the words, matched in the longest known phrases."""
    words = _key(" ".join(words)).split()
    found: set = set()
    position = 0
    while position < len(words):
        for size in range(min(_LONGEST, len(words) - position), 0, -1):
            key = " ".join(words[position : position + size])
            if key in _SENSES or (key in _ALL and len(words) > size):
                found.add(_SENSES.get(key))
                position += size
                break
        else:
            return {_UNKNOWN}
    return found


def _headed(folded: str, signs: set) -> bool | None:
    """Return the meaning of a plain "sim" or "não", a comma, and words that do not retract it."""
    match = _HEAD.match(folded)
    if not match:
        return None
    sense = match[1] == "sim"
    tail = _WORD.findall(match[2])
    if not tail or len(tail) > _MAX_TAIL or signs - {sense}:
        return None
    contrary = (
        {"nao", "n", "no", "nem"} if sense else {"sim", "s", "isso", "certo", "pode", "claro"}
    )
    return None if set(tail) & (_DOUBT | contrary) else sense
