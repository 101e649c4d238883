from odoo import api, fields, models

_PLACEHOLDERS = {
    "ticket_followup": ("ticket", "mensagem"),
    "ticket_solution": ("ticket", "mensagem"),
    "ticket_status": ("ticket", "situacao"),
}


class AutomaticMessage(models.Model):
    """Moments of a GLPI ticket at which the citizen hears of it."""

    _inherit = "contact_center.automatic.message"

    kind = fields.Selection(
        selection_add=[
            ("ticket_followup", "Ticket: a technician wrote"),
            ("ticket_solution", "Ticket: solved"),
            ("ticket_status", "Ticket: new status"),
        ],
        ondelete=dict.fromkeys(_PLACEHOLDERS, "cascade"),
    )

    @api.model
    def _known_placeholders(self, kind):
        return super()._known_placeholders(kind) + _PLACEHOLDERS.get(kind, ())

    @api.model
    def _placeholder_samples(self):
        return {
            **super()._placeholder_samples(),
            "mensagem": "O técnico já está a caminho.",
            "situacao": "Em atendimento",
        }


class Conversation(models.Model):
    """News of a ticket may come more than once; a new status is nothing that anybody asked for."""

    _inherit = "contact_center.conversation"

    def _repeatable_kinds(self):
        return super()._repeatable_kinds() | _PLACEHOLDERS.keys()

    def _unsolicited_kinds(self):
        return super()._unsolicited_kinds() | {"ticket_status"}
