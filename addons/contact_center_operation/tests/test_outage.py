# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase


def _quiet(_outage):
    """Stand in for a heartbeat."""


class OutageCase(ContactCenterCase):
    """Outages of a thing called "A number", on a clock that the tests move."""

    beats = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Outage = cls.env["contact_center.outage"]
        cls.told = cls.env["contact_center.outages"]
        cls.env["contact_center.city.contact"].search([]).active = False
        cls.contact = cls.env["contact_center.city.contact"].create(
            {"name": "Fiscal do contrato", "email": "Fiscal@cidade.example.org"}
        )
        cls.env["contact_center.heartbeat"].search([]).unlink()
        if not cls.beats:
            # The clock of the tests leaps: that is no silence of the platform.
            cls.startClassPatcher(patch.object(cls.registry[cls.Outage._name], "_beat", _quiet))

    def at(self, minutes):
        """Let it be so many minutes after the begin of the test."""
        self.enterContext(freeze_time(WORKING_TIME + timedelta(minutes=minutes)))

    def began(self, what="number", kind="channel", name="A number", reason="Token refused."):
        self.told._began(kind, what, reason=reason, name=name)

    def run_cron(self):
        """Run the scheduled action; mails are sent by the caller of `sent`."""
        self.Outage._cron_minute()

    def outages(self):
        return self.Outage.search([("key", "=", "number")], order="id")

    def facts(self, outage):
        return outage.fact_ids.mapped("kind")

    def mails(self):
        return self.env["mail.mail"].search(
            [("email_to", "=", "fiscal@cidade.example.org")], order="id"
        )


@tagged("post_install", "-at_install")
class TestOutage(OutageCase):
    """From what somebody noticed to a record with begin, end and duration."""

    def test_opens_and_closes_itself_with_its_duration(self):
        self.began()
        self.at(1)
        self.run_cron()
        outage = self.outages()
        self.assertEqual((outage.state, outage.subject), ("open", "A number"))
        self.assertEqual(outage.began_at, WORKING_TIME)
        self.assertEqual(outage.reason, "Token refused.")
        self.at(30)
        self.told._ended("channel", "number")
        self.run_cron()
        self.assertEqual((outage.state, outage.minutes), ("over", 30))
        self.assertEqual(outage.duration, "0 h 30 min")
        self.at(45)
        self.run_cron()
        self.assertEqual(outage.state, "closed")
        self.assertEqual(outage.ended_at, WORKING_TIME + timedelta(minutes=30))
        self.assertEqual(self.facts(outage), ["began", "ended", "mailed", "closed"])

    def test_told_twice_is_one_outage(self):
        self.began()
        self.began()
        self.run_cron()
        self.began()
        self.run_cron()
        self.assertEqual(len(self.outages()), 1)
        self.assertEqual(self.facts(self.outages()), ["began"])

    def test_an_end_of_what_never_stopped_is_nothing(self):
        self.told._ended("channel", "number")
        self.run_cron()
        self.assertFalse(self.outages())

    def test_what_stops_again_soon_goes_on_and_later_is_another(self):
        self.began()
        self.at(5)
        self.told._ended("channel", "number")
        self.at(9)
        self.began()
        self.at(20)
        self.told._ended("channel", "number")
        self.run_cron()
        first = self.outages()
        self.assertEqual((first.state, first.interruptions), ("over", 2))
        self.assertEqual(first.minutes, 20)
        self.assertEqual(self.facts(first)[:4], ["began", "ended", "again", "ended"])
        self.at(60)
        self.began()
        self.run_cron()
        second = self.outages() - first
        self.assertEqual((first.state, second.state), ("closed", "open"))
        self.assertEqual(second.began_at, WORKING_TIME + timedelta(minutes=60))

    def test_reports_cost_the_caller_one_row_and_never_collide(self):
        """Pausing a number must not wait for, or fail because of, the report."""
        self.began()
        self.began()
        reports = self.env["contact_center.outage.report"].search([("key", "=", "number")])
        self.assertEqual(len(reports), 2)
        self.assertFalse(self.outages())

    def test_of_one_thing_one_is_open(self):
        self.began()
        self.run_cron()
        outage = self.outages()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            outage.copy({"name": "twice"})

    def test_within_an_announced_window_no_clock_runs(self):
        window = self.env["contact_center.maintenance.window"].create(
            {
                "name": "Atualização",
                "reason": "Correções",
                "date_start": WORKING_TIME + timedelta(hours=30),
                "date_end": WORKING_TIME + timedelta(hours=31),
            }
        )
        window.action_publish()
        self.at(30 * 60 + 5)
        self.began()
        self.at(30 * 60 + 40)
        self.run_cron()
        outage = self.outages()
        self.assertEqual(outage.maintenance_window_id, window)
        self.assertFalse(outage.repair_state or outage.notice_state)
        self.assertFalse(self.mails())

    def test_what_is_archived_is_mended_by_nobody(self):
        record = self.env["contact_center.city.contact"].create(
            {"name": "Something", "tell_outages": False}
        )
        self.told._began("channel", record)
        self.run_cron()
        outage = self.Outage.search([("key", "=", f"{record._name},{record.id}")])
        self.assertEqual((outage.state, outage.subject), ("open", "Something"))
        record.active = False
        self.run_cron()
        self.assertEqual(outage.state, "over")
        self.assertIn("note", self.facts(outage))

    def test_old_reports_go_and_facts_stay(self):
        self.began()
        self.run_cron()
        reports = self.env["contact_center.outage.report"].search([("key", "=", "number")])
        self.at(91 * 24 * 60)
        self.Outage._gc_reports()
        self.assertFalse(reports.exists())
        self.assertEqual(self.facts(self.outages()), ["began"])


