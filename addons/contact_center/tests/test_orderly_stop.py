# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, tagged

from odoo.addons.contact_center import orderly_stop
from odoo.addons.contact_center.core.background_work import BackgroundWork


@tagged("post_install", "-at_install")
class TestOrderlyStop(HttpCase):
    def test_a_request_holds_a_stop_up_until_its_connection_is_given_back(self):
        """A job's request commits after its controller has returned."""
        work, left = BackgroundWork(), []
        serve_db = http.Request._serve_db

        def serve(request):
            response = serve_db(request)
            left.append(work.stop(seconds=0))
            return response

        with (
            patch.object(orderly_stop, "WORK", work),
            patch.object(http.Request, "_serve_db", orderly_stop._counted(serve)),
        ):
            self.url_open("/web/login")
        self.assertEqual(left, [1])
        self.assertEqual(work.stop(seconds=0), 0)
