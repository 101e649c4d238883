# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

# The home screen of each group, first match wins: (group, action)
_HOMES = (
    ("contact_center.group_technician", "contact_center.desk_action"),
    ("contact_center.group_manager", "contact_center.conversation_action_figures"),
)


class ResUsers(models.Model):
    """The home screen of each role: after login, and when the app is opened."""

    _inherit = "res.users"

    def _contact_center_home_action(self):
        """Return the external id of this user's home screen, "" without a role (hook).

        Administrators start with the first steps until these are done.
        """
        self.ensure_one()
        is_administrator = self.has_group("contact_center.group_administrator")
        if is_administrator and self.env["contact_center.first.steps"]._are_open():
            return "contact_center.first_steps_action"
        return next((action for group, action in _HOMES if self.has_group(group)), "")

    @api.model
    def contact_center_home(self):
        """Return the action of the current user's home screen; False without a role."""
        xmlid = self.env.user._contact_center_home_action()
        return bool(xmlid) and self.env["ir.actions.actions"]._for_xml_id(xmlid)


class IrHttp(models.AbstractModel):
    """Tell the web client the home screen of a user with a role in the contact center."""

    _inherit = "ir.http"

    def session_info(self):
        """Start on the role's home screen, unless the user has chosen another one.

        People without a role in the contact center keep Odoo's default.
        """
        info = super().session_info()
        # In other databases the banner about the demo's hours makes no requests.
        info["contact_center_demo"] = self.env["contact_center.demo"]._is_demo()
        user = self.env.user
        if not info.get("home_action_id") and user._contact_center_home_action():
            info["home_action_id"] = self.env["ir.model.data"]._xmlid_to_res_id(
                "contact_center.home_action"
            )
        return info
