# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import math
from datetime import timedelta, timezone

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from .. import workforce
from ..workforce.forecast import LEAST_DAYS
from .stay import USUAL_DAYS

# Half hours with less than this are taken for closed.
NOTHING = 0.05
INPUTS = frozenset(
    {
        "queue_id",
        "first_day",
        "days",
        "handling_seconds",
        "patience_seconds",
        "at_once",
        "goal_seconds",
        "goal_percent",
        "shrinkage",
    }
)


class VolumeForecast(models.Model):
    """How many contacts a queue will get by half hour, and how many agents that needs."""

    _name = "contact_center.volume.forecast"
    _description = "Volume Forecast"
    _order = "first_day desc, id desc"

    name = fields.Char(compute="_compute_name")
    queue_id = fields.Many2one("contact_center.queue", required=True, ondelete="cascade")
    first_day = fields.Date(
        required=True, default=lambda self: self.env["contact_center.queue"]._city_today()
    )
    days = fields.Integer(required=True, default=7)
    handling_seconds = fields.Integer(
        string="Handling time (seconds)",
        help="Mean time that a contact takes of an agent. 0: as in the last four weeks.",
    )
    patience_seconds = fields.Integer(
        string="Patience (seconds)",
        help="Mean time after which waiting citizens give up. 0: as in the last four weeks.",
    )
    at_once = fields.Integer(
        string="Contacts at a time",
        help="How many contacts an agent serves at the same time. 0: as the weights of the "
        "channels of the last four weeks allow.",
    )
    goal_seconds = fields.Integer(
        string="Answer within (seconds)", help="0: the goal of the queue."
    )
    goal_percent = fields.Integer(string="Service level (%)", help="0: the goal of the queue.")
    shrinkage = fields.Float(
        string="Absence (%)",
        default=20.0,
        help="Part of the paid time in which people are not there: pauses, training, illness.",
    )
    line_ids = fields.One2many("contact_center.volume.forecast.line", "forecast_id", readonly=True)
    calculated_at = fields.Datetime(readonly=True, copy=False)
    history_days = fields.Integer(string="Days of history", readonly=True, copy=False)
    tried_weeks = fields.Integer(string="Weeks tried", readonly=True, copy=False)
    error = fields.Float(
        string="Error (%)",
        readonly=True,
        copy=False,
        digits=(16, 1),
        aggregator=None,
        help="Differences of all half hours of the weeks tried, as a part of what came. Each week "
        "was forecast from the days before it only.",
    )
    error_last_week = fields.Float(
        string="Error of “as last week” (%)",
        readonly=True,
        copy=False,
        digits=(16, 1),
        aggregator=None,
    )
    words = fields.Text(string="In words", readonly=True, copy=False)

    _days_possible = models.Constraint(
        "CHECK(days BETWEEN 1 AND 56)", "A forecast is for 1 to 56 days."
    )
    _numbers_possible = models.Constraint(
        "CHECK(handling_seconds >= 0 AND patience_seconds >= 0 AND at_once >= 0"
        " AND goal_seconds >= 0 AND goal_percent BETWEEN 0 AND 99"
        " AND shrinkage >= 0 AND shrinkage <= 90)",
        "Times cannot be negative, the service level is below 100 %, the absence at most 90 %.",
    )

    @api.depends("queue_id", "first_day")
    @api.depends_context("lang")
    def _compute_name(self):
        for forecast in self:
            first = forecast.first_day and format_date(self.env, forecast.first_day)
            forecast.name = " · ".join(filter(None, (forecast.queue_id.name, first)))

    @api.model_create_multi
    def create(self, vals_list):
        """Create from the user's choices; the rest is calculated."""
        for vals in vals_list:
            self._check_inputs(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Forget what was calculated from other choices."""
        self._check_inputs(vals)
        if vals.keys() & INPUTS:
            # sudo: contact_center.volume.forecast(.line) - calculated, not entered
            self.sudo().line_ids.unlink()
            vals = {**vals, "calculated_at": False, "words": False}
        return super().write(vals)

    def _check_inputs(self, vals):
        if not self.env.su and vals.keys() - INPUTS:
            raise UserError(self.env._("What a forecast says is calculated, not entered."))

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_calculate(self):
        """Forecast from what came so far."""
        for forecast in self:
            forecast.check_access("write")
            # sudo: contact_center.volume.forecast - only its own actions write what it says
            forecast.sudo()._calculate()

    def action_charts(self):
        """Open the half hours as a chart."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_workforce.volume_forecast_line_action"
        )
        return {**action, "domain": [("forecast_id", "=", self.id)]}

    # ------------------------------------------------------------
    # What is calculated
    # ------------------------------------------------------------

    def _calculate(self):
        self.ensure_one()
        zone = self.queue_id._timezone()
        midnight = self.queue_id._local_time().replace(hour=0, minute=0, second=0, microsecond=0)
        until = min(
            midnight.astimezone(timezone.utc).replace(tzinfo=None), self._begin(self.first_day)
        )
        history = self.env["contact_center.stay"]._volumes(self.queue_id, until, zone.key)
        if len(history) < LEAST_DAYS:
            raise UserError(
                self.env._(
                    "There are contacts of %(days)s days: a forecast needs at least %(least)s.",
                    days=len(history),
                    least=LEAST_DAYS,
                )
            )
        last = self.first_day + timedelta(days=self.days - 1)
        holidays = self._holidays(min(history), last)
        model = workforce.best_forecast(history, holidays)
        usual = self._usual(until)
        self.line_ids.unlink()
        self.env["contact_center.volume.forecast.line"].create(
            [
                vals
                for number in range(self.days)
                for vals in self._day_lines(self.first_day + timedelta(days=number), model, usual)
            ]
        )
        judged = workforce.judge(history, holidays)
        self._note_errors(judged, len(history), usual)

    def _holidays(self, first, last):
        """Return the days that are no usual weekdays: the city's holidays, and closed days.

        Citizens keep holidays even where a queue is open.
        """
        special = self.queue_id._special_days(first, last)
        closed = {day for day, one in special.items() if one.kind == "closed"}
        return closed | self.queue_id._holidays(first, last).keys()

    def _begin(self, day):
        """Return the begin of a day in the city, as naive UTC."""
        local = self.queue_id._local_time().replace(
            year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0
        )
        return local.astimezone(timezone.utc).replace(tzinfo=None)

    def _usual(self, until):
        """Return what a contact of this queue is like: what was entered, else what was seen.

        :return: {"handling", "patience", "at_once", "goal": `workforce.Goal`}
        """
        stays = self.env["contact_center.stay"]
        since = until - timedelta(days=USUAL_DAYS)
        seen = stays._arrivals(self.queue_id, since, until)
        handled = [one["handling"] for one in seen if one["handling"] is not None]
        handling = self.handling_seconds or (sum(handled) / len(handled) if handled else 0)
        if not handling:
            raise UserError(
                self.env._("Nobody was served in the last four weeks: enter a handling time.")
            )
        waits = stays._waits_and_losses(self.queue_id, since, until)
        weight = sum(one["weight"] for one in seen) / len(seen) if seen else 100
        return {
            "handling": float(handling),
            "patience": float(
                self.patience_seconds
                or workforce.mean_patience(*waits.get(self.queue_id.id, (0.0, 0)))
            ),
            "at_once": self.at_once or max(int(100 / weight), 1),
            "goal": workforce.Goal(
                float(self.goal_seconds or self.queue_id.service_level_seconds),
                (self.goal_percent or min(self.queue_id.service_level_percent, 99)) / 100,
            ),
        }

    def _day_lines(self, day, model, usual):
        """Return the values of the half hours of a day."""
        rows = []
        for slot, expected in enumerate(model.of(day)):
            vals = {
                "forecast_id": self.id,
                "day": day,
                "slot": f"{slot // 2:02}:{slot % 2 * 30:02}",
                "expected": expected,
            }
            if expected >= NOTHING:
                vals.update(self._staff(expected, usual))
            rows.append(vals)
        return rows

    def _staff(self, expected, usual):
        """Return how many agents so many contacts in half an hour need, and what they give."""
        goal, at_once = usual["goal"], usual["at_once"]
        load = workforce.Load(2 * expected, usual["handling"], usual["patience"])
        places = workforce.agents_needed(load, goal) or 0
        patient = workforce.agents_needed(load, goal, workforce.erlang_c) or 0
        service = workforce.erlang_a(load, places, goal.seconds)
        agents = math.ceil(places / at_once)
        return {
            "agents": agents,
            "rostered": workforce.rostered(agents, self.shrinkage / 100),
            "agents_patient": math.ceil(patient / at_once),
            "level": 100 * service.level,
            "wait": service.wait,
            "abandoned": 100 * service.abandoned,
            "occupancy": 100 * service.occupancy,
        }

    def _note_errors(self, judged, history_days, usual):
        """Keep how good forecasts of the last weeks were, and say on what this one rests."""
        known = self._is_known(judged)
        lines = [
            self.env._(
                "Handling time %(handling)s seconds, patience %(patience)s seconds, "
                "%(at_once)s contacts at a time; goal: %(percent)s %% within %(seconds)s seconds.",
                handling=self._number(usual["handling"], 0),
                patience=self._number(usual["patience"], 0),
                at_once=usual["at_once"],
                percent=self._number(100 * usual["goal"].level, 0),
                seconds=self._number(usual["goal"].seconds, 0),
            ),
            *self._errors_in_words(judged),
        ]
        self.write(
            {
                "calculated_at": fields.Datetime.now(),
                "history_days": history_days,
                "tried_weeks": judged.weeks,
                "error": 100 * judged.error if known else 0,
                "error_last_week": 100 * judged.last_week if known else 0,
                "words": "\n".join(lines),
            }
        )

    @staticmethod
    def _is_known(judged):
        """Return whether there was enough history to say how good forecasts were."""
        return bool(judged.weeks) and math.isfinite(judged.error)

    def _errors_in_words(self, judged):
        """Return sentences on how good forecasts of the last weeks were."""
        if not self._is_known(judged):
            return [self.env._("There is too little history to say how good it is.")]
        lines = [
            self.env._(
                "In the last %(weeks)s weeks this method was off by %(error)s %%; taking the "
                "same time of the week before would have been off by %(last_week)s %%.",
                weeks=judged.weeks,
                error=self._number(100 * judged.error, 1),
                last_week=self._number(100 * judged.last_week, 1),
            )
        ]
        better = judged.error < judged.last_week
        if not better:
            lines.append(self.env._("In these weeks it was no better than last week's figures."))
        return lines

    def _number(self, value, digits):
        """Return a number as people write it in their language."""
        return formatLang(self.env, value, digits=digits)
