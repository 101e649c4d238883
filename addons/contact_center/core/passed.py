# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The mark, in the context, of having passed the guards of a channel.

Discuss does its work in methods of its own (`message_post` makes a message, moves files, writes the
channel, and calls hooks), so what was found allowed at the beginning must be known further on. A
context that comes over RPC is JSON and can hold no member of this enumeration, whatever it names;
`sudo` would prove nothing, for Odoo's controllers post with it.

Where our own code wants past a guard of our own (`write`, `unlink`), no mark is needed: a private
method, which RPC does not reach, calls `super()` (`conversation._move_to`).
"""

from enum import Enum

KEY = "contact_center_passed"


class Passed(Enum):
    """The caller that passed."""

    SYSTEM = "the contact centre itself, in nobody's name but its own or the citizen's"
    USER = "a user, whose post or leave was found allowed"
    MESSAGE = "a method of discuss.channel that makes a message, and has checked who may"

    def on(self, records):
        """Return the records with this mark in their context."""
        return records.with_context(**{KEY: self})


def passed(records):
    """Return who has passed (`Passed`), None when the guards have to look."""
    mark = records.env.context.get(KEY)
    return mark if isinstance(mark, Passed) else None
