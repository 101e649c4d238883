# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import os
from datetime import timedelta
from unittest.mock import patch

import psycopg2
from prometheus_client.parser import text_string_to_metric_families

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.contact_center.models.first_steps_own import BACKUP_PARAMETER
from odoo.addons.contact_center.tests.metrics import MetricsMixin
from odoo.addons.contact_center.tests.real_cursors import RealCursorsCase

from ..controllers.metrics import TOKEN_PARAMETER, TOKEN_VARIABLE, Metrics
from .test_health import HealthCase

URL = "/contact_center/metrics"
TOKEN = "a-long-token-of-the-monitoring"


@tagged("post_install", "-at_install")
class TestMetrics(MetricsMixin, HealthCase):
    """Metrics of jobs, mails, scheduled actions and the server."""

    def test_jobs_by_channel_age_and_error(self):
        job = self._job()
        channel = job.channel
        before = self.figures("jobs")
        self.assertGreaterEqual(before["contact_center_jobs"][(channel, "pending")], 1)
        self._job(state="failed", exc_name="builtins.ZeroDivisionError")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE queue_job SET date_created = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(hours=7), job.id],
        )
        found = self.figures("jobs")
        self.assertEqual(found["contact_center_jobs_oldest_wait_seconds"][(channel,)], 7 * 3600)
        self.assertEqual(found["contact_center_jobs_failed"][("builtins.ZeroDivisionError",)], 1)

    def test_a_job_that_is_not_due_does_not_wait(self):
        later = self._job(eta=fields.Datetime.now() + timedelta(hours=1))
        self.env.flush_all()
        self.env.cr.execute("UPDATE queue_job SET channel = 'root.later' WHERE id = %s", [later.id])
        found = self.figures("jobs")
        self.assertEqual(found["contact_center_jobs"][("root.later", "pending")], 1)
        self.assertNotIn(("root.later",), found["contact_center_jobs_oldest_wait_seconds"])

    def test_mails_actions_and_health(self):
        self.env["mail.mail"].create({"state": "exception"})
        cron = self.env.ref("contact_center_operation.health_cron_watch")
        cron.nextcall = fields.Datetime.now() - timedelta(hours=2)
        self.env["contact_center.health.state"].create(
            [
                {"key": "jobs", "title": "Some jobs", "level": "ok"},
                {"key": "jobs", "title": "Other jobs here", "level": "error"},
            ]
        )
        found = self.figures("work")
        self.assertGreaterEqual(found["contact_center_mails"][("exception",)], 1)
        self.assertGreaterEqual(found["contact_center_scheduled_actions_late"][()], 1)
        self.assertEqual(found["contact_center_health"][("jobs",)], 2)

    def test_server(self):
        self.env["ir.config_parameter"].set_param(
            BACKUP_PARAMETER, fields.Datetime.to_string(fields.Datetime.now() - timedelta(hours=3))
        )
        found = self.figures("server")
        self.assertEqual(found["contact_center_backup_age_seconds"][()], 3 * 3600)
        for name in ("disk_free_bytes", "disk_total_bytes", "database_size_bytes"):
            self.assertGreater(found[f"contact_center_{name}"][()], 0)

    def test_few_statements_however_much_there_is(self):
        for _time in range(5):
            self._job(state="failed")
        self.check_statements(7, "jobs", "work", "server")


@tagged("post_install", "-at_install")
class TestMetricsRoute(HealthCase, HttpCase):
    """The address at which Prometheus reads."""

    def _get(self, token=None, scheme="Bearer"):
        headers = {"Authorization": f"{scheme} {token}"} if token else {}
        return self.url_open(URL, headers=headers)

    def test_there_is_no_such_address_without_a_token_set(self):
        self.env["ir.config_parameter"].set_param(TOKEN_PARAMETER, False)
        for token in (None, TOKEN, "False", ""):
            self.assertEqual(self._get(token).status_code, 404)

    def test_only_with_the_token(self):
        self.env["ir.config_parameter"].set_param(TOKEN_PARAMETER, TOKEN)
        for token, scheme in ((None, ""), ("wrong", "Bearer"), (TOKEN, "Basic"), ("ç", "Bearer")):
            answer = self._get(token, scheme)
            self.assertEqual(answer.status_code, 401)
            self.assertEqual(answer.text, "")
            self.assertIn("Bearer", answer.headers["WWW-Authenticate"])
        # An administrator who is logged in has no other way in.
        self.authenticate(None, None)
        self.assertEqual(self.url_open(f"{URL}?token={TOKEN}").status_code, 401)
        self.assertEqual(self._get(TOKEN).status_code, 200)

    def test_the_environment_goes_before_the_parameter(self):
        self.env["ir.config_parameter"].set_param(TOKEN_PARAMETER, "of-the-parameter")
        with patch.dict(os.environ, {TOKEN_VARIABLE: TOKEN}):
            self.assertEqual(self._get("of-the-parameter").status_code, 401)
            self.assertEqual(self._get(TOKEN).status_code, 200)

    def test_prometheus_can_read_it(self):
        self.env["ir.config_parameter"].set_param(TOKEN_PARAMETER, TOKEN)
        self._waiting()
        answer = self._get(TOKEN)
        self.assertTrue(answer.headers["Content-Type"].startswith("text/plain; version=0.0.4"))
        self.assertNotIn("Set-Cookie", answer.headers)
        families = {one.name: one for one in text_string_to_metric_families(answer.text)}
        broken = families["contact_center_source_failed"].samples
        self.assertEqual({sample.value for sample in broken}, {0})
        waiting = {
            sample.labels["queue_id"]: sample.value
            for sample in families["contact_center_queue_waiting"].samples
        }
        self.assertEqual(waiting[str(self.queue.id)], 1)
        self.assertTrue(all(one.documentation for one in families.values()))

    def test_nothing_is_written(self):
        """A source that writes breaks, whatever the addon."""
        self.env["ir.config_parameter"].set_param(TOKEN_PARAMETER, TOKEN)

        def writing(metrics):
            metrics.env.cr.execute("UPDATE res_users SET login = login", log_exceptions=False)
            return []

        model = type(self.env["contact_center.metrics"])
        with (
            patch.object(model, "_measure_agents", writing),
            self.assertLogs("odoo.addons.contact_center.models.metrics", "ERROR") as log,
        ):
            answer = self._get(TOKEN)
        self.assertIn('contact_center_source_failed{source="agents"} 1.0', answer.text)
        self.assertIn("read-only", "".join(log.output))


@tagged("post_install", "-at_install")
class TestMetricsTransaction(RealCursorsCase):
    """Without a replica Odoo gives the route a cursor that could write."""

    def test_nothing_can_be_written(self):
        with self.registry.cursor() as cr:
            self.assertFalse(cr.readonly)
            Metrics._limit_transaction(cr)
            with self.assertRaises(psycopg2.errors.ReadOnlySqlTransaction):
                cr.execute("UPDATE res_users SET login = login", log_exceptions=False)

    def test_no_statement_takes_long(self):
        with self.registry.cursor() as cr:
            Metrics._limit_transaction(cr)
            with self.assertRaises(psycopg2.errors.QueryCanceled):
                cr.execute("SELECT pg_sleep(10)", log_exceptions=False)
