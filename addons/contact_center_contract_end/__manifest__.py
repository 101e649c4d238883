# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

{
    "name": "Contact Center: End of the Contract",
    "summary": "All data, twelve months by channel, accesses to remove, and a receipt",
    "version": "19.0.1.0.0",
    "category": "Services/Contact Center",
    "author": "Contact Center Contributors",
    "website": "https://github.com/contact-center/contact-center",
    "license": "AGPL-3",
    "depends": ["contact_center_archive", "contact_center_cube"],
    "data": [
        "security/ir.model.access.csv",
        "data/queue_job.xml",
        "report/receipt_report.xml",
        "views/contract_end_views.xml",
        "views/menus.xml",
    ],
}
