from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..core import lifecycle

# Conversations and messages that come at once.
CONVERSATIONS_PAGE = 5
MESSAGES_PAGE = 30


class Conversation(models.Model):
    """Earlier conversations of the citizen whom one is serving: to be read, and noted who did.

    Whoever serves a citizen, or sees them wait in an own queue, reads the citizen's closed
    conversations, also those that colleagues served: a citizen does not tell everything twice.
    The right ends with the service. Internal notes of colleagues stay with those who may read
    that conversation anyway. Why: docs/decisions/earlier-conversations.md
    """

    _inherit = "contact_center.conversation"

    # ------------------------------------------------------------
    # Who may read what
    # ------------------------------------------------------------

    def _previous_conversations(self):
        """Earlier conversations of the citizen that the user may look into from this one.

        :return: recordset of which `search` may be called: with the system's rights while the
            citizen is being served here, else with the user's own
        """
        self.ensure_one()
        self.check_access("read")
        conversations = self.env["contact_center.conversation"]
        # sudo: contact_center.conversation - history of the citizen whom the user serves or sees
        # waiting; only closed ones of the same citizen are looked for
        return conversations.sudo() if self._is_being_served() else conversations

    def _previous_domain(self):
        """Closed conversations of the same citizen, begun before this one."""
        # sudo: contact_center.conversation - the reader's right was checked by the caller
        return Domain(
            [
                ("partner_id", "=", self.sudo().partner_id.id),
                ("id", "<", self.id),
                ("state", "=", lifecycle.CLOSED),
            ]
        )

    def _readable_previous(self, previous_id):
        """The earlier conversation `previous_id`, checked.

        :return: the record with the system's rights
        :raise AccessError: it is not one that the user may read from here
        """
        domain = self._previous_domain() & Domain("id", "=", previous_id)
        previous = self._previous_conversations().search(domain)
        if not previous:
            raise AccessError(self.env._("You may not read this conversation from here."))
        # sudo: contact_center.conversation - found by the check above
        return previous.sudo()

    # ------------------------------------------------------------
    # What the panel reads
    # ------------------------------------------------------------

    def get_previous(self, offset=0):
        """Earlier conversations of the citizen, the newest first.

        :param offset: how many the screen has already
        :return: {"total", "rows": [{"id", "protocol", "opened_at", "closed_at", "queue", "agent",
            "tabulation", "outcome", "satisfaction"}]}, at most `CONVERSATIONS_PAGE` rows
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
        """One row of the list of earlier conversations."""
        # sudo: res.users, contact_center.queue, contact_center.tabulation - their names only
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
            "agent": conversation.agent_id.name or "",
            "tabulation": conversation.tabulation_id.display_name or "",
            "outcome": label("outcome"),
            "satisfaction": label("satisfaction"),
        }

    def get_previous_messages(self, previous_id, after_id=0):
        """What was said in an earlier conversation, a page at a time, from its beginning.

        The first page leaves a line in the access log: who read it, and while serving whom. So
        does a later one of whoever never asked for the first.

        :param after_id: last message that the screen has
        :return: {"messages": [{"id", "at", "author", "side": citizen, us or note, "body": safe
            HTML, "marks": see `mail.message._contact_center_marks`, "files": [{"id", "name",
            "mimetype", "image", "url"}]}], "more": whether others follow}
        """
        previous = self._readable_previous(previous_id)
        if not after_id or not self._has_opened_lately(previous):
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
        """One message of an earlier conversation."""
        note_id = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        side = "citizen" if message.author_id == previous.partner_id else "us"
        url = f"/contact_center/previous/{self.id}/{previous.id}"
        return {
            "id": message.id,
            "at": fields.Datetime.to_string(message.date),
            "author": message.author_id.name or "",
            "side": "note" if message.subtype_id.id == note_id else side,
            "body": message.body or "",
            "files": [
                {**self._file_values(attachment), "url": f"{url}/{attachment.id}"}
                for attachment in message.attachment_ids
            ],
        }

    def _previous_file(self, previous_id, attachment_id):
        """A file of an earlier conversation, checked and noted; AccessError if it is none."""
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

    def _has_opened_lately(self, previous):
        """Whether the access log says that the user began to read it during the last hour."""
        # sudo: contact_center.access.log - the user's own lines
        log = self.env["contact_center.access.log"].sudo()
        since = fields.Datetime.now() - timedelta(hours=1)
        of_mine = [("user_id", "=", self.env.uid), ("at", ">", since), ("kind", "=", "history")]
        return bool(log.search([*of_mine, ("conversation_id", "=", previous.id)], limit=1))

    def _record_access(self, kind, previous):
        """Note in the access log what the user did with an earlier conversation."""
        self.env["contact_center.access.log"]._record(kind, previous, conversation=self.protocol)
