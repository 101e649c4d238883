"""An unfinished talk goes on in the next conversation."""

import pytest

from chatbot_flow.engine import (
    Answer,
    Burst,
    Note,
    Silent,
    Start,
    compile,  # noqa: A004 - named like re.compile
    rehearsal,
)
from tests.unit.remembering import FLOW, KNOWN, SECRETS, definition, play, titles

BROKEN_OFF = ("sim", "sim", "luz", Silent("remind"), Silent("end"))


class TestBrokenOff:
    def left(self, *events, **more):
        state, _texts, _effects = play(*(events or BROKEN_OFF), **more)
        return state.to_json()

    def again(self, *events, left=None, flow=FLOW, known=KNOWN, text="oi", **more):
        start = Start(known=known, left=left or self.left(), text=text, **more)
        return play(*events, flow=flow, start=start, context={"protocolo": "2026000002"})

    def test_who_comes_back_is_told_what_it_was_and_asked(self):
        state, texts, effects = self.again()
        assert "falávamos de *Iluminação*" in texts[-1]
        assert "continuar de onde parou?" in texts[-1]
        assert "2026000002" in texts[-1]
        assert titles(effects) == ["Continuar", "Começar de novo"]
        assert not any(secret in texts[-1] for secret in (*SECRETS, "Rosa"))
        assert state.status == "input"

    @pytest.mark.parametrize("yes", ["continuar", "sim", "1", Answer(option_id="resume:yes"), "👍"])
    def test_it_goes_on_where_it_stopped(self, yes):
        state, texts, effects = self.again(yes)
        assert (state.step, state.values["tipo"]) == ("caso", "Iluminação")
        assert texts[-1] == "Conte o que houve."
        assert Note("resumed", {"step": "caso", "before": ""}) in effects
        told = {effect.label for effect in effects if hasattr(effect, "label")}
        assert told == {"Nome", "E-mail", "CPF", "Assunto"}, "people see it in the new conversation"
        state, texts, _effects = self.again(yes, "Sem luz desde ontem", "pular")
        assert "*Assunto:* Iluminação" in texts[-1]
        assert not any(secret in texts[-1] for secret in SECRETS), "typed yesterday: masked today"

    @pytest.mark.parametrize(
        "words",
        [("sim", "por favor"), ("oi", "quero", "continuar"), ("tudo bem?", "pode ser sim", "🙏")],
    )
    def test_it_goes_on_when_that_is_said_in_several_messages(self, words):
        state, texts, _effects = self.again(Burst(tuple(Answer(word) for word in words)))
        assert (state.step, texts[-1]) == ("caso", "Conte o que houve.")

    def test_something_else_that_is_told_in_several_messages_begins_anew(self):
        burst = Burst((Answer("oi"), Answer("caiu um poste"), Answer("na minha rua")))
        _state, texts, _effects = self.again(burst, "sim", "sim", "2")
        assert "caiu um poste na minha rua" in texts[-1]

    @pytest.mark.parametrize("no", ["não", "começar de novo", "2", "menu", "0"])
    def test_or_begins_anew(self, no):
        state, texts, _effects = self.again(no)
        assert texts[-1].endswith("Você é *Rosa Maria da Silva*?")
        assert state.values == {}

    def test_what_was_sent_first_counts_when_it_begins_anew(self):
        _state, texts, _effects = self.again(
            "começar de novo", "sim", "sim", "2", text="o poste caiu ontem"
        )
        assert "“o poste caiu ontem”" in texts[-1]

    def test_something_else_that_is_told_begins_anew(self):
        _state, texts, _effects = self.again("caiu um poste de noite", "sim", "sim", "2")
        assert "“caiu um poste de noite”" in texts[-1]

    def test_what_is_not_understood_is_asked_once_more(self):
        _state, texts, _effects = self.again("hein")
        assert "continuar de onde parou?" in texts[-1]
        _state, texts, _effects = self.again("hein", "hum")
        assert texts[-1].endswith("Você é *Rosa Maria da Silva*?")

    def test_a_person_may_be_asked_for(self):
        assert self.again("atendente")[0].status == "handed_over"
        assert self.again("quero falar com gente")[0].status == "handed_over"
        assert self.again("sair")[0].status == "ended"

    def test_silence_at_this_question_too(self):
        state, texts, _effects = self.again(Silent("remind"))
        assert "continuar de onde parou?" in texts[-1]
        assert state.reminded
        state, _texts, _effects = self.again(Silent("remind"), Silent("end"))
        assert state.status == "ended"
        again = self.again("sim", left=state.to_json())[0]
        assert (again.step, again.values["tipo"]) == ("caso", "Iluminação")

    def test_nothing_answered_is_nothing_to_go_on_with(self):
        left = self.left(Silent("end"))
        _state, texts, _effects = self.again(left=left)
        assert texts[-1].endswith("Você é *Rosa Maria da Silva*?")

    def test_who_left_by_their_own_word_is_not_asked(self):
        state = play("sim", "sair")[0]
        assert state.memory.get("left") is None

    def test_a_step_that_is_gone_leaves_known_answers(self):
        steps = [step for step in definition()["steps"] if step["key"] != "caso"]
        steps.insert(5, {"key": "relato", "kind": "question", "text": "O que houve?"})
        flow = compile(definition(steps=steps))
        state, texts, effects = self.again("continuar", flow=flow)
        assert (state.step, texts[-1]) == ("relato", "O que houve?"), "name to menu are known"
        assert state.values["tipo_option"] == "luz"
        assert Note("resumed", {"step": "", "before": ""}) in effects

    def test_another_version_with_the_step_goes_on_there(self):
        steps = definition()["steps"]
        steps[5] = {**steps[5], "text": "Descreva, por favor."}
        _state, texts, _effects = self.again("continuar", flow=compile(definition(steps=steps)))
        assert texts[-1] == "Descreva, por favor."

    def test_files_that_were_sent_are_there(self):
        photo = Answer(kind="media", media_ref="message:3", media_kind="image")
        left = self.left(
            "sim", "sim", "luz", "O poste caiu", photo, Silent("remind"), Silent("end")
        )
        state, _texts, _effects = self.again("continuar", "pronto", left=left)
        assert state.values["foto"] == ["message:3"]

    def test_somebody_else_stays_somebody_else(self):
        left = self.left("não", "Ana Lima", "ana@exemplo.com", Silent("end"))
        state, _texts, _effects = self.again("continuar", left=left)
        assert state.memory["person"] == "other"
        assert state.values["nome"] == "Ana Lima"


class TestInTheSimulator:
    def test_a_returning_citizen_and_one_who_broke_off(self):
        situation = {"known": KNOWN, "values": {"protocolo": "2026000123"}}
        entries = [
            {"text": "sim"},
            {"text": "sim"},
            {"text": "luz"},
            {"kind": "silence"},
            {"kind": "silence"},
            {"kind": "return", "text": "oi"},
            {"text": "continuar"},
        ]
        run = rehearsal.play(FLOW, situation, entries)
        assert len(run.outcomes) == len(entries) + 1
        assert "continuar de onde parou?" in run.outcomes[-2]["said"][-1]["text"]
        assert run.outcomes[-1]["path"] == ["caso"]
        assert run.outcomes[-1]["noted"] == ["resumed"]

    def test_after_the_end_it_begins_anew(self):
        entries = [{"text": "sair"}, {"kind": "return", "text": "oi"}]
        run = rehearsal.play(FLOW, {}, entries)
        assert "Qual é o seu nome?" in run.outcomes[-1]["said"][-1]["text"]
