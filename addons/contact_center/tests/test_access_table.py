from odoo.tests import tagged

from .access_table import ADMINISTRATION, CONFIGURATION, DIALOG, READ_ONLY, AccessTable, row
from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center"
    # The log itself is read by officers only
    shows_nobody = frozenset({"contact_center.access.log"})
    access = {
        "contact_center.access.log": row(administrator="r"),
        "contact_center.agent.state": READ_ONLY,
        "contact_center.archive.message": READ_ONLY,
        "contact_center.authority.request": row(administrator="rwc"),
        "contact_center.automatic.message": CONFIGURATION,
        "contact_center.automatic.message.test": ADMINISTRATION,
        "contact_center.confidentiality.acceptance": row(administrator="r"),
        "contact_center.confidentiality.term": ADMINISTRATION,
        "contact_center.contact.delete": ADMINISTRATION,
        "contact_center.contact.duplicate": row(supervisor="r"),
        "contact_center.contact.merge": row(supervisor="rwcu"),
        "contact_center.conversation": READ_ONLY,
        "contact_center.conversation.close": DIALOG,
        "contact_center.conversation.take.over": row(supervisor="rwcu"),
        "contact_center.conversation.transfer": DIALOG,
        "contact_center.event": READ_ONLY,
        "contact_center.handover": ADMINISTRATION,
        "contact_center.handover.file": row(administrator="r"),
        "contact_center.handover.part": row(administrator="r"),
        "contact_center.health.state": row(administrator="r"),
        "contact_center.holiday.import": ADMINISTRATION,
        "contact_center.holiday.import.line": ADMINISTRATION,
        "contact_center.location.send": DIALOG,
        "contact_center.login.failure": row(),
        "contact_center.notice": row(supervisor="rc", manager="r"),
        "contact_center.notice.receipt": row(supervisor="r", manager="r"),
        "contact_center.pause.reason": CONFIGURATION,
        "contact_center.place": CONFIGURATION,
        "contact_center.planned.stop": CONFIGURATION,
        "contact_center.privacy.consent": row(administrator="r"),
        "contact_center.privacy.erase": ADMINISTRATION,
        "contact_center.privacy.export": row(administrator="r"),
        "contact_center.privacy.incident": row(administrator="rwc"),
        "contact_center.privacy.notice": ADMINISTRATION,
        "contact_center.privacy.request": row(administrator="rwc"),
        "contact_center.privacy.retention": row(administrator="rw"),
        "contact_center.privacy.retention.run": row(administrator="r"),
        "contact_center.queue": CONFIGURATION,
        "contact_center.queue.exception": CONFIGURATION,
        "contact_center.support.request": row("rc", manager="rc"),
        "contact_center.tabulation": CONFIGURATION,
        "contact_center.tag": row("r", supervisor="rc", administrator="rwcu"),
    }
    machine_rows = frozenset(
        {
            "contact_center.access.log",
            "contact_center.agent.state",
            "contact_center.archive.message",
            "contact_center.confidentiality.acceptance",
            "contact_center.contact.duplicate",
            "contact_center.conversation",
            "contact_center.event",
            "contact_center.handover.file",
            "contact_center.handover.part",
            "contact_center.health.state",
            "contact_center.login.failure",
            "contact_center.notice.receipt",
            "contact_center.privacy.consent",
            "contact_center.privacy.export",
            "contact_center.privacy.retention.run",
        }
    )
