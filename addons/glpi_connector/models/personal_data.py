# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ..rest import text


class Conversation(models.Model):
    """Erases stored ticket texts together with the conversation's texts."""

    _inherit = "contact_center.conversation"

    def _personal_tickets(self):
        """Return the tickets of these conversations."""
        # sudo: glpi.ticket - the officer's work is independent of their own access
        return self.env["glpi.ticket"].sudo().search([("conversation_id", "in", self.ids)])

    def _erase_personal_texts(self):
        result = super()._erase_personal_texts()
        tickets = self._personal_tickets()
        tickets.write(
            {
                **dict.fromkeys(("description", "requester_name", "requester_email"), False),
                **dict.fromkeys(("requester_phone", "error", "notice"), False),
                "title": "[apagado]",
            }
        )
        tickets.followup_ids.write({"content": False})
        tickets.document_ids.write({"error": False})
        # sudo: glpi.email.code - the officer's work is independent of their own access
        self.env["glpi.email.code"].sudo().search([("conversation_id", "in", self.ids)]).unlink()
        return result


class ResPartner(models.Model):
    """A citizen's tickets."""

    _inherit = "res.partner"

    def _erasure_blockers(self):
        waiting = self._all_conversations()._personal_tickets()
        waiting = waiting.filtered(lambda ticket: ticket.state in ("draft", "pushing"))
        return [
            *super()._erasure_blockers(),
            *(
                self.env._("The ticket of conversation %s is not in GLPI yet.", ticket.protocol)
                for ticket in waiting
            ),
        ]

    def _personal_glpi_accounts(self):
        """Return the copied GLPI accounts with an e-mail address or telephone of this person."""
        self.ensure_one()
        # sudo: glpi.user - the officer's work is independent of their own access
        users = self.env["glpi.user"].sudo()
        address, tail = (self.email_normalized or "").lower(), text.digits(self.phone)[-8:]
        found = users
        if address:
            found |= users.search([("email", "ilike", address)]).filtered(
                lambda user: address in user.email.split()
            )
        if len(tail) == 8:
            found |= users.search([("phone_digits", "ilike", tail)]).filtered(
                lambda user: any(
                    text.same_phone(one, self.phone) for one in user.phone_digits.split()
                )
            )
        return found

    def _personal_overview(self):
        _ = self.env._
        tickets = self._all_conversations()._personal_tickets()
        opened = ", ".join(ticket.glpi_number for ticket in tickets if ticket.glpi_number)
        return [
            *super()._personal_overview(),
            {
                "label": _("Tickets: texts, requester and followups copied here"),
                "count": len(tickets) + len(tickets.followup_ids),
                "erased": True,
                "reason": "",
            },
            {
                "label": _("Tickets: number, category, place, status"),
                "count": len(tickets),
                "erased": False,
                "reason": "LGPD art. 16 I e art. 23 (registro do serviço público prestado)",
            },
            {
                "label": _("Tickets in GLPI itself: %s", opened or "-"),
                "count": len(opened.split(", ")) if opened else 0,
                "erased": False,
                "reason": _("Kept in GLPI: its administrators erase it there."),
            },
            {
                "label": _("Accounts in GLPI: name, login, e-mail, telephone and registration"),
                "count": sum(len(partner._personal_glpi_accounts()) for partner in self),
                "erased": False,
                "reason": _(
                    "Kept in GLPI: its administrators erase it there, and the copy here goes with "
                    "it."
                ),
            },
        ]

    def _personal_data(self):
        tickets = self._all_conversations()._personal_tickets()
        rows = [
            {
                "protocolo": ticket.protocol,
                "chamado": ticket.glpi_number or "",
                "titulo": ticket.title,
                "descricao": ticket.description or "",
                "categoria": ticket.category_id.display_name or "",
                "local": ticket.location_id.display_name or "",
                "solicitante": ticket.requester_name or "",
                "email": ticket.requester_email or "",
                "telefone": ticket.requester_phone or "",
                "respostas": [followup.content or "" for followup in ticket.followup_ids],
            }
            for ticket in tickets
        ]
        return super()._personal_data() | {"chamados": {"title": "Chamados no GLPI", "rows": rows}}


class PersonalData(models.AbstractModel):
    """Other places of a person's name."""

    _inherit = "contact_center.personal.data"

    @api.model
    def _personal_tables(self):
        return (*super()._personal_tables(), "glpi_ticket", "glpi_followup", "glpi_document")
