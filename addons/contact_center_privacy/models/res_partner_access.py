# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

# Contact fields that show how to reach somebody.
CONTACT = frozenset({"phone", "email", "vat", "street"})


class ResPartner(models.Model):
    """Logs opening, finding, listing and exporting citizens' contacts."""

    _name = "res.partner"
    _inherit = ["res.partner", "contact_center.access.logged"]
    _access_content = CONTACT | {"name", "display_name"}

    def _contact_center_citizens(self):
        """Return those of the partners who have conversations."""
        # sudo: contact_center.conversation - whether there are any, for the log
        groups = (
            self.env["contact_center.conversation"]
            .sudo()
            ._read_group([("partner_id", "in", self.ids)], ["partner_id"])
        )
        return self.browse(partner.id for (partner,) in groups)

    def _access_subjects(self):
        return self._contact_center_citizens()

    def _access_note(self, fnames):
        """Log an opened contact, and a list that shows how to reach people."""
        if not self.ids or self.env.su or CONTACT.isdisjoint(fnames):
            return
        citizens = self._contact_center_citizens()
        log = self.env["contact_center.access.log"]
        if citizens and len(self) == 1:
            log._record("contact", citizens)
        elif citizens:
            log._record_list("listed", citizens, citizens)

    def _access_note_export(self):
        """Log those who are citizens."""
        citizens = self._contact_center_citizens()
        self.env["contact_center.access.log"]._record_list("exported", citizens, citizens)
