"""Automatic messages: the three "never", over any order of events and time."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from contact_center.core import automatic, lifecycle, opt_out, schedule, service_time
from tests.cases import case

START = datetime(2026, 11, 20, 10)
KINDS = sorted(
    automatic.NUDGES
    | automatic.CLOSED_KINDS
    | {"parcel_sent", "welcome", "queued", "closing", "survey", "survey_thanks", "agent_joined"}
)


class Conversation(RuleBasedStateMachine):
    """One conversation: people, bot, clock, hours, wish and window move as they like."""

    def __init__(self):
        super().__init__()
        self.now = START
        self.state = lifecycle.BOT
        self.is_open = True
        self.opted_out = False
        self.window_until = START + timedelta(hours=24)
        self.said = []
        self.nudged = set()
        self.silence = automatic.Silence(lifecycle.BOT, last_inbound_at=START, owed=False)
        self.schedule = automatic.Schedule(warning=20, close=30)

    def moment(self):
        return automatic.Moment(
            self.now, self.state, self.is_open, self.opted_out, self.window_until, self.said
        )

    def change(self, **values):
        self.silence = replace(self.silence, state=self.state, **values)

    def say(self, kind, occasion=None):
        """Say it if the rules allow it; the judge is independent of the rules' code."""
        if automatic.refusal(kind, self.moment(), occasion):
            return False
        key = (kind, occasion)
        if kind in automatic.CLOSED_KINDS and occasion:
            # Once for each time that the queue is closed, whatever the words
            key = ("closed", occasion)
        if kind not in automatic.REPEATABLE:
            assert key not in self.nudged, f"{kind} twice"
            self.nudged.add(key)
        if kind in automatic.NUDGES or kind == "survey":
            assert not self.opted_out, f"{kind} to who wants none"
        if kind in automatic.NUDGES:
            assert self.is_open, f"{kind} outside service hours"
        if kind in automatic.CLOSED_KINDS:
            assert self.state != lifecycle.IN_SERVICE, f"{kind} while a person serves"
        assert self.window_until > self.now, f"{kind} outside the window"
        self.said.append(automatic.said_key(kind, occasion))
        self.change(last_outbound_at=self.now)
        return True

    @rule(minutes=st.integers(1, 400))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(is_open=st.booleans())
    def hours_change(self, is_open):
        self.is_open = is_open

    @rule(wish=st.booleans())
    def citizen_wishes(self, wish):
        self.opted_out = wish

    @rule(kind=st.sampled_from(KINDS), occasion=st.sampled_from([None, 1, 2]))
    def something_is_to_be_said(self, kind, occasion):
        if kind not in automatic.NUDGES:
            self.say(kind, occasion)

    @rule()
    def citizen_writes(self):
        self.window_until = self.now + timedelta(hours=24)
        self.change(last_inbound_at=self.now, owed=False)
        self.alive()

    @precondition(lambda self: self.state == lifecycle.IN_SERVICE)
    @rule()
    def agent_writes(self):
        self.change(last_outbound_at=self.now, owed=True)
        self.alive()

    @rule(state=st.sampled_from([lifecycle.BOT, lifecycle.QUEUED, lifecycle.IN_SERVICE]))
    def moves(self, state):
        self.state = state
        self.change(queued_at=self.now if state == lifecycle.QUEUED else self.silence.queued_at)
        self.alive()

    def alive(self):
        """Give a sign of life: the next nudge is for an occasion of its own."""
        self.nudged -= {"warned", "ended"}

    @rule()
    def the_clock_strikes_twice(self):
        """Run the scheduled action twice at once: the second finds nothing to do."""
        for _worker in range(2):
            self.strike()

    def strike(self):
        step = automatic.due(self.now, self.silence, self.schedule, self.is_open)
        if step == automatic.WARN:
            assert "warned" not in self.nudged, "warned twice for one silence"
            self.nudged.add("warned")
            self.say("inactivity_warning")
            self.change(warned_at=self.now)
        elif step == automatic.CLOSE:
            since = max(filter(None, (self.silence.last_inbound_at, self.silence.warned_at)))
            assert self.now > since, "ended in the moment of a sign of life"
            if self.state == lifecycle.IN_SERVICE:
                assert self.silence.owed, "ended although the agent owes the answer"
            self.say("inactivity_close")
            self.change(last_inbound_at=self.now, owed=False)
            self.alive()


TestConversation = Conversation.TestCase
TestConversation.settings = settings(max_examples=80, stateful_step_count=30)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("PARE", True),
        ("Pare!", True),
        ("não quero mais receber mensagens", True),
        ("quero receber mensagens", False),
        ("RECEBER MENSAGENS", False),
        ("\u200ePARE\u200e 🛑", True),
        ("Pare, por favor", True),
        ("pare de me mandar mensagens, obrigado", True),
        ("pare o carro na rua", None),
        ("meu sobrenome é Pare", None),
        # answers to menus
        ("sair", None),
        ("voltar", None),
        ("0", None),
        ("", None),
        (None, None),
    ],
)
def test_only_the_whole_wish_counts(text, wish):
    assert opt_out.parse(text) is wish


