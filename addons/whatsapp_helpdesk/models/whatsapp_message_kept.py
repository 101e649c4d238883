# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import plaintext2html

from ..cloud_api import payloads

# How many earlier messages are shown above a conversation
SHOWN = 20
# Older messages of the telephone are of no use to an agent
RECENT = timedelta(days=30)


class WhatsappMessage(models.Model):
    """Messages on the city's telephone while no conversation was open here.

    It opens none, wakes no bot and renews no window. The next conversation with the citizen
    begins with it; until then, and if there is none, it is kept as long as what Meta delivers.
    """

    _inherit = "whatsapp.message"

    kept_body = fields.Html(string="Said outside of conversations", readonly=True)
    said_at = fields.Datetime(readonly=True, help="Meta's time, of messages that were kept.")

    _kept_idx = models.Index("(identity_id, said_at) WHERE kept_body IS NOT NULL")

    @api.model
    def _keep(self, account, identity, message, body, ours, at):
        """Keep a message without a conversation, and fetch its file at once.

        :param message: `cloud_api.messages.Message`
        :param ours: the city's side said it
        :param at: when (naive UTC)
        :return: the record
        """
        conversation = self.env["contact_center.conversation"]
        stored = self.env["mail.message"]
        marks = self._marks_of(message) or {}
        record = self.create(
            {
                **self._record_values(account, identity, conversation, stored, message),
                "direction": "out" if ours else "in",
                "state": "sent" if ours else "received",
                "marks": {**marks, "from_phone": True} if ours else marks or None,
                "quoted_wamid": message.quoted or False,
                "kept_body": body,
                "said_at": at or fields.Datetime.now(),
            }
        )
        record._fetch_pending()
        return record

    def _complete(self, message, body):
        """Fill in the file of a message of the history that was only announced.

        :param message: `cloud_api.messages.Message`, with the file
        """
        self.ensure_one()
        nothing = self.env["contact_center.conversation"]
        values = self._record_values(
            self.account_id, self.identity_id, nothing, self.mail_message_id, message
        )
        names = ("kind", "media_id", "media_state", "payload", "error_code")
        self.write({name: values[name] for name in names} | {"kept_body": body})
        self._fetch_pending()

    @api.model
    def _begin_with_kept(self, conversation):
        """Begin a conversation with the telephone's messages since the last one."""
        identity = conversation.whatsapp_identity_id
        since = fields.Datetime.now() - RECENT
        kept = self.search(
            [
                ("identity_id", "=", identity.id),
                ("account_id", "=", conversation.whatsapp_account_id.id),
                ("kept_body", "!=", False),
                ("conversation_id", "=", False),
                ("said_at", ">=", since),
            ],
            order="said_at desc, id desc",
            limit=SHOWN,
        )
        if not kept:
            return
        last = self.env["contact_center.conversation"].search(
            [
                ("whatsapp_identity_id", "=", identity.id),
                ("whatsapp_account_id", "=", conversation.whatsapp_account_id.id),
                ("id", "!=", conversation.id),
            ],
            order="id desc",
            limit=1,
        )
        kept = kept.filtered(lambda message: message.said_at >= (last.opened_at or since))
        for message in kept.sorted(lambda message: (message.said_at, message.id)):
            message._show_kept(conversation)

    def _show_kept(self, conversation):
        """Show a kept message in a conversation, at the time when it was said."""
        author = self.identity_id.partner_id
        if self.direction == "out":
            by_phone = (self.marks or {}).get("from_phone")
            author = self._phone_app() if by_phone else conversation._bot_partner()
        stored = conversation._store_message(author, self.kept_body, self.attachment_id)
        # sudo: mail.message - written by the system, with the time at which it was said
        stored.sudo().date = self.said_at
        self.write(
            {
                "conversation_id": conversation.id,
                "mail_message_id": stored.id,
                "kept_body": False,
            }
        )

    @api.model
    def _answer_kept(self, account, identity, text, quiet):
        """Answer a message kept without a conversation, but only once in a while.

        :param text: the answer
        :param quiet: how long nothing more is answered (timedelta)
        """
        since = fields.Datetime.now() - quiet
        answered = [
            ("identity_id", "=", identity.id),
            ("account_id", "=", account.id),
            ("direction", "=", "out"),
            ("kept_body", "!=", False),
            ("said_at", ">=", since),
        ]
        if not text or self.search_count(answered, limit=1):
            return
        payload = payloads.text(text)
        self._queue(
            [
                {
                    "account_id": account.id,
                    "identity_id": identity.id,
                    "direction": "out",
                    "state": "queued",
                    "kind": payload["type"],
                    "payload": payload,
                    "opaque": uuid.uuid4().hex,
                    "kept_body": plaintext2html(text),
                    "said_at": fields.Datetime.now(),
                }
            ]
        )._send_soon()

    @api.model
    def _phone_app(self):
        """Return the partner in whose name Discuss shows messages of the city's telephone."""
        return self.env["res.partner"].browse(
            self.env["ir.model.data"]._xmlid_to_res_id("whatsapp_helpdesk.partner_phone_app")
        )

    @api.autovacuum
    def _gc_kept(self):
        """Delete kept messages that no conversation began with, as old as deleted raw data."""
        days = min(
            self.env["whatsapp.account"].search([]).mapped("event_retention_days"), default=90
        )
        limit = fields.Datetime.now() - timedelta(days=days)
        kept = self.search(
            [
                ("kept_body", "!=", False),
                ("conversation_id", "=", False),
                ("create_date", "<", limit),
            ],
            limit=10_000,
        )
        # sudo: ir.attachment - files of the deleted messages
        kept.attachment_id.sudo().unlink()
        kept.unlink()


class Conversation(models.Model):
    """Conversations begin with the telephone's messages just before them."""

    _inherit = "contact_center.conversation"

    @api.model
    def _open(self, partner, channel_kind, queue=None, **vals):
        conversation = super()._open(partner, channel_kind, queue=queue, **vals)
        if conversation.sudo().whatsapp_identity_id:
            # sudo: whatsapp.message - agents may not see what no conversation has
            conversation.env["whatsapp.message"].sudo()._begin_with_kept(conversation.sudo())
        return conversation
