"""The quiet moment: when a burst is answered, and what a flow may say about it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot_flow.engine import (
    Answer,
    check,
    compile,  # noqa: A004 - named like re.compile
    exchange,
    rehearsal,
)
from chatbot_flow.engine.listening import DEFAULT, Listening

END = {"key": "fim", "kind": "end", "text": "Até logo"}


def flow_of(**more):
    return compile({"steps": [END], **more})


def media(kind):
    return Answer(kind="media", media_ref="message:1", media_kind=kind)


TEXT, TAP, PHOTO = Answer("oi"), Answer("Sim", option_id="x:y", kind="option"), media("image")
STICKER, REACTION = media("sticker"), Answer("👍", kind="reaction")


def test_each_kind_of_message_has_its_moment():
    moments = [DEFAULT.after(answer) for answer in (TEXT, TAP, PHOTO, STICKER, REACTION)]
    assert moments == [2.5, 0, 5, 2.5, 0]
    assert DEFAULT.due(TEXT, now=100) == 102.5
    assert DEFAULT.due(TAP, now=100, since=99, before=101.5) == 100


@given(
    st.lists(st.tuples(st.sampled_from([TEXT, PHOTO, STICKER]), st.floats(0, 4)), min_size=1),
    st.builds(Listening, st.floats(0, 30), st.just(0.0), st.floats(0, 30), st.floats(0, 60)),
)
@settings(max_examples=500)
def test_nobody_who_writes_on_waits_longer_than_the_maximum(sent, quiet):
    now, since, due = 1000.0, 0.0, 0.0
    for answer, pause in sent:
        previous, due = due, quiet.due(answer, now, since, due)
        since = since or now
        assert due <= max(since + quiet.maximum, now)
        assert due >= min(previous, since + quiet.maximum) or due <= now
        if due <= now:
            return
        now = min(now + pause, due)


def test_a_limit_caps_every_moment():
    assert DEFAULT.capped(0) == Listening(0, 0, 0, 0)
    assert DEFAULT.capped(0.3) == Listening(0.3, 0, 0.3, 0.3)
    assert DEFAULT.capped(None) == DEFAULT


@pytest.mark.parametrize(
    "quiet",
    [{"text": -1}, {"text": 31}, {"maximum": 61}, {"text": "3"}, {"text": True}, {"x": 1}, 5],
)
def test_a_moment_out_of_bounds_is_told(quiet):
    problems = check({"steps": [END], "listen": quiet})
    assert [problem.code for problem in problems] == ["bad_listen"]


def test_a_flow_has_the_usual_moments_and_may_have_its_own():
    assert flow_of().settings.listening == DEFAULT
    flow = flow_of(listen={"text": 4, "maximum": 20})
    assert flow.settings.listening == Listening(4.0, 0.0, 5.0, 20.0)
    assert flow_of(listen={"text": 0}).settings.listening.after(TEXT) == 0


def test_a_file_of_a_flow_carries_its_moments():
    data = {"name": "Fluxo", "listen": {"text": 4.5, "maximum": 20}, "steps": [END]}
    document = exchange.load(exchange.dump(data))
    assert not document.problems
    assert document.data["listen"] == {"text": 4.5, "maximum": 20}


def test_a_burst_is_one_exchange_of_a_rehearsal():
    question = {"key": "nome", "kind": "question", "answer": "text", "text": "Seu nome?"}
    flow = compile({"steps": [question, END]})
    parts = [{"kind": "text", "text": text} for text in ("oi", "tudo bem?", "sou a Rosa")]
    entries = [{"kind": "burst", "entries": [*parts, {"kind": "image"}, {"kind": "silence"}]}]
    run = rehearsal.play(flow, {}, entries)
    assert len(run.outcomes) == 2
    assert run.state.values == {"nome": "Rosa"}
    assert run.state.beside == [["message:1.4", "image"]]
    assert (
        rehearsal.compare(run.outcomes, rehearsal.play(flow, {}, entries).outcomes, "texts") is None
    )
