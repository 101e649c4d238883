# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import timedelta

from odoo import api, fields, models

from ..core import outage as clocks
from .health import JOB_WAITS_TOO_LONG

_logger = logging.getLogger(__name__)

# The scheduled action beats every minute: so long a silence means that nothing ran.
SILENCE = timedelta(minutes=5)
# Of several servers: their names in `db_app_name`, as in "node1-{pid}", separated by commas.
NODES_PARAMETER = "contact_center.nodes"

_OLDEST_JOB = """
SELECT EXTRACT(EPOCH FROM %(now)s - min(COALESCE(eta, date_created))) FROM queue_job
WHERE state = 'pending' AND (eta IS NULL OR eta <= %(now)s)
"""
_NODES = """
SELECT DISTINCT regexp_replace(application_name, '-[0-9]+$', '') FROM pg_stat_activity
WHERE datname = current_database()
"""
# Signs of life within a silence of the scheduled action: citizens served, jobs done.
_ALIVE = """
SELECT EXISTS (SELECT FROM contact_center_event WHERE at > %(begin)s AND at < %(end)s)
    OR EXISTS (SELECT FROM queue_job WHERE date_done > %(begin)s AND date_done < %(end)s)
"""
_STARTED = "SELECT pg_postmaster_start_time() AT TIME ZONE 'UTC'"


class Heartbeat(models.Model):
    """When the scheduled action last ran: one row, which tells of a silence later."""

    _name = "contact_center.heartbeat"
    _inherit = ["contact_center.machine.row"]
    _description = "Heartbeat"
    _rec_name = "seen_at"

    seen_at = fields.Datetime(required=True, readonly=True)
    nodes_missed = fields.Json(readonly=True)


class Outage(models.Model):
    """The platform's checks of itself, every minute."""

    _inherit = "contact_center.outage"

    @api.model
    def _cron_minute(self):
        """Scheduled: notice, make outages of what was told, tell the city.

        One step that breaks keeps none of the others from running: the heartbeat above all, or
        the next run would take its absence for an outage.
        """
        for step in (
            self._beat,
            self._watch_jobs,
            self._watch_nodes,
            self._take_reports,
            self._end_what_is_gone,
            self._tell,
        ):
            try:
                with self.env.cr.savepoint():
                    step()
            except Exception:
                _logger.exception("A step of the watch over outages broke: %s", step.__name__)

    @api.model
    def _beat(self):
        """Note that we run, and tell of the silence before, if there was one."""
        now = fields.Datetime.now()
        row = self.env["contact_center.heartbeat"].search([], limit=1)
        silence = clocks.gap(row.seen_at or None, now, SILENCE)
        if silence:
            self._report_silence(*silence)
        if row:
            row.seen_at = now
        else:
            self.env["contact_center.heartbeat"].create({"seen_at": now})

    @api.model
    def _report_silence(self, begin, end):
        """Tell what did not run meanwhile: the database, all of it, or scheduled actions only."""
        self.env.cr.execute(_STARTED)
        (started,) = self.env.cr.fetchone()
        values = {"begin": begin + timedelta(minutes=1), "end": end - timedelta(minutes=1)}
        self.env.cr.execute(_ALIVE, values)
        (alive,) = self.env.cr.fetchone()
        _ = self._portuguese().env._
        if alive:
            kind, what, name = "worker", "scheduled_actions", _("Scheduled actions")
            reason = _("Scheduled actions did not run; citizens were served meanwhile.")
        elif begin < started <= end:
            kind, what, name = "database", "database", _("Database")
            reason = _("Nothing ran until the database was started again.")
        else:
            kind, what, name = "platform", "platform", _("Contact center")
            reason = _("Nothing ran: the server or Odoo had stopped.")
        told = self.env["contact_center.outages"]
        told._began(kind, what, reason=reason, at=begin, name=name)
        told._ended(kind, what, at=end)

    @api.model
    def _watch_jobs(self):
        """Tell whether jobs wait although they are due: then the job runner stands still."""
        self.env.cr.execute(_OLDEST_JOB, {"now": fields.Datetime.now()})
        waited = timedelta(seconds=float(self.env.cr.fetchone()[0] or 0))
        outages = self._portuguese()
        _ = outages.env._
        self._tell_change(
            "worker",
            "jobs",
            waited > JOB_WAITS_TOO_LONG,
            reason=_("The oldest job has waited %s.", outages._span(waited)),
            at=fields.Datetime.now() - waited,
            name=_("Jobs in the background"),
        )

    @api.model
    def _watch_nodes(self):
        """Tell which of several servers has no connection to the database, twice in a row."""
        # sudo: ir.config_parameter - names of servers
        names = self.env["ir.config_parameter"].sudo().get_param(NODES_PARAMETER) or ""
        wanted = {name.strip() for name in names.split(",") if name.strip()}
        if not wanted:
            return
        missing = wanted - self._connected_nodes()
        row = self.env["contact_center.heartbeat"].search([], limit=1)
        before = set(row.nodes_missed or [])
        if before != missing:
            row.nodes_missed = sorted(missing)
        reason = self._portuguese().env._("The server has no connection to the database.")
        for name in sorted(wanted):
            if name not in missing or name in before:
                self._tell_change("node", name, name in missing, reason=reason)

    @api.model
    def _connected_nodes(self):
        """Return the names of servers that have a connection to the database."""
        self.env.cr.execute(_NODES)
        return {name for (name,) in self.env.cr.fetchall()}

    @api.model
    def _tell_change(self, kind, what, is_out, **told_of_begin):
        """Report what changed since it was last told; it is looked at every minute."""
        known = self.search_count(
            [("kind", "=", kind), ("key", "=", what), ("state", "=", "open")], limit=1
        )
        told = self.env["contact_center.outages"]
        if is_out and not known:
            told._began(kind, what, **told_of_begin)
        elif known and not is_out:
            told._ended(kind, what)

    @api.model
    def _end_what_is_gone(self):
        """End outages of numbers and servers that were archived or deleted: nobody mends those."""
        for outage in self.search([("state", "=", "open"), ("key", "like", ",")]):
            model, _comma, record_id = outage.key.partition(",")
            if model in self.env and record_id.isdigit():
                record = self.env[model].browse(int(record_id)).exists()
                if record and record._active_name and not record[record._active_name]:
                    record = record.browse()
                if not record:
                    outage._end(fields.Datetime.now())
                    outage._note("note", outage._portuguese().env._("It is not used any more."))
