# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Queue(models.Model):
    """The GLPI in which tickets of this queue's conversations are opened."""

    _inherit = "contact_center.queue"
    _check_company_auto = True

    glpi_server_id = fields.Many2one(
        "glpi.server",
        string="GLPI",
        ondelete="set null",
        check_company=True,
        help="Where tickets of this queue are opened. Empty: the flow's, or else the first server.",
    )
