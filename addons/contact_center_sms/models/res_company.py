# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.sms.tools.sms_api import SmsApiBase


class GatewaySmsApi(SmsApiBase):
    """Odoo's own text messages, of mailings and reminders, over our outbox."""

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        """Put each message into the outbox; a number that is no mobile is refused.

        :param messages: [{"content", "numbers": [{"uuid", "number"}]}]
        :return: [{"uuid", "state"}], which Odoo understands
        """
        # sudo: contact_center.sms.gateway, contact_center.sms.message - Odoo has checked the right
        gateway = self.env["contact_center.sms.gateway"]._of_company(self.company)
        outbox = self.env["contact_center.sms.message"].sudo()
        results = []
        for message in messages:
            for target in message.get("numbers") or []:
                state = outbox._take_from_odoo(gateway, message.get("content") or "", target)
                results.append({"uuid": target["uuid"], "state": state})
        return results


class ResCompany(models.Model):
    """A city hall with a gateway of its own sends Odoo's text messages over it too."""

    _inherit = "res.company"

    def _get_sms_api_class(self):
        self.ensure_one()
        if self.env["contact_center.sms.gateway"]._of_company(self):
            return GatewaySmsApi
        return super()._get_sms_api_class()
