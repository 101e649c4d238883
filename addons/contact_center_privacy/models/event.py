# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Event(models.Model):
    """Reasons for a hand-over to a person after the consent question."""

    _inherit = "contact_center.event"

    def _detail_values(self):
        _ = self.env._
        found = super()._detail_values()
        found["reason"] = {
            **found["reason"],
            "privacy_refused": _("Privacy notice refused"),
            "privacy_unanswered": _("Privacy notice not answered"),
        }
        return found
