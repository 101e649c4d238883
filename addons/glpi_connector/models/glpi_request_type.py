# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class GlpiRequestType(models.Model):
    """The source of a ticket in a GLPI: WhatsApp, telephone, e-mail."""

    _name = "glpi.request.type"
    _inherit = "glpi.catalogue.mixin"
    _description = "GLPI Request Source"

    _server_glpi_unique = models.Constraint(
        "UNIQUE(server_id, glpi_id)", "This request source of this GLPI is already here."
    )
