# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from ..cloud_api import markup


class AutomaticMessage(models.Model):
    """Automatic messages of one WhatsApp number, shown as WhatsApp does."""

    _inherit = "contact_center.automatic.message"

    kind = fields.Selection(
        selection_add=[
            ("file_too_large", "A citizen's file is too large"),
            ("too_many_messages", "Too many messages in a minute"),
            ("too_many_hourly_messages", "Too many messages in an hour"),
            ("too_many_files", "Too many files in an hour"),
            ("too_many_tickets", "Too many tickets in an hour"),
            ("too_many_megabytes", "Too many megabytes of files in a day"),
        ],
        ondelete={
            "file_too_large": "cascade",
            "too_many_messages": "cascade",
            "too_many_hourly_messages": "cascade",
            "too_many_files": "cascade",
            "too_many_tickets": "cascade",
            "too_many_megabytes": "cascade",
        },
    )
    account_id = fields.Many2one(
        "whatsapp.account",
        string="WhatsApp number",
        ondelete="cascade",
        index="btree_not_null",
        help="Only for conversations over this number. Empty: for every number.",
    )

    @api.depends("account_id")
    def _compute_scope_key(self):
        for message in self:
            account = message.account_id
            message.scope_key = f"whatsapp:{account.id}" if account else False

    def _scope_names(self):
        names = super()._scope_names()
        return [*names, self.account_id.name] if self.account_id else names

    @api.model
    def _scope_domain(self, conversation):
        if not conversation or not conversation.whatsapp_account_id:
            return super()._scope_domain(conversation)
        return Domain("account_id", "in", [False, conversation.whatsapp_account_id.id])

    def _preview_html(self, text):
        # Safe: `to_html` escapes everything that it does not make itself.
        return Markup(markup.to_html(text or ""))
