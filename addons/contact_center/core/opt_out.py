# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How citizens opt out of automatic messages, and back in.

Only whole messages count: "pare o barulho na minha rua" and "quero que parem de mandar carro-pipa"
are answers. People answer flows with "sair" and "voltar", so these never count as opting out.
"""

import re

from . import everyday, yes_no

_MESSAGES = (
    r"(?:(?:mais|essas|estas|tantas|as|suas|nenhuma|qualquer) )*"
    r"(?:mensage(?:m|ns)|avisos?|notificac(?:ao|oes)|whatsapp|zap)"
    r"(?: (?:automaticas?|para mim|aqui|nesse numero|neste numero|no meu (?:numero|celular|"
    r"whatsapp)))*"
)
_SEND = r"(?:mandar(?:em)?|enviar(?:em)?|me mandar(?:em)?|me enviar(?:em)?|mandando|enviando)"
_STOP = re.compile(
    r"(?:pare|parem|stop|parar mensagens|cancelar mensagens|descadastrar|me descadastre|"
    r"nao (?:me )?perturbe|nao me perturbem?|"
    rf"(?:(?:quero|gostaria) que )?(?:voces? )?(?:pare|parem|para|pode parar|podem parar)(?: ja)?"
    rf" (?:de|com) (?:{_SEND} )?(?:me )?{_MESSAGES}|"
    rf"nao (?:me )?(?:mande|mandem|envie|enviem|manda) (?:mais )?(?:{_MESSAGES}|nada)|"
    rf"nao quero (?:mais )?(?:receber )?(?:mais )?{_MESSAGES}|"
    r"(?:quero )?(?:me tir(?:a|e|em)|sair|remov(?:a|am)(?: meu numero)?) d(?:a|essa|esta) lista de "
    r"(?:mensagens|transmissao|contatos|envios?))(?: mais)?"
)
RESUME = frozenset({"receber mensagens", "quero receber mensagens", "quero mensagens automaticas"})


def parse(text: str) -> bool | None:
    """Return True for opting out, False for opting back in, None for anything else.

    >>> parse("Pare!"), parse("RECEBER MENSAGENS"), parse("pare o carro")
    (True, False, None)
    >>> parse("Por favor, parem de me mandar msg"), parse("quero que pare de vazar água")
    (True, None)
    """
    words = " ".join(everyday.whole(yes_no.without_courtesy(text).split()))
    if _STOP.fullmatch(words):
        return True
    return False if words in RESUME else None
