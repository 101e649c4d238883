# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, models

from odoo.addons.contact_center.core.microseconds import SECOND, to_us
from odoo.addons.contact_center_distribution.models.channel_weight import USUAL_WEIGHT

# What an agent's service of a contact ends with.
ENDS = ("transferred", "released", "returned_to_bot", "survey_asked", "closed")
# A citizen who leaves a queue so goes on waiting in another one.
OVERFLOWED = "overflowed"
ONWARD = (OVERFLOWED, "transferred")
# How stays end in which an agent answers.
LENT = "lent"
ANSWERED = ("accepted", LENT)
# Days whose patience and handling times say what is usual.
USUAL_DAYS = 28

_ARRIVALS = """
SELECT stay.conversation_id, stay.queue_id, stay.entered_us, stay.left_us, stay.left_how,
    stay.agent_id, ended.at_us AS ended_us, one.channel_kind, one.priority, one.skill_id,
    one.served_via_id,
    COALESCE(weight.weight, %(usual_weight)s) AS weight
FROM contact_center_stay stay
JOIN contact_center_conversation one ON one.id = stay.conversation_id
LEFT JOIN contact_center_channel_weight weight USING (channel_kind)
LEFT JOIN LATERAL (
    SELECT min(event.at_us) AS at_us FROM contact_center_event event
    WHERE stay.left_how = ANY(%(answered)s) AND event.conversation_id = stay.conversation_id
        AND event.at_us > stay.left_us AND event.kind = ANY(%(ends)s)
) ended ON TRUE
WHERE stay.queue_id = ANY(%(queues)s) AND stay.entered_us >= %(since)s
    AND stay.entered_us < %(until)s
ORDER BY stay.conversation_id, stay.id
"""
_VOLUMES = """
SELECT (entered_at AT TIME ZONE 'UTC' AT TIME ZONE %(timezone)s)::date AS day,
    (extract(hour FROM entered_at AT TIME ZONE 'UTC' AT TIME ZONE %(timezone)s) * 2
     + floor(extract(minute FROM entered_at AT TIME ZONE 'UTC' AT TIME ZONE %(timezone)s) / 30)
    )::int AS slot,
    count(*)
FROM contact_center_stay
WHERE queue_id = ANY(%(queues)s) AND entered_us < %(until)s
    AND (left_how IS NULL OR left_how <> ALL(%(onward)s))
GROUP BY 1, 2
"""
_PATIENCE = """
SELECT queue_id, sum(waited_seconds), count(*) FILTER (WHERE left_how = 'abandoned')
FROM contact_center_stay
WHERE queue_id = ANY(%(queues)s) AND entered_us >= %(since)s AND entered_us < %(until)s
    AND left_us IS NOT NULL
GROUP BY queue_id
"""


class Stay(models.Model):
    """Read by those who plan: what came, how long it waited and was served."""

    _inherit = "contact_center.stay"

    @api.model
    def _arrivals(self, queues, since, until):
        """Return one dict for each contact that came to these queues between two moments (UTC).

        A citizen who overflowed or was passed on while waiting is one contact: of the queue in
        which the wait ended, since the first one.

        :return: [{"queue", "first" (the queue that it came to, before it overflowed), "helped"
            (answered by an agent of another queue, or by one who was lent), "entered_us",
            "left_us", "answered", "handling" (seconds, None if not served or not over), "agent",
            "channel", "priority", "skill", "weight"}] by time
        """
        self.env.flush_all()
        self.env.cr.execute(
            _ARRIVALS,
            {
                "queues": queues.ids,
                "since": to_us(since),
                "until": to_us(until),
                "usual_weight": USUAL_WEIGHT,
                "answered": list(ANSWERED),
                "ends": list(ENDS),
            },
        )
        found, passed_on = [], {}
        for row in self.env.cr.dictfetchall():
            contact = row["conversation_id"]
            arrival, before = _arrival(row), passed_on.pop(contact, None)
            if before:
                found.remove(before)
                arrival["entered_us"] = before["entered_us"]
                if before["how"] == OVERFLOWED:
                    arrival["first"] = before["first"]
            found.append(arrival)
            if row["left_how"] in ONWARD:
                passed_on[contact] = arrival
        return sorted(found, key=lambda one: one["entered_us"])

    @api.model
    def _volumes(self, queues, until, timezone):
        """Return how many contacts came by day and half hour: {date: [48 numbers]}.

        Days without contacts between the first and the last day are days with 0 contacts.

        :param until: moment (naive UTC) before which they came
        :param timezone: name of the zone whose days are meant
        """
        self.env.flush_all()
        values = {
            "queues": queues.ids,
            "until": to_us(until),
            "timezone": timezone,
            "onward": list(ONWARD),
        }
        self.env.cr.execute(_VOLUMES, values)
        rows = self.env.cr.fetchall()
        if not rows:
            return {}
        first, last = min(row[0] for row in rows), max(row[0] for row in rows)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        volumes = {day: [0.0] * 48 for day in days}
        for day, slot, count in rows:
            volumes[day][slot] = float(count)
        return volumes

    @api.model
    def _waits_and_losses(self, queues, since, until):
        """Return {queue id: (seconds waited by all together, citizens who gave up)}."""
        self.env.flush_all()
        values = {"queues": queues.ids, "since": to_us(since), "until": to_us(until)}
        self.env.cr.execute(_PATIENCE, values)
        return {queue: (float(waited or 0), lost) for queue, waited, lost in self.env.cr.fetchall()}


def _arrival(row):
    """Return what `_arrivals` says of a row of its statement."""
    answered = row["left_how"] in ANSWERED
    via = row["served_via_id"]
    handling = None
    if answered and row["ended_us"]:
        handling = (row["ended_us"] - row["left_us"]) / SECOND
    return {
        "queue": row["queue_id"],
        "first": row["queue_id"],
        "how": row["left_how"],
        "helped": row["left_how"] == LENT or bool(via and via != row["queue_id"]),
        "entered_us": row["entered_us"],
        "left_us": row["left_us"],
        "answered": answered,
        "handling": handling,
        "agent": row["agent_id"],
        "channel": row["channel_kind"],
        "priority": int(row["priority"]),
        "skill": row["skill_id"],
        "weight": row["weight"],
    }
