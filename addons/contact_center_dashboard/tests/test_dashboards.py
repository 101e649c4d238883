# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase
from odoo.addons.contact_center_indicator.tests.common import IndicatorMixin
from odoo.addons.spreadsheet.utils.validate_data import fields_in_spreadsheet, odoo_charts

from ..boards import PAGES


@tagged("post_install", "-at_install")
class TestDashboards(IndicatorMixin, ContactCenterCase):
    """The six dashboards: all they name exists, and loads for those who open them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inspector = cls._user(
            "cc_city", "Ivo Inspetor", "contact_center_supervision.group_city_inspector"
        )
        # Figures are written as the reader's language writes them: it has to be installed
        installed = cls.env["res.lang"].get_installed()[0][0]
        (cls.manager | cls.supervisor | cls.inspector).lang = installed

    def _dashboard(self, page, user=None):
        found = self.env.ref(f"contact_center_dashboard.{page.key}_dashboard")
        return found.with_user(user or self.manager)

    def _snapshot(self, page):
        return json.loads(self._dashboard(page)._get_serialized_readonly_dashboard())["snapshot"]

    def test_every_field_exists(self):
        for page in PAGES:
            for model, names in fields_in_spreadsheet(self._snapshot(page)).items():
                for name in names:
                    field = self.env[model]._fields.get(name.split(":")[0].split(".")[0])
                    self.assertTrue(field, f"{page.key}: {model}.{name}")

    def test_filters_apply_to_fields_of_their_kind(self):
        for page in PAGES:
            data = self._snapshot(page)
            filters = {one["id"]: one for one in data["globalFilters"]}
            self.assertEqual(len(filters), len(page.filters))
            blocks = [(one["model"], one) for one in data["pivots"].values()]
            blocks += [(one["metaData"]["resModel"], one) for one in odoo_charts(data)]
            for model, block in blocks:
                self.assertIn(data["globalFilters"][0]["id"], block["fieldMatching"], page.key)
                for mark, match in block["fieldMatching"].items():
                    field = self.env[model]._fields[match["chain"]]
                    self.assertEqual(field.type, match["type"], f"{page.key}: {model}")
                    self.assertIn(filters[mark].get("modelName"), (field.comodel_name, None))

    def _groups(self, model, domain, by, measures, user):
        records = self.env[model].with_user(user)
        return records.formatted_read_group(domain, by, measures)

    def test_all_of_it_loads_for_managers_supervisors_and_the_city(self):
        self._contact(answered=10, replied=1)
        self._contact(lost=10)
        for page in PAGES:
            data = self._snapshot(page)
            for user in (self.manager, self.supervisor, self.inspector):
                for pivot in data["pivots"].values():
                    by = [
                        ":".join(filter(None, (row["fieldName"], row.get("granularity"))))
                        for row in pivot["rows"]
                    ]
                    measures = [measure["id"] for measure in pivot["measures"]]
                    self._groups(pivot["model"], pivot["domain"], by, measures, user)
                for chart in odoo_charts(data):
                    name = chart["metaData"]["measure"]
                    model = chart["metaData"]["resModel"]
                    aggregator = name != "__count" and self.env[model]._fields[name].aggregator
                    measure = f"{name}:{aggregator}" if aggregator else name
                    domain = chart["searchParams"]["domain"]
                    self._groups(model, domain, chart["metaData"]["groupBy"], [measure], user)

    def test_tables_are_sorted_by_a_measure_they_have(self):
        for page in PAGES:
            for pivot in self._snapshot(page)["pivots"].values():
                sort = pivot["sortedColumn"]
                if sort:
                    self.assertIn(sort["measure"], [one["id"] for one in pivot["measures"]])

    def test_leaders_open_them_and_agents_do_not(self):
        for page in PAGES:
            for user in (self.manager, self.supervisor, self.administrator, self.inspector):
                self.assertTrue(self._dashboard(page, user).has_access("read"))
            for user in (self.agent, self.employee):
                self.assertFalse(self._dashboard(page, user).has_access("read"))

    def test_menus_lead_to_them(self):
        menus = self.env["ir.ui.menu"].with_user(self.manager).load_menus(False)
        section = self.env.ref("contact_center_dashboard.dashboard_menu_section")
        self.assertEqual(len(menus[section.id]["children"]), len(PAGES))
        for page in PAGES:
            action = self.env.ref(f"contact_center_dashboard.{page.key}_dashboard_action")
            self.assertEqual(action.params["dashboard_id"], self._dashboard(page).id)

    def test_odoo_s_own_application_is_not_there_twice(self):
        root = self.env.ref("spreadsheet_dashboard.spreadsheet_dashboard_menu_root")
        for user in (self.manager, self.agent):
            self.assertNotIn(root.id, self.env["ir.ui.menu"].with_user(user).load_menus(False))
        group = self.env["spreadsheet.dashboard.group"].create({"name": "Vendas"})
        self.env["spreadsheet.dashboard"].create({"name": "Vendas", "dashboard_group_id": group.id})
        self.env.registry.clear_all_caches()
        self.assertIn(root.id, self.env["ir.ui.menu"].with_user(self.manager).load_menus(False))

    def test_no_public_links(self):
        dashboard = self._dashboard(PAGES[0])
        shares = self.env["spreadsheet.dashboard.share"].with_user(self.manager)
        with self.assertRaises(UserError):
            shares.action_get_share_url({"dashboard_id": dashboard.id, "spreadsheet_data": "{}"})
        group = self.env["spreadsheet.dashboard.group"].create({"name": "Vendas"})
        other = self.env["spreadsheet.dashboard"].create(
            {"name": "Vendas", "dashboard_group_id": group.id}
        )
        vals = {"dashboard_id": other.id, "spreadsheet_data": "{}"}
        self.assertIn("/dashboard/share/", shares.action_get_share_url(vals))

    def test_nobody_but_its_managers_changes_them(self):
        with self.assertRaises(AccessError):
            self._dashboard(PAGES[0]).write({"name": "Outro"})
