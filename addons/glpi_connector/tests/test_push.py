# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from unittest.mock import patch

from odoo.tests import tagged

from .. import rest
from .common import APP_TOKEN, USER_TOKEN, GlpiCase
from .far_glpi import CITIZEN


@tagged("post_install", "-at_install")
class TestPush(GlpiCase):
    """A ticket reaches GLPI once, whatever happens on the way."""

    def test_ticket_is_opened_and_the_citizen_is_told(self):
        conversation = self._open()
        ticket = self._ticket(conversation)
        self.assertEqual(ticket.state, "draft")
        self.assertFalse(self.glpi.log, "nothing is asked of GLPI in the conversation's own time")
        with self._delivered() as delivered:
            ticket._push()
        self.assertEqual((ticket.state, ticket.glpi_status), ("open", "1"))
        self.assertEqual(list(self.glpi.tickets), [ticket.glpi_id])
        stored = self.glpi.tickets[ticket.glpi_id]
        self.assertEqual(stored["status"], 1)
        self.assertEqual(stored["name"], "Impressora parada")
        self.assertEqual((stored["itilcategories_id"], stored["locations_id"]), (1, 2))
        self.assertEqual(self.glpi.posted()["_users_id_requester"], 0)
        for words in (
            "não liga.<br>Já troquei",
            conversation.protocol,
            ticket.marker,
            "maria.silva@example.test",
            "+5531988887777",
        ):
            self.assertIn(words, stored["content"])
        ((_message, outgoing),) = delivered
        self.assertEqual(outgoing.text.split(".")[0], f"Chamado nº {ticket.glpi_id} aberto")
        self.assertEqual(
            self._kinds(conversation),
            ["opened", "ticket_requested", "ticket_opened", "automatic_message"],
        )
        self.assertIn(str(ticket.glpi_id), [c["value"] for c in conversation.collected])
        self.assertEqual(self.server.state, "ok")
        self.assertTrue(ticket.url.endswith(f"/front/ticket.form.php?id={ticket.glpi_id}"))

    def test_running_the_job_again_changes_nothing(self):
        ticket = self._ticket()
        ticket._push()
        with self._delivered() as delivered:
            ticket._push()
        self.assertEqual(len(self.glpi.tickets), 1)
        self.assertFalse(delivered)

    def test_job_waits_for_ever_in_its_own_channel_once_per_ticket(self):
        ticket = self._ticket()
        ticket._enqueue_push()
        jobs = self.env["queue.job"].search(
            [("method_name", "=", "_pump"), ("state", "=", "pending")]
        )
        self.assertEqual(len(jobs), 1)
        self.assertEqual((jobs.channel, jobs.max_retries), ("root.glpi", 0))
        function = self.env.ref("glpi_connector.queue_job_function_server_pump")
        self.assertTrue(function.allow_commit)

    def test_lost_answer_never_makes_a_second_ticket(self):
        ticket = self._ticket()
        self.glpi.lose("POST Ticket")
        self.assertGreaterEqual(self._push_fails(ticket), 30)
        self.assertEqual((ticket.state, ticket.glpi_id), ("pushing", 0))
        ticket._push()
        self.assertEqual(list(self.glpi.tickets), [ticket.glpi_id])
        self.assertEqual(self.glpi.log.count("POST Ticket"), 1)

    def test_killed_after_sending_looks_before_it_sends_again(self):
        ticket = self._ticket()
        ticket._push()
        number = ticket.glpi_id
        # what is left in the database by a worker killed between the answer and the commit
        ticket.write({"glpi_id": 0, "state": "pushing", "announced": False})
        ticket._push()
        self.assertEqual(ticket.glpi_id, number)
        self.assertEqual(len(self.glpi.tickets), 1)

    def test_first_try_does_not_search(self):
        self._ticket()._push()
        self.assertNotIn("GET search/Ticket", self.glpi.log)

    def test_glpi_down_then_back(self):
        conversation = self._open()
        ticket = self._ticket(conversation)
        self.glpi.down = True
        waits = [self._push_fails(ticket) for _try in range(9)]
        self.assertEqual(waits[:6], sorted(waits[:6]))
        self.assertTrue(4 <= waits[0] <= 6 and 240 <= waits[-1] <= 360, waits)
        self.assertEqual((ticket.state, self.server.state), ("draft", "down"))
        self.assertTrue(ticket.next_try_at)
        self.assertIn("GLPI", ticket.error)
        self.assertEqual(self.server.last_error, ticket.error)
        self.assertEqual(conversation.state, "bot")
        self.glpi.down = False
        with self._delivered() as delivered:
            ticket._push()
        self.assertEqual((ticket.state, ticket.error, ticket.next_try_at), ("open", False, False))
        self.assertEqual((self.server.state, self.server.last_error), ("ok", False))
        self.assertEqual(len(delivered), 1)
        self.assertEqual(len(self.glpi.tickets), 1)

    def test_crash_is_retried_and_gives_up_in_words(self):
        conversation = self._open()
        ticket = self._ticket(conversation)
        self.glpi.crash("POST Ticket")
        for _try in range(4):
            self._push_fails(ticket)
        ticket._push()
        self.assertEqual(ticket.state, "failed")
        self.assertTrue(ticket.error)
        self.assertIn("ticket_failed", self._kinds(conversation))
        self.glpi.behave()
        ticket.action_push()
        ticket._push()
        self.assertEqual(ticket.state, "open")
        self.assertEqual(len(self.glpi.tickets), 1)

    def test_wrong_token_is_said_in_words_and_service_goes_on(self):
        conversation = self._waiting()
        ticket = self._ticket(conversation)
        self.glpi.refuse("GET initSession", 401, "ERROR_GLPI_LOGIN_USER_TOKEN")
        self.assertGreaterEqual(self._push_fails(ticket), 300)
        self.assertEqual((ticket.state, self.server.state), ("draft", "error"))
        self.assertEqual(ticket.error, self.server.last_error)
        self.assertIn("token", ticket.error)
        for secret in (APP_TOKEN, USER_TOKEN):
            self.assertNotIn(secret, ticket.error)
        conversation.with_user(self.agent).action_take()
        self.assertEqual(conversation.state, "in_service")
        self.glpi.behave()
        ticket.with_user(self.agent).action_push()
        ticket._push()
        self.assertEqual(ticket.state, "open")

    def test_unforeseen_error_is_said_on_the_ticket(self):
        ticket, other = self._ticket(), self._ticket()
        with (
            patch.object(type(ticket), "_facts", side_effect=[ValueError("x"), []]),
            self.assertLogs("odoo.addons.glpi_connector.models.glpi_server_pump", logging.ERROR),
        ):
            self.server._pump()
        self.assertEqual(other.state, "open", "a fault with one ticket does not stop the others")
        self.assertEqual((ticket.state, ticket.can_push), ("failed", True))
        self.assertIn("ValueError", ticket.error)
        ticket.action_push()
        ticket._push()
        self.assertEqual((ticket.state, ticket.error), ("open", False))

    def test_refused_creation_is_not_repeated(self):
        ticket = self._ticket()
        self.glpi.refuse("POST Ticket", 400, "ERROR_GLPI_ADD")
        ticket._push()
        self.assertEqual((ticket.state, ticket.maybe_sent), ("failed", False))
        log = len(self.glpi.log)
        ticket._push()
        self.assertEqual(len(self.glpi.log), log)

    def test_category_that_glpi_no_longer_has(self):
        self.other_category.glpi_id = 77
        ticket = self._ticket(category_id=self.other_category.id)
        ticket._push()
        self.assertNotIn("itilcategories_id", self.glpi.posted())
        self.assertIn("Internet & rede", ticket.notice)
        self.assertIn("Internet &amp; rede", self.glpi.tickets[ticket.glpi_id]["content"])

    def test_citizen_with_an_account_is_the_requester(self):
        ticket = self._ticket(requester_email="Maria@example.test")
        ticket._push()
        self.assertEqual(self.glpi.posted()["_users_id_requester"], CITIZEN)
        self.glpi.users[CITIZEN]["mobile"] = "(31) 98888-7777"
        by_phone = self._ticket(requester_email="outra@example.test")
        by_phone._push()
        self.assertEqual(self.glpi.posted()["_users_id_requester"], CITIZEN)

    def test_requester_that_glpi_does_not_take_is_told_once(self):
        conversation = self._in_service()
        ticket = self._ticket(conversation, requester_email="maria@example.test")
        lost = patch.object(rest.LegacyClient, "settle_requester", return_value=False)
        with lost as settle:
            ticket._push()
            ticket._push()
        settle.assert_called_once_with(ticket.glpi_id, 8, "maria@example.test")
        self.assertIn("requerente", ticket.notice)
        notes = conversation.discuss_channel_id.message_ids.mapped("body")
        self.assertTrue([body for body in notes if "requerente" in body])

    def test_requester_is_looked_after_when_glpi_is_back(self):
        ticket = self._ticket(requester_email="maria@example.test")
        away = patch.object(
            rest.LegacyClient, "settle_requester", side_effect=rest.GlpiDown("timeout")
        )
        with away:
            self._push_fails(ticket)
        self.assertEqual((ticket.state, ticket.requester_due), ("open", True))
        ticket._push()
        self.assertFalse(ticket.requester_due)

    def test_accounts_may_be_hidden_from_the_api_user(self):
        self.glpi.refuse("GET search", 403, "ERROR_RIGHT_MISSING")
        ticket = self._ticket()
        ticket._push()
        self.assertEqual(ticket.state, "open")

    def test_citizen_is_told_after_the_conversation_has_ended(self):
        conversation = self._open()
        ticket = self._ticket(conversation)
        conversation._end_by_bot()
        with self._delivered() as delivered:
            ticket._push()
        self.assertEqual(conversation.state, "closed")
        self.assertIn(str(ticket.glpi_id), delivered[0][1].text)
        self.assertIn("ticket_opened", self._kinds(conversation))

    def test_technicians_in_glpi_read_portuguese(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.server.lang = "pt_BR"
        ticket = self._ticket()
        ticket._push()
        content = self.glpi.tickets[ticket.glpi_id]["content"]
        for label in ("Protocolo", "Nome", "Telefone", "Categoria", "Local"):
            self.assertIn(f"<b>{label}:</b>", content)

    def test_entity_and_request_source(self):
        self.server.write({"other_entity": True, "glpi_entity_id": 0, "glpi_request_type_id": 7})
        ticket = self._ticket()
        ticket._push()
        stored = self.glpi.tickets[ticket.glpi_id]
        self.assertEqual((stored["entities_id"], stored["requesttypes_id"]), (0, 7))

    def test_hostile_texts(self):
        ticket = self._ticket(
            title="<script>x</script>" * 30 + "C:\\novo",
            description="<img onerror=x> & C:\\novo\x00 'aspas' \"duplas\"",
        )
        ticket._push()
        stored = self.glpi.tickets[ticket.glpi_id]
        self.assertLess(len(stored["name"].encode()), 200)
        self.assertIn("&lt;img onerror=x&gt; &amp; C:\\novo 'aspas'", stored["content"])
