# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import logging
import os
import re

from odoo import http
from odoo.exceptions import AccessDenied
from odoo.http import request

from odoo.addons.auth_totp.models.totp import TOTP
from odoo.addons.web.controllers.home import Home

from ..models.res_users_second_factor import ENROL_URL

_logger = logging.getLogger(__name__)
# Session key of a user who gave the password but is not logged in yet.
SECRET = "contact_center_totp_secret"


class SecondFactor(Home):
    """Sets up an authenticator app between password and login."""

    @http.route(ENROL_URL, type="http", auth="public", methods=["GET", "POST"], sitemap=False)
    def contact_center_second_factor(self, redirect=None, code=None, **_kwargs):
        """Show the code to scan, and log in the user who types the app's code."""
        session = request.session
        # A line end in it would end the header of the answer
        redirect = re.sub(r"[\x00-\x1f\x7f]", "", redirect or "") or None
        if session.uid:
            return request.redirect(self._login_redirect(session.uid, redirect=redirect))
        # sudo: res.users - nobody is logged in yet, the password was checked before
        user = request.env["res.users"].sudo().browse(session.get("pre_uid") or []).exists()
        if not user:
            return request.redirect("/web/login")
        if not user._must_enrol():
            return request.redirect(user._mfa_url() or "/web/login")
        if not session.get(SECRET):
            session[SECRET] = base64.b32encode(os.urandom(20)).decode()
        error = None
        if request.httprequest.method == "POST":
            error = self._enrol(user, session[SECRET], code or "")
            if not error:
                return request.redirect(self._login_redirect(session.uid, redirect=redirect))
        session.touch()
        return request.render(
            "contact_center_security.second_factor", self._values(user, redirect, error)
        )

    def _enrol(self, user, secret, code):
        """Check the code and begin the session; return the error in words, or None."""
        digits = re.sub(r"\s", "", code)
        try:
            user._totp_rate_limit("code_check")
        except AccessDenied as denied:
            return str(denied)
        counter = TOTP(base64.b32decode(secret)).match(int(digits)) if digits.isdecimal() else None
        if counter is None:
            return request.env._("This is not the code that the app shows now: try the next one.")
        user._enrol(secret, counter)
        request.env.flush_all()
        user._totp_rate_limit_purge("code_check")
        _logger.info("Second factor set up at the login of %s", user.login)
        request.session.pop(SECRET)
        request.session.finalize(request.env)
        request.update_env(user=request.session.uid)
        request.update_context(**request.session.context)
        request.session.touch()
        return None

    def _values(self, user, redirect, error):
        """Return the page's values: the picture to scan, and the secret in letters.

        For those who cannot scan it.
        """
        secret = request.session[SECRET]
        # sudo: auth_totp.wizard - draws the picture, nothing is stored
        drawn = request.env["auth_totp.wizard"].sudo().new({"user_id": user.id, "secret": secret})
        picture = drawn.qrcode
        return {
            "redirect": redirect,
            "error": error,
            "picture": picture.decode() if isinstance(picture, bytes) else picture,
            "secret": " ".join(re.findall(".{1,4}", secret)),
        }
