# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import SQL


class ChatbotFlowReport(models.Model):
    """Flow sessions for managers: how they ended, how long they took, what is billed.

    Electronic contacts count for billing. Nothing identifies the citizen.
    """

    _name = "chatbot.flow.report"
    _inherit = ["contact_center.machine.row"]
    _description = "Flow Statistics"
    _auto = False
    _order = "started_at desc, id desc"
    _rec_name = "flow_id"

    started_at = fields.Datetime(string="Began", readonly=True)
    flow_id = fields.Many2one("chatbot.flow", readonly=True)
    version_id = fields.Many2one("chatbot.flow.version", readonly=True)
    channel_kind = fields.Selection("_channel_kinds", string="Channel", readonly=True)
    queue_id = fields.Many2one("contact_center.queue", readonly=True)
    subject = fields.Char(readonly=True)
    step_title = fields.Char(string="Last step", readonly=True)
    result = fields.Selection(
        [
            ("completed", "Completed"),
            ("handed_over", "Handed over"),
            ("abandoned", "Abandoned"),
            ("running", "Under way"),
        ],
        readonly=True,
    )
    completed_count = fields.Integer(string="Completed", readonly=True)
    handed_over_count = fields.Integer(string="Handed over", readonly=True)
    abandoned_count = fields.Integer(string="Abandoned", readonly=True)
    billable_count = fields.Integer(
        string="Electronic contacts",
        readonly=True,
        help="Contacts that count for billing: over, without a person, and longer than the share "
        "of the service's average time that was set when they began.",
    )
    seconds = fields.Integer(
        string="Time (seconds)",
        readonly=True,
        aggregator="avg",
        help="From the first message to the citizen's last answer to the bot.",
    )
    turn_count = fields.Integer(string="Answers", readonly=True)
    wrong_count = fields.Integer(string="Not understood", readonly=True)

    def _channel_kinds(self):
        """Return the channels of conversations, in the user's language."""
        field = self.env["contact_center.conversation"]._fields["channel_kind"]
        return field._description_selection(self.env)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT *,
                (result = 'completed')::int AS completed_count,
                (result = 'handed_over')::int AS handed_over_count,
                (result = 'abandoned')::int AS abandoned_count,
                (result IN ('completed', 'abandoned') AND billing_seconds > 0
                    AND seconds > billing_seconds)::int AS billable_count
            FROM (
                SELECT s.id, s.create_date AS started_at, s.flow_id, s.version_id,
                    c.channel_kind, c.queue_id, s.subject, s.step_title,
                    s.turn_count, s.wrong_count, s.billing_seconds,
                    GREATEST(EXTRACT(EPOCH FROM s.last_turn_at - s.create_date)::int, 0) AS seconds,
                    CASE
                        WHEN s.person_called OR s.status = 'handed_over' THEN 'handed_over'
                        WHEN s.status = 'ended' AND c.outcome = 'abandoned' THEN 'abandoned'
                        WHEN s.status = 'ended' THEN 'completed'
                        WHEN c.state = 'closed' THEN 'abandoned'
                        ELSE 'running'
                    END AS result
                FROM chatbot_flow_session s
                JOIN contact_center_conversation c ON c.id = s.conversation_id
            ) AS sessions
            """
        )
