from odoo import fields, models


class GlpiFollowup(models.Model):
    """What a technician wrote in GLPI for the citizen: a public followup or a solution."""

    _name = "glpi.followup"
    _description = "GLPI Followup"
    _order = "ticket_id, id"

    ticket_id = fields.Many2one("glpi.ticket", required=True, ondelete="cascade", index=True)
    kind = fields.Selection(
        [("followup", "Followup"), ("solution", "Solution")], required=True, readonly=True
    )
    glpi_id = fields.Integer(string="Id in GLPI", required=True, readonly=True, aggregator=None)
    content = fields.Text(readonly=True)
    at = fields.Datetime(string="Written at", readonly=True)
    told = fields.Boolean(string="Citizen was told", readonly=True)

    _once = models.Constraint(
        "UNIQUE(ticket_id, kind, glpi_id)", "This followup of GLPI is already here."
    )
