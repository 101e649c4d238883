# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..core.metrics import Gauge
from .common import WORKING_TIME, ContactCenterCase
from .metrics import MetricsMixin


@tagged("post_install", "-at_install")
class TestMetrics(MetricsMixin, ContactCenterCase):
    """Metrics of queues, agents and the ledger."""

    def test_queues_tell_who_waits_and_for_how_long(self):
        self._in_service()
        with freeze_time(WORKING_TIME - timedelta(seconds=90)):
            self._waiting()
        found = self.figures("queues")
        queue = (str(self.queue.id), self.queue.name)
        idle = (str(self.other_queue.id), self.other_queue.name)
        self.assertEqual(found["contact_center_queue_waiting"][queue], 1)
        self.assertEqual(found["contact_center_queue_serving"][queue], 1)
        self.assertEqual(found["contact_center_queue_oldest_wait_seconds"][queue], 90)
        # A queue in which nobody is gives zeros, so that an alert can tell it from no answer.
        for name in ("waiting", "serving", "oldest_wait_seconds"):
            self.assertEqual(found[f"contact_center_queue_{name}"][idle], 0)

    def test_states_and_waits_of_conversations(self):
        before = self.figures("conversations")["contact_center_conversations"]
        with freeze_time(WORKING_TIME - timedelta(seconds=40)):
            conversation = self._waiting()
        conversation.with_user(self.agent).action_take()
        found = self.figures("conversations")
        state = ("in_service",)
        served = found["contact_center_conversations"][state]
        self.assertEqual(served, before.get(state, 0) + 1)
        self.assertEqual(found["contact_center_accepted_15m"][()], 1)
        self.assertEqual(found["contact_center_accepted_wait_seconds"][("0.95",)], 40)

    def test_agents_by_state(self):
        before = self.figures("agents")["contact_center_agents"].get(("break",), 0)
        self.env["contact_center.agent.state"].create(
            {"user_id": self.outsider.id, "kind": "break"}
        )
        after = self.figures("agents")["contact_center_agents"]
        self.assertEqual(after[("break",)], before + 1)

    def test_events_of_the_last_minutes_only(self):
        conversation = self._open()
        recent = self.figures("events")["contact_center_events_5m"].get(("note",), 0)
        for minutes in (1, 10):
            event = conversation._log("note")
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE contact_center_event SET at = %s WHERE id = %s",
                [fields.Datetime.now() - timedelta(minutes=minutes), event.id],
            )
        found = self.figures("events")["contact_center_events_5m"]
        self.assertEqual(found[("note",)], recent + 1)

    def test_each_source_asks_few_statements(self):
        for _time in range(3):
            self._in_service()
        self.check_statements(5, "queues", "conversations", "agents", "events")

    def test_a_source_that_breaks_is_told_and_leaves_the_others_alone(self):
        def broken(metrics):
            metrics.env.cr.execute("SELECT 1 / 0", log_exceptions=False)

        model = type(self.env["contact_center.metrics"])
        with (
            patch.object(model, "_measure_agents", broken),
            self.assertLogs("odoo.addons.contact_center.models.metrics", "ERROR"),
        ):
            found = self.figures()
        self.assertEqual(found["contact_center_source_failed"][("agents",)], 1)
        self.assertEqual(found["contact_center_source_failed"][("events",)], 0)
        self.assertNotIn("contact_center_agents", found)
        self.assertIn("contact_center_events_5m", found)

    def test_nobody_is_named(self):
        self._in_service()
        words = str(self.figures())
        for name in (self.citizen.name, self.citizen.phone, self.agent.name, self.agent.login):
            self.assertNotIn(name, words)

    def test_a_gauge_wants_its_labels_and_a_good_name(self):
        gauge = Gauge("contact_center_things", "Things.", ("kind",))
        with self.assertRaises(ValueError):
            gauge.add(1)
        gauge.add(None, "unknown")
        self.assertFalse(gauge.samples)
        for name, labels in (("things", ()), ("contact_center_things", ("Ç",))):
            with self.assertRaises(ValueError):
                Gauge(name, "Things.", labels)
