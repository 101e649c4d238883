"""`./dev bench --chaos`: everything falls over, then all sides are compared.

Citizens write through the simulated Meta at a steady rate while Odoo and PostgreSQL are killed and
restarted, the filestore's disk is full, the clock steps, and Meta and GLPI are slow, refuse, do not
answer, deliver twice, out of order and three days late. What is simulated, and what is not, stands
in docs/developer/benchmarks.md.
"""

import argparse
import contextlib
import hashlib
import json
import random
import statistics
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from devtools.settings import Settings
from devtools.story import PHOTO
from sandbox.client import PhoneClient

from . import citizens
from .both_sides import Marks, settle
from .chaos_faults import EVERYWHERE, Trouble
from .chaos_ledger import Found, compare
from .chaos_stack import ChaosBench, ChaosStack
from .load import run_at_rate
from .setting import machine

SCRIPT = (*citizens.SCRIPT[:6], "", "pronto", *citizens.SCRIPT[7:])
"""What citizens write; the empty one is a photo."""

MINUTES = 30
LATE_EVERY = 50
"""Every so manyth citizen's messages come three days late."""

THREE_DAYS = 3 * 24 * 3600
GRACE = "UPDATE whatsapp_account SET unknown_grace_seconds = %(seconds)s"
# The demo's GLPI is asked once a second at most: thousands of tickets would take an hour
NO_RATE = "UPDATE glpi_server SET rate = 0"


@dataclass
class Sizes:
    """How large a run is.

    :param minutes: during which citizens write
    :param messages: that they write in this time
    :param pause: seconds between two messages of a citizen; shorter ones meet the number's limit
    :param gap: seconds between two things that go wrong
    :param lasting: seconds for which one that has a length lasts
    :param grace: the number's `unknown_grace_seconds`; 60 in production
    :param settle: seconds in which everything has to settle afterwards
    :param redelivery_cap: seconds after which Meta delivers again, at most
    """

    minutes: float
    messages: int
    pause: float = 10.0
    gap: float = 12.0
    lasting: float = 12.0
    grace: int = 60
    settle: float = 1800.0
    redelivery_cap: float = 15.0


@dataclass
class Citizens:
    """Citizens of a run, and what they sent.

    :ivar sent: ids of their messages
    :ivar photos: {id of a photo's message: its sha1}
    :ivar late: those whose messages come three days late
    :ivar refused: what the simulation did not take, which would be a fault of the bench
    """

    bench: ChaosBench
    group: int
    at_once: int
    sent: list[str] = field(default_factory=list)
    photos: dict[str, str] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)

    def write(self, index: int) -> None:
        """Send the message of that number."""
        turn = citizens.turn(index, self.at_once, SCRIPT)
        number = citizens.wa_id(turn.citizen, self.group)
        phone = PhoneClient(self.bench.stack.meta_url, number, "Maria")
        if turn.citizen % LATE_EVERY == LATE_EVERY - 1:
            self.late.add(number)
            stamp = str(int(time.time()) - THREE_DAYS)
            message = {"type": "text", "text": {"body": turn.text or "oi"}, "timestamp": stamp}
            self.sent.append(phone.send_raw(message))
        elif turn.text:
            self.sent.append(phone.send_text(turn.text))
        else:
            photo = PHOTO + f"{self.group}.{turn.citizen}".encode()
            wamid = phone.send_image(photo)
            self.photos[wamid] = hashlib.sha1(photo, usedforsecurity=False).hexdigest()
            self.sent.append(wamid)

    def begin(self, rate: float, seconds: float) -> threading.Thread:
        """Write at that rate for that long, in a thread."""

        def work() -> None:
            samples = run_at_rate(self.write, rate=rate, seconds=seconds, threads=48)
            self.refused += [sample.error for sample in samples if sample.error]

        thread = threading.Thread(target=work)
        thread.start()
        return thread


