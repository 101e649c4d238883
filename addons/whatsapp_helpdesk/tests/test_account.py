# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

import requests

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import whatsapp_event
from .common import TOKEN, WhatsappCase


@tagged("post_install", "-at_install")
class TestAccount(WhatsappCase):
    """Problems of a number are shown where the administrator sees them."""

    def test_connection(self):
        params = self.account.with_user(self.administrator).action_test()["params"]
        self.assertEqual(params["type"], "success")
        self.assertIn("Cidade", params["message"])

    def tested(self):
        """Press the button; return (kind, text) of the notification."""
        params = self.account.with_user(self.administrator).action_test()["params"]
        self.assertNotIn(TOKEN, params["message"])
        return params["type"], params["message"]

    def test_wrong_token_is_named(self):
        self.meta.fail(190, 401)
        kind, message = self.tested()
        self.assertEqual(kind, "danger")
        self.assertIn("access token", message)

    def test_wrong_phone_number_id_is_named(self):
        self.account.phone_number_id = "404"
        self.assertIn("phone number id is wrong", self.tested()[1])

    def test_wrong_address_is_named(self):
        self.meta.answer((200, b"<html>hello</html>"))
        self.assertIn("check the address", self.tested()[1])
        self.meta.breaks(requests.exceptions.ConnectTimeout())
        self.assertIn("could not be reached", self.tested()[1])

    def test_number_of_another_is_named(self):
        self.account.display_phone_number = "5531999990000"
        kind, message = self.tested()
        self.assertEqual(kind, "warning")
        self.assertIn("+55 31 3800-0156", message)

    def test_missing_configuration_is_named(self):
        self.assertFalse(self.account.problems)
        self.account.write(
            {"access_token": False, "app_secret": False, "verify_token": False, "queue_id": False}
        )
        seen = self.account.with_user(self.administrator).problems
        for word in ("access token", "app secret", "verify token", "queue"):
            self.assertIn(word, seen)

    def test_archived_queue_is_named(self):
        # One that was archived before this was refused
        with patch.object(type(self.queue), "_used_by", lambda _queue: []):
            self.queue.active = False
        self.account.invalidate_recordset()
        self.assertIn(self.queue.name, self.account.problems)

    def test_unpublished_flow_is_named(self):
        self.account.flow_id = self.env["chatbot.flow"].create({"name": "Fluxo novo"})
        self.assertIn("Fluxo novo", self.account.problems)

    def test_malformed_configuration_is_refused_in_words(self):
        for field, value in (
            ("api_url", "graph.facebook.com"),
            ("api_url", "ftp://x"),
            ("api_url", "https://user:secret@x"),
            ("api_url", "https://[x"),
            ("api_version", "25"),
            ("api_version", "v25.0/../x"),
            ("phone_number_id", "+55 31"),
            ("waba_id", "3/4"),
        ):
            with self.subTest(value=value), self.assertRaises(ValidationError):
                self.account[field] = value

    def test_blanks_of_pasted_values_are_cut(self):
        self.account.write({"access_token": f" {TOKEN}\n", "phone_number_id": " 123 "})
        self.assertEqual((self.account.access_token, self.account.phone_number_id), (TOKEN, "123"))

    def test_counts(self):
        self.assertFalse(self.account.last_webhook_at)
        self.say("oi")
        self.account.invalidate_recordset()
        self.assertTrue(self.account.last_webhook_at)
        self.assertEqual(self.account.failed_event_count, 0)

    def test_pause_tells_the_administrators_once(self):
        self.env.cr.precommit.run()
        before = self.env["bus.bus"].search_count([])
        with mute_logger("odoo.addons.whatsapp_helpdesk.models.whatsapp_account_health"):
            self.account._pause(190, "expired")
            self.account._pause(190, "expired")
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].search_count([]) - before
        administrators = self.env.ref("contact_center.group_administrator").all_user_ids
        self.assertEqual(told, len(administrators.filtered("active")))
        self.assertIn("expired", self.account.state_reason)

    def test_templates_are_fetched(self):
        body = [{"type": "BODY", "text": "Olá {{1}}"}]
        row = {"name": "aviso", "language": "pt_BR", "status": "APPROVED", "components": body}
        self.meta.answer((200, {"data": [row]}))
        self.account.with_user(self.administrator).action_sync_templates()
        template = self.env["whatsapp.template"].search([("name", "=", "aviso")])
        self.assertEqual((template.status, template.body), ("APPROVED", "Olá {{1}}"))
        self.meta.answer((200, {"data": []}))
        self.account.action_sync_templates()
        self.assertEqual(template.status, "DELETED")

    def test_old_data_are_deleted(self):
        self.say("oi")
        self.env.cr.execute(
            "UPDATE whatsapp_event SET create_date = create_date - interval '91 days'"
        )
        self.Event._gc_processed()
        self.env.invalidate_all()
        self.assertFalse(self.Event.search([]))
        self.assertTrue(self.Message.search([]))

    def test_what_failed_waits_or_is_unreadable_is_deleted_too_in_as_many_rounds_as_it_takes(self):
        self.say("oi")
        self.Event._store_unreadable(b"nao e json", "reason")
        event = self.Event.search([("kind", "=", "message")])
        for state in ("failed", "received"):
            event.copy({"unique_key": state, "state": state})
        self.env.flush_all()
        now = fields.Datetime.now()
        change = "UPDATE whatsapp_event SET create_date = %s WHERE id = ANY(%s)"
        self.env.cr.execute(change, [now - timedelta(days=91), self.Event.search([]).ids])
        recent = self.Event.create(
            {"kind": "message", "unique_key": "recent", "state": "failed", "payload": {}}
        )
        self.env.cr.execute(change, [now - timedelta(days=89), recent.ids])
        total = self.Event.search_count([]) - 1
        self.assertGreaterEqual(total, 4)
        self.patch(whatsapp_event, "GC_BATCH", 3)
        rounds = []
        while not rounds or rounds[-1][1]:
            rounds.append(self.Event._gc_processed())
        self.assertEqual(sum(done for done, _more in rounds), total)
        self.assertGreater(len(rounds), 1)
        self.assertEqual(self.Event.search([]), recent)

    def test_rate_limiter_follows_the_setting(self):
        self.assertEqual(self.account.copy({"phone_number_id": "4"})._limiter().rate, 1e6)
        self.account.messages_per_second = 20
        self.assertEqual(self.account._limiter().rate, 20.0)
