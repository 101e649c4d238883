# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.whatsapp_helpdesk.tests import test_performance


@tagged("post_install", "-at_install")
class TestReception(test_performance.TestPerformance):
    """What the reception of a message costs where queues distribute: no statement more.

    The counts are those of `whatsapp_helpdesk`, which are taken without the distribution.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queue.mode = "offer"
        cls.env["contact_center.queue"]._distributes()
