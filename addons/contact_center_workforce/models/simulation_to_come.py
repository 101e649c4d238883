# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.contact_center.core.microseconds import SECOND, to_us
from odoo.addons.contact_center_distribution.models.agent_capacity import USUAL_CAPACITY

from .. import workforce
from ..workforce.forecast import LEAST_DAYS
from .stay import USUAL_DAYS


class Simulation(models.Model):
    """Reads a day to come: contacts from the forecast, people from the shifts."""

    _inherit = "contact_center.simulation"

    def _is_to_come(self):
        """Return whether the day is not over."""
        self.ensure_one()
        return self.day >= self.env["contact_center.queue"]._city_today()

    def _read_day_to_come(self):
        """Return the day as a simulation needs it, and what is expected of it.

        Handling times, patience and the kinds of contacts are those of the last four weeks.

        :return: (`workforce.Day` without contacts, `workforce.ToCome`)
        :raise UserError: too little came to these queues so far, or nobody is planned
        """
        self.ensure_one()
        # sudo: contact_center.queue - how queues work; figures of all queues go to leaders
        queues = self.sudo().queue_ids or self.env["contact_center.queue"].sudo().search([])
        today = self.env["contact_center.queue"]._city_today()
        until = self._midnight(today)
        since = until - timedelta(days=USUAL_DAYS)
        seen = self.env["contact_center.stay"]._arrivals(queues, since, until)
        kinds = defaultdict(list)
        for arrival in self._workforce_arrivals(seen, queues):
            kinds[arrival.queue].append(arrival)
        volumes = {
            queue.id: expected
            for queue in queues
            if kinds[queue.id] and (expected := self._expected_volumes(queue, until))
        }
        if not volumes:
            raise UserError(
                self.env._(
                    "There is too little to forecast from: contacts of at least %s days are "
                    "needed.",
                    LEAST_DAYS,
                )
            )
        people = self._planned_people(queues)
        intervals = self._intervals([person.id for person in people], since, until)
        start, _end = self._bounds()
        day = workforce.Day(
            start=to_us(start) / SECOND,
            arrivals=(),
            people=people,
            traffic=self._traffic(queues, seen, since, until, intervals),
            settings=self._routing_settings(queues),
        )
        return day, workforce.ToCome(volumes, kinds)

    def _expected_volumes(self, queue, until):
        """Return the contacts expected on the day by half hour; None: too little is known."""
        history = self.env["contact_center.stay"]._volumes(queue, until, queue._timezone().key)
        if len(history) < LEAST_DAYS:
            return None
        forecast = self.env["contact_center.volume.forecast"].new({"queue_id": queue.id})
        holidays = forecast._holidays(min(history), self.day)
        return workforce.best_forecast(history, holidays).of(self.day)

    def _planned_people(self, queues):
        """Return those whose shifts are planned for the day, with the queues that they serve."""
        start, end = self._bounds()
        # sudo: contact_center.shift - who is there is part of the figures that go to leaders
        planned = (
            self.env["contact_center.shift"]
            .sudo()
            .search([("role", "=", "agent"), ("start", "<", end), ("end", ">", start)])
        )
        served, skills, capacity = defaultdict(set), defaultdict(dict), {}
        for seat in queues._seats():
            if seat.is_member:
                served[seat.user_id].add(seat.queue_id)
                skills[seat.user_id][seat.queue_id] = seat.level
                capacity[seat.user_id] = seat.capacity
        spells = defaultdict(tuple)
        for shift in planned.filtered(lambda shift: shift.user_id.id in served):
            spells[shift.user_id.id] += shift._planned_spells(start, end)
        if not spells:
            raise UserError(
                self.env._(
                    "No agent of these queues has a shift on that day: enter the shifts first."
                )
            )
        for user in self.env["res.users"].sudo().browse(spells):
            skills[user.id].update({-skill: 5 for skill in user.livechat_expertise_ids.ids})
        return tuple(
            workforce.Person(
                user_id,
                frozenset(served[user_id]),
                spells[user_id],
                capacity.get(user_id, USUAL_CAPACITY),
                skills[user_id],
            )
            for user_id in sorted(spells)
        )

    def _to_come_in_words(self, day):
        """Return what is expected of a day to come.

        :param day: total of `workforce.Expected`
        """
        return self.env._(
            "Expected for this day, by the forecast and the planned shifts: %(contacts)s contacts, "
            "service level %(level)s %% (± %(margin)s), wait %(wait)s seconds, abandonment "
            "%(abandoned)s %%. Chance alone makes days differ by more than the margin.",
            contacts=self._number(day.offered.mean, 0),
            level=self._number(day.level.mean, 1),
            margin=self._number(day.level.margin, 1),
            wait=self._number(day.wait.mean, 0),
            abandoned=self._number(day.abandoned.mean, 1),
        )
