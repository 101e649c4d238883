# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import xmlrpc.client
from unittest.mock import patch

from odoo.sql_db import db_connect
from odoo.tests import get_db_name

from ..models.login_failure import LoginFailure
from .common import LoginCase

TOO_MANY = "Too many wrong passwords|Muitas senhas erradas"
RPC_LOGGERS = (
    *("odoo.http", "odoo.addons.base.models.res_users"),
    *("odoo.addons.rpc.controllers.jsonrpc", "odoo.addons.rpc.controllers.xmlrpc"),
    "odoo.addons.rpc.controllers",
)


class WaysCase(LoginCase):
    """Failures counted in real transactions: a refused request takes others along."""

    def setUp(self):
        super().setUp()
        self._clean()
        patcher = patch.object(
            LoginFailure, "_cursor", lambda _failures: db_connect(get_db_name()).cursor()
        )
        patcher.start()
        # The last to be undone first: the test's log-in counts nothing
        self.addCleanup(self._clean)
        self.addCleanup(patcher.stop)

    def _clean(self):
        with db_connect(get_db_name()).cursor() as cr:
            cr.execute("DELETE FROM contact_center_login_failure")

    def _counted(self, login="cc_agent", kind="password"):
        """Return how many wrong attempts are on record for one login from here."""
        with db_connect(get_db_name()).cursor() as cr:
            cr.execute(
                """
                SELECT sum(count) FROM contact_center_login_failure
                WHERE login = %s AND kind = %s AND source != '*'
                """,
                (login, kind),
            )
            return cr.fetchone()[0]

    def _json(self, route, params):
        """Return a JSON route's answer: a dict with "result" or "error"."""
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        return self.url_open(route, json=body).json()

    def _refusal(self, route, params):
        """Return a JSON route's refusal in words; "" if it does not refuse."""
        return self._json(route, params).get("error", {}).get("data", {}).get("message", "")

    def _jsonrpc(self, service, method, *args):
        params = {"service": service, "method": method, "args": list(args)}
        return self._json("/jsonrpc", params)

    def _rpc_login(self, password, login="cc_agent"):
        """Return the user's id, or False, as programs get it."""
        return self._jsonrpc("common", "login", get_db_name(), login, password)["result"]

    def _rpc_call(self, password):
        arguments = (get_db_name(), self.agent.id, password, "res.users", "context_get", [])
        return self._jsonrpc("object", "execute_kw", *arguments)

    def _xmlrpc(self, address, method, *args):
        """Return the value that XML-RPC answers, or the Fault."""
        answer = self.url_open(
            address,
            data=xmlrpc.client.dumps(args, method).encode(),
            headers={"Content-Type": "text/xml"},
        )
        try:
            return xmlrpc.client.loads(answer.text)[0][0]
        except xmlrpc.client.Fault as fault:
            return fault

    def _session(self, login, password):
        """Return the web client's refusal to log in; "" if the user is let in."""
        return self._refusal(
            "/web/session/authenticate", {"db": get_db_name(), "login": login, "password": password}
        )

    def _call(self, model, method, args=(), **kwargs):
        return self._json(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def _call_refusal(self, *args, **kwargs):
        return self._call(*args, **kwargs).get("error", {}).get("data", {}).get("message", "")