@tagged("post_install", "-at_install")
class TestOutageTelling(OutageCase):
    """The city's contacts, the 24 hours and the time to mend."""

    def test_the_city_is_told_of_begin_and_end(self):
        self.began()
        self.at(1)
        self.run_cron()
        self.assertFalse(self.mails(), "a moment is waited for")
        self.at(3)
        self.run_cron()
        self.run_cron()
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        self.assertIn("A number", mail.subject)
        for word in (self.outages().name, "Token refused."):
            self.assertIn(word, mail.body_html)
        self.at(60)
        self.told._ended("channel", "number")
        self.run_cron()
        self.assertEqual(len(self.mails()), 1, "it may stop again")
        self.at(71)
        self.run_cron()
        self.assertEqual(len(self.mails()), 2)
        self.assertIn(self.outages().duration, self.mails()[1].body_html)

    def test_a_short_one_is_told_in_one_mail(self):
        self.began()
        self.told._ended("channel", "number")
        self.at(30)
        self.run_cron()
        self.run_cron()
        self.assertEqual(len(self.mails()), 1)
        self.assertTrue(self.outages().end_mailed)

    def test_told_is_what_left(self):
        """An e-mail that cannot be sent tells nobody: the 24 hours go on."""
        self.began()
        self.at(3)
        self.run_cron()
        outage = self.outages()
        self.assertEqual(outage.notice_state, "ok")
        outage.mail_id.state = "exception"
        self.run_cron()
        self.assertFalse(outage.told_at)
        outage.mail_id.state = "sent"
        self.at(10)
        self.run_cron()
        self.assertEqual(outage.told_at, WORKING_TIME + timedelta(minutes=10))
        self.assertEqual(outage.notice_state, "met")
        self.assertEqual(self.facts(outage)[-1], "told")

    def test_without_contacts_administrators_are_reminded_until_it_is_late(self):
        self.contact.active = False
        self.began()
        self.run_cron()
        outage = self.outages()
        self.told._ended("channel", "number")
        told = []
        health = type(self.env["contact_center.health"])
        with patch.object(health, "_alert", lambda _health, checks: told.append(checks)):
            for hours, kinds in ((11, []), (13, ["reminded"]), (21, ["reminded"] * 2)):
                self.at(hours * 60)
                self.run_cron()
                self.run_cron()
                self.assertEqual([k for k in self.facts(outage) if k == "reminded"], kinds)
            self.at(25 * 60)
            self.run_cron()
        self.assertEqual(self.facts(outage)[-1], "late")
        self.assertEqual(len(told), 3)
        self.assertEqual(outage.notice_state, "late")

    def test_the_time_to_mend_is_noted_once(self):
        self.began()
        self.run_cron()
        outage = self.outages()
        self.assertEqual(outage.repair_hours, 2)
        self.at(100)
        self.assertEqual(outage.repair_state, "soon")
        for minutes in (121, 130):
            self.at(minutes)
            self.run_cron()
        self.assertTrue(outage.repair_missed)
        self.assertEqual(self.facts(outage).count("late"), 1)
        outage.invalidate_recordset()
        self.assertEqual(outage.repair_state, "late")

    def test_a_contact_who_is_told_has_an_address(self):
        contacts = self.env["contact_center.city.contact"]
        for email in (False, "not an address"):
            with self.assertRaises(ValidationError):
                contacts.create({"name": "Alguém", "email": email})
        contacts.create({"name": "Alguém", "tell_outages": False})

    def test_health_tells_of_outages_and_of_nobody_to_tell(self):
        health = self.env["contact_center.health"]
        self.Outage.search([]).write({"told_at": WORKING_TIME})
        self.assertEqual(health._check_outages()["level"], "ok")
        self.began()
        self.run_cron()
        self.assertIn("A number", health._check_outages()["words"])
        self.told._ended("channel", "number")
        self.run_cron()
        self.assertIn("not been told of 1", health._check_outages()["words"])
        self.contact.active = False
        self.assertIn("Nobody", health._check_outages()["words"])


