# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError


class Run(models.Model):
    """Days that are being closed or counted again, one after the other.

    Each is in a job of its own, so a stop loses one day at most, and a screen can tell how far it
    is.
    """

    _name = "contact_center.indicator.run"
    _inherit = ["contact_center.machine.row"]
    _description = "Closing of Days under Way"
    _order = "id desc"
    _rec_name = "date_from"

    kind = fields.Selection(
        [("frozen", "Close days"), ("recomputed", "Count again")], required=True, readonly=True
    )
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_until = fields.Date(string="Until", required=True, readonly=True)
    next_day = fields.Date(string="Next day", required=True, readonly=True)
    state = fields.Selection(
        [("running", "Running"), ("done", "Done")],
        required=True,
        readonly=True,
        default="running",
    )
    requested_by_id = fields.Many2one(
        "res.users", string="Asked by", required=True, readonly=True, ondelete="restrict"
    )
    difference_count = fields.Integer(
        string="Number of differences", readonly=True, aggregator=None
    )
    progress = fields.Float(compute="_compute_progress", help="Percent of the days.")

    @api.depends("date_from", "date_until", "next_day")
    def _compute_progress(self):
        for run in self:
            total = (run.date_until - run.date_from).days + 1
            run.progress = 100 * (run.next_day - run.date_from).days / total

    @api.model
    def _begin(self, kind, date_from, date_until):
        """Begin to close days, or to count closed ones again; the callers check the right."""
        today = self.env["contact_center.indicator.source"]._today()
        if date_until < date_from:
            raise UserError(self.env._("The last day lies before the first."))
        if date_until >= today:
            raise UserError(self.env._("A day is closed when it is over."))
        # sudo: contact_center.indicator.run - written by the system only
        run = self.sudo().create(
            {
                "kind": kind,
                "date_from": date_from,
                "date_until": date_until,
                "next_day": date_from,
                "requested_by_id": self.env.uid,
            }
        )
        run._run_later()
        return run

    def _run_later(self):
        """Queue the job of the next day."""
        self.ensure_one()
        # sudo: queue.job - the job belongs to the system
        self.sudo().with_delay(
            channel="root.background",
            identity_key=f"contact_center.indicator.run:{self.id}:{self.next_day}",
            description=f"Closing of days {self.id}: {self.next_day}",
        )._run_day()

    def _run_day(self):
        """Close one day, and queue the next."""
        self.ensure_one()
        if self.state != "running":
            return
        try:
            differences = self._close_day(self.next_day)
        except ConcurrencyError as error:
            raise RetryableJobError(str(error)) from error
        following = self.next_day + timedelta(days=1)
        done = following > self.date_until
        # sudo: contact_center.indicator.run - written by the system only
        self.sudo().write(
            {
                "next_day": following,
                "state": "done" if done else "running",
                "difference_count": self.difference_count + differences,
            }
        )
        if not done:
            self._run_later()

    def _close_day(self, day):
        """Close a day or count it again; return the number of differences."""
        closings = self.env["contact_center.indicator.seal"]
        if self.kind == "frozen":
            closings._freeze(day)
            return 0
        return closings._recompute(day).difference_count

    @api.model
    def _cron_freeze(self):
        """Close the days that are over, from the day of the first event on."""
        first = self._first_open_day()
        yesterday = self.env["contact_center.indicator.source"]._today() - timedelta(days=1)
        # sudo: contact_center.indicator.run - scheduled action
        busy = self.sudo().search_count([("kind", "=", "frozen"), ("state", "=", "running")])
        if first and first <= yesterday and not busy:
            self._begin("frozen", first, yesterday)

    @api.model
    def _first_open_day(self):
        """Return the day after the last frozen one.

        Without any, that of the first event, or None.
        """
        # sudo: contact_center.indicator.seal - scheduled action
        last = (
            self.env["contact_center.indicator.seal"]
            .sudo()
            .search([("revision", "=", 0)], order="day desc", limit=1)
        )
        if last:
            return last.day + timedelta(days=1)
        (first,) = self.env.execute_query(SQL("SELECT min(at) FROM contact_center_event"))[0]
        if not first:
            return None
        return self.env["contact_center.indicator.source"]._day_of(first)
