# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import shutil
import socket
from datetime import timedelta

from odoo import api, fields, models, release
from odoo.tools import config, human_size

from odoo.addons.contact_center.models.first_steps_own import BACKUP_PARAMETER

LATE_CRON = timedelta(minutes=30)
JOB_WAITS_LONG = timedelta(minutes=3)
JOB_WAITS_TOO_LONG = timedelta(minutes=15)
FREE_WARNING, FREE_ERROR = 0.15, 0.05
BACKUP_WARNING, BACKUP_ERROR = timedelta(hours=26), timedelta(hours=72)
MAIL_SECONDS = 3


class Health(models.AbstractModel):
    """Checks for every installation: jobs, scheduled actions, mail, disk, backups."""

    _inherit = "contact_center.health"

    @api.model
    def _checks(self):
        return {
            "jobs": ("work", self._check_jobs),
            "crons": ("work", self._check_crons),
            "mail": ("server", self._check_mail),
            "disk": ("server", self._check_disk),
            "backup": ("server", self._check_backup),
            "versions": ("server", self._check_versions),
            "support": ("work", self._check_support),
            "outages": ("work", self._check_outages),
            "contingency": ("work", self._check_contingency),
            **super()._checks(),
        }

    @api.model
    def _failed_kinds(self):
        return {
            **super()._failed_kinds(),
            "jobs": (
                "queue.job",
                [("state", "=", "failed")],
                "_contact_center_requeue",
                "exc_message",
            ),
            "mail": (
                "mail.mail",
                [("state", "=", "exception")],
                "_contact_center_retry",
                "failure_reason",
            ),
        }

    @api.model
    def _job_title(self, channel):
        """Return the title of a channel's jobs; unknown ones by the end of its name."""
        name = channel.rpartition(".")[2].replace("_", " ")
        return self._job_titles().get(channel) or self.env._("Other jobs (%s)", name)

    @api.model
    def _check_jobs(self):
        """Return one result for each non-empty job channel."""
        Job = self.env["queue.job"]
        _ = self.env._
        counts = {}
        states = ("pending", "enqueued", "started", "failed")
        groups = Job._read_group([("state", "in", states)], ["channel", "state"], ["__count"])
        for channel, state, count in groups:
            counts.setdefault(channel or "root", {})[state] = count
        results = []
        now = fields.Datetime.now()
        for channel, of in sorted(counts.items()):
            due = [("channel", "=", channel), ("state", "=", "pending")]
            due += ["|", ("eta", "=", False), ("eta", "<=", now)]
            oldest = Job.search(due, order="date_created", limit=1)
            waits = now - (oldest.eta or oldest.date_created) if oldest else timedelta()
            waits = max(waits, timedelta())
            level = "error" if waits > JOB_WAITS_TOO_LONG else "ok"
            if level == "ok" and (of.get("failed") or waits > JOB_WAITS_LONG):
                level = "warning"
            results.append(
                self._result(
                    level,
                    self._job_title(channel),
                    _(
                        "%(waiting)s waiting, %(started)s running, %(failed)s failed; the oldest "
                        "has waited %(minutes)s min.",
                        waiting=of.get("pending", 0),
                        started=of.get("enqueued", 0) + of.get("started", 0),
                        failed=of.get("failed", 0),
                        minutes=int(waits.total_seconds() // 60),
                    ),
                    _("Process again what failed. If jobs wait, restart the Odoo service."),
                    failed="jobs" if of.get("failed") else "",
                )
            )
        title = _("Jobs")
        return results or [self._result("ok", title, _("Nothing waits, nothing failed."))]

    @api.model
    def _check_crons(self):
        _ = self.env._
        late = self.env["ir.cron"].search(
            [("nextcall", "<", fields.Datetime.now() - LATE_CRON)], order="nextcall"
        )
        failed = self.env["ir.cron"].search([("failure_count", ">", 0)])
        found = []
        if late:
            found.append(_("late: %s", ", ".join(late.mapped("name")[:3])))
        if failed:
            found.append(_("failed: %s", ", ".join(failed.mapped("name")[:3])))
        level = "error" if len(late) > 3 else "warning" if found else "ok"
        return self._result(
            level,
            _("Scheduled actions"),
            "; ".join(found) or _("All of them run on time."),
            _("Look at the server's log. If all are late, restart the Odoo service."),
        )

    @api.model
    def _check_mail(self):
        """Return whether the outgoing mail server accepts connections, and unsent mails."""
        _ = self.env._
        title = _("Mail")
        server = self.env["ir.mail_server"].search([], limit=1)
        if not server:
            advice = _(
                "Set up an outgoing mail server: codes of the second factor, alerts and "
                "passwords travel by e-mail."
            )
            return self._result("warning", title, _("There is no mail server."), advice)
        try:
            address = (server.smtp_host, server.smtp_port)
            socket.create_connection(address, timeout=MAIL_SECONDS).close()
        except OSError:
            words = _("The mail server %s does not answer.", server.smtp_host)
            advice = _("Check its address, its port and the network.")
            return self._result("error", title, words, advice)
        unsent = self.env["mail.mail"].search_count([("state", "=", "exception")])
        if unsent:
            words = _("The mail server answers; %s messages could not be sent.", unsent)
            advice = _("See the reasons below and send them again.")
            return self._result("warning", title, words, advice, failed="mail")
        return self._result("ok", title, _("The mail server answers."))

    @api.model
    def _check_disk(self):
        _ = self.env._
        usage = shutil.disk_usage(config["data_dir"])
        self.env.cr.execute("SELECT pg_database_size(current_database())")
        (database,) = self.env.cr.fetchone()
        files = self.env["ir.attachment"]._read_group([], [], ["file_size:sum"])[0][0] or 0
        free = usage.free / usage.total
        level = "error" if free < FREE_ERROR else "warning" if free < FREE_WARNING else "ok"
        return self._result(
            level,
            _("Disk"),
            _(
                "%(free)s free of %(total)s (%(percent)s %%). Database: %(database)s, "
                "files: %(files)s.",
                free=self._size_words(usage.free),
                total=self._size_words(usage.total),
                percent=round(free * 100),
                database=self._size_words(database),
                files=self._size_words(files),
            ),
            _("Make room or enlarge the disk before it is full: Odoo stops then."),
        )

    @api.model
    def _size_words(self, size):
        """Return a number of bytes in the reader's notation, such as 1,50 GB."""
        point = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").decimal_point or "."
        number, _space, unit = human_size(size).partition(" ")
        return f"{number.replace('.', point)} {unit.replace('b', 'B') if len(unit) == 2 else unit}"

    @api.model
    def _check_backup(self):
        _ = self.env._
        title = _("Backup")
        # deploy/backup.sh writes it bypassing Odoo, whose parameter cache would be stale.
        self.env.cr.execute(
            "SELECT value FROM ir_config_parameter WHERE key = %s", [BACKUP_PARAMETER]
        )
        stored = self.env.cr.fetchone()
        if not stored:
            words = _("No backup is known of.")
            advice = _(
                "Ask the person in charge of the server for a daily copy, and for a try at "
                "restoring it."
            )
            return self._result("warning", title, words, advice)
        last = fields.Datetime.to_datetime(stored[0])
        age = max(fields.Datetime.now() - last, timedelta())
        level = "error" if age > BACKUP_ERROR else "warning" if age > BACKUP_WARNING else "ok"
        words = _("The last one was %s hours ago.", int(age.total_seconds() // 3600))
        advice = _("Ask the person in charge of the server why the daily copy does not run.")
        return self._result(level, title, words, advice)

    @api.model
    def _check_versions(self):
        _ = self.env._
        self.env.cr.execute("SHOW server_version")
        (postgresql,) = self.env.cr.fetchone()
        module = self.env["ir.module.module"]._get("contact_center")
        words = _(
            "Contact center %(own)s, Odoo %(odoo)s, PostgreSQL %(postgresql)s.",
            own=module.latest_version,
            odoo=release.version,
            postgresql=postgresql.split(" ")[0],
        )
        return self._result("ok", _("Versions"), words)
