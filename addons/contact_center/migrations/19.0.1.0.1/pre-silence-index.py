# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Drop an index that every message wrote, and all others of the row with it."""


def migrate(cr, version):
    """Drop the index over the time of the last activity; that of the states does."""
    cr.execute("DROP INDEX IF EXISTS contact_center_conversation_silence_idx")
