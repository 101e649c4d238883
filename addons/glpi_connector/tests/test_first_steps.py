# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import USER_TOKEN, GlpiCase

URL = "https://other.example.test"


@tagged("post_install", "-at_install")
class TestFirstSteps(GlpiCase):
    """GLPI step by step, by an administrator of the center who reads no token."""

    def setUp(self):
        super().setUp()
        self.Steps = self.env["contact_center.first.steps"].with_user(self.administrator)
        self.mine = self.server.with_user(self.administrator)

    def _step(self):
        return next(step for step in self.Steps.get_steps()["steps"] if step["key"] == "glpi")

    def _levels(self):
        return [check["level"] for check in self._step()["checks"]]

    def test_each_thing_is_seen_when_it_happens(self):
        self.server.write({"app_token": False, "user_token": False})
        self.env["glpi.category"].search([("server_id", "=", self.server.id)]).unlink()
        self.assertEqual(self._levels(), ["ok", "todo", "todo", "todo", "todo"])
        self.mine.write({"new_app_token": "a" * 20, "new_user_token": "b" * 20})
        self.assertEqual((self.server.app_token, self.server.user_token), ("a" * 20, "b" * 20))
        self.assertFalse(self.mine.new_user_token)
        self.mine.action_test()
        self.assertEqual(self._levels()[:3], ["ok", "ok", "ok"])
        notice = self.mine.action_test_ticket()["params"]
        self.assertEqual(notice["type"], "success")
        self.assertIn(str(self.server.test_ticket_id), notice["message"])
        ticket = self.glpi.tickets[self.server.test_ticket_id]
        self.assertIn(self.administrator.name, str(ticket))
        self.assertEqual(self._levels()[4], "ok")

    def test_a_glpi_that_is_down_is_a_problem_in_words(self):
        self.server.write({"state": "down", "last_error": "Sem resposta"})
        self.assertEqual(self._step()["state"], "problem")
        self.assertIn("Sem resposta", str(self._step()["checks"]))

    def test_a_refused_test_ticket_is_told(self):
        self.server.url = False
        self.assertEqual(self.mine.action_test_ticket()["params"]["type"], "danger")
        self.assertFalse(self.server.test_ticket_id)

    def test_it_may_be_skipped_with_a_word_which_health_respects(self):
        self.server.active = False
        health = self.env["contact_center.health"].sudo()
        (line,) = health._check_glpi_servers()
        self.assertEqual((line["level"], line["step"]), ("warning", "glpi"))
        self.Steps.skip("glpi", "usamos outro sistema")
        self.assertEqual(self._step()["state"], "skipped")
        (line,) = health._check_glpi_servers()
        self.assertEqual(line["level"], "ok")
        self.assertIn("usamos outro sistema", line["words"])

    def test_tokens_go_nowhere_else_but_with_new_ones(self):
        with self.assertRaises(AccessError):
            self.mine.write({"url": URL})
        with self.assertRaises(AccessError):
            self.mine.write({"url": URL, "new_app_token": "only-this-one"})
        self.assertEqual(self.server.user_token, USER_TOKEN)
        self.mine.write({"url": URL, "new_user_token": "token-of-the-other-glpi"})
        self.assertEqual(self.server.url, URL)
        self.assertEqual(self.server.user_token, "token-of-the-other-glpi")
        self.assertFalse(self.server.app_token, "what was stored is not sent to another address")

    def test_the_page_and_the_form_tell_no_token(self):
        names = list(self.server._entered)
        told = str(self.Steps.get_steps()) + str(self.mine.read([*names, "secrets_stored"]))
        self.assertNotIn(USER_TOKEN, told)
        for user in (self.agent, self.supervisor, self.manager):
            with self.assertRaises(AccessError):
                self.server.with_user(user).write({"new_user_token": "x"})
            with self.assertRaises(AccessError):
                self.server.with_user(user).action_test_ticket()
