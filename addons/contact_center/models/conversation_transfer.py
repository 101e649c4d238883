# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core import lifecycle, transfer

# Maximum length of a transfer note, in characters.
NOTE_LENGTH = 2000


class Conversation(models.Model):
    """Transfers: the reason, the next agent's note, the message to the citizen."""

    _inherit = "contact_center.conversation"

    transfer_note_id = fields.Many2one(
        "mail.message",
        string="Hand-over note",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The note of the last person who transferred this conversation, for the next agent.",
    )

    @api.model
    def _transfer_reasons(self):
        """Return the transfer reasons, {code: label}, in the order in which they are offered."""
        _ = self.env._
        return {
            "subject": _("Another team's subject"),
            "specialist": _("Needs somebody who knows it better"),
            "citizen": _("The citizen asked for it"),
            "shift": _("My shift is ending"),
            "other": _("Another reason"),
        }

    def action_transfer(self, queue=None, user=None, reason="", note=""):
        """Pass the conversation to another queue, or to an agent.

        :param queue: contact_center.queue (record or id)
        :param user: res.users (record or id), the next agent; without one it waits
        :param reason: code of `_transfer_reasons`, for the ledger
        :param note: plain text for the next agent; the citizen never sees it
        """
        self.ensure_one()
        self._check_is_agent()
        self._lock()
        self._check_state(lifecycle.IN_SERVICE, lifecycle.QUEUED)
        reason = self._checked_reason(reason)
        queue, user = self._transfer_target(queue, user)
        # sudo: contact_center.conversation - the right was checked above
        previous, old_queue = self.sudo().agent_id, self.sudo().queue_id
        if previous:
            self._remove_agent(previous)
        at_once = bool(user) and self._passes_at_once(queue, user)
        values = {} if at_once else self._transfer_values(queue, user)
        self._enter_queue(queue, waits=not at_once, returned_at=False, **values)
        # sudo: discuss.channel - the session follows the queue
        self.sudo().discuss_channel_id.livechat_channel_id = queue.sudo().livechat_channel_id
        self._log(
            "transferred",
            from_queue=old_queue.name,
            from_agent=previous.name,
            to_agent=user.name if user else "",
            reason=reason,
        )
        self._leave_note(user.name if user else queue.name, reason, note)
        if at_once:
            self._serve(user, "accepted", said=transfer.said_to_person(queue._absence(user)))
        else:
            self._tell_transferred()
        self._bus_update(also=old_queue)
        self.env["contact_center.agent.state"]._sync_service(previous)
        self._announce_transfer(previous, user if at_once else user.browse(), note)
        return True

    def _passes_at_once(self, queue, user):
        """Return whether `user` serves it once passed to them in `queue` (hook).

        If not, it waits in the queue for them.
        """
        return True

    def _transfer_values(self, queue, user):
        """Return further values of a conversation that waits after a transfer (hook).

        It waits in `queue`.

        :param user: res.users it is passed to, may be empty
        """
        return {}

    def _tell_transferred(self):
        """Tell the citizen about the transfer to a queue.

        Somebody will answer at once, later, or when it opens.
        """
        # sudo: contact_center.queue - the citizen is told the hours
        queue = self.sudo().queue_id
        is_open = not queue._closed_message()
        self._automatic(
            transfer.said_to_queue(is_open, is_open and bool(queue._members_available()))
        )

    def _checked_reason(self, reason):
        """Return `reason` if it is empty or one of `_transfer_reasons`, else UserError."""
        if reason and reason not in self._transfer_reasons():
            raise UserError(self.env._("Choose why you transfer the conversation."))
        return reason or ""

    def _leave_note(self, target, reason, note):
        """Write an internal note for the next agent about why the conversation was passed on.

        :param target: name of the queue, person or bot that it goes to
        :param reason: code of `_transfer_reasons`, or empty
        :param note: plain text, or empty
        """
        note = (note or "").strip()[:NOTE_LENGTH]
        words = self._transfer_reasons().get(reason)
        lines = []
        if words:
            lines.append(
                self.env._(
                    "Passed on to %(target)s. Reason: %(reason)s", target=target, reason=words
                )
            )
        elif note:
            lines.append(self.env._("Passed on to %s.", target))
        lines += note.splitlines()
        body = Markup("<br/>").join(escape(line) for line in lines)
        # sudo: contact_center.conversation - the caller checked the right to pass it on
        self.sudo().transfer_note_id = self._post_note(body) if lines else False

    def _panel_transfer(self):
        """Return the transfer note that the panel shows first, or None.

        :return: {"id", "at", "author", "body": HTML}
        """
        # sudo: mail.message - a note of a conversation that the caller may read
        note = self.sudo().transfer_note_id
        if not note or self.state not in lifecycle.STATES_WITH_PEOPLE:
            return None
        return {
            "id": note.id,
            "at": fields.Datetime.to_string(note.date),
            "author": note.author_id.name or "",
            "body": note.body or "",
        }

    def _transfer_target(self, queue, user):
        """Return the checked transfer targets: (queue, user or empty)."""
        if isinstance(queue, int):
            queue = self.env["contact_center.queue"].browse(queue).exists()
        if isinstance(user, int):
            user = self.env["res.users"].browse(user).exists()
        # sudo: contact_center.queue - an agent may transfer to any queue
        conversation = self.sudo()
        queue = (queue or conversation.queue_id).sudo()
        if not queue.active:
            raise UserError(self.env._("Choose a queue or an agent to transfer to."))
        if user and not queue._may_serve(user.sudo()):
            raise UserError(
                self.env._(
                    "%(agent)s does not serve queue %(queue)s.",
                    agent=user.sudo().name,
                    queue=queue.name,
                )
            )
        same_agent = not user or user == conversation.agent_id
        if queue == conversation.queue_id and same_agent and (user or not conversation.agent_id):
            if not user:
                raise UserError(self.env._("It already waits in the queue %s.", queue.name))
            raise UserError(self.env._("Choose a queue or an agent to transfer to."))
        return queue, user or self.env["res.users"]
