# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import ContactCenterCase

GUARD = "contact_center.machine.row"


@tagged("post_install", "-at_install")
class TestMachineRows(ContactCenterCase, HttpCase):
    """The system's records of its own work are written by nobody else, in any addon."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.machine_rows = sorted(
            name
            for name, model in cls.registry.items()
            if issubclass(model, cls.registry[GUARD]) and not model._abstract
        )
        cls.root = cls._user("cc_root", "Rute Raiz", "contact_center.group_administrator")
        cls.root.group_ids += cls.env.ref("base.group_system")
        cls.root.password = "cc_root_password_1"

    def _call(self, model, method, *args):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": {}},
        )

    @mute_logger("odoo.http")
    def test_the_route_of_the_web_client_writes_none(self):
        self._in_service()
        self.authenticate("cc_root", "cc_root_password_1")
        own = {"contact_center.conversation", "contact_center.event"}
        self.assertLessEqual(own, set(self.machine_rows))
        for model in self.machine_rows:
            ids = self.env[model].search([], limit=1).ids or [1]
            for method, args in (
                ("create", [{}]),
                ("write", [ids, {}]),
                ("unlink", [ids]),
            ):
                with self.subTest(model=model, method=method):
                    with self.assertRaisesRegex(JsonRpcException, "AccessError|UserError"):
                        self._call(model, method, *args)

    def test_rows_of_another_model_are_no_way_in(self):
        """Commands in a field that names them are carried out with the user's own rights."""
        conversation = self._in_service()
        command = [(0, 0, {"kind": "note"})]
        for user in (self.root, self.administrator):
            with self.assertRaises(AccessError):
                conversation.with_user(user).write({"event_ids": command})

    def test_the_system_itself_writes_them(self):
        conversation = self._in_service()
        before = conversation.event_ids
        conversation._log("note", note="x")
        self.assertEqual(len(conversation.event_ids - before), 1)

    def test_buttons_ask_who_presses_them(self):
        rows = self.env["contact_center.event"]
        rows.with_user(self.administrator)._check_may_repair()
        for user in (self.agent, self.supervisor, self.manager, self.employee):
            with self.assertRaises(AccessError):
                rows.with_user(user)._check_may_repair()
