# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Open Data",
    "summary": "Daily figures for everybody, in which nobody can be found",
    "version": "19.0.1.0.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center_cube"],
    "data": [
        "security/ir.model.access.csv",
        "data/open_data.xml",
        "views/open_data_templates.xml",
        "views/open_data_views.xml",
        "views/menus.xml",
    ],
}
