"""Valid definitions, and the messages about wrong ones."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot_flow.engine import FlowError, check, compile  # noqa: A004

END = {"key": "fim", "kind": "end"}


def message(key, **more):
    return {"key": key, "kind": "message", "title": f"Passo {key}", "text": "Olá", **more}


def question(key, **more):
    return {"key": key, "kind": "question", "title": f"Passo {key}", "text": "Qual?", **more}


def menu(key, *options, **more):
    return {
        "key": key,
        "kind": "menu",
        "title": f"Passo {key}",
        "text": "Escolha",
        "options": list(options),
        **more,
    }


def codes(*steps, **more):
    return [problem.code for problem in check({"steps": list(steps), **more})]


def test_a_good_flow_has_no_problems():
    steps = [message("oi"), question("nome"), menu("m", {"title": "A"}, {"title": "B"}), END]
    assert codes(*steps) == []
    flow = compile({"steps": steps})
    assert flow.start == "oi"
    assert flow.main_menu == "m"
    assert flow.steps["oi"].goto == "nome"


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([], "no_steps"),
        ([message("oi", goto="nada"), END], "unknown_goto"),
        ([message("oi", goto="fim"), message("ilha", goto="fim"), END], "unreachable"),
        ([message("oi")], "no_next"),
        ([message("a"), message("b", goto="a")], "loop"),
        ([question("a", goto="a")], "no_end"),
        ([menu("m"), END], "menu_no_options"),
        ([question("q", answer="choice"), END], "choice_no_source"),
        ([question("q", answer="pattern"), END], "bad_pattern"),
        ([question("q", answer="pattern", pattern="(?=a)"), END], "bad_pattern"),
        ([menu("m", {"title": ""}), END], "option_no_title"),
        ([menu("m", {"title": "A", "goto": "nada"}), END], "unknown_goto"),
        ([menu("m", {"title": "A"}, {"title": "á"}), END], "duplicate_title"),
        (
            [menu("m", {"title": "A", "id": "x"}, {"title": "B", "id": "x"}), END],
            "duplicate_option",
        ),
        ([menu("m", "nada"), END], "bad_option"),
        ([message("oi"), message("oi"), END], "duplicate_key"),
        ([message("Oi Você"), END], "bad_key"),
        ([message("oi", kind="fala"), END], "unknown_kind"),
        ([message("oi", text=""), END], "missing_text"),
        ([question("q", answer="cor"), END], "bad_answer"),
        ([question("q", minimum=5, maximum=2), END], "bad_range"),
        ([question("q", retries=0), END], "bad_field"),
        ([question("q", required="sim"), END], "bad_field"),
        ([question("q", variable="Não"), END], "bad_variable"),
        ([message("oi", text="{nada}"), END], "unknown_placeholder"),
        ([message("oi", text="{ nada"), END], "bad_placeholder"),
        ([{"key": "a", "kind": "action"}, END], "action_no_name"),
        ([{"key": "c", "kind": "condition", "variable": "x"}, END], "unknown_variable"),
        (
            [{"key": "c", "kind": "condition", "variable": "nome", "operator": "?"}, END],
            "bad_operator",
        ),
        ([{"key": "c", "kind": "confirm", "text": "Ok?", "show": ["x"]}, END], "unknown_variable"),
        ([None, END], "bad_step"),
    ],
)
def test_each_problem_is_named(steps, code):
    problems = check({"steps": steps})
    assert code in [problem.code for problem in problems]
    with pytest.raises(FlowError) as raised:
        compile({"steps": steps})
    assert raised.value.problems == problems
    assert str(raised.value)


def test_a_problem_says_which_step():
    (problem,) = check({"steps": [message("oi", goto="nada"), END | {"key": "nado"}]})[:1]
    assert "Passo oi" in problem.text
    assert "nada" in problem.text
    assert problem.key == "oi"


def test_all_problems_are_found_at_once():
    found = codes(message("oi", text="{x}"), question("q", answer="cor"), menu("m"), END)
    assert {"unknown_placeholder", "bad_answer", "menu_no_options"} <= set(found)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"start": "nada"}, "unknown_start"),
        ({"main_menu": "oi"}, "unknown_main_menu"),
        ({"texts": {"nada": "x"}}, "unknown_text"),
        ({"texts": {"give_up": "{nada}"}}, "unknown_placeholder"),
        ({"prefix": "12a"}, "bad_prefix"),
        ({"suggest": "sim"}, "bad_setting"),
        ({"fail": "nada"}, "bad_setting"),
        ({"globals": {"other": []}}, "bad_setting"),
        ({"globals": {"menu": "0"}}, "bad_setting"),
        ({"globals": {"menu": ["Sair"]}}, "double_global"),
        ({"codes": {"12": "fim"}}, "bad_code"),
        ({"codes": {"IPTU": "fim", "#iptu": "oi"}}, "bad_code"),
        ({"codes": {"iptu": "nada"}}, "unknown_code"),
        ({"on_agent": "nada"}, "unknown_global_goto"),
        ({"on_exit": 7}, "bad_setting"),
    ],
)
def test_problems_of_the_flow_itself(more, code):
    assert code in codes(message("oi"), END, **more)


def test_what_a_code_or_a_global_word_leads_to_can_be_reached():
    steps = [message("oi", goto="fim"), message("iptu", goto="fim"), END | {"key": "fim"}]
    assert codes(*steps) == ["unreachable"]
    assert codes(*steps, codes={"#IPTU": "iptu"}) == []
    assert codes(*steps, on_agent="iptu") == []


def test_words_that_hold_everywhere_have_defaults_and_can_be_switched_off():
    flow = compile({"steps": [END], "globals": {"exit": [], "menu": ["Início!"]}})
    assert flow.navigation.words["exit"] == frozenset()
    assert flow.navigation.words["menu"] == {"inicio"}
    assert "voltar" in flow.navigation.words["back"]


def test_a_circle_with_a_question_is_no_loop():
    steps = [message("oi"), menu("m", {"title": "De novo", "goto": "oi"}, {"title": "Fim"}), END]
    assert codes(*steps) == []


def test_only_the_circle_is_called_a_loop():
    steps = [message("x"), message("a"), message("b", goto="a"), message("d", goto="fim"), END]
    problems = check({"steps": steps})
    assert [problem.key for problem in problems if problem.code == "loop"] == ["a", "b"]


def test_values_of_options_and_actions_are_placeholders():
    steps = [
        menu("m", {"title": "A", "set": {"categoria": 5}}),
        {"key": "a", "kind": "action", "action": "x", "results": ["numero"]},
        message("oi", text="{categoria} {numero} {m} {m_option} {protocolo} {extra}"),
        END,
    ]
    assert codes(*steps, context=["extra"]) == []
    assert compile({"steps": steps, "context": ["extra"]}).context_names == {"protocolo", "extra"}


def test_the_digest_tells_definitions_apart():
    one = compile({"steps": [message("oi"), END]})
    same = compile(json.loads(json.dumps({"steps": [message("oi"), END]})))
    other = compile({"steps": [message("oi", text="Oi"), END]})
    assert one.digest == same.digest != other.digest


def test_a_tree_of_five_levels_with_ten_options_each():
    steps = []

    def grow(key, level):
        options = [
            {
                "title": f"Assunto {n}",
                "goto": f"{key}_{n}"
                if level < 3
                else f"{key}_{n}"
                if n == 1 and level < 5
                else "fim",
            }
            for n in range(1, 11)
        ]
        steps.append(menu(key, *options))
        for option in options:
            if option["goto"] != "fim":
                grow(option["goto"], level + 1)

    grow("m", 1)
    flow = compile({"steps": [*steps, END]})
    assert len(flow.steps) == 1 + 10 + 100 + 100 + 100 + 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = [
    "key", "kind", "title", "text", "goto", "options", "answer", "retries", "echo", "minimum",
    "maximum", "media", "media_kinds", "show", "params", "results", "variable", "operator", "set",
    "on_fail", "required", "texts", "steps", "keywords", "id",
]  # fmt: skip
WORDS = st.sampled_from(["a", "b", "menu", "question", "message", "end", "action", "condition"])
STEP = st.dictionaries(st.sampled_from(FIELDS), WORDS | JSON, max_size=8)


@given(JSON)
def test_any_json_is_judged_without_raising(definition):
    assert check(definition) or compile(definition)


@given(st.fixed_dictionaries({"steps": st.lists(STEP | JSON, max_size=5)}, optional={
    "start": WORDS | JSON, "main_menu": WORDS | JSON, "texts": JSON, "context": JSON, "name": JSON,
}))  # fmt: skip
def test_any_list_of_steps_is_judged_without_raising(definition):
    problems = check(definition)
    assert all(problem.text for problem in problems)
    if not problems:
        assert compile(definition).steps
