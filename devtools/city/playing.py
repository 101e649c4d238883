"""A day of the 156 played in minutes: citizens come, and agents serve them."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from devtools.odoo_client import OdooClient
from sandbox.client import SandboxError

from . import choices, crew, words
from .agents import PROBLEMS, Floor, Ledger
from .citizens import Citizen
from .drawing import CITIZENS, Coming, draw_day
from .shape import DAY_SECONDS

CITIZENS_AT_ONCE = 48
SLOT_SECONDS = 20.0
"""So long a citizen waits for a free place among those; then they do not come at all."""

EARLY = 40.0
"""At most so many seconds before the first citizen those who begin the day log in."""

LATE = 75.0
"""Seconds after the last one in which the agents finish what they serve."""

TOLD_EVERY = 15.0
SUPERVISOR = ("sofia", "sofia-demo-2026")

_FIGURES = """
SELECT count(*) FILTER (WHERE left_how = 'accepted'),
    count(*) FILTER (WHERE left_how = 'accepted'
        AND left_us - entered_us <= queue.service_level_seconds * 1000000),
    count(*) FILTER (WHERE left_how = 'abandoned'),
    count(*) FILTER (WHERE left_at IS NULL)
FROM contact_center_stay stay JOIN contact_center_queue queue ON queue.id = stay.queue_id
WHERE stay.entered_at >= %(since)s AND stay.queue_id = ANY(%(queues)s)
"""
_IN_SERVICE = """
SELECT count(*) FROM contact_center_conversation
WHERE state = 'in_service' AND queue_id = ANY(%(queues)s)
"""
_NOW = "SELECT date_trunc('second', now() AT TIME ZONE 'UTC')"
_KINDS = """
SELECT kind, count(*) FROM contact_center_agent_state
WHERE "end" IS NULL AND user_id = ANY(%(users)s) GROUP BY kind
"""


_LEFT = """
SELECT one.id FROM contact_center_conversation one
JOIN whatsapp_identity citizen ON citizen.id = one.whatsapp_identity_id
WHERE one.state IN ('queued', 'in_service') AND one.queue_id = ANY(%(queues)s)
    AND citizen.wa_id = ANY(%(citizens)s)
