"""Steps that run by themselves, conditions and silence."""

import pytest

from chatbot_flow.engine import (
    ActionResult,
    Answer,
    Ask,
    CallAction,
    Collect,
    Elapsed,
    End,
    HandOver,
    Say,
    Silent,
    Start,
    State,
    Survey,
    Wait,
    advance,
    check,
    compile,  # noqa: A004 - named like re.compile
)

END = {"key": "fim", "kind": "end", "text": "Fim."}
PERSON = {"key": "pessoa", "kind": "hand_over"}
ASK = {"key": "nome", "kind": "question", "text": "Nome?"}


def flow_of(*steps, **settings):
    return compile({"steps": [*steps], **settings})


def texts(effects):
    return [effect.text for effect in effects if isinstance(effect, Say | Ask)]


def codes(*steps, **settings):
    return {problem.code for problem in check({"steps": [*steps], **settings})}


def play(flow, *answers, context=None, seed=0):
    """Return the state and the effects of the last answer."""
    state, effects = advance(flow, None, Start(seed), context)
    for answer in answers:
        event = Answer(answer) if isinstance(answer, str) else answer
        state, effects = advance(flow, state, event, context)
    return state, effects


class TestMessage:
    FLOW = flow_of(
        {"key": "oi", "kind": "message", "text": "Oi", "variants": ["Olá, {nome}", "Bom dia"]},
        {"key": "de_novo", "kind": "message", "text": "Vamos", "variants": ["Comecemos", "Já"]},
        END,
    )

    @pytest.mark.parametrize(
        ("seed", "first", "second"),
        [
            (0, "Oi", "Comecemos"),
            (1, "Olá, Ana", "Já"),
            (5, "Bom dia", "Vamos"),
            (-1, "Olá, Ana", "Já"),
        ],
    )
    def test_the_seed_chooses(self, seed, first, second):
        _state, effects = play(self.FLOW, context={"nome": "Ana"}, seed=seed)
        assert texts(effects)[:2] == [first, second]

    def test_a_seed_that_is_no_number_is_zero(self):
        assert play(self.FLOW, seed="x")[0].seed == 0

    def test_wrong_variants_are_named(self):
        bad = {"key": "oi", "kind": "message", "text": "Oi", "variants": ["", 3, "{nada}", "{x"]}
        assert codes(bad, END) == {"bad_field", "unknown_placeholder", "bad_placeholder"}
        bad["variants"] = "Oi"
        assert codes(bad, END) == {"bad_field"}


class TestSet:
    def test_constants_templates_and_lone_placeholders(self):
        flow = flow_of(
            ASK,
            {"key": "dia", "kind": "question", "answer": "date", "text": "Dia?"},
            {
                "key": "grava",
                "kind": "set",
                "values": {"a": 3, "b": "Sr. {nome}", "c": "{dia}", "d": "{dia}.", "e": None},
            },
            {"key": "diz", "kind": "message", "text": "{b} {c} {d}"},
            END,
        )
        state, effects = play(flow, "Ana", "01/02/2026")
        assert state.values["a"] == 3
        assert state.values["b"] == "Sr. Ana"
        assert state.values["c"] == "2026-02-01"
        assert state.values["d"] == "01/02/2026."
        assert "e" not in state.values
        assert texts(effects)[0] == "Sr. Ana 2026-02-01 01/02/2026."

    @pytest.mark.parametrize(
        ("kind", "given", "kept"),
        [
            ("number", "3,5", 3.5),
            ("number", "12", 12),
            ("number", "muitos", None),
            ("boolean", "sim", True),
            ("boolean", "0", False),
            ("boolean", "talvez", None),
            ("date", "31/12/2026", "2026-12-31"),
            ("date", "2026-12-31T10:00", "2026-12-31"),
            ("date", "31/13/2026", None),
            ("list", "a, b ,", ["a", "b"]),
            ("text", "x", "x"),
        ],
    )
    def test_values_get_the_declared_type(self, kind, given, kept):
        flow = flow_of(
            {"key": "dito", "kind": "question", "answer": "text", "text": "Quanto?"},
            {"key": "grava", "kind": "set", "values": {"v": "{dito}"}},
            END,
            variables={"v": {"type": kind, "label": "Valor"}},
        )
        state, effects = play(flow, given)
        assert state.values.get("v") == kept
        assert any(isinstance(effect, Collect) for effect in effects) == (kept is not None)

    def test_defaults_hold_until_something_is_given(self):
        flow = flow_of(
            {"key": "diz", "kind": "message", "text": "{prazo} dias"},
            {"key": "grava", "kind": "set", "values": {"prazo": 10}},
            {"key": "diz2", "kind": "message", "text": "{prazo} dias"},
            END,
            variables={"prazo": {"type": "number", "default": 5}},
        )
        assert texts(play(flow)[1])[:2] == ["5 dias", "10 dias"]

    def test_what_is_wrong_is_named(self):
        step = {"key": "grava", "kind": "set", "values": {}}
        assert codes(step, END) == {"set_nothing"}
        step["values"] = {"v": "muitos"}
        number = {"v": {"type": "number"}}
        assert codes(step, END, variables=number) == {"bad_set_value"}
        step["values"] = {"v": "{outro}"}
        assert codes(step, END, variables=number) == {"unknown_placeholder"}
        assert codes(END, variables={"v": {"type": "hora"}}) == {"bad_declaration"}
        assert codes(END, variables={"Não": {}}) == {"bad_declaration"}
        assert codes(END, variables=["v"]) == {"bad_declaration"}
        assert codes(END, variables={"v": {"type": "date", "default": "ontem"}}) == {"bad_default"}


