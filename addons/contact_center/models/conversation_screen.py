# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from textwrap import shorten

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.mail.tools.discuss import Store

from ..core import lifecycle
from ..tools import plain_words

BUS_TYPE = "contact_center/conversation"
# Maximum number of rows on a screen.
SCREEN_LIMIT = 200
# Number of characters of the last message shown in the lists.
PREVIEW_LENGTH = 90


class Conversation(models.Model):
    """Data for screens: bus payloads, Discuss data, transcript."""

    _inherit = "contact_center.conversation"

    collected_html = fields.Html(
        string="Collected data", compute="_compute_collected_html", sanitize=False
    )
    transcript = fields.Html(compute="_compute_transcript", sanitize=False)

    # ------------------------------------------------------------
    # Live updates
    # ------------------------------------------------------------

    def _bus_payload(self):
        """Return this conversation's row in the lists of waiting and own conversations.

        Called for every message: it only reads data that is already loaded.
        """
        self.ensure_one()
        # sudo: contact_center.conversation - sent only to the queue's agents
        conversation = self.sudo()
        return {
            "id": conversation.id,
            "protocol": conversation.protocol,
            "state": conversation.state,
            "queue_id": conversation.queue_id.id,
            "queue": conversation.queue_id.name or "",
            "goal_seconds": conversation.queue_id._goal_seconds(conversation.channel_kind),
            "agent_id": conversation.agent_id.id,
            "agent": conversation.agent_id.name or "",
            "partner": conversation.partner_id.name or "",
            "channel_id": conversation.discuss_channel_id.id,
            "queued_at": fields.Datetime.to_string(conversation.queued_at) or False,
            "returned_at": fields.Datetime.to_string(conversation.returned_at) or False,
            "priority": int(conversation.priority),
            "skill_id": conversation.skill_id.id,
            "skill": conversation.skill_id.name or "",
            "last_inbound_at": fields.Datetime.to_string(conversation.last_inbound_at) or False,
            "unread": conversation.unread_count,
            "elsewhere": False,
            "window_until": fields.Datetime.to_string(conversation._window_until()) or False,
            "never_wrote": conversation._never_wrote(),
        }

    def _window_until(self):
        """Return until when free text may be sent to the citizen (hook).

        :return: naive UTC datetime, possibly in the past; None if the channel has no window
        """
        return

    def _never_wrote(self):
        """Return whether the channel waits for the citizen's first message (hook)."""
        return False

    def _citizen_address(self):
        """Return how the citizen is known on the channel (hook).

        {"number", "username"} in readable form, "" where missing.
        """
        self.ensure_one()
        # sudo: contact_center.conversation - anyone who reads the conversation may read this
        return {"number": self.sudo().partner_id.phone or "", "username": ""}

    def _proved_number(self):
        """Return the number the citizen really writes from, with a "+" (hook).

        "" if the channel does not prove one: the contact's number may only have been typed.
        """
        return ""

    def _previews(self):
        """Return the payload of the last message by citizen or agent: {conversation: payload}.

        One query for any number of conversations; the assistant's messages are ignored.
        """
        # sudo: mail.message - the callers may see these conversations
        messages = self.env["mail.message"].sudo()
        channels = self.sudo().discuss_channel_id
        comment_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        newest = messages._read_group(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "in", channels.ids),
                ("message_type", "=", "comment"),
                ("subtype_id", "=", comment_id),
                ("author_id", "!=", self._bot_partner().id),
            ],
            ["res_id"],
            ["id:max"],
        )
        last = {res_id: messages.browse(message_id) for res_id, message_id in newest}
        messages.browse(message.id for message in last.values()).fetch(["body", "author_id"])
        return {
            conversation: conversation._preview(
                last.get(conversation.sudo().discuss_channel_id.id, messages)
            )
            for conversation in self
        }

    def _preview(self, message):
        """Return a message's data for the lists: its first words, and whether it is the citizen's.

        :param message: mail.message, may be empty
        """
        # sudo: mail.message, contact_center.conversation - as in `_bus_payload`
        message = message.sudo()
        text = " ".join(plain_words(message.body).split())
        if message and not text:
            text = "📎 " + ", ".join(message.attachment_ids.mapped("name"))
        return {
            "preview": shorten(text, PREVIEW_LENGTH, placeholder="…") if text else "",
            "preview_own": message.author_id != self.sudo().partner_id,
        }

    def _bus_payload_left(self):
        """Return what a queue learns of a conversation that left its waiting list.

        Who has it now, and nothing about the citizen.
        """
        self.ensure_one()
        return {
            "id": self.id,
            "state": self.state,
            "queue_id": self.queue_id.id,
            "agent_id": self.agent_id.id,
            "agent": self.agent_id.name or "",
            "channel_id": self.discuss_channel_id.id,
        }

    def _bus_update(self, also=None):
        """Tell the screens that the conversation's state, queue or agent changed.

        The queue's members get all data of a waiting conversation; about one that left their list
        (or the list of the queue `also`, where it was before) they learn only that. Sent after the
        commit. A conversation that never reached people, or was returned to the bot, is on no
        screen.
        """
        self.ensure_one()
        # sudo: contact_center.conversation - only data that the recipients may see is sent
        conversation = self.sudo()
        if not conversation.queued_at and not also:
            return
        queue = conversation.queue_id
        left = conversation._bus_payload_left()
        if also:
            # Before the others: a supervisor listens to both queues, and the last message wins.
            (also.sudo() - queue)._bus_send(BUS_TYPE, {**left, "elsewhere": True})
        if conversation.state != lifecycle.QUEUED:
            queue._bus_send(BUS_TYPE, left)
        conversation._bus_refresh()

    def _bus_refresh(self, message=None, panel=False):
        """Send news of the conversation, except its state, to its followers.

        :param message: the new mail.message; by default the last one
        :param panel: whether the side panel's content changed and must be reloaded
        """
        self.ensure_one()
        # sudo: contact_center.conversation - only data that the recipients may see is sent
        conversation = self.sudo()
        if not conversation.queued_at:
            return
        preview = (
            conversation._preview(message) if message else conversation._previews()[conversation]
        )
        payload = {**conversation._bus_payload(), **preview}
        for audience in conversation._bus_audience():
            audience._bus_send(BUS_TYPE, payload)
        shown = conversation._discuss_payload()
        if panel:
            shown["panel_mark"] = self.env.cr.now().isoformat()
        channel = conversation.discuss_channel_id
        Store(bus_channel=channel, bus_subchannel="internal_users").add(
            channel, {"contact_center_conversation": shown}
        ).bus_send()

    def _bus_audience(self):
        """Return the records on whose bus channels everything about this conversation may be sent.

        While it waits this is the queue, to which `ir.websocket` subscribes its members and the
        supervisors; afterwards its agent, and the supervisors through their group (Odoo subscribes
        every user to the groups).
        """
        self.ensure_one()
        if self.state == lifecycle.QUEUED and self.queue_id:
            return [self.queue_id]
        group_id = self.env["ir.model.data"]._xmlid_to_res_id("contact_center.group_supervisor")
        return [self.agent_id, self.env["res.groups"].browse(group_id)]

    def _discuss_payload(self):
        """Return what the desk shows beside this conversation's thread (internal users only)."""
        self.ensure_one()
        # sudo: contact_center.conversation - anyone who reads the channel may read this
        conversation = self.sudo()
        return {
            **conversation._bus_payload(),
            **conversation._citizen_address(),
            "partner_id": conversation.partner_id.id,
            "assistant_id": conversation._bot_partner().id,
            "phone": conversation.partner_id.phone or "",
            "email": conversation.partner_id.email or "",
            "channel_kind": conversation.channel_kind,
            "composer": conversation._composer_features(),
            "collected": conversation.collected or [],
            "opened_at": fields.Datetime.to_string(conversation.opened_at) or False,
            "accepted_at": fields.Datetime.to_string(conversation.accepted_at) or False,
            "held_at": fields.Datetime.to_string(conversation.held_at) or False,
            "last_outbound_at": fields.Datetime.to_string(conversation.last_outbound_at) or False,
        }

    @api.model
    def get_waiting(self):
        """Return the bus payloads of what waits in the user's queues, in order.

        Most urgent first, then those whose agent left, then by longest wait.
        """
        queues = self.env["contact_center.queue"]._of_user(self.env.user)
        domain = Domain("state", "=", lifecycle.QUEUED)
        if not self.env.user.has_group("contact_center.group_supervisor"):
            domain &= Domain("queue_id", "in", queues.ids)
        waiting = self.search(
            domain, order="priority desc, returned_at, queued_at, id", limit=SCREEN_LIMIT
        )
        return waiting._rows()

    @api.model
    def get_mine(self):
        """Return bus payloads of the conversations that the user is serving, oldest first."""
        mine = self.search(
            [("state", "=", lifecycle.IN_SERVICE), ("agent_id", "=", self.env.uid)],
            order="accepted_at, id",
            limit=SCREEN_LIMIT,
        )
        return mine._rows()

    @api.model
    def get_desk(self):
        """Return everything that the desk shows when it is opened, in one call.

        Returns {"rows": bus payloads of waiting conversations, of the user's own and, for
        supervisors, of everybody's, "queue_ids": the queues of which the user is a member,
        "skill_ids": what the user knows (im_livechat.expertise), "agent_state": see
        `contact_center.agent.state._screen`, "bus_id": newest notification of the bus that the
        rows contain}.
        """
        self._note_screen(self.env._("Desk"))
        rows = [*self.get_waiting(), *self.get_mine()]
        if self.env.user.has_group("contact_center.group_supervisor"):
            served = self.search(
                [("state", "=", lifecycle.IN_SERVICE), ("agent_id", "!=", self.env.uid)],
                order="accepted_at, id",
                limit=SCREEN_LIMIT,
            )
            rows += served._rows()
        # sudo: res.users - a user may know which queues are their own
        queues = self.env.user.sudo().contact_center_queue_ids
        return {
            "rows": rows,
            "queue_ids": queues.ids,
            # sudo: res.users - a user may know which skills are their own
            "skill_ids": self.env.user.sudo().livechat_expertise_ids.ids,
            "agent_state": self.env["contact_center.agent.state"]._arrive(self.env.user)._screen(),
            # sudo: bus.bus - the number only, nothing of what was said
            "bus_id": self.env["bus.bus"].sudo()._bus_last_id(),
        }

    def _rows(self):
        """Return these conversations' bus payloads with their last messages' first words."""
        previews = self._previews()
        return [{**conversation._bus_payload(), **previews[conversation]} for conversation in self]

    def action_open_discuss(self):
        """Open the conversation's messages at the desk."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "contact_center.desk",
            "path": "mesa",
            # Overrides the conversation's id, which the button's own context passes under this
            # name.
            "context": {"active_id": f"discuss.channel_{self.discuss_channel_id.id}"},
        }

    # ------------------------------------------------------------
    # Form
    # ------------------------------------------------------------

    @api.depends("collected")
    def _compute_collected_html(self):
        for conversation in self:
            rows = Markup().join(
                Markup("<tr><th class='pe-3 text-nowrap'>%s</th><td>%s</td></tr>")
                % (entry.get("label") or entry.get("key"), entry.get("value"))
                for entry in conversation.collected or []
            )
            conversation.collected_html = rows and (
                Markup("<table class='table table-sm mb-0'><tbody>%s</tbody></table>") % rows
            )

    @api.depends_context("uid")
    def _compute_transcript(self):
        """Compute the messages in order, without internal notes.

        With author, time and links to files.
        """
        for conversation in self:
            # sudo: mail.message - archived messages of a conversation that the user may read
            messages = (
                self.env["mail.message"].sudo().search(conversation._said_domain(), order="id")
            )
            marks = messages._contact_center_marks()
            conversation.transcript = Markup().join(
                conversation._transcript_entry(message, marks.get(message.id, {}))
                for message in messages
            )

    def _transcript_marks(self, marks):
        """Return a message's marks in words (see `mail.message._contact_center_marks`)."""
        _ = self.env._
        words = []
        if marks.get("forwarded") or marks.get("often_forwarded"):
            words.append(_("Forwarded"))
        if marks.get("from_phone"):
            words.append(_("Sent from the telephone"))
        if marks.get("revoked_at"):
            citizen = marks.get("revoked_by") == "citizen"
            words.append(_("Deleted by the citizen") if citizen else _("Deleted on the telephone"))
        words += [_("Edited; before: %s", edit["text"]) for edit in marks.get("edited", [])]
        return Markup().join(
            Markup("<div class='small text-muted fst-italic'>%s</div>") % line for line in words
        )

    def _transcript_entry(self, message, marks):
        """Return the HTML of one message of the transcript."""
        at = fields.Datetime.context_timestamp(self, message.date)
        files = Markup().join(
            Markup("<div><a href='/web/content/%s?download=true'>📎 %s</a></div>")
            % (attachment.id, attachment.name)
            for attachment in message.attachment_ids
        )
        align = "ms-5 bg-200" if message.author_id != self.sudo().partner_id else "me-5 bg-100"
        return Markup(
            "<div class='rounded p-2 mb-2 %s'><div class='small text-muted'><b>%s</b> · %s</div>"
            "<div>%s</div>%s%s</div>"
        ) % (
            align,
            message.author_id._contact_center_author_label(),
            f"{at:%d/%m/%Y %H:%M:%S}",
            message.body,
            files,
            self._transcript_marks(marks),
        )
