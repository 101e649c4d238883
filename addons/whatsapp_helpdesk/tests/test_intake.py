# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME

from .common import WhatsappCase


@tagged("post_install", "-at_install")
class TestIntake(WhatsappCase):
    """What Meta delivered, and what of it never became a conversation."""

    def _event(self, key, state, kind="message", at=WORKING_TIME):
        event = (
            self.env["whatsapp.event"]
            .sudo()
            .create({"kind": kind, "unique_key": key, "state": state, "at": at})
        )
        self.env.cr.execute(
            "UPDATE whatsapp_event SET create_date = %s WHERE id = %s", (at, event.id)
        )

    def test_messages_that_were_not_processed_did_not_come_in(self):
        start, end = WORKING_TIME, WORKING_TIME + timedelta(days=1)
        for number, state in enumerate(("processed", "processed", "failed", "received")):
            self._event(f"intake-{number}", state)
        self._event("intake-status", "failed", kind="status")
        self._event("intake-before", "failed", at=start - timedelta(seconds=1))
        self._event("intake-after", "failed", at=end)
        counts = self.env["contact_center.intake"]._counts(start, end)
        self.assertEqual(counts["whatsapp"], (4, 2))
        nothing = self.env["contact_center.intake"]._counts(end + timedelta(days=1), end)
        self.assertEqual(nothing["whatsapp"], (0, 0))
