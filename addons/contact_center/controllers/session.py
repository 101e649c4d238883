# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, http
from odoo.http import request

from odoo.addons.web.controllers.session import Session as WebSession


def _only_reads(_controller, _rule, _args):
    """Return whether logging out changes nothing in the database: nobody is logged in."""
    return not request.session.uid


class Session(WebSession):
    """Logging out of Odoo ends the agent's logged time."""

    @http.route(readonly=_only_reads)
    def logout(self, redirect="/odoo"):
        """Log the agent out in the ledger of states, then out of Odoo."""
        if request.session.uid:
            # superuser: the route knows no user; the session says whose it was
            env = request.env(user=SUPERUSER_ID)
            user = env["res.users"].browse(request.session.uid)
            env["contact_center.agent.state"]._log_out(user)
        return super().logout(redirect=redirect)
