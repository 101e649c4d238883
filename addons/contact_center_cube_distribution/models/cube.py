# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center_cube import cube
from odoo.addons.contact_center_cube.cube import sources

OFFER = "contact_center.offer"

_number, _join = sources.agent("o.user_id")
OFFERS = cube.Cube(
    "ofertas",
    "Ofertas de atendimentos",
    "Uma linha soma os atendimentos oferecidos ou entregues a um atendente nesse dia.",
    (
        cube.DAY,
        sources.HALF_HOUR,
        sources.QUEUE,
        sources.CHANNEL,
        sources.AGENT,
        cube.code(
            "resultado", OFFER, "result", "O que foi feito da oferta (vazio: sem resposta ainda)"
        ),
        cube.code("motivo", OFFER, "refusal", "Por que foi recusada"),
        cube.measure("ofertas", "Quantas ofertas"),
        cube.measure(
            "segundos_ate_resposta", "Soma do tempo até a resposta, em segundos", "number"
        ),
    ),
    f"""
    SELECT {sources.half_hour("o.at")}, o.queue_id, c.channel_kind, {_number}, o.result, o.refusal,
        count(*), COALESCE(sum(extract(epoch FROM o.answered_at - o.at)), 0)::numeric(18,6)
    FROM contact_center_offer o
    JOIN contact_center_conversation c ON c.id = o.conversation_id
    {_join}
    WHERE o.at >= %(start)s AND o.at < %(end)s
    GROUP BY 1, 2, 3, 4, 5, 6
    """,  # nosec B608
)
_CHANGED = f"""
    SELECT DISTINCT {sources.local("at")}::date FROM contact_center_offer
    WHERE write_date >= %(since)s
"""  # nosec B608


class Cube(models.Model):
    """Adds the cube of offers."""

    _inherit = "contact_center.cube"

    @api.model
    def _sources(self):
        return [*super()._sources(), cube.Source((OFFERS,), (_CHANGED,))]
