# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Text Messages",
    "summary": "SMS over the city's own gateway: outbox, receipts, replies, billed parts",
    "version": "19.0.1.0.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center", "chatbot_flow", "sms", "queue_job"],
    "external_dependencies": {"python": ["jmespath", "requests"]},
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/queue_job.xml",
        "data/cron.xml",
        "wizards/sms_send_views.xml",
        "views/sms_message_views.xml",
        "views/sms_event_views.xml",
        "views/sms_month_views.xml",
        "views/sms_gateway_views.xml",
        "views/res_partner_views.xml",
        "views/menus.xml",
        "views/settings_views.xml",
    ],
}
