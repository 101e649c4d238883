"""Several messages in a row are one turn: the question that a burst answers."""

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot_flow.engine import (
    Answer,
    Ask,
    Burst,
    End,
    Say,
    Start,
    State,
    advance,
    bursts,
    compile,  # noqa: A004 - named like re.compile
    corrections,
)
from tests.unit.test_chatbot_flow_properties import (
    ANSWER,
    TEXTS,
    definitions,
    is_sound,
    without_islands,
)

SMALL_TALK = [
    "oi", "Olá!", "bom dia", "boa tarde", "tudo bem?", "Oi, tudo bem?", "🙏", "😀😀", "por favor",
    "obrigada", "moço", "alguém aí?", "?", "Boa noite a todos",
]  # fmt: skip
END = {"key": "fim", "kind": "end", "text": "Até logo"}
MENU = {
    "key": "assunto", "kind": "menu", "text": "Assunto?", "label": "Assunto",
    "options": [
        {"id": "impressora", "title": "Impressora", "goto": "fim"},
        {"id": "rede", "title": "Internet e rede", "goto": "fim", "keywords": ["wifi"]},
        {"id": "sistema", "title": "Sistema", "goto": "fim"},
    ],
}  # fmt: skip


def question(answer="text", key="dado", **more):
    return {"key": key, "kind": "question", "text": f"{key}?", "answer": answer, **more}


def flow_of(*steps, **more):
    return compile({"steps": [*steps, END], **more})


def start(flow, **given):
    return advance(flow, None, Start(**given))[0]


def burst(*given):
    """Return texts, or answers, as one burst."""
    return Burst(tuple(Answer(item) if isinstance(item, str) else item for item in given))


def begin(*given):
    """Return a conversation that begins with these."""
    first = bursts.first(given)
    return Start(text=first.text, option_id=first.option_id, files=first.files)


def photo(number=1, caption="", kind="image"):
    return Answer(caption, kind="media", media_ref=f"message:{number}", media_kind=kind)


def after(flow, *given, state=None, first="oi"):
    """Return the state and effects after a burst at the first question of a flow."""
    return advance(flow, state or start(flow, text=first), burst(*given))


# ------------------------------------------------------------
# Questions in words
# ------------------------------------------------------------


@given(st.lists(st.sampled_from(SMALL_TALK), max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_a_text_takes_every_line_but_small_talk(talk, random):
    lines = ["a luz da rua apagou", "faz dois dias", "fica na esquina da padaria"]
    given_lines = [*talk]
    for line in lines:
        given_lines.insert(random.randint(0, len(given_lines)), line)
    state, _effects = after(flow_of(question(key="caso")), *given_lines)
    kept = state.values["caso"].split("\n")
    assert sorted(kept) == sorted(lines)
    assert kept == [line for line in given_lines if line in lines]


def test_only_small_talk_is_what_it_always_was():
    flow = flow_of(question(key="nome", text="Qual é o seu nome?"))
    state, effects = after(flow, "oi", "tudo bem?")
    assert (state.step, state.values, state.tries) == ("nome", {}, 0)
    assert [item.text for item in effects if isinstance(item, Ask)] == ["Qual é o seu nome?"]


@given(
    st.lists(st.sampled_from(SMALL_TALK), min_size=1, max_size=4),
    st.sampled_from(["meu nome é Rosa", "Rosa", "sou a Rosa", "Me chamo Rosa", "Rosa."]),
    st.integers(0, 4),
)
@settings(max_examples=300)
def test_a_name_is_taken_from_the_line_that_has_it(talk, line, place):
    talk.insert(min(place, len(talk)), line)
    state, _effects = after(flow_of(question(key="nome")), *talk)
    assert state.values["nome"].strip(".") == "Rosa"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["Carlos", "Souza"], "Carlos Souza"),
        (["Carlis", "Carlos"], "Carlos"),
        (["preciso de ajuda", "Maria da Silva"], "Maria da Silva"),
        (["Maria da Silva", "minha luz apagou"], "Maria da Silva"),
        (["oi", "meu nome é Rosa", "a rua está escura"], "Rosa"),
    ],
)
def test_names_of_several_lines_and_beside_other_words(lines, name):
    assert after(flow_of(question(key="nome")), *lines)[0].values["nome"] == name


@pytest.mark.parametrize(
    ("kind", "lines", "value"),
    [
        ("email", ["oi", "meu email", "maria@exemplo.com.br"], "maria@exemplo.com.br"),
        ("email", ["maria@exemplo.com", "ops", "maria@exemplo.com.br"], "maria@exemplo.com.br"),
        ("phone", ["pode ligar", "(31) 98888-7777"], "+5531988887777"),
        ("cpf", ["390.533", "447-05"], "39053344705"),
        ("cpf", ["aqui vai", "390.533.447-05", "obrigada"], "39053344705"),
        ("number", ["acho que são", "12"], 12),
        ("date", ["foi", "05/03/2026"], "2026-03-05"),
        ("time", ["às", "14:30", "por favor"], "14:30"),
    ],
)
def test_the_line_that_holds_what_is_asked_for_answers(kind, lines, value):
    found = after(flow_of(question(kind)), *lines)[0].values.get("dado")
    assert found == value or str(found).endswith(str(value)[-9:])


