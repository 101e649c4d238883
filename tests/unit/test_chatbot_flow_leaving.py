"""Reactions to a question, doubtful values, words that leave inside an answer."""

import pytest

from chatbot_flow.engine import (
    Answer,
    Ask,
    End,
    HandOver,
    Say,
    Start,
    State,
    advance,
    compile,  # noqa: A004 - named like re.compile
)

CONTEXT = {"hoje": "29/11/2026"}


def flow(answer="text", **more):
    return compile({"steps": [
        {"key": "q", "kind": "question", "answer": answer, "text": "Pergunta?", "label": "Q",
         **more},
        {"key": "fim", "kind": "end", "text": "{q}"},
    ]})  # fmt: skip


def play(subject, *answers):
    state, effects = advance(subject, None, Start(), CONTEXT)
    for answer in answers:
        event = Answer(answer) if isinstance(answer, str) else answer
        # the state is stored between two messages
        state, effects = advance(subject, State.from_json(state.to_json()), event, CONTEXT)
    return state, effects


def react(emoji):
    return Answer(emoji, kind="reaction")


def titles(effects):
    return [option.title for option in effects[-1].options]


class TestReactions:
    @pytest.mark.parametrize("emoji", ["👍", "👍🏻", "👍🏿", "✅", "👌🏽"])
    def test_a_thumb_up_is_yes(self, emoji):
        assert play(flow("yes_no"), react(emoji))[0].values["q"] is True

    @pytest.mark.parametrize("emoji", ["👎", "👎🏾", "❌", "🚫"])
    def test_a_thumb_down_is_no(self, emoji):
        assert play(flow("yes_no"), react(emoji))[0].values["q"] is False

    @pytest.mark.parametrize("emoji", ["❤️", "😂", "🙏", "😮", ""])
    def test_another_reaction_is_no_answer_and_no_mistake(self, emoji):
        state, effects = play(flow("yes_no"), react(emoji))
        assert (state.step, state.tries, effects) == ("q", 0, ())

    def test_a_text_question_has_no_thumbs(self):
        state, effects = play(flow(), react("👍"))
        assert (state.step, state.tries, effects) == ("q", 0, ())

    def test_a_reaction_confirms(self):
        subject = flow(echo="confirm")
        assert play(subject, "Maria", react("👍"))[1][-2:] == (Say("Maria"), End("self_service"))
        state, _effects = play(subject, "Maria", react("👎"))
        assert (state.step, state.values) == ("q", {})

    def test_a_number_reacts_to_a_menu(self):
        menu = compile({"steps": [
            {"key": "m", "kind": "menu", "text": "?",
             "options": [{"title": "Um"}, {"title": "Dois"}]},
            {"key": "fim", "kind": "end", "text": "{m}"},
        ]})  # fmt: skip
        assert play(menu, react("2️⃣"))[0].values["m"] == "Dois"
        assert play(menu, react("👍"))[1] == ()

    def test_it_does_not_skip(self):
        state, _effects = play(flow("yes_no", required=False), react("👎"))
        assert state.values["q"] is False


class TestCourtesy:
    FLOW = compile({
        "codes": {"iptu": "m:2"},
        "steps": [
            {"key": "m", "kind": "menu", "text": "?", "options": [
                {"id": "1", "title": "Tributos", "keywords": ["iptu"]},
                {"id": "2", "title": "Guia do IPTU"},
            ]},
            {"key": "fim", "kind": "end", "text": "{m}"},
        ],
    })  # fmt: skip

    @pytest.mark.parametrize("text", ["2, por favor", "Guia do IPTU, por favor!", "2 🙏", "#iptu"])
    def test_courtesy_beside_an_option_is_no_part_of_it(self, text):
        assert play(self.FLOW, text)[0].values["m"] == "Guia do IPTU"

    def test_a_word_with_courtesy_is_the_word(self):
        assert play(self.FLOW, "iptu, por favor")[0].values["m"] == "Tributos"


