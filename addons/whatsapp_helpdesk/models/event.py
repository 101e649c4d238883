# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ..cloud_api import errors


class Event(models.Model):
    """Describe WhatsApp's events of the ledger in words."""

    _inherit = "contact_center.event"

    def _detail_values(self):
        _ = self.env._
        values = super()._detail_values()
        values["reason"] |= {
            "missed_call": _("The citizen called by telephone"),
            "template": _("There is no approved template for it"),
        }
        return values

    def _detail_words(self, key, value, label, values):
        if key == "reason" and self.kind == "message_failed":
            # The ledger keeps the reason from the table of errors, in English.
            code = (self.data or {}).get("code")
            values = {value: self.env._(errors.info(code).reason)}
        return super()._detail_words(key, value, label, values)
