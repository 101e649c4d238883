# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestHome(TransactionCase):
    def setUp(self):
        super().setUp()
        self.user = new_test_user(self.env, "homea", groups="contact_center.group_administrator")
        self.steps = self.env["contact_center.first.steps"]

    def test_administrators_go_on_with_the_health_page(self):
        for is_new, tag in (
            (True, "contact_center.first_steps"),
            (False, "contact_center_operation.health"),
        ):
            self.patch(type(self.steps), "_are_open", lambda _steps, is_new=is_new: is_new)
            home = self.user.with_user(self.user).contact_center_home()
            self.assertEqual(home["tag"], tag)

    def test_so_do_the_first_steps_when_they_are_done(self):
        then = self.steps.with_user(self.user).get_steps()["then"]
        self.assertEqual(self.env.ref(then["action"]).tag, "contact_center_operation.health")
