# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import time, timedelta

from odoo.tests import tagged

from odoo.addons.contact_center_cube.tests.common import DAY, MORNING, CubeCase


@tagged("post_install", "-at_install")
class TestOffers(CubeCase):
    """What was offered to whom."""

    def test_offers_by_result(self):
        conversation = self._contact()
        offers = self.env["contact_center.offer"].sudo()
        common = {
            "conversation_id": conversation.id,
            "queue_id": self.queue.id,
            "user_id": self.agent.id,
            "at": MORNING,
            "until": MORNING + timedelta(seconds=20),
        }
        offers.create(
            [
                {
                    **common,
                    "result": "refused",
                    "refusal": "busy",
                    "answered_at": MORNING + timedelta(seconds=4),
                },
                {
                    **common,
                    "result": "accepted",
                    "answered_at": MORNING + timedelta(seconds=6),
                },
            ]
        )
        self._refresh()
        rows = self._query(
            "SELECT dia, meia_hora, atendente, motivo IS NULL, ofertas, segundos_ate_resposta "
            "FROM olap.ofertas ORDER BY segundos_ate_resposta"
        )
        agent = f"Atendente {self.agent.id}"
        self.assertEqual(
            rows,
            [(DAY, time(9), agent, False, 1, 4), (DAY, time(9), agent, True, 1, 6)],
        )

    def test_another_answer_brings_its_day(self):
        conversation = self._contact()
        self._refresh()
        self.env["contact_center.offer"].sudo().create(
            {
                "conversation_id": conversation.id,
                "queue_id": self.queue.id,
                "user_id": self.agent.id,
                "at": MORNING - timedelta(days=3),
                "until": MORNING,
            }
        )
        self._refresh()
        self.assertEqual(
            self._query("SELECT dia, ofertas FROM olap.ofertas"), [(DAY - timedelta(days=3), 1)]
        )
