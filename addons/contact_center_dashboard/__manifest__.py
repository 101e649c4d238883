# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Dashboards",
    "summary": "Six dashboards for managers, from the queues of today to the contract",
    "version": "19.0.1.0.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": [
        "contact_center_contact",
        "contact_center_supervision",
        "contact_center_measurement",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "views/contact_views.xml",
        "views/wait_views.xml",
        "views/menus.xml",
    ],
}
