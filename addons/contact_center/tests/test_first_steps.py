# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..models.demo_hours import OPEN_PARAMETER
from ..models.first_steps import FINISHED_PARAMETER
from .common import ContactCenterCase


class FirstStepsCase(ContactCenterCase):
    """The page as an administrator reads it, in a database that is no demonstration."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Steps = cls.env["contact_center.first.steps"].with_user(cls.administrator)
        cls.Demo = cls.env["contact_center.demo"]
        cls.startClassPatcher(patch.object(type(cls.Demo), "_is_demo", lambda _self: False))
        cls.env["ir.config_parameter"].set_param(FINISHED_PARAMETER, False)

    def _step(self, key):
        """Return a step as the page gets it."""
        return next(step for step in self.Steps.get_steps()["steps"] if step["key"] == key)

    def _levels(self, key):
        return [check["level"] for check in self._step(key)["checks"]]


@tagged("post_install", "-at_install")
class TestFirstSteps(FirstStepsCase):
    def test_only_administrators(self):
        for user in (self.agent, self.supervisor, self.manager, self.employee):
            steps = self.Steps.with_user(user)
            for call in (
                steps.get_steps,
                lambda steps=steps: steps.skip("channel", "x"),
                lambda steps=steps: steps.take_up("channel"),
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_the_city_hall_is_read_from_the_company(self):
        self.env.company.write({"name": "My Company", "city": False, "state_id": False})
        self.assertEqual(self._step("company")["state"], "todo")
        self.env["contact_center.company.setup"].with_user(self.administrator).create(
            {
                "name": "Prefeitura de Exemplo",
                "city": "Exemplo",
                "state_id": self.env.ref("base.state_br_mg").id,
                "tz": "America/Sao_Paulo",
                "area_code": "31",
            }
        ).action_save()
        self.assertEqual(self._step("company")["state"], "done")

    def test_people_of_the_center_count_and_those_of_the_server_do_not(self):
        self.assertEqual(self._levels("people")[:2], ["ok", "ok"])
        others = self.env.ref("contact_center.group_technician").all_user_ids
        (others - self.env.ref("base.user_root") - self.administrator).active = False
        self.env.ref("base.user_admin").active = True
        self.assertEqual(self._levels("people")[:2], ["todo", "ok"])

    def test_a_queue_needs_people_and_holidays(self):
        self.env["calendar.public.holiday"].search([]).unlink()
        self.assertIn("todo", self._levels("queue"))
        today = self.queue._city_today()
        self.env["calendar.public.holiday"].create(
            {
                "year": today.year,
                "line_ids": [(0, 0, {"name": "Natal", "date": today.replace(month=12, day=25)})],
            }
        )
        others = self.env["contact_center.queue"].search([]) - self.queue
        others.filtered(lambda queue: not queue._serving_members()).unlink()
        self.assertEqual(self._step("queue")["state"], "done")
        self.queue.member_ids = False
        self.assertEqual(self._step("queue")["state"], "todo")

    def test_subjects_to_close_with_are_made_once(self):
        dispositions = self.env["contact_center.disposition"]
        dispositions.search([], order="parent_path desc").unlink()
        self.assertEqual(self._levels("queue")[-1], "todo")
        call = next(one["call"] for one in self._step("queue")["actions"] if one["call"])
        self.assertEqual(call, ["contact_center.disposition", "action_make_usual", []])
        mine = dispositions.with_user(self.administrator)
        call_kw(mine, call[1], [call[2]], {})
        count = dispositions.search_count([])
        call_kw(mine, call[1], [call[2]], {})
        self.assertTrue(count)
        self.assertEqual((dispositions.search_count([]), self._levels("queue")[-1]), (count, "ok"))
        with self.assertRaises(AccessError):
            dispositions.with_user(self.supervisor).action_make_usual()

    def test_the_first_conversation_is_seen(self):
        with self._delivered():
            conversation = self._in_service()
            self._answer(conversation)
        self.assertEqual(self._step("done")["state"], "done")

    def test_a_step_that_is_needed_cannot_be_skipped(self):
        with self.assertRaises(UserError):
            self.Steps.skip("company", "amanhã")
        with self.assertRaises(UserError):
            self.Steps.skip("nothing", "amanhã")

    def test_all_done_is_remembered(self):
        self.assertTrue(self.Steps._are_open())
        done = self.Steps._step("x", "", [self.Steps._check(True, "")])
        with patch.object(type(self.Steps), "_steps", lambda _self: {"x": (1, lambda: done)}):
            self.assertTrue(self.Steps.get_steps()["finished"])
        self.assertFalse(self.Steps._are_open(), "what breaks later is told by the health page")
        self.assertIsNone(self.Steps._next_step())

    def test_an_optional_step_is_skipped_with_a_word_and_taken_up_again(self):
        todo = self.Steps._step("x", "", [self.Steps._check(False, "")], optional=True)
        with patch.object(type(self.Steps), "_steps", lambda _self: {"x": (1, lambda: dict(todo))}):
            with self.assertRaises(UserError):
                self.Steps.skip("x", "  ")
            self.Steps.skip("x", "só no ano que vem")
            (step,) = self.Steps.get_steps()["steps"]
            self.assertEqual((step["state"], step["skipped"]), ("skipped", "só no ano que vem"))
            self.Steps.take_up("x")
            self.assertEqual(self._step("x")["state"], "todo")

    def test_the_health_page_leads_to_the_next_step(self):
        self.env.company.name = "My Company"
        health = self.env["contact_center.health"].with_user(self.administrator)
        health._forget()
        report = health.get_report()
        self.assertEqual(report["next_step"]["key"], "company")

    def test_health_names_missing_people(self):
        health = self.env["contact_center.health"].sudo()
        self.env["contact_center.queue"].search([]).member_ids = False
        (line,) = health._check_queues()
        self.assertEqual((line["level"], line["step"]), ("error", "queue"))
        self.administrator.active = False
        people = self.Steps.sudo()._people_of("contact_center.group_administrator")
        people.active = False
        line = health._check_administrators()
        self.assertEqual((line["level"], line["step"]), ("warning", "people"))
        self._user("cc_a1", "Um", "contact_center.group_administrator")
        self.assertIn("Um", health._check_administrators()["words"])
        self._user("cc_a2", "Dois", "contact_center.group_administrator")
        self.assertEqual(health._check_administrators()["level"], "ok")

    def test_what_needs_the_server_is_told_in_words(self):
        self.env["ir.mail_server"].search([]).active = False
        self.env["ir.config_parameter"].set_param("web.base.url", "http://localhost:8069")
        needs = {need["title"]: need["level"] for need in self.Steps.get_steps()["server"]}
        self.assertEqual(needs["Outgoing mail"], "todo")
        self.assertEqual(needs["Public address"], "todo")
        self.env["ir.config_parameter"].set_param("web.base.url", "https://cidade.gov.br")
        needs = {need["title"]: need["level"] for need in self.Steps.get_steps()["server"]}
        self.assertEqual(needs["Public address"], "ok")


@tagged("post_install", "-at_install")
class TestDemoHours(ContactCenterCase):
    """“As if it were Monday, ten o'clock”: in a demonstration, for a while, and never silently."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Demo = cls.env["contact_center.demo"].with_user(cls.administrator)
        # A Sunday, three in the morning
        cls.night = fields.Datetime.to_datetime("2026-11-22 06:00:00")

    def _as_demo(self, is_demo=True):
        return patch.object(type(self.Demo), "_is_demo", lambda _self: is_demo)

    def test_queues_act_as_open_and_close_again(self):
        self.assertFalse(self.queue._is_open(self.night))
        with self._as_demo():
            self.assertTrue(self.Demo.act_open()["until"])
            self.assertTrue(self.queue._is_open(self.night))
            self.assertFalse(self.queue._closed_message(self.night))
            self.assertEqual(self.queue._next_opening(self.night), self.night)
            self.assertFalse(self.Demo.act_open(False)["until"])
            self.assertFalse(self.queue._is_open(self.night))

    def test_it_ends_by_itself(self):
        with self._as_demo():
            before = fields.Datetime.now() - timedelta(minutes=1)
            self.env["ir.config_parameter"].set_param(OPEN_PARAMETER, str(before))
            self.assertFalse(self.queue._is_open(self.night))

    def test_elsewhere_it_is_refused_and_without_effect(self):
        with self._as_demo(False):
            with self.assertRaises(UserError):
                self.Demo.act_open()
            later = fields.Datetime.now() + timedelta(hours=1)
            self.env["ir.config_parameter"].set_param(OPEN_PARAMETER, str(later))
            self.assertFalse(self.queue._is_open(self.night))
            self.assertFalse(self.Demo.get_state()["until"])

    def test_health_says_so(self):
        health = self.env["contact_center.health"].sudo()
        self.assertFalse(health._check_demo_hours())
        with self._as_demo():
            self.Demo.act_open()
            self.assertEqual(health._check_demo_hours()[0]["level"], "warning")

    def test_only_administrators(self):
        with self._as_demo():
            for user in (self.agent, self.supervisor, self.manager, self.employee):
                with self.assertRaises(AccessError):
                    self.Demo.with_user(user).act_open()

    def test_looking_at_the_hours_costs_no_more(self):
        self.Demo._is_demo()
        self.Demo._open_until()
        with self.assertQueryCount(__system__=0):
            self.env["contact_center.demo"]._open_until()
