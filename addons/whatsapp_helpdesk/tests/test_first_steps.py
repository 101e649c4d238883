# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import SECRET, TOKEN, VERIFY, WABA, WhatsappCase

ENTRIES = {"new_access_token": "access_token", "new_app_secret": "app_secret"}


class FirstStepsCase(WhatsappCase):
    """The step of the number as an administrator of the center goes through it."""

    def setUp(self):
        super().setUp()
        self.env["whatsapp.account"].search([("id", "!=", self.account.id)]).active = False
        self.Steps = self.env["contact_center.first.steps"].with_user(self.administrator)
        self.mine = self.account.with_user(self.administrator)

    def _step(self, key="whatsapp"):
        return next(step for step in self.Steps.get_steps()["steps"] if step["key"] == key)

    def _levels(self, key="whatsapp"):
        return [check["level"] for check in self._step(key)["checks"]]


@tagged("post_install", "-at_install")
class TestFirstSteps(FirstStepsCase):
    def test_without_a_number_it_is_entered_first(self):
        self.account.active = False
        step = self._step()
        self.assertEqual((step["state"], len(step["actions"])), ("todo", 1))
        health = self.env["contact_center.health"].sudo()
        (line,) = health._check_numbers()
        self.assertEqual((line["level"], line["step"]), ("error", "whatsapp"))

    def test_each_thing_is_seen_when_it_happens(self):
        self.account.write({"access_token": False, "app_secret": False, "verify_token": False})
        self.assertEqual(self._levels(), ["todo"] * 7)
        self.mine.write({"new_access_token": TOKEN, "new_app_secret": SECRET})
        self.assertEqual(self._levels(), ["ok"] + ["todo"] * 6)
        self.mine.action_test()
        self.assertEqual(self._levels()[:2], ["ok", "ok"])
        shown = self.mine.action_new_verify_token()["params"]["rows"]
        self.assertEqual(shown[1]["value"], self.account.verify_token)
        self.assertEqual(self._levels()[2:4], ["ok", "todo"])
        self.env["whatsapp.account"]._note_verified(shown[1]["value"])
        self.assertEqual(self._levels()[3:5], ["ok", "todo"])
        self.meta.answer((200, {"success": True}), (200, {"data": [{"id": "5"}]}))
        self.mine.action_subscribe()
        self.assertEqual(self._levels()[4:], ["ok", "todo", "todo"])
        self.say("oi")
        self.assertEqual(self._levels()[5], "ok")
        self.assertEqual(self._step()["state"], "done")

    def test_a_new_token_has_to_be_tested_again(self):
        self.mine.action_test()
        self.assertEqual(self._levels()[1], "ok")
        self.mine.new_access_token = "another-token"
        self.assertEqual(self._levels()[1], "todo")

    def test_a_paused_number_is_a_problem(self):
        self.account.write({"state": "paused", "state_code": "190"})
        self.assertEqual(self._step()["state"], "problem")

    def test_subscribing_tells_what_meta_says(self):
        self.meta.answer((200, {"success": True}), (200, {"data": []}))
        self.assertEqual(self.mine.action_subscribe()["params"]["type"], "warning")
        self.meta.fail(190, 401)
        self.assertEqual(self.mine.action_subscribe()["params"]["type"], "danger")
        self.assertFalse(self.account.subscribed_at)
        self.account.waba_id = False
        with self.assertRaises(UserError):
            self.mine.action_subscribe()

    def test_the_published_flow_is_put_on_the_number(self):
        self.env["chatbot.flow"].search([]).active = False
        with self.assertRaises(UserError):
            self.mine.action_use_flow()
        template = self.env.ref("chatbot_flow.template_starter")
        flow, _notices = template.with_user(self.administrator)._make_flow()
        flow.sudo().action_publish()
        self.assertEqual(self._levels("flow")[-1], "todo")
        self.assertIn("number", self._step("flow")["actions"][0]["label"])
        self.mine.action_use_flow()
        self.assertEqual(self.account.flow_id, flow)
        self.assertEqual(self._step("flow")["state"], "done")

    def test_a_number_without_a_flow_is_named_by_health(self):
        health = self.env["contact_center.health"].sudo()
        self.account.flow_id = False
        line = health._check_number_flows()
        self.assertEqual((line["level"], line["step"]), ("warning", "flow"))
        self.assertIn(self.account.name, line["words"])
        flow, _notices = self.env.ref("chatbot_flow.template_starter")._make_flow()
        flow.action_publish()
        self.account.flow_id = flow
        self.assertEqual(health._check_number_flows()["level"], "ok")
        self.account.active = False
        self.assertFalse(health._check_number_flows())


@tagged("post_install", "-at_install")
class TestEnteredSecrets(FirstStepsCase):
    """Administrators of the center enter secrets; nobody but the system administrator reads one."""

    def test_what_is_entered_is_kept_and_never_read(self):
        values = {"new_access_token": " other-token ", "new_app_secret": "other-secret"}
        read = self.mine.web_save(values, {name: {} for name in (*ENTRIES, "secrets_stored")})
        self.assertEqual(self.account.access_token, "other-token")
        self.assertEqual(self.account.app_secret, "other-secret")
        self.assertNotIn("other", str(read))
        self.assertIn("Access Token", read[0]["secrets_stored"])
        for name, secret in ENTRIES.items():
            self.assertFalse(self.mine[name])
            with self.assertRaises(AccessError):
                self.mine.read([secret])
            self.assertNotIn("other", str(self.mine.export_data([name])))

    def test_an_empty_field_changes_nothing(self):
        self.mine.write({"new_access_token": False, "new_app_secret": ""})
        self.assertEqual((self.account.access_token, self.account.app_secret), (TOKEN, SECRET))

    def test_a_number_is_made_with_its_secrets(self):
        made = self.env["whatsapp.account"].with_user(self.administrator)
        made = made.create({"name": "N", "phone_number_id": "77", "new_access_token": "t77"})
        self.assertEqual(made.sudo().access_token, "t77")
        self.assertFalse(made.new_access_token)

    def test_nobody_else_enters_one(self):
        for user in (self.agent, self.supervisor, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.account.with_user(user).write({"new_access_token": "x"})
            for button in ("action_new_verify_token", "action_subscribe", "action_use_flow"):
                with self.assertRaises(AccessError):
                    getattr(self.account.with_user(user), button)()
        self.assertEqual(self.account.access_token, TOKEN)

    def test_the_page_tells_no_secret(self):
        told = str(self.Steps.get_steps())
        for secret in (TOKEN, SECRET, VERIFY):
            self.assertNotIn(secret, told)

    def test_the_servers_own_address_of_meta_may_be_used(self):
        accounts = self.env["whatsapp.account"].with_user(self.administrator)
        values = {"name": "x", "phone_number_id": "78", "waba_id": WABA}
        with self.assertRaises(AccessError):
            accounts.create({**values, "api_url": "https://gateway.test"})
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("whatsapp_helpdesk.api_url", "https://gateway.test")
        self.assertEqual(accounts.create(values).api_url, "https://gateway.test")


@tagged("post_install", "-at_install")
class TestWebhookConfirmed(FirstStepsCase, HttpCase):
    def test_metas_question_is_remembered(self):
        url = "/whatsapp/webhook?hub.mode=subscribe&hub.challenge=1&hub.verify_token="
        self.url_open(f"{url}wrong")
        self.assertFalse(self.account.webhook_verified_at)
        self.assertEqual(self.url_open(f"{url}{VERIFY}").text, "1")
        self.account.invalidate_recordset()
        self.assertTrue(self.account.webhook_verified_at)
