"""Agents of the living demo: they see by SQL and act over Odoo's own calls.

Looking by SQL costs the servers nothing, so that they do what they would do for real people. An
agent's browser says every minute that it is there; here one statement says so for all.
"""

import http.client
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg2

from devtools.odoo_client import OdooClient, OdooError

from . import choices, words
from .crew import PASSWORD, Member

LOOK_EVERY = 0.6
THERE_EVERY = 20.0
WORKERS = 8
FAILURES = 5
"""After so many calls in a row that failed an agent logs in again: the session may be gone."""

PROBLEMS = (OdooError, OSError, ValueError, http.client.HTTPException)
"""What a call may end with while Odoo restarts, or when somebody else was quicker."""

_OFFERS = """
SELECT id, user_id FROM contact_center_offer
WHERE result IS NULL AND user_id = ANY(%(users)s) AND until > now() AT TIME ZONE 'UTC'
"""
_SERVING = """
SELECT one.id, one.agent_id, one.discuss_channel_id, one.queue_id
FROM contact_center_conversation one
WHERE one.state = 'in_service' AND one.agent_id = ANY(%(users)s)
"""
_STATES = """
SELECT user_id, kind FROM contact_center_agent_state
WHERE "end" IS NULL AND user_id = ANY(%(users)s)
"""
_THERE = """
INSERT INTO mail_presence (user_id, last_poll, last_presence, status)
SELECT unnest(%(users)s), now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC', 'online'
ON CONFLICT (user_id) WHERE user_id IS NOT NULL DO UPDATE
SET last_poll = EXCLUDED.last_poll, last_presence = EXCLUDED.last_presence, status = 'online'
"""
_GONE = "UPDATE mail_presence SET status = 'offline' WHERE user_id = ANY(%(users)s)"


