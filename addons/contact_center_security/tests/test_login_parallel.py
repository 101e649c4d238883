# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessDenied
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged

from ..models.login_failure import LoginFailure


@tagged("post_install", "-at_install")
class TestParallelTries(BaseCase):
    """Many tries at once, each in a thread and transactions of its own."""

    LOGIN = "cc_parallel_guess"

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self._clean()
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "DELETE FROM contact_center_login_failure WHERE login = %s OR source = %s",
                (self.LOGIN, "203.0.113.77"),
            )

    def _at_once(self, count, right):
        """Let so many try at once; (how many were looked at, what else went wrong)."""
        at_once, looked, wrong = threading.Barrier(count), [], []

        def attempt(failures):
            at_once.wait()
            try:
                with failures._guard("password", self.LOGIN):
                    looked.append(1)
                    if not right:
                        raise AccessDenied()
            except AccessDenied:
                return
            except Exception as error:  # noqa: BLE001 - told by the test's own thread
                wrong.append(error)

        with (
            patch.object(LoginFailure, "_limits", lambda _failures: (5, 5)),
            patch.object(LoginFailure, "_source", lambda _failures: "203.0.113.77"),
            self.registry.cursor() as cr,
        ):
            # Made here: while tests run, this thread holds the lock of the registries
            failures = api.Environment(cr, SUPERUSER_ID, {})["contact_center.login.failure"]
            threads = [threading.Thread(target=attempt, args=(failures,)) for _one in range(count)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        return len(looked), wrong

    def test_right_ones_at_once_leave_nothing_behind(self):
        for _round in range(3):
            self.assertEqual(self._at_once(4, right=True), (4, []))
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT sum(count) FROM contact_center_login_failure WHERE login = %s",
                (self.LOGIN,),
            )
            self.assertFalse(cr.fetchone()[0])

    def test_many_at_once_do_not_pass_the_limit(self):
        self.assertEqual(self._at_once(24, right=False), (5, []))
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count FROM contact_center_login_failure WHERE login = %s AND source != '*'",
                (self.LOGIN,),
            )
            self.assertEqual(cr.fetchall(), [(5,)])
