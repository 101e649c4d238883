"""Random days of a contact centre, and a second way to count them.

That is plain Python over the events. It shares nothing with the core but the names of the readings:
it replays each conversation's events and counts what it saw, where the core joins stays.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from hypothesis import strategies as st

from contact_center_indicator.measure import Service, Stay

SECOND = 1_000_000
GOAL = 20
# Moments around the goal and around short abandonments, and some others
PAUSES = st.sampled_from(
    [0, 1, 4_999_999, 5_000_000, 5_000_001, 19_999_999, 20_000_000, 20_000_001]
    + [7 * SECOND, 61 * SECOND, 900 * SECOND]
)
QUEUES, AGENTS = (1, 2, 3), (11, 12)
LONGEST = 6


@dataclass
class Day:
    """What the ledgers of a day hold.

    :param events: (kind, at, conversation, queue, agent, data), as they happened
    :param opened: {conversation: moment}
    :param calls: conversations of citizens who wait on the line
    """

    stays: list = field(default_factory=list)
    services: list = field(default_factory=list)
    events: list = field(default_factory=list)
    opened: dict = field(default_factory=dict)
    calls: set = field(default_factory=set)

    def replied_after(self, conversation, moment):
        """Return when an agent first spoke after a moment, None if they did not."""
        said = [
            at
            for kind, at, one, *_rest in self.events
            if kind == "first_reply" and one == conversation and at >= moment
        ]
        return min(said, default=None)


@st.composite
def days(draw):
    """Draw a day with up to a dozen conversations."""
    day = Day()
    for conversation in range(1, draw(st.integers(1, 12)) + 1):
        _Story(draw, day, conversation).play()
    return day


class _Story:
    """One conversation, written into the ledgers as the product writes it."""

    def __init__(self, draw, day, conversation):
        self.draw, self.day, self.conversation = draw, day, conversation
        self.now = draw(st.integers(0, 3600)) * SECOND
        self.queue = draw(st.sampled_from(QUEUES))
        self.agent = None
        self.by_name = False
        day.opened[conversation] = self.now
        if draw(st.booleans()):
            day.calls.add(conversation)

    def log(self, kind, **data):
        self.day.events.append(
            (kind, self.now, self.conversation, self.queue, self.agent, data or {})
        )

    def pass_time(self, least=0):
        self.now += max(self.draw(PAUSES), least)

    def play(self):
        self.log("opened")
        self.pass_time()
        if self.draw(st.integers(0, 5)) == 0:
            self.log("closed", registered=False)
            return
        self.log("queued")
        self.waits()
        for _ in range(LONGEST):
            if not self.serves():
                return
        if self.agent:
            self.ends(self.now)

    def waits(self):
        """Wait until somebody answers or the citizen is gone."""
        for _ in range(LONGEST):
            entered = self.now
            self.pass_time()
            how = self.draw(
                st.sampled_from(
                    ["accepted"] * 5
                    + [
                        "abandoned",
                        "closed",
                        "returned_to_bot",
                        "overflowed",
                        "transferred",
                        "name",
                    ]
                )
            )
            if how in ("overflowed", "transferred"):
                self.stay(entered, how)
                self.queue = self.draw(st.sampled_from(QUEUES))
                self.log("transferred")
                continue
            return self.leaves(entered, how)
        return self.leaves(self.now, "accepted")

    def leaves(self, entered, how):
        self.by_name = how == "name"
        if how in ("accepted", "name"):
            agent = self.draw(st.sampled_from(AGENTS))
            self.stay(entered, "transferred" if self.by_name else how, agent)
            if self.by_name:
                self.log("transferred")
            self.agent = agent
            self.log("accepted")
        else:
            self.stay(entered, how)
            self.agent = None
            kind = "returned_to_bot" if how == "returned_to_bot" else "closed"
            self.log(kind, how=how, registered=False)

    def stay(self, entered, how, agent=None):
        number = len(self.day.stays) + 1
        self.day.stays.append(
            Stay(number, self.conversation, self.queue, entered, self.now, how, agent)
        )

    def serves(self):
        """Serve; return whether somebody else is to go on."""
        if not self.agent:
            return False
        taken, replied = self.now, None
        # Who was chosen by name keeps the contact for a while: see JOINED_US
        self.pass_time(10 * SECOND if self.by_name else 0)
        if self.draw(st.booleans()):
            replied = self.now
            self.log("first_reply")
            self.pass_time()
        how = self.draw(st.sampled_from(["closed", "closed", "queue", "agent"]))
        if how == "closed":
            self.ends(taken, replied)
            return False
        self.day.services.append(
            Service(self.queue, self.agent, taken, self.now, replied, self.is_call)
        )
        if how == "agent":
            self.log("taken_over_from")
            self.agent = self.draw(st.sampled_from(AGENTS))
            self.log("taken_over")
            self.by_name = False
        else:
            self.queue, self.agent = self.draw(st.sampled_from(QUEUES)), None
            self.log("transferred")
            self.waits()
        return True

    @property
    def is_call(self):
        return self.conversation in self.day.calls

    def ends(self, taken=None, replied=None):
        if taken is not None:
            self.day.services.append(
                Service(self.queue, self.agent, taken, self.now, replied, self.is_call)
            )
        self.log("closed", registered=self.draw(st.booleans()), by=self.agent)
        if self.draw(st.booleans()):
            self.log("rated", rating=self.draw(st.sampled_from(["very_good", "good", "fair"])))


# ------------------------------------------------------------
# The second way to count
# ------------------------------------------------------------


def replay(day):
    """Return what conversations' events tell: waits and services as dictionaries."""
    waits, services, alone = [], [], []
    for conversation in day.opened:
        events = [event for event in day.events if event[2] == conversation]
        waiting, serving, queued = None, None, False
        for kind, at, _conversation, queue, agent, data in events:
            if kind == "first_reply":
                serving["replied"] = at
            if serving and kind in ("closed", "transferred", "taken_over_from"):
                services.append({**serving, "ended": at})
                serving = None
                if kind == "transferred":
                    waiting = {"since": at, "first": queue, "conversation": conversation}
            elif waiting and kind in ("accepted", "closed", "returned_to_bot"):
                waits.append({**waiting, "left": at, "last": queue, "end": data.get("how", kind)})
                waits[-1]["agent"] = agent
                waiting = None
            if kind in ("accepted", "taken_over"):
                serving = {"taken": at, "queue": queue, "agent": agent, "replied": None}
                serving["call"] = conversation in day.calls
            if kind == "queued":
                queued = True
                waiting = {"since": at, "first": queue, "conversation": conversation}
            if kind == "closed" and not queued:
                alone.append(queue)
    return waits, services, alone


