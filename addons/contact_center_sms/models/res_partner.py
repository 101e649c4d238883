# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ResPartner(models.Model):
    """Citizens: write them a text message; their numbers are personal data."""

    _inherit = "res.partner"

    def action_send_sms_of_contact_center(self):
        """Open the dialog that writes a text message to this citizen."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send a text message"),
            "res_model": "contact_center.sms.send",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_id": self.id},
        }

    def _personal_sms(self):
        """Return the text messages from and to these citizens."""
        # sudo: contact_center.sms.message - the officer's work does not depend on what they read
        return (
            self.env["contact_center.sms.message"].sudo().search([("partner_id", "in", self.ids)])
        )

    def _personal_sms_numbers(self):
        """Return the numbers known to be theirs."""
        # sudo: contact_center.sms.identity - as in `_personal_sms`
        return (
            self.env["contact_center.sms.identity"].sudo().search([("partner_id", "in", self.ids)])
        )

    def _personal_strings(self):
        return super()._personal_strings() | set(self._personal_sms_numbers().mapped("number"))

    def _personal_overview(self):
        messages = self._personal_sms()
        row = {
            "label": self.env._("Text messages"),
            "count": len(messages),
            "erased": True,
            "reason": "",
        }
        return [*super()._personal_overview(), row]

    def _personal_data(self):
        rows = [
            {
                "quando": message.queued_at,
                "sentido": message.direction,
                "numero": message.number,
                "texto": message.text or "",
            }
            for message in self._personal_sms().sorted("id")
        ]
        return super()._personal_data() | {"sms": {"title": "SMS", "rows": rows}}

    def _erase_personal_data(self):
        """Forget numbers and texts; how many parts were sent when stays, for the bill."""
        result = super()._erase_personal_data()
        numbers = self._personal_sms_numbers()
        known = numbers.mapped("number")
        self._personal_sms().write({"text": False, "number": "-", "detail": False})
        numbers.unlink()
        if known:
            # What the gateway said names the number, with or without the plus
            # sudo: contact_center.sms.event - as in `_personal_sms`
            events = self.env["contact_center.sms.event"].sudo()
            patterns = [f"%{number.lstrip('+')}%" for number in known]
            self.env.cr.execute(
                "SELECT id FROM contact_center_sms_event WHERE payload::text LIKE ANY(%s)",
                [patterns],
            )
            found = events.browse(row_id for (row_id,) in self.env.cr.fetchall())
            found.write({"payload": False, "error": False})
        return result
