"""Menus and questions as citizens answer them: pages, words, codes, odd answers."""

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


def flow_of(*more, **settings):
    """Return a flow: name, main menu [Iluminação, Tributos, Obras], then the rest.

    Menus or questions.
    """
    steps = [
        {"key": "nome", "kind": "question", "text": "Nome?", "label": "Nome"},
        {"key": "principal", "kind": "menu", "text": "Assunto?", "label": "Assunto", "options": [
            {"title": "Iluminação pública", "goto": "luz", "keywords": ["lâmpada", "poste"],
             "set": {"setor": "luz"}},
            {"title": "Tributos", "goto": "tributos", "set": {"setor": "fazenda"}},
            {"title": "Obras", "goto": "descricao", "description": "Buraco na rua, calçada"},
        ]},
        {"key": "luz", "kind": "menu", "text": "Luz", "options": [
            {"title": "Lâmpada apagada", "goto": "descricao"},
            {"title": "Lâmpada piscando", "goto": "descricao"},
        ]},
        {"key": "tributos", "kind": "menu", "text": "Tributos", "options": [
            {"title": "IPTU", "goto": "iptu"}, {"title": "ISS", "goto": "fim"},
        ]},
        {"key": "iptu", "kind": "menu", "text": "IPTU", "options": [
            {"title": "Segunda via", "goto": "fim"}, {"title": "Isenção", "goto": "descricao"},
        ]},
        {"key": "descricao", "kind": "question", "text": "Conte.", "label": "Descrição"},
        {"key": "numero", "kind": "question", "answer": "number", "text": "Quantos?"},
        {"key": "conferir", "kind": "confirm", "text": "Certo?"},
        {"key": "fim", "kind": "end", "text": "Até logo"},
        {"key": "pessoa", "kind": "hand_over", "reason": "fila"},
        *more,
    ]  # fmt: skip
    settings.setdefault("codes", {"iptu": "tributos:1", "gente": "pessoa"})
    return compile({"steps": steps, "prefix": "156", **settings})


FLOW = flow_of()


def play(*answers, flow=FLOW, start=None):
    """Return the state and the effects after these answers (texts or events)."""
    state, effects = advance(flow, None, start or Start())
    for answer in answers:
        event = Answer(answer) if isinstance(answer, str) else answer
        state, effects = advance(flow, state, event)
        State.from_json(state.to_json())
    return state, effects


def tap(option_id):
    return Answer("título", option_id=option_id, kind="option")


def titles(effects):
    return [option.title for option in effects[-1].options]


class TestGlobalWords:
    @pytest.mark.parametrize("word", ["0", "menu", "Menu principal", "Início"])
    def test_main_menu(self, word):
        state, _effects = play("Ana", "2", "1", "2", word)
        assert state.step == "principal"
        assert state.values == {"nome": "Ana"}

    def test_back_goes_up_level_by_level(self):
        state, _effects = play("Ana", "2", "1", "voltar")
        assert state.step == "tributos"
        state, _effects = play("Ana", "2", "1", "voltar", "#")
        assert state.step == "principal"

    def test_a_person(self):
        _state, effects = play("Atendente")
        assert effects == (Say(FLOW.texts["agent"].constant), HandOver(None, "asked"))
        _state, effects = play("Ana", "3", "falar com uma pessoa", flow=flow_of(on_agent="pessoa"))
        assert effects[-1] == HandOver(None, "fila")

    def test_leaving_with_kind_words(self):
        _state, effects = play("Ana", "sair")
        assert effects == (Say(FLOW.texts["goodbye"].constant), End("abandoned"))
        _state, effects = play("Ana", "sair", flow=flow_of(on_exit="fim"))
        assert effects[-1] == End("self_service")

    def test_a_number_zero_is_an_answer(self):
        state, _effects = play("Ana", "3", "Um buraco", "0")
        assert state.values["numero"] == 0

    def test_words_of_the_flow_replace_the_usual_ones(self):
        flow = flow_of(globals={"exit": ["tchau"], "agent": []})
        state, _effects = play("Ana", "tchau", flow=flow)
        assert state.status == "ended"
        state, _effects = play("sair", flow=flow)
        assert (state.status, state.step, state.tries) == ("input", "nome", 1)


