# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Measurement",
    "summary": "What a month of the contract costs, down to the rows behind each quantity",
    "version": "19.0.1.0.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center_indicator"],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/sequence.xml",
        "data/cron.xml",
        "views/operation_views.xml",
        "views/price_views.xml",
        "views/terms_views.xml",
        "views/person_views.xml",
        "views/day_views.xml",
        "views/service_order_views.xml",
        "views/measurement_views.xml",
        "views/release_views.xml",
        "report/performance_report.xml",
        "views/menus.xml",
    ],
}
