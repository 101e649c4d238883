"""The file of a flow: what is written is read; faults are named with their line."""

import json
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot_flow.engine import compile  # noqa: A004 - named like re.compile
from chatbot_flow.engine.exchange import FORMAT, dump, load
from chatbot_flow.engine.exchange_keys import KINDS, READERS
from tests.unit.test_chatbot_flow_properties import definitions, without_islands

SMALL = {
    "name": "Pequeno",
    "steps": [
        {
            "key": "menu",
            "kind": "menu",
            "title": "Assunto",
            "text": "Olá!\n\nDo que se trata? 👋",
            "options": [
                {"id": "a", "title": "no", "keywords": ["12:30", "sim", "012"], "goto": "fim"},
                {"id": "b", "title": "156", "goto": "fim", "set": {"x": "1", "y": 2}},
            ],
        },
        {"key": "fim", "kind": "end", "title": "Fim", "outcome": "resolved"},
    ],
}
HEAD = f"format: {FORMAT}\nname: X\n"
STEP = "steps:\n- key: fim\n  kind: end\n"


def flow_of(definition):
    """Return the engine's reading of a definition, comparable."""
    flow = compile(definition)
    steps = {
        key: [_plain(getattr(step, name)) for name in step.__slots__]
        for key, step in flow.steps.items()
    }
    return steps, flow.start, flow.main_menu, {name: t.constant for name, t in flow.texts.items()}


def _plain(value):
    parts = getattr(value, "_parts", None)
    if parts is not None:
        return parts
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if hasattr(value, "wire_id"):
        return [_plain(getattr(value, name)) for name in value.__slots__]
    return value


def codes(text, extra=None):
    """Return (code, line) of each problem of a file."""
    return [(problem.code, problem.line) for problem in load(text, extra).problems]


def test_a_small_flow_is_readable_and_comes_back():
    text = dump(SMALL)
    assert text.startswith(f"format: {FORMAT}\nname: Pequeno\nsteps:\n")
    assert "    Olá!\n" in text
    assert "👋" in text
    assert "retries" not in text
    document = load(text)
    assert not document.problems
    assert document.data == SMALL
    assert document.lines == {"menu": 4, "fim": 22}


def test_other_readers_of_yaml_see_the_same():
    assert yaml.safe_load(dump(SMALL)) == {"format": FORMAT, **SMALL}


def test_json_is_read_too():
    document = load(json.dumps({"format": FORMAT, **SMALL}))
    assert not document.problems
    assert document.data == SMALL


@settings(max_examples=200)
@given(definitions())
def test_any_flow_comes_back_from_its_file(definition):
    definition = without_islands(definition)
    if definition is None:
        return
    definition["name"] = "Qualquer"
    document = load(dump(definition))
    assert not document.problems
    # additions of the engine's caller are no part of the file
    for name in ("context", "flows"):
        document.data[name] = definition.get(name)
    assert flow_of(document.data) == flow_of(definition)


TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.text("ab :#-'\"\n\t[]{}&*!|>%@`,?~\u2028\x85👋", max_size=12),
    st.sampled_from(["no", "Sim", "1:30", "2026-01-01", "012", "1e3", "null", "~", "=", "<<"]),
)


