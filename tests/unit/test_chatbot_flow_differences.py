"""Differences between two definitions: each is named, and none is missed."""

import copy
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot_flow.engine.differences import differences
from tests.unit.test_chatbot_flow_properties import definitions

BEFORE = {
    "name": "Suporte",
    "main_menu": "assunto",
    "steps": [
        {"key": "oi", "kind": "message", "title": "Saudação", "text": "Olá!"},
        {"key": "assunto", "kind": "menu", "title": "Assunto", "text": "O que deseja?",
         "retries": 3, "options": [
             {"id": "rede", "title": "Rede", "goto": "fim"},
             {"id": "luz", "title": "Luz", "goto": "fim", "set": {"categoria": 5}},
         ]},
        {"key": "fim", "kind": "end", "title": "Fim", "text": "Até logo."},
    ],
}  # fmt: skip


def changed(**steps):
    """Return BEFORE with other values in the steps of these keys."""
    after = copy.deepcopy(BEFORE)
    for step in after["steps"]:
        step.update(steps.get(step["key"], {}))
    return after


def told(before, after):
    """Return (code, step, detail) of each difference."""
    return [(item.code, item.step, dict(item.detail)) for item in differences(before, after)]


def test_equal_definitions_have_none():
    assert differences(BEFORE, copy.deepcopy(BEFORE)) == ()
    assert differences(BEFORE, {**BEFORE, "context": ["ticket"]}) == ()
    assert differences(BEFORE, changed(oi={"comment": "só para nós", "goto": ""})) == ()


def test_texts_with_before_and_after():
    assert told(BEFORE, changed(oi={"text": "Bom dia!"})) == [
        ("text_changed", "Saudação", {"field": "text", "before": "Olá!", "after": "Bom dia!"})
    ]


def test_steps_added_removed_renamed_and_of_another_kind():
    after = changed(oi={"title": "Boas-vindas", "kind": "end"})
    after["steps"][2:] = [{"key": "novo", "kind": "end", "title": "Novo", "text": "Tchau"}]
    codes = [(code, step) for code, step, _detail in told(BEFORE, after)]
    assert codes == [
        ("step_removed", "Fim"),
        ("step_renamed", "Boas-vindas"),
        ("step_kind", "Boas-vindas"),
        ("step_added", "Novo"),
    ]


def test_pointers_are_told_by_title():
    assert told(BEFORE, changed(oi={"goto": "fim"})) == [
        ("goto_changed", "Saudação", {"field": "goto", "before": "", "after": "Fim"})
    ]
    assert told(BEFORE, {**BEFORE, "main_menu": ""}) == [
        ("flow_changed", "", {"field": "main_menu", "before": "Assunto", "after": ""})
    ]


def test_options():
    options = [
        {"id": "luz", "title": "Iluminação", "goto": "oi", "set": {"categoria": 6}},
        {"id": "agua", "title": "Água", "goto": "fim"},
    ]
    assert told(BEFORE, changed(assunto={"options": options})) == [
        ("option_removed", "Assunto", {"option": "Rede"}),
        ("option_renamed", "Assunto",
         {"option": "Iluminação", "before": "Luz", "after": "Iluminação"}),
        ("option_goto", "Assunto", {"option": "Iluminação", "before": "Fim", "after": "Saudação"}),
        ("option_changed", "Assunto", {"option": "Iluminação", "field": "set",
                                       "before": {"categoria": 5}, "after": {"categoria": 6}}),
        ("option_added", "Assunto", {"option": "Água", "after": "Fim"}),
    ]  # fmt: skip


def test_only_what_was_moved_is_told():
    after = copy.deepcopy(BEFORE)
    after["steps"].append(after["steps"].pop(0))
    assert told(BEFORE, after) == [("step_moved", "Saudação", {})]


def test_settings_and_translations():
    after = {
        **BEFORE,
        "silence": {"remind_after": 600},
        "translations": {"en_US": {"oi": {"text": "Hello!"}}},
    }
    assert told(BEFORE, after) == [
        ("flow_changed", "",
         {"field": "silence", "before": None, "after": {"remind_after": 600}}),
        ("translation_changed", "Saudação",
         {"lang": "en_US", "field": "text", "before": None, "after": "Hello!"}),
    ]  # fmt: skip


def test_a_called_flow_is_named():
    called = {"name": "Chamado", "steps": []}
    before = {**BEFORE, "flows": {"chamado": called}}
    after = {**BEFORE, "flows": {"chamado": {**called, "steps": [{"key": "a", "kind": "end"}]}}}
    assert told(before, after) == [("call_changed", "", {"flow": "Chamado"})]
    assert told(BEFORE, before) == [("call_changed", "", {"flow": "Chamado"})]


def test_no_and_yes_are_values():
    assert differences(BEFORE, changed(assunto={"cut_through": False}))
    assert differences(BEFORE, changed(assunto={"retries": 0}))


def titled(definition):
    """Return a definition of the random ones, with what the forms always write."""
    for step in definition["steps"]:
        step.setdefault("title", step["key"].upper())
        for number, option in enumerate(step.get("options", ()), 1):
            option.setdefault("id", str(number))
    return definition


def meaning(definition):
    """Return what citizens may notice of a definition, as comparable text."""
    steps = [
        {name: value for name, value in step.items() if value not in ("", None, [], {})}
        for step in definition["steps"]
    ]
    return json.dumps(steps, sort_keys=True)


@settings(max_examples=300)
@given(definitions().map(titled), definitions().map(titled), st.data())
def test_none_is_missed(before, other, data):
    assert differences(before, copy.deepcopy(before)) == ()
    # steps of the two mixed: some equal, some changed, some moved
    steps = {step["key"]: step for step in before["steps"]}
    for step in other["steps"]:
        if data.draw(st.booleans()):
            steps[step["key"]] = step
    after = {**before, "steps": data.draw(st.permutations(list(steps.values())))}
    assert bool(differences(before, after)) == (meaning(before) != meaning(after))
    added = {item.key for item in differences(before, after) if item.code == "step_added"}
    removed = {item.key for item in differences(after, before) if item.code == "step_removed"}
    assert added == removed
