# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measures a session while it runs: turns, answers not understood, time, subject."""

from datetime import datetime, time, timedelta, timezone

from odoo import api, fields, models

from .. import engine
from ..engine import state as states
from ..engine import steps

# Reason of a hand-over after too many wrong answers (engine/answers.py).
GAVE_UP = "retries"
SUBJECT_LENGTH = 80


class ChatbotFlow(models.Model):
    """Average service time, used for metering electronic contacts."""

    _inherit = "chatbot.flow"

    service_seconds = fields.Integer(
        string="Average time of the service (seconds)",
        aggregator=None,
        help="As the contract sets it. 0: contacts of this flow are not counted for billing.",
    )
    billing_percent = fields.Integer(
        string="Counts from (%)",
        default=50,
        aggregator=None,
        help="A contact without a person counts for billing when it lasts longer than this share "
        "of the service's average time.",
    )

    _billing_percent_valid = models.Constraint(
        "CHECK(billing_percent BETWEEN 0 AND 1000 AND service_seconds >= 0)",
        "The time of a service is not negative, and its share between 0 and 1000 %.",
    )

    def get_edge_counts(self, date_from=None, date_to=None):
        """Return how many citizens took each path of this flow, for its diagram.

        :param date_from, date_to: first and last day on the user's clock (date or text), or None
        :return: [{"from": key of a step, "" at the beginning, "to": key, "count": number}], the
            most travelled first
        :raise AccessError: the user may not read the paths through flows
        """
        self.ensure_one()
        domain = [("flow_id", "=", self.id), ("kind", "=", "went")]
        if date_from:
            domain.append(("at", ">=", self._midnight(date_from)))
        if date_to:
            domain.append(("at", "<", self._midnight(date_to, days=1)))
        groups = self.env["chatbot.flow.passage"]._read_group(
            domain, ["from_key", "to_key"], ["__count"]
        )
        counts = [{"from": one or "", "to": other, "count": count} for one, other, count in groups]
        return sorted(counts, key=lambda row: (-row["count"], row["from"], row["to"]))

    def _midnight(self, day, days=0):
        """Return when a day, with an offset, begins in the user's time zone (naive UTC)."""
        start = datetime.combine(fields.Date.to_date(day) + timedelta(days=days), time.min)
        return start.replace(tzinfo=self.env.tz).astimezone(timezone.utc).replace(tzinfo=None)


class ChatbotFlowSession(models.Model):
    """Measures the session."""

    _inherit = "chatbot.flow.session"

    step_title = fields.Char(string="Last step", readonly=True)
    subject = fields.Char(readonly=True, help="The last choice at the main menu.")
    turn_count = fields.Integer(string="Answers", readonly=True)
    wrong_count = fields.Integer(string="Not understood", readonly=True)
    last_turn_at = fields.Datetime(string="Last answer", readonly=True)
    person_called = fields.Boolean(string="Handed over", readonly=True)
    billing_seconds = fields.Integer(
        readonly=True,
        aggregator=None,
        help="Longer contacts without a person count for billing. As set when this one began; 0: "
        "not counted.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Copy the flow's current metering: later changes do not affect past months."""
        self._check_is_system()
        flows = self.env["chatbot.flow"]
        for vals in vals_list:
            flow = flows.browse(vals["flow_id"])
            vals["billing_seconds"] = flow.service_seconds * flow.billing_percent // 100
        return super().create(vals_list)

    def _measure(self, flow, before, state, event, path, effects):
        """Record the way taken in an engine turn; costs one statement.

        :param flow: the compiled flow
        :param before: the engine's state before the turn, None at the beginning
        :param state: the state after it
        :param event: what happened
        :param list path: keys of the steps entered
        :param effects: the engine's effects
        :return: the session's values that were measured
        """
        now = fields.Datetime.now()
        # a reaction that does not answer the question is not recorded
        sent = isinstance(event, engine.Answer | engine.Burst)
        answered = sent and (event.kind != "reaction" or bool(effects))
        wrong = answered and _was_wrong(before, state, effects)
        seconds = 0
        if answered and self.last_turn_at:
            seconds = max(int((now - self.last_turn_at).total_seconds()), 0)
        vals = {"step_title": title_of(flow, state.step)}
        if answered or before is None:
            vals["last_turn_at"] = now
        if answered:
            vals["turn_count"] = self.turn_count + 1
        if wrong:
            vals["wrong_count"] = self.wrong_count + 1
        if state.status == states.HANDED_OVER:
            vals["person_called"] = True
        subject = self._subject_of(flow, state)
        if subject:
            vals["subject"] = subject[:SUBJECT_LENGTH]
        origin = before.step if before else ""
        # only what is typed at a menu teaches synonyms; answers to questions are personal data
        asked = flow.steps.get(origin)
        may_keep = asked is not None and asked.kind == steps.MENU
        self.env["chatbot.flow.passage"]._record(
            self,
            [(key, title_of(flow, key)) for key in (origin, *path)],
            seconds,
            wrong,
            event.text if wrong and may_keep else "",
        )
        return vals

    def _step_title(self, key):
        """Return the title of a step of the session's version, "" if it has no such step."""
        flow = self.version_id._compiled() if self.version_id else None
        step = flow.steps.get(key) if flow else None
        return step.title if step else ""

    @api.model
    def _subject_of(self, flow, state):
        """Return the title of the choice at the main menu, empty before that."""
        menu = flow.steps.get(flow.main_menu)
        value = state.values.get(menu.variable) if menu else None
        return value if isinstance(value, str) else ""


def title_of(flow, key):
    """Return a step's title, else its key; "" for the beginning of the flow."""
    step = flow.steps.get(key)
    return (step.title if step else "") or key


def _was_wrong(before, state, effects):
    """Return whether a turn was about an answer that was not understood."""
    if before is None:
        return False
    if before.step == state.step and state.tries > before.tries:
        return True
    return any(
        isinstance(effect, engine.HandOver) and effect.reason == GAVE_UP for effect in effects
    )
