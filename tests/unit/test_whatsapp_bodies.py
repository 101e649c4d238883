"""From any webhook something is stored, no message is lost, and nobody is lost."""

import copy
import json

import pytest

from tests.unit import whatsapp_bodies as bodies
from whatsapp_helpdesk.cloud_api import account_news, calls, errors, events, messages, phone

SENDER = {"from": bodies.ANA, "id": "wamid.1", "timestamp": bodies.AT}


def of_message(fields):
    return bodies.call({"messages": [{**SENDER, **fields}]})


def of_person(contacts, sender):
    said = {key: value for key, value in bodies.text().items() if key != "from"}
    value = {"messages": [{**said, **sender}]}
    return bodies.call(value if contacts is None else {"contacts": contacts, **value})


def of_status(fields):
    status = {"id": "wamid.9", "recipient_id": bodies.ANA, "timestamp": bodies.AT, **fields}
    return bodies.call({"statuses": [status]})


ALL = [
    *(of_message(fields) for fields, _read in bodies.MESSAGES),
    *(of_message({**bodies.text(), "timestamp": at}) for at, _seconds in bodies.TIMES),
    *(of_person(contacts, sender) for contacts, sender, _who in bodies.PEOPLE),
    *(body for body, _kinds in bodies.SHAPES),
    *(bodies.call(value, field) for field, value, _kinds in bodies.FIELDS),
    *(of_status(fields) for fields, _read in bodies.STATUSES),
]


def leaves(value):
    """Yield every text, number and truth in parsed JSON."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value is not None:
        yield json.dumps(value)


def marked(value, count=None):
    """Return parsed JSON with another text wherever one is free to be anything."""
    count = count if count is not None else iter(range(10**6))
    if isinstance(value, dict):
        fixed = "field type object contacts metadata phone_number_id from from_user_id".split()
        return {k: v if k in fixed else marked(v, count) for k, v in value.items()}
    if isinstance(value, list):
        return [marked(inner, count) for inner in value]
    return f"{value}#{next(count)}" if isinstance(value, str) else value


def test_there_are_many_of_them():
    assert len(ALL) >= 200


@pytest.mark.parametrize("body", ALL)
def test_something_is_kept_of_everything_and_reads(body):
    before = copy.deepcopy(body)
    items = events.split(body)
    assert items
    assert body == before
    for item in items:
        json.dumps(item.payload)
        assert 0 < len(item.key) <= 200
        messages.parse_message(item.payload)
        messages.parse_message(item.payload, echo=True)
        messages.parse_status(item.payload)
        calls.parse(item.payload)
        value = item.payload.get("value")
        account_news.read(
            item.payload.get("field") or "", value if isinstance(value, dict) else {}, item.at
        )


@pytest.mark.parametrize("body", [body for body in ALL if isinstance(body, dict)])
def test_nothing_that_was_said_is_lost(body):
    body = marked(body)
    items = events.split(body)
    kept = json.dumps([[item.payload, item.waba_id, item.phone_number_id] for item in items])
    for entry in body.get("entry") if isinstance(body.get("entry"), list) else [body]:
        said = dict(entry) if isinstance(entry, dict) else {"": entry}
        said.pop("id", None)
        for leaf in leaves(said):
            assert leaf in kept


@pytest.mark.parametrize(("fields", "expected"), bodies.MESSAGES)
def test_what_is_read_of_a_message(fields, expected):
    (item,) = events.split(of_message(fields))
    read = messages.parse_message(item.payload)
    assert {name: getattr(read, name) for name in expected} == expected


@pytest.mark.parametrize(("at", "seconds"), bodies.TIMES)
def test_when_it_was_said(at, seconds):
    (item,) = events.split(of_message({**bodies.text(), "timestamp": at}))
    read = messages.parse_message(item.payload).at
    assert item.at == read
    assert (read and int(read.timestamp())) == seconds


@pytest.mark.parametrize(("contacts", "sender", "who"), bodies.PEOPLE)
def test_who_said_it(contacts, sender, who):
    (item,) = events.split(of_person(contacts, sender))
    read = messages.parse_message(item.payload)
    assert (read.bsuid, read.wa_id) == who
    assert bool(item.contact_key) == any(who)
    # One person's messages are handled in order, under any of their ids
    known = {f"{bodies.NUMBER}:{one}" for value in who for one in (value, *phone.variants(value))}
    assert item.contact_key in known | {""}


@pytest.mark.parametrize(("body", "kinds"), bodies.SHAPES)
def test_shapes_of_a_call(body, kinds):
    items = events.split(body)
    assert [item.kind for item in items] == kinds
    for item in items:
        if item.kind == "message":
            assert messages.parse_message(item.payload).text == "oi"


@pytest.mark.parametrize(("field", "value", "kinds"), bodies.FIELDS)
def test_fields_by_what_they_mean(field, value, kinds):
    assert [item.kind for item in events.split(bodies.call(value, field))] == kinds


@pytest.mark.parametrize(("fields", "expected"), bodies.STATUSES)
def test_what_is_read_of_a_status(fields, expected):
    (item,) = events.split(of_status(fields))
    read = messages.parse_status(item.payload)
    assert read.wamid == "wamid.9"
    assert {name: getattr(read, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("ban", "level", "pause"),
    [
        ({"waba_ban_state": "DISABLE"}, "error", "disabled"),
        ({"waba_ban_state": ["DISABLE"]}, "error", "disabled"),
        ({"waba_ban_state": ["SCHEDULE_FOR_DISABLE", "DISABLE"]}, "error", "disabled"),
        ({"waba_ban_state": ["SCHEDULE_FOR_DISABLE"]}, "error", ""),
        ({"waba_ban_state": ["REINSTATE"]}, "ok", ""),
        ({"waba_ban_state": []}, "info", ""),
        ({}, "info", ""),
    ],
)
def test_ban_in_every_published_shape(ban, level, pause):
    value = {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_date": "2026-11-29", **ban}}
    (news,) = account_news.read("account_update", value)
    assert (news.level, news.pause) == (level, pause)


def test_restriction_that_is_no_list():
    value = {
        "event": "ACCOUNT_RESTRICTION",
        "restriction_info": {"restriction_type": "RESTRICTED_CUSTOMER_INITIATED_MESSAGING"},
    }
    assert [news.pause for news in account_news.read("account_update", value)] == ["restricted"]


@pytest.mark.parametrize("code", [130497, "130497"])
def test_country_of_one_person_does_not_stop_the_number(code):
    assert errors.info(code).kind is errors.ErrorClass.NO_RETRY
    assert not errors.is_about_content(code)
    assert errors.of_webhook(code, "messages") is errors.Verdict.NOTHING
