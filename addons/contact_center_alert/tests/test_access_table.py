# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase

READ_BY_LEADERS = row(supervisor="r", manager="r")
WRITTEN_BY_LEADERS = row(supervisor="rwcu", manager="r")
SET_UP = row(supervisor="r", administrator="rwcu", manager="r")
DIALOG = row(supervisor="rwcu", manager="")


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_alert"
    access = {
        "contact_center.alert.alarm": READ_BY_LEADERS,
        "contact_center.alert.broadcast": WRITTEN_BY_LEADERS,
        "contact_center.alert.contact": READ_BY_LEADERS,
        "contact_center.alert.entry": READ_BY_LEADERS,
        "contact_center.alert.hearing": READ_BY_LEADERS,
        "contact_center.alert.mended": DIALOG,
        "contact_center.alert.notice": WRITTEN_BY_LEADERS,
        "contact_center.alert.publish": DIALOG,
        "contact_center.alert.recipient": READ_BY_LEADERS,
        "contact_center.alert.subject": SET_UP,
        "contact_center.civil.end": DIALOG,
        "contact_center.civil.led": READ_BY_LEADERS,
        "contact_center.civil.plan": SET_UP,
        "contact_center.civil.plan.entry": SET_UP,
        "contact_center.civil.run": READ_BY_LEADERS,
        "contact_center.civil.start": DIALOG,
    }
    machine_rows = frozenset(
        {
            "contact_center.alert.alarm",
            "contact_center.alert.contact",
            "contact_center.alert.entry",
            "contact_center.alert.hearing",
            "contact_center.alert.recipient",
            "contact_center.civil.led",
            "contact_center.civil.run",
        }
    )
