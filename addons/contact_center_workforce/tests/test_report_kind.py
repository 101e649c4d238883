# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase
from odoo.addons.contact_center.tests.report_kinds import ReportKindMixin


@tagged("post_install", "-at_install")
class TestShiftsInReports(ReportKindMixin, ContactCenterCase):
    """Shifts as a report lists them: planned, kept, with their pauses."""

    def test_who_came_late_and_whose_pauses_were_not_given(self):
        begin = WORKING_TIME - timedelta(hours=1)
        for user in (self.agent, self.colleague):
            self.env["contact_center.shift"].create(
                {"user_id": user.id, "start": begin, "end": begin + timedelta(hours=6)}
            )
        with freeze_time(begin + timedelta(minutes=12)):
            self.env["contact_center.agent.state"]._switch(self.agent, "available")
        with freeze_time(begin + timedelta(hours=7)):
            self.env.invalidate_all()
            rows = self._report_rows("shifts", WORKING_TIME.date())
        first, second = sorted(rows, key=lambda row: row["person"])
        self.assertEqual((first["person"], first["late"]), ("Ana Agente", 720))
        self.assertEqual((first["planned"], first["presence"]), (6 * 3600, "Over"))
        self.assertEqual((first["pauses"], first["given"], first["not_given"]), (3, 0, 3))
        self.assertEqual((second["person"], second["presence"]), ("Caio Colega", "Was absent"))
        only = self._report_rows("shifts", WORKING_TIME.date(), agents=(self.agent.id,))
        self.assertEqual(len(only), 1)
