# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Workforce",
    "summary": "How many agents are needed, what will come, what would happen if",
    "version": "19.0.1.0.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center_distribution"],
    "data": [
        "security/dialog_rules.xml",
        "security/ir.model.access.csv",
        "data/cron.xml",
        "data/queue_job.xml",
        "report/traffic_study_report.xml",
        "views/queue_views.xml",
        "views/shift_views.xml",
        "views/simulation_result_views.xml",
        "views/simulation_views.xml",
        "views/traffic_views.xml",
        "views/volume_forecast_views.xml",
        "views/volume_report_views.xml",
        "wizards/agents_needed_views.xml",
        "views/menus.xml",
    ],
}
