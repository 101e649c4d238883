# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Penalties of a Simulated Day",
    "summary": "What the contract makes of a simulated day: bands, penalties, their ceiling",
    "version": "19.0.1.0.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center_workforce", "contact_center_indicator"],
    "auto_install": True,
}
