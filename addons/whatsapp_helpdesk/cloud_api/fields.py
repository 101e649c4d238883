# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The meaning of each field of Meta's webhook: one list means different things.

``messages`` under the field ``messages`` is what a citizen writes now; under ``history`` it is an
old file, under ``standby`` something that another application answers. So the field is read first,
and anything it does not list is kept, never treated as a message. Source: Meta, "Webhooks
reference" (one page for each field), "Conversation routing".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from .reading import a_dict, a_text

MESSAGE = "message"  # a citizen wrote
STATUS = "status"  # the delivery status of a message of ours
ECHO = "echo"  # somebody answered from the telephone's own application
HISTORY = "history"  # copied from the telephone: said before, by either side
STANDBY = "standby"  # said while another application of ours answers, by either side
CALL = "call"  # a citizen called, or was called
IDENTITY = "identity"  # a citizen's id changed (field user_id_update)
PREFERENCE = "preference"  # a citizen stopped or resumed marketing
CONTACT = "contact"  # an entry of the telephone's address book
ROUTING = "routing"  # which application answers a citizen from now on
ERROR = "error"  # an error of the account
TEMPLATE = "template"  # news about a message template
ACCOUNT = "account"  # news about the account or the number
OTHER = "other"  # anything else: kept, nothing is done


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the kind of each element of its lists, and of a value without any.

    :ivar parts: list in the value -> (kind, name of one element in the item's payload)
    """

    kind: str = OTHER
    parts: Mapping[str, tuple[str, str]] = field(default_factory=dict)


_LIVE = Field(
    parts={
        "messages": (MESSAGE, "message"),
        "statuses": (STATUS, "status"),
        "message_echoes": (ECHO, "message"),
        "user_preferences": (PREFERENCE, "preference"),
        "user_id_update": (IDENTITY, "identity"),
        "calls": (CALL, "call"),
        "errors": (ERROR, "error"),
    }
)
_ECHOES = Field(
    parts={
        "message_echoes": (ECHO, "message"),
        "messages": (ECHO, "message"),
        "statuses": (STATUS, "status"),
        "errors": (ERROR, "error"),
    }
)
_HISTORY = Field(
    HISTORY,
    {
        "history": (HISTORY, "chunk"),  # taken apart, see `events`
        "messages": (HISTORY, "message"),
        "message_echoes": (HISTORY, "message"),
        "errors": (HISTORY, "error"),
    },
)
_STANDBY = Field(
    STANDBY,
    {
        "messages": (STANDBY, "message"),
        "standby": (STANDBY, "message"),
        "message_echoes": (STANDBY, "message"),
        "statuses": (STATUS, "status"),
        "errors": (STANDBY, "error"),
    },
)
_CALLS = Field(
    CALL,
    {
        "calls": (CALL, "call"),
        "statuses": (CALL, "status"),
        "errors": (CALL, "error"),
    },
)
_PREFERENCES = Field(PREFERENCE, {"user_preferences": (PREFERENCE, "preference")})
_IDENTITIES = Field(IDENTITY, {"user_id_update": (IDENTITY, "identity")})
_ADDRESS_BOOK = Field(CONTACT, {"state_sync": (CONTACT, "entry"), "errors": (CONTACT, "error")})
_ROUTING = Field(ROUTING, {"messaging_handovers": (ROUTING, "handover")})
_ACCOUNT = Field(ACCOUNT)
_TEMPLATE = Field(TEMPLATE)
_KEPT = Field()

FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "messages": _LIVE,
        "message_echoes": _ECHOES,
        "smb_message_echoes": _ECHOES,
        "history": _HISTORY,
        "standby": _STANDBY,
        "calls": _CALLS,
        "user_preferences": _PREFERENCES,
        "user_id_update": _IDENTITIES,
        "smb_app_state_sync": _ADDRESS_BOOK,
        "messaging_handovers": _ROUTING,
        **dict.fromkeys(
            (
                "account_alerts",
                "account_review_update",
                "account_settings_update",
                "account_update",
                "business_capability_update",
                "business_status_update",
                "business_username_update",
                "business_username_updates",
                "phone_number_name_update",
                "phone_number_quality_update",
                "security",
            ),
            _ACCOUNT,
        ),
        **dict.fromkeys(
            (
                "message_template_components_update",
                "message_template_quality_update",
                "message_template_status_update",
                "template_category_update",
                "template_correct_category_detection",
            ),
            _TEMPLATE,
        ),
        # Nothing here depends on these: forms, payments, groups, marketing, partners
        **dict.fromkeys(
            (
                "automatic_events",
                "consumer_profile",
                "flows",
                "group_lifecycle_update",
                "group_participants_update",
                "group_settings_update",
                "group_status_update",
                "partner_solutions",
                "payment_configuration_update",
                "tracking_events",
            ),
            _KEPT,
        ),
    }
)
# Where a delivery lacks its field: the list that only one field has says which it is
_TELLING = {
    "history": "history",
    "state_sync": "smb_app_state_sync",
    "message_echoes": "smb_message_echoes",
    "calls": "calls",
    "user_preferences": "user_preferences",
    "user_id_update": "user_id_update",
    "messaging_handovers": "messaging_handovers",
    "messages": "messages",
    "statuses": "messages",
    "errors": "messages",
}


def meaning(name: str) -> Field:
    """Return the meaning of the field ``name``; unknown, newer fields are only kept."""
    return FIELDS.get(name) or (_TEMPLATE if "template" in name else _KEPT)


def is_only_kept(name: str) -> bool:
    """Return whether it is a field of Meta's on which nothing here depends."""
    return FIELDS.get(name) is _KEPT


def name_of(change: dict[str, Any], entry: dict[str, Any]) -> str:
    """Return the field of a change.

    Some of Meta's own samples have it in the value or in the entry; without one the lists of the
    value tell.
    """
    value = a_dict(change.get("value"))
    for place in (change, value, entry):
        if name := a_text(place.get("field")):
            return name
    return guess(value)


def guess(value: dict[str, Any]) -> str:
    """Return the field to which a value without one belongs, "" if lists do not tell."""
    for key, name in _TELLING.items():
        if isinstance(value.get(key), list):
            return name
    return ""