class TestDirectAccess:
    @pytest.mark.parametrize(
        "typed",
        ["156 2 1", "156.2.1", "156-2-1", "15621", "#2.1", "2.1", "21", "#iptu", "iptu", "#IPTU"],
    )
    def test_from_a_menu(self, typed):
        for before in ([], ["1"], ["2"]):
            if before and typed == "21":
                continue  # typed together, digits are options of the menu that is shown
            state, _effects = play("Ana", *before, typed)
            assert state.step == "iptu", before
            assert state.values["setor"] == "fazenda"
            assert state.history == ["nome", "principal", "tributos"]

    @pytest.mark.parametrize("typed", ["156 2 1 1", "#2.1.1", "2.1.1"])
    def test_from_a_question(self, typed):
        _state, effects = play("Ana", "1", "2", typed)
        assert effects[-1] == End("self_service")
        _state, effects = play("Ana", "1", "2", "Caiu", "3", typed)
        assert effects[-1] == End("self_service")

    @pytest.mark.parametrize("typed", ["2.1", "iptu", "2 1 1", "9.9.9", "#nada", "31.12.2026"])
    def test_what_may_be_an_answer_is_one(self, typed):
        state, _effects = play("Ana", "1", "2", typed)
        assert state.values["descricao"] == typed

    def test_to_a_step(self):
        _state, effects = play("Ana", "2", "#gente")
        assert effects[-1] == HandOver(None, "fila")

    def test_before_the_menu_it_is_kept(self):
        state, effects = play("#iptu")
        assert state.step == "nome"
        assert FLOW.texts["direct_later"].constant in effects[-1].text
        state, _effects = play("#iptu", "Ana")
        assert state.step == "iptu"
        assert state.values["nome"] == "Ana"

    @pytest.mark.parametrize("start", [
        Start(text="#iptu"), Start(text="156 2 1"), Start(text="IPTU", option_id="tributos:1"),
    ])  # fmt: skip
    def test_with_the_first_words(self, start):
        state, _effects = play("Ana", start=start)
        assert state.step == "iptu"
        assert state.opening == ""

    def test_a_way_is_taken_whole_or_not_at_all(self):
        state, _effects = play("Ana", "156 2 9")
        assert state.step == "principal"


class TestOldOptions:
    def test_a_menu_chosen_anew_is_taken(self):
        state, _effects = play("Ana", "2", "1", tap("principal:1"))
        assert state.step == "luz"
        assert state.values["setor"] == "luz"

    def test_it_is_asked_when_answers_would_be_lost(self):
        state, effects = play("Ana", "1", "2", "Caiu", tap("principal:2"))
        assert titles(effects) == ["Sim, mudar", "Continuar aqui"]
        assert "Tributos" in effects[-1].text
        more, _effects = advance(FLOW, state, Answer("sim"))
        assert more.step == "tributos"
        assert "descricao" not in more.values
        more, _effects = advance(FLOW, state, tap(effects[-1].options[1].id))
        assert (more.step, more.values["descricao"]) == ("numero", "Caiu")
        more, _effects = advance(FLOW, state, Answer("4"))
        assert more.values["numero"] == 4

    @pytest.mark.parametrize("option_id", ["gone:1", "principal:9", "numero:skip", "x:+2"])
    def test_one_that_is_gone_gets_kind_words(self, option_id):
        state, effects = play("Ana", "1", "2", tap(option_id))
        assert state.step == "descricao"
        assert state.tries == 0
        assert effects[-1].text == f"{FLOW.texts['stale_option'].constant}\n\nConte."

    def test_before_the_menu_nothing_is_skipped(self):
        state, _effects = play(tap("principal:2"))
        assert state.step == "nome"


class TestOddAnswers:
    @pytest.mark.parametrize(
        ("answer", "name"),
        [(Answer(kind="media", media_kind="image", media_ref="m:1"), "foto"),
         (Answer(kind="media", media_kind="voice", media_ref="m:1"), "voz"),
         (Answer(kind="media", media_kind="sticker", media_ref="m:1"), "figurinha"),
         (Answer(kind="location", latitude=1.0, longitude=2.0), "localização"),
         (Answer(kind="unsupported"), "abrir"), (Answer(kind="contacts", text="Ana"), "contato")],
    )  # fmt: skip
    @pytest.mark.parametrize("before", [[], ["Ana"], ["Ana", "1", "1", "x", "3"]])
    def test_it_is_kind_the_first_time_and_counts_the_second(self, answer, name, before):
        state, effects = play(*before, answer)
        assert name in effects[-1].text
        assert state.tries == 0
        state, effects = advance(FLOW, state, answer)
        assert state.tries == 1
        assert isinstance(effects[-1], Ask)

    def test_silent_kinds_stay_silent(self):
        for kind in ("reaction", "system"):
            state, effects = play("Ana", Answer("👍", kind=kind))
            assert (effects, state.tries) == ((), 0)

    def test_a_caption_is_an_answer(self):
        photo = Answer("Um poste caiu", kind="media", media_kind="image", media_ref="m:1")
        state, _effects = play("Ana", "1", "1", photo)
        assert state.values["descricao"] == "Um poste caiu"


