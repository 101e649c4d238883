"""Two Odoo servers on one database: one dies under load, the other has it all."""

import contextlib
import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.ledger import Balance
from devtools.databases import of_this_process
from devtools.nodes import Nodes
from devtools.odoo_client import OdooClient
from devtools.story import StoryError, wait_until
from sandbox.client import MetaControl, PhoneClient
from tests.e2e.desk import ACCOUNT, CONVERSATION, admin, person, row
from tests.e2e.people import People
from tests.e2e.test_desk import answer, found, open_mine
from tests.e2e.test_kill import IN_DISCUSS, TEXTS, UNSETTLED, both_sides, query

_logger = logging.getLogger(__name__)

BACK_SECONDS = 10
"""Within this time after the kill a desk works again."""
WRITERS = 3
PAUSE = 0.6
"""Seconds between two messages of one citizen, who does not wait for answers."""
OUTAGE = "contact_center.outage"
RUNNER_LOCK = 2293787760715711918
"""`queue_job`'s advisory lock (`PG_ADVISORY_LOCK_ID`): the runner that holds it leads."""

CONNECTED = "SELECT DISTINCT application_name FROM pg_stat_activity WHERE datname = %s"
LEADER = """
SELECT application_name FROM pg_stat_activity WHERE datname = %s AND pid IN (
    SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1
    AND (classid::bigint << 32) + objid::bigint = %s)
"""


class Load:
    """Citizens who write to the bot until it is enough, each with an own number.

    :ivar sent: ids of all their messages
    """

    def __init__(self, nodes: Nodes):
        self.sent: list[str] = []
        self._nodes, self._numbers = nodes, itertools.count()
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._write) for _number in range(WRITERS)]

    def _write(self) -> None:
        while not self._enough.is_set():
            number = f"55319760{next(self._numbers):05}"
            phone = PhoneClient(self._nodes.meta_url, number, "Maria")
            for text in TEXTS:
                self.sent.append(phone.send_text(text))
                self._enough.wait(PAUSE)

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()


class Served:
    """A citizen who is served by a person.

    :param login: of the agent, who takes the conversation
    """

    def __init__(self, nodes: Nodes, name: str, number: str, login: str):
        self.name, self.login, self.agent = name, login, person(nodes, login)
        self.phone = PhoneClient(nodes.meta_url, number, name, timeout=90)
        self.sent = [self.phone.send_text(f"Preciso de ajuda, aqui é {name}")]
        (waiting,) = wait_until(lambda: found(nodes, name), f"{name} is not in the queue")
        self.agent.call(CONVERSATION, "action_take", [waiting["id"]])
        taken = row(self.agent, CONVERSATION, [("id", "=", waiting["id"])], ["discuss_channel_id"])
        self.channel_id = taken["discuss_channel_id"][0]

    def writes(self, text: str) -> None:
        """Write once more as the citizen."""
        self.sent.append(self.phone.send_text(text))


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    """Two servers of this test's own, since it kills one."""
    with Nodes(db_name=of_this_process("nodes"), demo=True, quiet=0) as running:
        root = admin(running)
        queues = root.call("contact_center.queue", "search", [])
        root.call("contact_center.queue", "write", queues, {"calendar_id": False})
        names = ", ".join(node.name for node in running.nodes)
        root.call("ir.config_parameter", "set_param", "contact_center.nodes", names)
        yield running


def served(nodes: Nodes) -> tuple[Served, Served]:
    """Return a citizen of joana's and one of pedro's; their number has no bot."""
    account = row(admin(nodes), ACCOUNT, [], ["flow_id"])
    # What was on its way to Meta when the node died is asked for again sooner than usual
    values = {"flow_id": False, "unknown_grace_seconds": 10}
    admin(nodes).call(ACCOUNT, "write", [account["id"]], values)
    rosa = Served(nodes, "Rosa Tavares", "5531976100001", "joana")
    ivo = Served(nodes, "Ivo Cardoso", "5531976100002", "pedro")
    admin(nodes).call(ACCOUNT, "write", [account["id"]], {"flow_id": account["flow_id"][0]})
    return rosa, ivo


def names_in(nodes: Nodes, statement: str, *values: object) -> set[str]:
    """Names of nodes that a statement about connections finds."""
    rows = query(nodes, statement, nodes.db_name, *values)
    return {name.rpartition("-")[0] for (name,) in rows} & {node.name for node in nodes.nodes}


def leader(nodes: Nodes) -> str:
    """Return the node whose job runner leads."""
    (name,) = wait_until(lambda: names_in(nodes, LEADER, RUNNER_LOCK), "no runner leads", 30)
    return name


