# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class IrUiMenu(models.Model):
    """Menu entries on the settings page: their group, and what each is for."""

    _inherit = "ir.ui.menu"

    settings_group = fields.Selection(
        [
            ("start", "Begin here"),
            ("people", "Who serves"),
            ("queues", "Queues and hours"),
            ("words", "What the center says"),
            ("privacy", "Privacy and security"),
            ("operation", "Operation"),
        ],
        help="Group of the settings page in which this entry stands; none: not on the page.",
    )
    settings_summary = fields.Char(
        translate=True, help="The purpose of the entry, in one line on the settings page."
    )
    settings_keywords = fields.Char(
        translate=True, help="Other words by which people look for the entry, separated by spaces."
    )

    @api.model
    def _settings_icons(self):
        """Return {key of a settings group: Font Awesome icon} (hook)."""
        return {
            "start": "fa-flag-checkered",
            "people": "fa-users",
            "queues": "fa-clock-o",
            "words": "fa-comments-o",
            "privacy": "fa-lock",
            "operation": "fa-wrench",
        }

    def _path_ids(self):
        """Return the ids of the entry and of its parent sections."""
        return [int(part) for part in self.parent_path.split("/") if part]

    @api.model
    def get_settings(self):
        """Return the settings page in groups, limited to the user's menus.

        Of several entries with the same action only the first counts: a user with full access needs
        no second entry for their own part.

        :return: [{key, title, icon, entries: [{id, xmlid, name, summary, keywords, action_id,
            path}]}], groups without an entry left out
        """
        menus = self.search([("settings_group", "!=", False), ("action", "!=", False)])
        visible = set(self.search([])._filter_visible_menus().ids)
        menus = menus.filtered(lambda menu: visible.issuperset(menu._path_ids()))
        groups = dict(self._fields["settings_group"]._description_selection(self.env))
        xmlids, icons = menus._get_menuitems_xmlids(), self._settings_icons()
        found, seen = {key: [] for key in groups}, set()
        for menu in menus.sorted(lambda menu: (menu.parent_path.count("/"), menu.sequence)):
            action = menu.sudo().action  # sudo: ir.actions.* - of menus that the user sees
            if action in seen:
                continue
            seen.add(action)
            found[menu.settings_group].append(
                {
                    "id": menu.id,
                    "xmlid": xmlids.get(menu.id, ""),
                    "name": menu.name,
                    "summary": menu.settings_summary or "",
                    "keywords": menu.settings_keywords or "",
                    "action_id": action.id,
                    "path": action.path or f"action-{action.id}",
                }
            )
        return [
            {"key": key, "title": title, "icon": icons.get(key, "fa-cog"), "entries": found[key]}
            for key, title in groups.items()
            if found[key]
        ]
