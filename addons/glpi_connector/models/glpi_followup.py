from odoo import fields, models


class GlpiFollowup(models.Model):
    """What a technician brought to a ticket in GLPI: a followup, a solution or a file.

    Private ones are kept for the agents here and are never said to the citizen.
    """

    _name = "glpi.followup"
    _description = "GLPI Followup"
    _order = "ticket_id, id"

    ticket_id = fields.Many2one("glpi.ticket", required=True, ondelete="cascade", index=True)
    kind = fields.Selection(
        [("followup", "Followup"), ("solution", "Solution"), ("document", "File")],
        required=True,
        readonly=True,
    )
    glpi_id = fields.Integer(string="Id in GLPI", required=True, readonly=True, aggregator=None)
    content = fields.Text(readonly=True, help="Plain text, or the name of a file.")
    author = fields.Char(readonly=True)
    private = fields.Boolean(readonly=True, help="Written for technicians only.")
    holder_glpi_id = fields.Integer(
        readonly=True, aggregator=None, help="Followup in GLPI on which a file hangs."
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files", readonly=True)
    at = fields.Datetime(string="Written at", readonly=True)
    told = fields.Boolean(string="Citizen was told", readonly=True)

    _once = models.Constraint(
        "UNIQUE(ticket_id, kind, glpi_id)", "This followup of GLPI is already here."
    )
