# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ..models.glpi_email_code import MAX_A_DAY
from .far_glpi import CITIZEN
from .test_flow_action import TestFlowAction as FlowAction

ADDRESS = "maria@example.test"
ACCOUNT = 8


class EmailCase(FlowAction):
    """A flow that asks for the citizen's e-mail address and opens a ticket."""

    allow_inherited_tests_method = False

    def setUp(self):
        super().setUp()
        self.env["ir.mail_server"].create({"name": "SMTP", "smtp_host": "smtp.example.test"})
        self.Code = self.env["glpi.email.code"]
        self.codes = []

    def _questions(self):
        return [
            {"name": "Descricao", "kind": "question", "text": "O que houve?"},
            {
                "name": "Email",
                "kind": "question",
                "text": "Seu e-mail?",
                "answer_type": "email",
                "variable": "email",
            },
        ]

    def _say(self, conversation, text, option=""):
        """Let the citizen write; return the answers."""
        incoming = self._option(option, text) if option else self._text(text)
        with self._delivered() as delivered:
            conversation._receive(incoming)
        return [outgoing.text for _message, outgoing in delivered]

    def _typed(self, address=ADDRESS):
        """Return a conversation in which the citizen gave an address, and the answers to it."""
        conversation = self._start(self._flow())
        for answer in ("1", "Não imprime"):
            self._say(conversation, answer)
        self.last_said = self._say(conversation, address)
        return conversation

    def _deliver_code(self):
        """Run the job that sends the code; return the code from the e-mail."""
        row = self.Code.search([], limit=1)
        bodies = []
        mail = type(row)._mail

        def seen(code_row, code):
            message = mail(code_row, code)
            bodies.append((message.email_to, message.body_html))
            return message

        with patch.object(type(row), "_mail", seen):
            row._send()
        ((address, body),) = bodies
        self.assertEqual(address, row.email)
        (code,) = re.findall(r"\b\d{6}\b", body)
        self.assertFalse(self.env["mail.mail"].search([("email_to", "=", address)]))
        return code

    def _wrong(self, code):
        return f"{(int(code) + 1) % 10**6:06}"

    def _requester(self, conversation):
        """Return the id of the ticket's requester in GLPI, 0 for none."""
        (ticket,) = conversation.ticket_ids
        ticket._push()
        stored = self.glpi.posted()
        if not stored["_users_id_requester"]:
            self.assertEqual(
                stored["_users_id_requester_notif"]["alternative_email"],
                [ticket.requester_email],
            )
        return stored["_users_id_requester"]


