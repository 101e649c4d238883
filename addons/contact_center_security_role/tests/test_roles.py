# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import time

from odoo.http import root
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.contact_center.tests.common import ContactCenterCase

PASSWORD = "girassol-azul-2026"


@tagged("post_install", "-at_install")
class TestRoles(ContactCenterCase, HttpCase):
    """Which rules hold for which role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("contact_center_security.switched_on", False)
        cls.env["contact_center.security"]._switch_on()

    def test_supervisors_and_administrators_need_a_second_factor(self):
        for user in (self.supervisor, self.administrator):
            self.assertTrue(user._needs_second_factor(), user.login)
        for user in (self.agent, self.manager, self.employee):
            self.assertFalse(user._needs_second_factor(), user.login)

    def test_screens_of_the_center_are_locked_and_no_others(self):
        for user in (self.agent, self.supervisor, self.administrator, self.manager):
            self.assertEqual(user._get_lock_timeout_inactivity(), 30 * 60, user.login)
        self.assertFalse(self.employee._get_lock_timeout_inactivity())

    def test_failures_are_for_the_system_administrator(self):
        failures = self.env["contact_center.login.failure"]
        for user in (self.agent, self.supervisor, self.administrator, self.manager):
            self.assertFalse(failures.with_user(user).has_access("read"), user.login)

    def test_a_person_of_the_center_stays_one_with_the_rules(self):
        """The roles imply no right beyond the center."""
        for user in (self.agent, self.supervisor, self.manager):
            seen = user.with_user(self.administrator)
            self.assertTrue(seen.contact_center_manageable, user.login)

    @mute_logger("odoo.http")
    def test_a_conversation_is_closed_on_an_idle_screen(self):
        conversation = self._in_service()
        self.agent.password = PASSWORD
        self.authenticate("cc_agent", PASSWORD)
        asked = {"channel_id": conversation.discuss_channel_id.id}
        self.make_jsonrpc_request("/discuss/channel/messages", asked)
        session = root.session_store.get(self.session.sid)
        at = time.time() - 31 * 60
        session["create_time"] = session["contact_center_last_seen"] = at
        root.session_store.save(session)
        with self.assertRaisesRegex(JsonRpcException, "CheckIdentity"):
            self.make_jsonrpc_request("/discuss/channel/messages", asked)
