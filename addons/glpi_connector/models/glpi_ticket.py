# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..rest import text

MESSAGE_REF = "message:"


class GlpiTicket(models.Model):
    """A citizen's ticket: created here first, then pushed (see glpi_ticket_push.py)."""

    _name = "glpi.ticket"
    _inherit = [
        "contact_center.machine.row",
        "contact_center.background.work",
        "contact_center.access.logged",
    ]
    _description = "GLPI Ticket"
    _access_content = frozenset(
        {
            "title",
            "display_name",
            "description",
            "requester_name",
            "requester_email",
            "requester_phone",
            "partner_id",
        }
    )
    _order = "id desc"
    _rec_names_search = ["title", "conversation_id.protocol", "glpi_number"]

    conversation_id = fields.Many2one(
        "contact_center.conversation",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    protocol = fields.Char(related="conversation_id.protocol", string="Protocol number")
    partner_id = fields.Many2one(related="conversation_id.partner_id", string="Citizen")
    server_id = fields.Many2one(
        "glpi.server", string="GLPI", required=True, readonly=True, ondelete="restrict"
    )
    glpi_id = fields.Integer(string="Ticket number", readonly=True, copy=False, aggregator=None)
    glpi_number = fields.Char(compute="_compute_glpi_number", store=True, string="Number")
    url = fields.Char(compute="_compute_url", string="Open in GLPI")
    marker = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: f"CC-{secrets.token_hex(6)}",
        help="Stands in the ticket's description; looked for in GLPI before any second try.",
    )
    title = fields.Char(required=True)
    description = fields.Text()
    category_id = fields.Many2one("glpi.category", ondelete="restrict")
    location_id = fields.Many2one("glpi.location", ondelete="restrict")
    urgency = fields.Selection(
        [("1", "Very low"), ("2", "Low"), ("3", "Medium"), ("4", "High"), ("5", "Very high")],
        help="Empty: GLPI's default.",
    )
    ticket_type = fields.Selection(
        [("1", "Incident"), ("2", "Request")], string="Type", required=True, default="1"
    )
    requester_name = fields.Char()
    requester_email = fields.Char(string="Requester's e-mail")
    requester_phone = fields.Char(string="Requester's phone")
    glpi_requester_id = fields.Integer(
        string="Requester (GLPI id)", readonly=True, copy=False, aggregator=None
    )
    state = fields.Selection(
        [
            ("draft", "Registered"),
            ("pushing", "Being sent"),
            ("open", "Opened"),
            ("failed", "Refused"),
            ("given_up", "Given up"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        group_expand=True,
    )
    glpi_status = fields.Selection(
        [
            ("1", "New"),
            ("2", "Processing (assigned)"),
            ("3", "Processing (planned)"),
            ("4", "Pending"),
            ("5", "Solved"),
            ("6", "Closed"),
        ],
        string="Status in GLPI",
        readonly=True,
        copy=False,
    )
    date_mod = fields.Char(
        string="Last change in GLPI", readonly=True, copy=False, help="GLPI's own local time."
    )
    opened_at = fields.Datetime(string="Opened in GLPI at", readonly=True, copy=False)
    announced = fields.Boolean(string="Citizen was told the number", readonly=True, copy=False)
    maybe_sent = fields.Boolean(
        readonly=True, copy=False, help="A creation was tried: look for the marker before another."
    )
    tries = fields.Integer(readonly=True, copy=False, aggregator=None)
    crashes = fields.Integer(readonly=True, copy=False, aggregator=None)
    next_try_at = fields.Datetime(string="Next try", readonly=True, copy=False)
    due_at = fields.Datetime(
        readonly=True, copy=False, help="When there is something to send to GLPI; empty: nothing."
    )
    error = fields.Text(string="What went wrong", readonly=True, copy=False)
    notice = fields.Text(string="Notes", readonly=True, copy=False)
    document_ids = fields.One2many("glpi.document", "ticket_id")
    followup_ids = fields.One2many("glpi.followup", "ticket_id")

    _marker_unique = models.Constraint("UNIQUE(marker)", "The marker of a ticket must be unique.")
    _glpi_unique = models.UniqueIndex(
        # several of ours may have been merged into one in GLPI
        "(server_id, glpi_id) WHERE glpi_id IS NOT NULL AND glpi_id != 0 AND merged_from IS NULL",
        "This ticket of this GLPI is already here.",
    )
    _waiting_idx = models.Index("(server_id, state) WHERE state IN ('draft', 'pushing')")
    _due_idx = models.Index("(server_id, due_at) WHERE due_at IS NOT NULL")
    _watched_idx = models.Index("(server_id, glpi_id) WHERE state = 'open'")

    @api.depends("glpi_id")
    def _compute_glpi_number(self):
        for ticket in self:
            ticket.glpi_number = str(ticket.glpi_id) if ticket.glpi_id else False

    @api.depends("glpi_id", "title", "conversation_id")
    def _compute_display_name(self):
        for ticket in self:
            number = self.env._("No. %s", ticket.glpi_id) if ticket.glpi_id else ticket.protocol
            ticket.display_name = f"{number} · {ticket.title}"

    @api.depends("glpi_id", "server_id.url")
    def _compute_url(self):
        for ticket in self:
            # sudo: glpi.server - technicians may know the URL of GLPI's pages
            base = ticket.sudo().server_id._base_url() if ticket.glpi_id else ""
            ticket.url = f"{base}/front/ticket.form.php?id={ticket.glpi_id}" if base else False

    # ------------------------------------------------------------ desk
    def _panel_row(self, readable):
        """Return the data for the side panel; `readable`: the user may open the ticket here."""
        labels = self.fields_get(["glpi_status", "state"], ["selection"])

        def label(name):
            return dict(labels[name]["selection"]).get(self[name], "")

        return {
            "id": self.id,
            "number": self.glpi_number or "",
            "protocol": self.protocol,
            "title": self.title,
            "state": self.state,
            "status": label("glpi_status") or label("state"),
            "url": self.url or "",
            "readable": readable,
            "last": self._panel_last() if readable else {},
        }

    def _panel_last(self):
        """Return the technicians' last entry, including private ones: only agents see it."""
        entry = self.followup_ids.filtered(lambda one: one.content and not one.gone).sorted("id")
        entry = entry[-1:]
        if not entry:
            return {}
        words = " ".join(entry.content.split())
        return {
            "author": entry.author or "",
            "private": entry.private,
            "text": words if len(words) <= 200 else f"{words[:199]}…",
        }

    # ------------------------------------------------------------ registering
    @api.model
    def _open_for(self, conversation, title, media_refs=(), attachments=None, **values):
        """Create a ticket for `conversation` in the current transaction; it is sent afterwards.

        :param title: plain text, cut only on its way to GLPI
        :param media_refs: "message:<id>" of messages whose files (also later ones) go along
        :param attachments: ir.attachment records that go along
        :param values: description, category_id, location_id, urgency, ticket_type, requester_name,
            requester_email, requester_phone, server_id
        :return: the ticket
        :raise UserError: no GLPI is set up
        """
        server = self._server_for(values, conversation)
        values = {
            name: text.clean(value) if isinstance(value, str) else value
            for name, value in values.items()
        }
        for name in ("category_id", "location_id"):
            record = self[name].browse(values.get(name) or [])
            # records of another GLPI are meaningless there
            values[name] = record.id if record.exists().server_id == server else False
        # sudo: glpi.ticket - the system creates tickets, for the agent or for the bot
        ticket = self.sudo().create(
            {
                **values,
                "conversation_id": conversation.id,
                "server_id": server.id,
                "title": " ".join(text.clean(title).split()) or self.env._("Service desk request"),
            }
        )
        ticket._add_documents(media_refs, attachments)
        conversation._log("ticket_requested", ticket=ticket.id, title=ticket.title)
        conversation._bus_refresh(panel=True)
        ticket._enqueue_push()
        return ticket

    @api.model
    def _server_for(self, values, conversation):
        """Return the GLPI of a new ticket.

        The one given, that of its category or place, the queue's, or the first one of the
        conversation's company.
        """
        # sudo: glpi.server, glpi.category, glpi.location - no user needs access to them for this
        server = self.env["glpi.server"].sudo().browse(values.pop("server_id", None) or []).exists()
        for name in ("category_id", "location_id"):
            server = server or self[name].sudo().browse(values.get(name) or []).exists().server_id
        server = server.filtered("active") or conversation.sudo().queue_id.glpi_server_id
        server = server.filtered("active") or server._first_of(conversation.sudo().company_id)
        if not server:
            raise UserError(self.env._("No GLPI is set up: tickets cannot be opened."))
        return server

    def _add_documents(self, media_refs, attachments, outbox=None, conversation=None):
        """Record the files of the ticket, or of an entry of its outbox.

        :param conversation: in which the messages were said; the ticket's own by default
        """
        self.ensure_one()
        ids = [
            int(ref.removeprefix(MESSAGE_REF))
            for ref in dict.fromkeys(media_refs)
            if ref.startswith(MESSAGE_REF) and ref.removeprefix(MESSAGE_REF).isdecimal()
        ]
        # sudo: mail.message - only messages of this conversation are taken
        messages = (
            self.env["mail.message"]
            .sudo()
            .search(
                Domain("id", "in", ids) & (conversation or self.conversation_id)._said_domain(),
                order="id",
            )
        )
        holder = {"ticket_id": self.id, "outbox_id": outbox.id if outbox else False}
        values = [{**holder, "message_id": message.id} for message in messages]
        values += [
            {**holder, "attachment_id": attachment.id}
            for attachment in attachments or ()
            if not messages.browse()._holds_contact_center_note(attachment.ids)
        ]
        # sudo: glpi.document - part of the ticket being created
        self.env["glpi.document"].sudo().create(values)

    # ------------------------------------------------------------ buttons
    def action_open_in_glpi(self):
        """Open the ticket's page in GLPI in another tab."""
        self.ensure_one()
        if not self.url:
            raise UserError(self.env._("This ticket is not yet in GLPI."))
        return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}

    def action_open_conversation(self):
        """Open the conversation from which the ticket came."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "contact_center.conversation",
            "res_id": self.conversation_id.id,
            "views": [(False, "form")],
        }
