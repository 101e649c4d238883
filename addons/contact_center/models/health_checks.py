import shutil
import socket
from datetime import timedelta

from odoo import api, fields, models, release
from odoo.tools import config, human_size

BACKUP_PARAMETER = "contact_center.last_backup_at"
LATE_CRON = timedelta(minutes=30)
JOB_WAITS_LONG = timedelta(minutes=3)
JOB_WAITS_TOO_LONG = timedelta(minutes=15)
FREE_WARNING, FREE_ERROR = 0.15, 0.05
BACKUP_WARNING, BACKUP_ERROR = timedelta(hours=26), timedelta(hours=72)
MAIL_SECONDS = 3


class Health(models.AbstractModel):
    """What every installation has: jobs, scheduled actions, mail, disk, backups, security."""

    _inherit = "contact_center.health"

    @api.model
    def _checks(self):
        return {
            **super()._checks(),
            "jobs": ("work", self._check_jobs),
            "crons": ("work", self._check_crons),
            "mail": ("server", self._check_mail),
            "disk": ("server", self._check_disk),
            "backup": ("server", self._check_backup),
            "versions": ("server", self._check_versions),
            "security": ("security", self._check_security),
            "second_factor": ("security", self._check_second_factor),
            "confidentiality": ("security", self._check_confidentiality),
            "support": ("work", self._check_support),
            "queues": ("work", self._check_queues),
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
    def _check_jobs(self):
        """One result for each channel of jobs with something in it."""
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
                    _("Jobs: %s", channel),
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
        """Whether the outgoing server takes connections, and what could not be sent."""
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
                free=human_size(usage.free),
                total=human_size(usage.total),
                percent=round(free * 100),
                database=human_size(database),
                files=human_size(files),
            ),
            _("Make room or enlarge the disk before it is full: Odoo stops then."),
        )

    @api.model
    def _check_backup(self):
        _ = self.env._
        title = _("Backup")
        # Written by deploy/backup.sh past Odoo, whose cache of parameters would not know.
        self.env.cr.execute(
            "SELECT value FROM ir_config_parameter WHERE key = %s", [BACKUP_PARAMETER]
        )
        stored = self.env.cr.fetchone()
        if not stored:
            words = _("No backup is known of.")
            advice = _("Schedule deploy/backup.sh once a day, and try a restore.")
            return self._result("warning", title, words, advice)
        last = fields.Datetime.to_datetime(stored[0])
        age = max(fields.Datetime.now() - last, timedelta())
        level = "error" if age > BACKUP_ERROR else "warning" if age > BACKUP_WARNING else "ok"
        words = _("The last one was %s hours ago.", int(age.total_seconds() // 3600))
        return self._result(level, title, words, _("Look why deploy/backup.sh does not run."))

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

    @api.model
    def _check_security(self):
        _ = self.env._
        missing = self.env["contact_center.security"]._missing()
        return self._result(
            "warning" if missing else "ok",
            _("Rules of access"),
            _("Switched off: %s.", ", ".join(missing))
            if missing
            else _("Passwords, second factor, idle screens and wrong passwords have their rules."),
            _("The administrator's guide, page on security, says how to switch them on."),
        )

    @api.model
    def _check_second_factor(self):
        _ = self.env._
        group = self.env.ref("contact_center.group_supervisor")
        people = group.all_user_ids.filtered(
            lambda user: (
                user.active
                and not user.share
                and not user._mfa_type()
                and not user.auth_passkey_key_ids
            )
        )
        people -= self.env.ref("base.user_root")
        if not people:
            return self._result("ok", _("Second factor"), _("All supervisors have one."))
        return self._result(
            "warning",
            _("Second factor"),
            _("Without one: %s.", ", ".join(people.mapped("name")[:5])),
            _("Let them switch it on under Preferences, Security."),
        )


class QueueJob(models.Model):
    """Failed jobs are run again from the health page."""

    _inherit = "queue.job"

    def _contact_center_requeue(self):
        """Run again; the health page has checked who asks."""
        self.env["contact_center.health"]._check_allowed()
        # sudo: queue.job - administrators of the contact center need not manage all of Odoo
        self.sudo().requeue()


class MailMail(models.Model):
    """Mails that could not be sent are sent again from the health page."""

    _inherit = "mail.mail"

    def _contact_center_retry(self):
        """Put back into the queue of mails; the health page has checked who asks."""
        self.env["contact_center.health"]._check_allowed()
        # sudo: mail.mail - as above
        self.sudo().mark_outgoing()
