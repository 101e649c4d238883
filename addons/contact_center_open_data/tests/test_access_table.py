# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_open_data"
    access = {
        "contact_center.open.data": row(administrator="rw", manager="r"),
        "contact_center.open.data.file": row(administrator="r"),
        "contact_center.open.data.row": row(administrator="r", manager="r"),
    }
    machine_rows = frozenset({"contact_center.open.data.file", "contact_center.open.data.row"})
