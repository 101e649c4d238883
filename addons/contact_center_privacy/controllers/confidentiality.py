# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.home import Home

from ..models.confidentiality import PAGE


class Confidentiality(Home):
    """Redirects every page of the application to the term until it is accepted."""

    @http.route()
    def web_client(self, s_action=None, **kw):
        """Redirect users who have not accepted the term to it, others to the application."""
        if request.session.uid:
            user = request.env(user=request.session.uid).user
            if user._is_internal() and user.env["contact_center.confidentiality.term"]._pending(
                user
            ):
                return request.redirect(PAGE)
        return super().web_client(s_action, **kw)

    @http.route(PAGE, type="http", auth="user", methods=["GET"], sitemap=False)
    def contact_center_confidentiality(self, **_kwargs):
        """Show the term that the user has not accepted yet."""
        user = request.env.user
        term = request.env["contact_center.confidentiality.term"]._pending(user)
        if not term:
            return request.redirect("/odoo")
        return request.render(
            "contact_center_privacy.confidentiality_page", {"term": term, "user": user}
        )

    @http.route(f"{PAGE}/accept", type="http", auth="user", methods=["POST"], sitemap=False)
    def contact_center_confidentiality_accept(self, term_id=None, agreed=None, **_kwargs):
        """Record that the user accepted the version that they were shown."""
        user = request.env.user
        term = request.env["contact_center.confidentiality.term"]._pending(user)
        if not term or not agreed or str(term.id) != str(term_id):
            return request.redirect(PAGE)
        sent = request.httprequest
        term._accept(user, sent.remote_addr, sent.user_agent.string)
        return request.redirect("/odoo")
