# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class PersonalData(models.AbstractModel):
    """Limits on using personal data set by notices, consents and retention."""

    _inherit = "contact_center.personal.data"

    @api.model
    def _retention_kinds_changed(self):
        self.env["contact_center.privacy.retention"]._add_missing()
        return super()._retention_kinds_changed()

    @api.model
    def _kept_since(self):
        """Return the moment before which retention would have erased data: not reused."""
        # sudo: contact_center.privacy.retention - decided by the officer, it also applies to the
        # bot
        policies = self.env["contact_center.privacy.retention"].sudo()
        domain = [("kind", "in", ("texts", "contacts")), ("enabled", "=", True)]
        moments = [policy._before() for policy in policies.search(domain) if policy.months]
        before = super()._kept_since()
        return max([*moments, *([before] if before else [])], default=None)

    @api.model
    def _lacks_notice(self):
        """Return whether no published notice covers every citizen (LGPD, art. 9)."""
        # sudo: contact_center.privacy.notice - existence only
        notices = self.env["contact_center.privacy.notice"].sudo()
        published = [("state", "=", "published"), ("queue_id", "=", False)]
        return not notices.search_count(published, limit=1)
