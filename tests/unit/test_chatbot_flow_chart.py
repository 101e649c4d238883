"""The chart of a flow, its folding, its branches: pure, for any definition."""

from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot_flow.engine import check, compile  # noqa: A004 - named like re.compile
from chatbot_flow.engine.advice import advise, personal_steps
from chatbot_flow.engine.branch import branch, duplicate
from chatbot_flow.engine.chart import chart, find
from chatbot_flow.engine.folding import fold
from tests.unit.test_chatbot_flow_properties import definitions

DEFINITION = {
    "steps": [
        {"key": "oi", "kind": "message", "title": "Olá", "text": "Bem-vindo, cidadão"},
        {
            "key": "menu",
            "kind": "menu",
            "title": "Assunto",
            "text": "?",
            "options": [
                {"id": "a", "title": "Iluminação", "goto": "rua"},
                {"id": "b", "title": "Pessoa", "goto": "pessoa"},
            ],
        },
        {"key": "rua", "kind": "question", "title": "Rua", "text": "Que rua?"},
        {"key": "poste", "kind": "question", "title": "Poste", "text": "{rua}: que poste?"},
        {"key": "fim", "kind": "end", "title": "Fim", "text": "{rua} {poste}"},
        {"key": "pessoa", "kind": "hand_over", "title": "Pessoa"},
    ]
}


def tree(levels, width=10):
    """Return a flow of menus, ``levels`` deep, each with so many options.

    The last end.
    """
    steps = []

    def menu(key, level):
        options = [{"id": str(n), "title": f"Opção {n}"} for n in range(width)]
        steps.append({"key": key, "kind": "menu", "text": "?", "options": options})
        for number, option in enumerate(options):
            option["goto"] = f"{key}_{number}" if level < levels else "fim"
            if level < levels:
                menu(option["goto"], level + 1)

    menu("m", 1)
    steps.append({"key": "fim", "kind": "end"})
    return {"steps": steps}


def duplicated(definition, root):
    return duplicate(definition, root, lambda key: f"{key}_novo")


def test_ways_have_the_words_of_the_options():
    edges = {(edge.source, edge.target): edge.ways for edge in chart(DEFINITION).edges}
    assert edges[("menu", "rua")] == (("goto", "Iluminação"),)
    assert edges[("oi", "menu")] == (("goto", ""),)
    assert edges[("poste", "fim")] == (("goto", ""),)
    assert ("pessoa", "oi") not in edges


def test_what_leads_nowhere_is_a_dead_end():
    drawn = chart({"steps": [{"key": "a", "kind": "message", "goto": "gone"}]})
    assert drawn.nodes["a"].dead
    assert not drawn.edges
    assert not any(node.dead for node in chart(DEFINITION).nodes.values())
    empty_menu = chart({"steps": [{"key": "m", "kind": "menu"}, {"key": "f", "kind": "end"}]})
    assert empty_menu.nodes["m"].dead


def test_a_called_flow_is_a_box_of_its_own():
    steps = [{"key": "a", "kind": "call", "flow": "iptu"}, {"key": "f", "kind": "end"}]
    drawn = chart({"steps": steps})
    assert drawn.nodes["flow:iptu"].kind == "flow"
    assert [edge.target for edge in drawn.edges] == ["f", "flow:iptu"]


def test_steps_are_found_by_title_text_and_options():
    assert find(chart(DEFINITION), "assunto") == [("menu", "Assunto", "")]
    assert find(chart(DEFINITION), "iluminacao") == [("menu", "Assunto", "Iluminação")]
    assert find(chart(DEFINITION), "CIDADAO bem") == [("oi", "Olá", "")]
    assert not find(chart(DEFINITION), "  ")
    assert not find(chart(DEFINITION), "asfalto")
    late = {"steps": [{"key": "a", "kind": "message", "text": "x " * 400 + "asfalto"}]}
    assert find(chart(late), "asfalto")


def test_a_small_flow_is_shown_whole():
    folded = fold(chart(DEFINITION))
    assert set(folded.shown) == {step["key"] for step in DEFINITION["steps"]}
    assert not folded.hidden
    assert folded.depths["poste"] == 3


def test_a_large_flow_shows_its_first_levels():
    drawn = chart(tree(4))
    folded = fold(drawn)
    assert len(drawn.nodes) == 1112
    # the first level, and those of the second for which there is room
    assert 11 <= len(folded.shown) <= 60
    assert sum(folded.hidden.values()) + len(folded.shown) == len(drawn.nodes)
    assert "m_0_0_0" in fold(drawn, opened=["m_0", "m_0_0"]).shown
    assert "m_9_9_9" in fold(drawn, focus="m_9_9_9", closed=["m_9"]).shown
    closed = fold(drawn, closed=["m"])
    assert closed.shown == ("m",)
    assert closed.hidden == {"m": 1111}
    assert closed.above("m_3_2_1", set(closed.shown)) == "m"


