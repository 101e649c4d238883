# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.exceptions import AccessDenied


class ResUsersApikeys(models.Model):
    """Counts attempts with unknown keys by address."""

    _inherit = "res.users.apikeys"

    def _check_credentials(self, *, scope, key):
        # A trusted browser's cookie is looked up by the same method: an old one is no guess. And
        # a password of RPC that was no key either has been counted as a password.
        failures = self.env["contact_center.login.failure"]
        if self._name != "res.users.apikeys" or failures._is_counting():
            return super()._check_credentials(scope=scope, key=key)
        failures._check_open("key", "")
        try:
            with failures._guard("key", ""):
                found = super()._check_credentials(scope=scope, key=key)
                if not found:
                    raise AccessDenied()
        except AccessDenied:
            return None
        return found
