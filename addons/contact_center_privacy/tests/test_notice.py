# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

from ..core.privacy import ACCEPT, REFUSE
from .common import PrivacyMixin


@tagged("post_install", "-at_install")
class TestPrivacyNotice(PrivacyMixin, ContactCenterCase):
    """The notice at the first contact, and what is recorded of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Notice = cls.env["contact_center.privacy.notice"]
        cls.Consent = cls.env["contact_center.privacy.consent"]

    def _publish(self, **values):
        notice = self.Notice.create(
            {"name": "Aviso", "text": "Cuidamos dos seus dados.", "url": "https://x.org/p"} | values
        )
        notice.action_publish()
        return notice

    def _hear(self, conversation, *incomings):
        """Let the bot hear messages and answer "Bom dia!" and a question; returns what it heard."""
        heard = []

        class Heard(list):
            def append(self, incoming):
                heard.append(incoming)
                conversation._say(outgoing)

        outgoing = self._outgoing("Bom dia!\n\nQual é o seu nome?")
        with self._bot(Heard()):
            for incoming in incomings:
                conversation._receive(incoming)
        return heard

    def _kinds_of(self, notice):
        return self.Consent.search([("notice_id", "=", notice.id)], order="id").mapped("kind")

    def test_notice_goes_along_with_the_first_answer_once(self):
        notice = self._publish()
        conversation = self._open()
        with self._delivered() as delivered:
            heard = self._hear(conversation, self._text("oi"), self._text("Maria"))
        self.assertEqual(len(heard), 2)
        self.assertEqual(
            delivered[0][1].text,
            "Bom dia!\n\nCuidamos dos seus dados.\nSaiba mais: https://x.org/p\n\n"
            "Qual é o seu nome?",
        )
        self.assertEqual(delivered[1][1].text, "Bom dia!\n\nQual é o seu nome?")
        record = self.Consent.search([("partner_id", "=", self.citizen.id)])
        self.assertEqual(
            (record.kind, record.notice_id, record.message_id, record.conversation_id),
            ("shown", notice, delivered[0][0], conversation),
        )
        conversation._close("self_service")
        with self._delivered() as delivered:
            self._hear(self._open(), self._text("de novo"))
        self.assertNotIn("Cuidamos", delivered[0][1].text)

    def test_new_version_is_shown_again(self):
        notice = self._publish()
        first = self._open()
        self._hear(first, self._text("oi"))
        first._close("self_service")
        action = notice.action_new_version()
        newer = self.Notice.browse(action["res_id"])
        newer.text = "Texto novo."
        newer.action_publish()
        self.assertEqual((notice.state, newer.version), ("superseded", 2))
        with self._delivered() as delivered:
            self._hear(self._open(), self._text("oi"))
        self.assertIn("Texto novo.", delivered[0][1].text)
        self.assertEqual(self._kinds_of(newer), ["shown"])

    def test_without_a_bot_it_goes_along_with_the_welcome(self):
        self._publish()
        conversation = self._open()
        with self._delivered() as delivered:
            conversation._receive(self._text("oi"))
        self.assertIn("Cuidamos dos seus dados.", delivered[0][1].text)
        self.assertEqual(conversation.state, "queued")

    def test_consent_is_asked_before_the_flow(self):
        notice = self._publish(basis="consent")
        conversation = self._open()
        with self._delivered() as delivered:
            heard = self._hear(conversation, self._text("oi"))
            self.assertEqual(heard, [])
            self.assertEqual([option.id for option in delivered[0][1].options], [ACCEPT, REFUSE])
            heard = self._hear(conversation, self._text("que aviso?"), self._option(ACCEPT))
        self.assertEqual(len(heard), 1)
        self.assertEqual(self._kinds_of(notice), ["asked", "asked", "accepted"])
        conversation._close("self_service")
        self.assertEqual(len(self._hear(self._open(), self._text("oi"))), 1)

    def test_a_reaction_to_the_question_consents_or_refuses(self):
        notice = self._publish(basis="consent")
        for emoji, kind, state in (("👎", "refused", "refused"), ("👍🏽", "accepted", "settled")):
            conversation = self._open()
            self._hear(conversation, self._text("oi"))
            domain = conversation._messages_domain()
            question = self.env["mail.message"].search(domain, order="id desc", limit=1)
            self.assertFalse(conversation._receive_reaction(question, "😮"))
            self.assertTrue(conversation._receive_reaction(question, emoji))
            self.assertEqual(conversation.privacy_state, state)
            self.assertEqual(self._kinds_of(notice)[-1], kind)
            conversation._close("self_service")

    def test_refused_means_a_person_and_nothing_collected(self):
        notice = self._publish(basis="consent", refused_text="Tudo bem.")
        conversation = self._open()
        heard = self._hear(conversation, self._text("oi"), self._text("Não aceito"))
        self.assertEqual(heard, [])
        self.assertEqual(conversation.state, "queued")
        self.assertFalse(conversation.collected)
        self.assertEqual(self._kinds_of(notice), ["asked", "refused"])
        self.assertIn("Tudo bem.", self._said(conversation))

    def test_refused_may_end_the_service_and_is_asked_again(self):
        self._publish(basis="consent", refused_action="close")
        conversation = self._open()
        self._hear(conversation, self._text("oi"), self._option(REFUSE))
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "declined"))
        again = self._open()
        self.assertEqual(self._hear(again, self._text("oi")), [])
        self.assertEqual(again.privacy_state, "asked")

    def test_who_never_answers_gets_a_person(self):
        self._publish(basis="consent")
        conversation = self._open()
        heard = self._hear(conversation, *[self._text("???")] * 4)
        self.assertEqual((heard, conversation.state), ([], "queued"))

    def test_queues_own_notice_comes_first(self):
        self._publish()
        own = self._publish(queue_id=self.queue.id, text="Da fila.")
        self.assertEqual(self.Notice._for_conversation(self._open()), own)
        other = self._open(self.other_queue)
        self.assertEqual(self.Notice._for_conversation(other).text, "Cuidamos dos seus dados.")
        own.action_withdraw()
        self.assertNotEqual(self.Notice._for_conversation(self._open()), own)

    def test_what_was_shown_is_never_changed(self):
        notice = self._publish()
        with self.assertRaises(UserError):
            notice.text = "Outro texto"
        with self.assertRaises(UserError):
            notice.unlink()
        with self.assertRaises(UserError):
            notice.action_publish()
        with self.assertRaises(ValidationError):
            self.Notice.create({"name": "x", "text": "x", "url": "http://x.org"})
        self._hear(self._open(), self._text("oi"))
        record = self.Consent.search([("notice_id", "=", notice.id)])
        for change in (lambda: record.write({"kind": "refused"}), record.unlink):
            with self.assertRaises(UserError):
                change()
