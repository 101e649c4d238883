# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import heapq
import random
from datetime import datetime, timedelta

from odoo import Command

from odoo.addons.contact_center.core.microseconds import from_us, to_us
from odoo.addons.contact_center.tests.common import ContactCenterCase

# The day before that of the tests: midnight in São Paulo, in UTC.
MIDNIGHT = datetime(2026, 11, 19, 3, 0, 0)

_STAYS = """
INSERT INTO contact_center_stay (conversation_id, queue_id, entered_at, entered_us, since_us,
    left_at, left_us, left_how, agent_id, waited_seconds)
SELECT *, (left_us - entered_us) / 1e6 FROM unnest(
    %(conversation)s::int[], %(queue)s::int[], %(entered_at)s::timestamp[],
    %(entered_us)s::bigint[], %(entered_us)s::bigint[], %(left_at)s::timestamp[],
    %(left_us)s::bigint[], %(left_how)s::varchar[], %(agent)s::int[]
) AS new (conversation_id, queue_id, entered_at, entered_us, since_us, left_at, left_us, left_how,
    agent_id)
"""


class WorkforceCase(ContactCenterCase):
    """A queue of several agents, and helpers that write days into the ledgers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        more = [cls._user(f"cc_more_{n}", f"Agente {n}", cls._technician()) for n in range(3)]
        cls.team = cls.agent | cls.colleague | cls.env["res.users"].union(*more)
        cls.queue.write(
            {
                "member_ids": [Command.set(cls.team.ids)],
                "service_level_seconds": 60,
                "calendar_id": False,
            }
        )
        cls.env["contact_center.channel.weight"].create({"channel_kind": "internal", "weight": 100})
        # Of the weeks before: they have no end in the ledger
        cls.past = cls._dated_conversation()
        cls.conversations = cls.Conversation.union(*(cls._dated_conversation() for _n in range(25)))

    @classmethod
    def _technician(cls):
        return "contact_center.group_technician"

    @classmethod
    def _dated_conversation(cls):
        citizen = cls.citizen.copy({"phone": False})
        return cls.Conversation._open(citizen, "internal", queue=cls.queue)

    def _at(self, hours):
        """Return so many hours after that midnight, in microseconds."""
        return to_us(MIDNIGHT + timedelta(hours=hours))

    def _write_stays(self, rows):
        """Write stays as they are in the ledger.

        Each is (conversation id, queue id, entered_us, left_us, left_how, agent id or None).
        """
        self.env.flush_all()
        columns = list(zip(*rows, strict=True))
        self.env.cr.execute(
            _STAYS,
            {
                "conversation": list(columns[0]),
                "queue": list(columns[1]),
                "entered_at": [from_us(at) for at in columns[2]],
                "entered_us": list(columns[2]),
                "left_at": [from_us(at) for at in columns[3]],
                "left_us": list(columns[3]),
                "left_how": list(columns[4]),
                "agent": list(columns[5]),
            },
        )
        self.env.invalidate_all()

    def _write_state(self, user, kind, start, end):
        """Write an interval of an agent, in hours of that day."""
        self.env["contact_center.agent.state"].sudo().create(
            {
                "user_id": user.id,
                "kind": kind,
                "start_us": self._at(start),
                "end_us": self._at(end),
                "end": from_us(self._at(end)),
            }
        )

    def _play_day(self, contacts=500, seed=4, patience=300.0, handling=120.0):
        """Let a day happen in the ledgers: the team from 8 to 13, who has waited longest first."""
        rnd = random.Random(seed)
        second = 1_000_000
        for user in self.team:
            self._write_state(user, "available", 8, 13)
        free = [(self._at(8), user.id) for user in self.team]
        heapq.heapify(free)
        talks = [(0, conversation.id) for conversation in self.conversations]
        heapq.heapify(talks)
        rows, events = [], []
        for at in sorted(self._at(rnd.uniform(8, 12.5)) for _contact in range(contacts)):
            ready, user = free[0]
            answered = max(ready, at)
            gone = at + round(patience * second * rnd.expovariate(1))
            begun, talk = heapq.heappop(talks)
            self.assertLess(begun, at, "more conversations are needed")
            if gone < answered:
                rows.append((talk, self.queue.id, at, gone, "abandoned", None))
                heapq.heappush(talks, (gone, talk))
                continue
            over = answered + round(second * max(rnd.lognormvariate(0, 0.5) * handling, 3))
            rows.append((talk, self.queue.id, at, answered, "accepted", user))
            events += [
                {
                    "conversation_id": talk,
                    "kind": "accepted",
                    "at": from_us(answered),
                    "agent_id": user,
                },
                {"conversation_id": talk, "kind": "closed", "at": from_us(over)},
            ]
            heapq.heapreplace(free, (over, user))
            heapq.heappush(talks, (over + second, talk))
        self._write_stays(rows)
        self.env["contact_center.event"].sudo().create(events)
        return rows

    def _write_morning(self):
        """Three contacts: in time, late, given up; and one that was passed on while waiting."""
        talks = self.conversations.ids
        self._write_stays(
            [
                (talks[0], self.queue.id, self._at(9), self._at(9.01), "accepted", self.agent.id),
                (talks[1], self.queue.id, self._at(9.2), self._at(9.4), "accepted", self.agent.id),
                (talks[2], self.queue.id, self._at(10.6), self._at(10.7), "abandoned", None),
                (talks[3], self.queue.id, self._at(10.6), self._at(10.7), "overflowed", None),
            ]
        )
