# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The register of surveys: what became of the question at the end of each contact.

A contact that a person answered is registered when it ends, whether or not the citizen was asked
and whether or not they answered: the denominator of the satisfaction is known.
"""

from . import automatic, lifecycle

ASKED = "asked"
ANSWERED = "answered"
UNANSWERED = "unanswered"
NOT_ASKED = "not_asked"

# Why a survey was not asked.
QUEUE = "queue"
MESSAGE = "message"
OPTED_OUT = "opted_out"
WINDOW = "window"
LEFT = "left"
SILENCE = "silence"
OTHER = "other"

_BY_REFUSAL = {"": MESSAGE, automatic.OPTED_OUT: OPTED_OUT, automatic.WINDOW: WINDOW}
_BY_OUTCOME = {"abandoned": LEFT, "expired": SILENCE}


def why_refused(refusal: str) -> str:
    """Return why the question could not be asked.

    :param refusal: as of `core.automatic.refusal`; "" if it would be allowed, but there is no text

    >>> why_refused("opted_out")
    'opted_out'
    >>> why_refused("")
    'message'
    """
    return _BY_REFUSAL.get(refusal, OTHER)


def at_the_end(
    state: str, rated: bool, served: bool, asks: bool, refused: str, outcome: str
) -> tuple[str, str]:
    """Return (result, why it was not asked) of a contact that is being closed.

    "" for neither.

    :param state: its state until now, of `core.lifecycle`
    :param rated: whether the citizen gave a rating
    :param served: whether a person answered it at any time
    :param asks: whether its queue asks
    :param refused: why the question could not be asked, if it was tried
    :param outcome: how the contact ends

    >>> at_the_end("survey", True, True, True, "", "resolved")
    ('answered', '')
    >>> at_the_end("in_service", False, True, False, "", "resolved")
    ('not_asked', 'queue')
    >>> at_the_end("bot", False, False, True, "", "self_service")
    ('', '')
    """
    if state == lifecycle.SURVEY:
        return (ANSWERED if rated else UNANSWERED), ""
    if not served:
        return "", ""
    if refused:
        return NOT_ASKED, refused
    if outcome in _BY_OUTCOME:
        return NOT_ASKED, _BY_OUTCOME[outcome]
    return NOT_ASKED, OTHER if asks else QUEUE
