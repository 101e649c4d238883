# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.contact_center.core.microseconds import to_us
from odoo.addons.contact_center.orderly_stop import stopping

_logger = logging.getLogger(__name__)

# How long a job works before it queues the next, well below the workers' time limit
SECONDS_PER_JOB = 40
# What a transaction that was still under way at the last time wrote is looked for again
OVERLAP = timedelta(hours=1)
KEEP_RUNS = timedelta(days=400)


class CubeRefresh(models.Model):
    """The cubes brought up to date: which days were counted, when, and why.

    A day is counted in one transaction, so that readers see it as it was or as it is. A run goes on
    where it was stopped. Only days on which something changed since the last run are counted.
    """

    _name = "contact_center.cube.refresh"
    _inherit = ["contact_center.machine.row", "contact_center.background.work"]
    _description = "Cubes Brought Up to Date"
    _order = "id desc"
    _rec_name = "started_at"

    reason = fields.Selection(
        [("daily", "Every night"), ("demand", "On demand"), ("everything", "All days again")],
        string="Why",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("failed", "Failed")],
        required=True,
        readonly=True,
        default="running",
    )
    requested_by_id = fields.Many2one(
        "res.users", string="Asked by", required=True, readonly=True, ondelete="restrict"
    )
    started_at = fields.Datetime(
        string="Started", required=True, readonly=True, default=fields.Datetime.now
    )
    finished_at = fields.Datetime(string="Finished", readonly=True)
    planned_at = fields.Datetime(string="Planned", readonly=True)
    days = fields.Json(string="Days still to be counted", readonly=True)
    day_count = fields.Integer(string="Days", readonly=True)
    done_count = fields.Integer(string="Days counted", readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    last_event = fields.Integer(
        string="Last event", readonly=True, aggregator=None, help="Known when it started."
    )
    error = fields.Text(readonly=True)
    progress = fields.Float(compute="_compute_progress", help="Percent of the days.")

    _one_running = models.UniqueIndex(
        "(state) WHERE state = 'running'", "The cubes are being brought up to date already."
    )

    @api.depends("state", "day_count", "done_count")
    def _compute_progress(self):
        for run in self:
            share = 100 * run.done_count / run.day_count if run.day_count else 0
            run.progress = 100 if run.state == "done" else min(share, 99)

    # ------------------------------------------------------------
    # Beginning
    # ------------------------------------------------------------

    @api.model
    def _begin(self, reason):
        """Begin, or return the run that is under way; the callers check the right."""
        # sudo: contact_center.cube.refresh - written by the system only
        runs = self.sudo()
        self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [self._name])
        running = runs.search([("state", "=", "running")], limit=1)
        if running:
            # a job that was lost comes back; one that waits stays the only one
            running._run_later()
            return running
        run = runs.create({"reason": reason, "requested_by_id": self.env.uid})
        run._run_later()
        return run

    @api.model
    def _cron_refresh(self):
        """Bring the cubes up to date (scheduled action), and forget what was done long ago."""
        # sudo: contact_center.cube.refresh - scheduled action
        runs = self.sudo()
        before = fields.Datetime.now() - KEEP_RUNS
        runs.search([("started_at", "<", before)], limit=500).unlink()
        runs._begin("daily")

    def action_again(self):
        """Go on with a run that failed."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("contact_center.group_administrator") and (
            not self.env.user.has_group("contact_center.group_manager")
        ):
            raise AccessError(self.env._("Only managers and administrators may do this."))
        if self.state == "failed":
            # sudo: contact_center.cube.refresh - the right was checked
            run = self.sudo()
            if run.search_count([("state", "=", "running")], limit=1):
                return run._begin("demand")._action_open()
            run.write({"state": "running", "error": False})
            run._run_later()
        return self._action_open()

    def _action_open(self):
        """Open this run."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bringing the cubes up to date"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _run_later(self):
        """Queue the job that goes on with this run."""
        self.ensure_one()
        # sudo: queue.job - the job belongs to the system
        self.sudo().with_delay(
            channel="root.background",
            identity_key=f"contact_center.cube.refresh:{self.id}",
            description=f"Cubes {self.id}",
        )._run()

    # ------------------------------------------------------------
    # The job
    # ------------------------------------------------------------

    def _run(self):
        """Count days for a while, then queue the next job; each day is committed."""
        self.ensure_one()
        end = time.monotonic() + SECONDS_PER_JOB
        try:
            while self.state == "running" and time.monotonic() < end and not stopping():
                self._step()
                self._commit()
                self.invalidate_recordset()
        except Exception as problem:
            self._rollback()
            _logger.exception("Cubes: run %s failed", self.id)
            self.write({"state": "failed", "error": str(problem) or type(problem).__name__})
            self._commit()
            return
        if self.state == "running":
            self._run_later()

    def _step(self):
        """Do the next piece: plan, one day, or the end."""
        self.env.flush_all()
        schema = self.env["contact_center.cube.schema"]
        if not self.planned_at:
            self._plan()
        elif self.days:
            day = fields.Date.to_date(self.days[0])
            rows = schema._count_day(self._bounds(day))
            self.write(
                {
                    "days": self.days[1:],
                    "done_count": self.done_count + 1,
                    "row_count": self.row_count + rows,
                }
            )
        else:
            self.env["contact_center.cube.views"]._fill_names()
            self.env["contact_center.cube"]._list_cubes()
            self.write({"state": "done", "finished_at": fields.Datetime.now(), "days": False})
            self._after()

    def _plan(self):
        """Find out which days are to be counted."""
        schema = self.env["contact_center.cube.schema"]
        schema._ensure()
        last = self._last_done()
        everything = self.reason == "everything" or not last
        bounds = {
            **self._moments(fields.Datetime.now()),
            "since": "-infinity" if everything else last.started_at - OVERLAP,
            "last_event": 0 if everything else last.last_event,
        }
        days = set(schema._changed_days(bounds))
        if everything:
            days |= set(schema._counted_days())
        self.write(
            {
                "planned_at": fields.Datetime.now(),
                "days": [fields.Date.to_string(day) for day in sorted(days)],
                "day_count": len(days),
                "last_event": self._settled_event(),
            }
        )

    @api.model
    def _last_done(self):
        """Return the last run that was finished, of those that counted into the tables of now.

        Without one, all days have to be counted: the first of them did so.
        """
        made_at = self.env["contact_center.cube.schema"]._made_at()
        domain = [("state", "=", "done"), ("planned_at", ">=", made_at)]
        return self.search(domain, order="started_at desc", limit=1)

    @api.model
    def _settled_event(self):
        """Return an event after which the next run looks for news.

        Events get their number before their transaction ends, so that one with a lower number may
        come to light later: it is one that is older than any transaction under way.
        """
        self.env.cr.execute(
            "SELECT COALESCE(max(id), 0) FROM contact_center_event WHERE create_date < %s",
            [fields.Datetime.now() - OVERLAP],
        )
        return self.env.cr.fetchone()[0]

    # ------------------------------------------------------------
    # Days
    # ------------------------------------------------------------

    @api.model
    def _moments(self, now):
        """Return the parameters that do not depend on a day."""
        cubes = self.env["contact_center.cube"]
        return {**cubes._parameters(), "zone": cubes._zone(), "now": now, "now_us": to_us(now)}

    @api.model
    def _bounds(self, day):
        """Return the parameters with which a day is counted."""
        zone = ZoneInfo(self.env["contact_center.cube"]._zone())
        start, end = (
            datetime.combine(one, clock(), zone).astimezone(UTC).replace(tzinfo=None)
            for one in (day, day + timedelta(days=1))
        )
        return {
            **self._moments(fields.Datetime.now()),
            "day": day,
            "start": start,
            "end": end,
            "start_us": to_us(start),
            "end_us": to_us(end),
        }

    def _after(self):
        """Do what follows when the cubes are up to date (hook)."""
        self.env["contact_center.cube.copy"]._begin_if_configured()
