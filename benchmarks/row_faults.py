"""Row 6: nothing is lost and nothing comes twice when servers fail in the middle.

One run with everything at once, in scaled time: where a real outage lasts an hour, GLPI is away for
20 s and Meta for 12 s here. Odoo's waiting times are those of production.
"""

import itertools
import threading
import time

from sandbox.client import PhoneClient

from . import citizens
from .answers import accepted_since
from .both_sides import FAILED, TICKETS, Marks, count, glpi, settle
from .ledger import Balance
from .load import run_at_rate
from .result import Result
from .setting import Bench

NAME = "faults"
RATE = 6
SECONDS = 80
EVERYWHERE = {"duplicate_webhooks": 2, "disorder": True}
"""Faults during the whole run: every webhook comes three times, and not in order."""


def measure(bench: Bench) -> Result:
    """Let citizens write by the simulated Meta while servers fail; count both sides."""
    marks, group = Marks(bench), bench.new_group()
    sent: list[str] = []
    refused: list[str] = []
    seconds = bench.seconds(SECONDS)
    number = citizens.at_once(RATE, 4)

    def work(index: int) -> None:
        turn = citizens.turn(index, number)
        phone = PhoneClient(bench.stack.meta_url, citizens.wa_id(turn.citizen, group), "Maria")
        sent.append(phone.send_text(turn.text))
        if turn.stage == citizens.SCRIPT.index("pular") - 1:
            sent.append(phone.send_text("Já trocamos a tomada."))  # follows at once, and overtakes

    bench.meta.faults(**EVERYWHERE)
    load = threading.Thread(
        target=lambda: refused.extend(
            sample.error for sample in run_at_rate(work, rate=RATE, seconds=seconds) if sample.error
        )
    )
    load.start()
    try:
        kills = _fall_over(bench, seconds)
        load.join()
    finally:
        bench.meta.faults()
        glpi(bench, "PUT", "/control/down", {"down": False})
    bench.say("waiting until everything has settled")
    settled_after = settle(bench, 300)
    facts = count(bench, marks, sent)
    details = _details(bench, marks, facts) | {
        "sent_by_citizens": len(sent),
        "kills": kills,
        "settled_after_seconds": settled_after,
        "refused_by_the_simulation": refused[:3],
    }
    return Result(
        NAME,
        f"lost or doubled: {kills} x kill -9, redelivery x3, disorder, GLPI and Meta down "
        f"({seconds:.0f} s, scaled)",
        "none",
        f"{facts.lost} lost, {facts.doubled} doubled of {len(sent)}",
        settled_after is not None and not facts.lost and not facts.doubled,
        details,
    )


def _details(bench: Bench, marks: Marks, facts: Balance) -> dict:
    """Return what the tables and the far side show, beside the balance."""
    accepted = accepted_since(bench.meta, marks.accepted)[0]
    return {
        **facts.as_dict(),
        "accepted_by_meta": sum(map(len, accepted.values())),
        "tickets": len(bench.query(TICKETS, [marks.conversation])),
        "events_failed": bench.query(FAILED, [marks.event])[0][0],
    }


def _fall_over(bench: Bench, seconds: float) -> int:
    """Let the servers fall over in turn; returns how often Odoo was killed."""
    start = time.monotonic()
    kills = itertools.count()

    def kill() -> None:
        bench.stack.kill_odoo()
        bench.stack.start_odoo()
        next(kills)

    for share, words, act in (
        (0.10, "GLPI goes down", lambda: glpi(bench, "PUT", "/control/down", {"down": True})),
        (0.20, "Meta goes down", lambda: bench.meta.faults(**EVERYWHERE, down=True)),
        (0.35, "both are back", lambda: _all_back(bench)),
        (0.45, "kill -9 of Odoo", kill),
        (0.75, "kill -9 of Odoo", kill),
    ):
        time.sleep(max(0.0, start + seconds * share - time.monotonic()))
        bench.say(words)
        act()
    return next(kills)


def _all_back(bench: Bench) -> None:
    bench.meta.faults(**EVERYWHERE)
    glpi(bench, "PUT", "/control/down", {"down": False})
