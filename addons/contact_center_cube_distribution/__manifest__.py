# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Cube of Offers",
    "summary": "What was offered to whom, and what came of it, as a cube",
    "version": "19.0.1.0.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center_cube", "contact_center_distribution"],
    "auto_install": True,
    "data": ["data/schema.xml"],
}
