# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import ADMINISTRATION, AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase

READ_BY_MANAGERS = row(administrator="r", manager="r")


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_cube"
    access = {
        "contact_center.cube": READ_BY_MANAGERS,
        "contact_center.cube.copy": READ_BY_MANAGERS,
        "contact_center.cube.export": row(administrator="rwcu", manager="rwcu"),
        "contact_center.cube.reader": row(administrator="r"),
        "contact_center.cube.reader.new": ADMINISTRATION,
        "contact_center.cube.refresh": READ_BY_MANAGERS,
    }
    machine_rows = frozenset(
        {
            "contact_center.cube",
            "contact_center.cube.copy",
            "contact_center.cube.reader",
            "contact_center.cube.refresh",
        }
    )
