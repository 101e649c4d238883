# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import CONFIGURATION, AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_operation"
    access = {
        "contact_center.health.state": row(administrator="r"),
        "contact_center.maintenance.window": CONFIGURATION,
        "contact_center.support.request": row("rc", manager="rc"),
        "contact_center.city.contact": row(supervisor="r", administrator="rwcu", manager="r"),
        "contact_center.contingency.drill": row(
            supervisor="rwc", administrator="rwcu", manager="r"
        ),
        "contact_center.contingency.plan": row(supervisor="r", administrator="rwcu", manager="r"),
        "contact_center.contingency.version": row(
            supervisor="r", administrator="rwcu", manager="r"
        ),
        "contact_center.heartbeat": row(administrator="r"),
        "contact_center.outage": row(supervisor="r", manager="r"),
        "contact_center.outage.entry": row(supervisor="rwcu"),
        "contact_center.outage.fact": row(supervisor="r", manager="r"),
        "contact_center.outage.report": row(administrator="r"),
    }
    machine_rows = frozenset(
        {
            "contact_center.health.state",
            "contact_center.heartbeat",
            "contact_center.outage",
            "contact_center.outage.fact",
            "contact_center.outage.report",
        }
    )
