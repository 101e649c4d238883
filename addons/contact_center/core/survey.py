"""The satisfaction survey: four levels, answered as people answer.

A button, a word, a mark, stars or a thumb count. Thanks and farewells end the survey without a
mark. What asks for something new is no answer to it. How marks are read:

- a bare 1 to 4 is the place of the option in the list, best first, as channels without buttons
  show it;
- "nota 4", "4 estrelas", "4 de 5" and stars are marks from 0 (poor) to 5 (very good);
- 5 is the best of five; 0 and 6 to 10, and "8/10", are marks up to ten.
"""

import re
from dataclasses import dataclass

from .tidying import fold

PREFIX = "survey:"
# Best first: the order in which they are offered, and the numbers 1 to 4 of a channel without
# buttons. The titles are what the citizen reads.
LEVELS = (
    ("very_good", "Muito bom"),
    ("good", "Bom"),
    ("fair", "Regular"),
    ("poor", "Ruim"),
)
VALUES = tuple(value for value, _title in LEVELS)
VERY_GOOD, GOOD, FAIR, POOR = VALUES

# Longer texts are no answer to a question with four options
_MAX_LENGTH, _MAX_WORDS = 200, 25
_WORDS = {
    VERY_GOOD: (
        "muito bom", "muito boa", "mto bom", "mt bom", "muito bem", "otimo", "otima", "excelente",
        "perfeito", "perfeita", "maravilhoso", "maravilhosa", "maravilha", "sensacional", "show",
        "show de bola", "top", "incrivel", "espetacular", "impecavel", "nota mil",
        "nota 1000", "adorei", "amei", "super bom", "bom demais", "muito satisfeito",
        "muito satisfeita", "gostei muito", "muito eficiente", "muito atencioso", "muito atenciosa",
        "fantastico", "fantastica", "parabens", "nota maxima", "melhor impossivel", "muito boas",
        "muito bons", "otimos", "otimas", "excelentes", "10 10",
    ),
    GOOD: (
        "bom", "boa", "bem", "bons", "boas", "gostei", "satisfeito", "satisfeita", "legal",
        "bacana",
        "rapido", "rapida", "eficiente", "atencioso", "atenciosa", "educado", "educada", "gentil",
        "satisfatorio", "joia", "positivo", "bem bom", "aprovado",
    ),
    FAIR: (
        "regular", "razoavel", "mais ou menos", "medio", "media", "mediano", "mediana",
        "poderia ser melhor", "podia ser melhor", "pode melhorar", "nem bom nem ruim",
        "indiferente", "aceitavel", "nao muito bom", "nao foi muito bom", "nao muito boa",
    ),
    POOR: (
        "ruim", "pessimo", "pessima", "muito ruim", "horrivel", "mau", "mal", "pior", "lixo",
        "terrivel", "decepcionante", "insatisfeito", "insatisfeita", "nao gostei", "odiei",
        "nao foi bom", "nada bom", "nao bom", "nao gostei nada", "nao foi boa", "nao foi legal",
        "demorado", "demorada", "muito demorado", "muito demorada", "lento", "lenta", "vergonha",
        "uma vergonha", "nao fui atendido", "nao fui atendida", "nao resolveu", "nao resolveram",
        "nao ajudou", "nao ajudaram", "descaso", "nao recomendo", "deixou a desejar",
        "muito mal", "bem ruim", "mal atendido", "mal atendida", "desrespeito",
    ),
}  # fmt: skip
_BY_WORD = {word: value for value, words in _WORDS.items() for word in words}
# Words that say something about the service without being a mark
_ABOUT_US = frozenset(
    "atendimento atendente atendentes servico servicos voces voce equipe suporte tecnico tecnica "
    "pessoal foi fui foram era e esta estava achei acho fiquei sou o a os as um uma do da de dos "
    "das "
    "com no na pela pelo por que eu meu minha muito mto mt super bem tao bastante so pra para "
    "mim tudo "
    "sempre todos todas ela ele nota avaliacao resposta prefeitura estou me ser sao ainda bem "
    "mesmo "
    "gostaria avaliar minha como classifico dou daria seu sua profissional ajuda ajudou agilidade "
    "atenderam atendeu atendido atendida rapidez simpatia deveras realmente assim".split()
)
_THANKS = frozenset(
    "obrigado obrigada obrigadao obrigadinha obg obgd obgda brigado brigada obrigados agradeco "
    "agradecido agradecida agradecemos valeu vlw valew grato grata gratidao thanks thank gracias "
    "tks "
    "abencoe".split()
)
_FAREWELL = (
    "tchau", "ate mais", "ate logo", "ate a proxima", "ate amanha", "ate", "abraco", "abracos",
    "abs",
    "bjs", "beijo", "beijos", "fui", "de nada", "por nada", "imagina", "disponha", "igualmente",
    "bom trabalho", "bom descanso", "bom domingo", "bom sabado", "bom feriado",
    "bom final de semana",
    "bom fim de semana", "bom fds", "boa semana", "bom resto de dia", "fica com deus",
    "fique com deus", "amem", "deus abencoe", "deus te abencoe", "feliz natal", "feliz ano novo",
    "tenha um bom dia", "tenham um bom dia", "tenha uma boa tarde", "tenha uma boa noite",
    "pra voce tambem", "para voce tambem", "voce tambem", "voces tambem", "por enquanto e so",
    "por enquanto e so isso", "era so isso", "so isso", "e so isso", "e so", "mais nada",
    "nada mais",
    "nao obrigado", "nao obrigada", "nao", "nao quero", "nao quero avaliar", "agora nao",
    "prefiro nao",
    "prefiro nao responder", "nao sei", "depois", "depois eu avalio", "sim", "ok", "okay", "okey",
    "k",
    "blz", "beleza", "certo", "combinado", "ta", "ta bom", "ta certo", "ta ok", "tudo bem",
    "tudo certo",
    "entendi", "entendido", "ciente", "perfeitamente", "sem problemas", "resolvido", "ja resolvido",
    "resolveu", "ja resolveu", "deu certo", "funcionou", "aham", "uhum", "isso", "isso mesmo",
    "sair",
    "encerrar", "fim", "0k", "kkk", "kk", "rs", "rsrs", "haha", "pela atencao", "pela ajuda",
)  # fmt: skip
_ENDS = frozenset(_FAREWELL)
_POLITE = frozenset(
    "muito muita mto mt mil pela pelo por tudo ajuda atencao atendimento paciencia gentileza "
    "deus te vos "
    "lhe o a e voce voces senhor senhora sr sra dona seu moco moca amigo amiga querido querida "
    "todos "
    "todas equipe desde ja mais uma vez de coracao novamente viu ai ta mesmo bom boa dia tarde "
    "noite "
    "favor um uma tenha tenham pra para nos eu ate mais logo tchau abraco abracos resto semana "
    "ok tudo "
    "certo ok beleza blz retorno informacao informacoes rapido rapidez resposta nada mesmo gente "
    "pessoal bjs ja resolvido resolveu deu certo sim que abencoe suporte solucao prestada prestado "
    "disposicao disponibilidade agilidade".split()
)
# What begins or continues a matter of its own: never swallowed as an answer
_REQUEST = frozenset(
    "preciso precisava quero queria gostaria mas porem entretanto continua continuam ainda outra "
    "outro "
    "outras outros como quando onde qual quais quanto quantos problema problemas duvida ajude "
    "ajuda "
    "ajudar poderia consegue consigo solicito solicitar abrir chamado protocolo segunda "
    "aproveitando "
    "alias voltou voltar parou quebrou novamente urgente urgencia falta faltou informar perguntar "
    "pergunta reclamar reclamacao agendar marcar cancelar cade porque quem".split()
)
_NEGATIONS = frozenset({"nao", "nem"})
_STARS = "⭐🌟★✨"
_SIGNS = {
    **dict.fromkeys("😍🤩🥰💯🏆🎉🥇💖", VERY_GOOD),
    **dict.fromkeys("👍👏❤💙💚💛💜😀😃😄😁😊🙂😎👌🙌🤝💪☺😘✅", GOOD),
    **dict.fromkeys("😐😑😶🤷", FAIR),
    **dict.fromkeys("👎😡😠🤬😤😞😔😢😭😒🙁☹😖😩🤮💩❌🤦", POOR),
}
_MARK = re.compile(
    r"(?:(?:minha )?nota|avalio(?: com| em)?|dou|daria|classifico(?: com| em)?)?\s*"
    r"(?:um|uma|de|e|:)?\s*"
    r"\b(10|[0-9])(?:[.,]0+)?\b\s*(?:(?:de|/|em|por)\s*(5|10)\b)?\s*(estrelas?|pontos?)?"
)
_SPELT = {
    "zero": 0, "um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5,
    "seis": 6, "sete": 7, "oito": 8, "nove": 9, "dez": 10,
}  # fmt: skip
_OF_FIVE = (POOR, POOR, POOR, FAIR, GOOD, VERY_GOOD)
_OF_TEN = (POOR, POOR, POOR, POOR, POOR, FAIR, FAIR, GOOD, GOOD, VERY_GOOD, VERY_GOOD)
_LONGEST = max(len(word.split()) for word in (*_BY_WORD, *_FAREWELL))


