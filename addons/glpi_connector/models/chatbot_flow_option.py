# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class ChatbotFlowOption(models.Model):
    """Options that choose a GLPI category or location."""

    _inherit = "chatbot.flow.option"

    glpi_category_id = fields.Many2one(
        "glpi.category",
        string="GLPI category",
        ondelete="set null",
        help="Tickets opened later in the flow get this category.",
    )
    glpi_location_id = fields.Many2one(
        "glpi.location",
        string="GLPI location",
        ondelete="set null",
        help="Tickets opened later in the flow get this location.",
    )

    def _definition(self):
        data = super()._definition()
        chosen = {
            "glpi_category_id": self.glpi_category_id.id,
            "glpi_location_id": self.glpi_location_id.id,
        }
        return {**data, "set": {**data["set"], **{k: v for k, v in chosen.items() if v}}}

    @api.model
    def _load_values(self, data):
        chosen = dict(data.get("set") or {})
        vals = {}
        for name in ("glpi_category_id", "glpi_location_id"):
            value = chosen.pop(name, None)
            catalogue = self.env[self._fields[name].comodel_name]
            vals[name] = catalogue.browse(value).exists().id if value else False
        return {**super()._load_values({**data, "set": chosen}), **vals}
