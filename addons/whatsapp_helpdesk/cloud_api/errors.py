# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Meta's error codes: what to do about each, and how to say it to people.

The reasons are English message ids: the Odoo layer translates them (they are marked with ``_`` so
that they are exported). Branch on the code, never on Meta's texts, which change.
Source: Meta, "Cloud API error codes".
"""

from dataclasses import dataclass
from enum import StrEnum


def _(text: str) -> str:
    """Mark ``text`` for translation; the Odoo layer translates when it shows it."""
    return text


# Code of a citizen's file that was too large for Meta to take it over: there is none to fetch
TOO_LARGE = "131052"


class ErrorClass(StrEnum):
    """How to handle an error."""

    RETRY = "retry"  # refused before it was processed: safe to send again, with back-off
    RETRY_PAIR = "retry_pair"  # too many messages to this one person: wait 4^tries seconds
    UNKNOWN = "unknown"  # may have gone out: wait for a status before sending again
    PAUSE_ACCOUNT = "pause_account"  # nothing will go out from this number: people must act
    NEEDS_TEMPLATE = "needs_template"  # the 24 hours' window is closed
    NO_RETRY = "no_retry"  # this message will never go out


@dataclass(frozen=True)
class ErrorInfo:
    """One row of the table: what to do, and the reason in words."""

    kind: ErrorClass
    reason: str


_TOKEN = _("The access token was refused by Meta: it is wrong or has expired.")
_PERMISSION = _("The access token lacks the permission to send from this number.")
_BLOCKED = _("Meta has blocked this account for a breach of its policies.")
_BUSY = _("Too many requests: Meta asked to slow down.")
_UNAVAILABLE = _("Meta's service was unavailable.")
_TEMPLATE_DATA = _("The data do not fit the message template.")
_TEMPLATE_STATE = _("The message template is missing, paused or disabled at Meta.")
_REGISTRATION = _("The number is not correctly registered at Meta.")
_PAYMENT = _("The account has no valid means of payment at Meta.")
_BAD_REQUEST = _("Meta refused the message as malformed.")
_MARKETING = _("Meta did not deliver this marketing message.")
_ROUTING = _("This message cannot be sent by the marketing route.")
_OTHER = _("Meta refused the message.")

_PAUSE = ErrorClass.PAUSE_ACCOUNT
_NO = ErrorClass.NO_RETRY

_TABLE: dict[int, ErrorInfo] = {
    4: ErrorInfo(ErrorClass.RETRY, _BUSY),
    80007: ErrorInfo(ErrorClass.RETRY, _BUSY),
    130429: ErrorInfo(ErrorClass.RETRY, _BUSY),
    131056: ErrorInfo(
        ErrorClass.RETRY_PAIR, _("Too many messages to this person in a short time.")
    ),
    131047: ErrorInfo(
        ErrorClass.NEEDS_TEMPLATE,
        _("More than 24 hours since the citizen's last message: only a template may be sent."),
    ),
    131049: ErrorInfo(_NO, _MARKETING),
    131050: ErrorInfo(_NO, _("The citizen does not want marketing messages.")),
    131026: ErrorInfo(
        _NO,
        _("The number has no WhatsApp, or its application is too old."),
    ),
    130472: ErrorInfo(_NO, _MARKETING),
    # About where this person's number is from: the others are answered as before
    130497: ErrorInfo(_NO, _("This account may not write to people in this country.")),
    130403: ErrorInfo(_NO, _("This person is blocked by our number.")),
    131021: ErrorInfo(_NO, _("The number cannot write to itself.")),
    131030: ErrorInfo(_NO, _("The recipient is not in the test number's list of recipients.")),
    131062: ErrorInfo(_NO, _("This message cannot be sent to a person without a known phone.")),
    137000: ErrorInfo(_NO, _("The citizen's identity has changed and must be confirmed.")),
    131051: ErrorInfo(_NO, _("WhatsApp does not support this type of message.")),
    131052: ErrorInfo(_NO, _("The file could not be downloaded; it may be larger than 100 MB.")),
    131053: ErrorInfo(_NO, _("WhatsApp did not accept the file: its type or size is not allowed.")),
    131060: ErrorInfo(_NO, _("The message is not available.")),
    131064: ErrorInfo(_NO, _TEMPLATE_STATE),
    132068: ErrorInfo(_NO, _("The form is blocked at Meta.")),
    132069: ErrorInfo(_NO, _("The form is limited at Meta.")),
    131048: ErrorInfo(
        _PAUSE, _("Meta limited this number because too many people blocked or reported it.")
    ),
    131042: ErrorInfo(_PAUSE, _PAYMENT),
    134011: ErrorInfo(_PAUSE, _PAYMENT),
    368: ErrorInfo(_PAUSE, _BLOCKED),
    131031: ErrorInfo(_PAUSE, _BLOCKED),
    **{code: ErrorInfo(_PAUSE, _TOKEN) for code in (0, 190)},
    **{code: ErrorInfo(_PAUSE, _PERMISSION) for code in (3, 10, 131005, *range(200, 300))},
    **{
        code: ErrorInfo(_PAUSE, _REGISTRATION)
        for code in (131037, 131045, 133000, 133005, 133006, 133008, 133009, 133010, 133015)
    },
    **{code: ErrorInfo(_PAUSE, _REGISTRATION) for code in (133016, 136024)},
    **{
        code: ErrorInfo(ErrorClass.UNKNOWN, _UNAVAILABLE)
        for code in (1, 2, 131000, 131016, 131057, 133004)
    },
    **{code: ErrorInfo(_NO, _BAD_REQUEST) for code in (33, 100, 131008, 131009, 135000)},
    **{code: ErrorInfo(_NO, _TEMPLATE_DATA) for code in (132000, 132012, 132018)},
    **{code: ErrorInfo(_NO, _TEMPLATE_STATE) for code in (132001, 132005, 132007, 132015, 132016)},
    **{code: ErrorInfo(_NO, _ROUTING) for code in (131055, 131063, 134100, 134101, 134102)},
}

# Of the codes that stop a number, those that a webhook may tell of the account by itself. The
# others are said about one request: our next one will tell.
_OF_ACCOUNT = frozenset(
    {368, 131031, 131037, 131042, 131045, 131048, 133006, 133010, 134011, 136024}
)

# Refused because of the recipient, in whatever form it is sent
_ABOUT_THE_PERSON = frozenset(
    (131021, 131026, 131030, 131049, 131050, 131062, 130403, 130472, 130497, 137000)
)

# Failures on our side or on the way, under names of our own
_OWN: dict[str, ErrorInfo] = {
    "unreachable": ErrorInfo(ErrorClass.RETRY, _("Meta's server could not be reached.")),
    "timeout": ErrorInfo(
        ErrorClass.UNKNOWN, _("Meta did not answer in time: waiting to know whether it arrived.")
    ),
    "unavailable": ErrorInfo(ErrorClass.UNKNOWN, _UNAVAILABLE),
    "not_found": ErrorInfo(
        _PAUSE, _("The address or the phone number id is wrong: Meta does not know it.")
    ),
    "token": ErrorInfo(_PAUSE, _TOKEN),
    "permission": ErrorInfo(_PAUSE, _PERMISSION),
    "bad_answer": ErrorInfo(
        ErrorClass.UNKNOWN, _("The server's answer is not from WhatsApp's API: check the address.")
    ),
    "redirect": ErrorInfo(
        _PAUSE, _("The server pointed elsewhere, which is not followed: check the address.")
    ),
    "foreign_host": ErrorInfo(_NO, _("The file is on a server which is not in the allowed list.")),
    "window": ErrorInfo(
        ErrorClass.NEEDS_TEMPLATE,
        _("More than 24 hours since the citizen's last message: only a template may be sent."),
    ),
    "media_type": ErrorInfo(_NO, _("WhatsApp does not accept files of this type.")),
    "video_codec": ErrorInfo(
        _NO, _("WhatsApp cannot play this video: it must be MP4 with H.264 and AAC.")
    ),
    "media_size": ErrorInfo(_NO, _("The file is larger than WhatsApp accepts.")),
    "media_hash": ErrorInfo(ErrorClass.RETRY, _("The file arrived damaged.")),
    "media_gone": ErrorInfo(_NO, _("The file is no longer available at WhatsApp.")),
    "empty": ErrorInfo(_NO, _("There is nothing to send in this message.")),
    "no_recipient": ErrorInfo(_NO, _("The citizen's WhatsApp address is not known.")),
    "too_many_tries": ErrorInfo(_NO, _("Given up after many attempts.")),
    "internal": ErrorInfo(_NO, _("The message could not be prepared for sending.")),
    "disabled": ErrorInfo(_PAUSE, _("Meta has disabled this account.")),
    "deleted": ErrorInfo(_PAUSE, _("The account was deleted at Meta.")),
    "review": ErrorInfo(_PAUSE, _("Meta's review rejected this account: it cannot be used.")),
    "restricted": ErrorInfo(_PAUSE, _("Meta does not let this account answer citizens for now.")),
    "incomplete": ErrorInfo(_PAUSE, _("The account's configuration is not complete.")),
}


def info(code: int | str | None, http: int = 0, transient: bool = False) -> ErrorInfo:
    """Return what to do about an error and its reason in words.

    :param code: Meta's number, or one of our own names ("timeout", "unreachable", ...)
    :param http: status of the HTTP answer, 0 when there was none
    :param transient: Meta's ``is_transient``
    """
    if isinstance(code, str) and code in _OWN:
        return _OWN[code]
    known = _TABLE.get(_number(code))
    if known:
        return known
    if transient or http >= 500:
        return ErrorInfo(ErrorClass.UNKNOWN, _UNAVAILABLE)
    if http == 401:
        return ErrorInfo(_PAUSE, _TOKEN)
    if http == 429:
        return ErrorInfo(ErrorClass.RETRY, _BUSY)
    return ErrorInfo(_NO, _OTHER)


class Verdict(StrEnum):
    """The meaning for the number of an error told by a webhook, not by an answer."""

    NOTHING = "nothing"  # about one message, one call, one import: only kept
    CHECK = "check"  # about a request with a token: ask Meta whether ours still works
    PAUSE = "pause"  # about the account: nothing goes out any more


def of_webhook(code: int | str | None, field: str) -> Verdict:
    """Return the consequence of an element of a value's ``errors`` for the number.

    A webhook of the field ``messages`` tells what is wrong with the account, but also what was
    wrong with somebody's request: a token that was refused is not necessarily ours. Errors of
    other fields are about what stands beside them.

    >>> of_webhook(131031, "messages"), of_webhook(131031, "calls"), of_webhook(0, "messages")
    (<Verdict.PAUSE: 'pause'>, <Verdict.NOTHING: 'nothing'>, <Verdict.CHECK: 'check'>)
    """
    if field not in ("messages", "") or info(code).kind is not _PAUSE:
        return Verdict.NOTHING
    return Verdict.PAUSE if _number(code) in _OF_ACCOUNT else Verdict.CHECK


def may_send_again(code: int | str | None) -> bool:
    """Return whether it makes sense that a person sends a failed message again.

    Not where the message itself is at fault, and not where only a template is let through.
    """
    hopeless = code in ("media_type", "media_size", "video_codec", "empty", "no_recipient")
    return not hopeless and info(code).kind is not ErrorClass.NEEDS_TEMPLATE


def may_be_the_file(code: int | str | None) -> bool:
    """Return whether Meta's copy of the file may be the cause.

    The next try uploads it anew.
    """
    return _number(code) in (131000, 131052, 131053)


def is_about_content(code: int | str | None) -> bool:
    """Return whether a refusal is about the message's form: another might go out.

    So is whatever Meta refuses for good without it being about the number, its account or the
    person; also a code that is not known here.
    """
    number = _number(code)
    return (
        number is not None
        and number not in _ABOUT_THE_PERSON
        and info(code).kind is ErrorClass.NO_RETRY
    )


def _number(code: object) -> int | None:
    """Return ``code`` as a number, None when it is none."""
    if isinstance(code, bool):
        return None
    if isinstance(code, int):
        return code
    if isinstance(code, str) and code.isascii() and code.isdigit() and len(code) < 10:
        return int(code)
    return None
