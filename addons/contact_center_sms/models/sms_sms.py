# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import UserError


class SmsSms(models.Model):
    """Odoo's queue of text messages: each batch is handed to its city hall's gateway."""

    _inherit = "sms.sms"

    def _split_by_api(self):
        by_company = self.grouped(lambda sms: sms._get_sms_company())
        rest = self.browse()
        for company, messages in by_company.items():
            if self.env["contact_center.sms.gateway"]._of_company(company):
                api_class = company._get_sms_api_class()
                sms_api = api_class(self.env)
                sms_api._set_company(company)
                yield sms_api, messages
            else:
                rest |= messages
        if rest:
            yield from super(SmsSms, rest)._split_by_api()


class SmsMessage(models.Model):
    """Messages that other applications of Odoo send."""

    _inherit = "contact_center.sms.message"

    @api.model
    def _take_from_odoo(self, gateway, text, target):
        """Put a message of Odoo's into the outbox, once; return the state that Odoo knows.

        :param target: {"uuid", "number"}
        """
        if self.search_count([("sms_uuid", "=", target["uuid"])], limit=1):
            return "success"
        try:
            number = self._mobile(target.get("number"))
            self._say(gateway, number, text, sms_uuid=target["uuid"], is_bulk=True)
        except UserError:
            return "wrong_number_format"
        return "success"
