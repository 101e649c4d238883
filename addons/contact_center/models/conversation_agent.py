from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..core import lifecycle


class Conversation(models.Model):
    """Conversations that people of the city begin, not the citizen."""

    _inherit = "contact_center.conversation"

    @api.model
    def _open_by_agent(self, partner, channel_kind, queue, **vals):
        """Open a conversation that the current user begins and serves from the first moment.

        No bot is asked and nobody waits; closing, survey and indicators are as usual (its event
        `accepted` says `begun_by_agent`).

        :param queue: contact_center.queue, which the user must serve
        :param vals: further field values, as for `_open`
        :raise AccessError: the user does not serve this queue
        """
        queue = queue and queue._or_usual()
        if not queue or not queue._may_serve(self.env.user):
            raise AccessError(self.env._("You serve no queue in which this could be done."))
        conversation = self._open(partner, channel_kind, queue=queue, **vals)
        conversation._begin_service()
        return conversation

    def _begin_service(self):
        """Let the current user serve a conversation that only the bot has seen so far."""
        self.ensure_one()
        # sudo: contact_center.conversation, contact_center.queue - the callers check who may
        conversation = self.sudo()
        self._move_to(lifecycle.QUEUED, queued_at=fields.Datetime.now())
        conversation._open_session(conversation.queue_id)
        self._serve(self.env.user, "accepted", begun_by_agent=True)

    def _join_by_agent(self):
        """Let the current user write in this open conversation, whatever its state.

        One that waits is taken, one with the bot is taken out of its hands, one in survey is
        closed.

        :return: the conversation to write in; empty when it is closed now
        :raise UserError: a colleague is serving the citizen, or may
        """
        self.ensure_one()
        self._lock()
        # sudo: contact_center.conversation - whoever writes to a citizen must learn who serves
        conversation = self.sudo()
        if conversation.state == lifecycle.IN_SERVICE:
            if conversation.agent_id == self.env.user:
                return self
            raise UserError(
                self.env._(
                    "%(agent)s is serving %(citizen)s now (protocol %(protocol)s).",
                    agent=conversation.agent_id.name,
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
