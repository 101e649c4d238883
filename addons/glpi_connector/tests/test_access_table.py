# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import (
    CONFIGURATION,
    DIALOG,
    READ_ONLY,
    AccessTable,
    row,
)
from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "glpi_connector"
    access = {
        "glpi.breaker": row(administrator="r", manager="r"),
        "glpi.catalogue.sync": row(administrator="r", manager="r"),
        "glpi.category": CONFIGURATION,
        "glpi.document": READ_ONLY,
        "glpi.email.code": row(),
        "glpi.entity": CONFIGURATION,
        "glpi.followup": READ_ONLY,
        "glpi.give.up": DIALOG,
        "glpi.group": CONFIGURATION,
        "glpi.location": CONFIGURATION,
        "glpi.outbox": READ_ONLY,
        "glpi.profile": row(administrator="r", manager="r"),
        "glpi.request.type": CONFIGURATION,
        "glpi.server": row(administrator="rwcu", manager="r"),
        "glpi.ticket": READ_ONLY,
        "glpi.ticket.open": DIALOG,
        "glpi.ticket.say": DIALOG,
        "glpi.user": row(administrator="r", manager=""),
    }
    machine_rows = frozenset(
        {
            "glpi.breaker",
            "glpi.catalogue.sync",
            "glpi.document",
            "glpi.email.code",
            "glpi.followup",
            "glpi.outbox",
            "glpi.profile",
            "glpi.ticket",
            "glpi.user",
        }
    )
