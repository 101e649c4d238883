# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..cloud_api.errors import TOO_LARGE

# How far a message of ours got; `failed` stands beside
RANK = {"queued": 0, "sending": 1, "unknown": 1, "sent": 2, "delivered": 3, "read": 4, "played": 5}
UNSETTLED = ("queued", "sending", "unknown")


class WhatsappMessage(models.Model):
    """One message of WhatsApp, in or out; those out and unsettled are the outbox.

    Written in the transaction that writes the mail.message: both are stored, or neither.
    Into the outbox: whatsapp_message_outbox.py; out of it: whatsapp_message_sending.py.
    """

    _name = "whatsapp.message"
    _inherit = [
        "contact_center.machine.row",
        "contact_center.background.work",
        "contact_center.access.logged",
    ]
    _description = "WhatsApp Message"
    _access_content = frozenset({"body", "payload", "marks", "identity_id"})
    _order = "id desc"
    _rec_name = "wamid"

    account_id = fields.Many2one(
        "whatsapp.account", required=True, readonly=True, ondelete="restrict"
    )
    identity_id = fields.Many2one(
        "whatsapp.identity", string="Citizen", readonly=True, index=True, ondelete="restrict"
    )
    conversation_id = fields.Many2one(
        "contact_center.conversation", readonly=True, index=True, ondelete="restrict"
    )
    mail_message_id = fields.Many2one(
        "mail.message",
        string="Message",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    body = fields.Html(related="mail_message_id.body", string="Text")
    direction = fields.Selection(
        [("in", "Received"), ("out", "Sent")], required=True, readonly=True
    )
    kind = fields.Char(string="Type at WhatsApp", readonly=True)
    kind_name = fields.Char(string="Type", compute="_compute_kind_name")
    wamid = fields.Char(string="ID at WhatsApp", readonly=True)
    opaque = fields.Char(
        string="Our ID", readonly=True, help="Comes back with every status of the message."
    )
    state = fields.Selection(
        [
            ("received", "Received"),
            ("queued", "Waiting"),
            ("sending", "Being sent"),
            ("unknown", "Unknown"),
            ("sent", "Sent"),
            ("delivered", "Delivered"),
            ("read", "Read"),
            ("played", "Played"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
    )
    status_at = fields.Datetime(string="Last status", readonly=True)
    error_code = fields.Char(readonly=True)
    error_detail = fields.Char(string="Meta's words", readonly=True)
    error_reason = fields.Char(compute="_compute_error_reason", string="Reason")
    payload = fields.Json(readonly=True)
    quoted_wamid = fields.Char(string="Answers", readonly=True)
    attachment_id = fields.Many2one("ir.attachment", readonly=True, ondelete="set null")
    tries = fields.Integer(string="Attempts", readonly=True)
    next_try_at = fields.Datetime(string="Next attempt", readonly=True)
    holds_until = fields.Datetime(
        string="Words after it wait until",
        readonly=True,
        help="A file takes longer at Meta than the words sent after it: these wait for the news "
        "that it went out, and at most until this time.",
    )
    queued_at = fields.Datetime(
        string="Sent again at", readonly=True, help="When somebody last asked to send it again."
    )
    merged_into_id = fields.Many2one(
        "whatsapp.message",
        string="Sent together with",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Several things that the bot said at once went out as one message.",
    )
    billable = fields.Boolean(readonly=True)
    category = fields.Char(string="Price category", readonly=True)
    media_id = fields.Char(string="File at WhatsApp", readonly=True)
    media_state = fields.Selection(
        [
            ("pending", "Being fetched"),
            ("held", "Left at WhatsApp"),
            ("done", "Fetched"),
            ("failed", "Failed"),
        ],
        string="File",
        readonly=True,
    )

    _wamid_unique = models.UniqueIndex("(account_id, wamid) WHERE wamid IS NOT NULL")
    _wamid_idx = models.Index("(wamid) WHERE direction = 'out' AND wamid IS NOT NULL")
    _opaque_unique = models.UniqueIndex("(opaque) WHERE opaque IS NOT NULL")
    _outbox_idx = models.Index(
        "(identity_id, id) WHERE direction = 'out' AND merged_into_id IS NULL "
        "AND state IN ('queued', 'sending', 'unknown')"
    )
    _failed_idx = models.Index("(account_id, id) WHERE state = 'failed'")
    _menu_error_idx = models.Index("(id) WHERE menu_error IS NOT NULL")
    _holds_idx = models.Index("(identity_id) WHERE holds_until IS NOT NULL")
    _media_idx = models.Index("(media_state, id) WHERE media_state IN ('pending', 'held')")
    _media_of_person_idx = models.Index("(identity_id, media_state) WHERE media_state IS NOT NULL")

    @api.depends("error_code", "error_detail", "account_id")
    @api.depends_context("lang")
    def _compute_error_reason(self):
        for message in self:
            message.error_reason = (
                message.account_id._reason(message.error_code, message.error_detail)
                if message.error_code
                else False
            )

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_kind_name(self):
        """Name the type in words; newer types keep Meta's name."""
        names = {
            "text": self.env._("Text"),
            "interactive": self.env._("Text with options"),
            "button": self.env._("Chosen option"),
            "image": self.env._("Image"),
            "video": self.env._("Video"),
            "audio": self.env._("Audio"),
            "voice": self.env._("Audio"),
            "document": self.env._("Document"),
            "sticker": self.env._("Sticker"),
            "location": self.env._("Location"),
            "contacts": self.env._("Contact"),
            "reaction": self.env._("Reaction"),
            "template": self.env._("Template"),
            "unsupported": self.env._("Not supported"),
        }
        for message in self:
            name = names.get(message.kind, message.kind)
            if message.kind == "interactive" and message.direction == "in":
                name = names["button"]
            message.kind_name = name

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    @api.model
    def _record_inbound(self, account, identity, conversation, stored, message):
        """Note a citizen's message (`cloud_api.messages.Message`), stored as `stored`."""
        return self._insert(
            [
                {
                    **self._record_values(account, identity, conversation, stored, message),
                    "direction": "in",
                    "state": "received",
                    "quoted_wamid": message.quoted or False,
                    "marks": self._marks_of(message),
                }
            ]
        )

    @api.model
    def _record_echo(self, account, identity, conversation, stored, message):
        """Note a message that somebody sent from the business's telephone."""
        marks = self._marks_of(message) or {}
        return self.create(
            {
                **self._record_values(account, identity, conversation, stored, message),
                "direction": "out",
                "state": "sent",
                "marks": {**marks, "from_phone": True},
            }
        )

    @api.model
    def _record_values(self, account, identity, conversation, stored, message):
        """Return the values common to both: person, conversation, and a file still to fetch."""
        media = message.media
        # Meta itself could not take it over: there is nothing to be fetched
        refused = bool(media) and message.error_code == TOO_LARGE
        fetch = bool(media and media.media_id and not refused)
        return {
            "account_id": account.id,
            "identity_id": identity.id,
            "conversation_id": conversation.id,
            "mail_message_id": stored.id,
            "kind": message.type,
            "wamid": message.id or False,
            "media_id": (media and media.media_id) or False,
            "media_state": "pending" if fetch else "failed" if refused else False,
            "error_code": TOO_LARGE if refused else False,
            "payload": {
                "kind": media.kind,
                "mimetype": media.mimetype,
                "sha256": media.sha256,
                "filename": media.filename,
                "caption": media.caption,
            }
            if media
            else None,
        }

    @api.model
    def _of_wamid(self, account, wamid):
        """Return the message with this id at WhatsApp, or an empty one."""
        if not wamid:
            return self.browse()
        return self.search([("account_id", "=", account.id), ("wamid", "=", wamid)], limit=1)

    @api.model
    def _said_in(self, mail_message):
        """Return the whatsapp.messages of a mail.message, in order, without reactions to it."""
        return self.search(
            [
                ("mail_message_id", "=", mail_message.id),
                ("wamid", "!=", False),
                ("kind", "!=", "reaction"),
            ],
            order="id",
        )

    # ------------------------------------------------------------
    # On the screen
    # ------------------------------------------------------------

    def _set_reaction(self, partner, emoji):
        """Show the partner's reaction to this message; an empty one takes theirs away."""
        # sudo: mail.message - written by the system for the citizen
        message = self.mail_message_id.sudo()
        for reaction in message.reaction_ids.filtered(lambda r: r.partner_id == partner):
            if reaction.content != emoji:
                message._react_by_system(reaction.content, "remove", partner)
        if emoji:
            message._react_by_system(emoji, "add", partner)

    def _ticks(self):
        """Return {mail.message id: {"state", "reason", "parts"}} for messages of ours.

        For a message sent in parts, the part that got least far counts, and failed parts are
        named. A reaction is visible by itself: only a failed one is told.
        """
        ticks = {}
        for message in self.sorted("id"):
            failed = message.state == "failed"
            if message.kind == "reaction" and not failed:
                continue
            state = message.state if failed else _shown(message.state)
            reason = message.error_reason or "" if failed else ""
            tick = ticks.setdefault(
                message.mail_message_id.id, {"state": state, "reason": reason, "parts": []}
            )
            if _progress(state) < _progress(tick["state"]):
                tick.update(state=state, reason=reason)
            if failed:
                tick["parts"].append(message._failed_part())
        return ticks

    def _failed_part(self):
        """Return the text about a failed part for the agent."""
        self.ensure_one()
        head = self.merged_into_id or self
        return {
            "id": head.id,
            # sudo: ir.attachment - its name, for readers of the message it belongs to
            "name": self.attachment_id.sudo().name or self.kind_name or "",
            "reason": self.error_reason or "",
            "again": bool(head.payload) and head._may_go_again(self.error_code),
        }


def _shown(state):
    """Return the state as the agent sees it: unsettled ones look the same."""
    return "queued" if state in UNSETTLED else state


def _progress(state):
    """Return the rank of a shown state; a failure comes before everything."""
    return -1 if state == "failed" else RANK[state]
