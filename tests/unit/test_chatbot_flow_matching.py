"""Matching of typed answers with a menu's options."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot_flow.engine import Answer, Ask, End, HandOver, Say, Start, advance, compile  # noqa: A004
from chatbot_flow.engine.matching import (
    dense_path,
    exact,
    nearest,
    normalise,
    number,
    ordinal,
    path,
)

WORDS = [("impressora",), ("internet e rede", "wifi"), ("sistema", "programa")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2", 2), ("2)", 2), ("2.", 2), ("2 -", 2), ("Opção 2", 2), ("dois", 2), ("２", 2),
     ("2️⃣", 2), ("*2*", 2), ("duas", 2), ("dez", 10), ("2x", None), ("", None), ("²", 2),
     ("opção dois", 2), ("a opção 3", 3), ("vinte", 20), ("dezesseis", 16), ("2ª", 2), ("2o", 2),
     ("número três", 3), ("dois mil", None)],
)  # fmt: skip
def test_numbers(text, expected):
    assert number(normalise(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a segunda", 2), ("o terceiro", 3), ("Primeira", 1), ("quinta opção", 5), ("décima", 10),
     ("a décima primeira", 11), ("vigésima", 20), ("o primeiro item", 1), ("segunda via", None),
     ("2", None), ("", None)],
)  # fmt: skip
def test_places(text, expected):
    assert ordinal(normalise(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected", "asked"),
    [("impresora", 0, []), ("imprsesora", 0, []), ("sistena", 2, []), ("wify", None, [1]),
     ("wfii", None, [1]), ("iternet", 1, []), ("intrnet", 1, []), ("rxxxxxde", None, []),
     ("programas", 2, []), ("gama", None, []), ("wi", 1, [])],
)  # fmt: skip
def test_words_with_a_typo(text, expected, asked):
    assert nearest(WORDS, normalise(text)) == (expected, asked)


def test_what_may_mean_several_is_asked():
    words = [("segunda via",), ("segunda-feira",), ("rede",), ("sede",)]
    assert nearest(words, "segunda") == (None, [0, 1])
    assert nearest(words, "cede") == (None, [2, 3])
    assert nearest(words, "rede ou sede") == (None, [2, 3])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Impressora", 0), ("IMPRESSORA!", 0), ("wi-fi", None), ("WiFi", 1), ("Sístema", 2)],
)
def test_exact_titles_and_keywords(text, expected):
    assert exact(WORDS, normalise(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("imp", 0), ("i", None), ("in", 1), ("a impressora parou", 0), ("1 - Impressora", 0),
     ("impressora e sistema", None), ("xyz", None), ("o wifi caiu", 1)],
)  # fmt: skip
def test_beginnings_and_sentences(text, expected):
    assert nearest(WORDS, normalise(text))[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2.3", [2, 3]), ("2 3", [2, 3]), ("2-3-1", [2, 3, 1]), ("2/3", [2, 3]), ("1,10", [1, 10]),
     ("23", None), ("2.", None), ("a.b", None)],
)  # fmt: skip
def test_paths(text, expected):
    assert path(normalise(text)) == expected


def test_dense_paths():
    assert dense_path("23") == [2, 3]
    assert dense_path("203") is None
    assert dense_path("2") is None


@given(st.text())
def test_normalise_is_stable(text):
    once = normalise(text)
    assert "  " not in once
    assert exact([(once,)], once) == 0


TREE = compile(
    {
        "steps": [
            {"key": "nome", "kind": "question", "text": "Nome?", "label": "Nome"},
            {
                "key": "principal",
                "kind": "menu",
                "text": "Menu",
                "options": [
                    {"title": "Impostos", "goto": "aviso"},
                    {"title": "Saúde", "goto": "saude"},
                    {"title": "Sair", "goto": "fim"},
                ],
            },
            {"key": "aviso", "kind": "message", "text": "Aviso", "goto": "impostos"},
            {
                "key": "impostos",
                "kind": "menu",
                "text": "Impostos",
                "options": [
                    {"title": "IPTU", "goto": "iptu", "set": {"tema": "iptu"}},
                    {"title": "ISS", "goto": "fim"},
                ],
            },
            {
                "key": "iptu",
                "kind": "menu",
                "text": "IPTU",
                "options": [
                    {"title": "Segunda via", "goto": "fim"},
                    {"title": "Falar com alguém", "goto": "pessoa"},
                ],
            },
            {
                "key": "saude",
                "kind": "menu",
                "text": "Saúde",
                "options": [
                    {"title": "Vacinas", "goto": "fim"},
                    {"title": "Falar com alguém", "goto": "pessoa"},
                ],
            },
            {"key": "fim", "kind": "end", "text": "Até logo"},
            {"key": "pessoa", "kind": "hand_over"},
        ]
    }
)


def at_menu():
    state, _effects = advance(TREE, None, Start())
    state, _effects = advance(TREE, state, Answer("Maria"))
    assert state.step == "principal"
    return state


@pytest.mark.parametrize(
    ("typed", "step"),
    [("1", "impostos"), ("1.1", "iptu"), ("11", "iptu"), ("1 1", "iptu"), ("iptu", "iptu"),
     ("IPTU", "iptu"), ("vacinas", "fim"), ("1.1.2", "pessoa"), ("112", "pessoa"), ("2", "saude"),
     ("impostos", "impostos"), ("imp", "impostos"), ("saude", "saude")],
)  # fmt: skip
def test_cut_through(typed, step):
    state, _effects = advance(TREE, at_menu(), Answer(typed))
    assert state.step == step


@pytest.mark.parametrize("typed", ["1.9", "1.1.1.1", "19", "9.9", "1.0", "4"])
def test_a_way_is_taken_whole_or_not_at_all(typed):
    state, effects = advance(TREE, at_menu(), Answer(typed))
    assert state.step == "principal"
    assert state.tries == 1
    assert isinstance(effects[-1], Ask)


def test_menus_on_the_way_are_not_asked_but_messages_are_said():
    state, effects = advance(TREE, at_menu(), Answer("1.1"))
    assert [type(effect) for effect in effects] == [Say, Ask]
    assert effects[0].text == "Aviso"
    assert state.values["tema"] == "iptu"
    assert state.history == ["nome", "principal", "impostos"]


def test_zero_repeats_the_main_menu_and_forgets_what_came_after():
    state, _effects = advance(TREE, at_menu(), Answer("1.1"))
    state, effects = advance(TREE, state, Answer("0"))
    assert state.step == "principal"
    assert effects[-1].kind == "menu"
    assert "tema" not in state.values
    assert state.values["nome"] == "Maria"


def test_zero_before_the_main_menu_repeats_the_question():
    state, _effects = advance(TREE, None, Start())
    state, effects = advance(TREE, state, Answer("0"))
    assert state.step == "nome"
    assert effects[0].text == "Nome?"


@pytest.mark.parametrize("word", ["#", "voltar", "VOLTAR", "Volta"])
def test_back(word):
    state, _effects = advance(TREE, at_menu(), Answer("1.1"))
    for step in ("impostos", "principal", "nome", "nome"):
        state, effects = advance(TREE, state, Answer(word))
        assert state.step == step
        assert isinstance(effects[-1], Ask)
    assert "tema" not in state.values


def test_an_option_of_an_older_list_leads_there():
    state, effects = advance(TREE, at_menu(), Answer("1", option_id="principal:1", kind="option"))
    menu = effects[-1]
    state, effects = advance(TREE, state, Answer("IPTU", option_id="impostos:1", kind="option"))
    assert state.step == "iptu"
    again, effects = advance(
        TREE, state, Answer("IPTU", option_id=menu.options[0].id, kind="option")
    )
    assert again.step == "iptu"
    assert again.history == state.history
    again, effects = advance(TREE, state, Answer(option_id="principal:2", kind="option"))
    assert again.step == "saude"
    assert again.values["principal"] == "Saúde"
    assert "tema" not in again.values


def test_options_can_be_named_by_their_bare_id():
    state, _effects = advance(TREE, at_menu(), Answer(option_id="2", kind="option"))
    assert state.step == "saude"


def test_ends():
    state, effects = advance(TREE, at_menu(), Answer("sair"))
    assert isinstance(effects[-1], End)
    assert state.over
    state, effects = advance(TREE, at_menu(), Answer("2.2"))
    assert isinstance(effects[-1], HandOver)
