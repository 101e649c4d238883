# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

NOTICE = "alert_notice"
ENOUGH = "alert_enough"
MENDED = "alert_mended"
BULK = "alert_bulk"
# Written by the centre without being asked
UNASKED = frozenset({MENDED, BULK})
TOLD = frozenset({NOTICE, MENDED, BULK})


class AutomaticMessage(models.Model):
    """What citizens hear of outbreaks and in emergencies."""

    _inherit = "contact_center.automatic.message"

    kind = fields.Selection(
        selection_add=[
            (NOTICE, "Notice about what is going on"),
            (ENOUGH, "The notice was enough"),
            (MENDED, "What the citizen asked about is mended"),
            (BULK, "Notice to many citizens"),
        ],
        ondelete={NOTICE: "cascade", ENOUGH: "cascade", MENDED: "cascade", BULK: "cascade"},
    )

    @api.model
    def _known_placeholders(self, kind):
        return super()._known_placeholders(kind) + (("aviso",) if kind in TOLD else ())

    @api.model
    def _placeholder_samples(self):
        text = "Sabemos da falta de luz no Barreiro. Previsão de conserto: 18h."
        return {**super()._placeholder_samples(), "aviso": text}
