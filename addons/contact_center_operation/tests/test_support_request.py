# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestSupportRequest(ContactCenterCase):
    def _ask(self, user=None, **values):
        """Make a request as the dialog of the bar does."""
        requests = self.env["contact_center.support.request"].with_user(user or self.agent)
        screen = {
            "default_page": "/odoo/discuss?active_id=discuss.channel_7",
            "default_browser": "Mozilla/5.0 Firefox/153.0",
            "default_screen": "1366x768",
        }
        values = {"description": "A tela não abre.", **values}
        return requests.with_context(**screen).create(values)

    def _file(self, user):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": "tela.png", "raw": b"x", "res_model": False})
        )

    def test_number_context_and_deadline(self):
        first, second = self._ask(), self._ask()
        self.assertRegex(first.number, r"^S-\d{4}-\d{4}$")
        self.assertNotEqual(first.number, second.number)
        self.assertEqual(first.page, "/odoo/discuss", "what is searched stays on the screen")
        self.assertEqual(first.screen, "1366x768")
        self.assertIn("Firefox", first.browser)
        self.assertTrue(first.version.startswith("19.0"))
        # Friday 10:00 and 24 hours of work, 7:00 to 11:00 and 13:00 to 17:00: 5 on Friday, 8 on
        # Monday, 8 on Tuesday, 3 on Wednesday.
        self.assertEqual(fields.Datetime.to_string(first.deadline), "2026-11-25 13:00:00")

    def test_deadline_of_24_hours_skips_holidays_leaves_and_weekends(self):
        self.env["calendar.public.holiday"].search([]).unlink()
        self.env["calendar.public.holiday"].create(
            {"year": 2026, "line_ids": [Command.create({"name": "Feriado", "date": "2026-11-23"})]}
        )
        calendar = self.env.ref("contact_center.calendar_business_hours")
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Ponto facultativo",
                "calendar_id": calendar.id,
                "date_from": "2026-11-24 03:00:00",
                "date_to": "2026-11-25 02:59:59",
            }
        )
        # 5 hours on Friday, 8 on Wednesday, 8 on Thursday, 3 on Friday
        self.assertEqual(fields.Datetime.to_string(self._ask().deadline), "2026-11-27 13:00:00")

    def test_deadline_of_the_evening_counts_from_the_next_opening(self):
        for asked in ("2026-11-20 23:30:00", "2026-11-21 15:00:00", "2026-11-23 06:00:00"):
            with freeze_time(asked):
                self.assertEqual(
                    fields.Datetime.to_string(self._ask().deadline), "2026-11-25 20:00:00", asked
                )

    def test_overdue_is_seen_in_the_list_and_on_the_health_page(self):
        requests = self.env["contact_center.support.request"]
        requests.search([]).sudo().write({"answered_at": fields.Datetime.now()})
        request = self._ask()
        health = self.env["contact_center.health"].with_user(self.administrator)
        self.assertEqual(health._check_support()["level"], "ok")
        with freeze_time("2026-11-25 13:01:00"):
            request.invalidate_recordset(["late"])
            self.assertTrue(request.late)
            self.assertEqual(requests.search([("late", "=", True)]), request)
            result = health._check_support()
            self.assertEqual(result["level"], "warning")
            self.assertIn(request.number, str(result))
            request.with_user(self.administrator).action_solve()
            self.assertEqual(health._check_support()["level"], "ok")

    def test_own_ones_and_all_for_the_support(self):
        mine, theirs = self._ask(), self._ask(self.manager)
        requests = self.env["contact_center.support.request"]
        for user, seen in (
            (self.agent, mine),
            (self.manager, theirs),
            (self.supervisor, requests),
            (self.administrator, mine + theirs),
        ):
            self.assertEqual(
                requests.with_user(user).search([("id", "in", (mine + theirs).ids)]),
                seen,
                user.login,
            )
        with self.assertRaises(AccessError):
            self._ask(self.employee)

    def test_nobody_asks_in_another_name_or_writes_the_bookkeeping(self):
        request = self._ask(user_id=self.colleague.id, state="solved", number="X")
        self.assertEqual(request.user_id, self.agent)
        self.assertEqual(request.state, "new")
        self.assertNotEqual(request.number, "X")
        for user in (self.agent, self.supervisor, self.administrator):
            with self.assertRaises(AccessError):
                request.with_user(user).write({"state": "solved"})
            with self.assertRaises(AccessError):
                request.with_user(user).unlink()

    def test_support_is_told(self):
        self.env["ir.config_parameter"].set_param(
            "contact_center.support_email", "suporte@fornecedor.example"
        )
        request = self._ask()
        told = request.sudo().message_ids.notified_partner_ids
        self.assertIn(self.administrator.partner_id, told)
        self.assertNotIn(self.supervisor.partner_id, told)
        mail = self.env["mail.mail"].search([("email_to", "=", "suporte@fornecedor.example")])
        self.assertEqual(len(mail), 1)
        for words in (request.number, "A tela não abre.", "/odoo/discuss"):
            self.assertIn(words, mail.body_html)

    def test_from_question_to_solution(self):
        request = self._ask()
        support = request.with_user(self.administrator)
        support.action_take()
        self.assertEqual((request.state, request.assigned_id), ("in_progress", self.administrator))
        self.assertFalse(request.answered_at)
        support.message_post(
            body="Em qual tela?", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertTrue(request.answered_at)
        support.action_wait()
        request.message_post(
            body="Na de filas.", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(request.state, "in_progress", "the answer came")
        support.action_solve()
        self.assertTrue(request.solved_at)
        request.action_reopen()
        self.assertEqual(request.state, "in_progress")
        with self.assertRaises(UserError):
            request.action_reopen()

    def test_only_the_support_decides(self):
        request = self._ask()
        for action in ("action_take", "action_wait", "action_solve"):
            with self.assertRaises(AccessError):
                getattr(request, action)()
            with self.assertRaises(AccessError):
                getattr(request.with_user(self.supervisor), action)()

    def test_late(self):
        request = self._ask()
        self.assertFalse(request.late)
        request.sudo().deadline = fields.Datetime.now() - timedelta(hours=1)
        request.invalidate_recordset(["late"])
        self.assertTrue(request.late)
        late = self.env["contact_center.support.request"].search([("late", "=", True)])
        self.assertIn(request, late.with_env(request.env))

    def test_files_are_the_users_own_and_stay_theirs(self):
        file = self._file(self.agent)
        request = self._ask(attachment_ids=[Command.link(file.id)])
        self.assertEqual((file.res_model, file.res_id), (request._name, request.id))
        self.assertTrue(file.with_user(self.administrator).has_access("read"))
        self.assertFalse(file.with_user(self.colleague).has_access("read"))
        foreign = self._file(self.colleague)
        with self.assertRaises(AccessError):
            self._ask(attachment_ids=[Command.link(foreign.id)])
