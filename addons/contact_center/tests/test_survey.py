from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..core.values import Incoming
from .common import WORKING_TIME, ContactCenterCase


@tagged("post_install", "-at_install")
class TestSurvey(ContactCenterCase):
    def _in_survey(self):
        conversation = self._in_service()
        conversation.with_user(self.agent).action_close(self.tabulation)
        self.assertEqual(conversation.state, "survey")
        return conversation

    def test_question_has_four_options(self):
        conversation = self._in_service()
        with self._delivered() as delivered:
            conversation.with_user(self.agent).action_close(self.tabulation.id)
        _closing, (_message, question) = delivered
        self.assertEqual(
            [option.id for option in question.options],
            ["survey:very_good", "survey:good", "survey:fair", "survey:poor"],
        )
        self.assertTrue(question.list_button)

    def test_answers(self):
        for incoming, value in (
            (self._option("survey:poor", "Ruim"), "poor"),
            (self._text("2"), "good"),
            (self._text("Ótimo!"), "very_good"),
        ):
            conversation = self._in_survey()
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
            self.assertIs(conversation._receive(incoming), False)
            self.assertEqual(conversation.state, "closed")
            self.assertEqual(conversation.outcome, "resolved")
            self.assertFalse(conversation.satisfaction)
            self.assertFalse(self.Conversation._find_open(self.citizen, "internal"))

    def test_survey_can_be_switched_off(self):
        self.queue.survey = False
        conversation = self._in_service()
        conversation.with_user(self.agent).action_close(self.tabulation)
        self.assertEqual(conversation.state, "closed")
        self.assertNotIn("survey_asked", self._kinds(conversation))

    def test_no_question_no_survey(self):
        self.env.ref("contact_center.automatic_message_survey").active = False
        conversation = self._in_service()
        conversation.with_user(self.agent).action_close(self.tabulation)
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
