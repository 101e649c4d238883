# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: A City's 156",
    "summary": "Subjects, menu, queues, hours and goals of a city's 156 in one click",
    "version": "19.0.1.1.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center_contact", "contact_center_distribution", "chatbot_flow"],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "security/dialog_rules.xml",
        "data/ir_config_parameter.xml",
        "wizards/city156_setup_views.xml",
        "views/settings_views.xml",
    ],
}
