# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase

READ_BY_LEADERS = row(supervisor="r", manager="r")


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_dashboard"
    access = {
        "contact_center.figure.contact": READ_BY_LEADERS,
        "contact_center.figure.wait": READ_BY_LEADERS,
    }
    machine_rows = frozenset(access)
    shows_nobody = frozenset(access)
