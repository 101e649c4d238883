# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Replies to small talk while no conversation is open."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """Thanks, a thumbs-up or an insult that needs no separate conversation.

    :ivar name: its kind, as named by the code that recognised it
    :ivar title: the kind in readable form
    :ivar text: sent once after the end of a conversation, within `quiet`; "" for nothing
    :ivar reaction: emoji put on the message instead of a text, or ""
    :ivar first: sent if nothing was open recently; "" for nothing
    :ivar tell: whether the agent should see it
    :ivar quiet: seconds after the end during which it belongs to the finished conversation
    """

    name: str
    title: str = ""
    text: str = ""
    reaction: str = ""
    first: str = ""
    tell: bool = False
    quiet: int = 0
