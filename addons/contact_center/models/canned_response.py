from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..core import placeholders
from .automatic_message import COMMON_PLACEHOLDERS

# What the preview shows in place of the citizen's own values.
EXAMPLE_VALUES = {
    "nome": "Maria",
    "protocolo": "2026000123",
    "fila": "Suporte de TI",
    "atendente": "Joana",
    "ticket": "4711",
}


class CannedResponse(models.Model):
    """Texts at hand in a conversation: general ones, those of its queue, and one's own.

    They are shared by Odoo's own way (groups); a queue's text is offered in its conversations only.
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
        """Hook: names of the placeholders that these texts may use."""
        return COMMON_PLACEHOLDERS

    def _compute_known_placeholders(self):
        self.known_placeholders = ", ".join(f"{{{name}}}" for name in self._known_placeholders())

    @api.depends("substitution")
    def _compute_preview(self):
        for response in self:
            response.preview = placeholders.render(response.substitution or "", EXAMPLE_VALUES)

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
    # Who keeps them
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Share an administrator's text of a queue with the agents."""
        agents = self.env.ref("contact_center.group_technician").ids
        for vals in vals_list:
            self._check_may_share(vals)
            if vals.get("queue_ids") and not vals.get("group_ids"):
                vals["group_ids"] = [(6, 0, agents)]
        return super().create(vals_list)

    def write(self, vals):
        """Refuse an agent to share texts with others: administrators do."""
        self._check_may_share(vals)
        return super().write(vals)

    def _check_may_share(self, vals):
        """Raise AccessError if an agent who is no administrator sets queues or groups."""
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
        """Texts that the user may insert into a conversation, filled in with its values.

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
