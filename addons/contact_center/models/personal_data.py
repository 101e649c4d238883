# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class PersonalData(models.AbstractModel):
    """Hooks through which addons declare their personal data to a privacy addon.

    Such an addon shows citizens their data, exports it, erases it and removes old data. It calls
    these hooks, those of the contact (`res.partner._personal_data` and its neighbours) and that of
    the conversation (`_erase_personal_texts`); any addon with personal data extends them with
    `super()`. Without a privacy addon nobody calls them.
    """

    _name = "contact_center.personal.data"
    _description = "What Is Kept of Persons"

    @api.model
    def _retention_kinds(self):
        """Return the kinds of data that can be erased by age: {kind: values} (hook).

        Each kind has a method `_due_<kind>(before)`, which returns (records of the model, domain)
        of records older than the moment `before` (naive UTC), and `_erase_<kind>(records)`, which
        erases them and may return a line for each record it skipped. Both are called with system
        rights.

        :return: {kind: {"label": for people, "note": why so long, "sequence": place in the list}}
        """
        return {}

    @api.model
    def _retention_kinds_changed(self):
        """Follow the data files of an addon that has a kind of its own (hook)."""

    @api.model
    def _personal_tables(self):
        """Return the prefixes of tables in which people's names are overwritten (hook)."""
        return ()

    @api.model
    def _kept_since(self):
        """Return the moment before which citizens' answers are not reused (hook).

        Naive UTC, or None.
        """

    @api.model
    def _lacks_notice(self):
        """Return whether citizens should be told what their data is for (hook)."""
        return False
