# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from werkzeug.exceptions import RequestEntityTooLarge

from odoo import SUPERUSER_ID, http
from odoo.http import request

from ..rest import webhook

_logger = logging.getLogger(__name__)

# Its content is not trusted, only its signature is checked: anything larger is not read at all.
MAX_BODY = 1024 * 1024


class GlpiWebhook(http.Controller):
    """Calls from GLPI 11 saying that a ticket changed: a trigger to read the news.

    Nothing else in them is used.
    """

    @http.route(
        "/glpi/webhook/<string:token>",
        type="http",
        auth="none",
        readonly=False,
        methods=["POST"],
        csrf=False,
        save_session=False,
        sitemap=False,
        max_content_length=MAX_BODY,
    )
    def receive(self, token, **_parameters):
        """Check the signature, wake the job that reads the news, answer.

        403 for an unknown address and for a wrong signature alike: callers cannot tell which it
        was.
        """
        try:
            body = request.httprequest.get_data()
        except RequestEntityTooLarge:
            return self._answer(413)
        env = request.env(user=SUPERUSER_ID)
        server = env["glpi.server"]._by_webhook_token(token)
        headers = request.httprequest.headers
        good = webhook.is_signed(
            server.webhook_secret or "",
            body,
            headers.get(webhook.TIMESTAMP, ""),
            headers.get(webhook.SIGNATURE, ""),
        )
        if not server or not good:
            _logger.info("A call of GLPI's webhook was refused")
            return self._answer(403)
        server._poll_soon()
        return self._answer(200)

    def _answer(self, status):
        return request.make_response("", status=status)
