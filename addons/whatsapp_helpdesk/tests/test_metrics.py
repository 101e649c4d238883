# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.contact_center.tests.metrics import MetricsMixin

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestMetrics(MetricsMixin, WhatsappCase):
    """Metrics of the inbox, the outbox and the numbers."""

    def _age(self, records, **ago):
        """Make rows this old."""
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE {records._table} SET create_date = %s WHERE id = ANY(%s)",
            [fields.Datetime.now() - timedelta(**ago), records.ids],
        )
        records.invalidate_recordset()

    def test_inbox_depth_and_age(self):
        before = self.figures("whatsapp_boxes")["contact_center_whatsapp_inbox"]
        event = self.deliver(self.inbound(text="oi"), run=False)
        self._age(event, minutes=600)
        found = self.figures("whatsapp_boxes")
        state = ("received",)
        self.assertEqual(found["contact_center_whatsapp_inbox"][state], before.get(state, 0) + 1)
        self.assertEqual(found["contact_center_whatsapp_inbox_oldest_seconds"][state], 36000)

    def test_outbox_and_what_is_unknown(self):
        with self.bot("Olá!"):
            self.say("oi")
        message = self.Message.search([("direction", "=", "out")], order="id desc", limit=1)
        message.sudo().state = "unknown"
        self._age(message, minutes=10)
        found = self.figures("whatsapp_boxes")
        labels = (str(self.account.id), "unknown")
        self.assertEqual(found["contact_center_whatsapp_outbox"][labels], 1)
        self.assertEqual(found["contact_center_whatsapp_outbox_oldest_seconds"][labels], 600)

    def test_errors_by_metas_code(self):
        self.meta.fail(131026)
        with self.bot("Olá!"):
            self.say("oi")
        found = self.figures("whatsapp_boxes")["contact_center_whatsapp_errors_5m"]
        self.assertEqual(found[("131026",)], 1)

    def test_limits_per_citizen(self):
        self.account.messages_per_minute = 1
        with self.bot("Olá!"):
            for _number in range(3):
                self.say("oi")
        found = self.figures("whatsapp_boxes")["contact_center_whatsapp_limits_5m"]
        self.assertEqual(found[("messages",)], 1)

    def test_files_left_at_whatsapp(self):
        before = self.figures("whatsapp_boxes")["contact_center_whatsapp_media_held"][()]
        message = self.say("oi")
        message.sudo().media_state = "held"
        self.env.flush_all()
        found = self.figures("whatsapp_boxes")
        self.assertEqual(found["contact_center_whatsapp_media_held"][()], before + 1)

    def test_numbers_paused_and_of_low_quality(self):
        labels = (str(self.account.id), self.account.name)
        found = self.figures("whatsapp_numbers")
        self.assertEqual(found["contact_center_whatsapp_number_paused"][(*labels, "")], 0)
        self.account._note_quality({"quality_rating": "RED"})
        self.account.sudo().write({"state": "paused", "state_code": "190"})
        found = self.figures("whatsapp_numbers")
        self.assertEqual(found["contact_center_whatsapp_number_paused"][(*labels, "190")], 1)
        self.assertEqual(found["contact_center_whatsapp_number_quality"][(*labels, "RED")], 1)

    def test_times_from_the_webhook_to_the_answer(self):
        self.env.cr.execute(
            "UPDATE whatsapp_event SET create_date = create_date - interval '1 day'"
        )
        with self.bot("Olá!"):
            self.say("oi")
        event = self.Event.search([("kind", "=", "message")], order="id desc", limit=1)
        self._age(event, seconds=3)
        found = self.figures("whatsapp_times")
        for what in ("processed", "answered"):
            self.assertEqual(found[f"contact_center_whatsapp_{what}_5m"][()], 1, what)
            seconds = found[f"contact_center_whatsapp_{what}_seconds"]
            self.assertEqual(seconds[("0.95",)], 3, what)
        self._age(event, minutes=6)
        found = self.figures("whatsapp_times")
        self.assertEqual(found["contact_center_whatsapp_answered_5m"][()], 0)
        self.assertFalse(found["contact_center_whatsapp_answered_seconds"])

    def test_few_statements_and_nobody_named(self):
        with self.bot("Olá!"):
            for _time in range(3):
                self.say("oi")
        self.check_statements(7, "whatsapp_boxes", "whatsapp_numbers", "whatsapp_times")
        words = str(self.figures())
        for word in ("Maria", "8888777", "wamid", "oi'", "Olá"):
            self.assertNotIn(word, words)
