# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .access_table import ADMINISTRATION, CONFIGURATION, DIALOG, READ_ONLY, AccessTable, row
from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center"
    access = {
        "contact_center.agent.day": READ_ONLY,
        "contact_center.agent.state": READ_ONLY,
        "contact_center.assignment": CONFIGURATION,
        "contact_center.automatic.message": CONFIGURATION,
        "contact_center.automatic.message.test": ADMINISTRATION,
        "contact_center.company.setup": ADMINISTRATION,
        "contact_center.conversation": READ_ONLY,
        "contact_center.conversation.close": DIALOG,
        "contact_center.conversation.take.over": row(supervisor="rwcu"),
        "contact_center.conversation.transfer": DIALOG,
        "contact_center.event": READ_ONLY,
        "contact_center.holiday.import": ADMINISTRATION,
        "contact_center.holiday.import.line": ADMINISTRATION,
        "contact_center.location.send": DIALOG,
        "contact_center.operation": CONFIGURATION,
        "contact_center.pause.reason": CONFIGURATION,
        "contact_center.person": ADMINISTRATION,
        "contact_center.place": CONFIGURATION,
        "contact_center.queue": CONFIGURATION,
        "contact_center.queue.exception": CONFIGURATION,
        "contact_center.disposition": CONFIGURATION,
        "contact_center.stay": READ_ONLY,
        "contact_center.tag": row("r", supervisor="rc", administrator="rwcu"),
    }
    machine_rows = frozenset(
        {
            "contact_center.agent.day",
            "contact_center.agent.state",
            "contact_center.conversation",
            "contact_center.event",
            "contact_center.stay",
        }
    )
    shows_nobody = frozenset({"contact_center.stay"})
