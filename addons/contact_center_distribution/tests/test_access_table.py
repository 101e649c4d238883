# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import CONFIGURATION, AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase

OF_LEADERS = row(supervisor="rwcu", manager="r")
READ_BY_LEADERS = row(supervisor="r", manager="r")


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_distribution"
    access = {
        "contact_center.queue.loan": row(supervisor="r", administrator="rwcu", manager="r"),
        "contact_center.queue.overflow": CONFIGURATION,
        "contact_center.queue.ring": CONFIGURATION,
        "contact_center.agent.skill": OF_LEADERS,
        "contact_center.agent.capacity": OF_LEADERS,
        "contact_center.agent.tally": READ_BY_LEADERS,
        "contact_center.channel.weight": row(supervisor="r", administrator="rwcu", manager="r"),
        "contact_center.callback": READ_BY_LEADERS,
        "contact_center.forecast": READ_BY_LEADERS,
        "contact_center.loan": READ_BY_LEADERS,
        "contact_center.offer": READ_BY_LEADERS,
    }
    machine_rows = frozenset(
        {
            "contact_center.agent.tally",
            "contact_center.callback",
            "contact_center.forecast",
            "contact_center.loan",
            "contact_center.offer",
        }
    )
