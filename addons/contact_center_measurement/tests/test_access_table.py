# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import (
    ADMINISTRATION,
    AccessTable,
    row,
)
from odoo.addons.contact_center.tests.common import ContactCenterCase

from .common import MeasurementMixin

READ_BY_LEADERS = row(supervisor="r", manager="r")
DECIDED = row(supervisor="r", administrator="rwcu", manager="r")


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_measurement"
    access = {
        "contact_center.measurement": DECIDED,
        "contact_center.measurement.day": READ_BY_LEADERS,
        "contact_center.measurement.difference": READ_BY_LEADERS,
        "contact_center.measurement.line": READ_BY_LEADERS,
        "contact_center.measurement.person": READ_BY_LEADERS,
        "contact_center.measurement.price": DECIDED,
        "contact_center.measurement.release": ADMINISTRATION,
        "contact_center.measurement.terms": DECIDED,
        "contact_center.service.order": DECIDED,
        "contact_center.service.order.step": DECIDED,
    }
    machine_rows = frozenset(
        {
            "contact_center.measurement.day",
            "contact_center.measurement.difference",
            "contact_center.measurement.line",
            "contact_center.measurement.person",
        }
    )


@tagged("post_install", "-at_install")
class TestParties(MeasurementMixin, ContactCenterCase):
    """What the two parties of the contract may do."""

    def test_both_parties_write_what_they_decide(self):
        group = "contact_center_indicator.group_contract_manager"
        contractor = self._user("cc_contractor", "Carla Contratada", group)
        decided = ("", ".price", ".terms")
        for user in (self.inspector, contractor):
            for name in decided:
                records = self.env[f"contact_center.measurement{name}"].with_user(user)
                self.assertTrue(all(map(records.has_access, ("read", "write", "create"))))
        release = self.env["contact_center.measurement.release"]
        self.assertTrue(release.with_user(self.inspector).has_access("create"))
        self.assertFalse(release.with_user(contractor).has_access("create"))

    def test_other_companies_see_none_of_it(self):
        self._contract(self.inspector, "2026-01-01")
        self._price("HL6", 4000)
        found = self._measure()
        other = self.env["res.company"].create({"name": "Outra cidade"})
        self.manager.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        for records in (found, found.line_ids):
            mine = self.env[records._name].with_user(self.manager)
            self.assertFalse(mine.search([("id", "in", records.ids)]))
