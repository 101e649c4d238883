# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.microseconds import from_us, now_us, to_us
from .microseconds_field import Microseconds

# Details that need no label.
SELF_EXPLAINING = frozenset({"reason", "note", "hours"})
# Details that are names of agents.
AGENTS_NAMES = frozenset({"agent", "from_agent", "to_agent", "previous_agent"})
# Technical words in `data` that people do not use.
CODE = re.compile(r"[a-z][a-z0-9]*(?:[_.][a-z0-9]+)+")


def keep(_events):
    """Leave events as they are when their kind's addon goes (`ondelete` of `kind`).

    The ledger never changes: such a kind is shown by its code until the addon comes back.
    """


class Event(models.Model):
    """An event of a conversation: the ledger from which every indicator is computed.

    Append-only: nobody changes or deletes an event, not even the superuser. An addon that logs a
    kind of its own adds it to `kind` (`selection_add`, with `keep` as its `ondelete`).

    `at_us` measures, `at` is the same moment in whole seconds for screens and searches; `id` is the
    sequence, since events of one conversation are written one after the other.
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
            ("queued", "Queued"),
            ("accepted", "Accepted"),
            ("transferred", "Transferred"),
            ("taken_over", "Taken over"),
            ("released", "Released"),
            ("first_reply", "First reply of the agent"),
            ("hold", "On hold"),
            ("hold_ended", "Taken back from hold"),
            ("wait_told", "Wait told to the citizen"),
            ("returned_to_bot", "Returned to the bot"),
            ("automatic_message", "Automatic message"),
            ("automatic_skipped", "Automatic message not sent"),
            ("opted_out", "Wants no automatic messages"),
            ("opted_in", "Wants automatic messages again"),
            ("survey_asked", "Survey asked"),
            ("rated", "Rated"),
            ("closed", "Closed"),
            ("message_failed", "Message failed"),
            ("limit_reached", "Limit reached"),
            ("citizen_edited", "Citizen's data changed"),
            ("small_talk", "Small talk worth knowing of"),
            ("note", "Note"),
        ],
        required=True,
        readonly=True,
    )
    at = fields.Datetime(required=True, readonly=True, index=True)
    at_us = Microseconds(required=True, readonly=True, string="At (microseconds)")
    queue_id = fields.Many2one("contact_center.queue", readonly=True, ondelete="restrict")
    agent_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    user_id = fields.Many2one(
        "res.users",
        string="Done by",
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    author = fields.Char(string="Who did it", compute="_compute_author")
    data = fields.Json(readonly=True)
    details = fields.Char(compute="_compute_details")

    @api.model_create_multi
    def create(self, vals_list):
        """Date the events."""
        return super().create(self._dated(vals_list))

    @api.model
    def _insert(self, vals_list):
        """Date the events."""
        return super()._insert(self._dated(vals_list))

    @api.model
    def _dated(self, vals_list):
        """Return the values with the time of one reading of the clock.

        Values that say when it happened (`at`) keep it.
        """
        now = now_us()
        dated = []
        for vals in vals_list:
            at = fields.Datetime.to_datetime(vals.get("at"))
            moment = {"at_us": to_us(at) if at else now, "at": at or from_us(now)}
            dated.append({**vals, **moment})
        return dated

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

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_author(self):
        """Compute the author's name; for the system's own actions, the assistant's public name."""
        # sudo: res.users, res.partner - the names of colleagues and of the assistant are no secret
        system = self.env.ref("base.user_root").sudo()
        assistant = self.env["contact_center.conversation"]._bot_partner().sudo()
        labels = self.sudo().user_id._contact_center_labels()
        for event in self:
            user = event.sudo().user_id
            event.author = assistant.name if user == system else labels.get(user)

    @api.depends("kind", "data")
    @api.depends_context("lang", "uid")
    def _compute_details(self):
        """Compute `data` in the reader's language, without technical notation."""
        labels, values = self._detail_labels(), self._detail_values()
        hidden = self._detail_hidden()
        if self.env.user._contact_center_sees_numbers():
            # The names of agents at that time; the event's own columns show their numbers.
            hidden |= AGENTS_NAMES
        for event in self:
            found = [
                event._detail_words(key, value, labels.get(key, ""), values.get(key, {}))
                for key, value in (event.data or {}).items()
                if key not in hidden
            ]
            event.details = "; ".join(words for words in found if words)

    def _detail_words(self, key, value, label, values):
        """Return one detail in words, "" if it means nothing to people (hook).

        :param key: its name in `data`
        :param value: any JSON value
        :param label: its label, "" if unknown
        :param values: {value: words} for values that are codes
        """
        self.ensure_one()
        if value is True:
            return label
        if value in (None, "", False) or isinstance(value, dict | list):
            return ""
        words = values.get(value) or self._detail_value_words(value)
        return f"{label}: {words}" if label and key not in SELF_EXPLAINING else words

    def _detail_value_words(self, value):
        """Return an unlisted value: a code without its notation, everything else unchanged."""
        text = str(value)
        if CODE.fullmatch(text):
            text = text.replace("_", " ").replace(".", " ")
            text = text[:1].upper() + text[1:]
        return text

    def _detail_hidden(self):
        """Return the keys of `data` that are for programs only (hook).

        Ids, and errors shown elsewhere.
        """
        return frozenset({"message_id", "code"})

    def _detail_labels(self):
        """Return the labels of the keys of `data`, in the user's language (hook)."""
        _ = self.env._
        return {
            "channel_kind": _("Channel"),
            "begun_by_agent": _("Begun by the agent"),
            "fields": _("Fields"),
            "from_agent": _("From agent"),
            "from_queue": _("From queue"),
            "hours": _("Service hours"),
            "limit": _("Limit"),
            "message": _("Message"),
            "note": _("Note"),
            "number": _("Number"),
            "outcome": _("Outcome"),
            "place": _("Place"),
            "previous_agent": _("Previous agent"),
            "rating": _("Rating"),
            "reason": _("Reason"),
            "title": _("Title"),
            "to_agent": _("To agent"),
            "wait_high": _("Wait up to (seconds)"),
            "wait_low": _("Wait from (seconds)"),
        }

    def _detail_values(self):
        """Return the labels of the values of `data`: {key: {value: label}} (hook)."""
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
                **self.env["contact_center.conversation"]._transfer_reasons(),
                "no_bot": _("There is no virtual assistant"),
                "asked": _("The citizen asked for a person"),
                "opted_out": _("The citizen wants no automatic messages"),
                "window": _("More than 24 hours since the citizen wrote"),
                "served": _("A person is serving"),
                "closed_hours": _("Outside service hours"),
            },
            "limit": {
                "messages": _("Messages in a minute"),
                "hourly_messages": _("Messages in an hour"),
                "files": _("Files in an hour"),
                "tickets": _("Tickets in an hour"),
                "megabytes": _("Megabytes in a day"),
            },
            "hours": {
                "open": _("Within service hours"),
                "out_of_hours": _("Outside service hours"),
                "holiday": _("Holiday"),
                "day_closed": _("No service on this day"),
            },
        }
