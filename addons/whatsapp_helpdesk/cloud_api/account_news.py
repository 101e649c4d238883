# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Meta's news about an account, a number or a template -> what people must know.

For each topic the latest news counts: a disabled account may be reinstated. The words are English
message ids with ``%(name)s`` places: the Odoo layer translates them (they are marked with ``_`` so
that they are exported). Newer kinds of news are shown under Meta's own name. Source: Meta,
"Webhooks reference": account_update, account_alerts, account_review_update,
business_capability_update, phone_number_quality_update, phone_number_name_update, security,
message_template_status_update, template_category_update.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from .reading import a_dict, a_text, a_time


def _(text: str) -> str:
    """Mark ``text`` for translation; the Odoo layer translates when it shows it."""
    return text


OK, INFO, WARNING, ERROR = "ok", "info", "warning", "error"
# Lifetime of a warning that nothing ever revokes
_PASSING = timedelta(days=7)
_SEVERITIES = {"CRITICAL": ERROR, "WARNING": WARNING}


@dataclass(frozen=True, slots=True)
class News:
    """One thing to know about a number.

    :ivar topic: the newest of a topic counts; ``ok`` takes an earlier warning back
    :ivar level: ok, info (kept, nobody is told), warning or error
    :ivar words: English, with places for ``values``
    :ivar until: when it is over by itself (aware UTC), None when it is not
    :ivar pause: one of `errors`' own codes when nothing goes out of the number any more
    :ivar changes: Meta's rating and limit, by the names of the account's fields
    """

    topic: str
    level: str
    words: str
    values: dict[str, str] = field(default_factory=dict)
    until: datetime | None = None
    pause: str = ""
    changes: dict[str, str] = field(default_factory=dict)


def read(name: str, value: dict[str, Any], at: datetime | None = None) -> list[News]:
    """Return the news in the field ``name``; [] when it tells people nothing.

    :param at: when it happened, aware UTC; the clock's time by default
    """
    moment = at or datetime.now(UTC)
    reader = _READERS.get(name)
    if reader:
        return list(reader(value, moment))
    if name.startswith("message_template_") or "category" in name:
        return list(_template(value, moment))
    return []


def waba_id(value: dict[str, Any]) -> str:
    """Return the account that the news is about, if it is not the notified one."""
    return a_text(a_dict(value.get("waba_info")).get("waba_id"))


def number(value: dict[str, Any]) -> str:
    """Return the telephone number, or its id, that the news is about; "" for all."""
    for key in ("display_phone_number", "phone_number", "phone_number_id"):
        if text := a_text(value.get(key)):
            return text
    return a_text(value.get("entity_id")) if value.get("entity_type") == "PHONE_NUMBER" else ""


# ------------------------------------------------------------
# The account
# ------------------------------------------------------------

_EVENTS = {
    "ACCOUNT_DELETED": News(
        "access", ERROR, _("The account was deleted at Meta."), pause="deleted"
    ),
    "ACCOUNT_OFFBOARDED": News(
        "access",
        ERROR,
        _("The number was disconnected from the API, in the telephone's application."),
    ),
    "PARTNER_REMOVED": News(
        "access", ERROR, _("The account is no longer shared with this system.")
    ),
    "PARTNER_APP_UNINSTALLED": News(
        "access", ERROR, _("The permission of this system was withdrawn at Meta.")
    ),
    "ACCOUNT_RECONNECTED": News("access", OK, _("The number is connected to the API again.")),
    "PARTNER_ADDED": News("access", OK, _("The account is shared with this system.")),
    "PARTNER_APP_INSTALLED": News("access", OK, _("This system was given its permission at Meta.")),
    "VERIFIED_ACCOUNT": News("review", OK, _("Meta has verified the account.")),
}
_DISABLED = frozenset({"DISABLE", "DISABLED"})
_REINSTATED = frozenset({"REINSTATE", "REINSTATED", "ENABLED"})


def _account_update(value: dict[str, Any], at: datetime) -> Iterator[News]:
    event = a_text(value.get("event"))
    ban = a_dict(value.get("ban_info")) or a_dict(value.get("banned_info"))
    states = [a_text(one).upper() for one in _one_or_more(ban.get("waba_ban_state"))]
    # Where there are several, the one that says most
    state = next((one for one in (*_DISABLED, *states) if one in states), "")
    told = False
    for news in (_ban(state or event, a_text(ban.get("waba_ban_date"))), _EVENTS.get(event)):
        if news:
            told = True
            yield news
    restrictions = [a_dict(one) for one in _one_or_more(value.get("restriction_info")) if one]
    if event == "ACCOUNT_RESTRICTION" or restrictions:
        told = True
        yield from _restrictions(restrictions)
    if event == "ACCOUNT_VIOLATION":
        told = True
        kind = a_text(a_dict(value.get("violation_info")).get("violation_type")) or "?"
        words = _("Meta saw a breach of its policies (%(kind)s): the account may be restricted.")
        yield News("violation", WARNING, words, {"kind": kind}, until=at + timedelta(days=30))
    if not told:
        yield _unknown(event or "account_update")


