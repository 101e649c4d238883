# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase


@tagged("post_install", "-at_install")
class TestPauseFirst(ContactCenterCase):
    """A shift of six hours, a pause that is due, and a queue that waits ten minutes for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.States = cls.env["contact_center.agent.state"]
        cls.begin = WORKING_TIME - timedelta(hours=1)
        cls.shift = (
            cls.env["contact_center.shift"]
            .with_user(cls.supervisor)
            .create(
                {
                    "user_id": cls.agent.id,
                    "start": cls.begin,
                    "end": cls.begin + timedelta(hours=6),
                }
            )
        )
        cls.pause = cls.shift.pause_ids.filtered(lambda one: one.kind == "regulated")[0]
        cls.queue.write({"mode": "offer", "pause_first_minutes": 10})

    def _at(self, minutes):
        """Let it be so many minutes after the pause was planned, with everybody there."""
        moment = freeze_time(self.pause.planned_at + timedelta(minutes=minutes))
        moment.start()
        self.addCleanup(moment.stop)
        self.env["mail.presence"].search([]).unlink()
        self._log_in(self.agent | self.colleague)
        self.env.invalidate_all()

    def _work(self):
        for user in self.agent | self.colleague:
            self.States._switch(user, "available")

    def _take_pause(self, begin, end):
        for minutes, kind in ((begin, "break"), (end, "available")):
            with freeze_time(self.pause.planned_at + timedelta(minutes=minutes)):
                self.States._switch(
                    self.agent, kind, break_kind="regulated" if kind == "break" else False
                )

    def _refused(self, weight=1):
        """Return {user: why not} of the queue."""
        refusals = self.queue._refusals(self.queue._seats(), weight)
        return {user: why for (_queue, user), why in refusals.items()}

    def test_nothing_is_offered_once_the_pause_is_overdue(self):
        self._work()
        self._at(9)
        self.assertFalse(self._refused())
        self._at(10)
        self.assertEqual(set(self._refused()), {self.agent.id})
        self.assertIn("regulated pause of", self._refused()[self.agent.id])

    def test_the_router_gives_it_to_a_colleague_then(self):
        self._work()
        self._at(12)
        contact = self._waiting()
        self.env["contact_center.offer"]._distribute(self.queue)
        offer = self.env["contact_center.offer"].search([("conversation_id", "=", contact.id)])
        self.assertEqual(offer.user_id, self.colleague)

    def test_what_was_offered_before_may_be_accepted(self):
        self._work()
        self._at(12)
        self.assertFalse(self._refused(weight=0))

    def test_a_pause_that_was_taken_frees_the_way(self):
        self._work()
        self._take_pause(11, 22)
        self._at(23)
        self.assertFalse(self._refused())

    def test_a_break_of_another_kind_or_too_short_is_no_regulated_pause(self):
        self._work()
        self._take_pause(11, 13)
        self._at(23)
        self.assertEqual(set(self._refused()), {self.agent.id})

    def test_the_switch_is_off_unless_somebody_sets_it(self):
        self._work()
        self.queue.pause_first_minutes = 0
        self._at(60)
        self.assertFalse(self._refused())
        self.assertFalse(self.other_queue.pause_first_minutes)

    def test_without_a_shift_nobody_is_kept(self):
        self.shift.with_user(self.supervisor).unlink()
        self._work()
        self.assertFalse(self.env["contact_center.queue"]._pauses_overdue(self.agent.ids))

    def test_the_agent_reads_why(self):
        self._work()
        notice = self.env["contact_center.queue"].with_user(self.agent)
        self._at(5)
        self.assertFalse(notice._gate_notice(self.agent))
        self._at(12)
        self.assertIn("is due", notice._gate_notice(self.agent))
        self.assertFalse(notice._gate_notice(self.colleague))
