"""The engine at work: questions, echo, confirmation, actions, ways out."""

import pytest

from chatbot_flow.engine import (
    DEFAULT_TEXTS,
    ActionResult,
    Answer,
    Ask,
    CallAction,
    Collect,
    End,
    HandOver,
    Resume,
    Say,
    Start,
    State,
    StateError,
    advance,
    compile,  # noqa: A004 - named like re.compile
    merge,
)

END = {"key": "fim", "kind": "end", "text": "Até logo"}


def talk(flow, *events, state=None, context=None):
    """Run events (texts are answers); return the last state and effects."""
    effects = ()
    for event in events:
        if isinstance(event, str):
            event = Answer(event)
        state, effects = advance(flow, state, event, context)
    return state, list(effects)


def flow_of(*steps, **more):
    return compile({"steps": [*steps, END], **more})


def question(key, **more):
    return {"key": key, "kind": "question", "text": f"{key}?", "label": key.title(), **more}


SERVICE = flow_of(
    {"key": "oi", "kind": "message", "text": "{saudacao}, protocolo {protocolo}"},
    question("nome"),
    question("email", answer="email", echo="confirm"),
    {
        "key": "tipo",
        "kind": "menu",
        "label": "Tipo",
        "text": "Tipo?",
        "options": [
            {"title": "Impressora", "goto": "descricao", "set": {"categoria": 5}},
            {"title": "Rede", "goto": "rede"},
        ],
    },
    {
        "key": "rede",
        "kind": "menu",
        "label": "Rede",
        "text": "Rede?",
        "options": [{"title": "Cabo", "set": {"categoria": 6}}, {"title": "Wi-Fi"}],
    },
    question("descricao", minimum=5),
    question("foto", answer="media", required=False, media_kinds=["image"]),
    {"key": "ok", "kind": "confirm", "text": "Confira", "on_cancel": "fim"},
    {
        "key": "abrir",
        "kind": "action",
        "action": "open",
        "text": "Um momento",
        "params": {"title": "{tipo}: {descricao}", "urgency": 3},
        "results": ["ticket"],
        "on_error": "erro",
    },
    {"key": "tem", "kind": "condition", "variable": "ticket", "on_false": "sem", "goto": "com"},
    {"key": "com", "kind": "message", "text": "Chamado {ticket}", "goto": "fim"},
    {"key": "sem", "kind": "message", "text": "Registrado no protocolo {protocolo}", "goto": "fim"},
    {"key": "erro", "kind": "hand_over", "queue": 7, "reason": "erro"},
)
CONTEXT = {"saudacao": "Bom dia", "protocolo": "2026000001"}
PHOTO = Answer(kind="media", media_ref="message:1", media_kind="image")
TO_CONFIRM = ["Maria", "maria@x.com", "sim", "1", "não imprime", PHOTO]


def test_the_whole_service():
    _state, effects = talk(SERVICE, Start(), context=CONTEXT)
    assert effects == [Say("Bom dia, protocolo 2026000001"), Ask("nome?")]
    state, effects = talk(SERVICE, Start(), *TO_CONFIRM, context=CONTEXT)
    assert effects[0] == Collect("foto", "Foto", "1 arquivo")
    assert effects[1].text == (
        "Confira\n\n*Nome:* Maria\n*Email:* maria@x.com\n*Tipo:* Impressora\n"
        "*Descricao:* não imprime\n*Foto:* 1 arquivo"
    )
    assert [choice.title for choice in effects[1].options] == ["Confirmar", "Corrigir", "Cancelar"]
    state, effects = talk(SERVICE, "confirmar", state=state, context=CONTEXT)
    assert effects == [
        Say("Um momento"),
        CallAction("open", {"title": "Impressora: não imprime", "urgency": 3}),
    ]
    assert state.values["categoria"] == 5
    assert state.values["foto"] == ["message:1"]
    result = ActionResult("open", True, {"ticket": 42})
    state, effects = talk(SERVICE, result, state=state, context=CONTEXT)
    assert effects == [Say("Chamado 42"), Say("Até logo"), End("self_service")]


def test_without_a_ticket_number_the_protocol_is_told():
    events = [*TO_CONFIRM, "sim", ActionResult("open", True)]
    _state, effects = talk(SERVICE, Start(), *events, context=CONTEXT)
    assert effects[0] == Say("Registrado no protocolo 2026000001")


def test_a_failed_action_takes_its_own_way():
    state, effects = talk(SERVICE, Start(), *TO_CONFIRM, "sim", ActionResult("open", False))
    assert effects == [HandOver(7, "erro")]
    assert talk(SERVICE, "oi", Start(), ActionResult("open", True), state=state) == (state, [])


