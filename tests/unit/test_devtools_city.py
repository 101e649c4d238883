"""The living demo: what is drawn and decided, and that it keeps off others' data."""

import contextlib
import random
import signal
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from contact_center_city156.preset import belo_horizonte, with_queues
from contact_center_distribution import routing
from devtools.city import choices, crew, drawing, past, program, shape, words
from devtools.city.playing import Pace, timetable
from devtools.city.writing import copied
from devtools.errors import Problem

ROOT = Path(__file__).resolve().parents[2]
FLOW = ROOT / "addons/chatbot_flow/data/flows/city_156.yaml"
FRIDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 22)
KEYS = {stream.queue: number for number, stream in enumerate(shape.STREAMS, start=1)}
NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
CENTRE = past.Centre(
    routing,
    routing.Settings(
        {number: routing.QueueSettings(number, offer_seconds=20) for number in KEYS.values()}
    ),
    KEYS,
    weight=50,
)


# -- how much comes ----------------------------------------------------------------------------


def test_the_streams_are_the_queues_of_the_preset():
    """Each queue of the preset has one, with its hours, and together they are everything."""
    hours = {one.key: (one.opens, one.closes) for one in belo_horizonte.CITY.hours}
    of_preset = {one.key: hours.get(one.hours, (0, 24)) for one in belo_horizonte.CITY.queues}
    assert {one.queue: (one.opens, one.closes) for one in shape.STREAMS} == of_preset
    assert sum(one.share for one in shape.STREAMS) == pytest.approx(1)
    assert set(words.ASKED) == set(KEYS)


@pytest.mark.parametrize("stream", shape.STREAMS, ids=lambda stream: stream.queue)
def test_a_day_is_split_over_the_open_half_hours(stream):
    parts = shape.profile(stream)
    assert sum(parts) == pytest.approx(1)
    closed = [
        slot for slot in range(48) if (slot + 1) / 2 <= stream.opens or slot / 2 >= stream.closes
    ]
    assert not any(parts[slot] for slot in closed)
    assert parts[20] > 3 * parts[40]


def test_mondays_are_full_and_holidays_quiet():
    streets = shape.STREAMS[0]
    thursday = date(2026, 11, 19)

    def total(day, is_holiday=False):
        return sum(shape.expected(streets, day, 1000, is_holiday))

    assert total(thursday + timedelta(days=4)) > total(thursday) > total(SUNDAY)
    assert total(thursday, is_holiday=True) < 0.4 * total(thursday)
    taxes = next(one for one in shape.STREAMS if one.queue == "taxes")
    due, later = date(2026, 11, 12), date(2026, 11, 26)
    assert sum(shape.expected(taxes, due, 1000)) > 1.2 * sum(shape.expected(taxes, later, 1000))


@given(st.integers(0, 10**6), st.floats(0, 60))
def test_poisson_draws_whole_numbers(seed, mean):
    assert shape.poisson(random.Random(seed), mean) >= 0


def test_poisson_has_its_mean():
    rnd = random.Random(3)
    drawn = [shape.poisson(rnd, 4.5) for _time in range(4000)]
    assert sum(drawn) / 4000 == pytest.approx(4.5, abs=0.15)


# -- who comes ---------------------------------------------------------------------------------


def test_the_same_seed_draws_the_same_day_alone_or_among_others():
    alone = drawing.draw_day(FRIDAY, 200, "156")
    drawing.draw_day(SUNDAY, 200, "156")
    assert drawing.draw_day(FRIDAY, 200, "156") == alone
    assert drawing.draw_day(FRIDAY, 200, "other") != alone
    assert alone == sorted(alone, key=lambda one: one.at)


def test_a_day_has_about_as_many_contacts_as_were_asked_for():
    days = [FRIDAY - timedelta(weeks=week) for week in range(8)]
    drawn = [one for day in days for one in drawing.draw_day(day, 300, "156")]
    people = sum(not one.electronic for one in drawn)
    expected = sum(sum(shape.expected(one, day, 300)) for day in days for one in shape.STREAMS)
    assert people == pytest.approx(expected, rel=0.15)
    assert sum(one.electronic for one in drawn) == pytest.approx(0.55 * people, rel=0.15)
    assert 0.3 < sum(bool(one.rating) for one in drawn) / len(drawn) < 0.6


def test_a_storm_fills_the_lines_about_the_lights():
    storms = [day for day in shape.past_days(FRIDAY, 120) if shape.storm(day, "156") is not None]
    assert 3 <= len(storms) <= 20
    day = storms[0]
    begin = shape.storm(day, "156") * 3600
    came = [one for one in drawing.draw_day(day, 600, "156") if one.queue == "streets"]
    lights = [one for one in came if one.subject == 1 and one.nature == "request"]
    assert len(lights) > 10
    assert all(begin - 1800 <= one.at <= begin + 9000 for one in lights)


def test_a_compressed_day_keeps_its_order_and_its_shape():
    pace = Pace(minutes=10, contacts=400, begins=6, ends=24)
    come = timetable(FRIDAY, pace, "1")
    times = [at for at, _coming in come]
    assert times == sorted(times)
    assert times[0] >= 0 and times[-1] < pace.length == 450
    first = sum(at < pace.seconds(1) for at in times)
    busy = sum(pace.seconds(4) <= at < pace.seconds(5) for at in times)
    assert busy > 2 * first


# -- the past ----------------------------------------------------------------------------------


