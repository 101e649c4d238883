# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Reports",
    "summary": "Reports of the contact center on screen and in files, now and at set times",
    "version": "19.0.1.0.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "external_dependencies": {"python": ["python-dateutil", "reportlab", "xlsxwriter", "xlwt"]},
    "depends": ["contact_center", "queue_job"],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/cron.xml",
        "data/queue_job.xml",
        "wizards/report_view_views.xml",
        "views/report_schedule_views.xml",
        "views/report_issue_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
}
