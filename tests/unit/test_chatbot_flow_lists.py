"""Long lists as citizens answer them: pages, yes and no, choices of records."""

import pytest

from chatbot_flow.engine import (
    ActionResult,
    Answer,
    CallAction,
    End,
    HandOver,
    Say,
    Start,
    advance,
    compile,  # noqa: A004 - named like re.compile
)
from chatbot_flow.engine.matching import normalise

PLACES = [f"Praça {number}" for number in range(1, 31)]


def play(*answers, flow):
    """Return the state and the effects after these answers (texts or events)."""
    state, effects = advance(flow, None, Start())
    for answer in answers:
        event = Answer(answer) if isinstance(answer, str) else answer
        state, effects = advance(flow, state, event)
    return state, effects


def tap(option_id):
    return Answer("título", option_id=option_id, kind="option")


def titles(effects):
    return [option.title for option in effects[-1].options]


class TestPages:
    FLOW = compile({"steps": [
        {"key": "m", "kind": "menu", "text": "Onde?",
         "options": [{"title": title} for title in PLACES]},
        {"key": "fim", "kind": "end", "text": "{m}"},
    ]})  # fmt: skip

    def page(self, *answers):
        return play(*answers, flow=self.FLOW)[1]

    def test_the_pages_hold_everything_once(self):
        effects = self.page()
        seen = []
        for _page in range(10):
            shown = effects[-1].options
            assert len(shown) <= 10
            seen += [(o.label, o.title) for o in shown if o.label.isdigit()]
            if shown[-1].title != "Mais opções" and shown[-2].title != "Mais opções":
                break
            effects = self.page(*["mais"] * (_page + 1))
        assert seen == [(str(number), title) for number, title in enumerate(PLACES, 1)]
        assert "Página 4 de 4" in effects[-1].footer

    def test_ways_between_pages(self):
        first, second = titles(self.page()), titles(self.page("M"))
        assert first[-1] == "Mais opções"
        assert second[-2:] == ["Mais opções", "Opções anteriores"]
        assert titles(self.page("Mais opções", "A")) == first
        # a tap on the first page's "Mais opções" shows the second, wherever one is
        assert titles(self.page("m", "m", tap("m:+1"))) == second

    @pytest.mark.parametrize("answer", ["22", "praça 22", "vinte e dois", tap("m:22")])
    def test_an_option_of_any_page_is_understood(self, answer):
        if answer == "vinte e dois":
            answer = "opção 22"
        for before in ([], ["mais"], ["mais", "mais"]):
            assert self.page(*before, answer) == (Say("Praça 22"), End("self_service"))

    def test_ten_fit_one_list(self):
        steps = [
            {
                "key": "m",
                "kind": "menu",
                "text": "?",
                "options": [{"title": t} for t in PLACES[:10]],
            },
            {"key": "fim", "kind": "end"},
        ]
        _state, effects = play(flow=compile({"steps": steps}))
        assert titles(effects) == PLACES[:10]
        assert {option.label for option in effects[-1].options} == {""}


class TestYesAndNo:
    FLOW = compile({"steps": [
        {"key": "q", "kind": "question", "answer": "yes_no", "text": "Mora aqui?", "label": "Mora"},
        {"key": "fim", "kind": "end", "text": "{q}"},
    ]})  # fmt: skip

    @pytest.mark.parametrize(
        ("answer", "value"),
        [("sim", True), ("1", True), ("Não", False), ("2", False), (tap("q:n"), False),
         ("não, obrigado", False), ("sin", None), ("talvez", None)],
    )  # fmt: skip
    def test_buttons_and_words(self, answer, value):
        state, effects = play(flow=self.FLOW)
        assert titles(effects) == ["Sim", "Não"]
        state, effects = play(answer, flow=self.FLOW)
        assert state.values.get("q") is value
        if value is None:
            assert state.tries == 1


