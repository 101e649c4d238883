# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""In an Odoo that does other work the core alone changes nothing of others."""

from odoo import Command
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .common import ContactCenterCase

ADDON = "contact_center"


@tagged("post_install", "-at_install")
class TestAlone(ContactCenterCase):
    """The addon's rules are about its own records and for its own roles."""

    def _brought(self, model):
        """Return the records of a model that the addon brings."""
        found = self.env["ir.model.data"].search([("module", "=", ADDON), ("model", "=", model)])
        return self.env[model].browse(found.mapped("res_id")).exists()

    def _of_others(self, model):
        """Return whether a model (`ir.model`) is another addon's."""
        return self.env[model.model]._original_module != ADDON

    def test_rules_for_everybody_speak_of_conversations_only(self):
        """A rule without a group restricts all users: of others' models only what we made of it."""
        checked = self.env["ir.rule"]
        for rule in self._brought("ir.rule").filtered(lambda rule: not rule.groups):
            if not self._of_others(rule.model_id):
                continue
            checked |= rule
            values = {**rule._eval_context(), "user": self.employee}
            domain = safe_eval(rule.domain_force, values)
            with self.subTest(rule=rule.name):
                field, operator, value = domain[1] if domain[0] == "|" else domain[0]
                self.assertEqual(field.rpartition(".")[2], "contact_center_conversation_id")
                self.assertEqual((operator, value), ("=", False))
        self.assertTrue(checked, "channels are kept from those who read every live chat")

    def test_rights_on_models_of_others_are_for_our_roles(self):
        for access in self._brought("ir.model.access"):
            if self._of_others(access.model_id):
                with self.subTest(access=access.name):
                    module = access.group_id.get_external_id()[access.group_id.id]
                    self.assertTrue(module.startswith(f"{ADDON}."), module)

    def test_users_get_none_of_our_roles_by_themselves(self):
        ours = self._brought("res.groups")
        for name in ("base.group_user", "base.group_portal", "base.group_public"):
            self.assertFalse(self.env.ref(name).all_implied_ids & ours, name)
        self.assertFalse(self.employee.all_group_ids & ours)
        self.assertEqual(self.employee._contact_center_home_action(), "")

    def test_fields_that_others_must_fill_in_are_not_added(self):
        for field in self._brought("ir.model.fields").filtered("required"):
            if self._of_others(field.model_id) and field.store:
                defaults = self.env[field.model].default_get([field.name])
                with self.subTest(field=f"{field.model}.{field.name}"):
                    self.assertIn(field.name, defaults)

    def test_passwords_are_odoos_business(self):
        self.employee.password = "password"
        self.assertFalse(self.employee._mfa_type())


@tagged("post_install", "-at_install")
class TestPages(ContactCenterCase, HttpCase):
    """Maps, films and letters on pages of other applications come from elsewhere."""

    def test_what_pages_may_load_is_odoos_business(self):
        self.authenticate(None, None)
        login = self.url_open("/web/login")
        self.employee.password = "uma-senha-longa-2026"
        self.authenticate(self.employee.login, "uma-senha-longa-2026")
        for page in (login, self.url_open("/odoo")):
            self.assertEqual(page.status_code, 200)
            self.assertNotIn("default-src", page.headers.get("Content-Security-Policy", ""))


@tagged("post_install", "-at_install")
class TestVisitors(ContactCenterCase, HttpCase):
    """A live chat for the visitors of web pages, where Odoo has one, is not ours."""

    def setUp(self):
        super().setUp()
        self.livechat = self.env["im_livechat.channel"].create(
            {"name": "Site", "user_ids": [Command.set(self.employee.ids)]}
        )
        self.authenticate(None, None)

    def _is_open(self):
        """Return whether a visitor may ask for somebody."""
        try:
            with mute_logger("odoo.http"):
                self.make_jsonrpc_request(
                    "/im_livechat/get_session", {"channel_id": self.livechat.id}
                )
        except JsonRpcException:
            return False
        return True

    def test_it_is_open_where_somebody_stands_behind_it(self):
        self.assertTrue(self._is_open())
        self.livechat.user_ids = False
        self.assertFalse(self._is_open(), "queues alone open nothing")
        script = self.env["chatbot.script"].create({"title": "Olá"})
        self.livechat.rule_ids = [Command.create({"chatbot_script_id": script.id})]
        self.assertTrue(self._is_open())

    def test_people_who_have_left_stand_behind_nothing(self):
        self.employee.active = False
        self.assertFalse(self._is_open())

    def test_the_administrator_has_the_last_word(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("contact_center.web_chat", "0")
        self.assertFalse(self._is_open())
        self.livechat.user_ids = False
        parameters.set_param("contact_center.web_chat", "1")
        self.assertTrue(self._is_open())
