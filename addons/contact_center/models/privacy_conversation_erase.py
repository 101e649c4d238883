from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .privacy_access_log import PRIVACY_WORK

ERASED_BODY = Markup("<p><em>[apagado]</em></p>")
# What citizens wrote, or what an error repeats of it, in the details of events.
PERSONAL_KEYS = ["title", "error", "text", "term", "name", "phone", "email"]


class Conversation(models.Model):
    """Erasing what was said, for a citizen's request and for the retention.

    Both only with the unforgeable mark `PRIVACY_WORK` in the context. Protocol, dates, queue,
    agent, tabulation, rating and the kinds of the events stay.
    """

    _inherit = "contact_center.conversation"

    texts_erased_at = fields.Datetime(readonly=True, copy=False)
    media_erased_at = fields.Datetime(string="Files erased at", readonly=True, copy=False)

    _closed_idx = models.Index("(closed_at, id) WHERE state = 'closed'")

    def _check_privacy_work(self):
        """Refuse whoever is neither the erasure nor the retention."""
        if self.env.context.get("contact_center_privacy") is not PRIVACY_WORK:
            raise AccessError(self.env._("Only a decided request or the retention erases data."))

    def _privacy_messages(self):
        """All messages of these conversations, notes and notices included."""
        # sudo: mail.message - the officer's work does not depend on what they may read
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
        """All files of these conversations."""
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

    def _privacy_erase_media(self):
        """Delete the files (hook: further copies of them)."""
        self._check_privacy_work()
        self._privacy_media().unlink()
        # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
        self.sudo().write({"media_erased_at": fields.Datetime.now()})

    def _privacy_erase_texts(self):
        """Erase what was said and learned (hook: what other models keep of it)."""
        self._check_privacy_work()
        messages = self._privacy_messages()
        messages.write({"body": ERASED_BODY, "subject": False})
        # sudo: the officer's work does not depend on what they may read
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

    def _privacy_erase_events(self):
        """Take free texts out of the events' details; the events themselves stay."""
        # In SQL: the ledger's own `write` refuses everybody, and shall go on doing so
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
        """Forget what is still on its way to screens: messages go over the bus in full, and the
        lists of conversations (which name the protocol) show their beginning."""
        self.env["bus.bus"].flush_model()
        channels = self.sudo().discuss_channel_id
        names = [f'%"discuss.channel",{channel.id}%' for channel in channels]
        names += [f'%"discuss.channel", {channel.id}%' for channel in channels]
        protocols = [f"%{conversation.protocol}%" for conversation in self.sudo()]
        self.env.cr.execute(
            "DELETE FROM bus_bus WHERE channel LIKE ANY(%s) OR message LIKE ANY(%s)",
            [names, protocols],
        )
