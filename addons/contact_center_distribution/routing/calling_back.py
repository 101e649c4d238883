# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When a call-back is offered, repeated and given up: pure, without a clock.

A call-back goes through these states; the citizen keeps the place in the line all the while.

    offered -> waiting -> called -> answered
                  ^----------'         (not answered, and tries are left)

It ends as answered, unanswered, declined, ignored (the offer had no answer), cancelled (by the
citizen) or withdrawn (the contact was closed or went elsewhere).
"""

import re
from dataclasses import dataclass

OFFERED = "offered"
WAITING = "waiting"
CALLED = "called"
OPEN = (OFFERED, WAITING, CALLED)

ANSWERED = "answered"
UNANSWERED = "unanswered"
DECLINED = "declined"
IGNORED = "ignored"
CANCELLED = "cancelled"
WITHDRAWN = "withdrawn"
ENDED = (ANSWERED, UNANSWERED, DECLINED, IGNORED, CANCELLED, WITHDRAWN)

# Why it is offered
FULL = "full"
NO_FORECAST = "no_forecast"
LONG_WAIT = "wait"
CLOSING = "closing"

# What is to be done (`step`)
OFFER_IT = "offer"
FORGET = "forget"
AGAIN = "again"
GIVE_UP = "give_up"

_CANCEL = re.compile(
    r"(?:(?:quero|pode|podem|por favor) )?"
    r"(?:cancel(?:a|e|em|ar)|desist(?:o|ir|i)|desmarc(?:a|ar|o|ue))"
    r"(?: (?:o |meu |o meu |a |minha |a minha )?(?:retorno|pedido|atendimento|chamada|ligacao))?"
    r"|nao (?:preciso|quero)(?: mais)?(?: (?:do |de |o )?(?:retorno|atendimento|ajuda))?"
    r"|nao precisa(?: mais)?(?: (?:me )?(?:chamar|ligar|retornar))?"
)
_ACCEPT = re.compile(
    r"(?:eu )?(?:quero|aceito|prefiro|pode ser|sim)?(?: o| um)? ?retorno"
    r"|(?:pode(?:m)? )?(?:me )?(?:cham(?:a|e|em|ar)|avis(?:a|e|em|ar)|retorn(?:a|e|em|ar)|"
    r"lig(?:a|ue|uem|ar))(?: (?:me|depois|mais tarde|quando (?:for|chegar) (?:a )?minha vez))*"
)
_DECLINE = re.compile(
    r"(?:eu )?(?:prefiro|vou|quero|fico) (?:continuar )?(?:espera(?:r|ndo)|aguarda(?:r|ndo)|"
    r"na fila)(?: aqui)?|(?:espero|aguardo)(?: aqui)?"
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a queue wants; 0 and False: not.

    :param after: seconds of waiting after which a call-back is offered
    :param without_forecast: offer one while nobody is there who could serve
    :param at_closing: offer one to those who wait when the queue closes
    :param answer_seconds: how long citizens have to answer, an offer or the call-back itself
    :param tries: how often they are called back
    """

    after: float = 0.0
    without_forecast: bool = False
    at_closing: bool = False
    answer_seconds: float = 900.0
    tries: int = 2


@dataclass(frozen=True, slots=True)
class Moment:
    """A contact at this moment.

    :param state: of its call-back, "" if there never was one
    :param waits: it waits in the queue
    :param waited: seconds in this queue
    :param is_open: the queue serves now
    :param is_closing: the queue closed a moment ago, and served when the contact came
    :param has_forecast: somebody is there who could serve it
    :param silent: seconds since the offer, or since it was called back
    :param tries: how often it was called back
    """

    state: str = ""
    waits: bool = True
    waited: float = 0.0
    is_open: bool = True
    is_closing: bool = False
    has_forecast: bool = True
    silent: float = 0.0
    tries: int = 0


def why_offer(moment: Moment, wishes: Wishes) -> str:
    """Return why to offer a call-back to a waiting contact now, "" if it is not to be.

    Each contact is asked once: who does not want it is left in peace. Outside the hours of the
    queue nobody is asked anything, but at their end.

    >>> why_offer(Moment(waited=600), Wishes(after=600)), why_offer(Moment(), Wishes(after=600))
    ('wait', '')
    """
    if moment.state or not moment.waits:
        return ""
    if wishes.at_closing and moment.is_closing and not moment.is_open:
        return CLOSING
    if not moment.is_open:
        return ""
    if wishes.without_forecast and not moment.has_forecast:
        return NO_FORECAST
    return LONG_WAIT if wishes.after and moment.waited >= wishes.after else ""


def step(moment: Moment, wishes: Wishes) -> str:
    """Return what is to be done with a contact now: "" or one of the constants.

    Nothing happens while the queue is closed: the time to answer the call-back does not end at
    night, and nobody is told at night that it did.

    >>> step(Moment(CALLED, waits=False, silent=900, tries=1), Wishes())
    'again'
    >>> step(Moment(CALLED, waits=False, silent=900, tries=2), Wishes())
    'give_up'
    """
    if moment.state == OFFERED and not moment.waits:
        return FORGET if moment.silent >= wishes.answer_seconds else ""
    if moment.state == CALLED and moment.is_open and moment.silent >= wishes.answer_seconds:
        return AGAIN if moment.tries < wishes.tries else GIVE_UP
    return OFFER_IT if why_offer(moment, wishes) else ""


def is_cancel(words: str) -> bool:
    """Return whether a whole message takes a call-back back.

    :param words: without capitals, accents and signs

    >>> is_cancel("cancelar"), is_cancel("nao preciso mais"), is_cancel("cancelaram a minha luz")
    (True, True, False)
    """
    return bool(_CANCEL.fullmatch(words))


def read_answer(words: str) -> bool | None:
    """Return what a message that says more than yes or no answers to the offer.

    :param words: without capitals, accents and signs

    >>> read_answer("quero retorno"), read_answer("prefiro esperar"), read_answer("que demora")
    (True, False, None)
    """
    if _ACCEPT.fullmatch(words):
        return True
    return False if _DECLINE.fullmatch(words) else None
