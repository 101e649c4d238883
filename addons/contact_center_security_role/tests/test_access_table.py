# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and the models of the addon that knows no role."""

    addon = "contact_center_security"
    access = {"contact_center.login.failure": row()}
    machine_rows = frozenset({"contact_center.login.failure"})
