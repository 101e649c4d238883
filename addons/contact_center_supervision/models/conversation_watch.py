# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.contact_center.core import lifecycle
from odoo.addons.contact_center.tools import plain_words

# Who began to watch goes on without giving the reason again for so many hours.
WATCH_HOURS = 8
# Messages that a panel begins with, and gets at once later.
MESSAGES = 60
REASON_LENGTH = 200


class Conversation(models.Model):
    """Following a conversation without taking part.

    It takes a reason, and is written into the ledger and the log.
    """

    _inherit = "contact_center.conversation"

    @api.model
    def get_watch_reasons(self):
        """Return why leaders watch, in the order in which it is offered: [[code, words]]."""
        _ = self.env._
        return [
            ["novice", _("Support of a new agent")],
            ["guidance", _("Guidance during the service")],
            ["quality", _("Quality of the service")],
            ["complaint", _("Complaint or request of the citizen")],
            ["audit", _("Audit of the contract")],
        ]

    def action_watch(self, reason=""):
        """Begin to follow a conversation: neither citizen nor agent notices.

        That it is watched, by whom and why, is an event, and a line of the access log.

        :param reason: a code of `get_watch_reasons`, or words
        :return: True
        """
        self.ensure_one()
        self.check_access("read")
        self.env.user._led_queues()
        if self.agent_id == self.env.user:
            return True
        words = dict(self.get_watch_reasons()).get(reason) or (reason or "").strip()
        if not words:
            raise UserError(self.env._("Please say why you watch: it is recorded."))
        words = words[:REASON_LENGTH]
        self._log("watched", reason=words)
        self.env["contact_center.access.logged"]._note_access("watched", self, reason=words)
        return True

    def _check_watched(self):
        """Raise UserError unless the current user serves this, or began to watch it."""
        self.check_access("read")
        if self.agent_id == self.env.user:
            return
        since = fields.Datetime.now() - timedelta(hours=WATCH_HOURS)
        # sudo: contact_center.event - the user's own watching
        found = self.env["contact_center.event"].sudo()
        domain = Domain("conversation_id", "=", self.id) & Domain("user_id", "=", self.env.uid)
        domain &= Domain("kind", "in", ("watched", "joined")) & Domain("at", ">=", since)
        if not found.search_count(domain, limit=1):
            raise UserError(self.env._("Please say why you watch: it is recorded."))

    def get_watched(self, after=0):
        """Return what a watching leader reads, live, without joining the channel.

        :param after: id of the last message that the screen has
        :return: {"id", "state", "state_label", "queue", "agent", "agent_id", "partner", "protocol",
            "accepted_at", "channel_id", "joined", "rights": {...}, "messages": [{"id", "at",
            "side", "author", "text", "files"}]}; `side` is citizen, agent, bot or note
        """
        self.ensure_one()
        self._check_watched()
        labels = self.agent_id._contact_center_labels()
        states = dict(self._fields["state"]._description_selection(self.env))
        # sudo: res.partner - the citizen of a conversation that the user may read
        partner = self.sudo().partner_id
        return {
            "id": self.id,
            "protocol": self.protocol,
            "state": self.state,
            "state_label": states[self.state],
            "queue": self.queue_id.name or "",
            "agent_id": self.agent_id.id,
            "agent": labels.get(self.agent_id, ""),
            "partner": partner.name or "",
            "accepted_at": fields.Datetime.to_string(self.accepted_at) or False,
            "channel_id": self.discuss_channel_id.id,
            "joined": self.env.uid in (self.joined or []),
            "rights": self._watch_rights(),
            "messages": self._watched_messages(after),
        }

    def _watch_rights(self):
        """Return which buttons a watching leader is offered: {"whisper", "join", ...: bool}."""
        leads = self.env.user.has_group("contact_center.group_supervisor")
        served = self.state == lifecycle.IN_SERVICE
        other = served and self.agent_id != self.env.user
        return {
            "whisper": leads and other,
            "join": leads and other,
            "intercept": other and self._may_take_over(),
            "transfer": leads and self.state in (lifecycle.IN_SERVICE, lifecycle.QUEUED),
            "open": leads or self.agent_id == self.env.user,
        }

    def _watched_messages(self, after):
        """Return the messages after one, oldest first; with the team's notes."""
        comment, note = self.env.ref("mail.mt_comment"), self.env.ref("mail.mt_note")
        # sudo: mail.message - the messages of a conversation that the user may read
        messages = self.env["mail.message"].sudo()
        domain = Domain("model", "=", "discuss.channel")
        domain &= Domain("res_id", "=", self.sudo().discuss_channel_id.id)
        domain &= Domain("message_type", "not in", ("notification", "user_notification"))
        domain &= Domain("subtype_id", "in", (comment | note).ids)
        domain &= Domain("id", ">", after)
        found = messages.search(domain, order="id desc", limit=MESSAGES).sorted("id")
        users = found.author_id.user_ids
        labels = users.with_env(self.env)._contact_center_labels()
        told = [self._watched_message(message, note, labels) for message in found]
        if self.env.user._contact_center_sees_numbers():
            for one in told:
                one["text"] = self._with_numbers(one["text"])
        return told

    def _watched_message(self, message, note, labels):
        """Return one message for the panel.

        :param note: the subtype of internal notes
        :param labels: {res.users: under what the viewer sees them}
        """
        author = message.author_id
        user = author.user_ids[:1].with_env(self.env)
        side = "agent" if user else "bot"
        if author == self.sudo().partner_id:
            side = "citizen"
        if message.subtype_id == note:
            side = "note"
        return {
            "id": message.id,
            "at": fields.Datetime.to_string(message.date),
            "side": side,
            "author": labels.get(user) or author.name or "",
            "text": plain_words(message.body),
            "files": message.attachment_ids.mapped("name"),
        }
