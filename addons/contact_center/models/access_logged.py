# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class AccessLogged(models.AbstractModel):
    """A model that shows citizens' data: which fields do, and whose data it is.

    The core does not log who viewed what. An addon that does extends this model, so that every
    declared model is logged, and implements the hooks below.
    """

    _name = "contact_center.access.logged"
    _description = "Data Whose Reading Is Noted"

    # Fields that show citizens' data; reading other fields is not logged.
    _access_content = frozenset()
    # Path to the conversations or contacts that the records belong to.
    _access_subject = "conversation_id"

    def _access_subjects(self):
        """Return the conversations, else the contacts, whose data is shown (hook)."""
        if not self._access_subject:
            return self.env["contact_center.conversation"]
        # sudo: whose data it is, for the log
        return self.sudo().mapped(self._access_subject)

    @api.model
    def _note_access(self, kind, records=None, **data):
        """Log that the current user did `kind` with `records` (hook).

        Called where people see or export data in ways other than reading records: panels, searches,
        printed conversations, downloads.

        :param kind: "opened", "history", "panel", "searched", "listed", "exported", "printed",
            "downloaded" or "watched"
        :param records: contact_center.conversation or res.partner records, or None if nobody in
            particular is concerned (a search)
        :param data: further details in JSON values, for instance `term="poste"`
        """

    @api.model
    def _note_screen(self, title):
        """Log, once an hour, that the user opened a screen that lists citizens (hook)."""

    @api.model
    def _was_noted_lately(self, kind, record):
        """Return whether the user did `kind` with `record` within the last hour (hook).

        It is then not logged again. The default, without a log, is False.
        """
        return False