def test_only_the_awaited_action_counts():
    waiting, _effects = talk(SERVICE, Start(), *TO_CONFIRM, "sim")
    for event in (ActionResult("other", True), Start(), Answer(kind="reaction", text="👍")):
        assert talk(SERVICE, event, state=waiting) == (waiting, [])
    state, effects = talk(SERVICE, "e aí?", state=waiting)
    assert effects == [Say(DEFAULT_TEXTS["wait"])]
    assert state == waiting


def test_echo():
    state, effects = talk(SERVICE, Start(), "Maria", "MARIA@x.com")
    assert "*maria@x.com*" in effects[0].text
    assert "email" not in state.values
    corrected, effects = talk(SERVICE, "ana@x.com", state=state)
    assert "*ana@x.com*" in effects[0].text
    state, effects = talk(SERVICE, "não", state=corrected)
    assert effects[-1] == Ask("email?")
    state, effects = talk(SERVICE, "ana@y.com", "1", state=state)
    assert state.values["email"] == "ana@y.com"
    assert effects[0] == Collect("email", "Email", "ana@y.com")
    state, effects = talk(SERVICE, "banana", state=corrected)
    assert (state.mode, state.tries) == ("echo", 1)


def test_echo_that_only_repeats():
    flow = flow_of(question("tel", answer="phone", echo="say"))
    state, effects = talk(flow, Start(), "31 98888-7777")
    assert effects[0] == Say("Telefone anotado: *(31) 98888-7777*")
    assert state.values["tel"] == "+5531988887777"


def test_correcting_one_answer_comes_back_to_the_confirmation():
    state, effects = talk(SERVICE, Start(), *TO_CONFIRM, "corrigir")
    assert [c.title for c in effects[0].options] == ["Nome", "Email", "Tipo", "Descricao", "Foto"]
    state, effects = talk(SERVICE, "descrição", state=state)
    assert effects == [Ask("descricao?")]
    state, effects = talk(SERVICE, "toner acabou", state=state)
    assert state.step == "ok"
    assert "toner acabou" in effects[-1].text
    assert state.return_to == ""


def test_correcting_a_menu_walks_its_submenus_and_drops_the_old_ones():
    state, _effects = talk(SERVICE, Start(), *TO_CONFIRM, "corrigir", "tipo", "rede")
    assert state.step == "rede"
    assert "categoria" not in state.values
    state, _effects = talk(SERVICE, "cabo", state=state)
    assert (state.step, state.values["categoria"]) == ("ok", 6)
    state, effects = talk(SERVICE, "corrigir", "tipo", "1", state=state)
    assert (state.step, state.values["categoria"]) == ("ok", 5)
    assert "Rede" not in effects[-1].text


def test_leaving_a_correction_with_back():
    state, _effects = talk(SERVICE, Start(), *TO_CONFIRM, "corrigir", "nome", "voltar")
    assert (state.step, state.values["nome"]) == ("ok", "Maria")
    state, _effects = talk(SERVICE, Start(), *TO_CONFIRM, "corrigir", "voltar")
    assert (state.step, state.mode) == ("ok", "")


def test_cancel():
    _state, effects = talk(SERVICE, Start(), *TO_CONFIRM, "cancelar")
    assert effects[-1] == End("self_service")


def test_no_way_back_across_an_action():
    flow = flow_of(
        question("a"),
        {"key": "x", "kind": "action", "action": "x"},
        question("b"),
        question("c"),
    )
    state, _effects = talk(flow, Start(), "1a", ActionResult("x", True), "2b", "voltar")
    assert state.step == "b"
    state, effects = talk(flow, "voltar", state=state)
    assert state.step == "b"
    assert DEFAULT_TEXTS["back_none"] in effects[0].text


def test_skipping_a_question():
    state, effects = talk(SERVICE, Start(), *TO_CONFIRM[:-1])
    assert [choice.id for choice in effects[-1].options] == ["foto:skip"]
    state, effects = talk(SERVICE, "pular", state=state)
    assert state.step == "ok"
    assert "Foto" not in effects[-1].text


def test_the_other_pictures_of_an_album_belong_to_the_question_before():
    second = Answer(kind="media", media_ref="message:2", media_kind="image")
    state, effects = talk(SERVICE, Start(), *TO_CONFIRM, second)
    assert state.step == "ok"
    assert state.values["foto"] == ["message:1", "message:2"]
    assert effects == [Collect("foto", "Foto", "2 arquivos")]
    again, effects = talk(SERVICE, second, state=state)
    assert (again, effects) == (state, [])


def test_several_files():
    flow = flow_of(question("fotos", answer="media", minimum=2, maximum=3))
    one, two = (Answer(kind="media", media_ref=f"message:{n}") for n in (1, 2))
    state, effects = talk(flow, Start(), one)
    assert effects[0].options == ()
    state, effects = talk(flow, two, state=state)
    assert [choice.title for choice in effects[0].options] == ["Pronto"]
    state, _effects = talk(flow, "pronto", state=state)
    assert (state.status, state.values["fotos"]) == ("ended", ["message:1", "message:2"])


