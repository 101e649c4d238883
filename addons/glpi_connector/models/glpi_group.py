# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class GlpiGroup(models.Model):
    """A group of a GLPI, to which tickets may be assigned."""

    _name = "glpi.group"
    _inherit = "glpi.catalogue.mixin"
    _description = "GLPI Group"

    _server_glpi_unique = models.Constraint(
        "UNIQUE(server_id, glpi_id)", "This group of this GLPI is already here."
    )
