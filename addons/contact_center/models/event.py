from odoo import api, fields, models
from odoo.exceptions import UserError


class Event(models.Model):
    """What happened to a conversation: the ledger from which every indicator is computed.

    Append-only: nobody changes or deletes an event, not even the superuser.
    """

    _name = "contact_center.event"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Contact Center Event"
    _access_content = frozenset({"data", "details"})
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
            ("automatic_skipped", "Automatic message not sent"),
            ("opted_out", "Wants no automatic messages"),
            ("opted_in", "Wants automatic messages again"),
            ("first_reply", "First reply"),
            ("survey_asked", "Survey asked"),
            ("rated", "Rated"),
            ("closed", "Closed"),
            ("ticket_requested", "Ticket requested"),
            ("ticket_opened", "Ticket opened"),
            ("ticket_failed", "Ticket failed"),
            ("message_failed", "Message failed"),
            ("limit_reached", "Limit reached"),
            ("citizen_edited", "Citizen's data changed"),
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

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse every change."""
        raise UserError(self.env._("Events are never changed: they are the record of the service."))

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse every deletion."""
        words = self.env._("Events are never deleted: they are the record of the service.")
        raise UserError(words)  # pylint: disable=no-raise-unlink

    @api.depends("kind", "conversation_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for event in self:
            event.display_name = f"{event.conversation_id.protocol}: {labels.get(event.kind)}"

    @api.depends("data")
    @api.depends_context("lang")
    def _compute_details(self):
        """Show `data` in the reader's words, without the technical notation."""
        labels, values = self._detail_labels(), self._detail_values()
        for event in self:
            event.details = "; ".join(
                f"{labels.get(key, key)}: {values.get(key, {}).get(value, value)}"
                for key, value in (event.data or {}).items()
                if value not in (None, "", False)
            )

    def _detail_labels(self):
        """Hook: labels of the keys of `data`, in the user's language."""
        _ = self.env._
        return {
            "channel_kind": _("Channel"),
            "code": _("Code"),
            "error": _("Error"),
            "fields": _("Fields"),
            "flow": _("Flow"),
            "from_agent": _("From agent"),
            "from_queue": _("From queue"),
            "hours": _("Service hours"),
            "limit": _("Limit"),
            "message": _("Message"),
            "note": _("Note"),
            "number": _("Number"),
            "outcome": _("Outcome"),
            "previous_agent": _("Previous agent"),
            "rating": _("Rating"),
            "reason": _("Reason"),
            "step": _("Step"),
            "ticket": _("Ticket"),
            "title": _("Title"),
            "to_agent": _("To agent"),
            "version": _("Version"),
        }

    def _detail_values(self):
        """Hook: labels of the values of `data` by key: {key: {value: label}}."""
        _ = self.env._
        conversation = self.env["contact_center.conversation"]._fields
        message = self.env["contact_center.automatic.message"]._fields

        def selection(field):
            return dict(field._description_selection(self.env))

        return {
            "channel_kind": selection(conversation["channel_kind"]),
            "outcome": selection(conversation["outcome"]),
            "rating": selection(conversation["satisfaction"]),
            "message": selection(message["kind"]),
            "reason": {
                "no_bot": _("There is no bot"),
                "privacy_refused": _("Privacy notice refused"),
                "privacy_unanswered": _("Privacy notice not answered"),
                "opted_out": _("The citizen wants no automatic messages"),
                "window": _("More than 24 hours since the citizen wrote"),
                "served": _("A person is serving"),
                "closed_hours": _("Outside service hours"),
            },
            "limit": {
                "messages": _("Messages in a minute"),
                "files": _("Files in an hour"),
                "tickets": _("Tickets in an hour"),
            },
            "hours": {
                "open": _("Within service hours"),
                "out_of_hours": _("Outside service hours"),
                "holiday": _("Holiday"),
                "day_closed": _("No service on this day"),
            },
        }