def _service(hours):
    """Return (elapsed, is_open) of a queue in São Paulo, Monday to Friday, with these ranges."""
    zone = ZoneInfo("America/Sao_Paulo")
    days = [date(2026, 11, 9) + timedelta(offset) for offset in range(28)]
    ranges = [
        (schedule.at_utc(day, opens, zone), schedule.at_utc(day, closes, zone))
        for day in days
        if day.weekday() < 5
        for opens, closes in schedule.parse_ranges(hours)
    ]

    def aware(at):
        return at.replace(tzinfo=timezone.utc)

    def elapsed(start, end):
        return service_time.service_time(ranges, aware(start), aware(end))

    def is_open(at):
        return any(opens <= aware(at) < closes for opens, closes in ranges)

    return elapsed, is_open


def _utc(text):
    return datetime.fromisoformat(text).astimezone(timezone.utc).replace(tzinfo=None)


def _closed_at(silence, schedule_of, hours, moment):
    """Return the first minute after `moment` at which the conversation ends, or None."""
    elapsed, is_open = _service(hours)
    for minute in range(4 * 1440):
        now = moment + timedelta(minutes=minute)
        if automatic.due(now, silence, schedule_of, is_open(now), elapsed) == automatic.CLOSE:
            return now
    return None


@pytest.mark.parametrize(
    ("state", "since", "close", "hours", "ends"),
    [
        (lifecycle.QUEUED, "2026-11-18T17:30-03:00", 120, "8-18", "2026-11-19T09:30-03:00"),
        (lifecycle.IN_SERVICE, "2026-11-18T17:30-03:00", 120, "8-18", "2026-11-19T09:30-03:00"),
        (
            lifecycle.IN_SERVICE,
            "2026-11-25T11:50-03:00",
            60,
            "8-12, 14-18",
            "2026-11-25T14:50-03:00",
        ),
        (lifecycle.QUEUED, "2026-11-20T17:55-03:00", 30, "8-18", "2026-11-23T08:25-03:00"),
        (lifecycle.QUEUED, "2026-11-21T10:00-03:00", 30, "8-18", "2026-11-23T08:30-03:00"),
        # the bot is there at night, too
        (lifecycle.BOT, "2026-11-18T17:30-03:00", 120, "8-18", "2026-11-18T19:30-03:00"),
    ],
)
def test_only_service_time_closes(state, since, close, hours, ends):
    since = _utc(since)
    silence = automatic.Silence(state, queued_at=since, last_outbound_at=since)
    schedule_of = automatic.Schedule(close=close)
    if state == lifecycle.BOT:
        assert automatic.due(_utc(ends), silence, schedule_of, is_open=False) == automatic.CLOSE
        return
    assert _closed_at(silence, schedule_of, hours, since) == _utc(ends)


def test_the_recorded_case_of_the_abandoned_at_eight():
    ends = ["2026-11-19T09:30-03:00", "2026-11-19T09:30-03:00", "2026-11-25T14:50-03:00"]
    for given_case, end in zip(case("b04-abandoned-at-eight.json")["input"], ends, strict=True):
        queued = given_case.get("queued")
        since = _utc(queued or given_case["agent_wrote"])
        close = given_case.get("waiting_close_minutes") or given_case["service_close_minutes"]
        silence = automatic.Silence(
            lifecycle.QUEUED if queued else lifecycle.IN_SERVICE,
            queued_at=since if queued else None,
            last_outbound_at=since,
        )
        hours = "8-12, 14-18" if given_case["case"] == "lunch" else "8-18"
        assert _closed_at(silence, automatic.Schedule(close=close), hours, since) == _utc(end)


def test_a_clock_that_was_set_back_closes_nobody():
    later = START + timedelta(hours=3)
    for state in (lifecycle.QUEUED, lifecycle.IN_SERVICE, lifecycle.BOT):
        silence = automatic.Silence(state, queued_at=later, last_outbound_at=later)
        assert automatic.due(START, silence, automatic.Schedule(close=10), is_open=True) == ""


def test_who_came_back_to_the_queue_has_not_been_silent_since_they_came_first():
    silence = automatic.Silence(
        lifecycle.QUEUED,
        queued_at=START,
        returned_at=START + timedelta(hours=2),
        last_inbound_at=START,
    )
    schedule_of = automatic.Schedule(close=30)
    for minutes, step in ((121, ""), (149, ""), (150, automatic.CLOSE)):
        now = START + timedelta(minutes=minutes)
        assert automatic.due(now, silence, schedule_of, is_open=True) == step


def test_who_is_warned_has_time_to_answer():
    schedule = automatic.Schedule(warning=20, close=30)
    silence = automatic.Silence(
        lifecycle.IN_SERVICE, last_inbound_at=START, last_outbound_at=START, warned_at=None
    )
    late = START + timedelta(hours=5)
    assert automatic.due(late, silence, schedule, is_open=False) == ""
    assert automatic.due(late, silence, schedule, is_open=True) == automatic.WARN
    warned = automatic.Silence(
        lifecycle.IN_SERVICE, last_inbound_at=START, last_outbound_at=late, warned_at=late
    )
    assert automatic.due(late + timedelta(minutes=9), warned, schedule, is_open=True) == ""
    assert (
        automatic.due(late + timedelta(minutes=10), warned, schedule, is_open=True)
        == automatic.CLOSE
    )
