"""Citizens who write to the bot at a fixed rate, and the answers they get."""

import os

from . import citizens
from .answers import INBOUND, OUTBOUND, Row, accepted_since, first_answers, latencies
from .load import Sample, run_at_rate
from .setting import Bench


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
        """{wamid: seconds until the answer was accepted}, of those answered by now."""
        accepted, _last = accepted_since(self.bench.meta, self._last_accepted)
        inbound = (Row(*row) for row in self.bench.query(INBOUND, [self._last_row]))
        outbound = (Row(*row) for row in self.bench.query(OUTBOUND, [self._last_row]))
        answers = first_answers(inbound, outbound)
        return latencies(self.due, answers, accepted)
