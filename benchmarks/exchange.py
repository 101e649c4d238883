"""Citizens who write to the bot at a fixed rate, and the answers they get."""

import os

from . import citizens
from .answers import INBOUND, OUTBOUND, Row, accepted_since, first_answers, latencies
from .load import Sample, run_at_rate
from .setting import Bench

SHOWN = 5
UNANSWERED = """
SELECT w.wamid, e.payload #>> '{message,text,body}', e.state, COALESCE(e.note, e.error),
       c.state, s.step_key,
       (SELECT concat_ws(' ', o.state, o.error_code) FROM whatsapp_message o
        WHERE o.direction = 'out' AND o.conversation_id = c.id
          AND o.mail_message_id > m.mail_message_id ORDER BY o.id LIMIT 1)
FROM unnest(%s::text[]) AS w (wamid)
LEFT JOIN whatsapp_event e ON e.kind = 'message' AND e.unique_key LIKE '%%' || w.wamid
LEFT JOIN whatsapp_message m ON m.direction = 'in' AND m.wamid = w.wamid
LEFT JOIN contact_center_conversation c ON c.id = m.conversation_id
LEFT JOIN chatbot_flow_session s ON s.conversation_id = c.id
"""


class Exchange:
    """Messages of citizens at a fixed rate, and the answers that came.

    :param rate: messages a second
    :param pause: seconds between two messages of one citizen
    """

    def __init__(self, bench: Bench, rate: float, pause: float = 4.0):
        self.bench = bench
        self.rate = rate
        self.at_once = citizens.at_once(rate, pause)
        self.group = bench.new_group()
        self.samples: list[Sample] = []
        self._last_row = bench.query("SELECT COALESCE(max(id), 0) FROM whatsapp_message")[0][0]
        self._last_accepted = accepted_since(bench.meta, 0)[1]
        self._prefix = f"wamid.bench.{os.getpid()}.{self.group}."

    def run(self, seconds: float) -> None:
        """Send for that long."""
        self.samples = run_at_rate(self._write, rate=self.rate, seconds=seconds, threads=48)

    def _write(self, index: int) -> None:
        turn = citizens.turn(index, self.at_once)
        number = citizens.wa_id(turn.citizen, self.group)
        self.bench.write(number, turn.text, f"{self._prefix}{index}")

    @property
    def due(self) -> dict[str, float]:
        """{wamid: when it was due}, of the messages that the webhook took."""
        return {
            f"{self._prefix}{sample.index}": sample.due
            for sample in self.samples
            if not sample.error
        }

    def answered(self) -> dict[str, float]:
        """Return {wamid: seconds until the answer was accepted}, of those answered by now."""
        accepted, _last = accepted_since(self.bench.meta, self._last_accepted)
        inbound = (Row(*row) for row in self.bench.query(INBOUND, [self._last_row]))
        outbound = (Row(*row) for row in self.bench.query(OUTBOUND, [self._last_row]))
        answers = first_answers(inbound, outbound)
        return latencies(self.due, answers, accepted)

    def explain(self, answered: dict[str, float]) -> list[dict]:
        """Return what became of the first messages without an answer, for the JSON."""
        refused = [
            {"message": sample.index, "refused": sample.error}
            for sample in self.samples
            if sample.error
        ]
        missing = [wamid for wamid in self.due if wamid not in answered][:SHOWN]
        rows = self.bench.query(UNANSWERED, [missing])
        names = ("message", "text", "event", "note", "conversation", "step", "answer")
        return refused[:SHOWN] + [dict(zip(names, row, strict=True)) for row in rows]
