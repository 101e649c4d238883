# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

from ..routing.waiting import Correction

# A forecast is right if it misses by no more than this, or by a quarter of the real wait.
TOLERANCE_SECONDS = 30
TOLERANCE_SHARE = 0.25


class Forecast(models.Model):
    """A wait that was foretold, and how long it was: next forecasts learn from it."""

    _name = "contact_center.forecast"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Forecast of a Wait"
    _access_content = frozenset({"conversation_id"})
    _order = "id desc"
    _rec_name = "at"

    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, index=True, ondelete="restrict"
    )
    queue_id = fields.Many2one(
        "contact_center.queue", required=True, readonly=True, index=True, ondelete="cascade"
    )
    at = fields.Datetime(
        string="Told", required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    ahead = fields.Integer(string="Waiting before", readonly=True, aggregator="avg")
    expected_seconds = fields.Integer(string="Expected", readonly=True, aggregator="avg")
    low = fields.Integer(string="Told, from (minutes)", readonly=True, aggregator=None)
    high = fields.Integer(string="Told, up to (minutes)", readonly=True, aggregator=None)
    basis = fields.Json(readonly=True, help="Uncorrected quantiles, in seconds.")
    waited_seconds = fields.Integer(
        string="Waited (seconds)",
        readonly=True,
        aggregator="avg",
        help="From the forecast until an agent answered.",
    )
    error_seconds = fields.Integer(
        string="Expected too much (seconds)",
        readonly=True,
        aggregator="avg",
        help="Negative: people waited longer than expected.",
    )
    right_percent = fields.Integer(
        string="Right (%)",
        readonly=True,
        aggregator="avg",
        help="Of those answered: how many forecasts missed by half a minute or a quarter at most.",
    )
    state = fields.Selection(
        [("open", "Waiting"), ("answered", "Answered"), ("left", "Left without an answer")],
        required=True,
        readonly=True,
        default="open",
    )

    _open_idx = models.Index("(id) WHERE state = 'open'")

    def _access_subjects(self):
        """Return the conversations whose wait was foretold."""
        return self.conversation_id

    @api.model
    def _cron_learn(self):
        """Scheduled: compare open forecasts with what happened; let their queues learn."""
        # sudo: contact_center.forecast - scheduled action
        waiting = self.sudo().search([("state", "=", "open")], order="id", limit=1000)
        for forecast in waiting:
            stays = forecast.conversation_id.stay_ids.filtered(
                lambda stay, at=forecast.at: not stay.left_at or stay.left_at >= at
            )
            stay = stays.sorted("id")[:1]
            if stay and not stay.left_at:
                continue
            forecast._settle(stay)

    def _settle(self, stay):
        """Note how the wait ended, and learn from it if an agent answered.

        :param stay: contact_center.stay in which the citizen was told; empty if it is over unseen
        """
        self.ensure_one()
        if stay.left_how != "accepted":
            self.state = "left"
            return
        waited = max((stay.left_at - self.at).total_seconds(), 0)
        error = self.expected_seconds - waited
        is_right = abs(error) <= max(TOLERANCE_SECONDS, TOLERANCE_SHARE * waited)
        self.write(
            {
                "state": "answered",
                "waited_seconds": waited,
                "error_seconds": error,
                "right_percent": 100 if is_right else 0,
            }
        )
        queue = self.queue_id
        correction = Correction.from_json(queue.forecast_correction)
        learned = correction.learn(self.ahead, tuple(self.basis), waited)
        queue.forecast_correction = learned.to_json()

    @api.autovacuum
    def _gc_forecasts(self):
        """Delete forecasts of more than a year ago: what was told stands in the events."""
        before = fields.Datetime.now() - timedelta(days=366)
        # sudo: contact_center.forecast - the system's own rows
        self.sudo().search([("at", "<", before)], limit=10000).unlink()
