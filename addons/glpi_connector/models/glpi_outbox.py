# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import secrets

from odoo import fields, models

from .. import rest
from ..rest import text
from ..rest.interface import STATUS_CLOSED, STATUS_SOLVED
from ..rest.narrow import narrow_text
from .glpi_ticket import MESSAGE_REF

# Kinds that appear on the ticket's timeline, where our marker can be searched for.
_MARKED = frozenset({"followup", "refuse"})


class GlpiOutbox(models.Model):
    """An entry that goes to GLPI after the ticket itself, in order.

    It is created in the transaction of its cause (the citizen wrote, the agent clicked), and sent
    by the server's pump. A waiting entry holds back later ones of its ticket; one that GLPI refused
    for good does not.
    """

    _name = "glpi.outbox"
    _inherit = [
        "contact_center.machine.row",
        "contact_center.background.work",
        "contact_center.access.logged",
    ]
    _description = "GLPI Outbox"
    _access_content = frozenset({"content"})
    _access_subject = "ticket_id.conversation_id"
    _order = "ticket_id desc, id"
    _rec_name = "kind"

    ticket_id = fields.Many2one(
        "glpi.ticket", required=True, readonly=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("followup", "Followup"),
            ("approve", "Solution accepted"),
            ("refuse", "Solution refused"),
            ("status", "New status"),
        ],
        required=True,
        readonly=True,
    )
    content = fields.Text(readonly=True, help="Plain text, as it was written.")
    private = fields.Boolean(readonly=True, help="Only GLPI's technicians read it.")
    status = fields.Char(readonly=True, help="GLPI's number of the status.")
    author = fields.Char(readonly=True)
    message_id = fields.Many2one(
        "mail.message", readonly=True, ondelete="set null", index="btree_not_null"
    )
    talk_id = fields.Many2one(
        "contact_center.conversation",
        string="Said in",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="Conversation in which the citizen wrote it for this ticket, and is told if it is "
        "refused.",
    )
    marker = fields.Char(
        required=True, readonly=True, copy=False, default=lambda self: f"CC-{secrets.token_hex(6)}"
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("sent", "In GLPI"),
            ("failed", "Refused"),
            ("given_up", "Given up"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    maybe_sent = fields.Boolean(readonly=True)
    tries = fields.Integer(readonly=True, aggregator=None)
    next_try_at = fields.Datetime(related="ticket_id.next_try_at", string="Next try")
    error = fields.Text(string="What went wrong", readonly=True)
    reason = fields.Text(string="Why it was given up", readonly=True)
    glpi_id = fields.Integer(string="Id in GLPI", readonly=True, aggregator=None)
    document_ids = fields.One2many("glpi.document", "outbox_id", readonly=True)

    _marker_unique = models.Constraint("UNIQUE(marker)", "The marker must be unique.")
    _waiting_idx = models.Index("(ticket_id, id) WHERE state = 'waiting'")

    # ------------------------------------------------------------ sending
    def _send(self, client):
        """Send this entry to GLPI, once. Raises rest.GlpiDown and rest.GlpiAuth."""
        self.ensure_one()
        again = self.maybe_sent
        glpi_id = self._read_back(client) if again else None
        if glpi_id is None:
            self.write({"maybe_sent": True, "tries": self.tries + 1})
            if again:
                self._expect_doubles()
            self._commit()
            try:
                glpi_id = self._carry_out(client)
            except rest.GlpiRefused as error:
                self._refused(error)
                return
            except rest.GlpiError as error:
                self.error = self.ticket_id.server_id._explain(error)
                raise
        self.write({"state": "sent", "glpi_id": glpi_id or False, "error": False})
        self._commit()
        if self.kind == "refuse" and self.talk_id:
            # only now is it true
            self.ticket_id._lock_conversation()
            self.ticket_id._tell("ticket_reopened")
            self._commit()

    def _read_back(self, client):
        """Return GLPI's id of this entry if it already has it; 0 if done without an id, or None."""
        ticket_id = self.ticket_id.glpi_id
        if self.kind in _MARKED:
            found = client.find_followups(ticket_id, self.marker)
            if len(found) > 1:
                self._expect_doubles()
            return found[0] if found else None
        status = client.read_ticket(ticket_id).status
        done = status == STATUS_CLOSED if self.kind == "approve" else str(status) == self.status
        return 0 if done else None

    def _carry_out(self, client):
        """Carry out this entry in GLPI; return the id of the result, or 0."""
        ticket_id = self.ticket_id.glpi_id
        if self.kind == "followup":
            if self.talk_id:
                self._check_takes(client)
            # On a pending ticket our own texts must not change the status: only the citizen's
            # messages are answers.
            return client.add_followup(
                ticket_id,
                self._html(),
                private=self.private,
                no_reopen=self.private,
            )
        if self.kind == "status":
            client.set_status(ticket_id, int(self.status))
            return 0
        status = client.read_ticket(ticket_id).status
        if status != STATUS_SOLVED:
            # somebody else has closed or reopened it in the meantime: their decision stands
            return self._too_late(client, status)
        if self.kind == "approve":
            return client.approve_solution(ticket_id, self._html()) or 0
        return client.refuse_solution(ticket_id, self._html()) or 0

    def _check_takes(self, client):
        """Read the ticket again: nobody reads additions to a closed one.

        GLPI accepts followups on a closed ticket from some profiles and refuses them from others.
        """
        news = client.read_ticket(self.ticket_id.glpi_id)
        if news.status == STATUS_CLOSED or news.deleted:
            raise rest.GlpiRefused("closed")

    def _too_late(self, client, status):
        """Keep the citizen's message as a followup: others have settled the solution."""
        if self.kind == "refuse" and status != STATUS_CLOSED:
            return client.add_followup(self.ticket_id.glpi_id, self._html())
        if self.kind == "refuse":
            raise rest.GlpiRefused("closed")
        return 0

    def _html(self):
        """Return the text for GLPI's technicians."""
        words = self.content or ""
        if self.author:
            words = f"{self.author}:\n{words}" if words else self.author
        html = text.followup(words, self.marker)
        # an emoji crashes GLPI if its database driver raises: retry without it
        return narrow_text(html) if self.ticket_id.crashes else html

    def _refused(self, error):
        """Record GLPI's refusal: the others continue, and the agent is told."""
        ticket = self.ticket_id
        words = ticket.server_id._explain(error)
        self.write({"state": "failed", "error": words})
        ticket._tell_agent(
            self.with_context(lang=ticket.server_id.lang).env._(
                "GLPI did not take this for ticket No. %(number)s: %(what)s. %(reason)s",
                number=ticket.glpi_id,
                what=(self.content or self._kind_words())[:200],
                reason=words,
            )
        )
        if self.talk_id and error.kind in ("closed", "not_found"):
            ticket._tell_undelivered(self)
        self._commit()

    def _kind_words(self):
        """Return the kind in the reader's language."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return labels[self.kind]

    # ------------------------------------------------------------ people
    def _again(self):
        """Queue refused entries for another attempt."""
        self.write({"state": "waiting", "error": False, "tries": 0})

    def action_send_now(self):
        """Send now, or again."""
        self.ticket_id._check_may_send()
        # sudo: glpi.outbox - the conversation's agent may try again
        entries = self.sudo().filtered(lambda entry: entry.state in ("waiting", "failed"))
        entries._again()
        entries.ticket_id._enqueue_push()
        return True

    def action_give_up(self):
        """Ask why this should no longer be sent."""
        self.ensure_one()
        self.ticket_id._check_may_send()
        return self.env["glpi.give.up"]._dialog(outbox_id=self.id)

    def _give_up(self, reason):
        """Stop sending this entry; the agent is told, and it is recorded."""
        self.ensure_one()
        self.ticket_id._check_may_send()
        # sudo: glpi.outbox - the right was checked
        entry = self.sudo()
        if entry.state not in ("waiting", "failed"):
            return
        entry.write({"state": "given_up", "reason": reason})
        ticket = entry.ticket_id
        ticket.conversation_id._log("note", note="glpi_given_up", ticket=ticket.id, reason=reason)
        ticket._tell_agent(
            self.env._(
                "%(user)s gave up sending this to ticket No. %(number)s: %(what)s. %(reason)s",
                user=self.env.user.name,
                number=ticket.glpi_number or ticket.protocol,
                what=(entry.content or entry._kind_words())[:200],
                reason=reason,
            )
        )


class GlpiTicket(models.Model):
    """Messages about a ticket on their way to GLPI."""

    _inherit = "glpi.ticket"

    outbox_ids = fields.One2many("glpi.outbox", "ticket_id", readonly=True)

    def _send_to_glpi(
        self,
        kind,
        content="",
        message=None,
        conversation=None,
        with_files=False,
        attachments=None,
        **values,
    ):
        """Put an entry for this ticket into the outbox, in the current transaction.

        :param kind: followup, approve, refuse or status
        :param content: plain text
        :param message: mail.message, said in `conversation`, that this is
        :param with_files: attach the message's files, even if they are still to come
        :param attachments: ir.attachment records to attach
        :param values: private, status, author
        :return: the glpi.outbox entry
        """
        self.ensure_one()
        # sudo: glpi.outbox, glpi.document - written by the system for the author
        ticket = self.sudo()
        entry = ticket.env["glpi.outbox"].create(
            {
                "ticket_id": ticket.id,
                "kind": kind,
                "content": text.clean(content),
                "message_id": message.id if message else False,
                **values,
            }
        )
        if message and with_files:
            ticket._add_documents(
                [f"{MESSAGE_REF}{message.id}"], None, outbox=entry, conversation=conversation
            )
        if attachments:
            ticket._add_documents((), attachments, outbox=entry)
        ticket.server_id._pump_soon()
        return entry

    def _push_outbox(self, client):
        """Send waiting entries in order. Raises rest.GlpiDown and rest.GlpiAuth."""
        entries = self.env["glpi.outbox"].search(
            [("ticket_id", "=", self.id), ("state", "=", "waiting")], order="id"
        )
        for entry in entries:
            entry._send(client)
