# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .city_common import CityCase


@tagged("post_install", "-at_install")
class TestFiguresOfReports(CityCase):
    """Whose figures, and whose data, the city's people see in what counts for them."""

    def test_the_city_s_people_are_limited_to_their_queues(self):
        self.assertIsNone(self.city._contact_center_figure_queues())
        self._limit(self.city, self.queue)
        self.assertEqual(self.city._contact_center_figure_queues(), self.queue)
        self._limit(self.supervisor, self.queue)
        self.assertIsNone(self.supervisor._contact_center_figure_queues())

    def test_citizens_data_is_for_those_with_the_right(self):
        self.assertTrue(self.city._contact_center_sees_citizens())
        self.assertFalse(self.figures_only._contact_center_sees_citizens())
        self.assertTrue(self.manager._contact_center_sees_citizens())
        self.assertTrue(self.figures_only._contact_center_sees_figures())
