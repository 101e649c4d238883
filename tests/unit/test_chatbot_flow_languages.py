"""Flows in several languages, and flows that call others."""

import pytest

from chatbot_flow.engine import (
    Answer,
    Collect,
    End,
    FlowError,
    Silent,
    advance,
    check,
    compile,  # noqa: A004 - named like re.compile
)
from tests.unit.test_chatbot_flow_steps import END, codes, play, texts


class TestLanguages:
    DEFINITION = {
        "languages": ["pt_BR", "en_US", "es_ES"],
        "steps": [
            {
                "key": "idioma",
                "kind": "menu",
                "text": "Idioma?",
                "options": [
                    {"id": "pt_BR", "title": "Português"},
                    {"id": "en_US", "title": "English"},
                    {"id": "es_ES", "title": "Español"},
                ],
            },
            {"key": "oi", "kind": "message", "text": "Oi", "variants": ["Olá"]},
            {
                "key": "menu",
                "kind": "menu",
                "text": "O que deseja?",
                "error_text": "Não entendi.",
                "list_button": "Ver",
                "options": [
                    {"id": "a", "title": "Água", "description": "Conta", "keywords": ["saae"]},
                    {"id": "b", "title": "Luz"},
                ],
            },
            {"key": "email", "kind": "question", "answer": "email", "text": "E-mail?"},
            END,
        ],
        "silence": {"remind_after": 60, "remind_text": "Ei!"},
        "translations": {
            "en_US": {
                "": {"silence.remind_text": "Hey!", "give_up": "A person comes."},
                "oi": {"text": "Hi", "variants.0": "Hello"},
                "menu": {
                    "text": "What do you need?",
                    "error_text": "Sorry?",
                    "list_button": "See",
                    "a.title": "Water",
                    "a.description": "Bill",
                    "a.keywords": "tap",
                },
            }
        },
    }
    FLOW = compile(DEFINITION)

    def test_the_chosen_language_is_spoken_from_then_on(self):
        state, effects = play(self.FLOW, "English")
        assert texts(effects)[0] == "Hi"
        ask = effects[-1]
        assert ask.text == "What do you need?"
        assert [choice.title for choice in ask.options] == ["Water", "Luz"]
        assert ask.options[0].description == "Bill"
        assert ask.list_button == "See"
        state, effects = advance(self.FLOW, state, Answer("xyz"))
        assert texts(effects)[0].startswith("Sorry?")
        _state, effects = advance(self.FLOW, state, Silent("remind"))
        assert texts(effects)[0].startswith("Hey!")
        for word in ("water", "tap", "água", "saae", "1"):
            assert advance(self.FLOW, state, Answer(word))[0].step == "email"

    def test_what_was_offered_in_one_language_is_not_offered_in_another(self):
        for language, title in (("Português", "Água"), ("English", "Water"), ("Português", "Água")):
            _state, effects = play(self.FLOW, language)
            assert effects[-1].options[0].title == title

    def test_the_robots_own_texts_come_in_the_language(self):
        _state, effects = play(self.FLOW, "English", "water", "nope")
        assert "I could not read the e-mail" in texts(effects)[0]
        _state, effects = play(self.FLOW, "Español", "agua", "no")
        assert "No pude leer el correo" in texts(effects)[0]
        _state, effects = play(self.FLOW, "English", "1", "x", "x", "x")
        assert texts(effects) == ["A person comes."]

    def test_the_remembered_language_is_spoken_from_the_start(self):
        flow = compile({**self.DEFINITION, "start": "oi", "steps": self.DEFINITION["steps"][1:]})
        for code in ("en_US", "en_GB", "en"):
            assert texts(play(flow, context={"idioma": code})[1])[0] == "Hi"
        for code in ("fr_FR", "", None, 3, "pt_BR"):
            assert texts(play(flow, context={"idioma": code})[1])[0] == "Oi"
        assert "idioma" in flow.context_names

    def test_a_texts_that_the_author_wrote_is_not_replaced_by_ours(self):
        flow = compile({**self.DEFINITION, "texts": {"wrong_email": "Esse e-mail não dá."}})
        _state, effects = play(flow, "English", "1", "nope")
        assert "Esse e-mail não dá." in texts(effects)[0]

    def test_bad_languages_are_named(self):
        assert codes(END, languages="pt") == {"bad_language"}
        assert codes(END, languages=["pt_BR", "english!"]) == {"bad_language"}
        assert codes(END, languages=["pt_BR", "en_US"], translations={"en_US": []}) == {
            "bad_translation"
        }
        bad = {"en_US": {"fim": {"text": "{oops"}}}
        assert codes(END, languages=["pt_BR", "en_US"], translations=bad) == {"bad_placeholder"}