def test_a_pin_keeps_the_words_beside_it():
    pin = Answer(kind="location", latitude=-19.8, longitude=-43.1)
    state, _effects = after(flow_of(question("location")), "é aqui", pin, "perto da padaria")
    assert state.values["dado"] == {
        "latitude": -19.8, "longitude": -43.1, "address": "é aqui\nperto da padaria",
    }  # fmt: skip


# ------------------------------------------------------------
# Options, yes and no
# ------------------------------------------------------------


@given(
    st.lists(st.sampled_from([*SMALL_TALK, "não sei bem", "acho que é isso"]), max_size=4),
    st.sampled_from(["2", "Internet e rede", "wifi", "opção 2", "internet e rede!"]),
    st.integers(0, 4),
)
@settings(max_examples=300)
def test_at_a_menu_the_line_that_names_an_option_wins(talk, line, place):
    talk.insert(min(place, len(talk)), line)
    assert after(flow_of(MENU), *talk)[0].values["assunto_option"] == "rede"


def test_the_last_option_counts():
    assert after(flow_of(MENU), "1", "ops", "3")[0].values["assunto"] == "Sistema"


def test_a_tap_wins_over_the_words_before_it():
    tap = Answer("Sistema", option_id="assunto:sistema", kind="option")
    assert after(flow_of(MENU), "é a impressora", tap)[0].values["assunto"] == "Sistema"


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (["não", "pera", "sim"], True),
        (["sim", "ops", "não"], False),
        (["não, pera, sim"], True),
        (["sim", "moro aqui há dez anos"], True),
        (["oi", "sim"], True),
        (["não", "obrigada"], False),
        (["sim", "mas acho que talvez"], None),
        (["sim", "pera"], None),
    ],
)
def test_the_last_clear_yes_or_no_counts(lines, value):
    state, _effects = after(flow_of(question("yes_no")), *lines)
    assert state.values.get("dado") is value
    assert state.over is (value is not None)


def test_a_word_taken_back_inside_one_message():
    assert [corrections.read(text) for text in ("não, pera, sim", "sim, ops, não")] == [True, False]
    assert corrections.read("sim, espera") is None
    assert corrections.read("moro aqui") is None


def test_no_and_what_is_right_in_one_burst():
    flow = flow_of(question(key="nome", text="Nome?", echo="confirm"))
    state, _effects = after(flow, "Rosa")
    state, effects = after(flow, "não", "Rosana", state=state)
    assert state.pending == "Rosana"
    [ask] = [effect for effect in effects if isinstance(effect, Ask)]
    assert "Rosana" in ask.text
    flow = flow_of(question("email", echo="confirm"))
    state, _effects = after(flow, "rosa@exemplo.com")
    state, effects = after(flow, "não", "é rosana@exemplo.com", state=state)
    assert state.pending == "rosana@exemplo.com"


def test_whoever_asks_for_a_person_gets_one_and_whoever_moves_moves():
    state, _effects = after(flow_of(question(key="caso")), "a luz apagou", "atendente")
    assert state.status == "handed_over"
    flow = flow_of(question(key="a"), question(key="b"))
    state, _effects = after(flow, "primeiro")
    state, _effects = after(flow, "segundo", "voltar", state=state)
    assert state.step == "a"


def test_pular_is_not_meant_when_the_answer_is_there():
    flow = flow_of(question(key="caso", required=False))
    skip = Answer("Pular", option_id="caso:skip", kind="option")
    assert after(flow, "a luz apagou", skip)[0].values == {"caso": "a luz apagou"}
    assert after(flow, "oi", skip)[0].values == {}


# ------------------------------------------------------------
# Files
# ------------------------------------------------------------


@given(st.integers(1, 12), st.lists(st.sampled_from(SMALL_TALK), max_size=3))
@settings(max_examples=100)
def test_an_album_is_one_answer(count, talk):
    given_answers = [*(photo(number) for number in range(count)), *talk]
    state, effects = after(flow_of(question("media", key="foto")), *given_answers)
    assert state.values["foto"] == [f"message:{number}" for number in range(min(count, 10))]
    assert state.over
    assert [type(effect) for effect in effects] == [Say, End]


def test_an_album_with_pronto_and_with_a_maximum():
    flow = flow_of(question("media", key="foto", maximum=5))
    state, effects = after(flow, photo(1), photo(2))
    assert (state.pending, len(effects)) == (["message:1", "message:2"], 1)
    state, _effects = after(flow, photo(3), "pronto", state=state)
    assert state.values["foto"] == ["message:1", "message:2", "message:3"]
    state, _effects = after(flow, photo(1), photo(2), "só isso")
    assert state.values["foto"] == ["message:1", "message:2"]
    flow = flow_of(question("media", key="foto", maximum=2))
    state, _effects = after(flow, photo(1), photo(2), photo(3))
    assert state.values["foto"] == ["message:1", "message:2"]


