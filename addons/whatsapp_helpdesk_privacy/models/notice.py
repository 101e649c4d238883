# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class PrivacyNotice(models.Model):
    """A notice for a single number."""

    _inherit = "contact_center.privacy.notice"

    whatsapp_account_id = fields.Many2one(
        "whatsapp.account",
        string="WhatsApp number",
        ondelete="restrict",
        help="Only for conversations over this number.",
    )

    def _scope(self, conversation):
        return (*super()._scope(conversation), conversation.whatsapp_account_id.id)

    def _most_particular(self, scope):
        account_id = scope[1]
        fitting = self.filtered(lambda notice: notice.whatsapp_account_id.id in (False, account_id))
        own = fitting.filtered("whatsapp_account_id")
        return super(PrivacyNotice, own or fitting)._most_particular(scope)

    def _same_scope(self):
        return (
            super()
            ._same_scope()
            .filtered(lambda notice: notice.whatsapp_account_id == self.whatsapp_account_id)
        )