@dataclass(frozen=True)
class Answer:
    """What a message after the question is.

    :ivar value: the level that it means, None when it names none
    :ivar ends: it asks for nothing: it belongs to the conversation that is over
    """

    value: str | None = None
    ends: bool = False


def read(text: str = "", option_id: str = "") -> Answer:
    """Return what a citizen's message after the survey's question is.

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
    words = re.findall(r"[a-z0-9]+", folded)
    signs = [char for char in folded if not char.isascii() and not char.isalnum()]
    if not words:
        return Answer(_of_signs(signs), bool(signs) and "?" not in folded)
    if len(folded) > _MAX_LENGTH or len(words) > _MAX_WORDS:
        return Answer()
    if (mark := _mark(folded)) is not None:
        return Answer(mark, True)
    value, rest, doubtful = _of_words(words)
    rest = [word for word in rest if word not in _NEGATIONS] if doubtful else rest
    asks = "?" in folded or bool(_REQUEST.intersection(rest))
    known = all(word in _ABOUT_US or word in _POLITE or word in _THANKS for word in rest)
    if value:
        # a poor level in a sentence about something else is a complaint about that
        ends = not asks and (known or (value in (VERY_GOOD, GOOD) and len(rest) <= 6))
        return Answer(value if ends else None, ends)
    if doubtful and not asks and known:
        return Answer(None, True)
    return Answer(_of_signs(signs) if known and not asks else None, is_courtesy(text))


def parse_answer(text: str = "", option_id: str = "") -> str | None:
    """The level that the citizen's answer means, or None when it names none.

    >>> parse_answer(option_id="survey:good"), parse_answer("1"), parse_answer("ÓTIMO!!")
    ('good', 'very_good', 'very_good')
    >>> parse_answer("5 estrelas"), parse_answer("⭐⭐⭐"), parse_answer("👎🏽")
    ('very_good', 'fair', 'poor')
    >>> parse_answer("meu computador não liga") is None
    True
    """
    return read(text, option_id).value


def is_courtesy(text: str) -> bool:
    """Return whether a message only thanks or takes leave, so that nobody has to answer it.

    >>> is_courtesy("Muito obrigada pela ajuda, Carlos! 🙏"), is_courtesy("oi"), is_courtesy("🙏🏽")
    (True, False, True)
    """
    folded = fold(text)
    words = re.findall(r"[a-z0-9]+", folded)
    if "?" in folded or len(words) > 15:
        return False
    if not words:
        return any(not char.isascii() for char in folded)
    rest = _without(words, _ENDS)
    if not rest:
        return True
    if _REQUEST.intersection(rest) - {"ajuda", "outra", "novamente"}:
        return False
    thanks = _THANKS.intersection(rest)
    unknown = [word for word in rest if word not in _POLITE and word not in _THANKS]
    # a name or two: "obrigada, Carlos Eduardo"
    return bool(thanks or len(rest) < len(words)) and len(unknown) <= (3 if thanks else 0)


def is_thanks(text: str) -> bool:
    """Return whether a message thanks or takes leave in so many words or signs.

    Narrower than :func:`is_courtesy`: a bare "sim", "ok" or "não" may answer something else.
    """
    words = re.findall(r"[a-z0-9]+", fold(text))
    if not is_courtesy(text):
        return False
    return not words or bool(_THANKS.intersection(words)) or " ".join(words) not in _BARE


# Of what ends a survey, what elsewhere may be the answer to a question
_BARE = frozenset(
    "sim nao ok okay okey k certo isso ta depois sair encerrar fim aham uhum 0k resolvido fui ate "
    "combinado".split()
) | {"isso mesmo", "nao quero", "nao sei", "agora nao", "tudo bem", "so isso", "ta bom", "resolveu"}


def _of_signs(signs: list[str]) -> str | None:
    """The level that stars or faces mean; None for none, or for signs of both kinds."""
    stars = sum(sign in _STARS for sign in signs)
    if stars and stars == len(signs):
        return _OF_FIVE[min(stars, 5)]
    found = {_SIGNS[sign] for sign in signs if sign in _SIGNS}
    if found == {GOOD, VERY_GOOD}:
        return VERY_GOOD
    return found.pop() if len(found) == 1 else None


def _mark(folded: str) -> str | None:
    """The level of a text that is a mark: "4", "nota 10", "5 estrelas", "8/10"."""
    plain = re.sub(r"[^a-z0-9/.,: ]+", " ", folded)
    plain = " ".join(str(_SPELT.get(word, word)) for word in plain.split())
    words = [
        w for w in plain.split() if w.strip(".,:") not in (_THANKS | {"muito", "por", "favor"})
    ]
    plain = " ".join(words).strip(" .,:/")
    match = _MARK.fullmatch(plain)
    if not match:
        return None
    number, scale = int(match[1]), match[2]
    bare = plain == match[1]
    if bare and 1 <= number <= len(VALUES):
        return VALUES[number - 1]
    if scale == "10" or number > 5:
        return _OF_TEN[number] if scale != "5" else None
    return _OF_FIVE[number]


def _of_words(words: list[str]) -> tuple[str | None, list[str], bool]:
    """The level that the words name, the words besides, and whether they name one in doubt."""
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
            if phrase in _ENDS and phrase not in _BY_WORD:
                position += size
                break
            if phrase in _BY_WORD:
                found.add(_BY_WORD[phrase])
                position += size
                break
        else:
            rest.append(words[position])
            position += 1
    if found == {GOOD, VERY_GOOD}:
        found = {VERY_GOOD}
    if len(found) > 1 or (found and _NEGATIONS.intersection(rest)):
        return None, rest, True
    return (found.pop() if found else None), rest, False


def _is_greeting(words: list[str], position: int) -> bool:
    """Whether "bom" and "boa" stand before a time of the day: no praise."""
    following = words[position + 1 : position + 2]
    return words[position] in ("bom", "boa", "bons", "boas") and bool(
        following and following[0] in ("dia", "dias", "tarde", "tardes", "noite", "noites")
    )


def _without(words: list[str], phrases: frozenset[str]) -> list[str]:
    """The words that belong to none of the phrases."""
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
