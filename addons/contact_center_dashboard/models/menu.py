# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

ROOT = "spreadsheet_dashboard.spreadsheet_dashboard_menu_root"


class Menu(models.Model):
    """Hides Odoo's own application of dashboards where it would be empty or doubled.

    Ours stand in the application for managers. Who has dashboards of other applications keeps it.
    """

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        group = self.env.ref("contact_center_dashboard.dashboard_group", raise_if_not_found=False)
        root = self.env.ref(ROOT, raise_if_not_found=False)
        manages = self.env.user.has_group("spreadsheet_dashboard.group_dashboard_manager")
        if not group or not root or manages:
            return hidden
        others = [("dashboard_group_id", "!=", group.id), ("is_published", "=", True)]
        if not self.env["spreadsheet.dashboard"].search_count(others, limit=1):
            hidden.append(root.id)
        return hidden