def desk_of(nodes: Nodes, people: People, rosa: Served, name: str) -> Page:
    """Open Joana's desk at her citizen, all its connections leading to one node."""
    nodes.steer(name)
    page = people.agent(rosa.login)
    open_mine(page, rosa.name)
    rosa.agent.post(rosa.channel_id, "Bom dia, Rosa!")
    expect(page.locator(".o-mail-Thread")).to_contain_text("Bom dia, Rosa!")
    nodes.steer()
    return page


def works(agent: OdooClient) -> bool:
    """Whether a session is still logged in: a call that a stranger may not make."""
    return agent.call("res.users", "read", [agent.user_id], ["login"])[0]["id"] == agent.user_id


def tries_until(act: Callable[[], object], seconds: float) -> object:
    """Repeat what a dying connection may break; returns what it gave in the end."""
    end = time.monotonic() + seconds
    while True:
        try:
            return act()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def both_work(nodes: Nodes, agents: list[OdooClient]) -> bool:
    """Whether each node has taken messages, jobs and calls of desks."""
    assert all(works(agent) for agent in agents)
    kinds = ("POST /whatsapp/webhook", "GET /queue_job/runjob", "POST /web/dataset/call_kw")
    return all(node.handled(kind) for node in nodes.nodes for kind in kinds)


def outage_of(nodes: Nodes, name: str) -> list[dict]:
    """Return what the platform noted of a node that is gone.

    It looks every minute, here twice at once.
    """
    own = [("code", "like", "_cron_minute"), ("model_id.model", "=", OUTAGE)]
    cron = row(admin(nodes), "ir.cron", own, ["id"])
    admin(nodes).call("ir.cron", "method_direct_trigger", [cron["id"]])
    domain = [("kind", "=", "node"), ("key", "=", name)]
    return admin(nodes).search_read(OUTAGE, domain, ["state"])


def test_one_of_two_dies_under_load(nodes: Nodes, browser: Browser) -> None:
    """Messages, jobs and desks go on at the other: nothing lost or doubled, nobody logged out."""
    meta, people = MetaControl(nodes.meta_url), People(browser, nodes)
    rosa, ivo = served(nodes)
    agents = [person(nodes, login) for login in ("joana", "pedro", "sofia", "admin")]
    dying = leader(nodes)
    page = desk_of(nodes, people, rosa, dying)
    with Load(nodes) as load:
        wait_until(lambda: both_work(nodes, agents), "one node takes all the work", 60)

        nodes.kill_node(dying)
        died = time.monotonic()

        assert all(tries_until(lambda agent=agent: works(agent), BACK_SECONDS) for agent in agents)
        tries_until(lambda: rosa.agent.post(rosa.channel_id, "Ainda estou aqui."), BACK_SECONDS)
        rest = BACK_SECONDS - (time.monotonic() - died)
        expect(page.locator(".o-mail-Thread")).to_contain_text(
            "Ainda estou aqui.", timeout=max(rest, 0.1) * 1000
        )
        _logger.info("desk back after %.1f s", time.monotonic() - died)
        assert leader(nodes) != dying

        rosa.writes("E agora, está aí?")
        expect(page.locator(".o-mail-Thread")).to_contain_text("E agora, está aí?")
        _logger.info("a citizen's message on it after %.1f s", time.monotonic() - died)
        answer(page, "Estou sim, Rosa.")
        ivo.agent.post(ivo.channel_id, "Já vejo isso, Ivo.")
        rosa.phone.wait_text("Estou sim, Rosa.")
        ivo.phone.wait_text("Já vejo isso, Ivo.")

    sent = [*load.sent, *rosa.sent, *ivo.sent]

    def settled() -> bool:
        waiting = meta.health()["pending_webhooks"] or query(nodes, UNSETTLED)[0][0]
        return not waiting and both_sides(nodes, meta, sent) == Balance()

    with contextlib.suppress(StoryError):  # what is missing is told below
        wait_until(settled, "not everything arrived everywhere, once", 120)
    _logger.info("%s messages settled after %.1f s", len(sent), time.monotonic() - died)
    assert both_sides(nodes, meta, sent) == Balance()
    assert query(nodes, IN_DISCUSS)[0][0] == len(sent)
    assert "/web/login" not in page.url
    assert names_in(nodes, CONNECTED) == {node.name for node in nodes.nodes} - {dying}
    outage_of(nodes, dying)
    assert [outage["state"] for outage in outage_of(nodes, dying)] == ["open"]
    page.context.close()
