# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Security of Logins",
    "summary": "Password policy, second factor, idle screens, wrong passwords: for any Odoo",
    "version": "19.0.1.0.1",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": [
        "auth_password_policy",
        "auth_signup",
        "auth_timeout",
        "http_routing",
        "rpc",
    ],
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "views/second_factor_templates.xml",
    ],
}
