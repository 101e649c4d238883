# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields

from odoo.addons.contact_center.core.microseconds import SECOND, from_us, to_us
from odoo.addons.contact_center.tests.common import WORKING_TIME

# The day before `WORKING_TIME`, 9 o'clock in São Paulo
DAY = date(2026, 11, 19)
MORNING = WORKING_TIME - timedelta(days=1, hours=1)


class ReportMixin:
    """Contacts of a day that is over, written into the ledgers as the product does."""

    def _kinds(self, user=None):
        return self.env["contact_center.report.kind"].with_user(user or self.manager)

    def _report(self, code, user=None, first=DAY, last=DAY, **choices):
        """Return the rows of a report as [{key of the column: value}]."""
        kinds = self._kinds(user)
        kind = kinds._kind(code)
        scope = kinds._scope(kind, kinds.env.user, first, last, choices)
        keys = [column.key for column in kind.columns]
        return [dict(zip(keys, row, strict=True)) for row in kinds._rows(kind, scope)]

    def _contact(self, answered=None, lost=None, served=60, at=MORNING, **values):
        """Return a contact that waited, with its stay and events.

        :param answered, lost: after how many seconds it was accepted, or left
        :param values: agent, queue, citizen, replied (seconds after accepting), rating
        """
        agent, queue = values.get("agent", self.agent), values.get("queue", self.queue)
        citizen = values.get("citizen") or self._free_citizen()
        start = to_us(at)
        conversation = self.Conversation._open(citizen, "internal", queue=queue)
        self._move(conversation.event_ids, start)
        left = start + int((answered if lost is None else lost) * SECOND)
        self._stay(conversation, start, left, "accepted" if lost is None else "abandoned", agent)
        if lost is not None:
            self._end(conversation, start, left, False, outcome="abandoned")
            return conversation
        self._event(conversation, "accepted", left, agent)
        if "replied" in values:
            self._event(conversation, "first_reply", left + values["replied"] * SECOND, agent)
        end = left + int(served * SECOND)
        told = {"attendance": "human", "survey_agent_id": agent.id, "agent_id": agent.id}
        rating = values.get("rating")
        if rating:
            self._event(conversation, "rated", end, agent, data={"rating": rating})
            told["satisfaction"] = rating
        told["survey_result"] = "answered" if rating else "unanswered"
        conversation.sudo().write({**told, "disposition_id": self.disposition.id})
        self._end(conversation, start, end, agent)
        return conversation

    def _stay(self, conversation, entered, left, how, agent=None, queue=None):
        """Return a stay that has ended."""
        return (
            self.env["contact_center.stay"]
            .sudo()
            .create(
                {
                    "conversation_id": conversation.id,
                    "queue_id": (queue or conversation.queue_id).id,
                    "entered_at": from_us(entered),
                    "entered_us": entered,
                    "since_us": entered,
                    "left_at": from_us(left),
                    "left_us": left,
                    "left_how": how,
                    "agent_id": agent.id if agent and how == "accepted" else False,
                    "place": 1,
                }
            )
        )

    def _event(self, conversation, kind, at, agent=None, **more):
        """Write an event at a moment, to the microsecond."""
        event = (
            self.env["contact_center.event"]
            .sudo()
            ._insert(
                [
                    {
                        "conversation_id": conversation.id,
                        "kind": kind,
                        "at": fields.Datetime.to_string(from_us(at)),
                        "queue_id": conversation.queue_id.id,
                        "agent_id": agent.id if agent else False,
                        "user_id": agent.id if agent else self.env.ref("base.user_root").id,
                        **more,
                    }
                ]
            )
        )
        self._move(event, at)
        return event

    def _move(self, events, at):
        """Let events have happened at another moment."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE contact_center_event SET at_us = %s, at = %s WHERE id = ANY(%s)",
            (at, from_us(at), events.ids),
        )
        events.invalidate_recordset()

    def _end(self, conversation, start, at, agent, outcome="resolved"):
        self._event(conversation, "closed", at, agent, data={"outcome": outcome})
        # As `_close` leaves it, so that the citizen may come again
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE contact_center_conversation SET state = 'closed', outcome = %s,"
            " opened_at = %s, closed_at = %s WHERE id = %s",
            (outcome, from_us(start), from_us(at), conversation.id),
        )
        conversation.invalidate_recordset()

    def _state(self, user, kind, start, minutes, **more):
        """Write an interval of an agent's ledger that has ended."""
        begin = to_us(start)
        end = begin + minutes * 60 * SECOND
        values = {"user_id": user.id, "kind": kind, "start_us": begin, **more}
        return (
            self.env["contact_center.agent.state"]
            .sudo()
            .create({**values, "end": from_us(end), "end_us": end})
        )

    def _without_commits(self):
        """Let a job run in the test's transaction."""
        work = type(self.env["contact_center.report.issue"])
        return patch.multiple(work, _commit=lambda issue: None, _rollback=lambda issue: None)
