# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import dataclass
from datetime import date, datetime

from odoo import api, fields, models

from odoo.addons.contact_center.models.agent_state import PAUSES

from .agent_capacity import USUAL_CAPACITY
from .agent_skill import USUAL_LEVEL
from .agent_state import AFTER_WORK, LOGGED_OUT, NOT_ANSWERING
from .channel_weight import USUAL_WEIGHT

TECHNICIAN = "contact_center.group_technician"
# A browser says every minute that it is there.
GONE_AFTER = 90
# States in which an agent is offered nothing, besides the pauses.
NOT_OFFERED = frozenset({*PAUSES, AFTER_WORK, NOT_ANSWERING, LOGGED_OUT, "outbound"})

_SEATS = """
SELECT queue.id AS queue_id, users.id AS user_id, users.active,
    member.user_id IS NOT NULL AS is_member,
    COALESCE(skill.level::int, %(usual_level)s) AS level, skill.since, skill.until,
    COALESCE(state.kind, '') AS state,
    presence.status IN ('online', 'away')
        AND presence.last_poll >= %(now)s - %(gone_after)s * interval '1 second'
        AND COALESCE(users.manual_im_status, '') <> 'offline' AS is_there,
    COALESCE(capacity.capacity, %(usual_capacity)s) AS capacity,
    COALESCE(served.load, 0)::int AS load,
    COALESCE(asked.weight, 0)::int AS offered,
    tally.served, tally.handled_seconds, tally.day,
    GREATEST(tally.last_end, tally.last_back,
        CASE WHEN tally.user_id IS NULL THEN state.start END) AS idle_since,
    queue.supervisor_present, duty.supervisor_id, COALESCE(
        boss.active AND boss_presence.status IN ('online', 'away')
        AND boss_presence.last_poll >= %(now)s - %(gone_after)s * interval '1 second'
        AND COALESCE(boss.manual_im_status, '') <> 'offline'
        AND COALESCE(boss_state.kind, '') <> 'logged_out', false) AS supervisor_is_there
FROM contact_center_queue queue
JOIN res_users users ON users.id = ANY(%(users)s) OR (%(users)s IS NULL AND EXISTS (
    SELECT FROM contact_center_queue_res_users_rel rel
    WHERE rel.queue_id = queue.id AND rel.user_id = users.id))
LEFT JOIN contact_center_queue_res_users_rel member
    ON member.queue_id = queue.id AND member.user_id = users.id
LEFT JOIN contact_center_agent_skill skill
    ON skill.queue_id = queue.id AND skill.user_id = users.id
LEFT JOIN contact_center_agent_state state ON state.user_id = users.id AND state."end" IS NULL
LEFT JOIN mail_presence presence ON presence.user_id = users.id
LEFT JOIN contact_center_agent_capacity capacity ON capacity.user_id = users.id
LEFT JOIN contact_center_agent_tally tally ON tally.user_id = users.id
LEFT JOIN contact_center_assignment duty ON duty.user_id = users.id
    AND duty.date_from <= %(today)s AND COALESCE(duty.date_until, 'infinity') >= %(today)s
LEFT JOIN res_users boss ON boss.id = duty.supervisor_id
LEFT JOIN mail_presence boss_presence ON boss_presence.user_id = boss.id
LEFT JOIN contact_center_agent_state boss_state
    ON boss_state.user_id = boss.id AND boss_state."end" IS NULL
LEFT JOIN (
    SELECT one.agent_id, sum(COALESCE(weight.weight, %(usual_weight)s)) AS load
    FROM contact_center_conversation one
    LEFT JOIN contact_center_channel_weight weight USING (channel_kind)
    WHERE one.state = 'in_service' GROUP BY one.agent_id
) served ON served.agent_id = users.id
LEFT JOIN (
    SELECT user_id, sum(weight) AS weight FROM contact_center_offer
    WHERE result IS NULL GROUP BY user_id
) asked ON asked.user_id = users.id
WHERE queue.id = ANY(%(queues)s)
ORDER BY queue.id, users.id
"""


