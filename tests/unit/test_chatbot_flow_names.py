"""Names as people say them, and greetings, which are not names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot_flow.engine import (
    Answer,
    Start,
    advance,
    compile,  # noqa: A004 - named like re.compile
    names,
)
from tests.cases import case

FLOW = compile({"steps": [
    {"key": "nome", "kind": "question", "answer": "text", "text": "Qual é o seu nome?"},
    {"key": "email", "kind": "question", "answer": "email", "text": "E o seu e-mail?"},
    {"key": "caso", "kind": "question", "answer": "text", "text": "O que houve?"},
    {"key": "fim", "kind": "end", "text": "{nome}"},
]})  # fmt: skip


def play(*texts):
    state, effects = advance(FLOW, None, Start(text="oi"))
    for text in texts:
        state, effects = advance(FLOW, state, Answer(text))
    return state, effects


GREETINGS = [
    "oi", "Oiii", "Olá", "ola!", "Bom dia", "bom dia!", "Boa tarde, tudo bem?", "BOA NOITE",
    "Oi, bom dia", "oi tudo bem", "Olá, boa tarde a todos", "alô", "e aí", "Bom dia moça",
    "bom\u00a0dia", "oi?", "Oi\nBom dia",
]  # fmt: skip
NAMES = {
    "Carlos Souza": [
        "Carlos Souza", "meu nome é Carlos Souza", "Meu nome: Carlos Souza", "Nome: Carlos Souza",
        "me chamo Carlos Souza", "Eu me chamo Carlos Souza.", "Bom dia, meu nome é Carlos Souza",
        "Oi! Carlos Souza", "olá, sou o Carlos Souza", "Eu sou Carlos Souza", "é o Carlos Souza",
        "aqui é o Carlos Souza", "Carlos Souza, bom dia", "Carlos Souza, obrigado!",
        "o meu nome completo é Carlos Souza", "quem fala é o Carlos Souza", "*Carlos Souza*",
        "Nome completo - Carlos Souza", "Carlos Souza e o seu?", "pode me chamar de Carlos Souza",
    ],
    "Maria da Silva": [
        "maria da silva", "MARIA DA SILVA", "dona Maria Da Silva", "meu nome eh maria da silva",
        "MEU NOME É maria da silva",
    ],
    "Oiticica Lima": ["Oiticica Lima", "oi, Oiticica Lima"],
    "Olavo": ["Olavo", "Bom dia! Olavo"],
    "Simone": ["Simone", "sou a Simone"],
    "Nome de Deus Alves": ["Nome de Deus Alves"],
    "D'Ávila": ["D'Ávila"],
}  # fmt: skip


@pytest.mark.parametrize("text", GREETINGS)
def test_a_greeting_is_no_answer(text):
    assert names.is_greeting(text)
    state, effects = play(text)
    assert (state.step, state.values, state.tries) == ("nome", {}, 0)
    assert effects[-1].text.endswith("Qual é o seu nome?")
    state, effects = play("Ana", text)
    assert (state.step, state.tries) == ("email", 0)
    assert effects[-1].text.endswith("E o seu e-mail?")


@pytest.mark.parametrize(
    ("text", "name"), [(text, name) for name, texts in NAMES.items() for text in texts]
)
def test_a_name_is_what_it_is_without_the_words_around_it(text, name):
    read = play(text)[0].values["nome"]
    assert read.strip("*.") == name


@pytest.mark.parametrize("text", ["sim", "não", "123", "..."])
def test_what_is_no_name_is_asked_again(text):
    state, effects = play(text)
    assert (state.step, state.values) == ("nome", {})
    assert "Não entendi como um nome" in effects[-1].text


@pytest.mark.parametrize("text", ["ok", "👍", "?", "Não sei", "obrigada", "kkkk", "Valeu!"])
def test_small_talk_is_no_name_and_no_mistake(text):
    state, effects = play(text)
    assert (state.step, state.values, state.tries) == ("nome", {}, 0)
    assert effects[-1].text.endswith("Qual é o seu nome?")


def test_a_greeting_is_never_a_name():
    assert play("bom dia", "oi")[0].values == {}
    assert names.read("Bom dia") is None


def test_who_greets_twice_describing_something_is_taken_at_the_word():
    state, _effects = play("Ana", "ana@exemplo.com", "bom dia")
    assert state.step == "caso"
    state, _effects = play("Ana", "ana@exemplo.com", "bom dia", "boa tarde")
    assert state.values["caso"] == "boa tarde"


@pytest.mark.parametrize(
    "text", ["Bom dia, Carlos", "Bom dia sem luz na rua", "Boa Vista", "Olavo"]
)
def test_more_than_a_greeting(text):
    assert not names.is_greeting(text)


@given(st.text(max_size=60))
def test_any_text_is_a_part_of_itself_or_none(text):
    name = names.read(text)
    assert name is None or any(map(str.isalpha, name))


def test_the_case_of_a_burst():
    first, *others = case("w11-burst-greeting-as-name.json")["payload"]["texts"]
    state, _effects = advance(FLOW, None, Start(text=first))
    for text in others:
        state, _effects = advance(FLOW, state, Answer(text))
    assert state.values == {"nome": "Carlos Souza"}