@settings(max_examples=200)
@given(
    st.recursive(
        TEXT | st.integers() | st.booleans() | st.none(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=8,
    )
)
def test_a_nested_value_comes_back(value):
    definition = {"name": "x", "translations": value, "steps": [{"key": "a", "kind": "end"}]}
    document = load(dump(definition))
    assert not document.problems
    assert document.data.get("translations", value) == value


@settings(max_examples=300)
@given(TEXT, TEXT, st.lists(TEXT, max_size=3))
def test_any_text_comes_back_from_its_file(first, second, words):
    option = {"id": "1", "title": f"x{second}", "keywords": words}
    steps = [
        {"key": "a", "kind": "menu", "text": first, "options": [option]},
        {"key": "b", "kind": "message", "text": second, "variants": words},
    ]
    text = dump({"name": first, "note": second, "steps": steps})
    document = load(text)
    assert not document.problems or document.problems[0].detail == {"key": "name"}
    if first:
        menu, message = document.data["steps"]
        assert menu.get("text", "") == first
        assert menu["options"][0]["title"] == option["title"]
        assert menu["options"][0].get("keywords", []) == words
        assert message.get("text", "") == second
        assert message.get("variants", []) == words
        assert yaml.safe_load(text) == {"format": FORMAT, **document.data}


@settings(max_examples=400)
@given(st.text(max_size=200) | st.text("-:{}[]&*!|>\n \"'ab", max_size=200))
def test_no_file_ever_raises(text):
    document = load(text)
    assert document.problems or document.data
    document = load(f"{HEAD}{text}")
    assert document.problems or document.data


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("not_a_flow", 1)),
        ("- a\n", ("not_a_flow", 1)),
        ("name: X\n", ("bad_format", 1)),
        ("format: outra coisa 9\nname: X\n", ("bad_format", 1)),
        (f"{HEAD}", ("missing_key", 1)),
        (f"{HEAD}steps: 5\n", ("wrong_type", 3)),
        (f"{HEAD}{STEP}  colour: red\n", ("unknown_key", 6)),
        (f"{HEAD}colour: red\n{STEP}", ("unknown_key", 3)),
        (f"{HEAD}steps:\n- key: a\n  kind: dance\n", ("unknown_kind", 5)),
        (f"{HEAD}steps:\n- kind: end\n", ("missing_key", 4)),
        (f"{HEAD}steps:\n- só um texto\n", ("bad_step", 4)),
        (f"{HEAD}{STEP}- key: fim\n  kind: end\n", ("double_step", 6)),
        (f"{HEAD}{STEP}  key: outro\n", ("double_key", 6)),
        (f"{HEAD}steps:\n- {{key: a, kind: menu, options: x}}\n", ("wrong_type", 4)),
        (f"{HEAD}steps:\n- {{key: a, kind: menu, options: [x]}}\n", ("bad_option", 4)),
        (f"{HEAD}steps:\n- {{key: a, kind: menu, retries: muitas}}\n", ("wrong_type", 4)),
        (f"{HEAD}steps:\n- key: a\n\tkind: end\n", ("bad_yaml", 5)),
        (f"{HEAD}{STEP}  text: &a x\n", ("alias", 6)),
        (f"{HEAD}{STEP}  text: *a\n", ("alias", 6)),
        (f"{HEAD}{STEP}  text: !!python/object/apply:os.system [x]\n", ("tag", 6)),
        (f"{HEAD}{STEP}---\nname: outro\n", ("bad_yaml", 7)),
        (f"{HEAD}? [a]\n: b\n", ("bad_yaml", 3)),
        ('{"format": ', ("bad_json", 1)),
        ('{"a": 1, "a": 2}', ("double_key", 0)),
        ('{"a": NaN}', ("bad_json", 0)),
        ('{"a": ' + "9" * 5000 + "}", ("bad_json", 0)),
        ('{"a": ' + "[" * 100_000, ("too_deep", 0)),
        ('{"a": ' + "[" * 50 + "]" * 50 + "}", ("too_deep", 0)),
        (f"{HEAD}texts: " + "[" * 100_000, ("too_deep", 3)),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text, expected):
    assert expected in codes(text)


def test_a_billion_laughs_end_at_the_first():
    laughs = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    started = time.perf_counter()
    assert codes(laughs) == [("alias", 1)]
    assert time.perf_counter() - started < 1


def test_too_big_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr("chatbot_flow.engine.exchange_read.MAX_CHARS", 10)
    assert codes(HEAD) == [("too_big", 0)]


def test_a_key_that_was_meant_is_named():
    problem = load(f"{HEAD}{STEP}  tetx: oi\n").problems[0]
    assert problem.detail == {"key": "tetx", "near": "text"}
    assert problem.step == "fim"


def test_keys_of_other_addons():
    text = f"{HEAD}steps:\n- {{key: a, kind: menu, options: [{{title: X, place: {{id: 3}}}}]}}\n"
    assert codes(text) == [("unknown_key", 4)]
    extra = {"option": {"place": "any"}}
    document = load(text, extra)
    assert document.data["steps"][0]["options"] == [{"id": "1", "title": "X", "place": {"id": 3}}]
    assert load(dump(document.data, extra), extra).data == document.data


def test_numbers_without_quotes_are_texts_where_a_text_is_wanted():
    document = load(f"format: {FORMAT}\nname: 156\n{STEP}  text: 012\n  reason: x\n")
    assert [problem.detail["key"] for problem in document.problems] == ["reason"]
    document = load(f"format: {FORMAT}\nname: 156\n{STEP}  text: 012\n")
    assert (document.data["name"], document.data["steps"][0]["text"]) == ("156", "012")


def test_every_type_has_a_reader():
    used = {kind for table in KINDS.values() for kind in table.values()} - {"nested"}
    assert used <= set(READERS)