class TestTooManyWrongAnswers:
    def test_to_people_unless_the_flow_says_otherwise(self):
        _state, effects = play("Ana", "xyz", "xyz", "xyz")
        assert effects[-1] == HandOver(None, "retries")

    def test_to_the_main_menu(self):
        flow = flow_of(fail="menu")
        state, effects = play("Ana", "1", "xyz", "xyz", "xyz", flow=flow)
        assert state.step == "principal"
        assert effects[0].text == flow.texts["fail_menu"].constant
        # from the main menu itself to people, or it would go round for ever
        _state, effects = play("Ana", "xyz", "xyz", "xyz", flow=flow)
        assert effects[-1] == HandOver(None, "retries")

    def test_to_the_end(self):
        _state, effects = play("Ana", "xyz", "xyz", "xyz", flow=flow_of(fail="end"))
        assert effects[-1] == End("abandoned")

    def test_a_step_has_its_own_way(self):
        extra = {"key": "extra", "kind": "question", "answer": "number", "text": "?",
                 "fail": "end", "retries": 1, "goto": "fim"}  # fmt: skip
        flow = flow_of(extra, codes={"extra": "extra", "gente": "pessoa"}, fail="menu")
        _state, effects = play("Ana", "#extra", "abc", flow=flow)
        assert effects[-1] == End("abandoned")


class TestFreeText:
    @pytest.mark.parametrize(
        ("text", "first"),
        [("tem um buraco na minha rua", "Obras"), ("esta piscando ha dias", "Lâmpada piscando"),
         ("calcadas quebradas", "Obras"), ("preciso de izenções", "Isenção"),
         ("iluminacoes publicas", "Iluminação pública")],
    )  # fmt: skip
    def test_what_may_be_meant_is_offered(self, text, first):
        for state, effects in (
            play("Ana", text),
            play("Ana", start=Start(text=text)),
            play("Ana", "2", "2.9", text),
        ):
            assert titles(effects)[0] == first
            assert titles(effects)[-1] == "Ver o menu"
            assert len(titles(effects)) <= 4
            assert state.mode == "guess"

    def test_the_offer_is_taken_or_left(self):
        state, effects = play("Ana", "tem um buraco na minha rua")
        taken, _effects = advance(FLOW, state, tap(effects[-1].options[0].id))
        assert taken.step == "descricao"
        taken, _effects = advance(FLOW, state, Answer("1"))
        assert taken.step == "descricao"
        for text in ("nenhuma", "ver o menu", "2", "voltar"):
            left, effects = advance(FLOW, state, Answer(text))
            assert (left.step, left.mode) == ("principal", "")
            assert titles(effects)[0] == "Iluminação pública"
        # any other answer is one to the menu
        other, _effects = advance(FLOW, state, Answer("tributos"))
        assert other.step == "tributos"

    @pytest.mark.parametrize("text", ["oi", "bom dia", "", "kkkk", "👍", "quero ajuda por favor"])
    def test_a_greeting_suggests_nothing(self, text):
        state, effects = play("Ana", start=Start(text=text))
        assert state.mode == ""
        assert titles(effects) == ["Iluminação pública", "Tributos", "Obras"]

    def test_switched_off(self):
        state, _effects = play("Ana", "tem um buraco na minha rua", flow=flow_of(suggest=False))
        assert (state.mode, state.tries) == ("", 1)

    def test_options_of_one_name_are_told_apart(self):
        flow = compile({"steps": [
            {"key": "m", "kind": "menu", "text": "?", "options": [
                {"title": "Água", "goto": "a"}, {"title": "Luz", "goto": "b"}]},
            {"key": "a", "kind": "menu", "text": "?", "options": [
                {"title": "Segunda via", "goto": "fim"}, {"title": "X", "goto": "fim"}]},
            {"key": "b", "kind": "menu", "text": "?", "options": [
                {"title": "Segunda via", "goto": "tchau"}, {"title": "X", "goto": "fim"}]},
            {"key": "fim", "kind": "end"}, {"key": "tchau", "kind": "end", "outcome": "resolved"},
        ]})  # fmt: skip
        _state, effects = advance(flow, advance(flow, None, Start())[0], Answer("segunda via"))
        assert [(o.title, o.description) for o in effects[-1].options[:2]] == [
            ("Segunda via", "Água"),
            ("Segunda via", "Luz"),
        ]