def _one_or_more(value: Any) -> list[Any]:
    """Return a list, or what stands where some deliveries have a list, as one."""
    return value if isinstance(value, list) else [value]


def _ban(state: str, date: str) -> News | None:
    """Return what a ban's state says, None when it is none."""
    values = {"date": date or "?"}
    if state in _DISABLED:
        words = _("Meta has disabled this account (%(date)s): nothing can be sent.")
        return News("ban", ERROR, words, values, pause="disabled")
    if state == "SCHEDULE_FOR_DISABLE":
        words = _("Meta is going to disable this account (%(date)s): appeal at Meta now.")
        return News("ban", ERROR, words, values)
    if state in _REINSTATED:
        return News("ban", OK, _("Meta has taken this account into service again."))
    return None


_RESTRICTIONS = {
    "RESTRICTED_BIZ_INITIATED_MESSAGING": (
        WARNING,
        _("Meta restricted the account: no templates to citizens who did not write today."),
        "",
    ),
    "RESTRICTED_CUSTOMER_INITIATED_MESSAGING": (
        ERROR,
        _("Meta restricted the account: it cannot answer citizens."),
        "restricted",
    ),
    "RESTRICTED_ADD_PHONE_NUMBER_ACTION": (
        WARNING,
        _("Meta restricted the account: no numbers can be added."),
        "",
    ),
}


def _restrictions(found: list[dict[str, Any]]) -> Iterator[News]:
    """Yield what is restricted, and until when."""
    if not found:
        yield News("restriction", WARNING, _("Meta restricted the account."))
    for one in found:
        kind = a_text(one.get("restriction_type")).upper()
        kind = kind.replace("RESTRICTED_ADD_PHONE_NUMBER", "RESTRICTED_ADD_PHONE_NUMBER_ACTION")
        kind = kind.replace("_ACTION_ACTION", "_ACTION")
        other = (WARNING, _("Meta restricted the account (%(kind)s)."), "")
        level, words, pause = _RESTRICTIONS.get(kind, other)
        yield News(
            f"restriction:{kind[:60]}",
            level,
            words,
            {"kind": kind or "?"},
            until=a_time(one.get("expiration")),
            pause=pause,
        )


def _review(value: dict[str, Any], at: datetime) -> Iterator[News]:
    decision = a_text(value.get("decision")).upper()
    if decision == "APPROVED":
        yield News("review", OK, _("Meta's review approved the account."))
    elif decision == "REJECTED":
        words = _("Meta's review rejected the account: it cannot be used.")
        yield News("review", ERROR, words, pause="review")
    else:
        words = _("Meta's review of the account is not finished (%(decision)s).")
        yield News("review", WARNING, words, {"decision": decision or "?"})


def _alert(value: dict[str, Any], at: datetime) -> Iterator[News]:
    alert = a_dict(value.get("alert_info")) or value
    kind = a_text(alert.get("alert_type")) or "?"
    level = _SEVERITIES.get(a_text(alert.get("alert_severity")).upper(), INFO)
    words = _("Meta's alert %(kind)s: %(text)s")
    over = a_text(alert.get("alert_status")).upper() == "NONE"
    values = {"kind": kind, "text": a_text(alert.get("alert_description")) or "-"}
    yield News(f"alert:{kind[:60]}", OK if over else level, words, values)


# ------------------------------------------------------------
# The number
# ------------------------------------------------------------


def _quality(value: dict[str, Any], at: datetime) -> Iterator[News]:
    event = a_text(value.get("event")).upper()
    limit = _limit(value)
    if event == "FLAGGED":
        words = _("Meta flagged this number: its quality is low, and its limit may be lowered.")
        yield News("quality", WARNING, words, changes={"quality_rating": "RED"})
    elif event == "UNFLAGGED":
        words = _("Meta no longer flags this number.")
        yield News("quality", OK, words, changes={"quality_rating": "UNKNOWN"})
    elif event == "DOWNGRADE":
        words = _("Meta lowered the limit of this number: %(old)s to %(limit)s.")
        values = {"old": a_text(value.get("old_limit")) or "?", "limit": limit or "?"}
        yield News("limit", WARNING, words, values, until=at + _PASSING * 4)
    elif event in ("UPGRADE", "THROUGHPUT_UPGRADE"):
        words = _("Meta raised the limit of this number: %(limit)s.")
        yield News("limit", OK, words, {"limit": limit or "?"})
    else:
        yield _unknown(event or "phone_number_quality_update")
    if limit and limit != "TIER_NOT_SET":
        yield _limit_is(limit)


def _capability(value: dict[str, Any], at: datetime) -> Iterator[News]:
    limit = _limit(value)
    yield _limit_is(limit) if limit else _unknown("business_capability_update")


def _limit_is(limit: str) -> News:
    """Return the news of the limit; only the holder of the last one can see whether it fell."""
    words = _("Limit of people to whom the city may write first, a day: %(limit)s.")
    return News("limit_value", INFO, words, {"limit": limit}, changes={"messaging_limit": limit})