def test_wrong_answers_are_explained_and_then_a_person_comes():
    flow = flow_of(question("email", answer="email", retries=2))
    state, effects = talk(flow, Start(), "maria")
    assert effects == [Ask(DEFAULT_TEXTS["wrong_email"])]
    _state, effects = talk(flow, "joana", state=state)
    assert effects == [Say(DEFAULT_TEXTS["give_up"]), HandOver(None, "retries")]


def test_wrong_answers_may_lead_elsewhere():
    flow = flow_of(
        question("email", answer="email", retries=1, on_fail="fim", error_text="Hein?"),
    )
    _state, effects = talk(flow, Start(), "x")
    assert effects == [Say("Até logo"), End("self_service")]


def test_own_texts():
    flow = flow_of(question("email", answer="email"), texts={"wrong_email": "E-mail, {nome}!"})
    _state, effects = talk(flow, Start(), "x", context={"nome": "Maria"})
    assert effects == [Ask("E-mail, Maria!")]


def test_zero_is_a_number_where_a_number_is_asked():
    menu = {"key": "m", "kind": "menu", "text": "M", "options": [{"title": "A"}]}
    flow = flow_of(menu, question("n", answer="number"), question("t"))
    state, _effects = talk(flow, Start(), "1", "0")
    assert (state.step, state.values["n"]) == ("t", 0)
    state, _effects = talk(flow, "0", state=state)
    assert (state.step, state.values) == ("m", {})


def test_what_was_typed_is_never_a_placeholder():
    flow = flow_of(question("relato"), {"key": "b", "kind": "message", "text": "Olá {relato}"})
    _state, effects = talk(flow, Start(), "{protocolo} {relato}", context=CONTEXT)
    assert effects[1] == Say("Olá {protocolo} {relato}")


@pytest.mark.parametrize(
    ("operator", "value", "answer", "expected"),
    [
        ("present", None, "x", True), ("absent", None, "x", False), ("equals", "X", "x", True),
        ("differs", "x", "x", False), ("one_of", "a, X", "x", True), ("one_of", "a", "x", False),
        ("greater", "5", "10", True), ("less", "5", "10", False), ("greater", "x", "10", False),
    ],
)  # fmt: skip
def test_conditions(operator, value, answer, expected):
    flow = flow_of(
        question("q"),
        {"key": "c", "kind": "condition", "variable": "q", "operator": operator, "value": value,
         "goto": "sim", "on_false": "nao"},
        {"key": "sim", "kind": "message", "text": "sim", "goto": "fim"},
        {"key": "nao", "kind": "message", "text": "não", "goto": "fim"},
    )  # fmt: skip
    _state, effects = talk(flow, Start(), answer)
    assert effects[1] == Say("sim" if expected else "não")


def test_people_hand_back_to_a_step():
    over, _effects = talk(SERVICE, Start(), *TO_CONFIRM, "sim", ActionResult("open", False))
    state, effects = talk(SERVICE, Resume("tipo"), state=over)
    assert (state.status, effects[0].text) == ("input", "Tipo?")
    assert talk(SERVICE, Resume("nada"), state=over) == (over, [])
    back, _effects = talk(SERVICE, "voltar", state=state)
    assert back.step == "tipo"


def test_start_happens_once():
    state, _effects = talk(SERVICE, Start(), "Maria")
    assert talk(SERVICE, Start(), state=state) == (state, [])


def test_the_given_state_is_not_changed():
    state, _effects = talk(SERVICE, Start(), "Maria")
    before = State.from_json(state.to_json())
    talk(SERVICE, *TO_CONFIRM[1:], "sim", state=state)
    assert state == before


@pytest.mark.parametrize(
    "data",
    [None, [], "x", {"status": "?"}, {"tries": "1"}, {"values": []}, {"history": [1]},
     {"floor": True}, {"menu_seen": 1}],
)  # fmt: skip
def test_a_broken_state_is_refused(data):
    with pytest.raises(StateError):
        State.from_json(data)


def test_a_state_whose_step_is_gone_calls_a_person():
    state = State(status="input", step="nada")
    assert talk(SERVICE, "oi", state=state)[1][-1] == HandOver(None, "missing_step")


def test_merge():
    menu = Ask("C", options=(Ask,), kind="menu")
    assert merge([Say("A"), Say("B"), menu]) == (Ask("A\n\nB\n\nC", options=(Ask,), kind="menu"),)
    picture = Say("B", media=({"kind": "image"},))
    assert merge([Say("A"), picture, Say("C")]) == (Say("A"), picture, Say("C"))
    assert len(merge([Say("x" * 1022), menu])) == 2
    assert merge([Say("A"), Collect("k", "l", "v"), Say("B")])[1] == Collect("k", "l", "v")
