# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import APP_TOKEN, PNG, USER_TOKEN, GlpiCase

SECRETS = ("app_token", "user_token")


@tagged("post_install", "-at_install")
class TestSecurity(GlpiCase):
    """Roles see only their tickets, and only the system administrator sees a secret."""

    def setUp(self):
        super().setUp()
        self.conversation = self._in_service()
        message = self._message_with(self.conversation, ("foto.png", "image/png", PNG))
        self.ticket = self._ticket(self.conversation, media_refs=[f"message:{message.id}"])
        self.ticket._push()

    def _reads(self, user):
        ticket = self.ticket.with_user(user)
        return bool(self.env["glpi.ticket"].with_user(user).search([("id", "=", ticket.id)]))

    def test_tickets_follow_their_conversation(self):
        self.assertTrue(self._reads(self.agent))
        self.assertFalse(self._reads(self.colleague))
        self.assertFalse(self._reads(self.outsider))
        for user in (self.supervisor, self.administrator, self.manager):
            self.assertTrue(self._reads(user))
        for record in (self.ticket, self.ticket.document_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.outsider).read()
            with self.assertRaises(AccessError):
                record.with_user(self.employee).read()
        self.ticket.with_user(self.agent).read()
        (shown,) = self.ticket.with_user(self.agent).web_read(
            {"server_id": {"fields": {"display_name": {}}}, "url": {}, "can_push": {}}
        )
        self.assertEqual(shown["server_id"]["display_name"], self.server.name)
        self.ticket.document_ids.with_user(self.agent).read()

    def test_waiting_conversation_is_seen_by_the_queue(self):
        waiting = self._waiting()
        ticket = self._ticket(waiting)
        self.assertTrue(ticket.with_user(self.colleague).has_access("read"))
        self.assertFalse(ticket.with_user(self.outsider).has_access("read"))

    def test_nobody_makes_or_changes_tickets_by_hand(self):
        for user in (self.agent, self.supervisor, self.manager):
            with self.assertRaises(AccessError):
                self.ticket.with_user(user).write({"title": "x"})
            with self.assertRaises(AccessError):
                self.ticket.with_user(user).unlink()
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.outsider).action_push()
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.manager).action_push()

    def test_servers_are_the_administrators(self):
        self.server.with_user(self.administrator).name = "Outro nome"
        for user in (self.agent, self.supervisor, self.manager):
            with self.assertRaises(AccessError):
                self.server.with_user(user).write({"name": "x"})
        with self.assertRaises(AccessError):
            self.server.with_user(self.agent).read(["name"])
        for action in ("action_test", "action_sync_catalogues", "action_push_failed"):
            for user in (self.agent, self.supervisor, self.manager):
                with self.assertRaises(AccessError):
                    getattr(self.server.with_user(user), action)()

    def test_administrator_cannot_redirect_the_tokens(self):
        server = self.server.with_user(self.administrator)
        for values in ({"url": "https://evil.test"}, {"verify_tls": not self.server.verify_tls}):
            with self.assertRaises(AccessError):
                server.write(values)
        server.write({"url": self.server.url, "read_timeout": 20})
        self.assertEqual(self.server.read_timeout, 20)

    def test_impossible_limits_are_refused_without_a_word_in_the_log(self):
        with self.assertNoLogs("odoo.sql_db", logging.WARNING):
            for values in ({"read_timeout": 0}, {"document_limit_mb": 0}):
                with self.assertRaises(ValidationError):
                    self.server.write(values)

    def test_secrets_are_the_system_administrators(self):
        for user in (self.administrator, self.manager, self.supervisor, self.agent):
            server = self.server.with_user(user)
            for name in SECRETS:
                with self.assertRaises(AccessError):
                    server.read([name])
                with self.assertRaises(AccessError):
                    server.write({name: "x"})
                with self.assertRaises(AccessError):
                    server.search([(name, "=like", "a%")])
        administrator = self.server.with_user(self.administrator)
        self.assertFalse(set(SECRETS) & set(administrator.fields_get()))
        (values,) = administrator.read()
        self.assertFalse(set(SECRETS) & set(values))
        self.assertNotIn(USER_TOKEN, str(values))
        system = self.env.ref("base.user_admin")
        self.assertEqual(self.server.with_user(system).user_token, USER_TOKEN)
        (values,) = self.server.with_user(system).read(SECRETS)
        self.assertNotIn(USER_TOKEN, str(values))

    def test_secrets_are_not_copied_and_stand_in_no_log(self):
        self.assertFalse(self.server.copy().user_token)
        self.glpi.refuse("GET initSession", 401, "ERROR_GLPI_LOGIN_USER_TOKEN")
        with self.assertLogs("odoo.addons.glpi_connector", logging.INFO) as logs:
            self.server.action_test()
            self.glpi.behave()
            self.glpi.down = True
            ticket = self._ticket()
            self._push_fails(ticket)
        shown = "\n".join([*logs.output, self.server.last_error, ticket.error])
        for secret in (APP_TOKEN, USER_TOKEN):
            self.assertNotIn(secret, shown)

    def test_dialogs_of_others_are_not_reached(self):
        mine = (
            self.env["glpi.ticket.say"]
            .with_user(self.agent)
            .create({"ticket_id": self.ticket.id, "content": "Segredo da Ana"})
        )
        self.env.flush_all()
        for user in (self.colleague, self.supervisor, self.administrator):
            dialogs = self.env["glpi.ticket.say"].with_user(user)
            self.assertFalse(dialogs.search([("content", "like", "Segredo")]))
            for call in (
                lambda own=dialogs: own.browse(mine.id).read(["content"]),
                lambda own=dialogs: own.browse(mine.id).write({"content": "x"}),
                lambda own=dialogs: own.browse(mine.id).unlink(),
                lambda own=dialogs: own.browse(mine.id).action_send(),
            ):
                with self.assertRaises(AccessError):
                    self.env.invalidate_all()
                    call()
        self.assertEqual(mine.content, "Segredo da Ana")
