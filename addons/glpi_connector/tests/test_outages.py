# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.outages import OutagesMixin

from .. import rest
from .common import GlpiCase


@tagged("post_install", "-at_install")
class TestOutages(OutagesMixin, GlpiCase):
    """A GLPI that no longer answers is out of order."""

    def test_silence_and_the_answer_after_it_are_told(self):
        self.server._note_ok()
        with self.outages_told() as told:
            self.server._note_error(rest.GlpiDown("connection"))
            self.server._note_error(rest.GlpiDown("connection"))
            self.assertEqual(told, [("began", "integration", self.server)])
            self.server._note_ok()
            self.server._note_ok()
        self.assertEqual(told[1:], [("ended", "integration", self.server)])

    def test_a_test_that_succeeds_ends_it(self):
        with self.outages_told() as told:
            self.server.with_user(self.administrator).action_test()
        self.assertEqual(self.server.state, "ok")
        self.assertEqual(told, [("ended", "integration", self.server)])

    def test_one_that_never_answered_is_being_set_up(self):
        with self.outages_told() as told:
            self.server._note_error(rest.GlpiDown("connection"))
        self.assertEqual(told, [])
