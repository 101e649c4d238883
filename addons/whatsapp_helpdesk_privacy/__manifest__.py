# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "WhatsApp Helpdesk Privacy",
    "summary": "A privacy notice of one WhatsApp number's own",
    "version": "19.0.1.0.1",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center_privacy", "whatsapp_helpdesk"],
    "auto_install": True,
    "data": ["views/notice_views.xml"],
}
