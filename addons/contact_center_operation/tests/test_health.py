# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.contact_center.models.first_steps import FINISHED_PARAMETER
from odoo.addons.contact_center.tests.common import ContactCenterCase


class HealthCase(ContactCenterCase):
    """The page as an administrator reads it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Health = cls.env["contact_center.health"].with_user(cls.administrator)

    def _check(self, key, title=""):
        """Return the worst line of a check, looked at anew."""
        self.Health._forget()
        lines = [
            check
            for section in self.Health.get_report()["sections"]
            for check in section["checks"]
            if check["key"] == key and title in check["title"]
        ]
        return max(lines, key=lambda check: ("ok", "warning", "error").index(check["level"]))

    def _job(self, **values):
        """Return a job of the queue."""
        job = self.env["contact_center.conversation"].with_delay()._cron_close_stale()
        record = job.db_record()
        record.write(values)
        return record


@tagged("post_install", "-at_install")
class TestHealth(HealthCase):
    def test_only_administrators(self):
        for user in (self.agent, self.supervisor, self.manager, self.employee):
            health = self.Health.with_user(user)
            for call in (
                health.get_report,
                lambda health=health: health.get_failed("jobs"),
                lambda health=health: health.process_again("jobs"),
            ):
                with self.assertRaises(AccessError):
                    call()
            state = self.env["contact_center.health.state"].with_user(user)
            self.assertFalse(state.has_access("read"))
        self.assertTrue(self.Health.get_report()["sections"])

    def test_late_and_failed_jobs(self):
        channel = self.Health._job_title(self._job().channel)
        self.assertEqual(self._check("jobs", channel)["level"], "ok")
        job = self._job(state="failed", exc_message="Traceback\n  ...\nValueError: no such thing")
        line = self._check("jobs", channel)
        self.assertEqual((line["level"], line["failed"]), ("warning", "jobs"))
        item = self.Health.get_failed("jobs")[0]
        self.assertEqual((item["id"], item["error"]), (job.id, "ValueError: no such thing"))
        waiting = self._job()
        self.env.flush_all()
        hour_ago = fields.Datetime.now() - timedelta(hours=1)
        # The queue lets nobody change its own fields.
        self.env.cr.execute(
            "UPDATE queue_job SET date_created = %s WHERE id = %s", [hour_ago, waiting.id]
        )
        waiting.invalidate_recordset()
        self.assertEqual(self._check("jobs", channel)["level"], "error")

    def test_channels_of_jobs_have_names_that_people_know(self):
        """Those of every addon; one that nobody named is told without its notation."""
        titles = self.Health._job_titles()
        for channel in self.env["queue.job.channel"].search([]).mapped("complete_name"):
            self.assertIn(channel, titles)
        self.assertEqual(self.Health._job_title("root.some_thing"), "Other jobs (some thing)")

    def test_sizes_are_written_as_the_reader_writes_them(self):
        portuguese = self.Health.with_context(lang="pt_BR")
        self.assertEqual(portuguese._size_words(1610612736), "1,50 GB")
        self.assertEqual(self.Health._size_words(1610612736), "1.50 GB")

    def test_process_again(self):
        first, second, done = self._job(state="failed"), self._job(state="failed"), self._job()
        self.assertEqual(self.Health.process_again("jobs", first.id), 1)
        self.assertEqual((first.state, second.state), ("pending", "failed"))
        self.assertEqual(self.Health.process_again("jobs", done.id), 0, "it has not failed")
        self.assertEqual(self.Health.process_again("jobs"), 1)
        self.assertEqual(second.state, "pending")

    def test_late_scheduled_actions(self):
        crons = self.env["ir.cron"].search([])
        crons.nextcall = fields.Datetime.now() + timedelta(hours=1)
        crons.failure_count = 0
        self.assertEqual(self._check("crons")["level"], "ok")
        crons[0].nextcall = fields.Datetime.now() - timedelta(hours=1)
        line = self._check("crons")
        self.assertEqual(line["level"], "warning")
        self.assertIn(crons[0].name, line["words"])

    def test_mail(self):
        self.env["ir.mail_server"].search([]).active = False
        self.assertEqual(self._check("mail")["level"], "warning")
        self.env["ir.mail_server"].create({"name": "x", "smtp_host": "localhost", "smtp_port": 1})
        self.assertEqual(self._check("mail")["level"], "error", "nothing listens there")
        mail = self.env["mail.mail"].create({"state": "exception", "failure_reason": "Refused"})
        with patch("odoo.addons.contact_center_operation.models.health.socket.create_connection"):
            line = self._check("mail")
        self.assertEqual((line["level"], line["failed"]), ("warning", "mail"))
        self.Health.process_again("mail", mail.id)
        self.assertEqual(mail.state, "outgoing")

    def test_disk(self):
        usage = "odoo.addons.contact_center_operation.models.health.shutil.disk_usage"
        for free, level in ((50, "ok"), (10, "warning"), (3, "error")):
            with patch(usage) as fake:
                fake.return_value.total, fake.return_value.free = 100, free
                self.assertEqual(self._check("disk")["level"], level)

    def test_backup(self):
        parameters = self.env["ir.config_parameter"]
        self.assertEqual(self._check("backup")["level"], "warning", "none is known of")
        for hours, level in ((3, "ok"), (30, "warning"), (80, "error")):
            at = fields.Datetime.now() - timedelta(hours=hours)
            parameters.set_param("contact_center.last_backup_at", fields.Datetime.to_string(at))
            parameters.flush_model()
            self.assertEqual(self._check("backup")["level"], level)

    def test_a_check_that_breaks_is_red_and_the_others_go_on(self):
        def broken(_health):
            raise ValueError("secret")

        with (
            patch.object(type(self.Health), "_check_disk", broken),
            self.assertLogs("odoo.addons.contact_center.models.health", "ERROR"),
        ):
            line = self._check("disk")
            self.assertEqual(line["level"], "error")
            self.assertNotIn("secret", json.dumps(line))
            self.assertTrue(self._check("versions")["words"])

    def test_one_look_serves_several_screens(self):
        self.Health._forget()
        self.Health.get_report()
        with self.assertQueryCount(__system__=0):
            self.Health.sudo()._look()

    def test_what_turns_red_is_told_once(self):
        health = self.env["contact_center.health"]
        health._cron_watch()
        told = []
        red = [{**health._result("error", "Disk", "Full.", "Make room."), "key": "disk"}]
        with (
            patch.object(type(health), "_look", lambda _health: red),
            patch.object(type(health), "_alert", lambda _health, checks: told.append(checks)),
        ):
            health._cron_watch()
            health._cron_watch()
            self.assertEqual(told, [red])
            red[0]["level"] = "ok"
            health._cron_watch()
            red[0]["level"] = "error"
            health._cron_watch()
        self.assertEqual(len(told), 2, "it turned red again")

    def test_what_was_never_connected_is_no_alarm(self):
        health = self.env["contact_center.health"]
        told = []
        red = [{**health._result("error", "Queues", "None.", "x", step="queue"), "key": "q"}]
        with (
            patch.object(type(health), "_look", lambda _health: red),
            patch.object(type(health), "_alert", lambda _health, checks: told.append(checks)),
        ):
            health._cron_watch()
            self.assertFalse(told)
            self.env["contact_center.health.state"].search([("key", "=", "q")]).unlink()
            self.env["ir.config_parameter"].set_param(FINISHED_PARAMETER, "2026-11-20 13:00:00")
            health._cron_watch()
            self.assertEqual(told, [red])

    def test_alert_reaches_administrators(self):
        health = self.env["contact_center.health"]
        newest = self.env["mail.message"].search([], order="id desc", limit=1)
        health._alert([health._result("error", "Disk", "Full.", "Make room.")])
        message = self.env["mail.message"].search([("id", ">", newest.id)], limit=1)
        self.assertIn("Make room.", message.body)
        self.assertIn(self.administrator.partner_id, message.notified_partner_ids)
        self.assertNotIn(self.agent.partner_id, message.notified_partner_ids)


@tagged("post_install", "-at_install")
class TestHealthRoute(HealthCase, HttpCase):
    def test_levels_only_and_by_token(self):
        self.env["ir.config_parameter"].set_param("contact_center.health_token", "a-long-token")
        ok = [{**self.Health._result("ok", "Disk", "Name of somebody"), "key": "disk"}]
        red = [*ok, {**self.Health._result("error", "Jobs", "x"), "key": "jobs"}]
        away = {"X-Forwarded-For": "203.0.113.7"}
        for checks, code, status in ((ok, 200, "ok"), (red, 503, "error")):
            with patch.object(type(self.Health), "_look", lambda _health, c=checks: c):
                for url, headers in (
                    ("/contact_center/health?token=a-long-token", away),
                    ("/contact_center/health", {}),
                ):
                    answer = self.url_open(url, headers=headers)
                    self.assertEqual(answer.status_code, code)
                    self.assertEqual(answer.json()["status"], status)
                    self.assertNotIn("somebody", answer.text)
        for token in ("", "wrong"):
            answer = self.url_open(f"/contact_center/health?token={token}", headers=away)
            self.assertEqual(answer.status_code, 404)
