# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words and signs with which citizens rate, thank, leave or ask for something new.

They are folded (lower case, without accents) and expanded (see `everyday`), as `survey` compares
them.
"""

import re

from . import everyday

# Best first: this is the order in which they are offered, and numbered 1 to 4 on a channel without
# buttons.
VALUES = VERY_GOOD, GOOD, FAIR, POOR = "very_good", "good", "fair", "poor"

WORDS = {
    VERY_GOOD: (
        "muito bom", "muito boa", "mto bom", "mt bom", "muito bem", "otimo", "otima", "excelente",
        "perfeito", "perfeita", "maravilhoso", "maravilhosa", "maravilha", "sensacional", "show",
        "show de bola", "top", "incrivel", "espetacular", "impecavel", "nota mil",
        "nota 1000", "adorei", "amei", "super bom", "bom demais", "muito satisfeito",
        "muito satisfeita", "gostei muito", "muito eficiente", "muito atencioso", "muito atenciosa",
        "fantastico", "fantastica", "parabens", "nota maxima", "melhor impossivel", "muito boas",
        "muito bons", "otimos", "otimas", "excelentes", "10 10", "excepcional", "gostei demais",
        "super satisfeito", "super satisfeita", "adorei tudo", "melhor atendimento",
    ),
    GOOD: (
        "bom", "boa", "bem", "bons", "boas", "gostei", "satisfeito", "satisfeita", "legal",
        "bacana",
        "rapido", "rapida", "eficiente", "atencioso", "atenciosa", "educado", "educada", "gentil",
        "satisfatorio", "joia", "positivo", "bem bom", "aprovado", "prestativo", "prestativa",
        "bao", "trem bao",
        "sem reclamacoes", "nada a reclamar", "nao tenho nada a reclamar",
        "nao tenho do que reclamar", "nao tenho o que reclamar", "so tenho a agradecer",
        "so elogios", "cordial", "simpatico", "simpatica",
    ),
    FAIR: (
        "regular", "razoavel", "mais ou menos", "medio", "media", "mediano", "mediana",
        "poderia ser melhor", "podia ser melhor", "pode melhorar", "nem bom nem ruim",
        "indiferente", "aceitavel", "nao muito bom", "nao foi muito bom", "nao muito boa",
        "podia ter sido melhor", "poderia ter sido melhor", "mais ou menos ne",
    ),
    POOR: (
        "ruim", "pessimo", "pessima", "muito ruim", "horrivel", "mau", "mal", "pior", "lixo",
        "terrivel", "decepcionante", "insatisfeito", "insatisfeita", "nao gostei", "odiei",
        "nao foi bom", "nada bom", "nao bom", "nao gostei nada", "nao foi boa", "nao foi legal",
        "demorado", "demorada", "muito demorado", "muito demorada", "lento", "lenta", "vergonha",
        "uma vergonha", "demorou muito", "demorou demais", "muita demora", "descaso", "um descaso",
        "ridiculo", "ridicula", "grosso", "grossa", "grosseiro", "grosseira", "mal educado",
        "mal educada", "estupido", "estupida", "deixou a desejar", "deixa a desejar",
        "mal atendido", "mal atendida",
        "fui mal atendido", "fui mal atendida", "foi mal atendido", "foi mal atendida",
        "nao fui atendido", "nao fui atendida", "nao resolveu", "nao resolveram",
        "nao ajudou", "nao ajudaram", "descaso", "nao recomendo", "deixou a desejar",
        "muito mal", "bem ruim", "mal atendido", "mal atendida", "desrespeito",
    ),
}  # fmt: skip


def _written(words: str) -> str:
    return " ".join(everyday.whole(words.split()))


BY_WORD = {_written(word): value for value, words in WORDS.items() for word in words}
# Words about the service that are not a rating
ABOUT_US = frozenset(
    "demorou demora demoraram atendimento atendente atendentes servico servicos voces voce "
    "equipe suporte tecnico tecnica "
    "pessoal foi fui foram era e esta estava achei acho fiquei sou o a os as um uma do da de dos "
    "das "
    "com no na pela pelo por que eu meu minha muito mto mt super bem tao bastante so pra para "
    "mim tudo "
    "sempre todos todas ela ele nota avaliacao resposta prefeitura estou me ser sao ainda bem "
    "mesmo "
    "gostaria avaliar minha como classifico dou daria seu sua profissional ajuda ajudou agilidade "
    "atenderam atendeu atendido atendida rapidez simpatia deveras realmente assim".split()
)
THANKS = frozenset(
    "obrigado obrigada obrigadao obrigadinha obg obgd obgda brigado brigada obrigados agradeco "
    "agradecido agradecida agradecemos valeu vlw valew grato grata gratidao thanks thank gracias "
    "tks "
    "abencoe".split()
)
FAREWELL = (
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
    "encerrar", "fim", "finalizar", "pode encerrar", "pode finalizar", "pode fechar", "um bom dia",
    "um bom domingo", "boas festas", "nao precisa", "nao tenho interesse", "sem interesse",
    "prefiro nao opinar", "prefiro nao avaliar", "sem comentarios", "nao quero responder",
    "nao vou responder", "nao vou avaliar", "nao sei avaliar",
    "nao sei dizer", "nao sei opinar", "ja resolvi", "resolvi", "ja consegui", "aguardo",
    "vou aguardar", "fico no aguardo", "no aguardo", "fico aguardando", "ficarei aguardando",
    "estarei aguardando", "aguardarei", "tmj", "ta bom entao", "ok entao", "certo entao",
    "ate segunda", "ate segunda feira", "ate terca", "ate quarta", "ate quinta", "ate sexta",
    "ate depois", "ate breve", "0k", "kkk", "kk", "rs", "rsrs", "haha", "pela atencao",
    "pela ajuda",
)  # fmt: skip
#: The token that replaces wishes and blessings
WISH = "boasfestas"
ENDS = frozenset(map(_written, FAREWELL)) | {WISH}
POLITE = frozenset(
    "muito muita mto mt mil pela pelo por tudo ajuda atencao atendimento paciencia gentileza "
    "deus te vos "
    "lhe o a e voce voces senhor senhora sr sra dona seu moco moca amigo amiga querido querida "
    "todos "
    "todas equipe desde ja mais uma vez de coracao novamente viu ai ta mesmo bom boa dia tarde "
    "noite "
    "favor um uma tenha tenham pra para nos eu ate mais logo tchau abraco abracos resto semana "
    "ok tudo minha meu filha filho querido familia vida sua "
    "certo ok beleza blz retorno informacao informacoes rapido rapidez resposta nada mesmo gente "
    "pessoal bjs ja resolvido resolveu deu certo sim que abencoe suporte solucao prestada prestado "
    "disposicao disponibilidade agilidade".split()
)
# Words that begin or continue a new subject: never swallowed as an answer
REQUEST = frozenset(
    "preciso precisava quero queria gostaria mas porem entretanto continua continuam ainda outra "
    "outro "
    "outras outros como quando onde qual quais quanto quantos problema problemas duvida ajude "
    "ajuda "
    "ajudar poderia consegue consigo solicito solicitar abrir chamado protocolo segunda "
    "aproveitando "
    "alias rua bairro avenida endereco cep voltou voltar parou quebrou novamente urgente "
    "urgencia falta faltou informar perguntar "
    "pergunta reclamar reclamacao agendar marcar cancelar cade porque quem".split()
)
NEGATIONS = frozenset({"nao", "nem"})
STARS = "⭐🌟★✨"
SIGNS = {
    **dict.fromkeys("😍🤩🥰💯🏆🎉🥇💖", VERY_GOOD),
    **dict.fromkeys("👍👏❤💙💚💛💜😀😃😄😁😊🙂😎👌🙌🤝💪☺😘✅", GOOD),
    **dict.fromkeys("😐😑😶🤷", FAIR),
    **dict.fromkeys("👎😡😠🤬😤😞😔😢😭😒🙁☹😖😩🤮💩❌🤦", POOR),
}
#: Subjects that a city is asked about; "obrigada pela consulta" names one but asks for nothing
MATTERS = frozenset(
    "poste postes luz agua esgoto buraco iptu boleto guia exame consulta vacina remedio alvara "
    "certidao entulho vazamento dengue semaforo arvore mato onibus coleta iluminacao "
    "asfalto".split()
)
_GOOD_WORDS = "|".join(
    word for word in WORDS[GOOD] if " " not in word and word not in ("bom", "boa", "bem", "bons")
)
_TIMES = (
    "semana|fim de semana|final de semana|fds|feriado|feriadao|domingo|sabado|sexta|sexta feira|"
    "descanso|resto|restinho|ano novo|natal|mes|almoco"
)
#: Multi-word expressions: (expression, replacement), applied in this order
TURNS = (
    # place names with these words are not praise
    (
        (
            r"\bbo[ma]s? (?:vista|jesus|pastor|esperanca|retiro|despacho|viagem|sucesso|repouso|"
            r"conselho|"
            r"progresso|principio|ventura)\b"
        ),
        "endereco",
    ),
    (
        (
            rf"\b(?:(?:uma?|tenham?|um) )*(?:otim[oa]|excelente|maravilhos[oa]|abencoad[oa]|"
            rf"lind[oa]|feliz)"
            rf" (?:e abencoad[oa] )?(?:dia|tarde|noite|{_TIMES})\b"
        ),
        WISH,
    ),
    (rf"\b(?:tenham? )?uma? (?:muito )?bo[ma] (?:dia|tarde|noite|{_TIMES})\b", WISH),
    (rf"\bbo[ma] (?:{_TIMES})\b", WISH),
    (
        (
            r"\b(?:que )?(?:o |nosso )?(?:senhor )?deus (?:(?:te|lhe|vos|a|o|os|as|voces?|nos) )?"
            r"(?:abenco[eai]|pague|ilumine|proteja|guarde|acompanhe|recompense)m?\b"
            r"(?: (?:em dobro|sempre|grandemente|todos|voces?|sua vida|sua familia|minha filha|"
            r"meu filho))*"
        ),
        WISH,
    ),
    (
        (
            r"\b(?:nao|nem) (?:me )?(?:resolveu|resolveram|ajudou|ajudaram)\b"
            r"(?: nada| (?:(?:o|a|meu|minha) )*(?:problema|caso|duvida|situacao|"
            r"questao)\b(?! d[aeo]))?"
        ),
        "nao resolveu",
    ),
    (
        (
            r"(?<!nao )\b(?:ja )?(?:foi )?(?:resolveu|resolveram|resolvi|tirou|tiraram|tirei|"
            r"esclareceu|"
            r"esclareceram|sanou|solucionou|solucionaram) (?:(?:o|a|os|as|todas|todos|meus?|"
            r"minhas?) )*"
            r"(?:problemas?|duvidas?|questao|questoes|caso|situacao)\b"
        ),
        WISH,
    ),
    (
        (
            r"\b(?:meu |minha |o |a )?(?:problema|duvida|questao) (?:ja )?(?:foi |esta )?"
            r"(?:resolvid|esclarecid|sanad|solucionad)[oa]\b"
        ),
        WISH,
    ),
    (rf"\b(?:muito|super|mega|hiper|extremamente|bastante) (?:{_GOOD_WORDS})\b", "excelente"),
    (rf"\b(?:{_GOOD_WORDS}) demais\b", "excelente"),
)
TURNS = tuple((re.compile(expression), meant) for expression, meant in TURNS)
_KNOWN = frozenset(
    word for words in (BY_WORD, ENDS, ABOUT_US, THANKS, POLITE) for phrase in words
    for word in phrase.split()
)  # fmt: skip
_STRETCHED = {everyday.squeeze(word): word for word in sorted(_KNOWN)}


def written(words: list[str]) -> list[str]:
    """Return folded words expanded: abbreviations, stretched letters, expressions.

    >>> written(["mto", "bommm", "tenha", "um", "otimo", "dia"])
    ['muito', 'bom', 'boasfestas']
    """
    whole = everyday.whole(words)
    whole = [
        word if word in _KNOWN else _STRETCHED.get(everyday.squeeze(word), word) for word in whole
    ]
    text = " ".join(everyday.whole(whole))
    for expression, meant in TURNS:
        text = expression.sub(meant, text)
    return text.split()
