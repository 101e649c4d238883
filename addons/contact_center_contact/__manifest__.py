# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Contacts",
    "summary": "The registry of citizens: search, duplicates, merging, import, documents",
    "version": "19.0.1.1.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center"],
    "external_dependencies": {"python": ["python-stdnum"]},
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "security/dialog_rules.xml",
        "data/cron.xml",
        "wizards/contact_delete_views.xml",
        "wizards/contact_merge_views.xml",
        "wizards/district_import_views.xml",
        "views/contact_views.xml",
        "views/district_views.xml",
        "views/conversation_views.xml",
        "views/menus.xml",
    ],
}
