# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Distribution",
    "summary": "Offers the right contact to the right agent, in order, and says why",
    "version": "19.0.1.0.2",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center", "queue_job"],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/queue_job.xml",
        "data/cron.xml",
        "data/automatic_message.xml",
        "views/agent_skill_views.xml",
        "views/agent_capacity_views.xml",
        "views/channel_weight_views.xml",
        "views/callback_views.xml",
        "views/forecast_views.xml",
        "views/loan_views.xml",
        "views/offer_views.xml",
        "views/queue_views.xml",
        "views/menus.xml",
        "views/settings_views.xml",
    ],
    "assets": {"web.assets_backend": ["contact_center_distribution/static/src/**/*"]},
}
