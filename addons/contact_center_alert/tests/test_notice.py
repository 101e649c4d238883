# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME

from ..models.conversation_notice import ENOUGH_ID, GO_ON_ID
from .common import AlertCase

TEXT = "Sabemos da falta de luz no Barreiro."


@tagged("post_install", "-at_install")
class TestNotice(AlertCase):
    """Who comes with this subject from this district hears it at once."""

    def _publish(self, **vals):
        vals = {"text": TEXT, "subject_id": self.subject.id, "districts": "Barreiro", **vals}
        notice = self.Notice.with_user(self.supervisor).create(vals)
        notice.action_publish()
        return notice.sudo()

    def _from_barreiro(self, *texts):
        self.citizen.street2 = "Bairro Barreiro"
        return self._talk(*texts)

    def test_it_is_heard_before_the_assistants_next_words(self):
        notice = self._publish()
        conversation = self._from_barreiro("oi", "sem luz aqui")
        said = self._alerts_said(conversation)
        self.assertEqual(len([text for text in said if TEXT in text]), 1)
        self.assertIn(TEXT, said[-2], "and then the flow goes on")
        self.assertEqual(notice.hearing_ids.conversation_id, conversation)
        self._type(conversation, "sem luz mesmo")
        self.assertEqual(notice.heard_count, 1, "once")

    def test_others_do_not_hear_it(self):
        self._publish()
        self.assertFalse(
            [text for text in self._alerts_said(self._from_barreiro("oi", "olá")) if TEXT in text]
        )
        self.citizen.street2 = "Centro"
        conversation = self._talk("sem luz")
        self.assertFalse([text for text in self._alerts_said(conversation) if TEXT in text])

    def test_everybody_hears_what_is_for_everybody(self):
        self._publish(subject_id=False, districts=False)
        conversation = self._talk("oi")
        self.assertIn(TEXT, self._alerts_said(conversation)[0])

    def test_enough_ends_the_contact(self):
        notice = self._publish()
        conversation = self._from_barreiro("sem luz")
        conversation._receive(self._option(ENOUGH_ID, "That was enough"))
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "self_service"))
        self.assertEqual((notice.enough_count, notice.hearing_ids.answer), (1, "enough"))
        self.assertEqual(self._session(conversation).status, "ended")
        self.assertIn("Combinado, Maria", self._alerts_said(conversation)[-1])

    def test_who_goes_on_is_asked_again(self):
        self._publish()
        conversation = self._from_barreiro("oi", "sem luz")
        before = len(self._alerts_said(conversation))
        conversation._receive(self._option(GO_ON_ID, "I want to go on"))
        said = self._alerts_said(conversation)
        self.assertEqual(conversation.state, "bot")
        self.assertEqual(said[before:], ["Qual é o seu nome?"])
        self._type(conversation, "Maria")
        self.assertEqual(self._alerts_said(conversation)[-1], "E-mail?")

    def test_the_titles_may_be_typed(self):
        self._publish()
        conversation = self._from_barreiro("sem luz")
        self._type(conversation, f"{conversation._alert_titles()[0].upper()}!")
        self.assertEqual(conversation.state, "closed")

    def test_an_answer_without_a_notice_is_the_flows(self):
        conversation = self._talk("oi")
        self._type(conversation, conversation._alert_titles()[0])
        self.assertEqual(conversation.state, "bot")

    def test_who_waits_hears_it_and_may_leave_the_queue(self):
        self.citizen.street2 = "Barreiro"
        conversation = self._waiting()
        conversation._receive(self._text("estou sem luz"))
        notice = self._publish()
        with self._no_commits():
            notice._tell_waiting()
            notice._tell_waiting()
        said = [text for text in self._alerts_said(conversation) if TEXT in text]
        self.assertEqual((len(said), notice.heard_count), (1, 1))
        conversation._receive(self._option(ENOUGH_ID))
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "self_service"))
        self.assertEqual(conversation.stay_ids.left_how, "closed")

    def test_it_ends_by_itself(self):
        notice = self._publish()
        with freeze_time(WORKING_TIME + timedelta(hours=5)):
            conversation = self._from_barreiro("sem luz")
            self.assertFalse([text for text in self._alerts_said(conversation) if TEXT in text])
            self.Notice._end_due()
        self.assertEqual(notice.state, "ended")
        self.assertEqual(set(notice.entry_ids.mapped("kind")), {"notice_published", "notice_ended"})

    def test_ended_by_hand_nobody_hears_it(self):
        notice = self._publish()
        notice.with_user(self.supervisor).action_end()
        conversation = self._from_barreiro("sem luz")
        self.assertFalse([text for text in self._alerts_said(conversation) if TEXT in text])

    def test_what_was_heard_is_not_changed(self):
        notice = self._publish().with_user(self.supervisor)
        with self.assertRaises(UserError):
            notice.text = "Outra coisa"
        with self.assertRaises(UserError):
            notice.unlink()
        with self.assertRaises(AccessError):
            notice.state = "draft"
        notice.date_end = fields.Datetime.now() + timedelta(hours=9)

    def test_only_supervisors_publish(self):
        notice = self.Notice.create({"text": TEXT})
        for user in (self.manager, self.agent):
            with self.assertRaises(AccessError):
                notice.with_user(user).action_publish()

    def test_bad_texts_are_refused(self):
        for text in (" ", "x" * 2000):
            with self.assertRaises(ValidationError):
                self.Notice.create({"text": text})
        late = self.Notice.create(
            {"text": TEXT, "date_start": "2026-11-01", "date_end": "2026-11-02"}
        )
        with self.assertRaises(UserError):
            late.with_user(self.supervisor).action_publish()

    def test_one_click_from_the_alarm(self):
        self._ordinary_weeks()
        self._past(37, "barreiro")
        self.Alarm._watch()
        alarm = self.Alarm.search([("subject_id", "=", self.subject.id)])
        action = alarm.with_user(self.supervisor).action_prepare_notice()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.supervisor)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn("Barreiro", wizard.text)
        self.assertIn("iluminação", wizard.text)
        wizard.action_publish()
        notice = alarm.notice_ids
        self.assertEqual(
            (notice.state, notice.subject_id, notice.districts),
            ("published", self.subject, "Barreiro"),
        )
        conversation = self._from_barreiro("sem luz")
        self.assertTrue([text for text in self._alerts_said(conversation) if "Barreiro" in text])
        with self.assertRaises(UserError):
            wizard.action_publish()
        shown = self.env["contact_center.alert.banner"].with_user(self.agent).get_banners()
        self.assertEqual([one["level"] for one in shown], ["info"])
        self.assertFalse(shown[0]["model"], "agents cannot open it")

    def test_another_companys_notice_is_not_heard(self):
        company = self.env["res.company"].create({"name": "Outra cidade"})
        user = new_test_user(
            self.env,
            "cc_alert_other",
            "contact_center.group_supervisor",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        notice = self.Notice.with_user(user).create({"text": TEXT})
        notice.action_publish()
        conversation = self._talk("oi")
        self.assertFalse([text for text in self._alerts_said(conversation) if TEXT in text])
        self.assertFalse(self.Notice.with_user(self.supervisor).search([("id", "=", notice.id)]))

    def test_the_reading_of_notices_costs_nothing_when_none_is_out(self):
        conversation = self._talk("oi")
        conversation._say_alert_notices()
        with self.assertQueryCount(0):
            conversation._say_alert_notices()
