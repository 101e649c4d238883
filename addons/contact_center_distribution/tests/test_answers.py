# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DistributionCase


@tagged("post_install", "-at_install")
class TestAnswers(DistributionCase):
    """Accepted, refused, not answered; and what the agent does afterwards."""

    def _other(self, user):
        return (self.agent | self.colleague) - user

    def test_accepted(self):
        conversation, offer = self._offered()
        action = self._accept(offer)
        self.assertEqual(action["tag"], "contact_center.desk")
        self.assertEqual(conversation.agent_id, offer.user_id)
        self.assertEqual(offer.result, "accepted")
        self.assertIn("accepted", self._kinds(conversation))
        with self.assertRaises(UserError):
            self._accept(offer)

    def test_only_to_whom_it_was_offered(self):
        _conversation, offer = self._offered()
        for user in (self._other(offer.user_id), self.supervisor, self.outsider, self.manager):
            offers = self.Offer.with_user(user)
            with self.assertRaises(AccessError):
                offers.accept(offer.id)
            with self.assertRaises(AccessError):
                offers.refuse(offer.id, "busy")
        self.assertFalse(offer.result)

    def test_the_screen_shows_own_offers_only(self):
        conversation, offer = self._offered()
        mine = self.Offer.with_user(offer.user_id).get_mine()
        self.assertEqual(mine["offers"][0]["protocol"], conversation.protocol)
        self.assertEqual(mine["offers"][0]["left"], 45)
        self.assertIn("busy", dict(mine["refusals"]))
        for user in (self._other(offer.user_id), self.supervisor, self.employee):
            self.assertFalse(self.Offer.with_user(user).get_mine()["offers"])

    def test_refused_with_a_reason_it_goes_to_somebody_else_at_the_head(self):
        conversation, offer = self._offered()
        with self.assertRaises(UserError):
            self.Offer.with_user(offer.user_id).refuse(offer.id, "mood")
        self.Offer.with_user(offer.user_id).refuse(offer.id, "subject")
        self.assertEqual((offer.result, offer.refusal), ("refused", "subject"))
        self.assertTrue(conversation.returned_at)
        event = conversation.event_ids.filtered(lambda event: event.kind == "refused")
        self.assertIn("subject", event.data["reason"])
        self.assertIn("I cannot help with this subject", event.details)
        again = self._round()
        self.assertEqual(again.user_id, self._other(offer.user_id))
        self.assertEqual(conversation.stay_ids.mapped("left_at"), [False], "the wait goes on")

    def test_not_answered_it_goes_to_somebody_else_with_its_first_time(self):
        conversation, offer = self._offered()
        since = conversation.queued_at
        with self._later(46):
            again = self._round()
            self.assertEqual(offer.result, "expired")
            self.assertEqual(again.user_id, self._other(offer.user_id))
            with self.assertRaisesRegex(UserError, "time was over"):
                self._accept(offer)
        self.assertEqual(conversation.queued_at, since)
        self.assertEqual(len(conversation.stay_ids), 1)

    def test_twice_not_answered_is_not_answering_until_back(self):
        self.queue.member_ids = self.agent
        conversation, _offer = self._offered()
        with self._later(110):
            self._round()
        self.assertEqual(self.States._current(self.agent).kind, "available")
        with self._later(220):
            self.assertTrue(self._round(), "asked once more after a minute")
        with self._later(330):
            self.assertFalse(self._round())
            self.assertEqual(self.States._current(self.agent).kind, "not_answering")
        with self._later(400):
            self.assertFalse(self._round())
            self.States.with_user(self.agent).set_mine("available")
            self.assertEqual(self._round().conversation_id, conversation)

    def test_an_answer_forgives_what_was_not_answered(self):
        self.queue.member_ids = self.agent
        self._offered()
        with self._later(110):
            self._round()
        with self._later(111):
            self._round()
        tally = self.env["contact_center.agent.tally"].search([("user_id", "=", self.agent.id)])
        self.assertEqual(tally.missed, 1)
        offer = self.Offer._open_offers([]) or self._later_offer(180)
        self._accept(offer)
        self.assertEqual(tally.missed, 0)

    def _later_offer(self, seconds):
        with self._later(seconds):
            return self._round()

    def test_a_browser_that_is_gone_leaves_its_offer_to_others(self):
        conversation, offer = self._offered()
        self._away(offer.user_id)
        again = self._round()
        self.assertEqual(offer.result, "gone")
        self.assertEqual(again.user_id, self._other(offer.user_id))
        self.assertEqual(again.conversation_id, conversation)
        self.assertEqual(self.States._current(offer.user_id).kind, "available")

    def test_a_browser_asleep_is_gone(self):
        _conversation, offer = self._offered()
        presence = self.env["mail.presence"].search([("user_id", "=", offer.user_id.id)])
        presence.last_poll = "2026-01-01 00:00:00"
        self.assertNotEqual(self._round().user_id, offer.user_id)
        self.assertEqual(offer.result, "gone")

    def test_after_contact_work_ends_by_its_clock(self):
        self.queue.member_ids = self.agent
        self.queue.wrap_up_seconds = 60
        conversation, offer = self._offered()
        self._accept(offer)
        conversation.with_user(self.agent).action_close()
        self.assertEqual(self.States._current(self.agent).kind, "after_work")
        self.assertEqual(self.Offer.with_user(self.agent).get_mine()["after_work"], {"left": 60})
        self._waiting()
        with self._later(59):
            self.assertFalse(self._round())
        with self._later(60):
            self.assertEqual(self._round().user_id, self.agent)
            self.assertEqual(self.States._current(self.agent).kind, "offered")

    def test_after_contact_work_ends_when_the_agent_is_ready(self):
        self.queue.member_ids = self.agent
        self.queue.wrap_up_seconds = 60
        conversation, offer = self._offered()
        self._accept(offer)
        conversation.with_user(self.agent).action_close()
        self._waiting()
        self.assertFalse(self._round())
        self.States.with_user(self.agent).set_ready()
        self.assertEqual(self._round().user_id, self.agent)
        with self.assertRaises(UserError):
            self.States.with_user(self.employee).set_ready()

    def test_a_pause_meanwhile_is_said_when_accepting(self):
        conversation, offer = self._offered()
        self.States.with_user(offer.user_id).set_mine("break", "Lanche")
        with self.assertRaisesRegex(UserError, "Break"):
            self._accept(offer)
        self.assertEqual(conversation.state, "queued")
