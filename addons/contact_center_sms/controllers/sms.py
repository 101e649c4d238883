# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import logging

from werkzeug.exceptions import RequestEntityTooLarge

from odoo import SUPERUSER_ID, http
from odoo.http import request

_logger = logging.getLogger(__name__)

# Bytes of one call: some thousand receipts
MAX_BODY = 1_000_000


class Sms(http.Controller):
    """Calls of gateways: receipts, and what citizens wrote.

    Each is stored, answered, and read by a job.

    Its address holds a token, which is the gateway's key; it stays out of the log
    (`access_log.py`).
    """

    @http.route(
        "/contact_center/sms/<string:token>/<any(receipt,reply):kind>",
        type="http",
        auth="none",
        readonly=False,
        methods=["POST", "GET"],
        csrf=False,
        save_session=False,
        sitemap=False,
        max_content_length=MAX_BODY,
    )
    def receive(self, token, kind, **parameters):
        """Store a call: JSON, or a form's fields, or those of the address.

        400 says what is wrong with it; an address that is not ours is 404.
        """
        request.update_env(user=SUPERUSER_ID, context={})
        gateway = request.env["contact_center.sms.gateway"]._of_token(token)
        if not gateway:
            return self._answer("unknown address", 404)
        try:
            payload = self._payload(parameters)
        except RequestEntityTooLarge:
            return self._answer("too large", 413)
        except ValueError:
            return self._answer("not JSON", 400)
        if not isinstance(payload, dict | list) or not payload:
            return self._answer("nothing in it", 400)
        gateway._store_call(kind, payload)
        return self._answer("ok", 200)

    @staticmethod
    def _payload(parameters):
        """Return what a gateway said.

        :raise ValueError: a body that is said to be JSON is not
        """
        incoming = request.httprequest
        if incoming.method == "POST" and "json" in (incoming.content_type or ""):
            try:
                # PostgreSQL keeps no zero in JSON
                text = incoming.get_data().decode("utf-8").replace("\\u0000", "")
                return json.loads(text.replace("\x00", ""))
            except RecursionError as error:
                raise ValueError("too deep") from error
        return {
            name: value.replace("\x00", "")
            for name, value in parameters.items()
            if isinstance(value, str)
        }

    @staticmethod
    def _answer(text, status):
        return request.make_response(
            text, status=status, headers=[("Content-Type", "text/plain; charset=utf-8")]
        )