class TestWait:
    FLOW = flow_of(
        {"key": "pausa", "kind": "wait", "seconds": 5, "text": "Já volto."},
        {"key": "volta", "kind": "message", "text": "Voltei."},
        END,
    )

    def test_waits_and_goes_on(self):
        state, effects = play(self.FLOW)
        assert effects == (Say("Já volto."), Wait(5, "pausa"))
        assert state.status == "wait"
        state, effects = advance(self.FLOW, state, Elapsed("pausa"))
        assert texts(effects) == ["Voltei.", "Fim."]

    def test_who_writes_meanwhile_is_asked_once_to_wait(self):
        state, effects = play(self.FLOW, "alô")
        assert texts(effects) == ["Só um instante, eu já continuo."]
        state, effects = advance(self.FLOW, state, Answer("alô?"))
        assert effects == ()
        assert advance(self.FLOW, state, Elapsed("outra"))[1] == ()
        assert texts(advance(self.FLOW, state, Elapsed("pausa"))[1]) == ["Voltei.", "Fim."]

    @pytest.mark.parametrize("seconds", [0, -1, 86400, "5", None, 1.5])
    def test_the_time_is_checked(self, seconds):
        assert "wait_no_seconds" in codes({"key": "p", "kind": "wait", "seconds": seconds}, END)

    def test_waiting_in_a_circle_is_refused(self):
        assert "loop" in codes({"key": "p", "kind": "wait", "seconds": 5, "goto": "p"}, END)


class TestLookup:
    FLOW = flow_of(
        {
            "key": "busca",
            "kind": "lookup",
            "source": "cep",
            "params": {"cep": "{nome}"},
            "results": ["rua"],
            "on_error": "pessoa",
            "on_empty": "nada",
        },
        {"key": "achou", "kind": "message", "text": "Rua {rua}", "goto": "fim"},
        {"key": "nada", "kind": "message", "text": "Não achei.", "goto": "fim"},
        PERSON,
        END,
    )

    def start(self):
        return advance(self.FLOW, None, Start(), {"nome": "35930"})[0]

    def test_asks_and_takes_the_answer(self):
        state, effects = advance(self.FLOW, None, Start(), {"nome": "35930"})
        assert effects == (CallAction("cep", {"cep": "35930"}),)
        _state, effects = advance(self.FLOW, state, ActionResult("cep", True, {"rua": "A"}))
        assert texts(effects) == ["Rua A", "Fim."]

    def test_nothing_found(self):
        _state, effects = advance(self.FLOW, self.start(), ActionResult("cep", True, {}, True))
        assert texts(effects) == ["Não achei.", "Fim."]

    @pytest.mark.parametrize("ok", [True, False])
    def test_nothing_found_and_no_way_for_it(self, ok):
        flow = flow_of(
            {"key": "busca", "kind": "lookup", "source": "cep", "results": ["rua"]},
            {"key": "diz", "kind": "message", "text": "Rua: {rua}"},
            END,
        )
        _state, effects = play(flow, ActionResult("cep", ok, {}, True))
        assert texts(effects) == ["Rua: ", "Fim."]

    def test_failed(self):
        _state, effects = advance(self.FLOW, self.start(), ActionResult("cep", False, {}))
        assert effects == (HandOver(),)

    def test_an_old_result_is_not_a_new_one(self):
        state = self.start()
        state.values["rua"] = "velha"
        state.status, state.step = "new", ""
        assert "rua" not in advance(self.FLOW, state, Start(), {})[0].values

    def test_the_source_is_needed(self):
        assert codes({"key": "b", "kind": "lookup"}, END) == {"lookup_no_source"}


