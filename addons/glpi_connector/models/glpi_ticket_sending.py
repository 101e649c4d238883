# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class GlpiTicket(models.Model):
    """User actions on sending: now, again, or not at all."""

    _inherit = "glpi.ticket"

    can_push = fields.Boolean(compute="_compute_can_push")
    can_give_up = fields.Boolean(compute="_compute_can_push")
    give_up_reason = fields.Text(string="Why it was given up", readonly=True, copy=False)

    @api.depends("state", "error", "outbox_ids.state")
    def _compute_can_push(self):
        """Compute whether something failed, or is waiting for a later attempt."""
        for ticket in self:
            stuck = bool(ticket.error) or "failed" in ticket.outbox_ids.mapped("state")
            ticket.can_push = ticket.state == "failed" or (ticket.state != "given_up" and stuck)
            ticket.can_give_up = not ticket.glpi_id and ticket.state != "given_up"

    def _check_may_send(self):
        """Raise AccessError unless the current user may decide about sending this ticket."""
        for ticket in self:
            ticket.conversation_id.check_access("read")
            if not self.env.user.has_group("contact_center.group_technician"):
                raise AccessError(self.env._("Only technicians may do this with a ticket."))

    def action_push(self):
        """Send waiting entries now, and refused ones again (ticket, files, followups)."""
        self._check_may_send()
        # sudo: glpi.ticket, glpi.outbox - the conversation's agent may try again
        for ticket in self.sudo().filtered("can_push"):
            if ticket.state == "failed":
                ticket.state = "draft"
            ticket.write({"error": False, "tries": 0, "crashes": 0, "next_try_at": False})
            ticket.document_ids.filtered(lambda document: document.state == "failed").write(
                {"state": "pending", "error": False}
            )
            ticket.outbox_ids.filtered(lambda entry: entry.state == "failed")._again()
            ticket._enqueue_push()
        return True

    def action_give_up(self):
        """Ask why this ticket should no longer be sent."""
        self.ensure_one()
        self._check_may_send()
        return self.env["glpi.give.up"]._dialog(ticket_id=self.id)

    def _give_up(self, reason):
        """Stop sending the ticket and its entries; the agent is told, and it is recorded.

        If it may have arrived, the person reading the reason has to check: we stop asking.
        """
        self.ensure_one()
        self._check_may_send()
        # sudo: glpi.ticket - the right was checked
        ticket = self.sudo()
        if ticket.glpi_id:
            raise UserError(self.env._("This ticket is in GLPI already."))
        ticket.write(
            {
                "state": "given_up",
                "give_up_reason": reason,
                "due_at": False,
                "next_try_at": False,
            }
        )
        ticket.outbox_ids.filtered(lambda entry: entry.state in ("waiting", "failed")).write(
            {"state": "given_up", "reason": reason}
        )
        ticket.document_ids.filtered(lambda one: one.state == "pending").write(
            {"state": "failed", "error": reason}
        )
        ticket.conversation_id._log("ticket_failed", ticket=ticket.id, reason=reason, given_up=True)
        ticket._tell_agent(
            self.env._(
                "%(user)s gave up sending the ticket “%(title)s” to GLPI: %(reason)s",
                user=self.env.user.name,
                title=ticket.title,
                reason=reason,
            )
        )

    def _tell_agent(self, words):
        """Show `words` to the agent of the citizen's conversation, and record them as a note.

        If nobody is serving the conversation, only the ticket shows the text.
        """
        conversation = self.conversation_id
        if conversation.state not in ("in_service", "queued"):
            return
        note = conversation._post_note(words)
        if conversation.agent_id:
            conversation._call_attention(
                conversation.agent_id, "whisper", author=note.author_id.name or "", text=words
            )
