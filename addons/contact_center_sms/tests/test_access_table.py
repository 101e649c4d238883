# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import DIALOG, AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase

FOR_LEADERS = row(supervisor="r", manager="r")


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_sms"
    access = {
        "contact_center.sms.gateway": row(supervisor="r", administrator="rwcu", manager="r"),
        "contact_center.sms.message": FOR_LEADERS,
        "contact_center.sms.event": row(administrator="r"),
        "contact_center.sms.identity": row(administrator="r"),
        "contact_center.sms.month": FOR_LEADERS,
        "contact_center.sms.send": DIALOG,
    }
    machine_rows = frozenset(
        {
            "contact_center.sms.message",
            "contact_center.sms.event",
            "contact_center.sms.identity",
            "contact_center.sms.month",
        }
    )
