# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

# Grounds for erasing data: a decided request, the retention.
BASES = ("contact_center.privacy.request", "contact_center.privacy.retention")
ERASED_BODY = Markup("<p><em>[apagado]</em></p>")
# Event details with citizens' words, or error texts that repeat them.
PERSONAL_KEYS = ["title", "error", "text", "term", "name", "phone", "email"]


class Conversation(models.Model):
    """Erases the content of conversations, on a citizen's request or by retention.

    Both only on the basis of a request that is being carried out, or of a retention policy.
    Protocol, dates, queue, agent, disposition, rating and the kinds of the events stay.
    """

    _inherit = "contact_center.conversation"

    texts_erased_at = fields.Datetime(readonly=True, copy=False)
    media_erased_at = fields.Datetime(string="Files erased at", readonly=True, copy=False)

    _closed_idx = models.Index("(closed_at, id) WHERE state = 'closed'")

    def _check_erased_by(self, basis):
        """Raise AccessError unless `basis`, a request or a retention policy, may erase data."""
        if basis._name not in BASES or not basis._may_erase():
            raise AccessError(self.env._("Only a decided request or the retention erases data."))

    def _privacy_messages(self):
        """Return all messages of these conversations, notes and notices included."""
        # sudo: mail.message - the officer's work is independent of their own access
        return (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", "discuss.channel"),
                    ("res_id", "in", self.sudo().discuss_channel_id.ids),
                ],
                order="id",
            )
        )

    def _privacy_media(self):
        """Return all files of these conversations."""
        # sudo: ir.attachment - as above
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "discuss.channel"),
                    ("res_id", "in", self.sudo().discuss_channel_id.ids),
                ],
                order="id",
            )
        )

    def _privacy_erase_media(self, basis):
        """Delete the files.

        :param basis: why: a contact_center.privacy.request or .retention
        """
        self._check_erased_by(basis)
        self._privacy_media().unlink()
        # sudo: contact_center.conversation - internal bookkeeping, not writable by users
        self.sudo().write({"media_erased_at": fields.Datetime.now()})

    def _privacy_erase_texts(self, basis):
        """Erase what was said and learned, and what addons keep of it.

        :param basis: why: a contact_center.privacy.request or .retention
        """
        self._check_erased_by(basis)
        messages = self._privacy_messages()
        messages.write({"body": ERASED_BODY, "subject": False})
        # sudo: the officer's work is independent of their own access
        links = self.env["mail.message.link.preview"].sudo()
        links.search([("message_id", "in", messages.ids)]).unlink()
        self.env["mail.message.translation"].sudo().search(
            [("message_id", "in", messages.ids)]
        ).unlink()
        channels = self.sudo().discuss_channel_id
        for conversation in self.sudo():
            conversation.discuss_channel_id.write(
                {"name": conversation.protocol, "description": False}
            )
        self.env["rating.rating"].sudo().search(
            [("res_model", "=", "discuss.channel"), ("res_id", "in", channels.ids)]
        ).write({"feedback": False})
        self.sudo().write({"collected": False, "texts_erased_at": fields.Datetime.now()})
        self._privacy_erase_events()
        self._privacy_erase_notifications()
        self._erase_personal_texts()

    def _privacy_erase_events(self):
        """Remove free text from the events' details; the events themselves stay."""
        # In SQL: the ledger's own `write` must keep refusing everybody
        self.env["contact_center.event"].flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE contact_center_event SET data = data - %s::text[]"
                " WHERE conversation_id IN %s AND data ?| %s::text[]",
                PERSONAL_KEYS,
                tuple(self.ids) or (0,),
                PERSONAL_KEYS,
            )
        )
        self.env["contact_center.event"].invalidate_model(["data"])

    def _privacy_erase_notifications(self):
        """Delete pending bus notifications: they contain messages.

        Full ones, and the beginning of messages in lists of conversations (which name the
        protocol).
        """
        self.env["bus.bus"].flush_model()
        channels = self.sudo().discuss_channel_id
        names = [f'%"discuss.channel",{channel.id}%' for channel in channels]
        names += [f'%"discuss.channel", {channel.id}%' for channel in channels]
        protocols = [f"%{conversation.protocol}%" for conversation in self.sudo()]
        self.env.cr.execute(
            "DELETE FROM bus_bus WHERE channel LIKE ANY(%s) OR message LIKE ANY(%s)",
            [names, protocols],
        )
