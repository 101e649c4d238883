# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from dataclasses import replace
from datetime import timedelta, timezone

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import routing
from ..routing import model as core
from .channel_weight import USUAL_WEIGHT
from .queue import PULL

_logger = logging.getLogger(__name__)

LOCK = "contact_center.distribution"
# A "skill" that contacts ask for whose queue wants the supervisor of the agent to be there, also of
# those who come from other queues. Real ones have ids of their own.
SUPERVISED = 0
# Who refused a contact or let it pass is not asked again for so many seconds.
DECLINED_SECONDS = 60.0

_WAITING = """
SELECT one.id, one.queue_id, one.priority, one.channel_kind, one.skill_id,
    one.returned_at IS NOT NULL, stay.since_us, stay.entered_us,
    COALESCE(weight.weight, %(usual_weight)s),
    CASE WHEN queue.last_agent_seconds > 0 THEN (
        SELECT before.agent_id FROM contact_center_conversation before
        WHERE before.partner_id = one.partner_id AND before.id < one.id
            AND before.agent_id IS NOT NULL
        ORDER BY before.id DESC LIMIT 1) END,
    ARRAY(SELECT shown.queue_id FROM contact_center_conversation_shown_rel shown
        WHERE shown.conversation_id = one.id),
    one.named_agent_id, one.named_until, queue.supervisor_present, callback.id IS NOT NULL
FROM contact_center_conversation one
JOIN contact_center_queue queue ON queue.id = one.queue_id
JOIN contact_center_stay stay ON stay.conversation_id = one.id AND stay.left_at IS NULL
LEFT JOIN contact_center_channel_weight weight USING (channel_kind)
LEFT JOIN contact_center_callback callback
    ON callback.id = one.callback_id AND callback.state = 'waiting'
WHERE one.state = 'queued' AND one.queue_id = ANY(%(queues)s)
    AND (callback.id IS NULL OR callback.not_before <= %(now)s)
ORDER BY one.id
"""
_OFFERS = """
SELECT offer.conversation_id, offer.user_id, offer.weight, offer.until, offer.result,
    offer.answered_at
FROM contact_center_offer offer
JOIN contact_center_conversation one ON one.id = offer.conversation_id
WHERE one.state = 'queued' AND one.queue_id = ANY(%(queues)s)
    AND (offer.result IS NULL OR offer.answered_at >= %(lately)s)
ORDER BY offer.id
"""
_CLAIM = """
UPDATE contact_center_conversation one SET state = one.state
FROM (
    SELECT id FROM contact_center_conversation WHERE id = ANY(%(contacts)s) ORDER BY id FOR UPDATE
) claimed
WHERE claimed.id = one.id
"""
_TURNS = """
SELECT queue_id, user_id, max(id), count(*) FILTER (WHERE result IN ('accepted', 'assigned'))
FROM contact_center_offer WHERE queue_id = ANY(%(queues)s) AND at >= %(today)s
GROUP BY queue_id, user_id
"""


