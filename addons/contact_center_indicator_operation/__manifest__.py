# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: Outages in the Contract",
    "summary": "Outages become occurrences of the contract, with their repair clocks",
    "version": "19.0.1.0.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center_indicator", "contact_center_operation"],
    "auto_install": True,
    "data": ["views/occurrence_views.xml"],
}
