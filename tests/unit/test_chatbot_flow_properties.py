"""Random flows, random answers: the engine's promises hold for all of them."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot_flow.engine import (
    ActionResult,
    Answer,
    Ask,
    Burst,
    Collect,
    Elapsed,
    End,
    HandOver,
    Resume,
    Silent,
    Start,
    State,
    Survey,
    advance,
    check,
    compile,  # noqa: A004 - named like re.compile
    merge,
)
from chatbot_flow.engine.flow_settings import TYPES
from chatbot_flow.engine.steps import ANSWERS, FAILS, MAX_MEDIA, OPERATORS
from whatsapp_helpdesk.cloud_api import payloads

SIZE = 8
KEYS = [f"s{number}" for number in range(SIZE)]
TITLES = st.sampled_from(["Água", "Luz", "Internet", "Impressora", "{nome}", "0", "Voltar", "12"])
MANY = [f"Assunto de número {number}{' comprido' * (number % 9)}" for number in range(30)]
SILENCES = [{}, {"remind_after": 60}, {"remind_after": 60, "end_after": 60}, {"end_after": 90}]
#: A flow that the others call
CALLED = {
    "steps": [
        {"key": "q", "kind": "question", "text": "Q? {nome}", "label": "Q"},
        {"key": "m", "kind": "menu", "text": "M?", "options": [{"title": "Luz"}, {"title": "Z"}]},
        {"key": "fim", "kind": "end", "text": "Voltando."},
    ]
}


@st.composite
def step_of(draw, key):
    """Return a step whose ways lead anywhere among the keys, or to the end."""
    # mostly to the next one, or most steps could not be reached
    following = [*KEYS, "fim"][KEYS.index(key) + 1]
    goto = st.sampled_from([*[following] * 2 * SIZE, *KEYS, "fim", "pessoa"])
    kind = draw(
        st.sampled_from(
            ["question", "menu", "question", "menu", "question", "menu"]
            + ["message", "confirm", "action", "condition"]
            + ["set", "call", "lookup", "wait", "survey"]
        )
    )
    data = {"key": key, "kind": kind, "text": f"{key} {{nome}}", "goto": draw(goto)}
    if kind in ("question", "menu", "confirm"):
        data["retries"] = draw(st.integers(1, 4))
        data["on_fail"] = draw(st.just("") | goto)
        data["fail"] = draw(st.sampled_from(["", *FAILS]))
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
            data.update(source="places", params={"p": "{x}"}, results=["x"])
            data.update(page_size=draw(st.integers(1, 8)), on_error=draw(st.just("") | goto))
    elif kind == "menu":
        titles = draw(st.lists(TITLES, min_size=1, max_size=5, unique=True))
        titles += MANY[: draw(st.sampled_from([0, 0, 6, 14, 30]))]
        data["options"] = [
            {"title": title, "goto": draw(goto), "set": {"x": draw(st.integers())}}
            for title in titles
        ]
    elif kind == "confirm":
        data["on_change"] = draw(st.just("") | goto)
        data["on_cancel"] = draw(st.just("") | goto)
    elif kind == "action":
        data.update(action="do", params={"p": "{x}"}, on_error=draw(st.just("") | goto))
    elif kind == "message":
        data["variants"] = draw(st.lists(st.sampled_from(["Oi", "{x}"]), max_size=2))
    elif kind == "set":
        values = st.sampled_from(["{x}", "{nome}", "{nome}!", "en{protocolo}"])
        data["values"] = draw(
            st.dictionaries(st.sampled_from(["x", "nome", "idioma"]), values, min_size=1)
        )
    elif kind == "call":
        data["flow"] = "outro"
    elif kind == "lookup":
        data.update(source="do", params={"p": "{x}"}, results=["achado"])
        data.update(on_error=draw(st.just("") | goto), on_empty=draw(st.just("") | goto))
    elif kind == "wait":
        data["seconds"] = draw(st.integers(1, 1000))
    elif kind == "condition":
        data.update(
            variable=draw(st.sampled_from(["x", "nome"])),
            operator=draw(st.sampled_from(OPERATORS)),
            value=draw(st.none() | st.text(max_size=3) | st.integers()),
            on_false=draw(goto),
        )
    return data


@st.composite
def navigations(draw):
    """Return all steps' settings: global words, codes, the way after wrong answers."""
    return {
        "prefix": draw(st.sampled_from(["", "156"])),
        "suggest": draw(st.booleans()),
        "fail": draw(st.sampled_from(FAILS)),
        "on_agent": draw(st.sampled_from(["", "pessoa"])),
        "on_exit": draw(st.sampled_from(["", "fim"])),
        "codes": draw(st.sampled_from([{}, {"ir": "fim"}, {"ir": "s0"}, {"ir": "s0:1"}])),
        "globals": draw(st.sampled_from([{}, {"menu": ["0"], "exit": []}, {"back": ["1"]}])),
    }


