"""What one look of the router costs: who of the waiting goes to which agent.

Run: ``PYTHONPATH=addons:. python -m benchmarks.router`` (needs no Odoo and no database).
"""

import json
import random
import statistics
import sys
import time
from pathlib import Path

ADDONS = str(Path(__file__).resolve().parent.parent / "addons")
GOAL_MILLISECONDS = 50.0
CONTACTS, AGENTS, QUEUES = 1_000, 200, 30
NOW = 10_000.0
SKILLS = 7


def measure(repeats: int = 9, contacts: int = CONTACTS, agents: int = AGENTS) -> dict:
    """Match and explain on a made-up city, in processor time: other programs apart.

    Twice: with room at most agents, so that many offers are made, and with hardly any, as it is
    whenever a thousand really wait.

    :return: medians in milliseconds (``free``, ``busy``, ``explain``), the number of offers in both
        cases, ``goal`` and ``ok``
    """
    if ADDONS not in sys.path:
        sys.path.insert(0, ADDONS)
    from contact_center_distribution.routing import explain, match

    free, settings = city(contacts, agents, (0, 0, 30, 60))
    busy, _settings = city(contacts, agents, (90, 100, 100, 100))
    found = {
        "free": _milliseconds(lambda: match(free, NOW, settings), repeats),
        "busy": _milliseconds(lambda: match(busy, NOW, settings), repeats),
        "explain": _milliseconds(lambda: explain(free, 1, NOW, settings), repeats),
        "offers_free": len(match(free, NOW, settings)),
        "offers_busy": len(match(busy, NOW, settings)),
        "goal": GOAL_MILLISECONDS,
    }
    return found | {"ok": max(found["free"], found["busy"]) < GOAL_MILLISECONDS}


def city(contacts: int, agents: int, loads: tuple[int, ...]):
    """Return a snapshot and settings with all orders, choices, rings, skills, levels.

    Each agent serves five queues, which is more than is usual.
    """
    from contact_center_distribution.routing import Contact, Snapshot

    rnd = random.Random(156)
    people = tuple(_agent(number, rnd, loads) for number in range(1, agents + 1))
    waiting = tuple(
        Contact(
            number,
            rnd.randint(1, QUEUES),
            NOW - rnd.uniform(0, 120),
            priority=rnd.randrange(3),
            last_agent=rnd.choice((None, rnd.randint(1, agents))),
        )
        for number in range(1, contacts + 1)
    )
    return Snapshot(waiting, people), _settings()


def _settings():
    """Return settings of all queues."""
    from contact_center_distribution.routing import QueueSettings, Ring, Settings
    from contact_center_distribution.routing.words import CHOICES, ORDERS

    return Settings(
        {
            queue: QueueSettings(
                queue,
                order=ORDERS[queue % len(ORDERS)],
                choice=CHOICES[queue % len(CHOICES)],
                last_agent_seconds=30.0,
                skills={queue % SKILLS: 1 + queue % 3},
                prefer_level=queue % 2 == 0,
                rings=(Ring(30.0, level=1), Ring(60.0, dropped=frozenset((queue % SKILLS,)))),
            )
            for queue in range(1, QUEUES + 1)
        }
    )


def _agent(number: int, rnd: random.Random, loads: tuple[int, ...]):
    """Return an agent of five queues."""
    from contact_center_distribution.routing import Agent, Membership

    queues = rnd.sample(range(1, QUEUES + 1), 5)
    return Agent(
        number,
        {queue: Membership(rnd.randrange(999), rnd.randrange(40)) for queue in queues},
        load=rnd.choice(loads),
        idle_since=NOW - rnd.uniform(0, 900),
        served_today=rnd.randrange(50),
        handled_today=rnd.uniform(0, 9_000),
        skills={skill: rnd.randint(1, 5) for skill in range(SKILLS)},
    )


def _milliseconds(work, repeats: int) -> float:
    """Return the median cost of ``work()`` after a warm-up."""
    work()
    costs = []
    for _repeat in range(repeats):
        start = time.process_time()
        work()
        costs.append((time.process_time() - start) * 1000)
    return round(statistics.median(costs), 2)


if __name__ == "__main__":
    print(json.dumps(measure()))
