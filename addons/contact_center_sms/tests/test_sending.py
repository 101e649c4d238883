# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SmsCase


@tagged("post_install", "-at_install")
class TestSending(SmsCase):
    """What a gateway takes, refuses, or does not answer: nobody gets a message twice."""

    def test_messages_go_out_in_one_request(self):
        """Several messages share a request; each has the gateway's id afterwards."""
        messages = self._say("Um") | self._say("Dois", number="+5531977776666")
        self.gateway._send_outbox()
        self.assertEqual([one["text"] for one in self._sent()], ["Um", "Dois"])
        self.assertEqual(self.far.control.ask("GET", "state")["requests"], 1)
        self.assertEqual(messages.mapped("state"), ["sent", "sent"])
        self.assertEqual(messages.mapped("gateway_ref"), ["gw-1", "gw-2"])

    def test_what_answers_somebody_goes_before_a_campaign(self):
        """Bulk waits until nothing else does."""
        self._say("campanha", is_bulk=True)
        self._say("resposta")
        self.gateway.batch_size = 1
        self.gateway._send_outbox()
        self.assertEqual([one["text"] for one in self._sent()], ["resposta", "campanha"])

    def test_accents_go_as_the_gateway_says(self):
        """Without accents 160 characters are one part; the text is frozen as it is sent."""
        plain = self._say("Atenção")
        self.gateway.has_accents = True
        accented = self._say("Atenção")
        self.gateway._send_outbox()
        self.assertEqual([one["text"] for one in self._sent()], ["Atencao", "Atenção"])
        self.assertEqual([plain.alphabet, accented.alphabet], ["gsm7", "ucs2"])

    def test_long_and_empty_texts_are_refused_in_words(self):
        """Ten parts are the most."""
        self.assertEqual(self._say("a" * 1530).parts, 10)
        with self.assertRaisesRegex(UserError, "11 messages"):
            self._say("a" * 1531)
        with self.assertRaisesRegex(UserError, "needs a text"):
            self._say(" \u200b ")

    def test_no_answer_is_not_sent_again_by_itself(self):
        """It may have gone out: a receipt or a person settles it."""
        self._fault(timeout_after=1)
        self.gateway.seconds = 1
        message = self._say()
        self.gateway._send_outbox()
        self.assertEqual(message.state, "unknown")
        self.gateway._send_outbox()
        self.assertEqual(len(self._sent()), 1)
        self._receipt(message, "delivered")
        self.assertEqual(message.state, "delivered")

    def test_a_gateway_that_knows_our_ids_is_asked_again(self):
        """It took the message and answered 500: the second request delivers no second copy."""
        self.far.control.ask("POST", "settings", {"idempotent": True})
        self.gateway.is_idempotent = True
        self._fault(server_error_after=1)
        message = self._say()
        self.gateway._send_outbox()
        self.assertEqual(message.state, "queued")
        message.next_try_at = False
        self.gateway._send_outbox()
        self.assertEqual(message.state, "sent")
        self.assertEqual(len(self._sent()), 1)

    def test_server_error_leaves_it_open(self):
        """A 500 says nothing of what went out."""
        self._fault(server_error=1)
        message = self._say()
        self.gateway._send_outbox()
        self.assertEqual(message.state, "unknown")
        self.assertIn("HTTP 500", message.detail)

    def test_busy_and_unreachable_gateways_get_it_later(self):
        """Nothing went out: it waits, longer each time, and is sent."""
        self._fault(busy=1)
        message = self._say()
        self.gateway._send_outbox()
        self.assertEqual(message.state, "queued")
        self.assertGreater(message.next_try_at, fields.Datetime.now())
        message.next_try_at = False
        self.far.down = True
        self.gateway._send_outbox()
        self.far.down = False
        self.assertEqual((message.state, message.tries), ("queued", 2))
        message.next_try_at = False
        self.gateway._send_outbox()
        self.assertEqual([message.state, len(self._sent())], ["sent", 1])

    def test_half_an_answer_settles_half(self):
        """What the answer leaves out may have gone out: it did, here."""
        self._fault(half=1)
        messages = self._say("Um") | self._say("Dois")
        self.gateway._send_outbox()
        self.assertEqual(messages.mapped("state"), ["sent", "unknown"])
        self._receipt(messages[1], "delivered")
        self.assertEqual(messages[1].state, "delivered")
        self.assertEqual(len(self._sent()), 2)

    def test_one_bad_message_does_not_hold_the_others(self):
        """A refused request is taken apart: each message goes alone."""
        self._fault(refuse_batch=9)
        messages = self._say("Um") | self._say("Dois") | self._say("Três")
        self.gateway._send_outbox()
        self.assertEqual(messages.mapped("state"), ["sent"] * 3)
        self.assertEqual(len(self._sent()), 3)

    def test_refused_number_fails_with_the_gateways_word(self):
        """The others of the request go out."""
        self.far.control.ask("POST", "settings", {"refused": ["5531988887777"]})
        bad, good = self._say(), self._say(number="+5531977776666")
        self.gateway._send_outbox()
        self.assertEqual([bad.state, good.state], ["failed", "sent"])
        self.assertIn("rejected", bad.detail)

    def test_wrong_key_pauses_and_loses_nothing(self):
        """All wait; a person corrects the key and goes on."""
        self.far.control.ask("POST", "settings", {"key": "Bearer another"})
        message = self._say()
        self.gateway._send_outbox()
        self.assertEqual([self.gateway.state, message.state], ["paused", "queued"])
        self.assertIn("HTTP 401", self.gateway.last_error)
        self.assertNotIn("sandbox", self.gateway.message_ids[:1].body)
        self.far.control.ask("POST", "settings", {"key": "Bearer sandbox"})
        self.gateway.action_use()
        message.next_try_at = False
        self.gateway._send_outbox()
        self.assertEqual(message.state, "sent")

    def test_interrupted_job_leaves_it_open(self):
        """A message that was being sent when the server died is not sent again."""
        message = self._say()
        self.gateway._claim()
        self.assertEqual(message.state, "sending")
        self.gateway._send_outbox()
        self.assertEqual([message.state, self._sent()], ["unknown", []])

    def test_after_a_day_it_fails(self):
        """Nobody waits for it any more."""
        message = self._say()
        message.queued_at = fields.Datetime.now() - timedelta(hours=25)
        self.gateway._send_outbox()
        self.assertEqual([message.state, self._sent()], ["failed", []])

    def test_host_must_be_listed(self):
        """An address that no system administrator listed is never asked."""
        self.env["ir.config_parameter"].set_param("chatbot_flow.service_hosts", "example.com")
        message = self._say()
        self.gateway._send_outbox()
        self.assertEqual([self.gateway.state, message.state], ["paused", "queued"])
        self.assertEqual(self._sent(), [])

    def test_receipts_come_early_late_and_twice(self):
        """A state only goes forward, whatever the order."""
        message = self._say()
        self.gateway._send_outbox()
        self._receipt(message, "delivered")
        self._receipt(message, "sent")
        self._receipt(message, "delivered")
        self._receipt(message, "expired")
        self.assertEqual(message.state, "delivered")

    def test_receipt_before_the_answer(self):
        """It names only the gateway's id, which the answer tells later: it is found then."""
        message = self._say()
        claimed = self.gateway._claim()
        result = self.gateway._ask(claimed)
        event = self._receipt(message, "delivered", only_id=True)
        self.assertEqual([event.state, message.state], ["early", "sending"])
        self.gateway._record(claimed, result)
        self.gateway._hear_all()
        self.assertEqual([event.state, message.state], ["processed", "delivered"])

    def test_only_administrators_send_again(self):
        """The citizen may read it twice: somebody answers for that."""
        self._fault(server_error=1)
        message = self._say()
        self.gateway._send_outbox()
        with self.assertRaises(AccessError):
            message.with_user(self.supervisor).action_send_again()
        message.with_user(self.administrator).action_send_again()
        self.gateway._send_outbox()
        self.assertEqual([message.state, len(self._sent())], ["sent", 1])

    def test_nobody_writes_the_outbox(self):
        """Not even administrators."""
        message = self._say()
        for change in (
            lambda rows: rows.write({"text": "outra coisa"}),
            lambda rows: rows.unlink(),
            lambda rows: rows.create({"gateway_id": self.gateway.id, "number": MOBILE_2}),
        ):
            with self.assertRaises(AccessError):
                change(message.with_user(self.administrator))


MOBILE_2 = "+5531977776666"