def _limit(value: dict[str, Any]) -> str:
    """Return the limit as a tier; newer deliveries have it per portfolio."""
    for name in (
        "max_daily_conversations_per_business",
        "max_daily_conversation_per_business",
        "current_limit",
        "max_daily_conversation_per_phone",
        "max_daily_conversations_per_phone",
    ):
        if text := a_text(value.get(name)):
            return _tier(text)
    return ""


_TIERS = {"1000": "1K", "2000": "2K", "10000": "10K", "100000": "100K", "-1": "UNLIMITED"}


def _tier(text: str) -> str:
    """Return a limit as Meta's tier, whether it came as one or as a number."""
    return text.upper() if text.upper().startswith("TIER_") else f"TIER_{_TIERS.get(text, text)}"


def size(tier: str) -> float:
    """Return how many people a day a tier stands for; 0 when it is not known.

    >>> size("TIER_250") < size("TIER_2K") < size("TIER_UNLIMITED")
    True
    """
    text = tier.upper().removeprefix("TIER_")
    if text == "UNLIMITED":
        return float("inf")
    digits, thousand = text.removesuffix("K"), text.endswith("K")
    return float(digits) * (1000 if thousand else 1) if digits.isdecimal() else 0.0


def _name(value: dict[str, Any], at: datetime) -> Iterator[News]:
    decision = a_text(value.get("decision")).upper()
    values = {
        "name": a_text(value.get("requested_verified_name")) or "?",
        "reason": a_text(value.get("rejection_reason")) or "-",
    }
    if decision == "APPROVED":
        yield News("name", OK, _("Meta approved the name %(name)s."), values)
    elif decision == "REJECTED":
        words = _("Meta rejected the name %(name)s (%(reason)s).")
        yield News("name", WARNING, words, values)
    else:
        yield News("name", INFO, _("Meta has not decided on the name %(name)s yet."), values)


def _security(value: dict[str, Any], at: datetime) -> Iterator[News]:
    words = _("Security of the number at Meta: %(event)s. Make sure that it was one of you.")
    values = {"event": a_text(value.get("event")) or "?"}
    yield News("security", WARNING, words, values, until=at + _PASSING)


def _username(value: dict[str, Any], at: datetime) -> Iterator[News]:
    words = _("User name of the number at Meta: %(name)s (%(state)s).")
    values = {
        "name": a_text(value.get("username")) or "-",
        "state": a_text(value.get("status")) or "?",
    }
    yield News("username", INFO, words, values)


def _unknown(event: str) -> News:
    """Return news that changes nothing here, under Meta's own name."""
    return News("other", INFO, _("Meta tells: %(event)s."), {"event": event})


# ------------------------------------------------------------
# Templates
# ------------------------------------------------------------

_LOST = frozenset("REJECTED PAUSED DISABLED LOCKED LIMIT_EXCEEDED FLAGGED".split())
_BACK = frozenset("APPROVED REINSTATED UNARCHIVED".split())


def _template(value: dict[str, Any], at: datetime) -> Iterator[News]:
    name = a_text(value.get("message_template_name")) or a_text(value.get("message_template_id"))
    topic, values = f"template:{name[:100]}", {"name": name or "?"}
    event = a_text(value.get("event")).upper()
    if event in _LOST:
        words = _("Template %(name)s: %(event)s.")
        yield News(topic, WARNING, words, {**values, "event": event}, until=at + _PASSING * 4)
    elif event in _BACK:
        yield News(topic, OK, _("Template %(name)s may be sent."), values)
    new, due = a_text(value.get("new_category")), a_text(value.get("correct_category"))
    old = a_text(value.get("previous_category"))
    if due and due != new:
        words = _(
            "Meta is going to change the category of template %(name)s from %(old)s to %(new)s."
        )
        until = (a_time(value.get("category_update_timestamp")) or at) + _PASSING
        yield News(
            f"category:{name[:100]}", WARNING, words, {**values, "old": new, "new": due}, until
        )
    elif new:
        words = _("Meta changed the category of template %(name)s from %(old)s to %(new)s.")
        values = {**values, "old": old or "?", "new": new}
        yield News(f"category:{name[:100]}", WARNING, words, values, until=at + _PASSING * 4)
    if a_text(value.get("new_quality_score")).upper() == "RED":
        words = _("Meta rates the quality of template %(name)s as low.")
        yield News(f"quality:{name[:100]}", WARNING, words, {"name": name}, until=at + _PASSING * 4)


_READERS = {
    "account_update": _account_update,
    "account_review_update": _review,
    "account_alerts": _alert,
    "phone_number_quality_update": _quality,
    "business_capability_update": _capability,
    "phone_number_name_update": _name,
    "security": _security,
    "business_username_update": _username,
    "business_username_updates": _username,
    "account_settings_update": lambda value, at: iter([_unknown("account_settings_update")]),
    "business_status_update": lambda value, at: iter(
        [_unknown(a_text(value.get("event")) or "business_status_update")]
    ),
}
