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
