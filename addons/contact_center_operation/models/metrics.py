# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import shutil

from odoo import api, fields, models
from odoo.tools import config

from odoo.addons.contact_center.core.metrics import Gauge
from odoo.addons.contact_center.models.first_steps_own import BACKUP_PARAMETER

from .health import LATE_CRON

_JOBS = """
SELECT channel, state, count(*),
       EXTRACT(EPOCH FROM %(now)s - min(COALESCE(eta, date_created)) FILTER (
           WHERE state = 'pending' AND (eta IS NULL OR eta <= %(now)s)))
FROM queue_job
WHERE state IN ('pending', 'enqueued', 'started', 'failed')
GROUP BY channel, state
"""
_JOB_ERRORS = """
SELECT COALESCE(exc_name, ''), count(*) FROM queue_job WHERE state = 'failed' GROUP BY exc_name
"""
_MAILS = """
SELECT state, count(*) FROM mail_mail WHERE state IN ('outgoing', 'exception') GROUP BY state
"""
_CRONS = """
SELECT count(*) FILTER (WHERE nextcall < %(late)s), count(*) FILTER (WHERE failure_count > 0)
FROM ir_cron WHERE active
"""
_HEALTH = """
SELECT key, max(CASE level WHEN 'error' THEN 2 WHEN 'warning' THEN 1 ELSE 0 END)
FROM contact_center_health_state GROUP BY key
"""
_OUTAGES = """
SELECT kind, count(*) FROM contact_center_outage WHERE state = 'open' GROUP BY kind
"""
_SERVER = """
SELECT pg_database_size(current_database()),
       (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
       (SELECT setting::int FROM pg_settings WHERE name = 'max_connections'),
       (SELECT EXTRACT(EPOCH FROM %(now)s - value::timestamp)
        FROM ir_config_parameter WHERE key = %(backup)s)
"""


class Metrics(models.AbstractModel):
    """Metrics of every installation: jobs, mails, actions, disk, database, backups."""

    _inherit = "contact_center.metrics"

    @api.model
    def _sources(self):
        return {
            **super()._sources(),
            "jobs": self._measure_jobs,
            "work": self._measure_work,
            "server": self._measure_server,
        }

    @api.model
    def _measure_jobs(self):
        """Return the jobs of each channel, how long the first waits, and failed ones by error."""
        counts = Gauge("contact_center_jobs", "Jobs by channel and state.", ("channel", "state"))
        oldest = Gauge(
            "contact_center_jobs_oldest_wait_seconds",
            "How long the oldest job that is due has waited.",
            ("channel",),
        )
        errors = Gauge("contact_center_jobs_failed", "Failed jobs by class of error.", ("error",))
        for channel, state, count, seconds in self._rows(_JOBS):
            counts.add(count, channel or "root", state)
            if seconds is not None:
                oldest.add(max(seconds, 0), channel or "root")
        return [counts, oldest, self._count_by(errors, self._rows(_JOB_ERRORS))]

    @api.model
    def _measure_work(self):
        """Return mails and scheduled actions that wait, and what the last look at health found."""
        mails = Gauge("contact_center_mails", "E-mails waiting, or not sent.", ("state",))
        late = Gauge("contact_center_scheduled_actions_late", "Actions late by 30 minutes.")
        failing = Gauge("contact_center_scheduled_actions_failing", "Actions that failed last.")
        health = Gauge(
            "contact_center_health",
            "Checks of the health page: 0 working, 1 attention, 2 not working.",
            ("check",),
        )
        outages = Gauge("contact_center_outages", "Outages that go on.", ("kind",))
        ((late_count, failing_count),) = self._rows(_CRONS, late=fields.Datetime.now() - LATE_CRON)
        late.add(late_count)
        failing.add(failing_count)
        return [
            self._count_by(mails, self._rows(_MAILS)),
            late,
            failing,
            self._count_by(health, self._rows(_HEALTH)),
            self._count_by(outages, self._rows(_OUTAGES)),
        ]

    @api.model
    def _measure_server(self):
        """Return room on the disk, size and connections of the database, age of the last copy."""
        free = Gauge("contact_center_disk_free_bytes", "Free on the disk of the files.")
        total = Gauge("contact_center_disk_total_bytes", "Size of the disk of the files.")
        size = Gauge("contact_center_database_size_bytes", "Size of the database.")
        used = Gauge("contact_center_database_connections", "Connections to the database.")
        limit = Gauge("contact_center_database_connections_limit", "Connections PostgreSQL allows.")
        backup = Gauge("contact_center_backup_age_seconds", "Time since the last backup.")
        usage = shutil.disk_usage(config["data_dir"])
        free.add(usage.free)
        total.add(usage.total)
        (row,) = self._rows(_SERVER, backup=BACKUP_PARAMETER)
        for gauge, value in zip((size, used, limit, backup), row, strict=True):
            gauge.add(value)
        return [free, total, size, used, limit, backup]
