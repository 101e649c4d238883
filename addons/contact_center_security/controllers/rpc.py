# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# Only writes a fault here; what comes in is read by Odoo, which has defused its own import
import xmlrpc.client  # nosec B411

from odoo import http
from odoo.exceptions import UserError
from odoo.http import Response

from odoo.addons.rpc.controllers import RPC
from odoo.addons.rpc.controllers.xmlrpc import RPC_FAULT_CODE_APPLICATION_ERROR, dumps

HIDDEN = "Odoo Server Error"


class Rpc(RPC):
    """XML-RPC faults without tracebacks: the caller has no session to identify them."""

    @http.route()
    def xmlrpc_1(self, service):
        """Answer the old service, without tracebacks."""
        try:
            return super().xmlrpc_1(service)
        except Exception as error:
            self._hide(error, HIDDEN)
            raise

    @http.route()
    def xmlrpc_2(self, service):
        """Answer the current service, without tracebacks."""
        try:
            return super().xmlrpc_2(service)
        except Exception as error:
            self._hide(error, RPC_FAULT_CODE_APPLICATION_ERROR)
            raise

    @staticmethod
    def _hide(error, code):
        """Keep faults written for people; reduce others to a generic message."""
        if not isinstance(error, UserError):
            fault = dumps(xmlrpc.client.Fault(code, HIDDEN))
            error.error_response = Response(response=fault, mimetype="text/xml")
