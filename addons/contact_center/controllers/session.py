# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api, http
from odoo.http import request
from odoo.service.model import retrying

from odoo.addons.web.controllers.session import Session as WebSession


class Session(WebSession):
    """Logging out of Odoo ends the agent's logged time."""

    @http.route()
    def logout(self, redirect="/odoo"):
        """Log the agent out in the ledger of states, then out of Odoo."""
        user_id = request.session.uid
        if user_id:
            # On a cursor of its own: Odoo's route only reads, and knows no user
            with request.env.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                states, user = env["contact_center.agent.state"], env["res.users"].browse(user_id)
                retrying(lambda: states._log_out(user), env)
        return super().logout(redirect=redirect)
