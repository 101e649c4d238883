# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import math

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from odoo.addons.contact_center_distribution import routing

from .. import workforce

_logger = logging.getLogger(__name__)


class Simulation(models.Model):
    """The job that plays a day and keeps what it gives."""

    _inherit = "contact_center.simulation"

    def _run_later(self):
        """Queue the job of this simulation."""
        self.ensure_one()
        # sudo: queue.job - the job belongs to the system
        self.sudo().with_delay(
            channel="root.background",
            identity_key=f"contact_center.simulation:{self.id}",
            description=f"Simulation {self.id}",
        )._run()

    def _run(self):
        """Simulate (queue_job); what goes wrong is shown on the form."""
        self.ensure_one()
        if self.state != "running":
            return
        # In the words of the person who asked, since the job belongs to the system
        simulation = self.with_context(lang=self.user_id.lang)
        try:
            simulation._simulate(simulation._tell_progress)
        except Exception as problem:
            self.env.cr.rollback()
            if not isinstance(problem, UserError):
                _logger.exception("Simulation %s failed", self.id)
            self.write({"state": "failed", "error": str(problem) or type(problem).__name__})

    def _tell_progress(self, percent):
        """Show how far it is, at once."""
        self.progress = percent
        self.env.cr.commit()  # pylint: disable=invalid-commit

    def _simulate(self, tell):
        """Play the day as it was, then with the changes; write the results.

        :param tell: called with the percent that is done
        """
        self.ensure_one()
        to_come = None
        if self._is_to_come():
            (day, to_come), real = self._read_day_to_come(), None
        else:
            day, real = self._read_day()
        changes = self._changes(day)
        kinds = [("day", day)]
        missing = {}
        if changes != workforce.Changes():
            plan, missing = workforce.changed(day, changes)
            kinds.append(("plan", plan))
        share = 100 / len(kinds) / workforce.REPLICATIONS
        found = {}
        for number, (kind, played) in enumerate(kinds):
            begun = number * workforce.REPLICATIONS
            found[kind] = workforce.replicate(
                played,
                routing,
                progress=lambda done, begun=begun: tell((begun + done) * share),
                to_come=to_come,
            )
        for number, move in enumerate(self.move_ids):
            move.missing = missing.get(number, 0)
        self._keep(real, found)

    def _changes(self, day):
        """Return the `workforce.Changes` that were entered."""
        return workforce.Changes(
            moves=tuple(
                workforce.Move(
                    day.start + int(move.start_slot) * workforce.SLOT,
                    day.start + int(move.end_slot) * workforce.SLOT,
                    move.count,
                    move.source_id.id or None,
                    move.target_id.id or None,
                )
                for move in self.move_ids
            ),
            shrinkage=self.shrinkage / 100,
            handling=self.handling_percent / 100,
            patience=float(self.patience_seconds) if self.patience_seconds else None,
        )

    # ------------------------------------------------------------
    # What is kept
    # ------------------------------------------------------------

    def _keep(self, real, found):
        """Replace the results by these.

        :param real: {"total": `workforce.Figures`, "queues": {id: Figures}, "slots": {n: Figures}},
            None for a day to come
        :param found: {kind: `workforce.Result`}
        """
        self.result_ids.unlink()
        vals_list = self._result_values("real", 0, real) if real else []
        for sequence, (kind, result) in enumerate(found.items(), start=1):
            parts = {"total": result.total, "queues": result.queues, "slots": result.slots}
            vals_list += self._result_values(kind, sequence, parts)
        self.env["contact_center.simulation.result"].create(vals_list)
        fit = "forecast"
        if real:
            fit = "fits" if workforce.fits(real["total"], found["day"].total) else "differs"
        self.write(
            {
                "state": "done",
                "progress": 100,
                "finished_at": fields.Datetime.now(),
                "fit": fit,
                "words": self._in_words(real and real["total"], found, fit),
            }
        )

    def _result_values(self, kind, sequence, parts):
        """Return the values of all rows of one way in which the day went.

        :param parts: {"total": figures, "queues": {id: figures}, "slots": {number: figures}}
        """
        shared = {"simulation_id": self.id, "kind": kind, "sequence": sequence}
        rows = [{**shared, "scope": "total", **_figures(parts["total"])}]
        for queue_id, figures in parts["queues"].items():
            rows.append({**shared, "scope": "queue", "queue_id": queue_id, **_figures(figures)})
        for slot, figures in sorted(parts["slots"].items()):
            label = f"{slot // 2:02}:{slot % 2 * 30:02}"
            rows.append({**shared, "scope": "slot", "slot": label, **_figures(figures)})
        for vals in rows:
            penalty = self._expected_penalty(vals, parts["queues"])
            if penalty is not None:
                vals.update(has_penalty=True, penalty=penalty)
        return rows

    def _expected_penalty(self, vals, queues):
        """Return the penalty of a month whose days all have such figures (hook).

        None if no contract says.

        :param vals: of a `contact_center.simulation.result`: its scope, queue, service level...
        :param queues: {queue id: `workforce.Figures` or `workforce.Expected`} of the same day
        """

    def _expected_penalties(self, kind, queues):
        """Return what the contract makes of days with such figures (hook).

        An addon that knows the contract returns a line for each indicator that it can judge by a
        day alone; what it returns is shown in words below the results.

        :param kind: "day" (without the changes) or "plan" (with them)
        :param queues: {queue id: `workforce.Expected`}: contacts, service level, wait, abandonment
            and handling time of each queue, each with its mean and margin
        :return: [(label, value, unit)]; the unit is "percent" (of the month's bill) or "amount" (in
            the company's currency)
        """
        return []

    def _in_words(self, real, found, fit):
        """Return what came out, in a few sentences."""
        _ = self.env._
        day = found["day"].total
        values = {"simulated": self._number(day.level.mean, 1)}
        if real:
            values["real"] = self._number(real.level, 1)
        if fit == "forecast":
            words = self._to_come_in_words(day)
        elif fit == "fits":
            words = _(
                "The model fits: it gives a service level of %(simulated)s %% for this day, which "
                "had %(real)s %%.",
                **values,
            )
        else:
            words = _(
                "The model does not fit this day: it gives a service level of %(simulated)s %%, "
                "the day had %(real)s %%. Do not decide by these figures.",
                **values,
            )
        lines = [words]
        if "plan" in found:
            lines += self._change_in_words(day, found["plan"].total)
        return "\n".join(lines + self._penalties_in_words(found))

    def _penalties_in_words(self, found):
        """Return sentences on what the contract makes of the simulated days."""
        _ = self.env._
        begins = {
            "day": _("Expected penalties without the changes: %s."),
            "plan": _("Expected penalties with the changes: %s."),
        }
        lines = []
        for kind, result in found.items():
            parts = []
            for label, value, unit in self._expected_penalties(kind, result.queues):
                if unit == "amount":
                    text = formatLang(self.env, value, currency_obj=self.env.company.currency_id)
                else:
                    text = f"{self._number(value, 2)} %"
                parts.append(f"{label} {text}")
            if parts:
                lines.append(begins[kind] % "; ".join(parts))
        return lines

    def _change_in_words(self, day, plan):
        """Return sentences on what the changes make of the day.

        :param day, plan: totals of `workforce.Expected`, without and with the changes
        """
        _ = self.env._
        change = _(
            "With the changes: service level %(level)s %% (± %(level_margin)s) instead of "
            "%(before)s %%, wait %(wait)s seconds (± %(wait_margin)s) instead of %(wait_before)s, "
            "abandonment %(abandoned)s %% (± %(abandoned_margin)s) instead of "
            "%(abandoned_before)s %%.",
            level=self._number(plan.level.mean, 1),
            level_margin=self._number(plan.level.margin, 1),
            before=self._number(day.level.mean, 1),
            wait=self._number(plan.wait.mean, 0),
            wait_margin=self._number(plan.wait.margin, 0),
            wait_before=self._number(day.wait.mean, 0),
            abandoned=self._number(plan.abandoned.mean, 1),
            abandoned_margin=self._number(plan.abandoned.margin, 1),
            abandoned_before=self._number(day.abandoned.mean, 1),
        )
        missing = [
            _(
                "Of the %(count)s people who were to leave %(queue)s, %(missing)s were not there.",
                count=move.count,
                queue=move.source_id.name,
                missing=move.missing,
            )
            for move in self.move_ids.filtered("missing")
        ]
        return [change, *missing]

    def _number(self, value, digits):
        """Return a number as people write it in their language."""
        return formatLang(self.env, value, digits=digits)


def _figures(figures):
    """Return the values of a row for `workforce.Figures` or `workforce.Expected`."""
    vals = {}
    for name in ("offered", "level", "wait", "abandoned", "occupancy"):
        value = getattr(figures, name)
        if isinstance(value, workforce.Estimate):
            vals[name] = value.mean
            if name != "offered":
                vals[f"{name}_margin"] = value.margin if math.isfinite(value.margin) else 0.0
        elif value is not None:
            vals[name] = value
    return vals
