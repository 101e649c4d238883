# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from .. import measure
from .common import DAY, MORNING, IndicatorMixin


@tagged("post_install", "-at_install")
class TestClosing(IndicatorMixin, ContactCenterCase):
    """Days are closed for good, and counted again beside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Seal = cls.env["contact_center.indicator.seal"].sudo()
        cls.Run = cls.env["contact_center.indicator.run"]

    def test_a_closed_day_stays_as_it_is(self):
        self._contact(lost=3)
        closing = self._freeze()
        before = closing.row_ids.mapped("hash")
        self._contact(lost=5)
        self.assertEqual(self._freeze(), closing)
        self.assertEqual(closing.row_ids.mapped("hash"), before)

    def test_counting_again_touches_nothing_and_tells_the_differences(self):
        self._contact(lost=3)
        closing = self._freeze()
        before = closing.row_ids.read(["numerator", "denominator", "hash", "write_date"])
        self._contact(answered=7, replied=1)
        again = self.Seal._recompute(DAY)
        self.assertEqual((again.revision, again.kind), (1, "recomputed"))
        self.assertEqual(
            closing.row_ids.read(["numerator", "denominator", "hash", "write_date"]), before
        )
        self.assertFalse(again.row_ids.filtered("is_frozen"))
        self.assertTrue(all(closing.row_ids.mapped("is_frozen")))
        difference = again.difference_ids.filtered(lambda one: one.definition_id.code == "IAL")
        self.assertEqual(
            (difference.numerator, difference.denominator, difference.new_denominator), (0, 0, 1)
        )
        self.assertEqual(difference.agent_id, self.agent)
        self.assertEqual(again.difference_count, len(again.difference_ids))
        self.assertEqual(self.Seal._recompute(DAY).revision, 2)

    def test_nothing_differs_if_nothing_changed(self):
        self._contact(answered=7, replied=1)
        self._freeze()
        self.assertEqual(self.Seal._recompute(DAY).difference_count, 0)

    def test_closings_are_chained(self):
        first, second = self._freeze(DAY), self._freeze(DAY + timedelta(days=-1))
        self.assertEqual(first.previous, measure.START)
        self.assertEqual(second.previous, first.hash)
        self.assertEqual(self.Seal._faults(), [])

    def test_the_chain_does_not_fork(self):
        """Another transaction that closed a day is not seen, but found out: the job tries again."""
        first = self._freeze()
        vals = {"kind": "frozen", "revision": 0, "hash": "x", "closed_at": WORKING_TIME}
        with mute_logger("odoo.sql_db"), self.assertRaises(ConcurrencyError):
            self.Seal._append({**vals, "day": "2026-11-01", "previous": first.previous})
        run = self.Run.sudo().create(
            {
                "kind": "frozen",
                "date_from": DAY,
                "date_until": DAY,
                "next_day": DAY,
                "requested_by_id": self.administrator.id,
            }
        )
        with patch.object(type(self.Seal), "_freeze", side_effect=ConcurrencyError("x")):
            with self.assertRaises(RetryableJobError):
                run._run_day()

    def test_a_change_in_the_database_is_seen(self):
        self._contact(lost=3)
        closing = self._freeze()
        self._freeze(DAY + timedelta(days=-1))
        self.assertEqual(self.Seal._faults(), [])
        row = closing.row_ids[0]
        self.env.cr.execute(
            "UPDATE contact_center_indicator_day SET numerator = numerator + 1 WHERE id = %s",
            (row.id,),
        )
        self.env.invalidate_all()
        found = self.Seal._faults()
        self.assertEqual(len(found), 1)
        self.assertIn("2026-11-19", found[0])
        notice = closing.with_user(self.manager).action_verify()
        self.assertEqual(notice["params"]["type"], "danger")

    def test_an_exported_month_is_checked_without_this_system(self):
        """By one file of the standard library, in a Python of its own."""
        self._contact(lost=3)
        closing = self._freeze()
        self._freeze(DAY - timedelta(days=40))  # another month, made in between
        self._freeze(DAY - timedelta(days=1))
        action = closing.with_user(self.manager).action_export_month()
        attachment = self.env["ir.attachment"].browse(
            int(action["url"].split("/")[3].split("?")[0])
        )
        self.assertEqual(attachment.name, "fechamentos-2026-11.zip")
        self.assertTrue(attachment.with_user(self.manager).has_access("read"))
        self.assertFalse(attachment.with_user(self.agent).has_access("read"))
        with (
            tempfile.TemporaryDirectory() as folder,
            zipfile.ZipFile(io.BytesIO(attachment.raw)) as packed,
        ):
            packed.extractall(folder)
            exported = Path(folder, "fechamentos-2026-11.json")
            text = exported.read_text(encoding="utf-8")
            self.assertEqual(len(json.loads(text)["closings"]), 3)
            for written, status in (
                (text, 0),
                (text.replace('"numerator": 1', '"numerator": 0', 1), 1),
            ):
                exported.write_text(written, encoding="utf-8")
                done = subprocess.run(
                    [sys.executable, "-I", "verificador.py", exported.name],
                    cwd=folder,
                    capture_output=True,
                    text=True,
                    check=False,
                )
                self.assertEqual(done.returncode, status, done.stdout + done.stderr)

    def test_nobody_changes_a_closing(self):
        """Not even the superuser."""
        self._contact(lost=3)
        closing = self._freeze()
        for records in (closing, closing.row_ids):
            with self.assertRaises(UserError):
                records.sudo().write({"day": "2020-01-01"})
            with self.assertRaises(UserError):
                records.sudo().unlink()

    def test_a_day_that_is_not_over_is_not_closed(self):
        today = self.env["contact_center.indicator.source"]._today()
        for day in (today, today + timedelta(days=1)):
            with self.assertRaises(UserError):
                self.Seal._freeze(day)
        with self.assertRaises(UserError):
            self.Seal._recompute(DAY)

    def test_the_closing_keeps_reading_goals_and_last_event(self):
        self._contact(lost=3)
        closing = self._freeze()
        self.assertEqual(closing.header["reading"], measure.Reading().as_dict())
        self.assertEqual(closing.header["goals"]["INS"][0]["limits"], ["80", "70", "60"])
        self.assertEqual(closing.header["goals"]["INS"][0]["text_seconds"], 300)
        last = self.env["contact_center.event"].search([], order="id desc", limit=1)
        self.assertEqual(closing.last_event, last.id)

    # ------------------------------------------------------------
    # Down to the contacts
    # ------------------------------------------------------------

    def test_from_a_figure_to_its_contacts(self):
        kept = self._contact(answered=7, replied=1)
        lost = self._contact(lost=3)
        self._contact(lost=3, queue=self.other_queue)
        closing = self._freeze()
        rows = closing.row_ids.filtered(
            lambda row: row.definition_id.code == "IAL" and row.queue_id == self.queue
        )
        found = {}
        for row in rows:
            action = row.with_user(self.manager).action_contacts()
            self.assertEqual(action["res_model"], "contact_center.conversation")
            conversations = self.env["contact_center.conversation"].with_user(self.manager)
            found[row.agent_id] = conversations.search(action["domain"]).ids
            self.assertEqual(len(found[row.agent_id]), row.denominator)
        self.assertEqual(found[self.agent], kept.ids)
        self.assertEqual(found[self.env["res.users"]], lost.ids)

    def test_contacts_are_not_found_by_the_absence_of_a_figure(self):
        with self.assertRaises(UserError):
            self.env["contact_center.conversation"].search([("indicator_day_id", "!=", 5)])

    # ------------------------------------------------------------
    # Each night, and on demand
    # ------------------------------------------------------------

    def test_each_night_the_days_that_are_over_are_closed(self):
        self.env.cr.execute("DELETE FROM contact_center_event WHERE at < %s", (MORNING,))
        self._contact(lost=3)
        with freeze_time(WORKING_TIME + timedelta(days=1)), trap_jobs() as jobs:
            self.Run._cron_freeze()
            jobs.assert_jobs_count(1)
            run = self.Run.sudo().search([], limit=1)
            self.assertEqual((run.date_from, run.progress), (DAY, 0))
            self.Run._cron_freeze()  # one at a time
            jobs.assert_jobs_count(1)
            run._run_day()
            self.assertEqual((run.progress, run.state), (50, "running"))
            run._run_day()
            self.assertEqual((run.progress, run.state), (100, "done"))
            run._run_day()
        closed = self.Seal.search([]).mapped("day")
        self.assertEqual(sorted(closed), [DAY, DAY + timedelta(days=1)])

    def test_an_administrator_has_days_counted_again(self):
        self._freeze()
        self._contact(lost=3)
        dialog = self.env["contact_center.indicator.freeze"].with_user(self.administrator)
        with trap_jobs() as jobs:
            dialog.create({"kind": "recomputed"}).action_begin()
            jobs.assert_jobs_count(1)
            jobs.perform_enqueued_jobs()
        run = self.Run.sudo().search([], limit=1)
        self.assertEqual((run.state, run.requested_by_id), ("done", self.administrator))
        self.assertGreater(run.difference_count, 0)

    def test_nobody_else_has_days_closed(self):
        for user in (self.agent, self.supervisor, self.manager):
            with self.assertRaises(AccessError):
                self.env["contact_center.indicator.freeze"].with_user(user).create({})

    def test_wrong_ranges_are_refused(self):
        dialogs = self.env["contact_center.indicator.freeze"].with_user(self.administrator)
        for since, until in (("2026-11-19", "2026-11-18"), ("2026-11-19", "2026-11-20")):
            with self.assertRaises(UserError):
                dialogs.create({"date_from": since, "date_until": until}).action_begin()

    def test_few_statements_close_a_day(self):
        for _ in range(3):
            self._contact(answered=7, replied=1)
        self.env.flush_all()
        self.env.invalidate_all()
        with patch.object(type(self.env["contact_center.indicator.day"]), "_check_is_system"):
            with self.assertQueryCount(25):
                self._freeze()
