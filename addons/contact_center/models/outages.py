# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class Outages(models.AbstractModel):
    """Outages: told when something that the center needs stops, and works again.

    Any code that notices one reports it here, at once and repeatedly; the result (a record,
    clocks, e-mails) is another addon's, and without that addon nothing does.
    """

    _name = "contact_center.outages"
    _description = "What Is Out of Order"

    @api.model
    def _began(self, kind, what, reason="", at=None, name=""):
        """Record that something stopped working (hook).

        It costs the caller one row, and never raises for conflicts.

        :param kind: "channel" (citizens cannot be reached), "integration" (a system of others),
            "worker" (jobs, scheduled actions), "node" (one of several servers), "database" or
            "platform" (all of it)
        :param what: the record that does not work, or a fixed word where there is none
        :param reason: why, in words for administrators, without anybody's data
        :param at: naive UTC, now by default
        :param name: what people call it where `what` is a word
        """

    @api.model
    def _ended(self, kind, what, at=None):
        """Record that it works again; nothing happens if it was never told (hook)."""
