# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import file_open

from ..engine import exchange


class ChatbotFlowTemplate(models.Model):
    """A ready-made flow to start from.

    Its file comes with an addon; only addons add such records.
    """

    _name = "chatbot.flow.template"
    _inherit = ["contact_center.machine.row"]
    _description = "Ready Flow"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    summary = fields.Text(required=True, translate=True)
    icon = fields.Char(required=True, default="fa-sitemap", help="A Font Awesome class.")
    sequence = fields.Integer(default=10)
    path = fields.Char(required=True, help="The YAML file inside the addons.")

    @api.model
    def _document(self, path):
        """Return the content of an addon's file: the data of an :class:`exchange.Document`."""
        with file_open(path, "r", filter_ext=(".yaml",)) as file:
            document = exchange.load(file.read(), self.env["chatbot.flow"]._file_keys())
        if document.problems:
            raise UserError(self.env._("The ready flow cannot be read: %s", path))
        return document.data

    def action_use(self):
        """Create a new flow from this one and open it."""
        self.ensure_one()
        flow, notices = self._make_flow()
        action = flow._action_open()
        if not notices:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "title": self.env._("To be completed"),
                "message": "\n".join(notices),
                "sticky": True,
                "next": action,
            },
        }

    def _make_flow(self):
        """Return (a new flow from the file, list of texts about missing records)."""
        flows = self.env["chatbot.flow"]
        flows._check_may_edit()
        data = self._document(self.path)
        flow = flows._new_from_document(data)
        return flow, flow._load_document(data)
