# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.core import automatic, lifecycle, yes_no
from odoo.addons.contact_center.core.values import Option, Outgoing

from ..routing import calling_back as core
from .callback import MESSAGE
from .queue_callback import TEXTS

YES, NO = "callback:yes", "callback:no"
# What is said, by whether the citizen can wait instead.
OFFERS = {core.FULL: "callback_offer"}


class Conversation(models.Model):
    """A call-back: offered, agreed, carried out, taken back."""

    _inherit = "contact_center.conversation"

    callback_id = fields.Many2one(
        "contact_center.callback",
        string="Call-back",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The last one that was offered in this conversation.",
    )

    def _callback_kind(self):
        """Return the kind of call-back on this channel (hook).

        It is a value of the callback's `kind`.
        """
        return MESSAGE

    def _callback_in(self, *states):
        """Return the call-back (sudo) if it is in one of `states`, else empty."""
        self.ensure_one()
        # sudo: contact_center.callback - the system's own bookkeeping
        callback = self.sudo().callback_id
        return callback if callback.state in states else callback.browse()

    def _repeatable_kinds(self):
        """Let everything about call-backs be said each time that it happens."""
        return super()._repeatable_kinds() | set(TEXTS)

    def _unsolicited_kinds(self):
        """Offer nothing to waiting citizens who want no automatic messages."""
        return super()._unsolicited_kinds() | {"callback_offer_waiting"}

    # ------------------------------------------------------------
    # Offered to the citizen
    # ------------------------------------------------------------

    def _offer_callback(self, why):
        """Offer the citizen to be called back, with two buttons.

        :param why: a value of the callback's `why`
        :return: whether it was said; not where they have one in this queue already, or no text
        """
        self.ensure_one()
        # sudo: contact_center.conversation - the citizen is asked, whoever triggers it
        conversation = self.sudo()
        callbacks = conversation.env["contact_center.callback"]
        queue = conversation.queue_id
        if callbacks._is_open_for(conversation.partner_id, queue):
            return False
        if not conversation._say_callback_offer(why):
            return False
        conversation.callback_id = callbacks.create(
            {
                "conversation_id": conversation.id,
                "partner_id": conversation.partner_id.id,
                "queue_id": queue.id,
                "kind": conversation._callback_kind(),
                "why": why,
            }
        )
        conversation._log("callback_offered", why=why)
        return True

    def _say_callback_offer(self, why):
        """Say the offer; return whether there is a text, and it may be said now."""
        text = self._automatic_text(OFFERS.get(why, "callback_offer_waiting"))
        if not text:
            return False
        _ = self._citizen_env()._
        other = _("No, thank you") if why == core.FULL else _("I will wait")
        options = (Option(YES, _("Call me back")), Option(NO, other))
        self._say(Outgoing(text=text, options=options))
        return True

    def _may_be_served(self, incoming, message):
        """Let the citizen for whom there was no room answer the offer, and nothing else."""
        if self._callback_in(core.OFFERED):
            self._hear_callback_answer(incoming)
            return False
        return super()._may_be_served(incoming, message)

    def _on_received(self, incoming, message):
        """Hear the answer to an offer, to a call-back, or that it is no longer wanted."""
        result = super()._on_received(incoming, message)
        # sudo: contact_center.callback - the system's own bookkeeping
        callback = self.sudo().callback_id
        if callback.state == core.OFFERED and self.state == lifecycle.QUEUED:
            self._hear_callback_answer(incoming)
        elif callback.state == core.WAITING and _takes_back(incoming):
            self._cancel_callback()
        elif callback.state == core.CALLED and self.state == lifecycle.IN_SERVICE:
            callback._end(core.ANSWERED, "callback_answered")
        return result

    def _hear_callback_answer(self, incoming):
        """Follow the citizen's answer to the offer.

        Whoever has no room and says something else is asked again.
        """
        wanted = _wanted(incoming)
        if wanted:
            self._accept_callback()
        elif wanted is False:
            self._decline_callback()
        elif self.state == lifecycle.BOT:
            # sudo: contact_center.conversation - the citizen is asked, whoever triggers it
            self.sudo()._say_callback_offer(core.FULL)

    def _accept_callback(self):
        """Let the citizen wait for a call-back; they keep their place and may leave."""
        # sudo: contact_center.conversation - the citizen decides
        conversation = self.sudo()
        stays = conversation.stay_ids.sorted("id")
        queue, since_us = conversation.queue_id, stays[-1:].since_us
        was_queued = conversation.state == lifecycle.QUEUED
        conversation._enter_queue(queue, "to_callback", since_us)
        if not was_queued:
            conversation._open_session(queue)
            conversation._log("queued", reason="callback")
        conversation.callback_id._agree()
        conversation._automatic("callback_agreed")
        conversation._bus_update()

    def _decline_callback(self):
        """Let the citizen wait as before; where there is no room, say good-bye."""
        self._callback_in(core.OFFERED)._end(core.DECLINED, "callback_declined")
        if self.state == lifecycle.BOT:
            self._say_no_room()

    def _forget_callback(self):
        """End an offer that nobody answered, of a citizen for whom there was no room."""
        self._callback_in(core.OFFERED)._end(core.IGNORED, "callback_declined")
        self._say_no_room()

    def _cancel_callback(self):
        """End the wait of a citizen who wants no call-back any more."""
        # sudo: contact_center.conversation - the citizen decides
        conversation = self.sudo()
        conversation.callback_id._end(core.CANCELLED, "callback_cancelled")
        conversation._automatic("callback_cancelled")
        conversation._close("callback_cancelled")

    # ------------------------------------------------------------
    # It is their turn
    # ------------------------------------------------------------

    def _serve(self, user, event_kind, said="agent_joined", **data):
        """Call a citizen back who need not wait: the first message is another one."""
        callback = self._callback_in(core.WAITING)
        result = super()._serve(user, event_kind, "" if callback else said, **data)
        if callback:
            callback._call(user)
        return result

    def _leave_queue(self, state, agent=None, outcome=None):
        """End the stay of a citizen who is called back as such: nobody waited on the line."""
        if state == lifecycle.IN_SERVICE and self._callback_in(core.WAITING):
            self.env["contact_center.stay"]._open_of(self)._leave("called_back", agent)
            return
        super()._leave_queue(state, agent, outcome)

    def _wait_for_next_call(self):
        """Take this conversation (sudo) from its agent until the next try."""
        agent, queue = self.agent_id, self.queue_id
        since_us = self.stay_ids.sorted("id")[-1:].since_us
        self._remove_agent(agent)
        self._enter_queue(queue, since_us=since_us)
        self._bus_update()
        self.env["contact_center.agent.state"]._sync_service(agent)

    def _give_callback_up(self):
        """Close this conversation (sudo): the citizen was called back and did not answer."""
        agent = self.agent_id
        self.callback_id._end(core.UNANSWERED, "callback_unanswered")
        self._automatic("callback_missed")
        self._close("callback_unanswered")
        self.env["contact_center.agent.state"]._sync_service(agent)

    # ------------------------------------------------------------
    # Moves
    # ------------------------------------------------------------

    def _callback_moved(self):
        """Follow a move of this conversation (sudo), whoever moved it."""
        callback = self.callback_id
        if callback.state not in core.OPEN:
            return
        if self.state == lifecycle.QUEUED:
            self._callback_passed_on()
        elif self.state in (lifecycle.SURVEY, lifecycle.CLOSED) and callback.state == core.CALLED:
            callback._end(core.UNANSWERED)
        elif self.state == lifecycle.IN_SERVICE and callback.state == core.OFFERED:
            callback._end(core.IGNORED)
        elif self.state in (lifecycle.BOT, lifecycle.SURVEY, lifecycle.CLOSED):
            callback._end(core.WITHDRAWN)

    def _callback_passed_on(self):
        """Let the call-back go along to another queue, or to the next agent of this one."""
        callback, queue = self.callback_id, self.queue_id
        if callback.state == core.CALLED:
            # The citizen did not answer yet: the next agent calls
            callback.write({"state": core.WAITING, "not_before": fields.Datetime.now()})
        if callback.queue_id == queue:
            return
        if callback._is_open_for(self.partner_id, queue):
            callback._end(core.WITHDRAWN)
        else:
            callback.queue_id = queue

    def _check_callback_hours(self):
        """Raise UserError if this citizen would be called back outside the queue's hours.

        Supervisors may: they know why.
        """
        # sudo: contact_center.queue - hours are no secret
        queue = self.sudo().queue_id
        may = self.env.user.has_group("contact_center.group_supervisor")
        if not may and self._callback_in(core.WAITING) and not queue._is_open():
            raise UserError(
                self.env._(
                    "This citizen wants to be called back, and the queue %s is closed: they are "
                    "called within its hours.",
                    queue.name,
                )
            )

    def _inactivity_schedule(self):
        """Let nobody who waits for a call-back be warned, or closed, for being silent."""
        if self._callback_in(core.WAITING, core.CALLED):
            return automatic.Schedule()
        return super()._inactivity_schedule()


def _takes_back(incoming):
    """Return whether the citizen does not want to be called back any more."""
    return incoming.kind == "text" and core.is_cancel(yes_no.without_courtesy(incoming.text))


def _wanted(incoming):
    """Return what the citizen answers to the offer: True, False, or None for anything else."""
    if incoming.option_id in (YES, NO):
        return incoming.option_id == YES
    if incoming.kind != "text":
        return None
    words = yes_no.without_courtesy(incoming.text)
    answer = core.read_answer(words)
    if answer is None and core.is_cancel(words):
        return False
    return yes_no.read(incoming.text) if answer is None else answer
