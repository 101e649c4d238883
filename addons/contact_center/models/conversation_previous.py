# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..core import lifecycle

# Page sizes for conversations and messages.
CONVERSATIONS_PAGE = 5
MESSAGES_PAGE = 30


class Conversation(models.Model):
    """Earlier conversations of the citizen being served: readable, access logged.

    An agent who serves a citizen, or sees them wait in one of their own queues, may read the
    citizen's closed conversations, including colleagues' ones, so that the citizen need not repeat
    everything. Access ends with the conversation. Colleagues' internal notes are limited to those
    who may read that conversation anyway. Why: docs/decisions/earlier-conversations.md
    """

    _inherit = "contact_center.conversation"

    # ------------------------------------------------------------
    # Rights to read
    # ------------------------------------------------------------

    def _previous_conversations(self):
        """Return the citizen's earlier conversations that the user may read from this one.

        :return: recordset on which to call `search`: with the system's rights while the citizen is
        being served here, otherwise with the user's own
        """
        self.ensure_one()
        self.check_access("read")
        conversations = self.env["contact_center.conversation"]
        # sudo: contact_center.conversation - history of the citizen whom the user serves or sees
        # waiting; only closed ones of the same citizen are searched
        return conversations.sudo() if self._is_being_served() else conversations

    def _previous_domain(self):
        """Return the domain of the citizen's closed conversations begun before this one."""
        # sudo: contact_center.conversation - the reader's right was checked by the caller
        return Domain(
            [
                ("partner_id", "=", self.sudo().partner_id.id),
                ("id", "<", self.id),
                ("state", "=", lifecycle.CLOSED),
            ]
        )

    def _readable_previous(self, previous_id):
        """Return the earlier conversation `previous_id`, checked.

        :return: the record with the system's rights
        :raise AccessError: the user may not read it from here
        """
        domain = self._previous_domain() & Domain("id", "=", previous_id)
        previous = self._previous_conversations().search(domain)
        if not previous:
            raise AccessError(self.env._("You may not read this conversation from here."))
        # sudo: contact_center.conversation - found by the check above
        return previous.sudo()

    # ------------------------------------------------------------
    # Data of the panel
    # ------------------------------------------------------------

    def get_previous(self, offset=0):
        """Return the citizen's earlier conversations, newest first.

        :param offset: how many the screen already has
        :return: {"total", "rows": [{"id", "protocol", "opened_at", "closed_at", "queue", "agent",
            "disposition", "outcome", "satisfaction"}]}, at most `CONVERSATIONS_PAGE` rows
        """
        conversations = self._previous_conversations()
        domain = self._previous_domain()
        found = conversations.search(
            domain, order="id desc", offset=max(int(offset), 0), limit=CONVERSATIONS_PAGE
        )
        full = offset or len(found) == CONVERSATIONS_PAGE
        return {
            "total": conversations.search_count(domain) if full else len(found),
            "rows": [conversation._previous_values() for conversation in found],
        }

    def _previous_values(self):
        """Return one row of the list of earlier conversations."""
        # sudo: res.users, contact_center.queue, contact_center.disposition - their names only
        conversation = self.sudo()
        labels = conversation.fields_get(["outcome", "satisfaction"], ["selection"])

        def label(name):
            return dict(labels[name]["selection"]).get(conversation[name], "")

        return {
            "id": conversation.id,
            "protocol": conversation.protocol,
            "opened_at": fields.Datetime.to_string(conversation.opened_at),
            "closed_at": fields.Datetime.to_string(conversation.closed_at) or False,
            "queue": conversation.queue_id.name or "",
            "agent": conversation.agent_id._contact_center_label(),
            "disposition": conversation.disposition_id.display_name or "",
            "outcome": label("outcome"),
            "satisfaction": label("satisfaction"),
        }

    def get_previous_messages(self, previous_id, after_id=0):
        """Return the messages of an earlier conversation page by page, from its beginning.

        The first page leaves a line in the access log: who read it, and while serving whom. So does
        a later page requested without the first.

        :param after_id: the last message that the screen has
        :return: {"messages": [{"id", "at", "author", "side": citizen, us or note, "body": safe
            HTML, "marks": see `mail.message._contact_center_marks`, "files": [{"id", "name",
            "mimetype", "image", "url"}]}], "more": whether others follow}
        """
        previous = self._readable_previous(previous_id)
        if not after_id or not self._was_noted_lately("history", previous):
            self._record_access("history", previous)
        # sudo: mail.message - of a conversation that the user may read, as just checked
        messages = (
            self.env["mail.message"]
            .sudo()
            .search(
                previous._messages_domain()
                & Domain("id", ">", after_id)
                & self._previous_notes_domain(previous),
                order="id",
                limit=MESSAGES_PAGE + 1,
            )
        )
        page = messages[:MESSAGES_PAGE]
        marks = page._contact_center_marks()
        return {
            "messages": [
                {**self._previous_message(previous, message), "marks": marks.get(message.id, {})}
                for message in page
            ],
            "more": len(messages) > MESSAGES_PAGE,
        }

    def _previous_notes_domain(self, previous):
        """Leave out internal notes, unless the user may read that conversation anyway."""
        if previous.with_env(self.env).has_access("read"):
            return Domain.TRUE
        note_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        return Domain("subtype_id", "!=", note_id)

    def _previous_message(self, previous, message):
        """Return one message of an earlier conversation."""
        note_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        side = "citizen" if message.author_id == previous.partner_id else "us"
        url = f"/contact_center/previous/{self.id}/{previous.id}"
        return {
            "id": message.id,
            "at": fields.Datetime.to_string(message.date),
            "author": message.author_id._contact_center_author_label(),
            "side": "note" if message.subtype_id.id == note_id else side,
            "body": message.body or "",
            "files": [
                {**self._file_values(attachment), "url": f"{url}/{attachment.id}"}
                for attachment in message.attachment_ids
            ],
        }

    def _previous_file(self, previous_id, attachment_id):
        """Return a file of an earlier conversation, checked and logged.

        AccessError if it is not one.
        """
        previous = self._readable_previous(previous_id)
        # sudo: ir.attachment, mail.message - of a conversation that the user may read
        messages = self.env["mail.message"].sudo()
        domain = (
            previous._messages_domain()
            & Domain("attachment_ids", "in", [attachment_id])
            & self._previous_notes_domain(previous)
        )
        if not messages.search_count(domain, limit=1):
            raise AccessError(self.env._("You may not read this file from here."))
        self._record_access("downloaded", previous)
        return self.env["ir.attachment"].sudo().browse(attachment_id)

    def _record_access(self, kind, previous):
        """Log the user's access to an earlier conversation."""
        self._note_access(kind, previous, conversation=self.protocol)
