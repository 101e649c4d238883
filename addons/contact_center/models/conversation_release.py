# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..core import lifecycle
from .conversation_screen import BUS_TYPE


class Conversation(models.Model):
    """Agents who can no longer serve: archived, without the role, out of the queue.

    Nobody would see their conversations; they go back to the head of the queue.
    """

    _inherit = "contact_center.conversation"

    returned_at = fields.Datetime(
        string="Back in the queue since",
        readonly=True,
        copy=False,
        help="The agent could not go on: this citizen stands before the others of the queue.",
    )

    @api.model
    def _release_stranded(self, users=None):
        """Return conversations whose agent may no longer serve them to the queue.

        :param users: only consider conversations of these res.users
        :return: the conversations that went back (sudo)
        """
        domain = [("state", "=", lifecycle.IN_SERVICE)]
        if users is not None:
            domain.append(("agent_id", "in", users.ids))
        # sudo: contact_center.conversation - the person changing a user may not see conversations
        served = self.sudo().search(domain, order="queued_at, id")
        released = served.browse()
        for conversation in served.filtered(lambda one: not one._agent_may_go_on()):
            if conversation._release():
                released |= conversation
        return released

    @api.model
    def _cron_release_stranded(self):
        """Find conversations whose agent lost access unnoticed (scheduled).

        By an import, a group update, SQL.
        """
        self._release_stranded()

    def _agent_may_go_on(self):
        """Return whether the agent of this conversation may still serve it."""
        self.ensure_one()
        agent = self.agent_id
        if not self.queue_id:
            return agent.active and agent.has_group("contact_center.group_technician")
        return self.queue_id._may_serve(agent)

    def _release(self):
        """Put this conversation back at the head of its queue, with its original waiting time.

        If nobody is left in the queue it goes to the usual one. The citizen is told.

        :return: whether it was still in service
        """
        self.ensure_one()
        self._lock()
        if self.state != lifecycle.IN_SERVICE:
            return False
        agent, old_queue = self.agent_id, self.queue_id
        queue = old_queue._or_one_with_people()
        self._remove_agent(agent)
        self._enter_queue(
            queue, since_us=self._first_waiting_us(), returned_at=fields.Datetime.now()
        )
        self.discuss_channel_id.livechat_channel_id = queue.livechat_channel_id
        self._log("released", from_agent=agent.name, from_queue=old_queue.name)
        self._automatic("agent_left")
        self._tell_closed()
        self._bus_update(also=old_queue)
        # An agent removed from the queue no longer gets the queue's notifications.
        agent._bus_send(BUS_TYPE, {**self._bus_payload_left(), "elsewhere": True})
        self.env["contact_center.agent.state"]._sync_service(agent)
        return True

    def _move_to_queue(self, queue):
        """Let this conversation wait in `queue`, keeping its waiting time."""
        self.ensure_one()
        self._lock()
        if self.state != lifecycle.QUEUED:
            return
        old_queue = self.queue_id
        since_us = self.env["contact_center.stay"]._open_of(self).since_us
        self._enter_queue(queue, since_us=since_us)
        self.discuss_channel_id.livechat_channel_id = queue.livechat_channel_id
        self._log("transferred", from_queue=old_queue.name, from_agent="", to_agent="")
        self._tell_transferred()
        self._bus_update(also=old_queue)

    def _tell_closed(self):
        """Tell a waiting citizen when people are back, once for each closing.

        Nothing while open.

        :return: the mail.message, or False
        """
        self.ensure_one()
        # sudo: contact_center.queue - the citizen's message decides, not a user
        queue = self.sudo().queue_id
        closed = queue._closed_message() if queue else ""
        return self._automatic(closed) if closed else False
