# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Archive",
    "summary": "Search in everything that was said, transcripts, and the export of all data",
    "version": "19.0.1.0.1",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center"],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/queue_job.xml",
        "data/cron.xml",
        "views/archive_message_views.xml",
        "views/data_export_views.xml",
        "report/report_conversation.xml",
        "views/menus.xml",
        "views/settings_views.xml",
    ],
    "assets": {"web.assets_backend": ["contact_center_archive/static/src/**/*"]},
}
