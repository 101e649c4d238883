# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase

OF_PLANNERS = row(supervisor="rwcu", manager="rwcu")
READ_BY_PLANNERS = row(supervisor="r", manager="r")


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_workforce"
    access = {
        "contact_center.agents.needed": OF_PLANNERS,
        "contact_center.shift": row(supervisor="rwcu", manager="r"),
        "contact_center.shift.board": OF_PLANNERS,
        "contact_center.shift.pause": row(supervisor="rwcu", manager="r"),
        "contact_center.simulation": OF_PLANNERS,
        "contact_center.simulation.move": OF_PLANNERS,
        "contact_center.simulation.result": READ_BY_PLANNERS,
        "contact_center.traffic": READ_BY_PLANNERS,
        "contact_center.traffic.study": OF_PLANNERS,
        "contact_center.volume.forecast": OF_PLANNERS,
        "contact_center.volume.forecast.line": READ_BY_PLANNERS,
        "contact_center.volume.report": row(supervisor="rwcu", manager="r"),
    }
    machine_rows = frozenset(
        {
            "contact_center.simulation.result",
            "contact_center.traffic",
            "contact_center.volume.forecast.line",
        }
    )
