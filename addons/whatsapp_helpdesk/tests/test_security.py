# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

import requests

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..controllers.access_log import HideVerifyToken, hide_token
from .common import SECRET, TOKEN, VERIFY, WhatsappCase

SECRETS = ("access_token", "app_secret", "verify_token")


@tagged("post_install", "-at_install")
class TestSecurity(WhatsappCase):
    """Roles see and change only their own records; secrets stay secret."""

    def everybody(self):
        """Return the users who are not system administrators."""
        return (
            self.agent,
            self.outsider,
            self.supervisor,
            self.administrator,
            self.manager,
            self.employee,
        )

    def test_nobody_but_the_system_administrator_reads_a_secret(self):
        for user in self.everybody():
            account = self.account.with_user(user)
            for name in SECRETS:
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    account.read([name])
            with self.assertRaises(AccessError):
                account.search([("access_token", "like", "test%")])
            with self.assertRaises(UserError):
                account.export_data(["access_token"])
        system = self.env.ref("base.user_admin")
        self.assertEqual(self.account.with_user(system).access_token, TOKEN)

    def test_secrets_are_in_no_copy_and_no_read_of_everything(self):
        copy = self.account.copy({"phone_number_id": "2"})
        self.assertFalse(copy.access_token or copy.app_secret or copy.verify_token)
        values = str(self.account.with_user(self.administrator).read())
        for secret in (TOKEN, SECRET, VERIFY):
            self.assertNotIn(secret, values)

    def test_administrator_cannot_redirect_the_token(self):
        account = self.account.with_user(self.administrator)
        for values in (
            {"api_url": "https://evil.test"},
            {"allowed_media_hosts": "evil.test"},
            {"allowed_media_hosts": "lookaside.fbsbx.com,evil.test"},
        ):
            with self.assertRaises(AccessError):
                account.write(values)
        account.write({"api_url": self.account.api_url, "name": "Outro nome"})
        self.assertEqual(self.account.name, "Outro nome")
        with self.assertRaises(AccessError):
            account.create({"name": "x", "phone_number_id": "3", "api_url": "https://evil.test"})

    def test_secrets_are_not_logged(self):
        with self.assertLogs("odoo.addons.whatsapp_helpdesk", "DEBUG") as logs:
            conversation = self.in_service()
            self.meta.breaks(requests.exceptions.ReadTimeout(TOKEN))
            self.meta.fail(190, 401)
            self.agent_says(conversation, "oi")
            message = self.outgoing(conversation)[-1]
            message.next_try_at = False
            message.identity_id._send_outbox()
        self.assertEqual(self.account.state, "paused")
        stored = str(self.Message.search([]).read()) + str(self.account.state_detail)
        for text in [*logs.output, stored]:
            self.assertNotIn(TOKEN, text)

    def test_impossible_values_are_refused_without_a_word_in_the_log(self):
        with self.assertNoLogs("odoo.sql_db", logging.WARNING):
            for values in (
                {"unknown_grace_seconds": 0},
                {"messages_per_second": 0},
                {"event_retention_days": 1},
            ):
                with self.assertRaises(ValidationError):
                    self.account.write({**values, "access_token": TOKEN})
            with self.assertRaises(ValidationError):
                self.account.copy({"access_token": TOKEN})

    def test_access_log_hides_the_verify_token(self):
        hide = HideVerifyToken()
        self.assertTrue(
            any(isinstance(one, HideVerifyToken) for one in logging.getLogger("werkzeug").filters)
        )
        request = f"GET /whatsapp/webhook?hub.verify_token={VERIFY}&a=b"
        for message, arguments in (
            (request, ()),
            ('"%s" %s', (request, 200)),
            ("%(a)s", ({"a": 1},)),
        ):
            record = logging.LogRecord("werkzeug", logging.INFO, "", 1, message, arguments, None)
            self.assertTrue(hide.filter(record))
            self.assertNotIn(VERIFY, record.getMessage())
        self.assertEqual(hide_token(f"x?{request}"), f"x?{request.replace(VERIFY, '***')}")

    def test_raw_data_are_for_administrators(self):
        self.say("oi")
        for user in (self.agent, self.supervisor, self.manager, self.employee):
            with self.assertRaises(AccessError):
                self.Event.with_user(user).search([])
        self.assertTrue(self.Event.with_user(self.administrator).search([]))

    def test_technician_sees_messages_of_visible_conversations_only(self):
        self.in_service()
        visible = self.Message.with_user(self.agent).search([])
        self.assertTrue(visible)
        for user in (self.outsider, self.colleague):
            self.assertFalse(self.Message.with_user(user).search([]))
            with self.assertRaises(AccessError):
                visible.with_user(user).read(["wamid"])
        self.assertEqual(self.Message.with_user(self.supervisor).search([]), visible)

    def test_technician_changes_nothing(self):
        conversation = self.in_service()
        message = self.outgoing(conversation)[-1:] or self.Message.search([], limit=1)
        for records in (message, conversation.whatsapp_identity_id, self.account):
            with self.assertRaises(AccessError):
                records.with_user(self.agent).write({"write_date": "2026-01-01"})
        for action in ("action_send_again", "action_fetch_media"):
            with self.assertRaises(AccessError):
                getattr(message.with_user(self.agent), action)()
        for action in ("action_test", "action_resume", "action_sync_templates"):
            with self.assertRaises(AccessError):
                getattr(self.account.with_user(self.supervisor), action)()

    def test_a_context_from_a_browser_cannot_swallow_messages(self):
        conversation = self.in_service()
        conversation = conversation.with_context(whatsapp_turn=[])
        self.agent_says(conversation, "oi")
        self.assertEqual(self.meta.texts(), ["oi"])
