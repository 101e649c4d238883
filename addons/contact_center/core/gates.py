"""What is open of Discuss and live chat for the conversations of the contact centre: a list.

Discuss offers channels, calls, pins, notes, ratings and much more, and every version of Odoo adds
to it. Whatever is not named here does not happen in a conversation's channel.
"""

import re

# Paths of Discuss, live chat and messages; others know nothing of channels
_GUARDED = ("/discuss/", "/mail/", "/im_livechat/", "/chatbot/", "/website/rating/", "/rate/")

# Reading and serving, as the desk's screen does. What each of them may do is checked further on.
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

# Asked for by the screen without need: answered with nothing, since a refusal would be shown.
# Fetching what a citizen links to would tell its owner that the city read it, and when.
_SILENT = ("/mail/link_preview",)

# Live chat's own way in, for visitors of a web page
_WEB_CHAT = ("/im_livechat/", "/chatbot/")
# Settings, tags and notes of people who work here, under the same address
_WEB_CHAT_INSIDE = ("/im_livechat/session/", "/im_livechat/conversation/")

# Public methods of discuss.channel that a person may call on a conversation's channel, apart from
# those that every model has. Each is guarded by itself where it does something.
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

# What a person may say of a message that they post; all else is decided for them
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

# Of their own membership: how far they have read
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
    """Return whether this path may be asked for about a conversation's channel."""
    return bool(_OPEN.fullmatch(path.rstrip("/")))


def is_silent(path: str) -> bool:
    """Return whether this path is answered with nothing about a conversation's channel."""
    return path.rstrip("/") in _SILENT


def is_web_chat(path: str) -> bool:
    """Return whether this path belongs to the chat for visitors of a web page."""
    return path.startswith(_WEB_CHAT) and not path.startswith(_WEB_CHAT_INSIDE)


def _numbers(values) -> set[int]:
    """Return the ids in what a request brings: a number, words, or a list of them."""
    found = set()
    for value in values if isinstance(values, list | tuple) else [values]:
        if isinstance(value, int) and not isinstance(value, bool):
            found.add(value)
        elif isinstance(value, str) and value.strip().isdigit():
            found.add(int(value.strip()))
    return found


def named_channels(parameters: dict) -> set[int]:
    """Return the ids of channels that a request names."""
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
    """Return the ids of messages that a request names."""
    return _numbers(parameters.get("message_id")) | _numbers(parameters.get("from_message_id"))
