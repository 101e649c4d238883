from odoo import fields, models
from odoo.exceptions import UserError


class Event(models.Model):
    """What happened to a conversation: the ledger from which every indicator is computed.

    Append-only: nobody changes or deletes an event, not even the superuser.
    """

    _name = "contact_center.event"
    _description = "Contact Center Event"
    _order = "id"
    _rec_name = "kind"

    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("opened", "Opened"),
            ("flow_started", "Flow started"),
            ("flow_step", "Flow step"),
            ("flow_ended", "Flow ended"),
            ("collected", "Data collected"),
            ("queued", "Queued"),
            ("accepted", "Accepted"),
            ("transferred", "Transferred"),
            ("taken_over", "Taken over"),
            ("released", "Released"),
            ("returned_to_bot", "Returned to the bot"),
            ("automatic_message", "Automatic message"),
            ("first_reply", "First reply"),
            ("survey_asked", "Survey asked"),
            ("rated", "Rated"),
            ("closed", "Closed"),
            ("ticket_requested", "Ticket requested"),
            ("ticket_opened", "Ticket opened"),
            ("ticket_failed", "Ticket failed"),
            ("message_failed", "Message failed"),
            ("note", "Note"),
        ],
        required=True,
        readonly=True,
    )
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now, index=True)
    queue_id = fields.Many2one("contact_center.queue", readonly=True, ondelete="restrict")
    agent_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    user_id = fields.Many2one(
        "res.users",
        string="Done by",
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    data = fields.Json(readonly=True)
    details = fields.Char(compute="_compute_details")

    def write(self, vals):
        """Refuse every change."""
        raise UserError(self.env._("Events are never changed: they are the record of the service."))

    def unlink(self):
        """Refuse every deletion."""
        raise UserError(self.env._("Events are never deleted: they are the record of the service."))

    def _compute_details(self):
        """Show `data` as words, without the technical notation."""
        for event in self:
            data = event.data or {}
            event.details = ", ".join(
                f"{key}: {value}" for key, value in data.items() if value not in (None, "", False)
            )
