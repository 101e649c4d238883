# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class ChatbotFlowStep(models.Model):
    """Steps that open a GLPI ticket or report the status of the citizen's tickets."""

    _inherit = "chatbot.flow.step"

    action_name = fields.Selection(
        selection_add=[
            ("glpi_open_ticket", "Open a GLPI ticket"),
            ("glpi_open_tickets", "List the citizen's open tickets"),
            ("glpi_ticket_status", "Look up a ticket by its number"),
        ]
    )

    lookup_source = fields.Selection(
        selection_add=[
            ("glpi_open_tickets", "Open tickets of the citizen in GLPI"),
            ("glpi_ticket_status", "Status of a ticket in GLPI by its number or protocol"),
        ],
        ondelete={"glpi_open_tickets": "set null", "glpi_ticket_status": "set null"},
    )

    @api.model
    def _action_values(self):
        return {
            **super()._action_values(),
            "glpi_open_ticket": {"glpi_ticket_id": 1},
            "glpi_open_tickets": {
                "chamados": "*Chamado nº 4711* (protocolo 2026000123)\nImpressora não liga\n"
                "Situação: Em atendimento. Aberto em 20/11/2026.",
                "chamados_abertos": "1",
            },
            "glpi_ticket_status": {
                "chamado_numero": "4711",
                "chamado_titulo": "Impressora não liga",
                "chamado_situacao": "Em atendimento",
                "chamado_aberto_em": "20/11/2026",
                "chamado_resposta": "O técnico já está a caminho.",
                "chamado_texto": "*Chamado nº 4711*: Em atendimento",
            },
        }
