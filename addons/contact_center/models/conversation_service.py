# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..core import lifecycle
from ..core.passed import Passed


class Conversation(models.Model):
    """Service by people: waiting in a queue, taking and closing."""

    _inherit = "contact_center.conversation"

    # ------------------------------------------------------------
    # Towards people
    # ------------------------------------------------------------

    def _hand_over(self, queue=None, reason="", skill=None, priority=0):
        """Put the conversation into a queue, where people see it at once.

        Outside service hours it waits there as well, and the citizen is told when people will be
        back.

        :param queue: contact_center.queue; by default the conversation's own, otherwise the first
            one
        :param reason: why, in a word, for the event
        :param skill: im_livechat.expertise that the agent should have, or none
        :param priority: 0 normal, 1 high, 2 urgent, 3 emergency: the order in the list
        """
        self.ensure_one()
        queue = queue or self.queue_id or self.env["contact_center.queue"]._default_queue()
        # sudo: contact_center.queue - the citizen's message decides, not a user
        queue = queue.sudo()._or_usual()
        if self._turned_away(queue, reason, skill, priority):
            return
        self._enter_queue(
            queue,
            returned_at=False,
            skill_id=skill.id if skill else False,
            priority=str(priority),
        )
        self._open_session(queue)
        closed = queue._closed_message() if queue else ""
        self._log("queued", reason=reason, hours=closed or "open")
        self._automatic(closed or "queued")
        self._bus_update()

    def _turned_away(self, queue, reason, skill, priority):
        """Return whether the queue has no room for this conversation (hook).

        An addon that returns True has told the citizen, has recorded what became of the
        conversation, and lets it wait nowhere, or elsewhere. Parameters as in `_hand_over`.
        """
        return False

    # ------------------------------------------------------------
    # Agents' actions
    # ------------------------------------------------------------

    def action_take(self):
        """Serve this waiting conversation. Of several agents who try, exactly one gets it.

        :return: the action that opens its messages
        """
        self.ensure_one()
        self._check_may_serve()
        self._lock()
        # sudo: contact_center.conversation - a colleague's conversation is no longer readable
        if self.sudo().state == lifecycle.IN_SERVICE:
            raise UserError(
                self.env._(
                    "%(agent)s is already serving conversation %(protocol)s.",
                    agent=self._agent_name(),
                    protocol=self._protocol(),
                )
            )
        self._check_state(lifecycle.QUEUED)
        self.env["contact_center.agent.state"]._check_may_take(self.env.user)
        self._serve(self.env.user, "accepted")
        return self.action_open_discuss()

    def action_take_over(self, reason=""):
        """Take over another agent's conversation.

        Supervisors may, and others who may intercept. The agent is told by whom and why; a note in
        the thread and an event record it.

        :param reason: why, in words
        :return: the action that opens its messages
        """
        self.ensure_one()
        if not self._may_take_over():
            raise AccessError(self.env._("Only supervisors may take over a conversation."))
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Please give the reason for taking over: its agent reads it.")
            )
        self._lock()
        self._check_state(lifecycle.IN_SERVICE)
        # sudo: contact_center.conversation - the right was checked above
        previous = self.sudo().agent_id
        if previous == self.env.user:
            return self.action_open_discuss()
        self._remove_agent(previous)
        self._serve(self.env.user, "taken_over", previous_agent=previous.name, reason=reason)
        self.env["contact_center.agent.state"]._sync_service(previous)
        self._announce_take_over(previous, reason)
        return self.action_open_discuss()

    def _may_take_over(self):
        """Return whether the user may take this conversation from its agent (hook)."""
        return self.env.user.has_group("contact_center.group_supervisor")

    def action_close(self, disposition=None):
        """End the service: the citizen gets the closing message and is asked for a rating.

        :param disposition: contact_center.disposition (record or id): its subject
        """
        self.ensure_one()
        self._check_is_agent()
        self._lock()
        self._check_state(lifecycle.IN_SERVICE, lifecycle.QUEUED)
        if isinstance(disposition, int):
            disposition = self.env["contact_center.disposition"].browse(disposition).exists()
        # sudo: contact_center.conversation - the right was checked above
        conversation = self.sudo()
        if disposition:
            conversation.disposition_id = disposition
        agent = conversation.agent_id
        conversation._automatic("closing")
        if conversation.state == lifecycle.QUEUED:
            conversation._close("abandoned")
        elif conversation.queue_id.survey and conversation._ask_survey():
            conversation._end_session()
            conversation._bus_update()
        else:
            conversation._close("resolved")
        self.env["contact_center.agent.state"]._sync_service(agent)
        return True

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    def _check_may_serve(self):
        """Raise AccessError unless the current user serves this conversation's queue."""
        # sudo: contact_center.conversation - only the queue is read
        queue = self.sudo().queue_id
        if not queue._may_serve(self.env.user):
            raise AccessError(
                self.env._("You do not serve the queue of conversation %s.", self._protocol())
            )

    def _check_is_agent(self):
        """Raise AccessError unless the current user is the agent, or a supervisor."""
        # sudo: contact_center.conversation - only the agent is read
        if self.sudo().agent_id != self.env.user and not self.env.user.has_group(
            "contact_center.group_supervisor"
        ):
            raise AccessError(
                self.env._(
                    "Conversation %s is not yours: only its agent or a supervisor may do this.",
                    self._protocol(),
                )
            )

    def _check_state(self, *states):
        """Raise UserError, naming the state, unless the conversation is in one of `states`."""
        # sudo: contact_center.conversation - only the state is read
        conversation = self.sudo()
        if conversation.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "Conversation %(protocol)s cannot do this now. Its state: %(state)s.",
                    protocol=conversation.protocol,
                    state=labels[conversation.state],
                )
            )

    def _protocol(self):
        """Return the protocol number, for messages to users who may not read the conversation."""
        # sudo: contact_center.conversation - the number alone reveals nothing
        return self.sudo().protocol

    def _agent_name(self):
        """Return under what the user sees the agent."""
        # sudo: contact_center.conversation - colleagues may see who was faster
        return self.sudo().agent_id._contact_center_label()

    def _lock(self):
        """Wait for any concurrent change to this conversation, then read its current state.

        If somebody changed it in the meantime, PostgreSQL refuses (serialization failure) and Odoo
        retries the request: the second run sees the winner's state.
        """
        self.flush_recordset()
        self.env.cr.execute(
            "SELECT id FROM contact_center_conversation WHERE id = %s FOR UPDATE",
            [self.id],
            # the refusal is expected if two take it at once: Odoo retries, so there is no error to
            # log
            log_exceptions=False,
        )
        self.invalidate_recordset()

    # ------------------------------------------------------------
    # The live chat session
    # ------------------------------------------------------------

    def _serve(self, user, event_kind, said="agent_joined", **data):
        """Make `user` the agent: update channel membership, state, event, message and screens.

        :param said: kind of the automatic message to the citizen; "": none
        """
        self._check_agent_may_serve(user)
        self._move_to(
            lifecycle.IN_SERVICE,
            agent_id=user.id,
            attendance="human",
            accepted_at=fields.Datetime.now(),
            replied_at=False,
            returned_at=False,
            unread_count=0,
        )
        # After the transition: joining sends the channel to the agent's screen, including its
        # state.
        self._join_agent(user)
        # sudo: contact_center.conversation - the agent can see it only from now on
        conversation = self.sudo()
        conversation._log(event_kind, **data)
        if said:
            conversation._automatic(said)
        conversation._bus_update()
        self.env["contact_center.agent.state"]._sync_service(user)

    @api.model
    def _check_agent_may_serve(self, user):
        """Raise AccessError unless `user` may currently serve citizens (hook)."""

    def _open_session(self, queue):
        """Add citizen and bot to the channel and show it under the queue's live chat."""
        # sudo: discuss.channel, discuss.channel.member - the session is managed by the system
        channel = self.sudo().discuss_channel_id
        present = channel.channel_member_ids.partner_id
        wanted = ((self._bot_partner(), "bot"), (self.partner_id, "visitor"))
        self.env["discuss.channel.member"].sudo().create(
            [
                {
                    "channel_id": channel.id,
                    "partner_id": partner.id,
                    "livechat_member_type": member_type,
                }
                for partner, member_type in wanted
                if partner not in present
            ]
        )
        if queue.livechat_channel_id:
            channel.livechat_channel_id = queue.livechat_channel_id

    def _join_agent(self, user):
        """Make `user` an agent member of the channel, with earlier messages marked as read.

        If it was transferred with a note, the new agent's unread messages begin with it.
        """
        # sudo: discuss.channel - agents cannot join by themselves, see discuss_channel.py
        channel = self.sudo().discuss_channel_id
        last_message = channel._get_last_messages()
        # sudo: contact_center.conversation - the note is for the next agent
        note = self.sudo().transfer_note_id
        channel._add_members(
            users=user,
            create_member_params={
                "livechat_member_type": "agent",
                "new_message_separator": note.id or (last_message.id + 1 if last_message else 0),
            },
            post_joined_message=False,
            inviting_partner=self._bot_partner(),
        )
        member = channel.channel_member_ids.filtered(
            lambda member: member.partner_id == user.partner_id
        )
        if member.unpin_dt:
            member.unpin_dt = False
        channel.write(
            {"livechat_operator_id": user.partner_id.id, "livechat_status": "in_progress"}
        )

    def _remove_agent(self, user):
        """Remove `user` from the channel."""
        # sudo: discuss.channel - part of a transfer, whose right was checked
        channel = Passed.SYSTEM.on(self.sudo().discuss_channel_id)
        channel._action_unfollow(partner=user.partner_id, post_leave_message=False)

    def _end_session(self):
        """End the live chat session: no more answers, and removed from the agent's screen."""
        # sudo: discuss.channel - the session is managed by the system
        self.sudo().discuss_channel_id._contact_center_end_session()
