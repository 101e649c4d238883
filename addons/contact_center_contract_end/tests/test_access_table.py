# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import ADMINISTRATION, AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_contract_end"
    access = {
        "contact_center.contract.end": ADMINISTRATION,
        "contact_center.contract.end.access": row(administrator="r"),
        "contact_center.contract.end.part": row(administrator="r"),
    }
    machine_rows = frozenset(
        {"contact_center.contract.end.access", "contact_center.contract.end.part"}
    )
