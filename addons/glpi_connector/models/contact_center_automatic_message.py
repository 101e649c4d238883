# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

# Said once for each ticket; everything else here comes with an occasion of its own.
_ONCE_PER_TICKET = "ticket_opened"
_PLACEHOLDERS = {
    "ticket_opened": ("ticket",),
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
# Kinds triggered by time or a technician, not by the citizen.
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
    """Moments in a GLPI ticket's life at which the citizen is informed or asked."""

    _inherit = "contact_center.automatic.message"

    kind = fields.Selection(
        selection_add=[
            ("ticket_opened", "Ticket opened"),
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
            "ticket": "4711",
            "tecnico": "Paulo",
            "titulo": "Impressora não liga",
        }


class Conversation(models.Model):
    """Ticket news may be repeated; some of it is unsolicited."""

    _inherit = "contact_center.conversation"

    def _repeatable_kinds(self):
        return super()._repeatable_kinds() | (_PLACEHOLDERS.keys() - {_ONCE_PER_TICKET})

    def _automatic_occasion(self, kind, **extra):
        if kind == _ONCE_PER_TICKET:
            return extra.get("ticket")
        return super()._automatic_occasion(kind, **extra)

    def _unsolicited_kinds(self):
        return super()._unsolicited_kinds() | _UNASKED
