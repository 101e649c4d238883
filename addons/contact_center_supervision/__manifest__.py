# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Supervision",
    "summary": "The live board, watching and joining, the city's roles, wallboards, notices",
    "version": "19.0.1.1.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center"],
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/room.xml",
        "wizards/agent_state_change_views.xml",
        "wizards/person_views.xml",
        "views/notice_views.xml",
        "views/team_views.xml",
        "views/wallboard_views.xml",
        "views/wallboard_templates.xml",
        "views/menus.xml",
        "views/settings_views.xml",
    ],
    "assets": {"web.assets_backend": ["contact_center_supervision/static/src/**/*"]},
}
