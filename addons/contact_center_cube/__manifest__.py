# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Cubes",
    "summary": "The service's figures as tables that the city opens with its own tools",
    "version": "19.0.1.0.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center_contact"],
    "data": [
        "security/ir.model.access.csv",
        "security/dialog_rules.xml",
        "data/queue_job.xml",
        "data/schema.xml",
        "data/cron.xml",
        "report/dictionary_report.xml",
        "wizards/cube_export_views.xml",
        "wizards/cube_reader_new_views.xml",
        "views/cube_views.xml",
        "views/cube_refresh_views.xml",
        "views/cube_reader_views.xml",
        "views/menus.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