class TestCall:
    CALLED = {
        "name": "Endereço",
        "languages": ["pt_BR", "en_US"],
        "translations": {"en_US": {"rua": {"text": "Street?"}}},
        "variables": {"cidade_padrao": {"type": "text", "default": "Monlevade"}},
        "steps": [
            {"key": "rua", "kind": "question", "text": "Rua?", "label": "Rua"},
            {"key": "tipo", "kind": "menu", "text": "Tipo?", "options": [{"title": "Casa"}]},
            {"key": "fim", "kind": "end", "text": "Anotado em {cidade_padrao}."},
        ],
    }
    MAIN = {
        "name": "Principal",
        "code": "principal",
        "languages": ["pt_BR", "en_US"],
        "steps": [
            {"key": "nome", "kind": "question", "text": "Nome?"},
            {"key": "onde", "kind": "call", "flow": "endereco", "goto": "menu"},
            {"key": "menu", "kind": "menu", "text": "{rua}?", "options": [{"title": "Sim"}]},
            {"key": "outro", "kind": "call", "flow": "endereco"},
            {"key": "fim", "kind": "end", "text": "Tchau, {rua}."},
        ],
        "flows": {"endereco": CALLED},
    }
    FLOW = compile(MAIN)

    def test_calls_and_returns_with_shared_values(self):
        state, effects = play(self.FLOW, "Ana")
        assert texts(effects) == ["Rua?"]
        assert state.step == "onde__rua"
        state, effects = advance(self.FLOW, state, Answer("Flores"))
        assert effects[0] == Collect("rua", "Rua", "Flores")
        state, effects = advance(self.FLOW, state, Answer("1"))
        assert texts(effects) == ["Anotado em Monlevade.", "Flores?"]
        state, effects = advance(self.FLOW, state, Answer("sim"))
        assert state.step == "outro__rua"
        state, effects = advance(self.FLOW, state, Answer("Rosas"))
        state, effects = advance(self.FLOW, state, Answer("casa"))
        assert texts(effects)[-1] == "Tchau, Rosas."
        assert isinstance(effects[-1], End)

    def test_back_and_main_menu_lead_out_of_a_call(self):
        assert play(self.FLOW, "Ana", "voltar")[0].step == "nome"
        state, _effects = play(self.FLOW, "Ana", "Flores", "1", "sim", "Rosas")
        assert state.step == "outro__tipo"
        assert advance(self.FLOW, state, Answer("0"))[0].step == "onde__tipo"
        chosen = compile({**self.MAIN, "main_menu": "menu"})
        state, _effects = play(chosen, "Ana", "Flores", "1", "sim", "Rosas")
        assert advance(chosen, state, Answer("0"))[0].step == "menu"

    def test_the_called_flow_brings_its_languages(self):
        assert texts(play(self.FLOW, "Ana", context={"idioma": "en_US"})[1]) == ["Street?"]

    def test_nothing_but_the_definition_counts(self):
        again = compile(self.MAIN)
        other = compile({**self.MAIN, "flows": {"endereco": {**self.CALLED, "name": "Outro"}}})
        assert again.digest == self.FLOW.digest != other.digest
        deep = {**self.CALLED, "steps": [*self.CALLED["steps"]]}
        deep["steps"][1] = {**deep["steps"][1], "options": [{"title": "Lote", "set": {"x": 1}}]}
        assert compile({**self.MAIN, "flows": {"endereco": deep}}).digest != again.digest

    def test_circles_are_refused_in_words(self):
        call = {"key": "c", "kind": "call", "flow": "b", "goto": "fim"}
        back = {"steps": [{**call, "flow": "a"}, END], "flows": {"a": {"steps": [END]}}}
        own = {"code": "a", "steps": [call, END], "flows": {"b": back}}
        with pytest.raises(FlowError, match="would call itself without end"):
            compile(own)
        alone = {"code": "a", "steps": [{**call, "flow": "a"}, END], "flows": {}}
        assert {problem.code for problem in check(alone)} == {"call_circle"}

    def test_depth_and_size_are_limited(self):
        call = {"key": "c", "kind": "call", "goto": "fim"}
        inner = {"steps": [END]}
        for number in range(8):
            inner = {"steps": [{**call, "flow": f"f{number}"}, END], "flows": {f"f{number}": inner}}
        assert {problem.code for problem in check(inner)} == {"call_too_deep"}

    @pytest.mark.parametrize(
        "flows", [None, {}, {"b": 3}, {"b": {"steps": 1}}, {"b": {"steps": []}}, []]
    )
    def test_a_flow_that_is_not_there(self, flows):
        call = {"key": "c", "kind": "call", "flow": "b"}
        assert codes(call, END, flows=flows) == {"unknown_flow"}

    def test_the_flow_is_needed(self):
        assert codes({"key": "c", "kind": "call"}, END) == {"call_no_flow"}
        call = {"key": "c", "kind": "call", "flow": "b"}
        assert "no_next" in codes(call, flows={"b": {"steps": [END]}})
