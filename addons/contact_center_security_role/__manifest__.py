# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Login Rules by Role",
    "summary": "The roles of the contact center under the rules for logins",
    "version": "19.0.1.0.1",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center", "contact_center_security"],
    "data": ["security/groups.xml"],
    "demo": ["demo/security.xml"],
    "auto_install": True,
}