class TestDoubt:
    def test_a_mended_address_is_asked_before_it_counts(self):
        state, effects = play(flow("email"), "joão@exemplo.com")
        assert "*joao@exemplo.com*" in effects[-1].text
        assert titles(effects) == ["Sim", "Não, corrigir"]
        assert "q" not in state.values
        subject = flow("email")
        assert (
            play(subject, "joão@exemplo.com", "isso mesmo 👍")[0].values["q"] == "joao@exemplo.com"
        )
        assert "q" not in play(subject, "joão@exemplo.com", "não")[0].values

    def test_a_completed_date_is_told(self):
        state, effects = play(flow("date"), "15/3")
        assert state.values["q"] == "2027-03-15"
        assert effects[0] == Say("Data anotada: *15/03/2027*")

    def test_a_flow_with_a_date_gets_todays(self):
        assert flow("date").context_names == {"hoje"}
        assert flow("text").context_names == frozenset()

    @pytest.mark.parametrize("answer", ["não está correto", "isso não está certo", "nao confirmo"])
    def test_a_no_that_holds_a_yes_is_no(self, answer):
        state, _effects = play(flow(echo="confirm"), "Maria", answer)
        assert state.values == {}
        assert state.step == "q"

    def test_a_yes_inside_another_sentence_confirms_nothing(self):
        state, effects = play(flow(echo="confirm"), "Maria", "acho que está certo, mas não sei")
        assert state.values == {}
        assert isinstance(effects[-1], Ask)


class TestLeaving:
    @pytest.mark.parametrize(
        "text", ["quero sair da fila do imposto", "meu sobrenome é Sair", "Sair da Silva"]
    )
    def test_the_word_inside_an_answer_is_asked_back(self, text):
        state, effects = play(flow(), text)
        assert effects[-1].text == "Você quer encerrar o atendimento?"
        assert titles(effects) == ["Sim, encerrar", "Não, continuar"]
        assert state.values == {}
        kept, effects = play(flow(), text, "não")
        assert kept.values == {"q": text}
        assert effects[-2:] == (Say(text), End("self_service"))
        assert play(flow(), text, "sim")[1][-1] == End("abandoned")

    def test_a_tap_and_a_reaction_answer_as_well(self):
        text = "quero sair da fila"
        assert play(flow(), text, react("👍"))[1][-1] == End("abandoned")
        tap = Answer("Não", option_id="q:leave_no", kind="option")
        assert play(flow(), text, tap)[0].values == {"q": text}

    def test_alone_it_is_obeyed_at_once(self):
        for text in ("sair", "SAIR!", "Encerrar"):
            assert play(flow(), text)[1][-1] == End("abandoned")
        assert isinstance(play(flow(), "atendente")[1][-1], HandOver)
        assert play(flow(), "quero sair da fila", "sair")[1][-1] == End("abandoned")

    def test_a_person_is_offered_too(self):
        state, effects = play(flow(), "prefiro falar com atendente sobre isso")
        assert effects[-1].text == "Você quer que eu chame uma pessoa?"
        assert isinstance(
            play(flow(), "prefiro falar com atendente sobre isso", "sim")[1][-1], HandOver
        )
        assert state.values == {}

    def test_another_answer_instead_is_taken(self):
        assert play(flow(), "quero sair da fila", "Rua das Flores, 10")[0].values == {
            "q": "Rua das Flores, 10"
        }

    def test_a_long_description_is_not_asked(self):
        text = (
            "não consigo sair do sistema desde ontem de manhã e ele mostra uma tela azul com letras"
        )
        assert play(flow(), text)[0].values == {"q": text}

    def test_it_is_asked_once(self):
        state, effects = play(flow("cpf"), "quero sair", "não", "quero sair")
        assert state.mode == ""
        assert effects[-1].text.startswith("Este CPF")

    def test_a_valid_value_is_no_wish_to_leave(self):
        assert play(flow("email"), "meu e-mail é sair@exemplo.com")[0].values == {
            "q": "sair@exemplo.com"
        }

    @pytest.mark.parametrize("kind", ["yes_no", "cpf", "media", "number"])
    def test_every_kind_of_question_asks_back(self, kind):
        assert play(flow(kind), "quero encerrar")[0].mode == "leave"
        assert play(flow(kind), "quero encerrar", "não")[0].step == "q"

    def test_a_menu_asks_back_but_its_options_come_first(self):
        menu = compile({"steps": [
            {"key": "m", "kind": "menu", "text": "?",
             "options": [{"title": "Encerrar empresa"}, {"title": "IPTU"}]},
            {"key": "fim", "kind": "end", "text": "{m}"},
        ]})  # fmt: skip
        assert play(menu, "quero encerrar empresa")[0].values["m"] == "Encerrar empresa"
        assert play(menu, "quero sair")[0].mode == "leave"
        state, effects = play(menu, "quero sair", "não")
        assert (state.step, state.tries) == ("m", 0)
        assert titles(effects) == ["Encerrar empresa", "IPTU"]
