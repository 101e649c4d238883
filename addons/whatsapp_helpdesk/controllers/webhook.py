# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hmac
import logging

from werkzeug.exceptions import RequestEntityTooLarge

from odoo import SUPERUSER_ID, http
from odoo.http import request

from ..cloud_api import events, sanitize, signature
from ..light_webhook import MAX_BODY

_logger = logging.getLogger(__name__)


class WhatsappWebhook(http.Controller):
    """Meta's calls, one address for all numbers: check, store, wake a job, answer.

    The usual delivery is answered before it comes here, see `light_webhook.py`.
    """

    @http.route(
        "/whatsapp/webhook",
        type="http",
        auth="none",
        readonly=False,
        methods=["GET"],
        csrf=False,
        save_session=False,
        sitemap=False,
    )
    def verify(self, **parameters):
        """Answer the challenge with which Meta makes sure that the address is ours."""
        env = self._system()
        given = parameters.get("hub.verify_token") or ""
        tokens = env["whatsapp.account"]._verify_tokens()
        known = [t for t in tokens if hmac.compare_digest(t.encode(), given.encode())]
        if parameters.get("hub.mode") != "subscribe" or not known:
            return self._refuse(env, "verify_token")
        env["whatsapp.account"]._note_verified(known[0])
        challenge = parameters.get("hub.challenge") or ""
        return self._answer(challenge, 200)

    @http.route(
        "/whatsapp/webhook",
        type="http",
        auth="none",
        readonly=False,
        methods=["POST"],
        csrf=False,
        save_session=False,
        sitemap=False,
        max_content_length=MAX_BODY,
        for_machines=True,
    )
    def receive(self, **_parameters):
        """Store what Meta delivers and answer at once; everything else happens in jobs.

        Unsigned: 403, nothing stored. Signed but not JSON: kept for inspection, and 200, since an
        error would make Meta send it again for days.
        """
        env = self._system()
        try:
            body = request.httprequest.get_data()
        except RequestEntityTooLarge:
            return self._refuse(env, "size", 413)
        header = request.httprequest.headers.get(signature.HEADER)
        secrets = env["whatsapp.account"]._app_secrets()
        if not signature.matching_secret(secrets, body, header):
            return self._refuse(env, "signature")
        inbox = env["whatsapp.event"]
        try:
            payload = sanitize.load(body)
        except ValueError as error:
            inbox._store_unreadable(body, str(error))
        else:
            inbox._store(events.split(payload))
        return self._answer("", 200)

    @staticmethod
    def _system():
        """Return the system's environment: Meta has no user here."""
        request.update_env(user=SUPERUSER_ID, context={})
        return request.env

    @staticmethod
    def _answer(text, status):
        return request.make_response(
            text, status=status, headers=[("Content-Type", "text/plain; charset=utf-8")]
        )

    def _refuse(self, env, reason, status=403):
        """Count a call that was refused and tell nothing."""
        env["whatsapp.rejection"]._count(reason)
        _logger.info("WhatsApp webhook: call refused (%s)", reason)
        return self._answer("", status)
