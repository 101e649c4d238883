# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import (
    ADMINISTRATION,
    CONFIGURATION,
    AccessTable,
    row,
)
from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_contact"
    access = {
        "contact_center.contact.delete": ADMINISTRATION,
        "contact_center.contact.duplicate": row(supervisor="r"),
        "contact_center.contact.merge": row(supervisor="rwcu"),
        "contact_center.district": CONFIGURATION,
        "contact_center.district.import": ADMINISTRATION,
        "contact_center.region": CONFIGURATION,
    }
    machine_rows = frozenset({"contact_center.contact.duplicate"})