@dataclass(frozen=True)
class Seat:
    """An agent in a queue, as the gate sees them at this moment; times are naive UTC.

    :param queue_id: id of the queue
    :param user_id: id of the agent
    :param active: whether the user is not archived
    :param is_member: whether the queue has them as an agent
    :param level: how well they know the queue, 1 to 5
    :param since: first day of that, None: always
    :param until: last day of that, None: no end
    :param state: kind of the agent's state, "" before the first
    :param is_there: whether a browser of theirs has been heard lately
    :param capacity: how much they serve at the same time
    :param load: how much they serve now
    :param offered: how much is offered to them now, and so kept free
    :param served: contacts since the day began
    :param handled_seconds: time of service since the day began
    :param day: the day that those two count
    :param idle_since: end of the last contact or pause, None: not known
    :param needs_supervisor: whether the queue wants the agent's own supervisor to be there
    :param supervisor_id: id of that supervisor, None: the agent has none today
    :param supervisor_is_there: whether the supervisor is logged in, with a browser heard lately
    """

    queue_id: int
    user_id: int
    active: bool
    is_member: bool
    level: int
    since: date | None
    until: date | None
    state: str
    is_there: bool
    capacity: int
    load: int
    offered: int
    served: int | None
    handled_seconds: int | None
    day: date | None
    idle_since: datetime | None
    needs_supervisor: bool
    supervisor_id: int | None
    supervisor_is_there: bool


class Queue(models.Model):
    """The gate: who may be offered a contact of a queue, or take one."""

    _inherit = "contact_center.queue"

    def _seats(self, users=None):
        """Return a `Seat` for each agent of these queues, in one statement.

        :param users: only these res.users, whether they are agents of the queues or not
        """
        # The day costs a look for the city's clock; it counts only where supervisors do
        is_asked = self._needs_supervisors()
        today = self.env["contact_center.agent.tally"]._today() if is_asked else fields.Date.today()
        # The statement reads what may not have been written yet
        self.env.flush_all()
        self.env.cr.execute(
            _SEATS,
            {
                "queues": self.ids,
                "users": users.ids if users is not None else None,
                "now": fields.Datetime.now(),
                "gone_after": GONE_AFTER,
                "usual_level": USUAL_LEVEL,
                "usual_capacity": USUAL_CAPACITY,
                "usual_weight": USUAL_WEIGHT,
                "today": today,
            },
        )
        return [Seat(*row) for row in self.env.cr.fetchall()]

    @api.model
    def _refusals(self, seats, weight=1):
        """Return why agents may not be offered a queue's contacts, nor take them (hook).

        Everything that distributes asks here, and so does whoever takes a contact by hand from a
        queue that distributes. Add to what `super()` returns; who is not in it may.

        :param seats: list of `Seat`
        :param weight: what the contact would take of their capacity; 0 for one that is offered to
            them and counts already
        :return: {(queue id, user id): why not, in the user's language}
        """
        today, refusals = self.env["contact_center.agent.tally"]._today(), {}
        for seat in seats:
            reason = self._refusal(seat, weight, today)
            if reason:
                refusals[seat.queue_id, seat.user_id] = reason
        return refusals

    @api.model
    def _refusal(self, seat, weight, today):
        """Return why this seat may be offered nothing of that weight now; "" if it may."""
        _ = self.env._
        # sudo: res.users - whether a colleague is an agent is no secret
        user = self.env["res.users"].sudo().browse(seat.user_id)
        if not seat.is_member or not seat.active or not user.has_group(TECHNICIAN):
            return _("not an agent of this queue")
        if seat.since and seat.since > today:
            return _("serves this queue only from %s on", fields.Date.to_string(seat.since))
        if seat.until and seat.until < today:
            return _("served this queue until %s", fields.Date.to_string(seat.until))
        if not seat.is_there:
            return _("not logged in")
        if seat.state in NOT_OFFERED:
            kinds = self.env["contact_center.agent.state"]._fields["kind"]
            return dict(kinds._description_selection(self.env)).get(seat.state, seat.state)
        if why := self._supervisor_missing(seat):
            return why
        if seat.load + seat.offered + weight > seat.capacity:
            return _("serves as much as they can")
        return ""
