# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import AccessTable, row
from odoo.addons.contact_center.tests.common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "chatbot_flow"
    access = {
        "chatbot.flow": row(supervisor="r", administrator="rwcu", manager="r"),
        "chatbot.flow.approval": row(supervisor="r", manager="r"),
        "chatbot.flow.approval.return": row(administrator="rwcu"),
        "chatbot.flow.export": row(administrator="rwcu"),
        "chatbot.flow.import": row(administrator="rwcu"),
        "chatbot.flow.manner": row(supervisor="r", administrator="rwcu", manager="r"),
        "chatbot.flow.option": row(supervisor="r", administrator="rwcu", manager="r"),
        "chatbot.flow.passage": row(supervisor="r", manager="r"),
        "chatbot.flow.release": row(administrator="rwcu"),
        "chatbot.flow.report": row(supervisor="r", manager="r"),
        "chatbot.flow.service": row(supervisor="r", administrator="rwcu", manager="r"),
        "chatbot.flow.service.header": row(administrator="rwcu"),
        "chatbot.flow.service.value": row(administrator="rwcu"),
        "chatbot.flow.session": row(supervisor="r"),
        "chatbot.flow.step.variant": row(supervisor="r", administrator="rwcu", manager="r"),
        "chatbot.flow.variable": row(supervisor="r", administrator="rwcu", manager="r"),
        "chatbot.flow.simulation": row(supervisor="rwcu"),
        "chatbot.flow.step": row(supervisor="r", administrator="rwcu", manager="r"),
        "chatbot.flow.synonym": row(administrator="rwcu"),
        "chatbot.flow.template": row(administrator="r"),
        "chatbot.flow.test": row(supervisor="r", administrator="rwcu", manager="r"),
        "chatbot.flow.version": row(supervisor="r", manager="r"),
    }
    machine_rows = frozenset(
        {
            "chatbot.flow.approval",
            "chatbot.flow.passage",
            "chatbot.flow.report",
            "chatbot.flow.session",
            "chatbot.flow.template",
            "chatbot.flow.version",
        }
    )
