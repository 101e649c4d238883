# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class GlpiEntity(models.Model):
    """An entity of a GLPI: a part of the organisation that tickets belong to."""

    _name = "glpi.entity"
    _inherit = "glpi.catalogue.mixin"
    _description = "GLPI Entity"

    _server_glpi_unique = models.Constraint(
        "UNIQUE(server_id, glpi_id)", "This entity of this GLPI is already here."
    )