@st.composite
def definitions(draw):
    """Return mostly compilable definitions: every key exists, an end exists."""
    steps = [draw(step_of(key)) for key in KEYS[: draw(st.integers(1, SIZE))]]
    present = {step["key"] for step in steps} | {"fim", "pessoa"}

    def repair(target):
        return target if target in present else "fim"

    for step in steps:
        for name in (
            "goto",
            "on_fail",
            "on_change",
            "on_cancel",
            "on_error",
            "on_empty",
            "on_false",
        ):
            if step.get(name):
                step[name] = repair(step[name])
        for option in step.get("options", ()):
            option["goto"] = repair(option["goto"])
    steps.append({"key": "fim", "kind": "end"})
    steps.append({"key": "pessoa", "kind": "hand_over"})
    return {
        "steps": steps,
        "context": ["x"],
        **draw(navigations()),
        "flows": {"outro": CALLED},
        "silence": draw(st.sampled_from(SILENCES)),
        "variables": {"x": {"type": draw(st.sampled_from(TYPES)), "label": "X"}},
        "languages": draw(st.sampled_from([[], ["pt_BR"], ["pt_BR", "en_US"]])),
        "translations": {"en_US": {"s0": {"text": "In English"}, "s1": {"1.title": "Water"}}},
    }


def without_islands(definition):
    """Return the definition without the steps that the checks complain about, or None."""
    for _round in range(SIZE + 2):
        problems = check(definition)
        if not problems:
            return definition
        bad = {problem.key for problem in problems if problem.code == "unreachable"}
        if any(problem.code == "unknown_code" for problem in problems):
            definition = {**definition, "codes": {}}
        elif not bad:
            return None
        steps = [step for step in definition["steps"] if step["key"] not in bad]
        definition = {**definition, "steps": steps}
    return None


