"""First words and photos are the answer to the question that wants them."""

import pytest

from chatbot_flow.engine import (
    Answer,
    Start,
    compile,  # noqa: A004 - named like re.compile
)
from tests.unit.remembering import definition, play, titles


class TestFirstWords:
    def begin(self, *events, **first):
        return play(*events, start=Start(**first))

    def to_the_question(self, text, *events, **first):
        return self.begin("Ana Lima", "ana@exemplo.com", "390.533.447-05", "2", *events,
                          text=text, **first)  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("minha impressora não liga", "minha impressora não liga"),
            ("Bom dia! A rua está cheia de lama", "A rua está cheia de lama"),
            ("oi\ntudo bem?\no poste da esquina caiu", "o poste da esquina caiu"),
            ("Oi, meu nome é Ana\no poste caiu ontem", "o poste caiu ontem"),
            ("poste caído", "poste caído"),
        ],
    )
    def test_what_was_said_first_is_told_back(self, text, kept):
        state, texts, effects = self.to_the_question(text)
        assert (state.step, state.pending) == ("caso", kept)
        assert f"Anotei o que você já contou: “{kept}”" in texts[-1]
        assert titles(effects) == ["Não, é só isso", "Escrever de novo"]

    @pytest.mark.parametrize(
        "text",
        ["oi", "Bom dia, tudo bem?", "preciso de ajuda", "oi, preciso de uma informação por favor",
         "Ana Lima", "meu nome é Ana Lima", "👍", "1", "#luz", "Buracos", "luz", "quero reclamar",
         "gostaria de abrir um chamado", "tem alguém aí?", "", "atendente"],
    )  # fmt: skip
    def test_what_says_nothing_is_not_kept(self, text):
        state, texts, _effects = self.to_the_question(text)
        assert (state.step, texts[-1]) == ("caso", "Conte o que houve.") or state.memory == {}

    @pytest.mark.parametrize("all_of_it", ["não", "só isso", "Não, é só isso", "pronto", "1"])
    def test_that_is_all(self, all_of_it):
        state, _texts, _effects = self.to_the_question("o poste caiu ontem", all_of_it)
        assert (state.values["caso"], state.step) == ("o poste caiu ontem", "foto")

    def test_more_is_added(self):
        state, _texts, _effects = self.to_the_question(
            "o poste caiu ontem", "e os fios estão na rua"
        )
        assert state.values["caso"] == "o poste caiu ontem\ne os fios estão na rua"
        state, texts, _effects = self.to_the_question("o poste caiu ontem", "sim")
        assert "Pode escrever, eu acrescento." in texts[-1]
        state, _texts, _effects = self.to_the_question("o poste caiu ontem", "sim", "caiu às 9h")
        assert state.values["caso"] == "o poste caiu ontem\ncaiu às 9h"

    def test_or_written_anew(self):
        state, texts, _effects = self.to_the_question("o poste caiu ontem", "escrever de novo")
        assert texts[-1] == "Conte o que houve."
        state, _texts, _effects = self.to_the_question("o poste caiu ontem", "2", "Outra coisa")
        assert state.values["caso"] == "Outra coisa"

    def test_what_is_told_instead_of_a_name_is_kept(self):
        _state, texts, _effects = self.begin("minha rua está sem luz")
        assert "Anotei o que você contou" in texts[-1]
        assert "nome" in texts[-1]
        _state, texts, _effects = self.begin(
            "minha rua está sem luz", "Ana Lima", "ana@exemplo.com", "390.533.447-05", "2"
        )
        assert "“minha rua está sem luz”" in texts[-1]

    def test_first_words_are_the_subject_as_well(self):
        flow = compile(definition(main_menu="tipo"))
        given_first = Start(text="problema com iluminação na rua das Flores")
        _state, texts, _effects = play(
            "Ana Lima", "ana@exemplo.com", "390.533.447-05", flow=flow, start=given_first
        )
        assert "Talvez seja um destes assuntos" in texts[-1]
        _state, texts, _effects = play(
            "Ana Lima", "ana@exemplo.com", "390.533.447-05", "1", flow=flow, start=given_first
        )
        assert "“problema com iluminação na rua das Flores”" in texts[-1]

    def test_the_first_photo_is_the_first_file(self):
        photo = {"kind": "media", "media_ref": "message:1", "media_kind": "image"}
        state, texts, _effects = self.to_the_question("o poste caiu ontem", "não", **photo)
        assert (state.step, state.pending) == ("foto", ["message:1"])
        assert "Já guardei: 1 arquivo" in texts[-1]
        state, _texts, _effects = self.to_the_question(
            "o poste caiu ontem", "não", "pronto", **photo
        )
        assert (state.values["foto"], state.step) == (["message:1"], "confere")
        more = Answer(kind="media", media_ref="message:2", media_kind="image")
        state, _texts, _effects = self.to_the_question(
            "o poste caiu", "não", more, "pronto", **photo
        )
        assert state.values["foto"] == ["message:1", "message:2"]

    def test_a_photo_before_its_question_is_kept_for_it(self):
        photo = Answer(kind="media", media_ref="message:7", media_kind="image")
        state, texts, _effects = self.begin(photo)
        assert "Guardei a sua foto" in texts[-1]
        assert texts[-1].endswith("Qual é o seu nome?")
        assert (state.tries, state.step) == (0, "nome")
        state, _texts, _effects = self.begin(
            photo, "Ana Lima", "ana@exemplo.com", "390.533.447-05", "2", "O poste caiu", "pronto"
        )
        assert state.values["foto"] == ["message:7"]

    def test_a_flow_that_wants_none_keeps_none(self):
        flow = compile({"steps": [
            {"key": "caso", "kind": "question", "text": "O que houve?"},
            {"key": "fim", "kind": "end"},
        ]})  # fmt: skip
        state, texts, _effects = play(flow=flow, start=Start(text="o poste caiu ontem"))
        assert (state.memory, texts[-1]) == ({}, "O que houve?")
