# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from .common import MARIA, WhatsappCase

CARD = {
    "name": {"formatted_name": "Zé Eletricista"},
    "phones": [{"phone": "+55 31 97777-0000", "wa_id": "5531977770000", "type": "CELL"}],
    "emails": [{"email": "ze@example.com", "type": "WORK"}],
    "org": {"company": "Oficina do Zé"},
}
FORM = '{"flow_token": "x", "screen_0": {"nome": "Ana", "aceita": true}, "dias": ["seg", "ter"]}'

# Every type of Meta's documentation, as it comes, and what an agent must be able to read.
TYPES = {
    "text": ({"text": "bom *dia*"}, ["<strong>dia</strong>"]),
    "image": ({"image": {"id": "m1", "mime_type": "image/jpeg", "caption": "a placa"}}, ["placa"]),
    "video": ({"video": {"id": "m2", "mime_type": "video/mp4"}}, ["baixando"]),
    "audio": ({"audio": {"id": "m3", "mime_type": "audio/ogg", "voice": True}}, ["🎤"]),
    "document": (
        {"document": {"id": "m4", "mime_type": "application/pdf", "filename": "a.pdf"}},
        ["📄"],
    ),
    "sticker": ({"sticker": {"id": "m5", "mime_type": "image/webp", "animated": True}}, ["🙂"]),
    "location": (
        {"location": {"latitude": -19.81, "longitude": -43.17, "name": "Praça", "address": "R. A"}},
        ["Praça", "R. A", "openstreetmap.org"],
    ),
    "location without a place": ({"type": "location", "location": {}}, ["conteúdo legível"]),
    "contacts": (
        {"contacts": [CARD, {"name": {"formatted_name": "Bia"}}]},
        ["Zé Eletricista", "97777-0000", "ze@example.com", "Oficina do Zé", "Bia"],
    ),
    "contacts, the own one": (
        {"type": "contacts", "contacts": [{**CARD, "origin": "contact_request"}]},
        ["número do próprio cidadão"],
    ),
    "button_reply": (
        {
            "type": "interactive",
            "interactive": {"type": "button_reply", "button_reply": {"id": "1", "title": "Sim"}},
        },
        ["Sim"],
    ),
    "list_reply": (
        {
            "type": "interactive",
            "interactive": {"type": "list_reply", "list_reply": {"id": "1", "title": "Água"}},
        },
        ["Água"],
    ),
    "nfm_reply": (
        {
            "type": "interactive",
            "interactive": {
                "type": "nfm_reply",
                "nfm_reply": {"name": "flow", "body": "Enviado", "response_json": FORM},
            },
        },
        ["Enviado", "nome: Ana", "aceita: ✓", "dias: seg", "dias: ter"],
    ),
    "nfm_reply that is no object": (
        {
            "type": "interactive",
            "interactive": {
                "type": "nfm_reply",
                "nfm_reply": {"name": "flow", "body": "Enviado", "response_json": "[1"},
            },
        },
        ["Enviado"],
    ),
    "call_permission_reply": (
        {
            "type": "interactive",
            "interactive": {
                "type": "call_permission_reply",
                "call_permission_reply": {"response": "accept", "is_permanent": False},
            },
        },
        ["aceitou receber ligações"],
    ),
    "button": ({"button": {"payload": "p", "text": "Quero"}}, ["Quero"]),
    "order": (
        {
            "order": {
                "catalog_id": "c",
                "text": "por favor",
                "product_items": [
                    {
                        "product_retailer_id": "sku9",
                        "quantity": 2,
                        "item_price": 10,
                        "currency": "BRL",
                    }
                ],
            }
        },
        ["por favor", "2 x sku9", "10 BRL"],
    ),
    "unsupported": (
        {
            "unsupported": {"type": "poll_creation"},
            "errors": [{"code": 131051, "title": "Message type unknown"}],
        },
        ["enquete"],
    ),
    "placeholder of the telephone": (
        {"type": "unsupported", "errors": [{"code": 131060}]},
        ["telefone da prefeitura"],
    ),
    "file too large": (
        {"type": "unsupported", "errors": [{"code": 131052}]},
        ["grande demais"],
    ),
    "hologram": ({"hologram": {"x": 1}}, ["hologram"]),
    "nothing at all": ({"type": None}, ["conteúdo desconhecido"]),
    "advertisement": (
        {
            "text": "quero saber",
            "referral": {
                "source_url": "https://example.org/post",
                "source_type": "ad",
                "headline": "Vacinação",
                "body": "Sábado",
            },
        },
        ["Vacinação", "Sábado", "quero saber", "https://example.org/post"],
    ),
    "product": (
        {
            "text": "tem?",
            "context": {"referred_product": {"catalog_id": "c", "product_retailer_id": "sku1"}},
        },
        ["sku1", "tem?"],
    ),
}