class Offer(models.Model):
    """One round of the distribution: read what there is, decide, offer."""

    _inherit = "contact_center.offer"

    # ------------------------------------------------------------
    # What there is
    # ------------------------------------------------------------

    @api.model
    def _now(self):
        """Return this moment as the router counts time."""
        return timestamp(fields.Datetime.now())

    @api.model
    def _domains(self):
        """Return the queues that distribute, in groups that share neither agents nor contacts.

        What is decided in one group does not touch the others: each has a lock of its own.
        """
        # sudo: contact_center.queue - the system distributes
        queues = self.env["contact_center.queue"].sudo().search([("mode", "!=", PULL)])
        groups = []
        for queue in queues:
            # Agents, and the queue itself: of positive and negative numbers
            ties = {*queue.member_ids.ids, -queue.id}
            ties |= {-target for target in queue.overflow_ids.target_id.ids}
            ties |= {-other for other in queue.ring_ids.group_ids.ids}
            ties |= {-other.id for rule in queue.loan_ids for other in rule.borrower_ids}
            together = queue
            for other in [group for group in groups if group[0] & ties]:
                groups.remove(other)
                ties, together = ties | other[0], together | other[1]
            groups.append((ties, together))
        return [together for _ties, together in groups]

    @api.model
    def _snapshot(self, queues):
        """Return the `routing.Snapshot` of these queues, in a few statements."""
        # The router counts itself what is offered
        seats = [replace(seat, offered=0) for seat in queues._seats()]
        refusals = queues._refusals(seats)
        now = fields.Datetime.now()
        values = {
            "queues": queues.ids,
            "usual_weight": USUAL_WEIGHT,
            "now": now,
            "today": queues._city_midnight(),
            "lately": now - timedelta(seconds=DECLINED_SECONDS),
        }
        self.env.cr.execute(_OFFERS, values)
        open_offers, declined = [], {}
        for contact, agent, weight, until, result, answered_at in self.env.cr.fetchall():
            if result is None:
                open_offers.append(core.OpenOffer(contact, agent, weight, timestamp(until)))
            elif result in ("refused", "expired"):
                declined.setdefault(contact, {})[agent] = timestamp(answered_at)
        self.env.cr.execute(_WAITING, values)
        waiting = queues._without_calls_at_night(self.env.cr.fetchall())
        contacts = tuple(_contact(row, declined) for row in waiting)
        self.env.cr.execute(_TURNS, values)
        turns = {
            (queue, user): (turn, share) for queue, user, turn, share in self.env.cr.fetchall()
        }
        agents = self._snapshot_agents(queues, seats, refusals, turns)
        return core.Snapshot(
            contacts=contacts,
            agents=agents,
            offers=tuple(open_offers),
            loans=self._open_loans(queues),
        )

    @api.model
    def _snapshot_agents(self, queues, seats, refusals, turns):
        """Return a `routing.Agent` for each agent who may be offered something."""
        today = self.env["contact_center.agent.tally"]._today()
        asks = queues._needs_supervisors()
        # sudo: res.users - what agents know is no secret to the system
        users = self.env["res.users"].sudo().browse({seat.user_id for seat in seats})
        expertise = {user.id: user.livechat_expertise_ids.ids for user in users}
        by_user = {}
        for seat in seats:
            by_user.setdefault(seat.user_id, []).append(seat)
        helping, agents = queues._helping_queues(), []
        for user_id, own in by_user.items():
            memberships = {}
            for seat in own:
                turn, share = turns.get((seat.queue_id, user_id), (0, 0))
                memberships[seat.queue_id] = core.Membership(
                    turn=turn, share=share, barred=refusals.get((seat.queue_id, user_id), "")
                )
            seat = own[0]
            refused = [refusals.get((one.queue_id, user_id), "") for one in own]
            counts = seat.day == today
            agents.append(
                core.Agent(
                    id=user_id,
                    queues=memberships,
                    barred=refused[0] if all(refused) else "",
                    capacity=seat.capacity,
                    load=seat.load,
                    idle_since=timestamp(seat.idle_since),
                    served_today=seat.served if counts else 0,
                    handled_today=float(seat.handled_seconds) if counts else 0.0,
                    skills={
                        **_levels_of_helper(own, helping),
                        **{seat.queue_id: seat.level for seat in own},
                        **{-skill: 5 for skill in expertise[user_id]},
                        SUPERVISED: int(not asks or not queues._supervisor_missing(seat, asks)),
                    },
                )
            )
        return tuple(agents)

    @api.model
    def _settings(self, queues):
        """Return the `routing.Settings` of these queues."""
        # sudo: im_livechat.expertise - their ids only
        expertise = frozenset(
            -one for one in self.env["im_livechat.expertise"].sudo().search([]).ids
        )
        return core.Settings(
            queues={queue.id: _queue_settings(queue, expertise) for queue in queues},
            declined_seconds=DECLINED_SECONDS,
        )

    # ------------------------------------------------------------
    # What is done
    # ------------------------------------------------------------

    @api.model
    def _distribute(self, queues):
        """Offer what waits in these queues to who may have it.

        The caller holds the lock of these queues, in a transaction begun after it was taken.

        :return: the offers made (sudo)
        """
        snapshot = self._snapshot(queues)
        if not snapshot.contacts:
            return self.sudo().browse()
        settings = self._settings(queues)
        if self._overflow(queues, snapshot, settings):
            snapshot = self._snapshot(queues)
        decisions = routing.match(snapshot, self._now(), settings)
        if not decisions:
            return self.sudo().browse()
        self._claim([one.contact for one in decisions], {one.agent for one in decisions})
        # sudo: contact_center.offer - the system offers
        lenders = {loan.agent: loan.lender for loan in snapshot.loans}
        offers = self.sudo().create([self._offer_values(one, lenders) for one in decisions])
        for offer, decision in zip(offers, decisions, strict=True):
            offer._begin(decision)
        return offers

    @api.model
    def _claim(self, conversation_ids, user_ids):
        """Make sure that nobody else gives these contacts or gives to these agents meanwhile.

        PostgreSQL refuses if one of them changed since this transaction began: the round is
        repeated. The rows are written, not only locked: whoever began before, and would take or
        close the contact without seeing its offer, is refused as well and looks again.
        """
        self.env.cr.execute(_CLAIM, {"contacts": list(conversation_ids)}, log_exceptions=False)
        self.env["contact_center.agent.tally"].sudo()._claim(user_ids)

    @api.model
    def _offer_values(self, decision, lenders):
        """Return the values of the row for a decision of the router.

        :param lenders: {agent id: id of the queue that lends them now}
        """
        now = fields.Datetime.now()
        via = lenders[decision.agent] if decision.standing == core.LENT else decision.via
        return {
            "conversation_id": decision.contact,
            "queue_id": decision.queue,
            "via_id": via,
            "user_id": decision.agent,
            "at": now,
            "until": now + timedelta(seconds=decision.until - decision.at),
            "weight": decision.weight,
            "score": decision.score,
            "why": self._reason_words(decision.reasons),
        }

    def _begin(self, decision):
        """Show this offer to its agent, or put the contact into service at once."""
        conversation = self.conversation_id
        if decision.automatic:
            self._assign()
            return
        conversation._log("offered", agent=self.user_id.name, offer_id=self.id)
        self._tell_screen()
        self.env["contact_center.agent.state"]._sync_offered(self.user_id)

    def _assign(self):
        """Put the contact into service with the agent at once.

        An addon may refuse the agent only now (`_check_agent_may_serve`): then it waits for others.
        """
        try:
            with self.env.cr.savepoint():
                self._end("assigned")
                self._serve(automatic=True)
        except UserError as error:
            _logger.info("Offer %s could not be assigned: %s", self.id, error)
            self.invalidate_recordset()
            self._end("refused", refusal="technical")
            self._back_to_head("refused", reason="technical")

    @api.model
    def _lock_name(self, queues):
        """Return the name of the lock of a group of queues: that of its oldest one."""
        return f"{LOCK}:{min(queues.ids)}"


