from odoo import fields, models


class Queue(models.Model):
    """The GLPI in which tickets of this queue's conversations are opened."""

    _inherit = "contact_center.queue"

    glpi_server_id = fields.Many2one(
        "glpi.server",
        string="GLPI",
        ondelete="set null",
        help="Where tickets of this queue are opened. Empty: the flow's, or else the first server.",
    )