def played(day, contacts=350):
    comings = [one for one in drawing.draw_day(day, contacts, "156") if not one.electronic]
    members = [one for one in crew.crew() if crew.is_at_work(one, day, "156")]
    return (members, *past.play(CENTRE, comings, members, f"156 {day}"))


def test_a_played_day_is_plausible():
    """Most are answered at once, some give up, nobody is lost, and everybody goes home."""
    members, told, states = played(FRIDAY)
    served = [one for one in told if one.member]
    assert 0.85 < len(served) / len(told) < 1
    assert sum(one.waited <= 20 for one in served) / len(told) > 0.7
    assert all(one.left >= one.coming.at for one in told)
    assert all(one.ended == one.left for one in told if not one.member)
    assert {one.number for one in members} == set(states)
    assert all(own[-1].kind == past.OUT for own in states.values())
    pauses = Counter(state.pause for own in states.values() for state in own if state.pause)
    assert pauses == {"regulated": 2 * len(members), "snack": len(members)}


def test_agents_serve_their_own_queues_and_no_more_than_they_can():
    members, told, _states = played(FRIDAY)
    queues = {one.number: one.queues for one in members}
    changes = []
    for one in told:
        for offer in one.offers:
            assert one.coming.queue in queues[offer.member]
        if one.member:
            begun = one.offers[-1].at
            changes += [(begun, 1, one.member), (one.ended, -1, one.member)]
    serving = Counter()
    for _at, change, member in sorted(changes):
        serving[member] += change
        assert serving[member] <= 2


def test_a_past_of_one_seed_is_always_the_same():
    assert played(SUNDAY)[1:] == played(SUNDAY)[1:]


def test_somebody_works_at_any_hour_on_any_day():
    for day in (FRIDAY, SUNDAY):
        members = [one for one in crew.crew() if crew.is_at_work(one, day, "156")]
        for half_hour in range(48):
            at = half_hour * 1800 + 60
            here = [one for one in members if one.shift[0] <= at < one.shift[1]]
            assert here, (day, half_hour)


def test_pauses_keep_the_rule():
    """Two of ten minutes and a snack of twenty, none in the first or the last hour (NR-17)."""
    for member in crew.crew():
        begin, end = member.shift
        for pause in crew.pauses(member):
            assert begin + 3600 <= pause.at
            assert pause.at + pause.seconds <= end - 3600


# -- what people do ----------------------------------------------------------------------------


def test_the_ways_through_the_menu_lead_where_they_should():
    document = with_queues(yaml.safe_load(FLOW.read_text(encoding="utf-8")), belo_horizonte.CITY)
    steps = {step["key"]: step for step in document["steps"]}
    order = [step["key"] for step in document["steps"]]
    names = {one.key: one.name for one in belo_horizonte.CITY.queues}

    def follow(titles):
        step = steps[document["main_menu"]]
        for title in titles:
            option = next(one for one in step["options"] if one["title"] == title)
            step = steps[option["goto"]]
            while step["kind"] == "message":
                step = steps[step.get("goto") or order[order.index(step["key"]) + 1]]
        return step

    for queue, titles in choices.WAYS.items():
        assert follow(titles)["queue"] == names[queue]
    assert steps[document["on_agent"]]["queue"] == names["information"]
    assert set(choices.WAYS) | {"information"} == set(KEYS)
    for titles in choices.SELF_SERVICE:
        assert follow(titles)["kind"] == "end"


def test_a_service_says_each_thing_once_and_in_order():
    plan, said = choices.service(400, random.Random(1)), []
    for second in range(100):
        while what := plan.due(second):
            said.append((what, second))
            plan.done.add(what)
    assert [what for what, _second in said] == ["welcome", "answer", "close"]
    assert 6 <= said[-1][1] <= 61


def test_agents_come_pause_and_go_by_their_shift():
    member = crew.crew()[0]
    begin, end = member.shift
    regulated = crew.pauses(member)[0]
    assert choices.wanted(member, begin - 1) == ("out", "")
    assert choices.wanted(member, begin) == ("in", "")
    assert choices.wanted(member, regulated.at + 1) == ("break", "regulated")
    assert choices.wanted(member, end) == ("out", "")


def test_most_offers_are_accepted():
    rnd = random.Random(5)
    answers = Counter(choices.answer_to_offer(rnd)[0] for _time in range(2000))
    assert answers["accept"] > 1850
    assert answers["refuse"] and answers["ignore"]


def test_telephones_of_citizens_differ():
    numbers = {words.telephone(number) for number in range(drawing.CITIZENS)}
    assert len(numbers) == drawing.CITIZENS
    assert {len(number) for number in numbers} == {13}


@given(st.text())
def test_what_is_copied_stays_one_field_of_one_row(text):
    assert not set(copied(text)) & set("\t\n\r")


# -- whose database ----------------------------------------------------------------------------


class NoNotes:
    """Databases that `./dev` did not make."""

    def notes(self, name):
        """Return the notes of a database: none."""
        return {}


def test_what_cannot_be_done_is_said_without_a_traceback(monkeypatch, capsys):
    @contextlib.contextmanager
    def servers(_settings):
        program.check_ours(NoNotes(), "prefeitura")
        yield

    monkeypatch.setattr(program, "servers", servers)
    handlers = {number: signal.getsignal(number) for number in NUMBERS}
    try:
        assert program.main([]) == 1
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    said = capsys.readouterr().err
    assert "não foi feito pelo ./dev" in said
    assert "Traceback" not in said


def test_a_city_database_is_refused():
    with pytest.raises(Problem, match=r"não foi feito pelo \./dev"):
        program.check_ours(NoNotes(), "prefeitura")
