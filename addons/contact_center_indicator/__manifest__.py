# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Indicators",
    "summary": "The contract's indicators, frozen day by day, down to the contact behind each",
    "version": "19.0.1.0.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center", "queue_job"],
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/definitions.xml",
        "data/cron.xml",
        "views/definition_views.xml",
        "views/version_views.xml",
        "views/goal_views.xml",
        "views/contract_views.xml",
        "views/contract_service_views.xml",
        "views/seal_views.xml",
        "views/day_views.xml",
        "views/month_views.xml",
        "views/run_views.xml",
        "views/occurrence_views.xml",
        "views/statement_views.xml",
        "report/statement_report.xml",
        "views/menus.xml",
        "wizards/person_views.xml",
    ],
}
