# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.chatbot_flow.engine import records

# Source of a choice -> the model of its records, the value of the flow that holds the chosen one.
CATALOGUES = {
    "glpi_category": ("glpi.category", "glpi_category_id"),
    "glpi_location": ("glpi.location", "glpi_location_id"),
}


class ChatbotFlowStep(models.Model):
    """Choices from GLPI's catalogues."""

    _inherit = "chatbot.flow.step"

    @api.model
    def _choice_sources(self):
        labels = {
            "glpi_category": self.env._("Categories of GLPI"),
            "glpi_location": self.env._("Locations of GLPI"),
        }
        return super()._choice_sources() | {
            source: {"label": labels[source], "results": [value]}
            for source, (_model, value) in CATALOGUES.items()
        }


class ChatbotFlowSession(models.Model):
    """Pages of GLPI's catalogue for the citizen."""

    _inherit = "chatbot.flow.session"

    def _choice_page(self, source, params, offset, limit, search="", record=""):
        if source not in CATALOGUES:
            return super()._choice_page(source, params, offset, limit, search, record)
        model, value = CATALOGUES[source]
        server = self._glpi_server()
        # sudo: glpi.category, glpi.location - the flow acts for the city
        found = (
            self.env[model]
            .sudo()
            .search_read([("server_id", "=", server.id)], ["name", "complete_name"])
        )
        rows = [
            {
                "id": str(row["id"]),
                "title": row["name"],
                "description": _above(row["complete_name"]),
                "values": {value: row["id"]},
            }
            for row in found
        ]
        return records.page(rows, offset, limit, search, record)


def _above(complete_name):
    """Return the path above a tree's record.

    "Prefeitura > Saúde > Sala 2" gives "Prefeitura > Saúde".
    """
    return complete_name.rpartition(" > ")[0]
