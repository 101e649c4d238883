# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Detects a foreign language, and the reply to it.

Detection is by words that only one language has; words shared with Portuguese do not count. A text
counts as foreign only when most of it is: names and brands occur in every language.
"""

from __future__ import annotations

import re

from .shared import tidying

#: Words that distinguish a language from Portuguese and from the others, folded
_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        """hello hi hey the is are am was were have has need help please thanks thank you your my
        i i'm im want would like can could do does don't dont speak english know where what when
        who how why with without for from problem street light water garbage hello good morning
        afternoon evening someone anybody talk person this that there here not no and or it in at
        on to of yes house tax pay bill appointment doctor school issue broken""".split()
    ),
    "es": frozenset(
        """hola buenos buenas dias tardes noches necesito ayuda quiero puedo hablo hablas habla
        hablan espanol gracias por favor donde cuando como quien porque pero con una unos unas el
        los las mi mis su sus usted ustedes tengo tiene hay soy estoy calle luz agua basura casa
        problema pagar impuesto escuela cita alguien persona hablar puede ayudarme necesitamos
        venezuela quisiera es y en muy ayer hoy manana que esta no entiendo portugues""".split()
    ),
    "fr": frozenset(
        """bonjour bonsoir salut je suis vous nous avez besoin aide aider merci francais parle
        parlez s'il plait comment ou quand quoi avec pour une des les est pas rue eau lumiere maison
        probleme voudrais j'ai moi mon ma mes c'est""".split()
    ),
    "ht": frozenset(
        """bonjou bonswa mwen ou li nou yo bezwen ed ede tanpri mesi kreyol pale kijan kote kisa
        avek pou pwoblem lari dlo kay gen pa ka""".split()
    ),
}
#: Those that Portuguese has too, which mean nothing by themselves
_SHARED = frozenset(
    """no a e o as os do me com como que por favor problema casa luz pagar persona agua esta es em
    um uma ou para mas mes ma su pa ka li nou gen is and in at on or it to of for as email ok
    whatsapp iptu cpf hi""".split()
)
_SPLIT = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
#: Minimum number of distinctive words, and their share of all words
_MIN_TELLING = 2
_MIN_SHARE = 0.7
_MAX_WORDS = 40

#: Explicit names of languages
_NAMES = {
    "en": ("english", "ingles", "hello"),
    "es": ("espanol", "espanhol", "hablas", "habla", "hablan", "hablo", "entiendo"),
    "fr": ("francais", "parlez"),
    "ht": ("kreyol", "potige"),
}

#: Replies to somebody who writes in another language
REPLIES = {
    "en": (
        "This service speaks Portuguese. You can write in simple sentences or use a translator. "
        "Would you like to talk to a person?"
    ),
    "es": (
        "Esta atención es en portugués. Puede escribir frases cortas o usar un traductor. "
        "¿Quiere hablar con una persona?"
    ),
    "fr": (
        "Ce service est en portugais. Vous pouvez écrire des phrases simples ou utiliser un "
        "traducteur. Voulez-vous parler à une personne ?"
    ),
    "ht": (
        "Sèvis sa a an pòtigè. Ou ka ekri fraz kout oswa sèvi ak yon tradiktè. "
        "Èske ou vle pale ak yon moun?"
    ),
}
#: The same at the beginning of a conversation, followed by Portuguese
OPENINGS = {
    "en": "Hello! This service speaks Portuguese. To talk to a person, write *{word}*.",
    "es": "¡Hola! Esta atención es en portugués. Para hablar con una persona, escriba *{word}*.",
    "fr": "Bonjour ! Ce service est en portugais. Pour parler à une personne, écrivez *{word}*.",
    "ht": "Bonjou! Sèvis sa a an pòtigè. Pou pale ak yon moun, ekri *{word}*.",
}
YES = {"en": "Yes, a person", "es": "Sí, una persona", "fr": "Oui, une personne", "ht": "Wi"}
NO = {"en": "No, go on", "es": "No, seguir", "fr": "Non, continuer", "ht": "Non"}
#: Replies if the flow itself has the language
SWITCHED = {
    "en": "Of course! Let us go on in English.",
    "es": "¡Claro! Seguimos en español.",
    "fr": "Bien sûr ! Continuons en français.",
    "ht": "Wi! Ann kontinye an kreyòl.",
}


def named(text: str) -> str:
    """Return the language named by, or recognised in, a short text; "" for none.

    >>> named("do you speak english?"), named("vocês falam espanhol?"), named("bom dia")
    ('en', 'es', '')
    """
    words = set(_SPLIT.findall(tidying.fold(text)))
    return next((code for code, names in _NAMES.items() if words.intersection(names)), "")


def detect(text: str) -> str:
    """Return the language of a text that is certainly not Portuguese; otherwise "".

    >>> detect("Hello, I need help with my water bill"), detect("Hola, necesito ayuda")
    ('en', 'es')
    >>> detect("preciso de ajuda"), detect("Rua São João"), detect("meu mouse e meu notebook")
    ('', '', '')
    """
    words = _SPLIT.findall(tidying.fold(text))
    if not _MIN_TELLING <= len(words) <= _MAX_WORDS:
        return ""
    counts = {}
    for code, known in _WORDS.items():
        telling = sum(word in known and word not in _SHARED for word in words)
        all_known = sum(word in known for word in words)
        if telling >= _MIN_TELLING and (all_known >= _MIN_SHARE * len(words) or telling >= 4):
            counts[code] = telling
    if not counts:
        return ""
    best = max(counts, key=lambda code: counts[code])
    return best if list(counts.values()).count(counts[best]) == 1 else ""
