# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "WhatsApp Helpdesk: Alerts",
    "summary": "Which WhatsApp number a line of a civil-defence plan is for",
    "version": "19.0.1.0.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center_alert", "whatsapp_helpdesk"],
    "auto_install": True,
    "data": ["views/civil_plan_views.xml"],
}
