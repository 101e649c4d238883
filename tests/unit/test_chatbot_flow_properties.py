"""Random flows, random answers: the engine's promises hold for all of them."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot_flow.engine import (
    ActionResult,
    Answer,
    CallAction,
    End,
    HandOver,
    Resume,
    Start,
    State,
    advance,
    check,
    compile,  # noqa: A004 - named like re.compile
    merge,
)
from chatbot_flow.engine.picture import picture
from chatbot_flow.engine.steps import ANSWERS, MAX_MEDIA, OPERATORS

SIZE = 8
KEYS = [f"s{number}" for number in range(SIZE)]
TITLES = st.sampled_from(["Água", "Luz", "Internet", "Impressora", "{nome}", "0", "Voltar", "12"])


@st.composite
def step_of(draw, key):
    """A step whose ways lead anywhere among the keys, or to the end."""
    goto = st.sampled_from([*KEYS, "fim", "pessoa"])
    kind = draw(st.sampled_from(["message", "question", "menu", "confirm", "action", "condition"]))
    data = {"key": key, "kind": kind, "text": f"{key} {{nome}}", "goto": draw(goto)}
    if kind in ("question", "menu", "confirm"):
        data["retries"] = draw(st.integers(1, 4))
        data["on_fail"] = draw(st.just("") | goto)
    if kind in ("question", "menu"):
        data["label"] = draw(st.sampled_from(["", "Rótulo"]))
        data["variable"] = draw(st.sampled_from([key, "nome", "x"]))
    if kind == "question":
        data["answer"] = draw(st.sampled_from(ANSWERS))
        data["required"] = draw(st.booleans())
        data["echo"] = draw(st.sampled_from(["", "say", "confirm"]))
        if data["answer"] == "media":
            data["maximum"] = draw(st.none() | st.integers(1, MAX_MEDIA))
        elif data["answer"] == "pattern":
            data["pattern"] = draw(st.sampled_from(["[0-9]{3}", "(a+)+", ".*"]))
        elif data["answer"] == "choice":
            data["source"] = "places"
    elif kind == "menu":
        titles = draw(st.lists(TITLES, min_size=1, max_size=5, unique=True))
        data["options"] = [
            {"title": title, "goto": draw(goto), "set": {"x": draw(st.integers())}}
            for title in titles
        ]
    elif kind == "confirm":
        data["on_change"] = draw(st.just("") | goto)
        data["on_cancel"] = draw(st.just("") | goto)
    elif kind == "action":
        data.update(action="do", params={"p": "{x}"}, on_error=draw(st.just("") | goto))
    elif kind == "condition":
        data.update(
            variable=draw(st.sampled_from(["x", "nome"])),
            operator=draw(st.sampled_from(OPERATORS)),
            value=draw(st.none() | st.text(max_size=3) | st.integers()),
            on_false=draw(goto),
        )
    return data


@st.composite
def definitions(draw):
    """Mostly compilable definitions: every key exists, an end exists."""
    steps = [draw(step_of(key)) for key in KEYS[: draw(st.integers(1, SIZE))]]
    present = {step["key"] for step in steps} | {"fim", "pessoa"}

    def repair(target):
        return target if target in present else "fim"

    for step in steps:
        for name in ("goto", "on_fail", "on_change", "on_cancel", "on_error", "on_false"):
            if step.get(name):
                step[name] = repair(step[name])
        for option in step.get("options", ()):
            option["goto"] = repair(option["goto"])
    steps.append({"key": "fim", "kind": "end"})
    steps.append({"key": "pessoa", "kind": "hand_over"})
    return {"steps": steps, "context": ["x"]}


def without_islands(definition):
    """The definition without the steps that the checks complain about, or None."""
    for _round in range(SIZE + 2):
        problems = check(definition)
        if not problems:
            return definition
        bad = {problem.key for problem in problems if problem.code == "unreachable"}
        if not bad:
            return None
        steps = [step for step in definition["steps"] if step["key"] not in bad]
        definition = {**definition, "steps": steps}
    return None


TEXTS = st.sampled_from(
    ["1", "2", "3", "0", "#", "voltar", "sim", "não", "pular", "pronto", "corrigir", "cancelar",
     "Água", "água", "maria@x.com", "31988887777", "01/02/2026", "1.2", "12", "1.1.1", "menu", "",
     "\x00", "\ud800", "x" * 20000, "{nome}", "impressora por favor"]
)  # fmt: skip
ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
IDS = st.builds(
    lambda key, code: f"{key}:{code}",
    st.sampled_from(KEYS),
    st.sampled_from(["1", "2", "yes", "no", "skip", "done", "change", "cancel", "fix_s1", "?"]),
)
ANSWER = st.builds(
    Answer,
    text=TEXTS | st.text(max_size=40),
    option_id=st.just("") | IDS | st.text(max_size=5),
    kind=st.sampled_from(
        ["text", "text", "option", "media", "location", "contacts", "reaction", "unsupported", "?"]
    ),
    media_ref=st.sampled_from(["", "message:1", "message:2"]),
    media_kind=st.sampled_from(["", "image", "audio"]),
    latitude=st.none() | st.floats(),
    longitude=st.none() | st.floats(),
)
EVENT = st.one_of(
    ANSWER,
    TEXTS.map(Answer),
    TEXTS.map(Answer),
    st.builds(Answer, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING),
    ANYTHING,
    st.just(Start()),
    st.builds(
        ActionResult,
        st.sampled_from(["do", "do", "do", "other"]),
        st.booleans(),
        st.dictionaries(st.sampled_from(["x", "nome", "Não"]), ANYTHING, max_size=2) | ANYTHING,
    ),
    st.builds(Resume, st.sampled_from(KEYS) | ANYTHING),
)


def is_sound(flow, state, effects):
    """What must be true after every turn."""
    assert len(effects) <= 2 * flow.max_steps + 10
    last = effects[-1] if effects else None
    if state.status == "input":
        assert flow.steps[state.step].kind in ("question", "menu", "confirm")
        assert not isinstance(last, HandOver | End | CallAction)
    elif state.status == "action":
        assert flow.steps[state.step].kind == "action"
    else:
        assert state.status in ("new", "handed_over", "ended")
    if isinstance(last, HandOver):
        assert state.status == "handed_over"
    if isinstance(last, End):
        assert state.status == "ended"
    assert 0 <= state.floor <= len(state.history) <= 50
    stored = json.dumps(state.to_json(), allow_nan=False)
    stored.encode()
    assert "\\u0000" not in stored
    assert State.from_json(json.loads(stored)) == state
    merge(effects)


@settings(max_examples=400, deadline=None)
@given(definitions(), st.lists(EVENT, max_size=25))
def test_promises(definition, events):
    definition = without_islands(definition)
    if definition is None:
        return
    flow = compile(definition)
    state = None
    for event in [Start(), *events]:
        before = state.to_json() if state else None
        over = state is not None and state.over
        new, effects = advance(flow, state, event, {"nome": "Maria"})
        again, same = advance(compile(definition), state, event, {"nome": "Maria"})
        assert repr((new, effects)) == repr((again, same))
        if state is not None:
            assert state.to_json() == before
        if over and not isinstance(event, Resume):
            assert (new, effects) == (state, ())
        is_sound(flow, new, effects)
        state = new


@settings(max_examples=100, deadline=None)
@given(definitions())
def test_any_flow_can_be_drawn(definition):
    drawn = picture(definition["steps"])
    assert drawn.count("<rect") == len(definition["steps"])


def test_a_picture_shows_titles_safely():
    drawn = picture([{"key": "a", "kind": "message", "title": "<b>&", "text": '"><script>'}])
    assert "<script>" not in drawn
    assert "&lt;b&gt;&amp;" in drawn
    assert picture([]) == ""
