# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..core import lifecycle


class Conversation(models.Model):
    """Conversations begun by the city's staff instead of the citizen."""

    _inherit = "contact_center.conversation"

    @api.model
    def _open_by_agent(self, partner, channel_kind, queue, **vals):
        """Open a conversation that the current user begins and serves from the start.

        There is no bot and no waiting; closing, survey and indicators work as usual (its event
        `accepted` says `begun_by_agent`).

        :param queue: contact_center.queue, which the user must serve
        :param vals: further field values, as for `_open`
        :raise AccessError: the user does not serve this queue
        """
        queue = queue and queue._or_usual()
        if not queue or not queue._may_serve(self.env.user):
            raise AccessError(self.env._("You serve no queue in which this could be done."))
        vals = {"direction": "active", **vals}
        conversation = self._open(partner, channel_kind, queue=queue, **vals)
        conversation._begin_service()
        return conversation

    def _begin_service(self):
        """Let the current user serve a conversation that only the bot has handled so far."""
        self.ensure_one()
        # sudo: contact_center.conversation, contact_center.queue - the callers check the right
        conversation = self.sudo()
        self._enter_queue(conversation.queue_id, waits=False)
        conversation._open_session(conversation.queue_id)
        self._serve(self.env.user, "accepted", begun_by_agent=True)

    def _join_by_agent(self):
        """Let the current user write in this open conversation, in any state.

        A waiting one is taken, one with the bot is taken over, one in survey is closed.

        :return: the conversation to write in; empty if it is now closed
        :raise UserError: a colleague is serving the citizen, or may
        """
        self.ensure_one()
        self._lock()
        # sudo: contact_center.conversation - a user who writes to a citizen must learn who is
        # serving
        conversation = self.sudo()
        if conversation.state == lifecycle.IN_SERVICE:
            if conversation.agent_id == self.env.user:
                return self
            raise UserError(
                self.env._(
                    "%(agent)s is serving %(citizen)s now (protocol %(protocol)s).",
                    agent=conversation._agent_name(),
                    citizen=conversation.partner_id.display_name,
                    protocol=conversation.protocol,
                )
            )
        if conversation.state in (lifecycle.QUEUED, lifecycle.BOT):
            queue = conversation.queue_id
            if not queue or not queue._may_serve(self.env.user):
                raise UserError(
                    self.env._(
                        "%(citizen)s is already in conversation %(protocol)s of the queue "
                        "%(queue)s, which you do not serve.",
                        citizen=conversation.partner_id.display_name,
                        protocol=conversation.protocol,
                        queue=queue.name or "-",
                    )
                )
        if conversation.state == lifecycle.QUEUED:
            self.action_take()
            return self
        if conversation.state == lifecycle.BOT:
            self._begin_service()
            return self
        conversation._close("resolved")
        return self.browse()