@tagged("post_install", "-at_install")
class TestOutageAccess(OutageCase):
    """Records of an outage cannot be changed; only leaders add to them."""

    def setUp(self):
        super().setUp()
        self.began()
        self.run_cron()
        self.outage = self.outages()

    def _entry(self, user, kind, text):
        action = self.outage.with_user(user).with_context(entry_kind=kind).action_add()
        entry = (
            self.env["contact_center.outage.entry"]
            .with_user(user)
            .with_context(**action["context"])
            .create({"text": text})
        )
        self.assertEqual((entry.outage_id, entry.kind), (self.outage, kind))
        return entry.action_save()

    def test_nobody_writes_begin_end_or_facts(self):
        for user in (self.supervisor, self.administrator, self.manager):
            outage = self.outage.with_user(user)
            self.assertEqual(outage.state, "open")
            for values in ({"began_at": WORKING_TIME}, {"ended_at": WORKING_TIME}, {"cause": "x"}):
                with self.assertRaises(AccessError):
                    outage.write(values)
            with self.assertRaises(AccessError):
                outage.unlink()
        for fact in (self.outage.fact_ids, self.outage.fact_ids.sudo()):
            with self.assertRaises(UserError):
                fact.write({"text": "x"})
            with self.assertRaises(UserError):
                fact.unlink()

    def test_notes_and_cause_are_added_with_their_author(self):
        self._entry(self.supervisor, "note", "Ligamos para o suporte da Meta.")
        self._entry(self.administrator, "cause", " O token tinha vencido. ")
        self._entry(self.administrator, "cause", "O token foi revogado.")
        self.assertEqual(self.outage.cause, "O token foi revogado.")
        added = self.outage.fact_ids.filtered("user_id")
        self.assertEqual(added.mapped("kind"), ["note", "cause", "cause"])
        self.assertEqual(added[0].user_id, self.supervisor)
        self.assertEqual(added[1].text, "O token tinha vencido.")

    def test_the_city_was_told_otherwise(self):
        self._entry(self.administrator, "told", "Por telefone ao fiscal.")
        self.assertEqual(self.outage.notice_state, "met")
        self.at(5)
        self.run_cron()
        self.assertFalse(self.mails())

    def test_others_add_nothing(self):
        with self.assertRaises(AccessError):
            self.outage.with_user(self.manager)._add_entry("note", "x")
        for user in (self.agent, self.employee):
            with self.assertRaises(AccessError):
                self.outage.with_user(user).read(["name"])
        with self.assertRaises(UserError):
            self._entry(self.supervisor, "note", "   ")
