# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Operation",
    "summary": "Health, metrics, maintenance windows, outages, contingency plan, support requests",
    "version": "19.0.1.0.1",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center"],
    "external_dependencies": {"python": ["prometheus-client"]},
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "security/dialog_rules.xml",
        "data/automatic_message.xml",
        "data/support_request.xml",
        "data/outage.xml",
        "data/cron.xml",
        "wizards/outage_entry_views.xml",
        "views/maintenance_window_views.xml",
        "views/city_contact_views.xml",
        "views/outage_views.xml",
        "views/contingency_views.xml",
        "views/health_views.xml",
        "views/support_request_views.xml",
        "views/settings_views.xml",
    ],
    "assets": {"web.assets_backend": ["contact_center_operation/static/src/**/*"]},
}
