# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .queue_callback import TEXTS

KINDS = ("queued", "still_waiting", "transferred", "agent_left", "callback_offer_waiting")
# When the queue serves again.
OPENING = ("queue_full", "callback_offer_waiting", "callback_agreed")


class AutomaticMessage(models.Model):
    """Messages to waiting citizens may tell how long it will take."""

    _inherit = "contact_center.automatic.message"

    kind = fields.Selection(
        selection_add=[
            ("queue_full", "No room in the queue"),
            ("callback_offer", "Call-back offered: no room"),
            ("callback_offer_waiting", "Call-back offered while waiting"),
            ("callback_agreed", "Call-back agreed"),
            ("callback_now", "Called back: it is their turn"),
            ("callback_missed", "Called back without an answer"),
            ("callback_cancelled", "Call-back cancelled"),
        ],
        ondelete=dict.fromkeys(TEXTS, "cascade"),
    )

    @api.model
    def _known_placeholders(self, kind):
        """Add the forecast and the place where citizens wait, the opening where they may leave."""
        names = super()._known_placeholders(kind)
        if kind in KINDS:
            names += ("previsao",)
        return names + (("proxima_abertura",) if kind in OPENING else ())

    @api.model
    def _placeholder_samples(self):
        """Add a sample of the forecast."""
        return {**super()._placeholder_samples(), "previsao": "entre 3 e 8 minutos"}
