# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class ResUsers(models.Model):
    """The queues that a user serves."""

    _inherit = "res.users"

    contact_center_queue_ids = fields.Many2many(
        "contact_center.queue",
        "contact_center_queue_res_users_rel",
        "user_id",
        "queue_id",
        string="Contact center queues",
        copy=False,
        groups="contact_center.group_technician,base.group_erp_manager",
    )

    @api.model
    def _contact_center_demo_language(self):
        """Let the demo users work in Portuguese, where that language is installed (demo data)."""
        if not self.env["res.lang"]._get_data(code="pt_BR"):
            return
        logins = ("joana", "pedro", "carla", "sofia", "adriana", "marcos")
        for login in logins:
            self.env.ref(f"contact_center.user_demo_{login}").lang = "pt_BR"
