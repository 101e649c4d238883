# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, time, timedelta, timezone

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.contact_center.core import agent_time
from odoo.addons.contact_center.core.microseconds import SECOND, to_us
from odoo.addons.contact_center_distribution.models.agent_capacity import USUAL_CAPACITY
from odoo.addons.contact_center_distribution.models.agent_skill import USUAL_LEVEL
from odoo.addons.contact_center_distribution.models.queue import AUTOMATIC, PULL

from .. import workforce
from .stay import USUAL_DAYS

# States in which an agent is there for contacts.
PRESENT = ("available", "offered", "in_service", "after_work")
# The longest that a contact of the day is looked after, beyond its midnight.
AFTERWARDS = timedelta(hours=6)

_STATES = """
SELECT user_id, kind, start_us, end_us FROM contact_center_agent_state
WHERE user_id = ANY(%(users)s) AND kind = ANY(%(kinds)s) AND start_us < %(until)s
    AND (end_us IS NULL OR end_us > %(since)s)
ORDER BY user_id, start_us
"""
# Of each queue: seconds until offers were accepted; how many were not, of how many, and after
# which time.
_ANSWERING = """
SELECT queue_id,
    avg(extract(epoch FROM answered_at - at)) FILTER (WHERE result = 'accepted'),
    count(*) FILTER (WHERE result <> 'accepted'), count(*),
    avg(extract(epoch FROM answered_at - at)) FILTER (WHERE result <> 'accepted')
FROM contact_center_offer
WHERE queue_id = ANY(%(queues)s) AND result IN ('accepted', 'refused', 'expired')
    AND at >= %(since)s AND at < %(until)s
GROUP BY queue_id
"""
# More than this share of refusals is no habit of agents, but a queue that nobody serves.
MOST_REFUSED = 0.9


