# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import timedelta

from odoo import fields, http
from odoo.http import request

from ..models.wallboard import PAGE

# That a screen asked is written down so seldom.
SEEN_EVERY = timedelta(minutes=5)


class Wallboard(http.Controller):
    """The page of a television, and its figures; the link's secret is the only right."""

    @http.route(
        PAGE, type="http", auth="public", methods=["GET"], sitemap=False, save_session=False
    )
    def page(self, **_unused):
        """Return the page, the same for everybody: the secret stays in the browser."""
        return request.render(
            "contact_center_supervision.wallboard_page",
            headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"},
        )

    @http.route(
        f"{PAGE}/data",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        save_session=False,
        readonly=False,
    )
    def data(self, **_unused):
        """Return the figures to the screen that sends its secret.

        The secret comes as `Authorization: Bearer ...`. Status 403 to everybody else: without a
        word about what is wrong.
        """
        scheme, _space, token = request.httprequest.headers.get("Authorization", "").partition(" ")
        boards = request.env["contact_center.wallboard"]
        board = boards._admit(
            token.strip() if scheme.lower() == "bearer" else "", request.httprequest.remote_addr
        )
        headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
        if not board:
            return request.make_response("{}", headers=headers, status=403)
        now = fields.Datetime.now()
        if not board.seen_at or now - board.seen_at > SEEN_EVERY:
            board.seen_at = now
        lang = board.create_uid.lang or request.env.lang
        board = board.with_context(lang=lang, tz=board._timezone())
        return request.make_response(json.dumps(board._shown()), headers=headers)
