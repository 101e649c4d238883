"""A conversation played automatically, kept and played again."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot_flow.engine import compile  # noqa: A004 - named like re.compile
from chatbot_flow.engine.events import Elapsed, Silent
from chatbot_flow.engine.rehearsal import STEPS, TEXTS, Deviation, compare, event_of, play
from tests.unit.test_chatbot_flow_properties import TEXTS as WORDS
from tests.unit.test_chatbot_flow_properties import definitions, without_islands

DEFINITION = {
    "name": "Suporte",
    "steps": [
        {"key": "oi", "kind": "message", "text": "{saudacao}!"},
        {"key": "nome", "kind": "question", "label": "Nome", "text": "Seu nome?"},
        {"key": "foto", "kind": "question", "answer": "media", "required": False, "text": "Foto?"},
        {"key": "abrir", "kind": "action", "action": "abrir", "params": {"titulo": "{nome}"},
         "results": ["numero"], "on_error": "pessoa"},
        {"key": "fim", "kind": "end", "text": "Chamado {numero}."},
        {"key": "pessoa", "kind": "hand_over", "queue": 7, "reason": "falha"},
    ],
}  # fmt: skip
SITUATION = {
    "values": {"saudacao": "Bom dia"},
    "actions": {"abrir": {"ok": True, "values": {"numero": 12}}},
}
ENTRIES = [{"kind": "text", "text": "Maria"}, {"kind": "image"}]


def run(entries=ENTRIES, definition=DEFINITION, situation=SITUATION):
    """Return the outcomes of a run."""
    return play(compile(definition), situation, entries).outcomes


def test_the_whole_way():
    start, name, photo = run()
    assert [said["text"] for said in start["said"]] == ["Bom dia!\n\nSeu nome?"]
    assert start["path"] == ["oi", "nome"]
    assert start["step"] == "nome"
    assert name["collected"] == [{"label": "Nome", "value": "Maria"}]
    assert [option["title"] for option in name["said"][0]["options"]] == ["Pular"]
    assert photo["actions"] == [{"name": "abrir", "params": {"titulo": "Maria"}, "ok": True}]
    assert photo["path"] == ["abrir", "fim"]
    assert photo["said"][0]["text"] == "Chamado 12."
    assert photo["over"] == {"kind": "ended", "outcome": "self_service"}


def test_the_situation_decides_and_may_change():
    failing = {**SITUATION, "actions": {"abrir": {"ok": False}}}
    handed = {
        "kind": "handed_over",
        "queue": 7,
        "reason": "falha",
        "skill": None,
        "priority": 0,
    }
    assert run(situation=failing)[-1]["over"] == handed
    later = [ENTRIES[0], {"kind": "situation", "situation": failing}, ENTRIES[1]]
    outcomes = run(later)
    assert outcomes[2]["said"] == outcomes[2]["path"] == []
    assert outcomes[3]["over"] == handed


def test_kinds_of_entries():
    flow = compile(DEFINITION)
    state = play(flow, SITUATION, []).state

    def event(number=0, **entry):
        return event_of(flow, state, entry, number)

    assert event(4, kind="voice").media_ref == "message:4"
    assert event(kind="location").latitude == pytest.approx(-19.81)
    assert event(kind="location", latitude=1.5, longitude=2).longitude == 2
    assert event(kind="option", option_id="menu:1", text="x").option_id == "menu:1"
    assert event(kind="elapsed") == Elapsed("nome")
    assert event(kind="silence") == Silent("end")
    assert event(kind="situation") is None


def test_silence_reminds_and_then_ends():
    silence = {"remind_after": 600, "remind_text": "Ainda está aí?", "end_after": 600}
    outcomes = run([{"kind": "silence"}] * 2, definition={**DEFINITION, "silence": silence})
    assert "Ainda está aí?" in outcomes[1]["said"][0]["text"]
    assert outcomes[2]["over"] == {"kind": "ended", "outcome": "abandoned"}


def test_a_pause_is_told_and_ends():
    steps = [
        {"key": "pausa", "kind": "wait", "seconds": 30},
        {"key": "fim", "kind": "survey", "text": "Obrigada."},
    ]
    start, later = run([{"kind": "elapsed"}], definition={"steps": steps})
    assert start["wait"] == 30
    assert later["over"] == {"kind": "survey", "outcome": "self_service"}


def test_every_word_or_only_the_way():
    expected = run()
    polished = {**DEFINITION, "steps": [dict(step) for step in DEFINITION["steps"]]}
    polished["steps"][1]["text"] = "Como se chama?"
    got = run(definition=polished)
    assert compare(expected, got, STEPS) is None
    found = compare(expected, got, TEXTS)
    assert (found.entry, found.code) == (0, "said")
    assert found.got[0]["text"] == "Bom dia!\n\nComo se chama?"
    polished["steps"][2:3] = []
    assert compare(expected, run(definition=polished), STEPS) == Deviation(
        1, "path", ["foto"], ["abrir", "fim"]
    )


def test_a_run_that_stopped_early_is_told():
    expected = run()
    assert compare(expected, expected[:2], STEPS).code == "missing"
    assert compare(expected, expected, TEXTS) is None


ENTRY = st.one_of(
    WORDS.map(lambda text: {"kind": "text", "text": text}),
    st.sampled_from(["image", "voice", "sticker", "location"]).map(lambda kind: {"kind": kind}),
    st.booleans().map(
        lambda ok: {"kind": "situation", "situation": {"actions": {"do": {"ok": ok}}}}
    ),
)


@settings(max_examples=200)
@given(definitions(), st.lists(ENTRY, max_size=12))
def test_a_kept_run_replays_equal(definition, entries):
    definition = without_islands(definition)
    if definition is None:
        return
    situation = {"values": {"nome": "Maria"}, "actions": {"do": {"ok": True, "values": {"x": 1}}}}
    first = play(compile(definition), situation, entries).outcomes
    kept = json.loads(json.dumps({"entries": entries, "outcomes": first}))
    again = play(compile(definition), situation, kept["entries"]).outcomes
    assert len(again) == len(entries) + 1
    assert compare(kept["outcomes"], again, TEXTS) is None
    # an undone entry is a run without it: the outcomes before it stay
    undone = play(compile(definition), situation, entries[:-1]).outcomes
    assert undone == first[: max(1, len(entries))]
