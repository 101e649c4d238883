# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the router reads and says: plain, frozen values.

Times are seconds as floats on one clock (a Unix timestamp), durations are seconds. Queues,
contacts, agents and skills are known by their ids. Everything that a person may be told is a
`Reason`: a code with values, put into words by the layer above.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .words import (
    BY_WAIT,
    CHOICES,
    CONDITIONS,
    KEEP_PLACE,
    LONGEST_IDLE,
    MESSAGE,
    MODES,
    OFFER,
    ORDERS,
    WAYS,
    WHEN_FULL,
    known,
)

# How an agent comes to serve a queue, the nearest first (`Offer.standing`)
OWN = "own"
RING = "ring"
OVERFLOWED = "overflow"
LENT = "lent"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the router decided something, or did not.

    :param code: one of the codes in `reasons.py`
    :param values: numbers and ids for the sentence, by name
    """

    code: str
    values: Mapping[str, float | int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ring:
    """A widening of the circle of agents after some time in the queue. Rings add up.

    :param after: seconds in the queue from which on it holds
    :param level: level that is enough for every skill asked; None: unchanged
    :param dropped: skills that are no longer asked
    :param queues: queues whose agents are asked too
    """

    after: float
    level: int | None = None
    dropped: frozenset[int] = frozenset()
    queues: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Overflow:
    """When contacts of a queue go to another one too, or move there.

    :param id: id of the rule
    :param condition: one of `CONDITIONS`
    :param target: id of the other queue
    :param above: seconds (wait, estimate, answer speed, oldest wait) or contacts (size) from which
        on it holds; agents below which it holds (few agents); of no meaning for the others
    :param way: `KEEP_PLACE` or `MOVE`
    :param back_below: below which contacts that kept their place are withdrawn from the target; by
        default half of `above`, so that they do not come and go (few agents: as soon as they are
        enough)
    """

    id: int
    condition: str
    target: int
    above: float = 0.0
    way: str = KEEP_PLACE
    back_below: float | None = None

    def __post_init__(self):
        """Refuse words that no rule knows."""
        known(self.condition, CONDITIONS)
        known(self.way, WAYS)


@dataclass(frozen=True, slots=True)
class QueueSettings:
    """How one queue distributes its contacts.

    :param id: id of the queue
    :param mode: one of `MODES`
    :param order: one of `ORDERS`
    :param choice: one of `CHOICES`
    :param level_seconds: seconds of waiting that a level of priority counts for (`BY_AGEING`)
    :param head_start: seconds that contacts of this queue are ahead of other queues' when an agent
        serves several
    :param offer_seconds: how long an offer stands (usual: 20 for calls, 45 for text)
    :param last_agent_seconds: how long a contact waits for the agent who served it last; 0: not
    :param skills: level asked of each skill, by skill
    :param prefer_level: among the equally loaded, the higher levels first
    :param rings: in any order; each counts from the entry into the queue
    :param overflows: in the order in which they are tried
    :param max_waiting: contacts for whom there is room; 0: any number
    :param max_wait: seconds of waiting, estimated or of who has waited longest, beyond which nobody
        is let in; 0: any
    :param when_full: one of `WHEN_FULL`
    :param full_target: queue that takes in who finds no room (`OVERFLOW`)
    :param goal_seconds: within which contacts should be answered
    :param goal_percent: share of contacts for which that should be so
    """

    id: int
    mode: str = OFFER
    order: str = BY_WAIT
    choice: str = LONGEST_IDLE
    level_seconds: float = 300.0
    head_start: float = 0.0
    offer_seconds: float = 45.0
    last_agent_seconds: float = 0.0
    skills: Mapping[int, int] = field(default_factory=dict)
    prefer_level: bool = False
    rings: tuple[Ring, ...] = ()
    overflows: tuple[Overflow, ...] = ()
    max_waiting: int = 0
    max_wait: float = 0.0
    when_full: str = MESSAGE
    full_target: int | None = None
    goal_seconds: float = 300.0
    goal_percent: float = 80.0

    def __post_init__(self):
        """Refuse words that no rule knows."""
        known(self.mode, MODES)
        known(self.order, ORDERS)
        known(self.choice, CHOICES)
        known(self.when_full, WHEN_FULL)


@dataclass(frozen=True, slots=True)
class Settings:
    """How all queues of a routing domain distribute.

    :param queues: by id; a contact whose queue is not here is left alone
    :param declined_seconds: for which an agent who refused or let pass a contact is not asked again
    :param unanswered_limit: offers in a row without an answer after which an agent counts as not
        answering
    """

    queues: Mapping[int, QueueSettings]
    declined_seconds: float = 60.0
    unanswered_limit: int = 2


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact that waits for an agent.

    :param id: id of the conversation
    :param queue: where it waits
    :param since: when it began to wait, in its first queue; never changes on overflow, return or
        expiry of an offer
    :param entered: when it entered this queue; rings and the last agent count from here. None:
        `since`
    :param priority: 0 is usual, higher is more urgent, may be negative
    :param weight: what it takes of an agent's capacity (usual: call 100, text 30)
    :param channel: kind of channel
    :param skills: levels asked besides those of the queue, by skill
    :param last_agent: who served this person last
    :param named_agent: who alone is to get it (direct hand-over)
    :param named_until: until when only that agent; None: for good
    :param returned: whether an offer expired or was refused, or its agent left: nobody who came
        later goes before it, whatever the priority
    :param declined: when agents refused it or let its offer pass, by agent
    :param shown_in: other queues in which it is shown (overflow that keeps its place)
    """

    id: int
    queue: int
    since: float
    entered: float | None = None
    priority: int = 0
    weight: int = 30
    channel: str = ""
    skills: Mapping[int, int] = field(default_factory=dict)
    last_agent: int | None = None
    named_agent: int | None = None
    named_until: float | None = None
    returned: bool = False
    declined: Mapping[int, float] = field(default_factory=dict)
    shown_in: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Membership:
    """An agent in one queue.

    :param turn: number of the agent's last turn in this queue, any growing counter (for instance
        the id of the last offer); 0: none yet (`CIRCULAR`)
    :param share: contacts of this queue given to the agent; see `choice.starting_share` for
        newcomers (`EVEN_SHARE`)
    :param barred: code why the agent may not serve this queue now (not trained...); empty: may
    """

    turn: int = 0
    share: int = 0
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent who is logged in.

    :param id: id of the user
    :param queues: memberships by queue
    :param barred: code why nothing may be offered now (a pause, away, not answering, supervisor
        not logged in, outside the shift...); empty: may
    :param capacity: sum of the weights that the agent can serve at a time
    :param load: sum of the weights in service or in after-contact work; open offers are not in it
    :param idle_since: when the last contact **ended** (or the login, or the end of a pause, if
        later); never when something was offered
    :param served_today: contacts served today
    :param handled_today: seconds of handling time today
    :param skills: level of each skill, by skill
    :param channels: kinds of channel that the agent serves; None: all
    """

    id: int
    queues: Mapping[int, Membership] = field(default_factory=dict)
    barred: str = ""
    capacity: int = 100
    load: int = 0
    idle_since: float = 0.0
    served_today: int = 0
    handled_today: float = 0.0
    skills: Mapping[int, int] = field(default_factory=dict)
    channels: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """An offer without an answer yet; it holds its weight until it is settled.

    :param contact: id
    :param agent: id
    :param weight: the contact's
    :param until: when it expires
    """

    contact: int
    agent: int
    weight: int
    until: float


@dataclass(frozen=True, slots=True)
class Loan:
    """An agent who is lent now.

    :param rule: id of the `LoanRule`
    :param agent: id
    :param lender: queue at home
    :param borrowers: queues that the agent serves too
    :param since: when it began
    """

    rule: int
    agent: int
    lender: int
    borrowers: frozenset[int]
    since: float


@dataclass(frozen=True, slots=True)
class Health:
    """How a queue is doing.

    :param waiting: contacts that wait
    :param free: agents who could take a contact of this queue at once
    :param estimate: estimated seconds of waiting for who comes now; None: no forecast
    :param answer_speed: average speed of answer of late, in seconds; None: nobody was answered
    :param service_level: percent answered within the goal today; None: nobody was answered
    :param open: within the service hours
    :param agents: agents who are there for it, busy or not
    :param oldest_wait: seconds that the contact has waited that has waited longest
    """

    waiting: int = 0
    free: int = 0
    estimate: float | None = None
    answer_speed: float | None = None
    service_level: float | None = None
    open: bool = True
    agents: int = 0
    oldest_wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything in a routing domain at one moment.

    The order within the tuples has no meaning.
    """

    contacts: tuple[Contact, ...] = ()
    agents: tuple[Agent, ...] = ()
    offers: tuple[OpenOffer, ...] = ()
    loans: tuple[Loan, ...] = ()
    health: Mapping[int, Health] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """A decision: this contact to this agent.

    :param contact: id
    :param agent: id
    :param queue: the contact's queue
    :param via: the queue in which the agent serves it; the same, but for ring, overflow and loan
    :param standing: `OWN`, `RING`, `OVERFLOWED` or `LENT`
    :param weight: the contact's
    :param at: now
    :param until: when it expires; equal to `at` if nobody asks
    :param automatic: to be put into service at once, without asking
    :param score: seconds by which the contact was ranked, for the ledger
    :param reasons: why this contact, then why this agent
    """

    contact: int
    agent: int
    queue: int
    via: int
    standing: str
    weight: int
    at: float
    until: float
    automatic: bool
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent as the explanation lists it.

    :param agent: id
    :param place: 1 would be asked first; 0: may not be asked at all
    :param standing: how the agent comes to this queue; empty if not at all
    :param reasons: why at this place, or why not
    """

    agent: int
    place: int
    standing: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Who would get the next contact of a queue now, and why.

    :param queue: id
    :param contact: id of the contact that is next; None: nobody waits, and it is about the next to
        come
    :param reasons: why this contact is next, or why the router does nothing here
    :param candidates: all agents of the domain, the first to be asked first, then who may not
    """

    queue: int
    contact: int | None
    reasons: tuple[Reason, ...]
    candidates: tuple[Candidate, ...]