class Ledger:
    """What stands in the database, read again and again, whatever restarts.

    :param url: of the database
    """

    def __init__(self, url: str):
        self._url = url
        self._connection = None
        self._lock = threading.Lock()

    def rows(self, statement: str, **values) -> list[tuple]:
        """Return the rows of a statement.

        :raise OSError: the database does not answer now
        """
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = psycopg2.connect(self._url)
                    self._connection.autocommit = True
                with self._connection.cursor() as cursor:
                    cursor.execute(statement, values)
                    return cursor.fetchall() if cursor.description else []
            except psycopg2.OperationalError as error:
                self._connection = None
                raise OSError(f"the database does not answer: {error}") from error

    def close(self) -> None:
        """Give the connection back."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


class Agent:
    """One agent: a session, opened when the shift begins.

    :param member: who it is
    :param user: id of the user
    """

    def __init__(self, url: str, database: str, member: Member, user: int):
        self._url, self._database = url, database
        self.member, self.user = member, user
        self.rnd = random.Random(f"agent {member.number}")
        self.client: OdooClient | None = None
        self.failures = 0

    def enter(self) -> None:
        """Log in, if it is not so, and open the desk."""
        if self.client is None:
            client = OdooClient(self._url, self._database)
            self.client = client.login(self.member.login, PASSWORD)
        self.client.call("contact_center.conversation", "get_desk")

    def leave(self) -> None:
        """Log out, as the menu does."""
        if self.client is not None:
            client, self.client = self.client, None
            client.get("/web/session/logout")

    def be(self, kind: str, reason: int = 0) -> None:
        """Choose a state."""
        self.client.call("contact_center.agent.state", "set_mine", kind, reason_id=reason)

    def do(self, what: str, contact: int, channel: int, queue: str, dispositions: list) -> None:
        """Say or do the next thing in a contact that is being served."""
        if what == "welcome":
            self.client.post(channel, words.welcome(self.member.name, self.rnd))
        elif what == "answer":
            self.client.post(channel, self.rnd.choice(words.ANSWERS))
        else:
            chosen = self.rnd.choice(dispositions) if dispositions else None
            self.client.call(
                "contact_center.conversation", "action_close", [contact], disposition=chosen
            )


class Floor:
    """All agents, moved by one thread that looks and some that act.

    :param facts: what `making.make` returned
    :param day_time: says the time of the played day, in seconds after midnight
    :ivar staying: whether those who are there stay beyond their shift, until nobody waits
    :ivar problems: calls that failed: an offer was over, or the servers were being started
    """

    def __init__(self, url: str, database: str, ledger: Ledger, members, facts: dict, day_time):
        self.ledger = ledger
        self.agents = {
            user: Agent(url, database, one, user)
            for one in members
            if (user := facts["agents"][str(one.number)])
        }
        self._queues = {number: key for key, number in facts["queues"].items()}
        self._dispositions = facts["dispositions"]
        self._reasons = facts["reasons"]
        self._day_time: Callable[[], float] = day_time
        self._answers: dict[int, tuple[str, float]] = {}
        self._services: dict[int, tuple[choices.Service, float]] = {}
        self._doing: set = set()
        self._over = threading.Event()
        self._pool = ThreadPoolExecutor(WORKERS)
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._there_at = 0.0
        self.staying = False
        self.problems = 0

    def open(self) -> None:
        """Begin."""
        self._thread.start()

    def is_staffed(self) -> bool:
        """Return whether all whose shift it is have logged in."""
        at = self._day_time()
        return all(
            agent.client is not None
            for agent in self.agents.values()
            if choices.wanted(agent.member, at)[0] != choices.OUT
        )

    def close(self) -> None:
        """End in order: nobody accepts any more, and all log out."""
        self._over.set()
        self._thread.join()
        self._pool.shutdown(wait=True)
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(self._quietly, [agent.leave for agent in self.agents.values()]))
        self._quietly(lambda: self.ledger.rows(_GONE, users=list(self.agents)))

    def _quietly(self, do) -> bool:
        """Do something that may fail while the servers stop or start; return whether it was done.

        An offer may also be over before its answer comes, or a supervisor be quicker.
        """
        try:
            do()
        except PROBLEMS:
            self.problems += 1
            return False
        return True

    def _work(self) -> None:
        while not self._over.wait(LOOK_EVERY):
            self._quietly(self._look)

    def _look(self) -> None:
        """See what is due for each agent, and have it done."""
        users = list(self.agents)
        self._say_there()
        states = dict(self.ledger.rows(_STATES, users=users))
        serving = self.ledger.rows(_SERVING, users=users)
        serving_now = {row[1] for row in serving}
        for user, agent in self.agents.items():
            self._follow_shift(agent, states.get(user), user in serving_now)
        for offer, user in self.ledger.rows(_OFFERS, users=users):
            self._follow_offer(offer, self.agents[user])
        for contact, user, channel, queue in serving:
            self._follow_contact(contact, self.agents[user], channel, queue)
        gone = self._services.keys() - {row[0] for row in serving}
        for contact in gone:
            del self._services[contact]

    def _say_there(self) -> None:
        """Say for all who are logged in that their browsers are there."""
        now = time.monotonic()
        there = [user for user, agent in self.agents.items() if agent.client]
        if there and now >= self._there_at:
            self.ledger.rows(_THERE, users=there)
            self._there_at = now + THERE_EVERY

    # -- what is due -----------------------------------------------------------------------------

    def _follow_shift(self, agent: Agent, state: str | None, is_serving: bool) -> None:
        where, kind = choices.wanted(agent.member, self._day_time())
        if where == choices.IN and (agent.client is None or state in (None, "logged_out", "away")):
            self._do(("in", agent.user), agent, lambda: self._enter(agent))
        elif where == choices.IN and state in ("break", "not_answering"):
            self._do(("back", agent.user), agent, lambda: agent.be("available"))
        elif is_serving or agent.client is None:
            # First what is being served is finished
            return
        elif where == choices.OUT and not self.staying:
            self._do(("out", agent.user), agent, agent.leave)
        elif where == choices.BREAK and state in ("available", "not_answering"):
            reason = self._reasons[kind]
            self._do(("pause", agent.user), agent, lambda: agent.be("break", reason))

    def _enter(self, agent: Agent) -> None:
        """Let an agent arrive; a session that Odoo no longer knows is opened anew."""
        try:
            agent.enter()
        except OdooError:
            agent.client = None
            raise
        self.ledger.rows(_THERE, users=[agent.user])

    def _follow_offer(self, offer: int, agent: Agent) -> None:
        now = time.monotonic()
        if offer not in self._answers:
            what, seconds = choices.answer_to_offer(agent.rnd)
            self._answers[offer] = (what, now + seconds)
        what, at = self._answers[offer]
        if agent.client is None or now < at or what == "ignore":
            return
        arguments = ("busy",) if what == "refuse" else ()
        self._do(
            ("offer", offer),
            agent,
            lambda: agent.client.call("contact_center.offer", what, offer, *arguments),
        )

    def _follow_contact(self, contact: int, agent: Agent, channel: int, queue: int) -> None:
        now, key = time.monotonic(), self._queues.get(queue, "information")
        if contact not in self._services:
            handling = agent.rnd.lognormvariate(6.0, 0.45)
            self._services[contact] = (choices.service(handling, agent.rnd), now)
        plan, began = self._services[contact]
        what = plan.due(now - began)
        if not what or agent.client is None:
            return

        def act() -> None:
            agent.do(what, contact, channel, key, self._dispositions.get(key, []))
            plan.done.add(what)

        self._do(("contact", contact), agent, act)

    def _do(self, key, agent: Agent, do) -> None:
        """Have an agent do something in another thread, unless it is being done."""
        if key in self._doing or self._over.is_set():
            return
        self._doing.add(key)

        def act() -> None:
            try:
                agent.failures = 0 if self._quietly(do) else agent.failures + 1
                if agent.failures >= FAILURES:
                    agent.client, agent.failures = None, 0
            finally:
                self._doing.discard(key)

        self._pool.submit(act)
