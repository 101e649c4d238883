"""How a citizen says that they want no automatic messages, and that they want them again.

Only whole messages count, and only words that no menu offers: "sair" and "voltar" are what people
answer to a flow.
"""

from . import yes_no

STOP = frozenset(
    {
        "pare",
        "parem",
        "stop",
        "parar mensagens",
        "pare de mandar mensagens",
        "pare de enviar mensagens",
        "pare de me mandar mensagens",
        "pare de me mandar mensagem",
        "pare de mandar mensagem",
        "parem de mandar mensagens",
        "parem de me mandar mensagens",
        "nao me mande mais mensagens",
        "nao quero mais mensagens",
        "nao quero receber mensagens",
        "nao quero mais receber mensagens",
        "nao quero mensagens automaticas",
    }
)
RESUME = frozenset({"receber mensagens", "quero receber mensagens", "quero mensagens automaticas"})


def parse(text: str) -> bool | None:
    """True for "no more", False for "again", None for anything else.

    >>> parse("Pare!"), parse("RECEBER MENSAGENS"), parse("pare o carro")
    (True, False, None)
    """
    words = yes_no.without_courtesy(text)
    if words in STOP:
        return True
    return False if words in RESUME else None
