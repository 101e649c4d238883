"""Templates and paths of a gateway, states, and what an HTTP status means."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_sms.gateway import calling, exchange, states
from contact_center_sms.gateway.calling import Outcome
from contact_center_sms.gateway.exchange import Report, ReportPaths, TemplateError

ITEM = exchange.check_item(
    '{"to": "{digits}", "text": "{text}", "id": "{ref}", "n": 1, "x": [true]}'
)
ENVELOPE = exchange.check_envelope('{"from": "{sender}", "list": ["{messages}"]}')
WORDS = {"ok": "sent", "delivrd": "delivered", "nok": "failed"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(st.lists(st.text(max_size=60), max_size=5))
def test_a_text_is_only_ever_a_text(texts):
    values = [
        {"digits": "5531", "text": text, "ref": str(index)} for index, text in enumerate(texts)
    ]
    body = exchange.request(ITEM, ENVELOPE, values, "156")
    assert json.loads(json.dumps(body)) == {
        "from": "156",
        "list": [
            {"to": "5531", "text": text, "id": str(index), "n": 1, "x": [True]}
            for index, text in enumerate(texts)
        ],
    }


def test_without_envelope_a_request_is_a_message():
    body = exchange.request(ITEM, None, [{"digits": "1", "text": "{ref}", "ref": "r"}], "")
    assert body["text"] == "{ref}"
    assert body["id"] == "r"


@pytest.mark.parametrize(
    ("check", "text", "code"),
    [
        (exchange.check_item, "{", "json"),
        (exchange.check_item, '{"id": "{ref}", "a": "{password}"}', "name"),
        (exchange.check_item, '{"id": "1"}', "name"),
        (exchange.check_envelope, '{"a": 1}', "items"),
        (exchange.check_envelope, '["{messages}", "{messages}"]', "items"),
        (exchange.check_envelope, '{"a": "{messages}", "b": "{ref}"}', "name"),
        (exchange.check_path, "a..b", "path"),
        (exchange.read_words, "DELIVRD", "word"),
        (exchange.read_words, "a = done", "word"),
    ],
)
def test_wrong_templates(check, text, code):
    with pytest.raises(TemplateError) as error:
        check(text)
    assert error.value.code == code


def test_words_may_hold_an_equals_sign():
    assert exchange.read_words("status=0 = sent\n\n DELIVRD=Entregue ") == {
        "status=0": "sent",
        "delivrd": "delivered",
    }


PATHS = ReportPaths("list", "ref", "id", "status", "error", WORDS, "sent")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"list": [{"ref": "a", "id": 7, "status": "OK"}]}, [Report("a", "7", "sent", "OK")]),
        ({"list": {"ref": "a"}}, [Report("a", "", "sent", "")]),
        (
            {"list": [{"ref": "a", "status": "NOK", "error": "bad"}]},
            [Report("a", "", "failed", "NOK bad")],
        ),
        ({"list": [{"ref": "a", "status": "NEW"}]}, [Report("a", "", "", "NEW")]),
        ({"list": [None, 3, "x"]}, []),
        ({}, []),
        (None, []),
        ([], []),
    ],
)
def test_reports(data, found):
    assert exchange.reports(data, PATHS) == found


@given(JSON)
def test_whatever_a_gateway_says_is_read(data):
    for report in exchange.reports(data, PATHS):
        assert report.state in ("", "sent", "delivered", "failed")
        assert len(report.detail) <= exchange.MAX_DETAIL
    for said in exchange.said(data, "list", "ref", "status", "id"):
        assert said.number


def test_answers_without_ids_of_ours_are_matched_by_order():
    reports = [Report(gateway_id="1"), Report(gateway_id="2")]
    assert exchange.match(["a", "b"], reports)["b"].gateway_id == "2"
    assert exchange.match(["a", "b", "c"], reports) == {}
    assert exchange.match(["a"], [Report(ref="z"), Report(ref="a", state="sent")]) == {
        "a": Report(ref="a", state="sent")
    }


@given(st.lists(st.sampled_from(["sent", "delivered", "failed"]), max_size=8))
def test_states_only_go_forward(news):
    order = {name: place for place, name in enumerate(states.STATES)}
    state, seen = states.SENDING, []
    for word in news:
        after = states.after(state, word)
        assert after == state or state not in ("delivered",)
        assert after == state or order[after] > 2
        state = after
        seen.append(state)
    assert (states.DELIVERED in news) == (state == states.DELIVERED)


@given(st.integers(0, 10**6))
def test_pauses_grow_and_end(tries):
    assert states.retry_after(tries) <= states.retry_after(tries + 1) <= states._LONGEST


@pytest.mark.parametrize(
    ("status", "data", "outcome"),
    [
        (200, {}, Outcome.ANSWERED),
        (202, [], Outcome.ANSWERED),
        (200, None, Outcome.UNKNOWN),
        (302, None, Outcome.UNKNOWN),
        (400, {}, Outcome.REFUSED),
        (401, None, Outcome.CLOSED),
        (402, {}, Outcome.CLOSED),
        (403, {}, Outcome.CLOSED),
        (408, None, Outcome.UNKNOWN),
        (422, {}, Outcome.REFUSED),
        (429, {}, Outcome.LATER),
        (500, {}, Outcome.UNKNOWN),
        (503, None, Outcome.UNKNOWN),
    ],
)
def test_what_a_status_means(status, data, outcome):
    assert calling.judge(status, data).outcome is outcome
