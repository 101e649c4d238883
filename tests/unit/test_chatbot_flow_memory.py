"""Known values are not asked again or read out, unless a definition says so."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot_flow.engine import (
    Answer,
    CallAction,
    Note,
    Resume,
    Start,
    advance,
    check,
    compile,  # noqa: A004 - named like re.compile
    exchange,
    masking,
)
from chatbot_flow.engine.advice import advise
from tests.unit.remembering import FLOW, KNOWN, SECRETS, definition, play, titles

ADDONS = Path(__file__).resolve().parents[2] / "addons"


class TestKnown:
    def test_who_comes_back_is_asked_whether_it_is_them(self):
        state, texts, effects = play()
        assert texts[-1] == "Você é *Rosa Maria da Silva*?"
        assert titles(effects) == ["Sim", "Não, outra pessoa"]
        assert all(len(title) <= 20 for title in titles(effects))
        assert state.values == {}

    def test_yes_goes_on_and_what_is_known_is_passed_by(self):
        state, texts, _effects = play("sim")
        assert state.values["nome"] == "Rosa Maria da Silva"
        assert state.values["email"] == KNOWN["email"]
        assert state.step == "cpf"
        assert (
            texts[-1] == "Você já informou: *\u002a\u002a\u002a.982.247-**\u002a\nContinua assim?"
        )
        state, texts, _effects = play("sim", "sim")
        assert (state.step, state.values["cpf"]) == ("tipo", "52998224725")

    def test_nothing_is_read_out_in_full_and_all_of_it_reaches_who_needs_it(self):
        _state, texts, effects = play(
            "sim", "sim", "luz", "A rua está sem luz", "pular", "confirmar"
        )
        assert not any(secret in text for text in texts for secret in SECRETS)
        assert any("r***@exemplo.com.br" in text for text in texts)
        [call] = [effect for effect in effects if isinstance(effect, CallAction)]
        assert call.params == {
            "email": KNOWN["email"], "nome": KNOWN["name"], "cpf": "529.982.247-25",
        }  # fmt: skip
        told = {effect.label: effect.value for effect in effects if hasattr(effect, "label")}
        assert told["E-mail"] == KNOWN["email"], "agents see what the flow knows"

    @pytest.mark.parametrize("no", ["não", "Não, outra pessoa", Answer(option_id="nome:no")])
    def test_somebody_else_is_asked_all_of_it(self, no):
        state, texts, effects = play(no)
        assert texts[-1].endswith("Qual é o seu nome?")
        assert [effect for effect in effects if isinstance(effect, Note)] == [Note("other_person")]
        state, texts, _effects = play(no, "Ana Souza")
        assert (state.step, state.values) == ("email", {"nome": "Ana Souza"})
        assert texts[-1] == "Qual é o seu e-mail?"
        state, texts, _effects = play(no, "Ana Souza", "ana@exemplo.com")
        assert texts[-1] == "E o CPF?"

    @pytest.mark.parametrize(
        ("said", "name", "other"),
        [
            ("não, aqui é o João Lima", "João Lima", True), ("João Lima", "João Lima", True),
            ("é o João", "João", True), ("Rosa Maria", "Rosa Maria", False),
            ("sim, Rosa Silva", "Rosa Silva", False),
        ],
    )  # fmt: skip
    def test_a_name_instead_of_yes_or_no_is_taken(self, said, name, other):
        state, _texts, effects = play(said)
        assert state.values["nome"] == name
        assert (Note("other_person") in effects) is other
        assert ("email" in state.values) is not other

    def test_what_is_no_name_is_asked_again(self):
        state, texts, _effects = play("minha rua está sem luz")
        assert state.values == {}
        assert "Você é *Rosa Maria da Silva*?" in texts[-1]

    def test_values_of_the_moment_are_not_the_other_persons(self):
        flow = compile({"steps": [
            {"key": "nome", "kind": "question", "answer": "name", "known": "confirm",
             "text": "Nome?"},
            {"key": "fim", "kind": "end", "text": "{primeiro_nome}|{email}|{cidade}"},
        ]})  # fmt: skip
        moment = {"primeiro_nome": "Rosa", "email": KNOWN["email"], "cidade": "Contagem"}
        assert play("não", "Ana Lima", flow=flow, context=moment)[1][-1] == "Ana||"
        assert play("sim", flow=flow, context=moment)[1][-1] == "Rosa|r***@exemplo.com.br|Contagem"

    def test_what_is_wrong_is_corrected_at_the_confirmation(self):
        begun = ("sim", "sim", "luz", "A rua está sem luz", "pular", "corrigir", "E-mail")
        state, texts, _effects = play(*begun)
        assert (state.step, texts[-1]) == ("email", "Qual é o seu e-mail?")
        state, texts, _effects = play(*begun, "novo@exemplo.com")
        assert state.step == "confere"
        assert "novo@exemplo.com" in texts[-1], "what was typed now is shown in full"

    def test_correcting_by_a_step_of_the_flow_asks_what_is_known(self):
        steps = definition()["steps"]
        steps[7] = {**steps[7], "on_change": "nome"}
        flow = compile(definition(steps=steps))
        begun = ("sim", "sim", "luz", "A rua está sem luz", "pular", "corrigir")
        _state, texts, _effects = play(*begun, flow=flow)
        assert texts[-1] == "Qual é o seu nome?"
        _state, texts, _effects = play(*begun, "Rosa Lima", flow=flow)
        assert texts[-1] == "Qual é o seu e-mail?"

    def test_going_back_asks_although_it_is_known(self):
        state, texts, _effects = play("sim", "voltar")
        assert (state.step, texts[-1]) == ("nome", "Qual é o seu nome?")

    def test_an_agent_who_sends_back_to_a_question_has_it_asked(self):
        _state, texts, _effects = play("sim", "sim", Resume("email"))
        assert texts[-1] == "Qual é o seu e-mail?"

    def test_it_changed_is_asked_anew(self):
        state, texts, _effects = play("sim", "não")
        assert (state.step, texts[-1]) == ("cpf", "E o CPF?")
        state, texts, _effects = play("sim", "390.533.447-05")
        assert state.values["cpf"] == "39053344705"

    def test_what_does_not_fit_the_question_is_unknown(self):
        odd = {**KNOWN, "name": "Oficina do Zé", "email": "nenhum", "document": "1"}
        _state, texts, _effects = play(start=Start(known=odd))
        assert texts[-1].endswith("Qual é o seu nome?")
        _state, texts, _effects = play("Ana Lima", start=Start(known=odd))
        assert texts[-1] == "Qual é o seu e-mail?"

    def test_asked_always_is_asked_always(self):
        flow = compile({"steps": [
            {"key": "nome", "kind": "question", "answer": "name", "text": "Nome?"},
            {"key": "email", "kind": "question", "answer": "email", "text": "E-mail?"},
            {"key": "fim", "kind": "end"},
        ]})  # fmt: skip
        state, texts, _effects = play(flow=flow)
        assert (texts[-1], state.memory) == ("Nome?", {})

    def test_what_was_answered_in_this_conversation_is_not_asked_twice(self):
        flow = compile({"steps": [
            {"key": "primeira", "kind": "question", "variable": "bairro", "text": "Bairro?"},
            {"key": "segunda", "kind": "question", "variable": "bairro", "text": "De novo?",
             "known": "skip"},
            {"key": "terceira", "kind": "question", "variable": "bairro", "text": "Ainda?",
             "known": "confirm"},
            {"key": "fim", "kind": "end", "text": "{bairro}"},
        ]})  # fmt: skip
        state, texts, _effects = play("Centro", flow=flow, start=Start())
        assert (state.step, texts[-1]) == (
            "terceira", "Você já informou: *Centro*\nContinua assim?",
        )  # fmt: skip
        assert play("Centro", "sim", flow=flow, start=Start())[1][-1] == "Centro"

    def test_a_profiles_name_is_a_suggestion_only(self):
        _state, texts, effects = play(start=Start(suggested="~🌹Rosinha🌹"))
        assert (texts[-1].splitlines()[-1], titles(effects)) == ("Qual é o seu nome?", ["Rosinha"])
        assert play(effects[-1].options[0].title, start=Start(suggested="Rosinha"))[0].values == {
            "nome": "Rosinha"
        }
        tapped = Answer(option_id=effects[-1].options[0].id)
        assert play(tapped, start=Start(suggested="Rosinha"))[0].values == {"nome": "Rosinha"}
        assert play("Ana Lima", start=Start(suggested="Rosinha"))[0].values == {"nome": "Ana Lima"}

    @pytest.mark.parametrize(
        "profile",
        [
            "Mãe",
            "Oficina do Zé",
            "",
            "😀",
            "31 98888-7777",
            "Deus é fiel",
            "Maria Aparecida de Souza",
        ],
    )
    def test_what_is_no_name_is_not_suggested(self, profile):
        _state, _texts, effects = play(start=Start(suggested=profile))
        assert titles(effects) == []

    @given(
        st.dictionaries(st.text(max_size=9), st.one_of(st.text(max_size=30), st.none())),
        st.text(max_size=30),
        st.one_of(st.none(), st.dictionaries(st.text(), st.integers())),
    )
    def test_nothing_that_the_caller_gives_breaks_it(self, known, suggested, left):
        state, effects = advance(FLOW, None, Start(known=known, suggested=suggested, left=left))
        assert state.status == "input"
        assert effects


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("email", "r@x.com", "r***@x.com"), ("document", "16.727.230/0001-97", "***01**"),
        ("phone", "+55 31 98888-7777", "***-7777"), ("zip", "35930-314", "35930-***"),
        ("street", "Rua das Flores, 10", "Rua d***"), ("city", "Contagem", "Contagem"),
        ("email", "", ""),
    ],
)  # fmt: skip
def test_masks(field, value, shown):
    assert masking.mask(value, field) == shown


@given(st.sampled_from(sorted(masking.MASKED)), st.text(min_size=5, max_size=60))
def test_a_mask_hides_something(field, text):
    assert masking.HIDDEN in masking.mask(text.strip() or "abcdef", field)


class TestDefinition:
    def test_the_file_of_a_flow_says_it(self):
        whole = {"name": "x", **definition(resume_hours=24)}
        document = exchange.load(exchange.dump(whole))
        assert document.problems == []
        assert document.data["resume_hours"] == 24
        by_key = {step["key"]: step for step in document.data["steps"]}
        assert by_key["nome"]["known"] == "confirm"
        assert by_key["caso"]["first_words"] is True
        assert compile(document.data).settings.resume_hours == 24
        assert FLOW.settings.resume_hours == 48

    @pytest.mark.parametrize(
        "wrong",
        [
            {"known": "maybe"},
            {"contact_field": "age"},
            {"first_words": "yes"},
            {"answer": "email", "first_words": True},
        ],
    )
    def test_what_is_wrong_is_named(self, wrong):
        problems = check({"steps": [
            {"key": "a", "kind": "question", "text": "?", **wrong}, {"key": "b", "kind": "end"},
        ]})  # fmt: skip
        assert [problem.code for problem in problems] == ["bad_field"]

    @pytest.mark.parametrize("hours", [-1, 721, "48", True])
    def test_hours_have_bounds(self, hours):
        assert [problem.code for problem in check(definition(resume_hours=hours))] == [
            "bad_setting"
        ]

    def advice(self, *steps):
        found = advise({"steps": steps})
        return [(p.code, p.key) for p in found if "known" in p.code]

    def test_advice(self):
        name = {"key": "nome", "kind": "question", "answer": "name"}
        email = {"key": "email", "kind": "question", "answer": "email", "known": "skip"}
        keep = {"key": "g", "kind": "action", "action": "save_contact"}
        confirm = {"key": "c", "kind": "confirm"}
        assert self.advice(name) == []
        assert self.advice(name, keep) == [("asks_known", "nome")]
        assert self.advice({**name, "known": "skip"}, keep, confirm) == [
            ("known_name_unasked", "nome")
        ]
        assert self.advice({**name, "known": "confirm"}) == [("known_never_kept", "nome")]
        assert self.advice(email, keep) == [("known_unconfirmed", "email")]
        assert self.advice(email, keep, confirm) == []
        assert self.advice({**name, "contact_field": "none"}, keep) == []


def test_the_ready_flows_remember():
    path = ADDONS / "glpi_connector/data/flows/it_support.yaml"
    data = exchange.load(path.read_text(encoding="utf-8"), {"option": {
        "glpi_category": "any", "glpi_location": "any"}}).data  # fmt: skip
    by_key = {step["key"]: step for step in data["steps"]}
    assert (by_key["nome"]["answer"], by_key["nome"]["known"]) == ("name", "confirm")
    assert by_key["email"]["known"] == "skip"
    assert by_key["descricao"]["first_words"]
    assert by_key["foto"]["first_words"]
    assert [problem for problem in advise(data) if "known" in problem.code] == []
