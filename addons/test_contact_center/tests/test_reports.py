# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center_report.tests.common import DAY, ReportMixin
from odoo.addons.contact_center_supervision.tests.city_common import CityCase


@tagged("post_install", "-at_install")
class TestReports(ReportMixin, CityCase):
    """Reports for the city's people, and in the access log."""

    def _look(self, user, kind="service"):
        views = self.env["contact_center.report.view"].with_user(user)
        view = views.create({"kind": kind, "first": DAY, "last": DAY, "grouping": False})
        view.action_show()
        return str(view.preview)

    def test_the_city_sees_its_queues_and_agents_by_number(self):
        self._contact(answered=1)
        self._contact(answered=1, queue=self.other_queue, agent=self.colleague)
        self._limit(self.city, self.queue)
        shown = self._look(self.city)
        self.assertIn("Fila de teste", shown)
        self.assertNotIn("Outra fila", shown)
        agents = self._look(self.city, "agent_service")
        self.assertIn("1001", agents)
        self.assertNotIn("Ana", agents)
        self.assertIn("Ana Agente", self._look(self.manager, "agent_service"))

    def test_figures_without_citizens(self):
        self._contact(answered=1)
        self.assertIn("Fila de teste", self._look(self.figures_only))
        with self.assertRaises(AccessError):
            self._look(self.figures_only, "citizens")
        self.assertIn("Maria da Silva", self._look(self.city, "citizens"))
        with self.assertRaises(ValidationError):
            self.env["contact_center.report.schedule"].with_user(self.city).create(
                {
                    "name": "Cidadãos",
                    "kind": "citizens",
                    "recipient_ids": [(6, 0, self.figures_only.ids)],
                }
            )

    def test_seeing_and_taking_citizens_data_stands_in_the_access_log(self):
        self._contact(answered=1)
        before = self.env["contact_center.access.log"].search([])
        views = self.env["contact_center.report.view"].with_user(self.city)
        view = views.create({"kind": "citizens", "first": DAY, "last": DAY, "grouping": False})
        view.action_show()
        view.action_csv()
        logged = self.env["contact_center.access.log"].search([]) - before
        self.assertEqual(set(logged.mapped("user_id")), {self.city})
        self.assertEqual(set(logged.mapped("kind")), {"listed", "exported"})

    def test_places_are_those_of_the_city_s_list(self):
        """Beside the registry of citizens, whose list knows districts and regions."""
        region = self.env["contact_center.region"].create({"name": "Centro-Sul"})
        self.env["contact_center.district"].create(
            {"name": "Santo Antônio", "other_names": "Sto. Antônio", "region_id": region.id}
        )
        self.citizen.write({"street2": "sto antonio", "city": "Belo Horizonte"})
        self._contact(answered=1, citizen=self.citizen)
        place = ("Santo Antônio", "Centro-Sul")
        for kind in ("regions", "citizens", "citizen_contacts"):
            with self.subTest(kind=kind):
                (row,) = self._report(kind)
                self.assertEqual((row["district"], row["region"]), place)
