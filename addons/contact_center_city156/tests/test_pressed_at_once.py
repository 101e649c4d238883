# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.contact_center.tests.real_cursors import RealCursorsCase


@tagged("post_install", "-at_install")
class TestPressedAtOnce(RealCursorsCase):
    """Two administrators press at the same time: the second one is asked to begin again."""

    def test_the_second_begins_again(self):
        with self.registry.cursor() as cr:
            # Its transaction begins here.
            cr.execute("SELECT 1 FROM contact_center_queue LIMIT 1")
            with self.transaction() as env:
                env["contact_center.city156"]._lock()
            second = api.Environment(cr, SUPERUSER_ID, {})
            with self.assertRaises(SerializationFailure):
                second["contact_center.city156"]._lock()
            cr.rollback()
            second["contact_center.city156"]._lock()
            cr.rollback()
