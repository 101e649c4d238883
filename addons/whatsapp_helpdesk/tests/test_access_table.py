# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import ADMINISTRATION, DIALOG, AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "whatsapp_helpdesk"
    access = {
        "whatsapp.account": row(supervisor="r", administrator="rwcu"),
        "whatsapp.event": row(administrator="r"),
        "whatsapp.identity": row(supervisor="r"),
        "whatsapp.identity.address": row(administrator="r"),
        "whatsapp.media": ADMINISTRATION,
        "whatsapp.message": row("r", manager=""),
        "whatsapp.rejection": row(administrator="r"),
        "whatsapp.template": row("r", manager=""),
        "whatsapp.template.send": DIALOG,
    }
    machine_rows = frozenset(
        {
            "whatsapp.event",
            "whatsapp.identity",
            "whatsapp.identity.address",
            "whatsapp.message",
            "whatsapp.rejection",
            "whatsapp.template",
        }
    )
