"""Row 4: from a citizen's message to the open screen of the agent who serves them."""

import concurrent.futures
import secrets
import time
from dataclasses import dataclass, replace

from devtools.odoo_client import OdooClient

from . import citizens
from .load import in_milliseconds, run_at_rate
from .processor import ProcessorTime
from .result import Result, milliseconds
from .screens import Screen
from .setting import Bench

NAME = "screen"
GOAL_MS = 1000


@dataclass(frozen=True)
class Crowd:
    """The number of agents and the load.

    :param name: the row's name on the command line
    :param agents: agents logged in, each with a websocket
    :param each: conversations that an agent serves at the same time
    :param rate: messages of citizens per second, all of them together
    """

    name: str
    agents: int
    each: int
    rate: int


CROWD = Crowd(NAME, agents=50, each=2, rate=10)

# Both run by `odoo shell`: agents in the demo's queue; what the bot serves waits for them then.
MAKE_AGENTS = """
import json, os
values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
queue = env.ref("contact_center.queue_demo_support")
groups = env.ref("base.group_user") | env.ref("contact_center.group_technician")
users = env["res.users"].with_context(no_reset_password=True).create([
    {"name": f"Atendente {number:02}", "login": login, "password": values["password"],
     "lang": "pt_BR", "tz": "America/Sao_Paulo", "group_ids": [(6, 0, groups.ids)]}
    for number, login in enumerate(values["logins"], 1)
])
queue.member_ids |= users
env.cr.commit()
"""
HAND_OVER = """
import json, os
values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
conversations = env["contact_center.conversation"].search(
    [("whatsapp_identity_id.wa_id", "in", values["wa_ids"]), ("state", "=", "bot")], order="id")
for conversation in conversations:
    conversation._hand_over(reason="benchmark")
    env.cr.commit()
print(json.dumps([[one.id, one.whatsapp_identity_id.wa_id] for one in conversations]))
"""


def measure(bench: Bench) -> Result:
    """Let 50 agents serve two conversations each, with 10 messages a second."""
    return measure_crowd(bench, bench.pick(CROWD, CROWD, replace(CROWD, agents=2, rate=5)))


def measure_crowd(bench: Bench, crowd: Crowd) -> Result:
    """Measure the time until a message is on the screen of its citizen's agent."""
    run = secrets.token_hex(4)
    wa_ids, conversations = _waiting_conversations(bench, crowd)
    screens = _agents(bench, run, crowd.agents)
    bench.say("taking the conversations, opening the screens")
    owner = _take(screens, conversations)
    try:
        _each(screens, Screen.open)
        bench.drain()
        return _measure(bench, run, wa_ids, owner, crowd)
    finally:
        for screen in screens:
            screen.close()


def _waiting_conversations(bench: Bench, crowd: Crowd) -> tuple[list[str], dict[str, int]]:
    """Return citizens who said "oi" and wait for a person.

    Their numbers, {number: conversation}.
    """
    bench.say(f"{crowd.agents * crowd.each} conversations are opened")
    group = bench.new_group()
    wa_ids = [citizens.wa_id(number, group) for number in range(crowd.agents * crowd.each)]
    run_at_rate(lambda index: bench.write(wa_ids[index], "oi"), rate=10, seconds=len(wa_ids) / 10)
    bench.drain()
    rows = bench.json_shell(HAND_OVER, wa_ids=wa_ids)
    found = {wa_id: conversation for conversation, wa_id in rows}
    return [wa_id for wa_id in wa_ids if wa_id in found], found


def new_password() -> str:
    """Return a password that the policy takes.

    One in thirty drawn ones has letters alone.
    """
    return f"9-{secrets.token_urlsafe(12)}"


def _agents(bench: Bench, run: str, count: int) -> list[Screen]:
    """Make the users and log them in."""
    bench.say(f"{count} agents are made and log in")
    logins = [f"bench-{run}-{number:03}" for number in range(count)]
    password = new_password()
    bench.shell(MAKE_AGENTS, logins=logins, password=password)

    def log_in(login: str) -> Screen:
        client = OdooClient(bench.stack.odoo_url, bench.stack.db_name)
        return Screen(client.login(login, password), bench.stack.websocket_url)

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return list(pool.map(log_in, logins))


def _take(screens: list[Screen], conversations: dict[str, int]) -> dict[str, Screen]:
    """Let the agents take the conversations in turn; returns who serves which number."""
    owner = {
        wa_id: screens[position % len(screens)] for position, wa_id in enumerate(conversations)
    }

    def take(wa_id: str) -> None:
        owner[wa_id].client.call(
            "contact_center.conversation", "action_take", [conversations[wa_id]]
        )

    _each(list(conversations), take)
    return owner


def _each(values: list, work) -> None:
    """Call `work` with each value, a few at a time; raises the first error."""
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(work, values))


def _measure(
    bench: Bench, run: str, wa_ids: list[str], owner: dict[str, Screen], crowd: Crowd
) -> Result:
    seconds = bench.seconds(30)
    screens = set(owner.values())

    def work(index: int) -> None:
        bench.write(wa_ids[index % len(wa_ids)], f"Ainda está aí? bench-{run}-{index}")

    with ProcessorTime(bench.stack) as processor:
        samples = run_at_rate(work, rate=crowd.rate, seconds=seconds)
        _wait_for(lambda: sum(len(one.seen) for one in screens) >= len(samples), 20)
    times = []
    for sample in samples:
        screen = owner[wa_ids[sample.index % len(wa_ids)]]
        at = screen.seen.get(f"bench-{run}-{sample.index}")
        if at:
            times.append(at - sample.due)
    facts = in_milliseconds(times)
    missing = len(samples) - len(times)
    measured = f"p95 {milliseconds(facts['p95_ms'])}"
    if missing:
        measured += f", {missing} never came"
    problems = sorted({screen.problem for screen in screens if screen.problem})
    return Result(
        crowd.name,
        f"citizen's message -> agent's screen, {crowd.agents} agents, {crowd.rate}/s "
        f"({seconds:.0f} s)",
        "p95 < 1 s",
        measured,
        not missing and facts["p95_ms"] < GOAL_MS,
        {
            **facts,
            "missing": missing,
            "conversations": len(wa_ids),
            "websocket_problems": problems,
            "processor_seconds": processor.used,
        },
    )


def _wait_for(probe, seconds: float) -> None:
    """Wait until `probe` is true, at most so long."""
    end = time.monotonic() + seconds
    while not probe() and time.monotonic() < end:
        time.sleep(0.2)
