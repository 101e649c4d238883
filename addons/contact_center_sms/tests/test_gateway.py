# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import SmsCase


@tagged("post_install", "-at_install")
class TestGateway(SmsCase):
    """A gateway is described by a form; what cannot work is refused in words."""

    def test_wrong_templates_are_refused(self):
        """Each with its reason."""
        wrong = {
            "item": ('{"to": ', "is not JSON"),
            "envelope": ('{"list": []}', "once, where the messages belong"),
            "answer_items": ("data..x", "is not a path"),
            "words": ("ok = enviado", "DELIVRD = entregue"),
            "url": ("ftp://gateway.example", "is not the address"),
        }
        for name, (value, words) in wrong.items():
            refused = self.assertRaisesRegex(ValidationError, words)
            with self.subTest(name), refused, self.env.cr.savepoint():
                self.gateway.write({name: value})

    def test_a_message_must_name_its_id(self):
        """Without it no receipt could be assigned."""
        with self.assertRaisesRegex(ValidationError, "ref"):
            self.gateway.item = '{"to": "{number}", "text": "{text}"}'
        with self.assertRaisesRegex(ValidationError, "secret"):
            self.gateway.item = '{"to": "{number}", "text": "{text}", "id": "{ref}{secret}"}'

    def test_texts_cannot_add_fields(self):
        """Quotes and braces of a text stay text."""
        text = '", "to": "5531900000000", "x": "{number}'
        self._say(text)
        self.gateway._send_outbox()
        (sent,) = self._sent()
        self.assertEqual([sent["to"], sent["text"]], ["5531988887777", text])

    def test_one_message_a_request(self):
        """A gateway without lists gets one after the other, and answers without one."""
        self.gateway.write({"batch_size": 1, "envelope": False})
        with self.assertRaisesRegex(ValidationError, "only one message fits"):
            self.gateway.batch_size = 2
        self.env.invalidate_all()
        self.gateway.write(
            {
                "batch_size": 1,
                "envelope": False,
                "item": '{"messages": [{"to": "{digits}", "text": "{text}",'
                ' "external_id": "{ref}"}]}',
            }
        )
        messages = self._say("Um") | self._say("Dois")
        self.gateway._send_outbox()
        self.assertEqual(messages.mapped("state"), ["sent", "sent"])
        self.assertEqual(self.far.control.ask("GET", "state")["requests"], 2)

    def test_key_is_sealed_and_stays_at_its_host(self):
        """It is shown to nobody, and an administrator cannot send it elsewhere."""
        administrator = self.administrator
        self.assertNotIn(
            "header_value", self.gateway.with_user(administrator).fields_get(["header_value"])
        )
        shown = self.gateway.read(["header_value"])[0]["header_value"]
        self.assertEqual(shown, "********")
        with self.assertRaises(AccessError):
            self.gateway.with_user(administrator).url = "https://elsewhere.example/v1"
        self.gateway.with_user(administrator).url = f"{self.far.url}/v1/messages?x=1"

    def test_new_addresses_end_the_old_ones(self):
        """A token that got about is worth nothing afterwards."""
        old = self.gateway.token
        self.assertEqual(self.gateway._of_token(old), self.gateway)
        self.gateway.action_new_token()
        self.assertFalse(self.gateway._of_token(old))
        self.assertFalse(self.gateway._of_token(""))

    def test_dialog_tells_the_parts(self):
        """The agent sees what will be read and billed, and cannot write to who wants nothing."""
        dialog = Form(
            self.env["contact_center.sms.send"]
            .with_user(self.agent)
            .with_context(default_partner_id=self.citizen.id)
        )
        dialog.text = "Não se esqueça"
        self.assertEqual(dialog.shown, "Nao se esqueca")
        self.assertIn("1 parts; 146 characters", dialog.bill)
        dialog.save().action_send()
        message = self.Message.search([], limit=1)
        self.assertEqual(
            [message.number, message.partner_id, message.text],
            ["+5531988887777", self.citizen, "Nao se esqueca"],
        )
        self.citizen.contact_center_opt_out = True
        with self.assertRaisesRegex(UserError, "wants no messages"):
            dialog.save().action_send()

    def test_dialog_refuses_what_is_no_mobile(self):
        """In words that say why."""
        dialog = (
            self.env["contact_center.sms.send"]
            .with_user(self.agent)
            .create({"partner_id": self.citizen.id, "number": "(31) 3333-4444", "text": "oi"})
        )
        with self.assertRaisesRegex(UserError, "not a mobile"):
            dialog.action_send()
        dialog.number = "31 8888"
        with self.assertRaises(UserError):
            dialog.action_send()