class TestChoice:
    FLOW = compile({"steps": [
        {"key": "nome", "kind": "question", "text": "Nome?"},
        {"key": "local", "kind": "question", "answer": "choice", "text": "Onde?", "label": "Local",
         "source": "places", "params": {"for": "{nome}"}, "page_size": 4, "results": ["place_id"],
         "on_error": "pessoa"},
        {"key": "fim", "kind": "end", "text": "{local} {place_id}"},
        {"key": "pessoa", "kind": "hand_over"},
    ]})  # fmt: skip

    def run(self, *answers, places=PLACES, fail=False):
        """Play the answers with pages from ``places``; return state, effects, fetches."""
        state, effects = advance(self.FLOW, None, Start())
        fetched = []
        for answer in ("Ana", *answers):
            event = Answer(answer) if isinstance(answer, str) else answer
            state, effects = advance(self.FLOW, state, event)
            while effects and isinstance(effects[-1], CallAction):
                params = effects[-1].params
                fetched.append(params)
                assert state.status == "action"
                result = ActionResult("choice", not fail, self.fetch(params, places))
                state, effects = advance(self.FLOW, state, result)
        return state, effects, fetched

    def fetch(self, params, places):
        rows = [
            {"id": number, "title": title, "values": {"place_id": number, "other": 1}}
            for number, title in enumerate(places, 1)
            if params["search"] in normalise(title)
        ]
        if params["record"]:
            return {"choices": [row for row in rows if str(row["id"]) == params["record"]]}
        end = params["offset"] + params["limit"]
        return {"choices": rows[params["offset"] : end], "more": end < len(rows)}

    def test_the_first_page(self):
        state, effects, fetched = self.run()
        assert titles(effects) == [*PLACES[:4], "Mais opções"]
        assert fetched[0]["source"] == "places"
        assert fetched[0]["params"] == {"for": "Ana"}
        assert state.status == "input"

    @pytest.mark.parametrize(
        "answers",
        [["Praça 6"], ["6"], [tap("local:6")], ["mais", "6"], ["mais", "praça 6"],
         ["mais", "a segunda"], ["mais", tap("local:6")], ["mais", "mais", "A", "6"]],
    )  # fmt: skip
    def test_a_record_of_any_page(self, answers):
        state, effects, _fetched = self.run(*answers)
        assert effects[-1] == End("self_service")
        assert state.values == {
            "nome": "Ana", "local": "Praça 6", "local_option": "6", "place_id": 6,
        }  # fmt: skip

    def test_numbers_go_on_over_the_pages(self):
        _state, effects, _fetched = self.run("mais")
        assert [option.label for option in effects[-1].options] == ["5", "6", "7", "8", "M", "A"]

    def test_what_is_typed_is_looked_for_everywhere(self):
        state, effects, fetched = self.run("ça 2")
        assert fetched[-1]["search"] == "ca 2"
        state, effects, fetched = self.run("praça nova")
        assert state.tries == 1
        assert titles(effects)[0] == "Praça 1"
        assert effects[-1].text.startswith("Não encontrei")

    def test_found_records_are_offered(self):
        state, effects, _fetched = self.run("rua", places=["Rua A", "Rua B", *PLACES[:9], "Beco"])
        assert titles(effects)[:2] == ["Rua A", "Rua B"]
        state, effects, _fetched = self.run("beco", places=["Rua A", *PLACES[:9], "Beco"])
        assert state.values["local"] == "Beco"

    def test_nothing_to_choose_from(self):
        _state, effects, _fetched = self.run(places=[])
        assert effects[-1] == HandOver(None, "")
        _state, effects, _fetched = self.run(fail=True)
        assert effects[-1] == HandOver(None, "")

    def test_an_answer_while_it_is_fetched(self):
        state, _effects = play("Ana", flow=self.FLOW)
        waiting, effects = advance(self.FLOW, state, Answer("oi"))
        assert waiting == state
        assert effects == (Say(self.FLOW.texts["wait"].constant),)
