# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..core.values import Incoming, Media
from .common import WORKING_TIME, ContactCenterCase


@tagged("post_install", "-at_install")
class TestSurvey(ContactCenterCase):
    def _in_survey(self):
        conversation = self._in_service()
        conversation.with_user(self.agent).action_close(self.disposition)
        self.assertEqual(conversation.state, "survey")
        return conversation

    def test_question_has_four_options(self):
        conversation = self._in_service()
        with self._delivered() as delivered:
            conversation.with_user(self.agent).action_close(self.disposition.id)
        _closing, (_message, question) = delivered
        self.assertEqual(
            [option.id for option in question.options],
            ["survey:very_good", "survey:good", "survey:fair", "survey:poor"],
        )
        self.assertTrue(question.list_button)

    def test_it_is_asked_in_the_citizens_language(self):
        self.env["res.lang"]._activate_lang("en_US")
        for lang, titles, button in (
            (False, ["Ótimo", "Bom", "Regular", "Ruim"], "Avaliar"),
            ("pt_BR", ["Ótimo", "Bom", "Regular", "Ruim"], "Avaliar"),
            ("en_US", ["Very good", "Good", "Fair", "Poor"], "Rate the service"),
        ):
            self.citizen.lang = lang
            conversation = self._in_service()
            with self._delivered() as delivered:
                conversation.with_user(self.agent).action_close(self.disposition.id)
            question = delivered[-1][1]
            self.assertEqual([option.title for option in question.options], titles, lang)
            self.assertEqual(question.list_button, button)
            conversation._receive(self._option("survey:good", titles[1]))

    def test_a_language_that_was_switched_off_is_not_spoken(self):
        conversation = self._in_service()
        self.env["res.lang"]._activate_lang("en_US")
        self.citizen.lang = "en_US"
        self.assertEqual(conversation._citizen_lang(), "en_US")
        self.citizen.flush_recordset(["lang"])
        self.env.cr.execute(
            "UPDATE res_partner SET lang = 'fr_FR' WHERE id = %s", [self.citizen.id]
        )
        self.citizen.invalidate_recordset(["lang"])
        self.assertEqual(conversation._citizen_lang(), "pt_BR")

    def test_answers(self):
        for incoming, value in (
            (self._option("survey:poor", "Ruim"), "poor"),
            (self._text("2"), "good"),
            (self._text("Ótimo!"), "very_good"),
        ):
            conversation = self._in_survey()
            self.assertEqual(conversation._for_message(incoming), conversation)
            message = conversation._receive(incoming)
            self.assertTrue(message)
            self.assertEqual(conversation.satisfaction, value)
            self.assertEqual(conversation.state, "closed")
            self.assertEqual(self._automatic_kinds(conversation)[-1], "survey_thanks")

    def test_something_else_closes_and_opens_another(self):
        for incoming in (
            self._text("preciso de ajuda de novo"),
            self._option("menu:1", "Suporte"),
            Incoming(kind="media", text="bom"),
        ):
            conversation = self._in_survey()
            self.assertFalse(conversation._for_message(incoming))
            self.assertEqual(conversation.state, "closed")
            self.assertEqual(conversation.outcome, "resolved")
            self.assertFalse(conversation.satisfaction)
            self.assertFalse(self.Conversation._find_open(self.citizen, "internal"))

    def test_a_message_belongs_to_the_conversation_that_is_open(self):
        incoming = self._text("preciso de ajuda de novo")
        for conversation in (self.Conversation, self._open(), self._in_service()):
            self.assertEqual(conversation._for_message(incoming), conversation)
        conversation = self._in_survey()
        with self.assertRaises(ValueError):
            conversation._receive(incoming)
        self.assertEqual(conversation.state, "survey")

    def test_what_people_answer_counts_or_ends_it(self):
        for text, value in (
            ("obrigado!", False),
            ("10", "very_good"),
            ("⭐⭐⭐⭐⭐", "very_good"),
            ("👍🏽", "good"),
            ("muito bom, obrigada", "very_good"),
            ("nota 3", "fair"),
            ("péssimo!!!", "poor"),
            ("não, obrigado", False),
            ("🙏", False),
        ):
            with self.subTest(text=text):
                conversation = self._in_survey()
                self.assertTrue(conversation._receive(self._text(text)))
                self.assertEqual(conversation.satisfaction, value)
                self.assertEqual((conversation.state, conversation.outcome), ("closed", "resolved"))
                kinds = self._automatic_kinds(conversation)
                self.assertEqual("survey_thanks" in kinds, bool(value))

    def test_a_sticker_ends_it(self):
        conversation = self._in_survey()
        sticker = Incoming(kind="media", media=Media(kind="sticker"))
        self.assertTrue(conversation._receive(sticker))
        self.assertEqual(conversation.state, "closed")

    def test_a_reaction_to_the_question_is_a_mark(self):
        conversation = self._in_survey()
        said = self.env["mail.message"].search(conversation._messages_domain(), order="id")
        before, question = said[-2], said[-1]
        self.assertFalse(conversation._receive_reaction(before, "👍"))
        self.assertFalse(conversation._receive_reaction(question, "🙏"))
        self.assertFalse(conversation._receive_reaction(question, ""))
        self.assertEqual(conversation.state, "survey")
        self.assertTrue(conversation._receive_reaction(question, "👎🏾"))
        self.assertEqual((conversation.state, conversation.satisfaction), ("closed", "poor"))

    def test_thanks_after_the_end_find_what_they_are_for(self):
        conversation = self._in_survey()
        conversation._receive(self._text("bom"))
        domain = [("partner_id", "=", self.citizen.id)]
        find = self.Conversation._find_thanked
        self.assertEqual(find(domain, self._text("muito obrigado!")), conversation)
        for other in ("oi", "sim", "ok", "obrigado, mas não funcionou"):
            self.assertFalse(find(domain, self._text(other)), other)
        with freeze_time(fields.Datetime.now() + timedelta(hours=25)):
            self.assertFalse(find(domain, self._text("obrigado")))

    def test_survey_can_be_switched_off(self):
        self.queue.survey = False
        conversation = self._in_service()
        conversation.with_user(self.agent).action_close(self.disposition)
        self.assertEqual(conversation.state, "closed")
        self.assertNotIn("survey_asked", self._kinds(conversation))

    def test_no_question_no_survey(self):
        self.env.ref("contact_center.automatic_message_survey").active = False
        conversation = self._in_service()
        conversation.with_user(self.agent).action_close(self.disposition)
        self.assertEqual(conversation.state, "closed")

    def test_unknown_rating(self):
        with self.assertRaises(ValueError):
            self._in_survey()._rate("wonderful")

    def _run_cron(self, at):
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60)
        with freeze_time(at), progress:
            self.Conversation._cron_close_stale()

    def test_survey_times_out(self):
        conversation = self._in_survey()
        self._run_cron(WORKING_TIME + timedelta(hours=23))
        self.assertEqual(conversation.state, "survey")
        self._run_cron(WORKING_TIME + timedelta(hours=24))
        self.assertEqual(conversation.state, "closed")