@tagged("post_install", "-at_install")
class TestEmailCode(EmailCase):
    """A typed address gives nobody somebody else's account, unless it is confirmed."""

    def test_right_code_makes_the_account_the_requester(self):
        conversation = self._typed()
        self.assertIn("m•••a@example.test", self.last_said[-1])
        self.assertFalse(conversation.ticket_ids, "it waits for the code")
        code = self._deliver_code()
        said = self._say(conversation, f"é {code[:3]} {code[3:]}")
        self.assertIn("confirmado", said[0])
        self.assertIn("Protocolo", said[-1], "the flow went on")
        self.assertEqual(self._requester(conversation), ACCOUNT)

    def test_proved_once_is_known_the_next_time(self):
        conversation = self._typed()
        self._say(conversation, self._deliver_code())
        again = self._typed()
        self.assertTrue(again.ticket_ids)
        self.assertEqual(self._requester(again), ACCOUNT)
        other = self._typed("paulo@example.test")
        self.assertFalse(other.ticket_ids, "another address is another question")

    def test_skipped_the_ticket_has_the_address_only(self):
        for how in ("pular", "Continuar sem código", "não tenho", "option", "1"):
            self.Code.search([]).unlink()
            conversation = self._typed()
            self._say(conversation, how, "glpi:code:skip" if how == "option" else "")
            self.assertEqual(self._requester(conversation), 0, how)
            self.assertEqual(conversation.state, "closed", "the flow went on to its end")

    def test_wrong_codes_end_after_a_few_tries(self):
        conversation = self._typed()
        code = self._deliver_code()
        for _try in range(4):
            (said,) = self._say(conversation, self._wrong(code))
            self.assertIn("não é o código", said)
        self._say(conversation, self._wrong(code))
        self.assertEqual(self._requester(conversation), 0)

    def test_code_expires(self):
        conversation = self._typed()
        code = self._deliver_code()
        with freeze_time(fields.Datetime.now() + timedelta(minutes=16)):
            self._say(conversation, code)
        self.assertEqual(self._requester(conversation), 0)

    def test_silence_opens_the_ticket_without_it(self):
        conversation = self._typed()
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 60)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=16)), self._delivered():
            self.Conversation._cron_glpi_reply()
        self.assertEqual(self._requester(conversation), 0)

    def test_nobody_is_kept_by_the_question(self):
        conversation = self._typed()
        for text in ("como assim?", "que código?"):
            self.assertIn("Digite os 6", self._say(conversation, text)[-1])
        self._say(conversation, "não chegou nada")
        self.assertEqual(self._requester(conversation), 0)
        conversation = self._typed()
        self._say(conversation, "atendente")
        self.assertEqual(conversation.state, "queued")
        self.assertTrue(conversation.ticket_ids, "the ticket is not forgotten")
        conversation = self._typed()
        self._say(conversation, "sair")
        self.assertEqual(conversation.state, "closed")
        self.assertTrue(conversation.ticket_ids)

    def test_nothing_about_other_tickets_pushes_the_code_aside(self):
        conversation = self._typed()
        taken, refused, closed = (self._ticket(conversation, title=str(n)) for n in range(3))
        for ticket in (taken, refused, closed):
            ticket._push()
        (taken | refused).glpi_status = "5"
        for ticket, answer, kind in ((taken, "yes", "approve"), (refused, "no", "refuse")):
            self._say(conversation, "Sim", f"glpi:{answer}:{ticket.id}")
            self.assertEqual(ticket.outbox_ids.kind, kind)
            self.assertEqual(conversation.glpi_reply["step"], "code", kind)
        entry = closed._send_to_glpi("followup", "mais isto", talk_id=conversation.id)
        self.glpi.tickets[closed.glpi_id]["status"] = 6
        with self._delivered() as delivered:
            closed._push()
        self.assertEqual(entry.state, "failed")
        self.assertIn("já foi encerrado", delivered[-1][1].text)
        self.assertEqual(conversation.glpi_reply["step"], "code")
        before = conversation.ticket_ids
        self._say(conversation, self._deliver_code())
        self.assertEqual(len(conversation.ticket_ids - before), 1, "the ticket that waited")

    def test_code_is_sent_again_and_the_old_one_is_worth_nothing(self):
        conversation = self._typed()
        old = self._deliver_code()
        self._say(conversation, "Enviar de novo", "glpi:code:again")
        new = self._deliver_code()
        if old != new:
            self.assertIn("não é o código", self._say(conversation, old)[-1])
        self._say(conversation, new)
        self.assertEqual(self._requester(conversation), ACCOUNT)

    def test_mailboxes_are_not_filled(self):
        for _number in range(MAX_A_DAY):
            conversation = self._typed()
            self.assertFalse(conversation.ticket_ids)
            self._say(conversation, "pular")
        conversation = self._typed()
        self.assertTrue(conversation.ticket_ids, "no more codes today: without one")
        with freeze_time(fields.Datetime.now() + timedelta(hours=25)):
            self.Code._gc_codes()
        self.assertFalse(self.Code.search([]))

    def test_without_a_mail_server_nobody_is_asked(self):
        self.env["ir.mail_server"].search([]).active = False
        conversation = self._typed()
        self.assertEqual(self._requester(conversation), 0)

    def test_mail_that_cannot_be_sent_is_said(self):
        conversation = self._typed()
        row = self.Code.search([], limit=1)

        def fails(_mails, **_options):
            raise MailDeliveryException("no SMTP")

        failing = patch.object(type(self.env["mail.mail"]), "send", fails)
        with failing, self._delivered() as delivered:
            row._send()
        self.assertIn("Não foi possível", delivered[0][1].text)
        self.assertEqual(self._requester(conversation), 0)

    def test_only_its_hash_is_kept(self):
        self._typed()
        code = self._deliver_code()
        row = self.Code.search([])
        self.assertNotIn(code, row.code_hash)
        self.assertGreater(len(row.code_hash), 40)
        for person in (self.agent, self.manager, self.administrator):
            with self.assertRaises(AccessError):
                row.with_user(person).read(["code_hash"])

    def test_as_the_server_wants(self):
        self.server.email_proof = "trust"
        self.assertEqual(self._requester(self._typed()), ACCOUNT)
        self.server.email_proof = "known"
        self.assertEqual(self._requester(self._typed()), 0)
        self.citizen.with_user(self.env.ref("base.user_admin")).email = ADDRESS
        self.assertEqual(self._requester(self._typed()), ACCOUNT, "staff entered it")

    def test_address_that_a_flow_saved_is_not_known(self):
        self.citizen.sudo().email = ADDRESS
        self.server.email_proof = "known"
        self.assertEqual(self._requester(self._typed()), 0)

    def test_address_of_no_copied_account_is_not_asked_about(self):
        self.server._sync_catalogues()
        conversation = self._typed("visita@example.test")
        self.assertTrue(conversation.ticket_ids)
        self.assertFalse(self._typed().ticket_ids, "an account has this one")

    def test_number_from_which_the_citizen_writes_proves_too(self):
        self.glpi.users[CITIZEN]["mobile"] = "(31) 98888-7777"
        self.server.email_proof = "known"
        proved = patch.object(
            type(self.Conversation), "_proved_number", lambda conversation: "+5531988887777"
        )
        with proved:
            self.assertEqual(self._requester(self._typed("outra@example.test")), ACCOUNT)

    def test_typed_telephone_finds_nobody(self):
        self.glpi.users[CITIZEN]["mobile"] = "(31) 98888-7777"
        self.server.email_proof = "known"
        self.assertEqual(self._requester(self._typed("outra@example.test")), 0)

    def test_typed_address_reaches_the_contact_at_hand_over_and_proves_nothing(self):
        conversation = self._typed("outra@example.test")
        contact = conversation.partner_id
        contact.email = False
        conversation.with_user(self.agent)._hand_over(reason="asked")
        self.assertEqual(contact.email, "outra@example.test")
        self.assertFalse(contact._glpi_email_is_proved("outra@example.test"))

    def test_agent_who_checked_the_address_may_use_it(self):
        conversation = self._in_service()
        for checked, account in ((False, 0), (True, ACCOUNT)):
            dialog = (
                self.env["glpi.ticket.open"]
                .with_user(self.agent)
                .create(
                    {
                        "conversation_id": conversation.id,
                        "title": "Impressora",
                        "description": "Parada",
                        "requester_email": ADDRESS,
                        "requester_checked": checked,
                    }
                )
            )
            dialog.action_open()
            ticket = conversation.ticket_ids.sorted("id")[-1]
            ticket._push()
            self.assertEqual(self.glpi.posted()["_users_id_requester"], account)