@settings(max_examples=150)
@given(definitions(), st.sets(st.sampled_from(["s0", "s1", "s2", "s5"])), st.integers(1, 10))
def test_every_step_is_shown_or_counted(definition, wishes, limit):
    drawn = chart(definition)
    steps = {key for key, node in drawn.nodes.items() if node.kind != "flow"}
    assert steps == {step["key"] for step in definition["steps"]}
    folded = fold(drawn, closed=wishes, focus="fim", limit=limit)
    assert set(folded.depths) == set(drawn.nodes)
    roots = [key for key, parent in folded.parents.items() if not parent]
    if len(roots) <= limit:
        assert len(folded.shown) + sum(folded.hidden.values()) == len(drawn.nodes)
        assert "fim" in folded.shown
    for key in drawn.nodes:
        assert folded.above(key, set(folded.shown)) in ("", *folded.shown)


def test_a_branch_is_what_only_one_step_leads_to():
    drawn = chart(DEFINITION)
    assert branch(drawn, "rua") == ["rua", "poste", "fim"]
    assert branch(drawn, "pessoa") == ["pessoa"]
    assert len(branch(drawn, "oi")) == 6
    both = {"steps": [*DEFINITION["steps"]]}
    both["steps"][5] = {"key": "pessoa", "kind": "message", "text": "?", "goto": "fim"}
    assert branch(chart(both), "rua") == ["rua", "poste"]


def test_a_copied_branch_leads_to_itself_and_keeps_its_values():
    result, names = duplicated(DEFINITION, "rua")
    assert names == {"rua": "rua_novo", "poste": "poste_novo", "fim": "fim_novo"}
    copies = {step["key"]: step for step in result["steps"][6:]}
    assert copies["rua_novo"]["goto"] == "poste_novo"
    assert copies["poste_novo"]["goto"] == "fim_novo"
    assert copies["rua_novo"]["variable"] == "rua"
    assert DEFINITION["steps"] == result["steps"][:6]
    # an option leads to the copy: it can be published
    menu = result["steps"][1]
    options = [*menu["options"], {"id": "c", "title": "Outra", "goto": "rua_novo"}]
    result["steps"][1] = {**menu, "options": options}
    assert compile(result).steps["rua_novo"].variable == "rua"


@settings(max_examples=150)
@given(definitions(), st.data())
def test_copying_a_branch_harms_nothing(definition, data):
    keys = [step["key"] for step in definition["steps"]]
    root = data.draw(st.sampled_from(keys))
    result, names = duplicated(definition, root)
    assert root in names
    known = {step["key"] for step in result["steps"]}
    assert len(known) == len(keys) + len(names)
    before, after = chart(definition), chart(result)
    # the copy is reached from nowhere, and leads inside where the original leads inside
    assert not any(
        edge.source in keys and edge.target in names.values() and edge.source != keys[-1]
        for edge in after.edges
    )
    ways = {(edge.source, edge.target) for edge in after.edges}
    for edge in before.edges:
        if edge.source in names:
            target = names.get(edge.target, edge.target)
            assert (names[edge.source], target) in ways
    codes = {problem.code for problem in check(definition)}
    if not codes:
        assert {problem.code for problem in check(result)} <= {"unreachable"}


def test_advice_names_the_step():
    definition = {
        "languages": ["pt_BR", "en_US"],
        "translations": {"en_US": {"a": {"text": "Which street?"}}},
        "variables": {"filiacao": {"type": "text", "personal": True}},
        "steps": [
            {"key": "a", "kind": "question", "title": "Rua", "text": "Rua?"},
            {"key": "b", "kind": "question", "text": "?", "answer": "cpf", "error_text": "Ops"},
            {"key": "filiacao", "kind": "question", "text": "Mãe?", "error_text": "Ops"},
            "not a step",
        ],
    }
    found = {(problem.code, problem.key): problem for problem in advise(definition)}
    assert set(found) == {
        ("no_error_text", "a"),
        ("no_translation", "b"),
        ("no_translation", "filiacao"),
    }
    assert found["no_error_text", "a"].severity == "hint"
    assert "Rua" in found["no_error_text", "a"].text
    assert [problem.key for problem in personal_steps(definition)] == ["b", "filiacao"]


@settings(max_examples=80)
@given(
    st.dictionaries(
        st.sampled_from(["steps", "languages", "translations", "variables"]),
        st.none()
        | st.text()
        | st.lists(
            st.none()
            | st.text()
            | st.dictionaries(st.sampled_from(["key", "kind", "text"]), st.none() | st.text())
        ),
    )
)
def test_advice_never_raises(definition):
    advise(definition)
    personal_steps(definition)
