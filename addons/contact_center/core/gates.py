# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Allowlist of what Discuss and live chat may do with conversations.

Discuss offers channels, calls, pins, notes, ratings and much more, and every version of Odoo adds
to it. Anything not listed here is refused in a conversation's channel.
"""

import re

# Paths of Discuss, live chat and messages; other paths do not concern channels
_GUARDED = ("/discuss/", "/mail/", "/im_livechat/", "/chatbot/", "/website/rating/", "/rate/")

# Reading and serving, as the desk does. What each of them may do is checked later.
_OPEN = re.compile(
    r"""
    /discuss/channel/(
        messages | members | attachments | pinned_messages
        | mark_as_read | set_new_message_separator | notify_typing
        | \d+ | \d+/(attachment|image|partner|guest)/.*
    )
    | /discuss/search
    | /mail/(
        data | action | view | thread/messages | attachment/.* | avatar/.*
        | message/(post | reaction | update_content | \d+)
    )
    """,
    re.VERBOSE,
)

# Requested by the screen without need: answered with nothing, since a refusal would be shown.
# Fetching a citizen's link would reveal to its owner that the city read it, and when.
_SILENT = ("/mail/link_preview",)

# Live chat's own entry point, for website visitors
_WEB_CHAT = ("/im_livechat/", "/chatbot/")
# Settings, tags and notes of people who work here, under the same path
_WEB_CHAT_INSIDE = ("/im_livechat/session/", "/im_livechat/conversation/")

# Public methods of discuss.channel that a user may call on a conversation's channel, besides those
# that every model has. Each has its own guard where it changes something.
CHANNEL_METHODS = frozenset(
    {
        "message_post",
        "channel_fetched",
        "channel_pin",
        "action_unfollow",
        "execute_command_help",
        "execute_command_leave",
        "execute_command_who",
        "get_mention_suggestions",
        "message_get_followers",
    }
)

# Values that a user may provide for a message that they post; the server decides the rest
POST_VALUES = frozenset(
    {
        "body",
        "attachment_ids",
        "attachments",
        "parent_id",
        "partner_ids",
        "role_ids",
        "special_mentions",
        "subtype_xmlid",
        "subtype_id",
    }
)

# Fields that a user may write on their own membership: how far they have read
MEMBER_FIELDS = frozenset(
    {
        "fetched_message_id",
        "last_interest_dt",
        "last_seen_dt",
        "new_message_separator",
        "seen_message_id",
    }
)


def is_guarded(path: str) -> bool:
    """Return whether requests for this path may concern a channel."""
    return path.startswith(_GUARDED)


def is_open(path: str) -> bool:
    """Return whether this path may be requested for a conversation's channel."""
    return bool(_OPEN.fullmatch(path.rstrip("/")))


def is_silent(path: str) -> bool:
    """Return whether this path gets an empty answer for a conversation's channel."""
    return path.rstrip("/") in _SILENT


def is_web_chat(path: str) -> bool:
    """Return whether this path belongs to the website chat."""
    return path.startswith(_WEB_CHAT) and not path.startswith(_WEB_CHAT_INSIDE)


def _numbers(values) -> set[int]:
    """Return the ids in a request's value: a number, a string, or a list of them."""
    found = set()
    for value in values if isinstance(values, list | tuple) else [values]:
        if isinstance(value, int) and not isinstance(value, bool):
            found.add(value)
        elif isinstance(value, str) and value.strip().isdecimal():
            found.add(int(value.strip()))
    return found


def named_channels(parameters: dict) -> set[int]:
    """Return the ids of the channels that a request refers to."""
    found = set()
    for name in ("channel_id", "parent_channel_id", "sub_channel_id", "channel_ids"):
        found |= _numbers(parameters.get(name))
    for model, record in (
        ("thread_model", "thread_id"),
        ("res_model", "res_id"),
        ("model", "res_id"),
    ):
        if parameters.get(model) == "discuss.channel":
            found |= _numbers(parameters.get(record))
    return found


def named_messages(parameters: dict) -> set[int]:
    """Return the ids of the messages that a request refers to."""
    return _numbers(parameters.get("message_id")) | _numbers(parameters.get("from_message_id"))
