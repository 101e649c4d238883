# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import Counter
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..rest import breaker
from ..rest.pace import Pace
from .common import GlpiCase

TICKETS = 500


class Down(Exception):
    """An error that only the tests raise."""


@tagged("post_install", "-at_install")
class TestOutbox(GlpiCase):
    """One job sends to a GLPI, in order, and leaves it in peace while it is away."""

    def _next_job(self):
        """Return when the pump's next job is due, None without one."""
        jobs = self.env["queue.job"].search(
            [("method_name", "=", "_pump"), ("state", "=", "pending"), ("eta", "!=", False)]
        )
        return min((job.eta for job in jobs if job.eta > fields.Datetime.now()), default=None)

    def _breaker(self):
        return self.env["glpi.breaker"]._of(self.server)

    def test_hour_without_glpi_and_500_tickets(self):
        """All arrive once and in order; GLPI is hardly asked meanwhile; citizens are told once."""
        self.server.rate = 10
        waits = self.enterContext(patch.object(Pace, "wait"))
        conversation = self._open()
        tickets = self.env["glpi.ticket"]
        for number in range(TICKETS):
            tickets |= self._ticket(conversation, title=f"Chamado {number}")
        self.glpi.down = True
        start = fields.Datetime.now()
        with freeze_time(start) as clock, self._delivered() as delivered:
            for _job in range(100):
                self.server._pump()
                clock.move_to(self._next_job())
                if fields.Datetime.now() > start + timedelta(hours=1):
                    break
            calls = self.glpi.attempts
            self.assertLess(calls, 3 + 7 + 3600 / 240, "GLPI was not left in peace")
            self.assertFalse(delivered)
            self.assertEqual(self.server.breaker_state, "open")
            self.glpi.down = False
            with patch.object(type(self.server), "_send_one", autospec=True) as send:
                send.side_effect = Down
                with self.assertRaises(Down):
                    self.server._pump()
                self.assertEqual(send.call_args[0][1], tickets[0], "the probe is the oldest one")
            self._breaker()._failed()
            clock.move_to(self._next_job() or self._breaker().until + timedelta(seconds=1))
            self.server._pump()
        self.assertEqual(set(tickets.mapped("state")), {"open"})
        stored = list(self.glpi.tickets.values())
        self.assertEqual([one["name"] for one in stored], tickets.mapped("title"))
        numbers = Counter(text.text for _message, text in delivered)
        self.assertEqual((len(numbers), max(numbers.values())), (TICKETS, 1))
        self.assertEqual(self.server.breaker_state, "closed")
        self.assertFalse(tickets.filtered("due_at"))
        self.assertEqual(waits.call_count, self.glpi.attempts, "a request went past the rate")

    def test_one_try_decides_whether_the_others_follow(self):
        tickets = [self._ticket() for _number in range(5)]
        self.glpi.down = True
        self.server._pump()
        self.assertEqual(self.glpi.attempts, breaker.THRESHOLD)
        self.server._pump()
        self.assertEqual(self.glpi.attempts, breaker.THRESHOLD, "nobody calls while it is open")
        with freeze_time(self._next_job() + timedelta(seconds=1)):
            self.server._pump()
            self.assertEqual(self.glpi.attempts, breaker.THRESHOLD + 1, "one try, by one ticket")
            self.assertEqual(self.server.breaker_state, "open")
        self.assertEqual({ticket.state for ticket in tickets}, {"draft"})

    def test_wrong_token_keeps_all_waiting_until_it_is_mended(self):
        tickets = self._ticket() | self._ticket()
        self.glpi.refuse("GET initSession", 401, "ERROR_GLPI_LOGIN_USER_TOKEN")
        self.server._pump()
        self.assertEqual(self.glpi.attempts, 1)
        self.assertEqual(set(tickets.mapped("state")), {"draft"})
        self.glpi.behave()
        self.server.with_user(self.administrator).action_test()
        self.server._pump()
        self.assertEqual(set(tickets.mapped("state")), {"open"})

    def test_two_jobs_of_one_glpi(self):
        ticket = self._ticket()
        with self.registry.cursor() as cr:
            name = f"glpi.pump:{self.server.id}"
            cr.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
            self.server._pump()
            self.assertFalse(self.glpi.attempts)
            self.assertTrue(self._next_job(), "whoever found the place taken looks again")
        self.server._pump()
        self.assertEqual(ticket.state, "open")

    def test_followup_never_before_its_ticket_and_in_order(self):
        ticket = self._ticket()
        for words in ("um", "dois", "três"):
            ticket._send_to_glpi("followup", words, author="Maria")
        self.glpi.down = True
        self.server._pump()
        self.glpi.down = False
        self.server._wake_tickets()
        self.server._pump()
        posts = [path for path, _values in self.glpi.bodies]
        self.assertEqual(posts, ["Ticket", *["ITILFollowup"] * 3])
        said = [one["content"] for one in self.glpi.followups]
        for words, content in zip(("um", "dois", "três"), said, strict=True):
            self.assertIn(f"Maria:<br>{words}", content)
        self.assertEqual(set(ticket.outbox_ids.mapped("state")), {"sent"})

    def test_lost_answer_of_a_followup_makes_no_second_one(self):
        ticket = self._ticket()
        ticket._push()
        entry = ticket._send_to_glpi("followup", "chegou?")
        ticket._send_to_glpi("followup", "depois")
        self.glpi.lose("POST ITILFollowup")
        self.assertGreaterEqual(self._push_fails(ticket), 30)
        self.assertEqual(len(self.glpi.followups), 1, "a later one does not overtake")
        self.assertEqual((entry.state, bool(entry.error)), ("waiting", True))
        ticket._push()
        self.assertEqual(len(self.glpi.followups), 2)
        self.assertEqual(set(ticket.outbox_ids.mapped("state")), {"sent"})
        self.assertEqual(entry.glpi_id, self.glpi.followups[0]["id"])

    def test_refused_followup_is_told_to_the_agent_and_holds_nothing_up(self):
        conversation = self._in_service()
        ticket = self._ticket(conversation)
        ticket._push()
        self.glpi.refuse("POST ITILFollowup", 400, "ERROR_GLPI_ADD")
        entry = ticket._send_to_glpi("followup", "não vai")
        self.server._pump()
        self.assertEqual(entry.state, "failed")
        notes = conversation.discuss_channel_id.message_ids.filtered(
            lambda message: message.subtype_id == self.env.ref("mail.mt_note")
        )
        self.assertTrue(any("não vai" in note.body for note in notes))
        self.glpi.behave()
        self.assertTrue(ticket.can_push)
        entry.with_user(self.agent).action_send_now()
        self.server._pump()
        self.assertEqual(entry.state, "sent")

    def test_give_up_has_a_reason_and_the_agent_is_told(self):
        conversation = self._in_service()
        ticket = self._ticket(conversation)
        entry = ticket._send_to_glpi("followup", "x")
        self.glpi.down = True
        self.server._pump()
        action = ticket.with_user(self.agent).action_give_up()
        dialog = self.env["glpi.give.up"].with_user(self.agent).with_context(**action["context"])
        with self.assertRaises(UserError):
            dialog.create({"reason": "  "}).action_give_up()
        dialog.create({"reason": "Resolvido por telefone"}).action_give_up()
        self.assertEqual((ticket.state, entry.state), ("given_up", "given_up"))
        self.assertEqual(ticket.give_up_reason, "Resolvido por telefone")
        event = conversation.event_ids.filtered(lambda one: one.kind == "ticket_failed")
        self.assertEqual(event.data["reason"], "Resolvido por telefone")
        self.glpi.down = False
        self.server._wake_tickets()
        self.server._pump()
        self.assertFalse(self.glpi.tickets)

    def test_who_may_decide(self):
        ticket = self._ticket(self._in_service())
        entry = ticket._send_to_glpi("followup", "x")
        ticket.state = "failed"
        for user in (self.outsider, self.colleague, self.manager, self.employee):
            for record in (ticket, entry):
                for method, values in (("action_give_up", ()), ("_give_up", ("x",))):
                    with self.assertRaises(AccessError):
                        getattr(record.with_user(user), method)(*values)
            with self.assertRaises(AccessError):
                ticket.with_user(user).action_push()
            with self.assertRaises(AccessError):
                entry.with_user(user).action_send_now()
        self.assertEqual((ticket.state, entry.state), ("failed", "waiting"))

    def test_left_behind_is_found(self):
        ticket = self._ticket()
        self.env["queue.job"].search([("method_name", "=", "_pump")]).unlink()
        self.env.cr.precommit.data.pop("glpi_pump_soon", None)
        self.env["glpi.server"]._cron_wake()
        self.assertTrue(self.env["queue.job"].search([("method_name", "=", "_pump")]))
        self.server._pump()
        self.assertEqual(ticket.state, "open")
