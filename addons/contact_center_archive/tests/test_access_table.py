# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import (
    ADMINISTRATION,
    READ_ONLY,
    AccessTable,
    row,
)
from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_archive"
    access = {
        "contact_center.archive.message": READ_ONLY,
        "contact_center.data.export": ADMINISTRATION,
        "contact_center.data.export.file": row(administrator="r"),
        "contact_center.data.export.part": row(administrator="r"),
    }
    machine_rows = frozenset(
        {
            "contact_center.archive.message",
            "contact_center.data.export.file",
            "contact_center.data.export.part",
        }
    )