@dataclass
class Outcome:
    """What a run showed."""

    found: Found
    trouble: Trouble
    settled_after: float | None
    refused: list[str]

    @property
    def ok(self) -> bool:
        """Whether nothing is lost, doubled or out of order, and everything settled."""
        found = self.found
        wrong = found.lost or found.doubled or found.disorder or self.refused
        return self.settled_after is not None and not wrong

    def report(self) -> str:
        """Return the evidence, for people."""
        found, waited = self.found, self.trouble.waited
        lines = ["What went wrong:"]
        lines += [f"  {number:4} x {name}" for name, number in self.trouble.happened.items()]
        lines += ["  always: every webhook twice and out of order, some three days late"]
        lines += ["What there is:", *(f"  {n:7} {what}" for what, n in found.facts.items())]
        counts = {**found.balance.as_dict(), "photos_lost": len(found.photos_lost)}
        counts |= {"not_in_discuss": found.not_in_discuss}
        counts |= {"disorder_in": len(found.disorder_in), "disorder_out": len(found.disorder_out)}
        lines += ["What is wrong:"]
        lines += [
            f"  {number:7} {what} {' '.join(found.evidence.get(what, []))}"
            for what, number in counts.items()
        ]
        failed = ", ".join(f"{code}: {number}" for code, number in found.failed.items()) or "none"
        lines += [f"Refused to be sent (window: the 24 hours are over): {failed}"]
        lines += [f"Came when a later one had been answered, in nobody's power: {found.too_late}"]
        lines += [_words_of(waited), f"All settled after: {self.settled_after} s"]
        lines += [f"lost {found.lost}, doubled {found.doubled}, disorder {found.disorder}"]
        return "\n".join(lines)

    def as_dict(self) -> dict:
        """Return everything as JSON."""
        return {
            "ok": self.ok,
            "lost": self.found.lost,
            "doubled": self.found.doubled,
            "disorder": self.found.disorder,
            **asdict(self.found),
            "happened": self.trouble.happened,
            "seed": self.trouble.seed,
            "waited": [asdict(one) for one in self.trouble.waited],
            "settled_after_seconds": self.settled_after,
            "refused_by_the_simulation": self.refused[:3],
        }


def _words_of(waited: list) -> str:
    """Return what waited after kills, in words."""
    if not waited:
        return "Nothing waited when Odoo was killed"
    first = [one.first for one in waited if one.first is not None]
    longest = f"{max(first)} s at most, median {statistics.median(first)} s" if first else "-"
    never = len(waited) - len(first)
    more = f"; {never} of {len(waited)} kills: not within a minute" if never else ""
    done = [one.all for one in waited if one.all is not None]
    all_done = f"; all of it was done after {max(done)} s at most" if done else ""
    return (
        f"What waited at a kill was taken up, once Odoo answered, after {longest}{more}{all_done}"
    )


def run(bench: ChaosBench, sizes: Sizes, seed: int) -> Outcome:
    """Let citizens write while all falls over; compare the sides when it has settled."""
    seconds = sizes.minutes * 60
    rate = sizes.messages / seconds
    bench.execute(GRACE, seconds=sizes.grace)
    bench.execute(NO_RATE)
    bench.meta.settings(redelivery_cap_seconds=float(sizes.redelivery_cap))
    marks = Marks(bench)
    people = Citizens(bench, bench.new_group(), citizens.at_once(rate, sizes.pause))
    trouble = Trouble(bench, sizes.lasting, seed)
    bench.meta.faults(**EVERYWHERE)
    writing = people.begin(rate, seconds)
    try:
        trouble.run(seconds, sizes.gap)
        writing.join()
    finally:
        trouble.over()
    bench.say("waiting until everything has settled")
    settled = settle(bench, sizes.settle)
    found = compare(bench, marks, people.sent, people.photos, people.late)
    return Outcome(found, trouble, settled, people.refused)


@contextlib.contextmanager
def servers(workers: int, settings: Settings | None = None):
    """Run the servers that can be treated badly; gives a `ChaosBench`."""
    with ChaosStack(workers, settings) as stack:
        bench = ChaosBench(stack, tiny=not workers)
        bench.warm_up()
        yield bench
        bench.close()


def main(arguments: argparse.Namespace, path: Path) -> int:
    """Run it; returns 0 when nothing is lost, doubled or out of order."""
    seed = arguments.seed or random.SystemRandom().randrange(1, 10**6)
    sizes = Sizes(arguments.minutes or MINUTES, arguments.messages)
    with servers(arguments.workers, Settings.from_env()) as bench:
        about = f"{machine()}; Odoo: {bench.stack.mode}; --seed {seed}"
        outcome = run(bench, sizes, seed)
    print(f"\n{outcome.report()}\n\n{about}")
    path.parent.mkdir(parents=True, exist_ok=True)
    report = {"machine": about, **asdict(sizes), **outcome.as_dict()}
    path.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"All figures: {path}")
    return 0 if outcome.ok else 1
