# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Tests across addons",
    "summary": "Tests of what several addons do together; nothing else",
    "version": "19.0.1.0.1",
    "category": "Hidden",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": [
        "contact_center_security",
        "contact_center",
        "contact_center_security_role",
        "contact_center_archive",
        "contact_center_contact",
        "contact_center_operation",
        "contact_center_privacy",
        "contact_center_supervision",
        "contact_center_distribution",
        "contact_center_workforce",
        "contact_center_indicator",
        "contact_center_indicator_operation",
        "contact_center_measurement",
        "contact_center_dashboard",
        "chatbot_flow",
        "contact_center_measurement_flow",
        "contact_center_city156",
        "whatsapp_helpdesk",
        "whatsapp_helpdesk_privacy",
        "glpi_connector",
    ],
}