def test_what_a_question_of_files_does_not_take_keeps_nothing_back():
    flow = flow_of(question("media", key="foto", media_kinds=["image"]))
    state, _effects = after(flow, photo(1, kind="voice"), photo(2))
    assert state.values["foto"] == ["message:2"]
    state, effects = after(flow, photo(1, kind="voice"), photo(3, kind="voice"))
    assert "envie uma foto" in effects[-1].text


@given(st.permutations([photo(1), photo(2), Answer("a luz apagou"), Answer("na rua A")]))
def test_words_and_photos_are_both_kept(order):
    flow = flow_of(question(key="caso"), question("media", key="foto", maximum=3))
    state, effects = after(flow, *order)
    assert sorted(state.values["caso"].split("\n")) == ["a luz apagou", "na rua A"]
    assert sorted(state.pending) == ["message:1", "message:2"]
    assert state.beside == []
    assert "2 arquivos" in effects[-1].text
    assert [choice.title for choice in effects[-1].options] == ["Pronto"]
    state, _effects = after(flow, "pronto", state=state)
    assert sorted(state.values["foto"]) == ["message:1", "message:2"]


def test_files_that_fill_the_question_answer_it():
    flow = flow_of(question(key="caso"), question("media", key="foto", maximum=1))
    state, _effects = after(flow, "a luz apagou", photo(7))
    assert state.values == {"caso": "a luz apagou", "foto": ["message:7"]}
    assert state.over


def test_a_photo_with_the_first_words_waits_for_its_question():
    flow = flow_of(question(key="caso"), question("media", key="foto"))
    begun = bursts.first([Answer("oi"), photo(3, "olha a rua"), Answer("está escura")])
    assert (begun.text, begun.files) == ("olha a rua\nestá escura", (("message:3", "image"),))
    state, _effects = advance(flow, None, Start(text=begun.text, files=begun.files))
    state, _effects = advance(flow, state, Answer("a luz apagou"))
    assert state.pending == ["message:3"]


# ------------------------------------------------------------
# The first words; promises
# ------------------------------------------------------------


def test_the_first_words_are_read_together():
    begun = bursts.first([Answer("oi"), Answer("tudo bem?"), Answer("preciso de ajuda com wifi")])
    assert begun == Answer(text="preciso de ajuda com wifi")
    assert bursts.first([Answer("oi"), Answer("tudo bem?")]).text == "oi\ntudo bem?"
    tap = Answer("Sistema", option_id="assunto:sistema", kind="option")
    assert bursts.first([Answer("oi"), tap]).option_id == "assunto:sistema"


@given(st.lists(st.sampled_from([*SMALL_TALK, "wifi não funciona"]), min_size=1, max_size=5))
def test_the_first_words_never_make_a_name(lines):
    flow = flow_of(question(key="nome"), MENU)
    state, _effects = advance(flow, None, begin(*map(Answer, lines)))
    assert (state.step, state.values) == ("nome", {})


def test_a_busy_flow_says_once_that_it_is_busy():
    flow = flow_of({"key": "acao", "kind": "action", "action": "do"})
    _state, effects = advance(flow, start(flow), burst("oi?", "ainda aí?", "???"))
    assert len(effects) == 1


@given(
    definitions(),
    st.lists(st.lists(ANSWER | TEXTS.map(Answer), min_size=1, max_size=5), max_size=8),
)
@settings(max_examples=600)
def test_any_burst_is_safe(definition, many):
    definition = without_islands(definition)
    if definition is None:
        return
    flow = compile(definition)
    state, _effects = advance(flow, None, begin(*(many[0] if many else [])))
    for given_answers in many:
        before = json.dumps(state.to_json())
        following, effects = advance(flow, state, Burst(tuple(given_answers)))
        assert json.dumps(state.to_json()) == before
        assert State.from_json(json.loads(json.dumps(following.to_json()))) == following
        if len(given_answers) == 1:
            assert (following, effects) == advance(flow, state, given_answers[0])
        is_sound(flow, following, effects)
        state = following


@given(st.lists(st.sampled_from([*SMALL_TALK, "a", "b c"]), min_size=1, max_size=6))
def test_substance_never_leaves_nothing(lines):
    kept = bursts.substance(lines)
    assert kept
    assert all(line in lines for line in kept)


def test_small_talk_in_any_order_is_dropped_alike():
    for order in itertools.permutations(["oi", "tudo bem?", "preciso de wifi"]):
        assert bursts.first([Answer(line) for line in order]).text == "preciso de wifi"


def test_the_flows_own_table_of_manners_counts_too():
    flow = flow_of(question(key="caso"))
    state, _effects = after(flow, "kkkk", "ok", "a luz apagou")
    assert state.values == {"caso": "a luz apagou"}
    state, _effects = after(flow, "a luz apagou", "quero falar com gente")
    assert state.status == "handed_over"
