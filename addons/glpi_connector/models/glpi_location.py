# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class GlpiLocation(models.Model):
    """A place (Location) of a GLPI."""

    _name = "glpi.location"
    _inherit = "glpi.catalogue.mixin"
    _description = "GLPI Location"

    _server_glpi_unique = models.Constraint(
        "UNIQUE(server_id, glpi_id)", "This location of this GLPI is already here."
    )
