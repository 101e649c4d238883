"""What a simulated day costs: 30 queues, 100 agents, 6,000 contacts, 20 times.

Run: ``PYTHONPATH=addons:. python -m benchmarks.simulation`` (needs no Odoo and no database).
"""

import json
import random
import sys
import time
from pathlib import Path

ADDONS = str(Path(__file__).resolve().parent.parent / "addons")
GOAL_SECONDS = 10.0
GOAL_ERLANG_MILLISECONDS = 50.0
CONTACTS, AGENTS, QUEUES = 6_000, 100, 30
REPLICATIONS = 20
HOUR = 3600.0


def measure(contacts: int = CONTACTS, replications: int = REPLICATIONS) -> dict:
    """Simulate and search, in processor time: other programs apart.

    Two days: one with enough agents, and one with half of them, on which hundreds wait.

    :return: seconds of both days (``usual``, ``busy``), their service levels, milliseconds of a
        search for the number of agents (``erlang``), and ``ok``
    """
    if ADDONS not in sys.path:
        sys.path.insert(0, ADDONS)
    from contact_center_distribution import routing
    from contact_center_workforce.workforce import Goal, Load, agents_needed, replicate

    found = {}
    for name, agents in (("usual", AGENTS), ("busy", AGENTS // 2)):
        day = made_up(contacts, agents)
        start = time.process_time()
        total = replicate(day, routing, replications).total
        found[name] = time.process_time() - start
        found[f"level_{name}"] = total.level.mean
    start = time.process_time()
    agents_needed(Load(6_000, 262, 350), Goal(20, 0.8))
    found["erlang"] = 1_000 * (time.process_time() - start)
    slowest = max(found["usual"], found["busy"])
    ok = slowest < GOAL_SECONDS and found["erlang"] < GOAL_ERLANG_MILLISECONDS
    return found | {"ok": ok}


def made_up(contacts: int, agents: int):
    """Return a day.

    It has every rule of choice, skills, rings, shifts of six hours with two pauses.
    """
    from contact_center_distribution import routing
    from contact_center_distribution.routing.words import CHOICES
    from contact_center_workforce.workforce import Arrival, Day, Person, Spell, Traffic

    rnd = random.Random(15)
    queues = range(1, QUEUES + 1)
    settings = routing.Settings(
        {
            queue: routing.QueueSettings(
                queue,
                choice=CHOICES[queue % len(CHOICES)],
                skills={queue: 2},
                prefer_level=queue % 4 == 0,
                rings=(routing.Ring(30.0, level=1),) if queue % 3 == 0 else (),
            )
            for queue in queues
        }
    )
    arrivals = [
        Arrival(rnd.triangular(7 * HOUR, 19 * HOUR, 10 * HOUR), rnd.choice(queues))
        for _contact in range(contacts)
    ]
    people = []
    for number in range(1, agents + 1):
        start = rnd.choice((7, 8, 10, 13)) * HOUR
        own = rnd.sample(queues, 5)
        spells = (
            Spell(start, start + 1.5 * HOUR),
            Spell(start + 1.7 * HOUR, start + 3.5 * HOUR),
            Spell(start + 3.9 * HOUR, start + 6 * HOUR),
        )
        skills = {queue: rnd.choice((1, 3, 3, 5)) for queue in own}
        people.append(Person(number, frozenset(own), spells, skills=skills))
    sample = tuple(rnd.lognormvariate(5.1, 0.6) for _contact in range(500))
    traffic = {queue: Traffic(sample, 350.0, 20.0, answering=2.0) for queue in queues}
    arrivals.sort(key=lambda one: one.at)
    return Day(0.0, tuple(arrivals), tuple(people), traffic, settings, shrinkage=0.05)


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