def brute_force(day, reading):
    """{code: value} of the whole day, counted the long way."""
    waits, services, alone = replay(day)
    for wait in waits:
        opened = reading["wait_from"] == "opened"
        wait["start"] = day.opened[wait["conversation"]] if opened else wait["since"]
        wait["time"] = wait["left"] - wait["start"]
        wait["short"] = wait["end"] in ("abandoned", "closed") and (
            reading["short_abandon"] != "0"
            and wait["time"] <= int(reading["short_abandon"]) * SECOND
        )
    values = {}
    answered = [wait for wait in waits if wait["end"] == "accepted"]
    base = {
        "offered": waits,
        "answered": answered,
        "without_short": [wait for wait in waits if not wait["short"]],
    }[reading["service_base"]]
    number = len(base) + (len(alone) if reading["service_population"] == "all" else 0)
    good = [wait for wait in answered if in_time(day, wait, reading)]
    values["INS"] = ratio(len(good), number, 100)
    measured = waits if reading["wait_population"] == "received" else answered
    values["TME"] = ratio(
        sum(wait["time"] for wait in measured), len(measured), Fraction(1, SECOND)
    )
    lost = [wait for wait in waits if wait["end"] in ("abandoned", "closed") and not wait["short"]]
    kept = len([wait for wait in waits if not wait["short"]])
    kept += len(alone) if reading["abandon_population"] == "all" else 0
    values["IAL"] = ratio(len(lost), kept, 100)
    spoken = [one for one in services if one["call"] or one["replied"] is not None]
    time = sum(one["ended"] - (one["taken"] if one["call"] else one["replied"]) for one in spoken)
    values["TMA"] = ratio(time, len(spoken), Fraction(1, SECOND))
    votes = [data["rating"] for kind, *_rest, data in day.events if kind == "rated"]
    values["IPS"] = ratio(len([v for v in votes if v in ("good", "very_good")]), len(votes), 100)
    ends = [event[5] for event in day.events if event[0] == "closed" and event[5].get("by")]
    values["IAR"] = ratio(len([end for end in ends if end["registered"]]), len(ends), 100)
    return values


def in_time(day, wait, reading):
    """Whether an answered wait was answered within the goal."""
    conversation = wait["conversation"]
    moment = wait["left"]
    if conversation not in day.calls and reading["service_text"] == "reply":
        moment = day.replied_after(conversation, wait["left"])
    return moment is not None and moment - wait["start"] <= GOAL * SECOND


def ratio(above, below, scale):
    return Fraction(above, below) * scale if below else None
