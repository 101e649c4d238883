# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Option, Outgoing

from ..cloud_api.client import Sent
from .common import PHOTO, WhatsappCase

OTHER = {"wa_id": "5511933332222", "user_id": "BR.4", "name": "Bia"}


@tagged("post_install", "-at_install")
class TestMenusInEveryMoment(WhatsappCase):
    """A menu is refused at once, later, or after nobody knew for a while."""

    OPTIONS = tuple(Option(f"a:{number}", f"Assunto {number}") for number in range(1, 5))

    def offer(self, answer=None):
        """Let the bot offer a menu, to which Meta answers so; return the message."""
        if answer:
            self.meta.answer(answer)
        with self.bot(Outgoing(text="Qual?", options=self.OPTIONS)):
            conversation = self.say("oi", person=OTHER).conversation_id
        return self.outgoing(conversation)[-1]

    def told(self, message, *errors):
        """Let Meta tell by a status that the message failed."""
        self.meta.sent.clear()
        self.deliver(self.status(message, "failed", errors=list(errors)))

    def test_by_status_for_whatever_may_be_the_menu(self):
        for errors in (
            [{"code": 131009}],
            [{"code": 131000}],
            [{"code": 131051}],
            [{"code": 424242}],
            [{"title": "Message failed"}],
            [],
        ):
            message = self.offer()
            self.told(message, *errors)
            self.assertIn("1 - Assunto 1", self.meta.texts()[0])
            self.assertEqual((message.state, message.kind), ("sent", "text"))
            message.conversation_id._close("resolved")

    def test_by_status_for_the_person_it_failed(self):
        for code in (131026, 131047, 131050, 130472, 130497):
            message = self.offer()
            self.told(message, {"code": code})
            self.assertEqual((message.state, self.meta.sent), ("failed", []), code)
            message.conversation_id._close("resolved")

    def test_after_nobody_knew(self):
        message = self.offer((500, {"error": {"code": 131000, "message": "x"}}))
        self.assertEqual(message.state, "unknown")
        self.told(message, {"code": 131009})
        self.assertEqual((message.state, message.kind), ("sent", "text"))
        self.assertEqual(len(self.meta.sent), 1)

    def test_that_arrived_after_all_is_not_said_twice(self):
        message = self.offer((500, {"error": {"code": 131000, "message": "x"}}))
        self.meta.sent.clear()
        self.deliver(self.status(message, "delivered", id="wamid.late"))
        self.assertEqual((message.state, message.wamid), ("delivered", "wamid.late"))
        self.told(message, {"code": 131009})
        self.assertEqual((message.state, self.meta.sent), ("delivered", []))

    def test_that_nobody_asks_any_more_is_not_said_late(self):
        message = self.offer()
        stamp = str(int(self.now().timestamp()) + 60)
        with self.bot("Certo."):
            self.deliver(self.inbound(person=OTHER, text="buraco", timestamp=stamp))
        self.told(message, {"code": 131009})
        self.assertEqual((message.state, self.meta.sent), ("failed", []))
        self.assertFalse(message.identity_id.menu)
        message.conversation_id._close("resolved")
        message = self.offer()
        message.conversation_id._close("resolved")
        self.told(message, {"code": 131009})
        self.assertEqual((message.state, self.meta.sent), ("failed", []))

    def test_of_who_wrote_meanwhile_without_an_answer_is_said(self):
        message = self.offer()
        stamp = str(int(self.now().timestamp()) + 60)
        with self.bot():
            self.deliver(self.inbound(person=OTHER, text="e aí?", timestamp=stamp))
        self.told(message, {"code": 131009})
        self.assertIn("1 - Assunto 1", self.meta.texts()[0])

    def test_failed_before_the_answer_of_the_send_keeps_its_reason(self):
        message = self.offer()
        message.write({"state": "sending", "wamid": False})
        self.told(message, {"code": 131026})
        self.assertEqual((message.state, message.error_code), ("failed", "131026"))
        message._record_sent(Sent("wamid.out9"))
        self.assertEqual((message.state, message.error_code), ("failed", "131026"))

    def test_picture_words_and_menu_keep_their_order(self):
        conversation = self.in_service()
        files = self.attachments({"name": "foto.png", "raw": PHOTO})
        self.agent_says(conversation, "", attachment_ids=files.ids)
        picture = self.outgoing(conversation)[-1]
        self.agent_says(conversation, "Esta é a planta.")
        with self.jobs(later=False):
            conversation._say(Outgoing(text="Qual?", options=self.OPTIONS))
        self.assertEqual([payload["type"] for payload in self.meta.sent], ["image"])
        self.deliver(self.status(picture, "sent"))
        kinds = [payload["type"] for payload in self.meta.sent]
        self.assertEqual(kinds, ["image", "text", "interactive"])