class TestLastSteps:
    def test_survey(self):
        flow = flow_of({"key": "p", "kind": "survey", "text": "Obrigado.", "outcome": "resolved"})
        state, effects = play(flow)
        assert effects == (Say("Obrigado."), Survey("resolved"))
        assert state.over

    def test_hand_over_with_skill_and_priority(self):
        flow = flow_of(
            {"key": "p", "kind": "hand_over", "queue": 3, "skill": 7, "priority": 2, "reason": "x"}
        )
        assert play(flow)[1] == (HandOver(3, "x", 7, 2),)
        assert codes({"key": "p", "kind": "hand_over", "priority": 9}) == {"bad_field"}


class TestSilence:
    FLOW = flow_of(
        {"key": "menu", "kind": "menu", "text": "Qual?", "options": [{"title": "A"}]},
        END,
        silence={
            "remind_after": 60,
            "remind_text": "Ei!",
            "end_after": 120,
            "end_text": "Adeus {fila}",
        },
    )

    def test_reminds_once_and_ends(self):
        state, _effects = play(self.FLOW)
        state, effects = advance(self.FLOW, state, Silent("remind"))
        assert texts(effects) == ["Ei!\n\nQual?"]
        assert state.reminded
        assert advance(self.FLOW, state, Silent("remind"))[1] == ()
        state, effects = advance(self.FLOW, state, Silent("end"), {"fila": "TI"})
        assert effects == (Say("Adeus TI"), End("abandoned"))
        assert advance(self.FLOW, state, Silent("end"))[1] == ()

    def test_an_answer_begins_the_time_anew(self):
        state, _effects = play(self.FLOW, Silent("remind"), "nada disso")
        assert not state.reminded
        assert self.FLOW.context_names == {"fila"}

    def test_texts_are_there_without_an_author(self):
        flow = flow_of(ASK, END, silence={"remind_after": 60, "end_after": 60})
        state, effects = play(flow, Silent("remind"))
        assert "Você ainda está aí?" in texts(effects)[0]
        assert "encerrar" in texts(advance(flow, state, Silent("end"))[1])[0]

    def test_without_the_setting_nothing_happens(self):
        flow = flow_of(ASK, END)
        state, effects = play(flow, Silent("remind"))
        assert effects == ()
        assert advance(flow, state, Silent("end"))[1] == ()
        assert advance(flow, state, Silent("?"))[1] == ()

    @pytest.mark.parametrize(
        "silence", [[], "x", {"end_after": 3}, {"end_after": "60"}, {"remind_after": True}]
    )
    def test_what_is_wrong_is_named(self, silence):
        assert codes(END, silence=silence) == (set() if silence == [] else {"bad_silence"})


class TestConditions:
    @pytest.mark.parametrize(
        ("operator", "given", "value", "holds"),
        [
            ("equals", True, "sim", True),
            ("equals", False, "não", True),
            ("equals", True, "não", False),
            ("contains", ["VIP", "Idoso"], "vip", True),
            ("contains", ["VIP"], "id", False),
            ("contains", "Rua das Flores", "flores", True),
            ("contains", "Rua", "", False),
            ("contains", None, "x", False),
            ("greater", 12, "3", True),
            ("greater", "2,5", "2", True),
            ("less", 3, "muito", False),
        ],
    )
    def test_values_of_the_moment(self, operator, given, value, holds):
        flow = flow_of(
            {
                "key": "se",
                "kind": "condition",
                "variable": "fila_espera",
                "operator": operator,
                "value": value,
                "goto": "sim",
                "on_false": "nao",
            },
            {"key": "sim", "kind": "message", "text": "sim", "goto": "fim"},
            {"key": "nao", "kind": "message", "text": "nao", "goto": "fim"},
            END,
        )
        assert flow.context_names == {"fila_espera"}
        _state, effects = play(flow, context={"fila_espera": given})
        assert texts(effects)[0] == ("sim" if holds else "nao")


def test_an_old_state_is_read():
    state = State.from_json({"status": "input", "step": "nome", "values": {}, "history": []})
    assert (state.seed, state.said, state.reminded) == (0, 0, False)
