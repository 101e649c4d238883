# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import ADMINISTRATION, AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_supervision"
    access = {
        "contact_center.agent.state.change": row(supervisor="rwcu", manager=""),
        "contact_center.notice": row(supervisor="rc", manager="r"),
        "contact_center.notice.receipt": row(supervisor="r", manager="r"),
        "contact_center.team.pulse": row(administrator="r"),
        "contact_center.wallboard": ADMINISTRATION,
        "contact_center.wallboard.page": ADMINISTRATION,
        "contact_center.wallboard.tile": ADMINISTRATION,
        "contact_center.wallboard.link": ADMINISTRATION,
    }
    machine_rows = frozenset({"contact_center.notice.receipt", "contact_center.team.pulse"})
