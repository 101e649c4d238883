# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.tools import plain_words

from ..rest.text import html_to_text

# A longer followup is split: GLPI's column holds 64 KiB of encoded text.
PART_LENGTH = 12_000


class GlpiTicket(models.Model):
    """Actions on a ticket on Odoo's screens."""

    _inherit = "glpi.ticket"

    outbox_waiting = fields.Integer(compute="_compute_outbox_waiting", string="On its way")
    sent_until_message_id = fields.Integer(
        readonly=True, copy=False, aggregator=None, help="Last message of the transcript in GLPI."
    )

    def _compute_outbox_waiting(self):
        for ticket in self:
            waiting = ticket.outbox_ids.filtered(lambda entry: entry.state == "waiting")
            ticket.outbox_waiting = len(waiting)

    def action_write_followup(self):
        """Let the technician write a followup, public or private, with files."""
        return self._say_dialog(self.env._("Write to GLPI"))

    def action_change_status(self):
        """Let the technician change the status in GLPI."""
        return self._say_dialog(self.env._("Change the status in GLPI"), default_kind="status")

    def _say_dialog(self, name, **context):
        """Return the action that opens the dialog for this ticket."""
        self.ensure_one()
        self._check_may_send()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "glpi.ticket.say",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id, **context},
        }

    def action_send_conversation(self):
        """Send the conversation's new messages as a private followup."""
        self.ensure_one()
        self._check_may_send()
        messages = self.conversation_id._spoken_messages().filtered(
            lambda message: message.id > self.sent_until_message_id
        )
        lines = [line for line in map(self._transcript_line, messages) if line]
        if not lines:
            raise UserError(self.env._("Nothing new was said since it was sent last."))
        # sudo: glpi.ticket - the right was checked
        ticket = self.sudo()
        title = ticket._transcript_title()
        for part in _parts(lines):
            ticket._send_to_glpi("followup", part, private=True, author=title)
        ticket.sent_until_message_id = max(messages.ids)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The conversation is on its way to GLPI (private)."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _transcript_title(self):
        """Return the line above a transcript, in the language of GLPI's technicians."""
        env = self.with_context(lang=self.server_id.lang).env
        return env._("Conversation with protocol %s", self.protocol)

    def _transcript_line(self, message):
        """Return one message as a line: time, author, words and names of files."""
        at = self.conversation_id._local_time(message.date)
        # sudo: ir.attachment - names of files of a conversation that the user may read
        files = [f"📎 {name}" for name in message.sudo().attachment_ids.mapped("name")]
        words = " ".join(filter(None, [words_of(message.body), *files]))
        return f"[{at:%d/%m %H:%M}] {message.author_id.name or '-'}: {words}" if words else ""


def words_of(body):
    """Return a message's text for GLPI's technicians; a location keeps its map URL.

    :param body: HTML of a mail.message, or False
    """
    body = str(body or "")
    return html_to_text(body) if "openstreetmap.org/" in body else plain_words(body)


def _parts(lines):
    """Yield lines joined into texts of at most PART_LENGTH characters."""
    part = ""
    for line in lines:
        line = line[:PART_LENGTH]
        if part and len(part) + len(line) + 1 > PART_LENGTH:
            yield part
            part = ""
        part = f"{part}\n{line}" if part else line
    yield part