TEXTS = st.sampled_from(
    ["1", "2", "3", "0", "#", "voltar", "sim", "não", "pular", "pronto", "corrigir", "cancelar",
     "Água", "água", "maria@x.com", "31988887777", "01/02/2026", "1.2", "12", "1.1.1", "menu", "",
     "sair", "atendente", "#ir", "ir", "#1.1", "156 1 1", "15611", "1.1.1", "3.2.1", "13", "mais",
     "agua", "impresora", "assunto", "a segunda", "vinte", "praça", "minha internet não liga",
     "\x00", "\ud800", "x" * 20000, "{nome}", "impressora por favor"]
)  # fmt: skip
ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
IDS = st.builds(
    lambda key, code: f"{key}:{code}",
    st.sampled_from(KEYS),
    st.sampled_from(
        ["1", "2", "yes", "no", "skip", "done", "change", "cancel", "fix_s1", "?"]
        + ["+0", "+1", "+99999", "y", "n", "keep", "a", "=0"]
    ),
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
RECORDS = ANYTHING | st.fixed_dictionaries(
    {
        "choices": ANYTHING
        | st.lists(
            ANYTHING
            | st.fixed_dictionaries(
                {"id": st.sampled_from(["a", "b", 7]), "title": st.sampled_from(["Praça", "Rua"])},
                optional={"description": ANYTHING, "values": st.just({"x": 1}) | ANYTHING},
            ),
            max_size=10,
        ),
        "more": st.booleans() | ANYTHING,
    }
)
EVENT = st.one_of(
    ANSWER,
    TEXTS.map(Answer),
    TEXTS.map(Answer),
    st.builds(Answer, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING),
    ANYTHING,
    st.builds(Start, st.integers() | ANYTHING, TEXTS | ANYTHING, IDS | ANYTHING),
    st.builds(ActionResult, st.just("choice"), st.booleans(), RECORDS),
    st.builds(ActionResult, st.just("choice"), st.booleans(), RECORDS),
    st.builds(Silent, st.sampled_from(["remind", "end"]) | ANYTHING),
    st.builds(Elapsed, st.sampled_from(KEYS) | ANYTHING),
    st.builds(
        ActionResult,
        st.sampled_from(["do", "do", "do", "other"]),
        st.booleans(),
        st.dictionaries(st.sampled_from(["x", "nome", "Não"]), ANYTHING, max_size=2) | ANYTHING,
        st.booleans() | ANYTHING,
    ),
    st.builds(Resume, st.sampled_from(KEYS) | ANYTHING),
    st.builds(Burst, st.lists(ANSWER | TEXTS.map(Answer), max_size=5).map(tuple) | ANYTHING),
)


def is_sound(flow, state, effects):
    """Check the state after every turn."""
    assert len(effects) <= 2 * flow.max_steps + 10
    last = effects[-1] if effects else None
    if state.status == "input":
        assert flow.steps[state.step].kind in ("question", "menu", "confirm")
        # in any case a question stands at the end (a late picture says nothing)
        assert last is None or isinstance(last, Ask | Collect)
    elif state.status == "action":
        step = flow.steps[state.step]
        assert step.kind in ("action", "lookup") or step.answer == "choice"
    elif state.status == "wait":
        assert flow.steps[state.step].kind == "wait"
    else:
        assert state.status in ("new", "handed_over", "ended")
    if isinstance(last, HandOver):
        assert state.status == "handed_over"
    if isinstance(last, End | Survey):
        assert state.status == "ended"
    assert 0 <= state.floor <= len(state.history) <= 50
    stored = json.dumps(state.to_json(), allow_nan=False)
    stored.encode()
    assert "\\u0000" not in stored
    assert State.from_json(json.loads(stored)) == state
    for effect in merge(effects):
        if isinstance(effect, Ask):
            within_limits(effect)


def within_limits(ask):
    """Check that WhatsApp's form of a question is within Meta's limits, and whole."""
    rendered = payloads.render(ask.text, ask.options, ask.list_button, "", ask.footer)
    assert rendered
    assert len(ask.options) <= payloads.ROWS_MAX or not ask.options[0].label
    for content in rendered:
        if content["type"] == "text":
            assert 0 < len(content["text"]["body"]) <= payloads.TEXT_MAX
            continue
        part = content["interactive"]
        assert 0 < len(part["body"]["text"]) <= payloads.LIST_BODY_MAX
        assert len(part.get("footer", {}).get("text", "")) <= payloads.FOOTER_MAX
        if part["type"] == "button":
            titles = [button["reply"]["title"] for button in part["action"]["buttons"]]
            assert len(titles) <= payloads.BUTTONS_MAX
            assert max(map(len, titles)) <= payloads.BUTTON_TITLE_MAX
        else:
            rows = [row for section in part["action"]["sections"] for row in section["rows"]]
            assert len(rows) <= payloads.ROWS_MAX
            assert len({row["title"] for row in rows}) == len(rows)
            assert max(len(row["title"]) for row in rows) <= payloads.ROW_TITLE_MAX


@settings(max_examples=1000)
@given(definitions(), st.lists(EVENT, max_size=20))
def test_promises(definition, events):
    definition = without_islands(definition)
    if definition is None:
        return
    flow, twin = compile(definition), compile(definition)
    state = None
    for event in [Start(), *events]:
        before = state.to_json() if state else None
        over = state is not None and state.over
        new, effects = advance(flow, state, event, {"nome": "Maria"})
        again, same = advance(twin, state, event, {"nome": "Maria"})
        assert repr((new, effects)) == repr((again, same))
        if state is not None:
            assert state.to_json() == before
        if over and not isinstance(event, Resume):
            assert (new, effects) == (state, ())
        is_sound(flow, new, effects)
        state = new
