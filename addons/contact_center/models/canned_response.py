# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..core import placeholders
from .automatic_message import COMMON_PLACEHOLDERS

# Sample values that the preview shows in place of the citizen's.
EXAMPLE_VALUES = {
    "nome": "Maria",
    "protocolo": "2026000123",
    "fila": "Suporte de TI",
    "atendente": "Joana",
}


class CannedResponse(models.Model):
    """Canned texts for a conversation: general ones, its queue's, and personal ones.

    They are shared through Odoo's own mechanism (groups); a queue's text is offered only in its
    conversations.
    """

    _inherit = "mail.canned.response"

    queue_ids = fields.Many2many(
        "contact_center.queue",
        string="Queues",
        help="Offered in conversations of these queues only. Empty: in all of them.",
    )
    known_placeholders = fields.Char(
        compute="_compute_known_placeholders", string="Placeholders available"
    )
    preview = fields.Text(
        compute="_compute_preview", help="The text with an example in place of each placeholder."
    )

    @api.model
    def _known_placeholders(self):
        """Return the names of the placeholders allowed in these texts (hook)."""
        return COMMON_PLACEHOLDERS

    def _compute_known_placeholders(self):
        self.known_placeholders = ", ".join(f"{{{name}}}" for name in self._known_placeholders())

    @api.depends("substitution")
    def _compute_preview(self):
        for response in self:
            text = response.substitution or ""
            response.preview = placeholders.render(text, self._placeholder_samples())

    @api.model
    def _placeholder_samples(self):
        """Return what placeholders stand for in the preview: {name: text} (hook)."""
        return dict(EXAMPLE_VALUES)

    @api.constrains("substitution")
    def _check_substitution(self):
        for response in self:
            known = response._known_placeholders()
            unknown = [one for one in placeholders.names(response.substitution) if one not in known]
            if unknown:
                raise ValidationError(
                    self.env._(
                        "Unknown in this text: %(unknown)s. You can use: %(known)s.",
                        unknown=", ".join(f"{{{name}}}" for name in unknown),
                        known=response.known_placeholders,
                    )
                )

    # ------------------------------------------------------------
    # Rights to keep them
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Share an administrator's text for a queue with the agents."""
        agents = self.env.ref("contact_center.group_technician").ids
        for vals in vals_list:
            self._check_may_share(vals)
            if vals.get("queue_ids") and not vals.get("group_ids"):
                vals["group_ids"] = [(6, 0, agents)]
        return super().create(vals_list)

    def write(self, vals):
        """Refuse sharing by an agent: only administrators share texts."""
        self._check_may_share(vals)
        return super().write(vals)

    def _check_may_share(self, vals):
        """Raise AccessError if anybody but an administrator sets queues or groups."""
        user = self.env.user
        shares = any(vals.get(name) for name in ("queue_ids", "group_ids"))
        agent = user.has_group("contact_center.group_technician")
        administrator = user.has_group("contact_center.group_administrator")
        if shares and agent and not administrator and not self.env.su:
            raise AccessError(self.env._("Only administrators share canned responses with others."))

    # ------------------------------------------------------------
    # In a conversation
    # ------------------------------------------------------------

    @api.model
    def get_for_conversation(self, conversation_id):
        """Return the texts that the user may insert, filled in for a conversation.

        :return: [{"id", "source", "text", "missing": names of placeholders without a value}]
        :raise AccessError: the user may not read the conversation
        """
        conversation = self.env["contact_center.conversation"].browse(conversation_id)
        conversation.check_access("read")
        queues = Domain("queue_ids", "=", False) | Domain(
            "queue_ids", "in", conversation.queue_id.ids
        )
        values = conversation._canned_values()
        rows = []
        for response in self.search(queues):
            text, missing = placeholders.render_kindly(response.substitution, values)
            rows.append(
                {
                    "id": response.id,
                    "source": response.source,
                    "text": text,
                    "missing": list(missing),
                }
            )
        return rows