class InboundCase(WhatsappCase):
    """Shortcuts for the shown messages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Agents' texts are read in their language
        cls.env["res.lang"]._activate_lang("pt_BR")

    def receive(self, **fields):
        """Deliver one message of Maria's; return its whatsapp.message."""
        self.deliver(self.inbound(**fields), run=False)
        with self.jobs(run=False):
            event = self.Event.search([], order="id desc", limit=1)
            event.with_context(lang="pt_BR")._process_safely()
        return self.Message.search([("direction", "=", "in")], order="id desc", limit=1)

    def change(self, kind, target, **fields):
        """Deliver a reaction, correction or deletion of `target`.

        A whatsapp.message or a wamid.
        """
        wamid = target if isinstance(target, str) else target.wamid
        name = "message_id" if kind == "reaction" else "original_message_id"
        return self.deliver(self.inbound(type=kind, **{kind: {name: wamid, **fields}}))

    def correct(self, target, text):
        """Deliver a correction of a text."""
        return self.change("edit", target, message={"type": "text", "text": {"body": text}})

    def echo(self, **fields):
        """Deliver what the city's telephone sent to Maria; return its message."""
        text = fields.pop("text", None)
        if isinstance(text, str):
            fields.update(type="text", text={"body": text})
        timestamp = str(int(self.now().timestamp()))
        echo = {"id": f"wamid.e{next(self._wamids)}", "to": MARIA["wa_id"], **fields}
        value = {"message_echoes": [{"timestamp": timestamp, **echo}]}
        self.deliver(self.call(value, field="smb_message_echoes"))
        return self.Message.search([("wamid", "=", echo["id"])])

    @staticmethod
    def marks(record):
        """Return the marks of a message as sent to the screens."""
        mail = record.mail_message_id
        return mail._contact_center_marks().get(mail.id, {})

    @staticmethod
    def text(record):
        """Return the text of a message as an agent reads it."""
        return html2plaintext(record.mail_message_id.body)

    def said(self, conversation):
        """Return the texts of a conversation, oldest first."""
        messages = conversation.discuss_channel_id.message_ids.sorted("id")
        return [html2plaintext(message.body) for message in messages]


@tagged("post_install", "-at_install")
class TestInboundTypes(InboundCase):
    """Everything that a citizen may send, in words or pictures that an agent understands."""

    def test_every_type_is_shown(self):
        self.in_service()
        for name, (fields, expected) in TYPES.items():
            with self.subTest(name):
                record = self.receive(**{"type": name, **fields})
                shown = f"{record.mail_message_id.body} {self.text(record)}"
                for words in expected:
                    self.assertIn(words, shown)
                self.assertNotIn("<img", record.mail_message_id.body)
        self.assertFalse(self.Event.search([("state", "=", "failed")]))

    def test_raw_json_is_kept(self):
        self.receive(type="hologram", hologram={"beam": 7})
        event = self.Event.search([], order="id desc", limit=1)
        self.assertEqual(event.payload["message"]["hologram"], {"beam": 7})

    def test_file_too_large_asks_for_another(self):
        self.in_service()
        self.deliver(self.inbound(type="unsupported", errors=[{"code": 131052}]))
        self.assertIn("grande demais", self.meta.texts()[-1])

    def test_nothing_of_a_citizen_is_markup(self):
        self.in_service()
        evil = "<img src=x onerror=alert(1)><script>1</script>"
        for fields in (
            {"type": "location", "location": {"latitude": 1, "longitude": 2, "name": evil}},
            {"type": "contacts", "contacts": [{"name": {"formatted_name": evil}}]},
            {"type": "order", "order": {"text": evil}},
            {"type": evil},
            {"type": "unsupported", "unsupported": {"type": evil}},
            {"text": "x", "referral": {"headline": evil, "source_url": "javascript:alert(1)"}},
        ):
            body = self.receive(**fields).mail_message_id.body
            self.assertNotIn("<img", body)
            self.assertNotIn("<script", body)
            self.assertNotIn("javascript:", body)

    def test_forwarded(self):
        self.in_service()
        record = self.receive(text="corrente", context={"forwarded": True})
        self.assertEqual(self.marks(record), {"forwarded": True})
        record = self.receive(text="corrente", context={"frequently_forwarded": True})
        self.assertEqual(self.marks(record), {"often_forwarded": True})

    def test_cards_into_the_contacts(self):
        conversation = self.in_service()
        record = self.receive(type="contacts", contacts=[CARD])
        mine = conversation.with_user(self.agent)
        arguments = (record.mail_message_id.id, 0)
        first = mine.add_card_to_contacts(*arguments)
        self.assertTrue(first["created"])
        partner = self.env["res.partner"].browse(first["id"])
        self.assertEqual((partner.name, partner.email), ("Zé Eletricista", "ze@example.com"))
        self.assertEqual(
            mine.add_card_to_contacts(*arguments), {"id": partner.id, "created": False}
        )
        with self.assertRaises(UserError):
            mine.add_card_to_contacts(record.mail_message_id.id, 1)

    def test_answer_to_a_message_that_is_not_here(self):
        self.in_service()
        record = self.receive(text="12", context={"id": "wamid.gone"})
        self.assertIn("<blockquote", record.mail_message_id.body)
        self.assertFalse(record.mail_message_id.parent_id)

    def test_answer_to_a_message_of_an_earlier_conversation(self):
        first = self.say("Meu computador parou")
        first.conversation_id._close("resolved")
        self.in_service()
        record = self.receive(text="é sobre isto", context={"id": first.wamid})
        self.assertFalse(record.mail_message_id.parent_id)
        self.assertIn("Meu computador parou", self.text(record))
