import xmlrpc.client

from odoo import http
from odoo.exceptions import UserError
from odoo.http import Response

from odoo.addons.rpc.controllers import RPC
from odoo.addons.rpc.controllers.xmlrpc import RPC_FAULT_CODE_APPLICATION_ERROR, dumps

HIDDEN = "Odoo Server Error"


class Rpc(RPC):
    """XML-RPC's faults without tracebacks: whoever calls has no session that says who they are."""

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
        """Answer the present service, without tracebacks."""
        try:
            return super().xmlrpc_2(service)
        except Exception as error:
            self._hide(error, RPC_FAULT_CODE_APPLICATION_ERROR)
            raise

    @staticmethod
    def _hide(error, code):
        """Leave the faults that are written for people; of all others say that there was one."""
        if not isinstance(error, UserError):
            fault = dumps(xmlrpc.client.Fault(code, HIDDEN))
            error.error_response = Response(response=fault, mimetype="text/xml")
