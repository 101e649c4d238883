from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import ADMINISTRATION, DIALOG, AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "whatsapp_helpdesk"
    access = {
        "whatsapp.account": row(supervisor="r", administrator="rwcu"),
        "whatsapp.event": row(administrator="rw"),
        "whatsapp.identity": row(supervisor="r"),
        "whatsapp.identity.address": row(administrator="r"),
        "whatsapp.media": ADMINISTRATION,
        "whatsapp.message": row("r", administrator="rw", manager=""),
        "whatsapp.rejection": row(administrator="r"),
        "whatsapp.template": row("r", administrator="rw", manager=""),
        "whatsapp.template.send": DIALOG,
        "whatsapp.template.send.line": DIALOG,
    }
