# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class GlpiCategory(models.Model):
    """A ticket category (ITILCategory) of a GLPI."""

    _name = "glpi.category"
    _inherit = "glpi.catalogue.mixin"
    _description = "GLPI Ticket Category"

    _server_glpi_unique = models.Constraint(
        "UNIQUE(server_id, glpi_id)", "This category of this GLPI is already here."
    )
