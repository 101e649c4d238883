# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class GlpiProfile(models.Model):
    """A profile that the API user of a GLPI may work in."""

    _name = "glpi.profile"
    _inherit = ["contact_center.machine.row", "glpi.catalogue.mixin"]
    _description = "GLPI Profile"

    _server_glpi_unique = models.Constraint(
        "UNIQUE(server_id, glpi_id)", "This profile of this GLPI is already here."
    )