class Simulation(models.Model):
    """Reads a real day from the ledgers: contacts, agents, states.

    Which queues an agent serves and how well is what is entered now, plus the queues in which they
    answered somebody that day: the ledgers do not say what was entered then.
    """

    _inherit = "contact_center.simulation"

    def _read_day(self):
        """Return the day as a simulation needs it, and its figures as they were.

        :return: (`workforce.Day`, {"total": Figures, "queues": {id: Figures}, "slots": {n: ...}})
        :raise UserError: nothing came, or nobody was served
        """
        self.ensure_one()
        since, until = self._bounds()
        # sudo: contact_center.queue - how queues work; figures of all queues go to leaders
        queues = self.sudo().queue_ids or self.env["contact_center.queue"].sudo().search([])
        arrivals = self.env["contact_center.stay"]._arrivals(queues, since, until)
        if not arrivals:
            raise UserError(self.env._("No contact came to these queues on that day."))
        people, intervals = self._people(queues, arrivals, since, until)
        day = workforce.Day(
            start=to_us(since) / SECOND,
            arrivals=self._workforce_arrivals(arrivals, queues),
            people=people,
            traffic=self._traffic(queues, arrivals, since, until, intervals),
            settings=self._routing_settings(queues),
        )
        return day, self._real(day, arrivals, people, since, until)

    def _bounds(self):
        """Return the begin and the end of the day in the city, as naive UTC."""
        return self._midnight(self.day), self._midnight(self.day + timedelta(days=1))

    def _midnight(self, day):
        """Return the begin of a day in the city, as naive UTC."""
        zone = self.env["contact_center.queue"]._default_queue()._timezone()
        local = datetime.combine(day, time(), tzinfo=zone)
        return local.astimezone(timezone.utc).replace(tzinfo=None)

    # ------------------------------------------------------------
    # Agents
    # ------------------------------------------------------------

    def _people(self, queues, arrivals, since, until):
        """Return the agents of the day, and their intervals by state.

        :return: (tuple of `workforce.Person`, {user id: [agent_time.Interval]})
        """
        served, skills, capacity = defaultdict(set), defaultdict(dict), {}
        for seat in queues._seats():
            if seat.is_member:
                served[seat.user_id].add(seat.queue_id)
                skills[seat.user_id][seat.queue_id] = seat.level
                capacity[seat.user_id] = seat.capacity
        for one in arrivals:
            # Who helped out is no agent of the queue: overflow and loans are played as such
            if one["agent"] and not one["helped"]:
                served[one["agent"]].add(one["queue"])
                skills[one["agent"]].setdefault(one["queue"], USUAL_LEVEL)
        # sudo: res.users - what agents know is no secret to the system
        for user in self.env["res.users"].sudo().browse(served):
            skills[user.id].update({-skill: 5 for skill in user.livechat_expertise_ids.ids})
        intervals = self._intervals(list(served), since, until)
        loans = self._loans(list(served), since, until)
        for user_id, own in loans.items():
            # Lending says that they can serve it, whatever the queue asks of its own agents
            borrowers = frozenset().union(*(one[2] for one in own))
            skills[user_id].update(dict.fromkeys(borrowers - served[user_id], 5))
        people = tuple(
            workforce.Person(
                user_id,
                frozenset(served[user_id]),
                workforce.lent(_spells(intervals[user_id]), loans[user_id], served[user_id]),
                capacity.get(user_id, USUAL_CAPACITY),
                skills[user_id],
            )
            for user_id in sorted(served)
            if intervals[user_id]
        )
        return people, intervals

    def _loans(self, user_ids, since, until):
        """Return when these agents were lent, and to which queues, as it happened.

        :return: {user id: [(start, end, frozenset of queue ids)]}, seconds
        """
        domain = Domain("user_id", "in", user_ids) & Domain("since", "<", until)
        domain &= Domain("until", "=", False) | Domain("until", ">", since)
        found = defaultdict(list)
        # sudo: contact_center.loan - figures of all queues go to leaders
        for loan in self.env["contact_center.loan"].sudo().search(domain, order="since, id"):
            start, end = to_us(loan.since) / SECOND, to_us(loan.until or until) / SECOND
            borrowers = frozenset(loan.rule_id.borrower_ids.ids)
            found[loan.user_id.id].append((start, end, borrowers))
        return found

    def _intervals(self, user_ids, since, until):
        """Return when these agents were there: {user id: [agent_time.Interval]}, microseconds."""
        since, until = to_us(since), to_us(until)
        self.env.cr.execute(
            _STATES, {"users": user_ids, "kinds": list(PRESENT), "since": since, "until": until}
        )
        found = defaultdict(list)
        for user_id, kind, start, end in self.env.cr.fetchall():
            found[user_id].append(agent_time.Interval(kind, start, end))
        return defaultdict(
            list,
            {
                user: agent_time.clipped(intervals, since, until)
                for user, intervals in found.items()
            },
        )

    # ------------------------------------------------------------
    # Contacts
    # ------------------------------------------------------------

    def _workforce_arrivals(self, found, queues):
        """Return the `workforce.Arrival` of each contact of `_arrivals`, in their order."""
        promised = {}
        for one in found:
            queue_id, channel = key = (one["first"], one["channel"])
            if key not in promised:
                promised[key] = self._promised_seconds(queues.browse(queue_id), channel)
        return tuple(
            _workforce_arrival(one, queues, promised[one["first"], one["channel"]]) for one in found
        )

    def _promised_seconds(self, queue, channel_kind):
        """Return within how many seconds the contract has such a contact answered (hook).

        None if no contract says. By it a contact is kept, whatever goal its queue has.
        """

    def _traffic(self, queues, arrivals, since, until, intervals):
        """Return the `workforce.Traffic` of each queue.

        A queue in which nobody was served that day has the handling times of the others.
        """
        samples, everybody = defaultdict(list), []
        for one in arrivals:
            if one["handling"] is not None:
                samples[one["first"]].append(one["handling"])
                everybody.append(one["handling"])
        if not everybody:
            raise UserError(self.env._("Nobody was served in these queues on that day."))
        after_work = sum(
            interval.end - interval.start
            for own in intervals.values()
            for interval in own
            if interval.kind == "after_work"
        )
        patience = self._patience(queues, until)
        values = {"queues": queues.ids, "since": since, "until": until}
        self.env.cr.execute(_ANSWERING, values)
        offers = {queue_id: row for queue_id, *row in self.env.cr.fetchall()}
        traffic = {}
        for queue in queues:
            answering, refused, offered, refusing = offers.get(queue.id, (0, 0, 0, 0))
            traffic[queue.id] = workforce.Traffic(
                tuple(samples[queue.id] or everybody),
                patience[queue.id],
                float(queue.service_level_seconds),
                float(answering or 0),
                after_work / SECOND / len(everybody),
                min(refused / offered, MOST_REFUSED) if offered else 0.0,
                float(refusing or 0),
            )
        return traffic

    def _patience(self, queues, until):
        """Return {queue id: mean seconds after which citizens give up} of the weeks before."""
        since = until - timedelta(days=USUAL_DAYS)
        found = self.env["contact_center.stay"]._waits_and_losses(queues, since, until)
        waited, lost = (sum(one[place] for one in found.values()) for place in (0, 1))
        usual = workforce.mean_patience(waited, lost)
        return {
            queue.id: workforce.mean_patience(*found.get(queue.id, (0.0, 0)), usual)
            for queue in queues
        }

    def _routing_settings(self, queues):
        """Return how the router works, for a day that is played again.

        Contacts that agents pick by hand are given out as an agent would pick them, the first one
        first. Nobody waits for the last agent.
        """
        settings = self.env["contact_center.offer"]._settings(queues)
        played = {
            queue_id: replace(
                queue,
                mode=AUTOMATIC if queue.mode == PULL else queue.mode,
                last_agent_seconds=0.0,
            )
            for queue_id, queue in settings.queues.items()
        }
        return replace(settings, queues=played)

    # ------------------------------------------------------------
    # As it was
    # ------------------------------------------------------------

    def _real(self, day, arrivals, people, since, until):
        """Return the figures of the real day, see `_read_day`."""
        tallies = defaultdict(workforce.Tally)
        for one, arrival in zip(arrivals, day.arrivals, strict=True):
            slot = int((arrival.at - day.start) // workforce.SLOT)
            tally = tallies[one["first"], slot]
            left_us = one["left_us"] or to_us(until + AFTERWARDS)
            waited = (left_us - one["entered_us"]) / SECOND
            tally.offered += 1
            tally.waited += waited
            tally.answered += one["answered"]
            tally.abandoned += not one["answered"]
            tally.within += one["answered"] and waited <= arrival.goal
            if one["handling"] is not None:
                tally.handled += one["handling"]
                tally.timed += 1
            if arrival.promise is not None:
                tally.promised += 1
                tally.kept += one["answered"] and waited <= arrival.promise
        return {
            "total": workforce.of_tallies(tallies.values(), self._occupancy(people, since, until)),
            "queues": _grouped(tallies, 0),
            "slots": _grouped(tallies, 1),
        }

    def _occupancy(self, people, since, until):
        """Return the percent of their presence in which agents served somebody."""
        users = self.env["res.users"].browse([person.id for person in people])
        since, until = to_us(since), to_us(until)
        services = self.env["contact_center.agent.state"]._services(users, since, until)
        busy = sum(agent_time.busy_time(own, since, until) for own in services.values())
        present = sum(spell.end - spell.start for person in people for spell in person.spells)
        return workforce.occupancy_percent(busy / SECOND, present)


def _workforce_arrival(one, queues, promise):
    """Return the `workforce.Arrival` of a contact of `_arrivals`."""
    queue = queues.browse(one["first"])
    waited = (one["left_us"] - one["entered_us"]) / SECOND if one["left_us"] else None
    return workforce.Arrival(
        at=one["entered_us"] / SECOND,
        queue=one["first"],
        weight=one["weight"],
        channel=one["channel"] or "",
        skills={-one["skill"]: 1} if one["skill"] else {},
        priority=one["priority"],
        goal=float(queue._goal_seconds(one["channel"])),
        promise=promise,
        handling=one["handling"],
        patience=None if one["answered"] or waited is None else waited,
        waited=waited if one["answered"] else 0.0,
    )


def _spells(intervals):
    """Return when somebody was there, states that follow one another together."""
    spells = []
    for one in intervals:
        start, end = one.start / SECOND, one.end / SECOND
        if spells and spells[-1].end == start:
            spells[-1] = workforce.Spell(spells[-1].start, end)
        else:
            spells.append(workforce.Spell(start, end))
    return tuple(spells)


def _grouped(tallies, place):
    """Return the figures by a part of the keys of tallies."""
    groups = defaultdict(list)
    for key, tally in tallies.items():
        groups[key[place]].append(tally)
    return {key: workforce.of_tallies(own) for key, own in sorted(groups.items())}
