# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import DistributionCase


@tagged("post_install", "-at_install")
class TestForecast(DistributionCase):
    """The wait that citizens are told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        messages = cls.env["contact_center.automatic.message"]
        cls.message = messages.create(
            {
                "kind": "queued",
                "queue_id": cls.queue.id,
                "body": "Posição {posicao}, espera: {previsao}.",
            }
        )
        cls.Forecasts = cls.env["contact_center.forecast"]

    def _busy(self):
        """Both agents serve as much as they can."""
        capacity = self.env["contact_center.agent.capacity"]
        for user in self.agent | self.colleague:
            capacity.create({"user_id": user.id, "capacity": 30})
            self._in_service_of(user)

    def _in_service_of(self, user):
        self._accept(self._offered_to(user))

    def _offered_to(self, user):
        for other in (self.agent | self.colleague) - user:
            self.States.with_user(other).set_mine("break", "Lanche")
        offer = self._offered()[1]
        for other in (self.agent | self.colleague) - user:
            self.States.with_user(other).set_mine("available")
        return offer

    def test_position_and_range(self):
        self._busy()
        first, second = self._waiting(), self._waiting()
        forecasts = self.Forecasts.search([("conversation_id", "in", (first + second).ids)])
        behind, before = forecasts
        self.assertEqual((before.ahead, behind.ahead), (0, 1))
        self.assertLess(before.low, before.high)
        self.assertGreater(behind.expected_seconds, before.expected_seconds)
        said = self._said(second)[-1]
        self.assertIn(f"Posição 2, espera: entre {behind.low} e {behind.high} minutos", said)
        stay = second.stay_ids
        self.assertEqual((stay.told_low, stay.told_high), (behind.low * 60, behind.high * 60))
        self.assertIn("wait_told", self._kinds(second))

    def test_agents_of_two_queues_go_where_people_wait_longer(self):
        self._busy()
        alone = self.queue._forecast(3).seconds
        self.outsider.contact_center_queue_ids = self.queue | self.other_queue
        shared = self.queue._forecast(3).seconds
        self.assertLess(shared, alone, "the third one comes here: nobody waits there")
        for _one in range(9):
            self._waiting(self.other_queue)
        self.assertGreater(self.queue._forecast(3).seconds, shared, "now they are needed there")

    def test_nobody_waits_long_while_somebody_is_free(self):
        conversation = self._waiting()
        self.assertIn("menos de 1 minuto", self._said(conversation)[-1])

    def test_no_agents_no_forecast(self):
        self._away(self.agent)
        self._away(self.colleague)
        conversation = self._waiting()
        self.assertIn("sem previsão no momento", self._said(conversation)[-1])
        self.assertFalse(self.Forecasts.search([("conversation_id", "=", conversation.id)]))

    def test_a_longer_time_is_told_at_most_once(self):
        self._busy()
        conversation = self._waiting()
        first = conversation._forecast_words()
        self.queue.expected_seconds = 6000
        longer = conversation._forecast_words()
        self.assertNotEqual(longer, first)
        self.queue.expected_seconds = 60000
        self.assertEqual(conversation._forecast_words(), longer)

    def test_another_queue_is_told_anew(self):
        conversation = self._waiting()
        self.assertTrue(conversation.told_wait)
        conversation._move_to_queue(self.other_queue)
        self.assertFalse(conversation.told_wait)

    def test_the_queue_learns_from_what_happened(self):
        self._busy()
        conversation = self._waiting()
        forecast = self.Forecasts.search([("conversation_id", "=", conversation.id)])
        self.Forecasts._cron_learn()
        self.assertEqual(forecast.state, "open")
        served = self.Conversation.search(
            [("queue_id", "=", self.queue.id), ("state", "=", "in_service")], limit=1
        )
        with self._later(forecast.expected_seconds + 10):
            served.with_user(served.agent_id).action_close()
            self._accept(self._round())
            self.Forecasts._cron_learn()
        self.assertEqual((forecast.state, forecast.right_percent), ("answered", 100))
        self.assertEqual(forecast.error_seconds, -10)
        self.assertTrue(self.queue.forecast_correction)

    def test_who_left_teaches_nothing(self):
        conversation = self._waiting()
        conversation._close("abandoned")
        forecast = self.Forecasts.search([("conversation_id", "=", conversation.id)])
        self.Forecasts._cron_learn()
        self.assertEqual(forecast.state, "left")
        self.assertFalse(self.queue.forecast_correction)

    def test_flows_ask_for_minutes(self):
        self._busy()
        self._waiting()
        self.assertEqual(
            self.queue._estimated_wait_minutes(), round(self.queue._forecast(1).seconds / 60)
        )
        self.assertGreater(self.queue._estimated_wait_minutes(), 0)
