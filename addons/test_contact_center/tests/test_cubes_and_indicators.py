# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.core.microseconds import SECOND, to_us
from odoo.addons.contact_center_cube.tests.common import DAY, MORNING, CubeCase


@tagged("post_install", "-at_install")
class TestCubesAndIndicators(CubeCase):
    """Two addons that do not know each other count the same ledgers alike."""

    def test_waits_of_the_cube_are_those_of_the_contract(self):
        for waited in (3, 15, 25):
            self._contact(waited=waited, vote="good")
        self._contact(waited=40, how="abandoned")
        overflowed = self._contact(waited=10, how="overflowed")
        at = to_us(MORNING) + 12 * SECOND
        self._stay(overflowed, at, at + 9 * SECOND, "accepted", self.other_queue)
        self._refresh()
        tallies = self.env["contact_center.indicator.source"]._tally(DAY)
        counted = {}
        for (code, _queue, _agent), tally in tallies.found.items():
            one = counted.setdefault(code, [0, 0])
            one[0] += tally.numerator
            one[1] += tally.denominator
        ((waits, answered, abandoned, seconds, of_answered),) = self._query(
            "SELECT sum(esperas)::int, sum(atendidas)::int, sum(abandonadas)::int, "
            "sum(segundos_espera)::int, sum(segundos_atendidas)::int "
            "FROM olap.esperas WHERE dia = %s",
            DAY,
        )
        self.assertEqual((waits, answered, abandoned, seconds), (5, 4, 1, 104))
        self.assertEqual(counted["IAL"], [abandoned, waits])
        everybody = tallies.reading["wait_population"] == "received"
        self.assertEqual(
            counted["TME"],
            [seconds * SECOND, waits] if everybody else [of_answered * SECOND, answered],
        )
        ((talks, talked),) = self._query(
            "SELECT sum(conversas)::int, sum(segundos_conversa)::int FROM olap.servicos "
            "WHERE dia = %s",
            DAY,
        )
        self.assertEqual(counted["TMA"], [talked * SECOND, talks])
        ((votes, good),) = self._query(
            "SELECT sum(pesquisas)::int, sum(satisfeitos)::int FROM olap.pesquisas "
            "WHERE dia = %s AND nota IS NOT NULL",
            DAY,
        )
        self.assertEqual(counted["IPS"], [good, votes])
