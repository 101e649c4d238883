# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.contact_center.core import lifecycle

from ..routing.waiting import Told, tell

NO_FORECAST = "sem previsão no momento"


class Conversation(models.Model):
    """The wait that a citizen is told: a range, never longer twice."""

    _inherit = "contact_center.conversation"

    told_wait = fields.Json(
        readonly=True, copy=False, help="What the citizen was told last, in minutes."
    )

    def _automatic_values(self, names):
        """Add the forecast of the wait, where a message has a place for it."""
        values = super()._automatic_values(names)
        if "previsao" in names:
            values["previsao"] = self._forecast_words()
        return values

    def _forecast_words(self):
        """Return how long this citizen will still wait, in Portuguese words; note it as told."""
        self.ensure_one()
        # sudo: contact_center.conversation - the citizen is told, whoever triggers it
        conversation = self.sudo()
        if conversation.state != lifecycle.QUEUED or not conversation.queue_id:
            return NO_FORECAST
        ahead = conversation._waiting_position() - 1
        forecast = conversation.queue_id._forecast(ahead)
        if not forecast:
            return NO_FORECAST
        before = conversation.told_wait
        told = tell(forecast, Told(**before) if before else None)
        conversation.told_wait = {"low": told.low, "high": told.high, "longer": told.longer}
        conversation._note_wait_told(low=told.low * 60, high=told.high * 60)
        # sudo: contact_center.forecast - the system's own row
        self.env["contact_center.forecast"].sudo().create(
            {
                "conversation_id": conversation.id,
                "queue_id": conversation.queue_id.id,
                "ahead": ahead,
                "expected_seconds": forecast.seconds,
                "low": told.low,
                "high": told.high,
                "basis": list(forecast.basis),
            }
        )
        return _range_words(told.low, told.high)


def _range_words(low, high):
    """Return a range of minutes in Portuguese words.

    >>> _range_words(0, 0), _range_words(3, 3), _range_words(3, 8)
    ('menos de 1 minuto', 'cerca de 3 minutos', 'entre 3 e 8 minutos')
    """
    if high < 1:
        return "menos de 1 minuto"
    if low >= high:
        return f"cerca de {high} minuto{'s' if high > 1 else ''}"
    if low < 1:
        return f"até {high} minuto{'s' if high > 1 else ''}"
    return f"entre {low} e {high} minutos"
