# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL

# How a wait ends that counts for the service level
ANSWERED = ("accepted", "lent", "called_back")
_WAITS = """
SELECT w.*,
    CASE WHEN answered_count + abandoned_count > 0 THEN in_goal_count * 100.0 END AS service_level,
    CASE WHEN answered_count + abandoned_count > 0 THEN abandoned_count * 100.0 END AS abandon_rate
FROM (
    SELECT s.id, s.conversation_id, s.entered_at, %(local)s::date AS day,
        %(half_hour)s AS half_hour, c.company_id, c.channel_kind, s.queue_id, s.agent_id,
        s.left_how,
        (s.left_us - s.entered_us) / 1e6 AS waited,
        (s.left_at IS NULL)::int AS waiting_count,
        COALESCE(s.left_how IN %(answered)s, false)::int AS answered_count,
        COALESCE(s.left_how = 'abandoned', false)::int AS abandoned_count,
        COALESCE(s.left_how NOT IN %(counted)s, false)::int AS moved_count,
        COALESCE(s.left_how IN %(answered)s AND s.left_us - s.entered_us <= 1000000::int8 *
            CASE WHEN c.channel_kind = ANY(%(calls)s::varchar[]) THEN queue.call_level_seconds
                 ELSE queue.service_level_seconds END, false)::int AS in_goal_count
    FROM contact_center_stay s
    JOIN contact_center_conversation c ON c.id = s.conversation_id
    LEFT JOIN contact_center_queue queue ON queue.id = s.queue_id
) w
"""


class FigureWait(models.Model):
    """Waits for managers: service level, length and abandonment.

    A row is a stay in a queue. Shares are of the waits that a person answered or the citizen gave
    up. These are figures of the service; those by which the contract is judged are closed each
    night (`contact_center.indicator.day`).
    """

    _name = "contact_center.figure.wait"
    _inherit = ["contact_center.figure"]
    _description = "Figures of Waits"
    _auto = False
    _order = "entered_at desc, id desc"
    _rec_name = "conversation_id"

    entered_at = fields.Datetime(string="Entered", readonly=True)
    left_how = fields.Selection("_ends", string="How it left", readonly=True)
    waited = fields.Float(string="Wait (s)", readonly=True, aggregator="avg")
    waiting_count = fields.Integer(string="Waiting now", readonly=True)
    answered_count = fields.Integer(string="Answered", readonly=True)
    abandoned_count = fields.Integer(string="Abandoned", readonly=True)
    moved_count = fields.Integer(string="Moved on", readonly=True)
    in_goal_count = fields.Integer(
        string="Within the goal", readonly=True, help="Answered within the queue's goal."
    )
    service_level = fields.Float(string="Service level (%)", readonly=True, aggregator="avg")
    abandon_rate = fields.Float(string="Abandonment (%)", readonly=True, aggregator="avg")

    def _ends(self):
        """Return how stays end, in the user's language."""
        field = self.env["contact_center.stay"]._fields["left_how"]
        return field._description_selection(self.env)

    @property
    def _table_query(self):
        local = self._local(SQL("s.entered_at"))
        return SQL(
            _WAITS,
            local=local,
            half_hour=self._half_hour(local),
            answered=ANSWERED,
            counted=(*ANSWERED, "abandoned"),
            calls=sorted(self.env["contact_center.conversation"]._call_kinds()),
        )
