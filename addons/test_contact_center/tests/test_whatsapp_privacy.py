# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.contact_center_privacy.tests.common import PrivacyMixin
from odoo.addons.whatsapp_helpdesk.tests.common import MARIA, PHOTO, WhatsappCase

SAID = "Caiu um poste na rua das Acacias"


@tagged("post_install", "-at_install")
class TestWhatsappPrivacy(PrivacyMixin, WhatsappCase):
    """The channel's data about a citizen are shown, handed over and erased."""

    def _notice(self, **values):
        notice = self.env["contact_center.privacy.notice"].create(
            {"name": "Aviso", "text": "Cuidamos dos seus dados."} | values
        )
        notice.action_publish()
        return notice

    def test_notice_and_first_answer_are_one_message(self):
        self._notice(url="https://x.org/p")
        with self.bot("Bom dia!", "Qual é o seu nome?"):
            self.say("oi")
            self.say("Maria")
        first, second = self.meta.texts()
        self.assertEqual(
            first,
            "Bom dia!\n\nCuidamos dos seus dados.\nSaiba mais: https://x.org/p"
            "\n\nQual é o seu nome?",
        )
        self.assertNotIn("Cuidamos", second)

    def test_consent_comes_with_buttons(self):
        self._notice(basis="consent")
        with self.bot("Qual é o seu nome?") as heard:
            self.say("oi")
            self.assertFalse(heard)
            buttons = self.meta.sent[-1]["interactive"]["action"]["buttons"]
            titles = [button["reply"]["title"] for button in buttons]
            self.assertEqual(titles, ["Aceito", "Não aceito"])
            self.say("aceito")
        self.assertEqual(self.meta.texts()[-1], "Qual é o seu nome?")

    def _story(self):
        conversation = self.in_service()
        self.say(SAID)
        self.agent_says(conversation, "<p>Vamos ver já</p>")
        (sent,) = self.outgoing(conversation).filtered(lambda m: m.state == "sent")[-1:]
        self.deliver(self.status(sent, "delivered"))
        conversation.with_user(self.agent).action_close(self.disposition)
        conversation._close("resolved")
        self.citizen = conversation.partner_id
        return conversation

    def test_after_erasing_no_table_knows_the_person(self):
        conversation = self._story()
        conversation.whatsapp_identity_id._send_outbox()
        # The setting has a contact of its own with Maria's name and number
        self.env["res.partner"].search([("name", "=", MARIA["name"])]).filtered(
            lambda partner: partner != self.citizen
        ).write({"name": "Outra Pessoa", "phone": False})
        identity = conversation.whatsapp_identity_id
        strings = (SAID, MARIA["name"], "88887777", MARIA["user_id"], identity.phone)
        self.assertIn("whatsapp_event.payload", self._everywhere(*strings))
        messages = self.Message.search_count([("conversation_id", "=", conversation.id)])
        self._erase(self._request())
        self.assertEqual(self._everywhere(*strings), [])
        self.assertEqual(
            self.Message.search_count([("conversation_id", "=", conversation.id)]), messages
        )
        self.assertFalse(identity.address_ids)

    def test_what_was_kept_from_the_telephone_is_erased(self):
        self._story().whatsapp_identity_id._send_outbox()
        self.meta.files["77"] = (PHOTO, "image/png")
        echo = {"id": "wamid.k", "to": MARIA["wa_id"], "type": "image"}
        echo["image"] = {"id": "77", "mime_type": "image/png", "caption": "laudo do exame"}
        self.deliver(self.call({"message_echoes": [echo]}, field="smb_message_echoes"))
        kept = self.Message.search([("wamid", "=", "wamid.k")])
        attachment = kept.attachment_id
        self.assertTrue(attachment)
        rows = self.citizen._privacy_data()["whatsapp"]["rows"]
        self.assertIn("laudo do exame", rows[0]["dito_no_telefone"][0])
        self._erase(self._request())
        self.assertEqual(self._everywhere("laudo do exame"), [])
        self.assertFalse(attachment.exists())

    def test_who_writes_again_is_a_new_person(self):
        conversation = self._story()
        conversation.whatsapp_identity_id._send_outbox()
        self._erase(self._request())
        again = self.say("oi de novo").conversation_id
        self.assertNotEqual(again.partner_id, conversation.partner_id)
        self.assertEqual(again.partner_id.name, MARIA["name"])

    def test_messages_on_their_way_stand_against_it(self):
        conversation = self._story()
        self.Message.search([("conversation_id", "=", conversation.id)], limit=1).write(
            {"direction": "out", "state": "queued", "merged_into_id": False}
        )
        with self.assertRaisesRegex(UserError, "on their way"):
            self._request().action_erase()

    def test_numbers_are_part_of_the_copy(self):
        self._story()
        data = self.citizen._privacy_data()
        self.assertEqual(data["whatsapp"]["rows"][0]["id_whatsapp"], MARIA["wa_id"])
        self.assertIn(SAID, [row["texto"] for row in data["mensagens"]["rows"]])

    def test_retention_of_webhooks_leaves_out_no_state(self):
        self.say(SAID)
        self.Event._store_unreadable(SAID.encode(), "no JSON")
        event = self.Event.search([("kind", "=", "message")])
        for state in ("failed", "received"):
            error = f"ValueError: {SAID}" if state == "failed" else False
            event.copy({"unique_key": state, "state": state, "error": error})
        self.env.flush_all()
        old = fields.Datetime.now() - timedelta(days=100)
        self.env.cr.execute("UPDATE whatsapp_event SET create_date = %s", [old])
        self.env.invalidate_all()
        policy = self.env["contact_center.privacy.retention"].search([("kind", "=", "webhooks")])
        policy.months = 3
        records, domain = policy._domain()
        due = records.search(domain)
        self.assertEqual(due, self.Event.search([]))
        policy._erase_webhooks(due)
        self.env.flush_all()
        self.assertFalse(records.search(domain))
        self.assertEqual(
            [table for table in self._everywhere(SAID) if table.startswith("whatsapp_event")], []
        )
        self.assertEqual(set(due.mapped("state")), {"processed"})
        with self.jobs():
            self.Event._sweep_all()