"""


@dataclass(frozen=True)
class Places:
    """Where the servers are.

    :param database_url: for looking, see `agents.Ledger`
    """

    odoo_url: str
    meta_url: str
    database: str
    database_url: str


@dataclass(frozen=True)
class Pace:
    """How a day is played.

    :param minutes: that 24 hours take
    :param contacts: that come in them for people; those of the assistant come besides
    :param begins: hour at which the day begins
    :param ends: hour at which it ends
    """

    minutes: float = 10.0
    contacts: float = 220.0
    begins: float = 6.0
    ends: float = 24.0

    def seconds(self, hours: float) -> float:
        """Return how many real seconds so many hours of the day take."""
        return hours * 3600 / self.speed

    @property
    def speed(self) -> float:
        """Seconds of the day in a real second."""
        return DAY_SECONDS / (60 * self.minutes)

    @property
    def length(self) -> float:
        """Real seconds from the first hour to the last."""
        return self.seconds(self.ends - self.begins)


def timetable(day: date, pace: Pace, seed: str) -> list[tuple[float, Coming]]:
    """Return who comes when, in real seconds from the beginning, in order.

    >>> timetable(date(2026, 11, 20), Pace(contacts=0), "1")
    []
    """
    comings = draw_day(day, pace.contacts, f"live {seed}")
    begin, end = pace.begins * 3600, pace.ends * 3600
    return [((one.at - begin) / pace.speed, one) for one in comings if begin <= one.at < end]


class Play:
    """One day, from the first login to the last logout.

    :param facts: what `making.make` returned
    :param tell: hears what is happening, in words
    """

    def __init__(self, places: Places, facts: dict, pace: Pace, tell: Callable[[str], None]):
        self.places, self.facts, self.pace, self.tell = places, facts, pace, tell
        self.ended: Counter[str] = Counter()
        self.over = threading.Event()
        self._ledger = Ledger(places.database_url)
        self._began = self._tell_at = 0.0
        self._since = None
        self._floor = Floor(
            places.odoo_url,
            places.database,
            self._ledger,
            crew.crew(),
            facts,
            self.day_seconds,
        )
        self._active: set[int] = set()
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(CITIZENS_AT_ONCE)

    def day_seconds(self) -> float:
        """Return the time of the played day, in seconds after midnight.

        Its begin, before the first citizen may come.
        """
        if not self._began:
            return self.pace.begins * 3600
        passed = time.monotonic() - self._began
        return min(
            choices.day_time(passed, self.pace.minutes, self.pace.begins),
            self.pace.ends * 3600 - 1,
        )

    @property
    def hour(self) -> str:
        """The hour of the played day."""
        at = int(self.day_seconds())
        return f"{at // 3600:02}:{at // 60 % 60:02}"

    def run(self, day: date, seed: str) -> Counter:
        """Play the day; return how many contacts ended how. `over` ends it earlier."""
        ((self._since,),) = self._ledger.rows(_NOW)
        self._floor.open()
        try:
            self.tell("Os atendentes do primeiro turno entram ...")
            late = time.monotonic() + EARLY
            while not self._floor.is_staffed() and time.monotonic() < late:
                if self.over.wait(0.5):
                    break
            self._began = time.monotonic()
            self._send_all(timetable(day, self.pace, seed))
            self._finish()
        finally:
            self.over.set()
            self._floor.close()
            self._clear()
            self._ledger.close()
        return self.ended

    def _clear(self) -> None:
        """Let the supervisor end what invented citizens left open; real ones stay in the queue."""
        citizens = [words.wa_id(number) for number in range(CITIZENS)]
        queues = list(self.facts["queues"].values())
        try:
            left = self._ledger.rows(_LEFT, queues=queues, citizens=citizens)
            if left:
                client = OdooClient(self.places.odoo_url, self.places.database).login(*SUPERVISOR)
            for (contact,) in left:
                client.call("contact_center.conversation", "action_close", [contact])
        except PROBLEMS as problem:
            self.tell(f"Alguns atendimentos ficaram abertos ({problem}).")

    def _send_all(self, comings: list[tuple[float, Coming]]) -> None:
        """Let each citizen come at their time."""
        for at, coming in comings:
            while not self.over.is_set() and (left := self._began + at - time.monotonic()) > 0:
                self.over.wait(min(left, 1.0))
                self._tell_now_and_then()
            self._tell_now_and_then()
            if self.over.is_set():
                return
            if self._slots.acquire(timeout=SLOT_SECONDS):
                # Daemons: who waits for an answer must not keep a stopped demo from ending
                threading.Thread(target=self._live, args=(coming,), daemon=True).start()

    def _tell_now_and_then(self) -> None:
        """Tell what is happening, unless it was told lately."""
        if time.monotonic() >= self._tell_at:
            self.tell(self.line())
            self._tell_at = time.monotonic() + TOLD_EVERY

    def _finish(self) -> None:
        """Go on until everybody is served, or the time is over; then nobody waits any more."""
        end = self._began + self.pace.length + LATE
        while not self.over.wait(1.0):
            self._tell_now_and_then()
            now = time.monotonic()
            # Who is there at the end of the day serves those who came before it
            self._floor.staying = now >= self._began + self.pace.length
            if now >= end or (self._floor.staying and not self._active):
                return

    def _live(self, coming: Coming) -> None:
        number = self._number(coming.citizen)
        try:
            how = Citizen(self.places.meta_url, number, coming).live()
        except (SandboxError, OSError):
            # The servers are being stopped or started
            how = "lost"
        finally:
            with self._lock:
                self._active.discard(number)
            self._slots.release()
        self.ended[how] += 1

    def _number(self, wanted: int) -> int:
        """Return a citizen who is not talking to the city just now."""
        with self._lock:
            while wanted in self._active:
                wanted = (wanted + 1) % CITIZENS
            self._active.add(wanted)
            return wanted

    def figures(self) -> dict[str, int]:
        """Return what the ledgers say of this day so far.

        :return: {"served", "within", "abandoned", "waiting", "in_service"}
        """
        queues = list(self.facts["queues"].values())
        (counts,) = self._ledger.rows(_FIGURES, since=self._since, queues=queues)
        ((serving,),) = self._ledger.rows(_IN_SERVICE, queues=queues)
        names = ("served", "within", "abandoned", "waiting")
        return {**dict(zip(names, counts, strict=True)), "in_service": serving}

    def line(self) -> str:
        """Return what is happening, in a line."""
        try:
            found = self.figures()
            users = [*self._floor.agents]
            kinds = Counter(dict(self._ledger.rows(_KINDS, users=users)))
        except PROBLEMS:
            return f"{self.hour}  (os servidores não respondem agora; o dia continua)"
        return said(self.hour, found, kinds, self.ended["self_service"])


def said(hour: str, figures: dict[str, int], kinds: Counter, self_service: int) -> str:
    """Return one line of what is happening.

    >>> said("10:30", {"served": 40, "within": 36, "abandoned": 1, "waiting": 2, "in_service": 5},
    ...      Counter(available=3, in_service=4, break_=0), 21)
    '10:30  2 esperando · 5 em atendimento · 40 atendidos, 90% no prazo · 21 só com o assistente \
· 7 atendentes (livres: 3, em pausa: 0)'
    """
    served = figures["served"]
    level = f", {100 * figures['within'] // served}% no prazo" if served else ""
    lost = f" · {figures['abandoned']} desistiram" if figures["abandoned"] > 1 else ""
    here = sum(kinds.values()) - kinds["logged_out"] - kinds["away"]
    return (
        f"{hour}  {figures['waiting']} esperando · {figures['in_service']} em atendimento · "
        f"{served} atendidos{level}{lost} · {self_service} só com o assistente · "
        f"{here} atendentes (livres: {kinds['available']}, em pausa: {kinds['break']})"
    )
