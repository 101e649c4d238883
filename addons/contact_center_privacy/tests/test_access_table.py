# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import ADMINISTRATION, AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_privacy"
    # The log itself is read by officers only
    shows_nobody = frozenset({"contact_center.access.log"})
    access = {
        "contact_center.access.log": row(administrator="r"),
        "contact_center.authority.request": row(administrator="rwc"),
        "contact_center.confidentiality.acceptance": row(administrator="r"),
        "contact_center.confidentiality.term": ADMINISTRATION,
        "contact_center.privacy.consent": row(administrator="r"),
        "contact_center.privacy.erase": ADMINISTRATION,
        "contact_center.privacy.export": row(administrator="r"),
        "contact_center.privacy.incident": row(administrator="rwc"),
        "contact_center.privacy.notice": ADMINISTRATION,
        "contact_center.privacy.request": row(administrator="rwc"),
        "contact_center.privacy.retention": row(administrator="rw"),
        "contact_center.privacy.retention.run": row(administrator="r"),
    }
    machine_rows = frozenset(
        {
            "contact_center.access.log",
            "contact_center.confidentiality.acceptance",
            "contact_center.privacy.consent",
            "contact_center.privacy.export",
            "contact_center.privacy.retention.run",
        }
    )
