# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import importlib.util
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import WORKING_TIME, ContactCenterCase

MIGRATION = Path(__file__).parents[1] / "migrations/19.0.1.0.2/post-surveys.py"


@tagged("post_install", "-at_install")
class TestSurveyRegister(ContactCenterCase):
    """Every contact that a person answered is registered, whatever became of its survey."""

    def _ended(self, **queue):
        self.queue.write(queue)
        conversation = self._in_service()
        conversation.with_user(self.agent).action_close(self.disposition)
        return conversation

    def _entry(self, conversation):
        return (
            conversation.survey_result,
            conversation.survey_not_asked,
            conversation.survey_agent_id,
        )

    def test_answered(self):
        conversation = self._ended()
        self.assertEqual(self._entry(conversation), ("asked", False, self.agent))
        conversation._receive(self._option("survey:good", "Bom"))
        self.assertEqual(self._entry(conversation), ("answered", False, self.agent))

    def test_not_answered(self):
        conversation = self._ended()
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60)
        with freeze_time(WORKING_TIME + timedelta(hours=25)), progress:
            self.Conversation._cron_close_stale()
        self.assertEqual(self._entry(conversation), ("unanswered", False, self.agent))

    def test_thanks_are_no_answer(self):
        conversation = self._ended()
        conversation._receive(self._text("obrigada"))
        self.assertEqual(self._entry(conversation), ("unanswered", False, self.agent))

    def test_not_asked_and_why(self):
        self.assertEqual(self._entry(self._ended(survey=False)), ("not_asked", "queue", self.agent))
        self.citizen.contact_center_opt_out = True
        self.assertEqual(
            self._entry(self._ended(survey=True)), ("not_asked", "opted_out", self.agent)
        )
        self.citizen.contact_center_opt_out = False
        self.env["contact_center.automatic.message"].search(
            [("kind", "=", "survey")]
        ).active = False
        self.assertEqual(self._entry(self._ended()), ("not_asked", "message", self.agent))

    def test_a_citizen_who_leaves_after_a_transfer(self):
        conversation = self._in_service()
        conversation._enter_queue(self.other_queue)
        conversation._close("abandoned")
        self.assertEqual(self._entry(conversation), ("not_asked", "left", self.agent))

    def test_whom_nobody_answered_is_not_registered(self):
        conversation = self._waiting()
        conversation._close("abandoned")
        self.assertFalse(conversation.survey_result)
        self.assertFalse(conversation.survey_agent_id)

    def test_the_last_agent_is_rated(self):
        conversation = self._in_service()
        conversation.with_user(self.supervisor).action_take_over("ajuda")
        conversation.with_user(self.supervisor).action_close(self.disposition)
        self.assertEqual(conversation.survey_agent_id, self.supervisor)

    # Under contract

    def test_it_cannot_be_switched_off(self):
        self.queue.under_contract = True
        queue = self.queue.with_user(self.administrator).with_context(lang="pt_BR")
        words = (
            "A fila “Fila de teste” está sob contrato: a pesquisa de satisfação dela não pode ser "
            "desligada. Para isso, tire antes a marca “Sob contrato”."
        )
        with self.assertRaises(ValidationError) as raised:
            queue.survey = False
        self.assertEqual(raised.exception.args[0], words)
        with self.assertRaises(ValidationError):
            queue.create({"name": "Sem pesquisa", "under_contract": True, "survey": False})
        queue.write({"under_contract": False, "survey": False})
        self.assertFalse(queue.survey)

    def test_the_mark_switches_it_on(self):
        self.queue.survey = False
        with Form(self.queue.with_user(self.administrator)) as form:
            form.under_contract = True
        self.assertTrue(self.queue.survey)

    def test_the_question_stays(self):
        self.queue.under_contract = True
        messages = self.env["contact_center.automatic.message"].with_user(self.administrator)
        general = messages.search([("kind", "=", "survey"), ("queue_id", "=", False)])
        for change in (
            lambda: general.write({"active": False}),
            lambda: general.write({"kind": "closing", "queue_id": self.other_queue.id}),
            lambda: general.write({"queue_id": self.other_queue.id}),
            lambda: general.unlink(),
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                change()
            self.env.invalidate_all()
        messages.create({"kind": "survey", "queue_id": self.queue.id, "body": "Gostou?"})
        general.active = False
        self.assertFalse(general.active)
        with self.assertRaises(ValidationError):
            self.other_queue.under_contract = True

    def test_only_administrators_mark_queues(self):
        with self.assertRaises(AccessError):
            self.queue.with_user(self.supervisor).under_contract = True

    def test_a_silent_citizen_is_asked_all_the_same(self):
        self.queue.write({"under_contract": True, "service_close_minutes": 30})
        conversation = self._in_service()
        conversation._close_for_silence()
        self.assertEqual(conversation.state, "survey")
        self.assertEqual(self._entry(conversation), ("asked", False, self.agent))
        conversation._receive(self._text("regular"))
        self.assertEqual((conversation.satisfaction, conversation.outcome), ("fair", "expired"))
        self.queue.under_contract = False
        conversation = self._in_service()
        conversation._close_for_silence()
        self.assertEqual(self._entry(conversation), ("not_asked", "silence", self.agent))

    def test_after_the_bot_went_on(self):
        self.queue.under_contract = True
        conversation = self._in_service()
        conversation._move_to("bot", agent_id=False, queued_at=False, accepted_at=False)
        conversation._end_by_bot()
        self.assertEqual(self._entry(conversation), ("asked", False, self.agent))
        conversation._receive(self._option("survey:poor", "Ruim"))
        self.assertEqual(conversation.outcome, "self_service")
        alone = self._open()
        alone._end_by_bot()
        self.assertEqual((alone.state, alone.survey_result), ("closed", False))

    def test_the_register_counts(self):
        """What the indicator asks: good and very good of all ratings, and how many were asked."""
        for word in ("ótimo", "bom", "regular", "ruim"):
            self._ended(under_contract=True)._receive(self._text(word))
        self._ended()
        groups = self.Conversation.with_user(self.manager)._read_group(
            [("survey_agent_id", "=", self.agent.id), ("queue_id", "=", self.queue.id)],
            ["survey_result", "satisfaction"],
            ["__count"],
        )
        self.assertEqual(
            {(result, rating): count for result, rating, count in groups},
            {
                ("answered", "very_good"): 1,
                ("answered", "good"): 1,
                ("answered", "fair"): 1,
                ("answered", "poor"): 1,
                ("asked", False): 1,
            },
        )

    def test_earlier_conversations_are_registered_as_they_would_have_been(self):
        rated, thanked, asked, silent = [self._in_service() for _time in range(4)]
        for conversation in (rated, thanked, asked):
            conversation.with_user(self.agent).action_close(self.disposition)
        rated._receive(self._text("bom"))
        thanked._receive(self._text("obrigada"))
        silent._close_for_silence()
        nobody = self._waiting()
        nobody._close("abandoned")
        conversations = rated | thanked | asked | silent | nobody
        before = [self._entry(conversation) for conversation in conversations]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE contact_center_conversation SET survey_result = NULL, survey_not_asked = NULL,"
            " survey_agent_id = NULL"
        )
        spec = importlib.util.spec_from_file_location("post_surveys", MIGRATION)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.0.1")
        self.env.invalidate_all()
        self.assertEqual([self._entry(conversation) for conversation in conversations], before)
