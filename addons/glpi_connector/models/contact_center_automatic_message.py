from odoo import api, fields, models

_PLACEHOLDERS = {
    "ticket_followup": ("ticket", "mensagem", "tecnico"),
    "ticket_solution": ("ticket", "mensagem"),
    "ticket_status": ("ticket", "situacao"),
    "ticket_assigned": ("ticket", "tecnico"),
    "ticket_reply_ask": ("ticket", "titulo"),
    "ticket_reply_which": (),
    "ticket_reply_taken": ("ticket",),
    "ticket_reply_end": ("ticket",),
    "ticket_solution_thanks": ("ticket",),
    "ticket_solution_reason": ("ticket",),
    "ticket_reopened": ("ticket",),
    "ticket_settled": ("ticket", "situacao"),
    "ticket_back": ("ticket", "situacao"),
    "ticket_withdrawn": ("ticket",),
    "ticket_merged": ("ticket", "anterior"),
    "ticket_moved": ("ticket", "area"),
    "ticket_requester": ("ticket",),
    "ticket_gone": ("ticket",),
    "ticket_reply_closed": ("ticket",),
    "ticket_refusal_noted": ("ticket",),
}
# What time or a technician brings about, not the citizen.
_UNASKED = frozenset(
    {
        "ticket_status",
        "ticket_assigned",
        "ticket_back",
        "ticket_withdrawn",
        "ticket_merged",
        "ticket_moved",
        "ticket_requester",
        "ticket_gone",
    }
)


class AutomaticMessage(models.Model):
    """Moments of a GLPI ticket at which the citizen hears of it, or is asked about it."""

    _inherit = "contact_center.automatic.message"

    kind = fields.Selection(
        selection_add=[
            ("ticket_followup", "Ticket: a technician wrote"),
            ("ticket_solution", "Ticket: solved"),
            ("ticket_status", "Ticket: new status"),
            ("ticket_assigned", "Ticket: a technician takes care of it"),
            ("ticket_reply_ask", "Ticket: is this message about it?"),
            ("ticket_reply_which", "Ticket: which one is this message about?"),
            ("ticket_reply_taken", "Ticket: message added to it"),
            ("ticket_reply_end", "Ticket: end of the messages added to it"),
            ("ticket_solution_thanks", "Ticket: solution accepted"),
            ("ticket_solution_reason", "Ticket: why it is not solved"),
            ("ticket_reopened", "Ticket: open again"),
            ("ticket_settled", "Ticket: answered too late"),
            ("ticket_back", "Ticket: open again in GLPI"),
            ("ticket_withdrawn", "Ticket: a message was deleted"),
            ("ticket_merged", "Ticket: merged into another one"),
            ("ticket_moved", "Ticket: moved to another entity"),
            ("ticket_requester", "Ticket: another requester"),
            ("ticket_gone", "Ticket: no longer to be seen"),
            ("ticket_reply_closed", "Ticket: takes no more messages"),
            ("ticket_refusal_noted", "Ticket: solution refused, on its way"),
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
            "anterior": "12",
            "area": "Secretaria de Saúde",
            "mensagem": "O técnico já está a caminho.",
            "situacao": "Em atendimento",
            "tecnico": "Paulo",
            "titulo": "Impressora não liga",
        }


class Conversation(models.Model):
    """News of a ticket may come more than once; some of them nobody asked for."""

    _inherit = "contact_center.conversation"

    def _repeatable_kinds(self):
        return super()._repeatable_kinds() | _PLACEHOLDERS.keys()

    def _unsolicited_kinds(self):
        return super()._unsolicited_kinds() | _UNASKED