def timestamp(at):
    """Return a naive UTC time as a Unix timestamp, 0.0 without one."""
    return at.replace(tzinfo=timezone.utc).timestamp() if at else 0.0


def _contact(row, declined):
    """Return the `routing.Contact` of a row of `_WAITING`."""
    id_, queue, priority, channel, skill, returned, since, entered, weight, *rest = row
    last_agent, shown, named_agent, named_until, supervised, _is_callback = rest
    skills = {-skill: 1} if skill else {}
    if supervised:
        skills[SUPERVISED] = 1
    return core.Contact(
        id=id_,
        queue=queue,
        since=since / 1e6,
        entered=entered / 1e6,
        priority=int(priority),
        weight=weight,
        channel=channel,
        skills=skills,
        last_agent=last_agent,
        named_agent=named_agent,
        named_until=timestamp(named_until),
        returned=returned,
        declined=declined.get(id_, {}),
        shown_in=frozenset(shown),
    )


def _levels_of_helper(seats, helping):
    """Return {queue id: level} of an agent in queues whose circles reach others.

    The level there is that which they have in their own.

    :param seats: the agent's
    :param helping: {queue id: ids of the other queues}
    """
    levels = {}
    for queue, groups in helping.items():
        own = [seat.level for seat in seats if seat.queue_id in groups]
        if own:
            levels[queue] = max(own)
    return levels


def _queue_settings(queue, expertise):
    """Return the `routing.QueueSettings` of a queue.

    What an agent must know is asked as skills: the level in the queue under the queue's own id,
    what the virtual assistant found out under the negative id of the expertise.
    """
    rings = queue.ring_ids.sorted("seconds")
    widening = [
        core.Ring(
            after=float(ring.seconds),
            level=int(ring.min_level),
            queues=frozenset(ring.group_ids.ids),
        )
        for ring in rings
        if ring != rings[0] or ring.group_ids
    ]
    widening.append(core.Ring(after=float(queue.skill_seconds), dropped=expertise))
    return core.QueueSettings(
        id=queue.id,
        mode=queue.mode,
        order=queue.order_method,
        choice=queue.agent_method,
        level_seconds=queue.priority_points * 60.0,
        offer_seconds=float(queue.offer_seconds),
        last_agent_seconds=float(queue.last_agent_seconds),
        skills={queue.id: int(rings[0].min_level)} if rings else {},
        rings=tuple(widening),
        overflows=tuple(
            core.Overflow(
                id=rule.id,
                condition=rule.condition,
                target=rule.target_id.id,
                above=float(rule.above),
                way=rule.way,
            )
            for rule in queue.overflow_ids
        ),
        goal_seconds=float(queue.service_level_seconds),
        goal_percent=float(queue.service_level_percent),
    )
