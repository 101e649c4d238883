"""The core and a second implementation over the events count a day the same."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contact_center_indicator.measure import (
    INDICATORS,
    SWITCHES,
    Reading,
    Service,
    Stay,
    Tallies,
    Tally,
    Wait,
    waits_of,
)

from .indicator_days import GOAL, SECOND, brute_force, days, replay

COUNTED = ("INS", "TME", "IAL", "TMA", "IPS", "IAR")
KEYS = [key for key in SWITCHES if key.startswith(("service_", "wait_", "abandon_", "short_"))]


@st.composite
def readings(draw):
    return Reading({key: draw(st.sampled_from(list(SWITCHES[key].answers))) for key in KEYS})


def tallied(day, reading):
    """Return the tallies of the day through the core."""
    tallies = Tallies(reading, lambda queue, is_call: GOAL)
    for wait in waits_of(day.stays):
        tallies.add_wait(
            replace(
                wait,
                opened_us=day.opened[wait.conversation],
                replied_us=day.replied_after(wait.conversation, wait.left_us),
                is_call=wait.conversation in day.calls,
            )
        )
    _waits, _services, alone = replay(day)
    for queue in alone:
        tallies.add_electronic(queue, 1)
    for service in day.services:
        tallies.add_service(service)
    for kind, _at, _conversation, queue, agent, data in day.events:
        if kind == "closed" and data.get("by"):
            tallies.add_end(queue, agent, data["registered"])
        if kind == "rated":
            tallies.add_vote(queue, agent, data["rating"] in ("very_good", "good"))
    return tallies.found


def whole(found, code):
    return sum((tally for (name, *_key), tally in found.items() if name == code), Tally())


@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(days(), readings())
def test_a_second_implementation_agrees_on_a_thousand_days(day, reading):
    found, expected = tallied(day, reading), brute_force(day, reading)
    for code in COUNTED:
        tally = whole(found, code)
        value = INDICATORS[code].value(tally.numerator, tally.denominator)
        assert value == expected[code], (code, reading.changed())


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(days())
def test_received_is_answered_and_lost_and_gone_elsewhere(day):
    """Each citizen who entered a queue is counted once, wherever the contact went meanwhile."""
    waits = waits_of(day.stays)
    found = tallied(day, Reading())
    assert whole(found, "IAL").denominator == len(waits)
    assert whole(found, "TME").denominator == len(waits)
    assert (
        sum(stay.left_us - stay.entered_us for stay in day.stays) == whole(found, "TME").numerator
    )


def found_of(wait, **answers):
    tallies = Tallies(Reading(answers), lambda queue, is_call: GOAL)
    tallies.add_wait(wait)
    return tallies.found


def test_taking_without_answering_is_no_service_in_writing():
    """Both are kept: who took it in time, and who said something in time."""
    wait = Wait(1, 1, 1, 0, 20 * SECOND, "answered", 9, replied_us=20 * SECOND + 1)
    found = found_of(wait)
    assert found["INS_ACEITE", 1, 9] == Tally(1, 1)
    assert found["INS_RESPOSTA", 1, 9] == Tally(0, 1)
    assert found["INS", 1, 9] == Tally(0, 1)
    assert found_of(wait, service_text="accept")["INS", 1, 9] == Tally(1, 1)
    assert found_of(replace(wait, is_call=True))["INS", 1, 9] == Tally(1, 1)


def test_the_goal_is_met_up_to_its_last_microsecond():
    wait = Wait(1, 1, 1, 0, 20 * SECOND, "answered", 9, is_call=True)
    assert found_of(wait)["INS", 1, 9] == Tally(1, 1)
    assert found_of(replace(wait, left_us=20 * SECOND + 1))["INS", 1, 9] == Tally(0, 1)


def test_a_contact_that_moved_while_it_waited_is_one_wait():
    stays = [
        Stay(1, 5, 1, 0, 7 * SECOND, "overflowed"),
        Stay(2, 5, 2, 7 * SECOND, 9 * SECOND, "accepted", 9),
        Stay(3, 6, 1, 0, 3 * SECOND, "abandoned"),
        Stay(4, 5, 1, 99 * SECOND, 100 * SECOND, "abandoned"),
    ]
    first, second, third = waits_of(stays)
    assert (first.first_queue, first.last_queue, first.left_us) == (1, 2, 9 * SECOND)
    assert (second.how, second.entered_us) == ("abandoned", 99 * SECOND)
    assert third.conversation == 6
    assert found_of(first, service_queue="last")["TME", 2, 9] == Tally(9 * SECOND, 1)
    assert found_of(first)["TME", 1, 9] == Tally(9 * SECOND, 1)


def test_a_written_service_without_a_word_is_none():
    tallies = Tallies(Reading(), lambda queue, is_call: GOAL)
    tallies.add_service(Service(1, 9, 0, 50))
    assert not tallies.found
    tallies.add_service(Service(1, 9, 0, 50, replied_us=10))
    tallies.add_service(Service(1, 9, 0, 50, is_call=True))
    assert tallies.found["TMA", 1, 9] == Tally(90, 2)
