# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase

READ_BY_LEADERS = row(supervisor="r", manager="r")
WRITTEN_BY_LEADERS = row(supervisor="rwcu", manager="rwcu")


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_report"
    access = {
        "contact_center.report.file": READ_BY_LEADERS,
        "contact_center.report.issue": READ_BY_LEADERS,
        "contact_center.report.schedule": WRITTEN_BY_LEADERS,
        "contact_center.report.view": WRITTEN_BY_LEADERS,
    }
    machine_rows = frozenset({"contact_center.report.file", "contact_center.report.issue"})
