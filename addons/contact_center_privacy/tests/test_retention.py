# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase

from .common import OFFICER, PrivacyMixin

MONTH = timedelta(days=31)
SAID = "Moro perto da ponte velha"


@tagged("post_install", "-at_install")
class TestPrivacyRetention(PrivacyMixin, ContactCenterCase):
    """Data older than their policy are erased; the dry run lists them beforehand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Policy = cls.env["contact_center.privacy.retention"]
        # Data of the demo or another test are as old as the clock says
        cls.env.cr.execute("UPDATE contact_center_conversation SET closed_at = now()")
        cls.env.cr.execute("DELETE FROM contact_center_access_log")
        cls.progress = cls.startClassPatcher(
            patch.object(type(cls.env["ir.cron"]), "_commit_progress", return_value=60)
        )

    def _closed(self, partner=None):
        """Return a closed conversation with a text and a file."""
        conversation = self.Conversation._open(
            partner or self.citizen, "internal", queue=self.queue
        )
        file = self.env["ir.attachment"].create({"name": "ponte.jpg", "raw": b"ponte"})
        with self._bot():
            conversation._receive(self._text(SAID), attachments=file)
        conversation._close("self_service")
        return conversation

    def _policy(self, kind, months):
        policy = self.Policy.with_user(self.officer).search([("kind", "=", kind)])
        policy.months = months
        return policy

    def _switched_on(self, kind, months):
        """Switch the policy on after its dry run; return what that counted."""
        policy = self._policy(kind, months)
        dry = self.env["contact_center.privacy.retention.run"].browse(
            policy.action_dry_run()["res_id"]
        )
        policy.action_switch_on()
        return policy, dry

    def test_dry_run_says_what_the_real_one_does(self):
        old = self._closed() | self._closed()
        with freeze_time(WORKING_TIME + 2 * MONTH):
            fresh = self._closed()
        with freeze_time(WORKING_TIME + 3 * MONTH):
            for kind in ("media", "texts"):
                policy, dry = self._switched_on(kind, 2)
                self.assertEqual(dry.count, 2)
                self.assertIn(old[0].protocol, dry.examples)
                self.assertNotIn(SAID, dry.examples)
                self.assertTrue(old._privacy_media() or kind == "texts")
                self.Policy._cron_run()
                real = policy.run_ids.filtered(lambda run: not run.dry)
                self.assertEqual(real.count, dry.count)
        self.assertFalse(old._privacy_media())
        self.assertTrue(fresh._privacy_media())
        self.assertNotIn(SAID, self._said(old[0]))
        self.assertIn(SAID, self._said(fresh))
        self.assertEqual(old.mapped("state"), ["closed", "closed"])

    def test_nothing_is_erased_twice_and_idle_runs_leave_no_record(self):
        self._closed()
        with freeze_time(WORKING_TIME + 3 * MONTH):
            policy, _dry = self._switched_on("texts", 2)
            self.Policy._cron_run()
            self.Policy._cron_run()
        self.assertEqual(len(policy.run_ids.filtered(lambda run: not run.dry)), 1)

    def test_contacts_without_a_conversation(self):
        self._closed()
        faithful = self.env["res.partner"].create({"name": "Cidadã Fiel", "phone": "31999"})
        self._closed(faithful)
        with freeze_time(WORKING_TIME + 3 * MONTH):
            self._closed(faithful)
            _policy, dry = self._switched_on("contacts", 2)
            self.assertEqual(dry.count, 1)
            self.Policy._cron_run()
        self.assertTrue(self.citizen.privacy_erased_at)
        self.assertNotIn("Maria", self.citizen.name)
        self.assertEqual(faithful.name, "Cidadã Fiel")

    def test_access_log(self):
        conversation = self._closed()
        log = self.env["contact_center.access.log"]
        log.with_user(self.agent)._record("opened", conversation)
        with freeze_time(WORKING_TIME + 7 * MONTH):
            log.with_user(self.agent)._record("opened", conversation)
            self._switched_on("access_log", 6)
            self.Policy._cron_run()
        self.assertEqual(len(log.search([("user_id", "=", self.agent.id)])), 1)

    def test_legal_hold_keeps(self):
        conversation = self._closed()
        self._request("information", legal_hold=True, hold_reason="Processo 1")
        with freeze_time(WORKING_TIME + 3 * MONTH):
            _policy, dry = self._switched_on("texts", 2)
            self.assertEqual(dry.count, 0)
            self.Policy._cron_run()
        self.assertIn(SAID, self._said(conversation))

    def test_only_after_a_dry_run_with_these_months(self):
        policy = self._policy("media", 2)
        with self.assertRaises(UserError):
            policy.action_switch_on()
        policy.action_dry_run()
        policy.action_switch_on()
        policy.months = 1
        self.assertFalse(policy.enabled)
        with self.assertRaises(UserError):
            policy.action_switch_on()
        policy.months = 0
        with self.assertRaises(UserError):
            policy.action_dry_run()
        with self.assertRaises(ValidationError):
            policy.months = -1
        with self.assertRaises(AccessError):
            policy.with_user(self.supervisor).action_dry_run()

    def test_many_batches_and_little_time(self):
        for _number in range(3):
            self._closed()
        with (
            freeze_time(WORKING_TIME + 3 * MONTH),
            patch("odoo.addons.contact_center_privacy.models.retention.BATCH", 1),
        ):
            policy, _dry = self._switched_on("texts", 2)
            self.progress.return_value = 0
            self.addCleanup(setattr, self.progress, "return_value", 60)
            self.Policy._cron_run()
            policy.invalidate_recordset(["run_ids"])
            self.assertEqual(policy.run_ids[0].count, 1)
            self.progress.return_value = 60
            self.Policy._cron_run()
            policy.invalidate_recordset(["run_ids"])
            self.assertEqual(policy.run_ids[0].count, 2)


@tagged("post_install", "-at_install")
class TestPrivacyIncident(ContactCenterCase):
    """The city is told within 24 hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls._user("cc_officer", "Olga Encarregada", OFFICER)
        cls.officer.email = "olga@example.com"
        # Only the incidents made here
        cls.env["contact_center.privacy.incident"].search([]).write(
            {"certainty": "dismissed", "state": "closed"}
        )

    def _incident(self, **values):
        return (
            self.env["contact_center.privacy.incident"]
            .with_user(self.officer)
            .create(
                {
                    "title": "Notebook furtado",
                    "description": "Furto no estacionamento.",
                    "contact_email": "encarregado@example.com",
                }
                | values
            )
        )

    def _mails(self):
        """Reminders that were made, the newest first."""
        wanted = [("subject", "like", "ainda não foi avisada")]
        return self.env["mail.mail"].search(wanted, order="id desc")

    def test_clock(self):
        incident = self._incident()
        self.assertEqual(incident.deadline, WORKING_TIME + timedelta(hours=24))
        for hours, state in ((1, "ok"), (13, "soon"), (25, "late")):
            with freeze_time(WORKING_TIME + timedelta(hours=hours)):
                incident.invalidate_recordset(["clock", "clock_state"])
                self.assertEqual(incident.clock_state, state)
        self.assertIn("1 h 0 min", incident.clock)

    def test_reminders_come_once_each(self):
        incident = self._incident()
        self.assertIn(self.officer, incident.activity_ids.user_id)
        before = self._mails()
        for hours, sent in ((11, 0), (12, 1), (13, 1), (20, 2), (24, 3), (30, 3)):
            with freeze_time(WORKING_TIME + timedelta(hours=hours)):
                self.env["contact_center.privacy.incident"]._cron_remind()
            new = self._mails() - before
            self.assertEqual(len(new), sent, hours)
        self.assertIn("olga@example.com", new[0].email_to)

    def test_telling_the_city(self):
        incident = self._incident()
        with self.assertRaisesRegex(UserError, "Data affected"):
            incident.action_tell_city()
        incident.write({"data_affected": "Nomes", "measures": "Disco cifrado"})
        with self.assertRaises(UserError):
            incident.action_close()
        incident.action_tell_city()
        mail = incident.sudo().city_mail_id
        self.assertEqual(mail.email_to, "encarregado@example.com")
        for words in (incident.name, "Furto no estacionamento", "Disco cifrado", "art. 48"):
            self.assertIn(words, mail.body_html)
        self.assertEqual((incident.state, incident.clock_state), ("told", "done"))
        self.assertFalse(incident.activity_ids)
        with self.assertRaises(UserError):
            incident.action_tell_city()
        with self.assertRaises(UserError):
            incident.detected_at = WORKING_TIME
        with freeze_time(WORKING_TIME + timedelta(hours=30)):
            before = self._mails()
            self.env["contact_center.privacy.incident"]._cron_remind()
            self.assertEqual(self._mails(), before)
        incident.action_close()
        with self.assertRaises(UserError):
            incident.sudo().unlink()

    def test_report(self):
        incident = self._incident()
        report = self.env["ir.actions.report"].sudo()
        html, kind = report._render_qweb_html(
            "contact_center_privacy.incident_report", incident.ids
        )
        self.assertEqual(kind, "html")
        self.assertIn("Furto no estacionamento", html.decode())

    def test_next_incident_knows_the_contact(self):
        self._incident()
        defaults = self.env["contact_center.privacy.incident"].with_user(self.officer)
        self.assertEqual(defaults.new({}).contact_email, "encarregado@example.com")
