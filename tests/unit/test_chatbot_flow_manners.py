"""Small talk in a flow and outside: what it does, and what it never takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot_flow.engine import (
    Answer,
    Ask,
    End,
    FlowError,
    HandOver,
    Say,
    SmallTalk,
    Start,
    State,
    advance,
    check,
    compile,  # noqa: A004 - named like re.compile
    manner_foreign,
    small_talk,
)
from chatbot_flow.engine.advice import advise
from chatbot_flow.engine.manner_words import ANSWERS, USUAL
from chatbot_flow.engine.manners import double_words, read_manners, slim
from tests.unit.test_chatbot_flow_small_talk import ANSWERS_TO_SOMETHING

STEPS = [
    {"key": "oi", "kind": "message", "text": "Olá!"},
    {"key": "nome", "kind": "question", "text": "Qual é o seu nome?", "minimum": 3},
    {"key": "email", "kind": "question", "answer": "email", "text": "E-mail?", "required": False},
    {"key": "cpf", "kind": "question", "answer": "cpf", "text": "CPF?"},
    {"key": "menu", "kind": "menu", "text": "Assunto?", "options": [
        {"id": "luz", "title": "Luz", "goto": "descricao"},
        {"id": "gente", "title": "Falar com alguém da Saúde", "goto": "saude"},
        {"id": "obrigado", "title": "Obrigado por enquanto", "goto": "fim"}]},
    {"key": "descricao", "kind": "question", "text": "Conte o que acontece."},
    {"key": "certo", "kind": "question", "answer": "yes_no", "text": "Posso abrir?"},
    {"key": "conferir", "kind": "confirm", "text": "Confira:", "show": ["nome"]},
    {"key": "fim", "kind": "end", "text": "Até logo."},
    {"key": "saude", "kind": "hand_over"},
]  # fmt: skip
NAME = "Maria Souza"
AT_EMAIL = (NAME,)
AT_CPF = (*AT_EMAIL, "maria@exemplo.com.br")
AT_MENU = (*AT_CPF, "390.533.447-05")
AT_TEXT = (*AT_MENU, "luz")
AT_YES_NO = (*AT_TEXT, "poste apagado")


def flow_of(**more):
    return compile({"steps": STEPS, **more})


FLOW = flow_of()


def play(*answers, flow=FLOW, start="oi"):
    state, effects = advance(flow, None, Start(text=start))
    for answer in answers:
        event = Answer(answer) if isinstance(answer, str) else answer
        state, effects = advance(flow, State.from_json(state.to_json()), event)
    return state, effects


def said(effects):
    return [effect.text for effect in effects if isinstance(effect, Say | Ask)]


def met(effects):
    return next((effect.name for effect in effects if isinstance(effect, SmallTalk)), "")


class TestState:
    def test_the_question_is_put_again_and_nothing_counts_as_wrong(self):
        for way in ((), AT_EMAIL, AT_CPF, AT_MENU, AT_TEXT, AT_YES_NO):
            before, _effects = play(*way)
            state, effects = play(*way, "valeu!!")
            assert (state.step, state.tries, met(effects)) == (before.step, 0, "thanks")
            assert said(effects)[-1].startswith("Por nada! 😊\n\n")

    def test_thanks_ten_times_do_not_end_the_conversation(self):
        state, _effects = play(*AT_CPF, *["obrigado"] * 10)
        assert (state.step, state.status, state.tries) == ("cpf", "input", 0)

    def test_a_pause_is_answered_and_nothing_is_put_again(self):
        state, effects = play(*AT_CPF, "só um minuto, vou procurar")
        assert said(effects) == ["Sem pressa! Quando puder, é só responder. 😊"]
        assert play(*AT_CPF, "só um minuto", "390.533.447-05")[0].step == "menu"
        assert state.step == "cpf"

    @pytest.mark.parametrize(
        "text",
        ["não tenho e-mail", "nao tenho", "prefiro não dizer", "não sei", "não lembro meu e-mail"],
    )
    def test_a_question_that_may_be_skipped_is(self, text):
        state, _effects = play(*AT_EMAIL, text)
        assert state.step == "cpf"
        assert "email" not in state.values

    def test_a_required_one_is_explained_once_and_then_read(self):
        state, effects = play(*AT_CPF, "não sei meu cpf")
        assert "escreva *atendente*" in said(effects)[-1]
        assert (state.step, state.tries) == ("cpf", 0)
        state, _effects = play(*AT_CPF, "não sei meu cpf", "não sei")
        assert (state.step, state.tries) == ("cpf", 1)

    def test_at_a_list_the_nearest_option_is_asked_for(self):
        _state, effects = play(*AT_MENU, "não sei")
        assert "mais parecida" in said(effects)[-1]

    def test_a_person_comes_at_once(self):
        for way in (AT_EMAIL, AT_CPF, AT_TEXT, AT_YES_NO):
            _state, effects = play(*way, "quero falar com gente")
            assert isinstance(effects[-1], HandOver)

    def test_giving_up_is_asked_back(self):
        for text in ("deixa pra lá", "cancelar", "tchau"):
            state, effects = play(*AT_CPF, text)
            assert (state.mode, said(effects)[-1]) == ("leave", "Você quer encerrar o atendimento?")
        assert play(*AT_CPF, "cancelar", "sim")[1][-1] == End("abandoned")
        assert play(*AT_CPF, "cancelar", "cancelar")[1][-1] == End("abandoned")
        state, effects = play(*AT_CPF, "cancelar", "não, continuar")
        assert (state.step, state.mode, said(effects)[-1]) == ("cpf", "", "CPF?")

    def test_where_any_text_may_be_meant_a_no_takes_it_as_the_answer(self):
        state, _effects = play(*AT_TEXT, "já resolvi", "não")
        assert state.values["descricao"] == "já resolvi"

    def test_all_given_up_at_a_confirmation_is_more_than_a_correction(self):
        way = (*AT_YES_NO, "sim")
        assert play(*way)[0].step == "conferir"
        state, _effects = play(*way, "deixa pra lá")
        assert state.mode == "leave"

    def test_a_row_may_end_the_conversation(self):
        flow = flow_of(manners={"goodbye": {"state": "end", "reply": "Tchau!"}})
        _state, effects = play(*AT_CPF, "tchau", flow=flow)
        assert (said(effects), effects[-1]) == (["Tchau!"], End("abandoned"))


class TestNoAnswerIsStolen:
    def test_an_option_wins(self):
        assert play(*AT_MENU, "obrigado por enquanto")[1][-1].outcome == "self_service"
        assert play(*AT_MENU, "falar com alguém")[1][-1] == HandOver(None, "", None, 0)
        assert play(*AT_MENU, "quero falar com alguém da saúde")[0].step == "saude"

    @pytest.mark.parametrize(("text", "value"), [("ok", True), ("👍", True), ("nada disso", False)])
    def test_yes_and_no_are_answers(self, text, value):
        assert play(*AT_YES_NO, text)[0].values["certo"] is value

    @pytest.mark.parametrize(
        "text", ["ok", "Certo", "nenhum", "nada", "legal", "não tenho telefone"]
    )
    def test_a_free_text_takes_what_may_be_one(self, text):
        assert play(*AT_TEXT, text)[0].values["descricao"] == text

    @pytest.mark.parametrize(
        "text", ["obrigado", "kkkk", "alô?", "oi", "idiota", "quem é você?", "🙏"]
    )
    def test_what_is_none_is_not_taken(self, text):
        state, _effects = play(*AT_TEXT, text)
        assert (state.step, "descricao" in state.values) == ("descricao", False)

    @pytest.mark.parametrize(
        "text", ["Graça", "Valéria Beleza", "Maria Obrigada da Luz", "Pessoa", "Canela"]
    )
    def test_a_name_is_a_name(self, text):
        state, _effects = play(text)
        # an unusual one is asked back
        assert state.step == "email" or (state.step, state.mode) == ("nome", "echo")

    @pytest.mark.parametrize("text", ANSWERS_TO_SOMETHING)
    def test_descriptions_are_descriptions(self, text):
        _state, effects = play(*AT_TEXT, text)
        assert met(effects) == ""

    def test_a_pattern_takes_what_fits_it(self):
        steps = [{"key": "q", "kind": "question", "answer": "pattern", "pattern": "ok|tchau",
                  "text": "?"},
                 {"key": "fim", "kind": "end"}]  # fmt: skip
        assert play("tchau", flow=compile({"steps": steps}))[0].values["q"] == "tchau"

    @given(st.sampled_from(sorted(ANSWERS)))
    def test_what_may_be_an_answer_is_one_in_the_end(self, text):
        state, _effects = play(*AT_TEXT, text.strip())
        if met(_effects):
            state, _effects = play(*AT_TEXT, text.strip(), text.strip())
        assert state.step != "descricao" or state.mode == "leave"


class TestInsults:
    def test_the_answer_is_calm_and_the_agent_is_told(self):
        _state, effects = play(*AT_CPF, "seu idiota")
        talk = next(effect for effect in effects if isinstance(effect, SmallTalk))
        assert (talk.tell, talk.text) == (True, "seu idiota")
        assert "*atendente*" in said(effects)[-1]

    def test_nobody_is_told_of_thanks(self):
        _state, effects = play(*AT_CPF, "obrigado")
        assert not next(effect for effect in effects if isinstance(effect, SmallTalk)).tell

    def test_the_word_for_a_person_is_the_flows_own(self):
        flow = flow_of(globals={"agent": ["gente", "ajuda humana"]})
        assert "*gente*" in said(play(*AT_CPF, "seu idiota", flow=flow)[1])[-1]


class TestLanguages:
    @pytest.mark.parametrize(
        ("text", "code"),
        [("Hello, I need help with my water bill", "en"), ("Do you speak English?", "en"),
         ("Hola, necesito ayuda con la luz", "es"),
         ("Buenos dias, tengo un problema en mi calle", "es"),
         ("Bonjour, j'ai besoin d'aide", "fr"), ("Mwen bezwen èd tanpri", "ht")],
    )  # fmt: skip
    def test_other_languages_are_known(self, text, code):
        assert (manner_foreign.named(text) or manner_foreign.detect(text)) == code

    @pytest.mark.parametrize("text", ANSWERS_TO_SOMETHING)
    def test_portuguese_is_no_other_language(self, text):
        assert manner_foreign.detect(text) == ""

    def test_a_person_is_offered_in_the_citizens_language(self):
        state, effects = play(*AT_CPF, "Hello, I need help please")
        assert "This service speaks Portuguese" in said(effects)[-1]
        assert [choice.title for choice in effects[-1].options] == ["Yes, a person", "No, go on"]
        assert isinstance(play(*AT_CPF, "do you speak english?", "yes")[1][-1], HandOver)
        state, effects = play(*AT_CPF, "do you speak english?", "no, go on")
        assert (state.step, said(effects)[-1]) == ("cpf", "CPF?")

    def test_a_flow_that_has_the_language_goes_on_in_it(self):
        flow = flow_of(
            languages=["pt_BR", "en_US"], translations={"en_US": {"cpf": {"text": "Tax number?"}}}
        )
        state, effects = play(*AT_CPF, "Do you speak English?", flow=flow)
        assert said(effects)[-1] == "Of course! Let us go on in English.\n\nTax number?"
        assert state.values["idioma"] == "en"
        _state, effects = play(*AT_CPF, "Do you speak English?", "thank you", flow=flow)
        assert said(effects)[-1].startswith("You are welcome! 😊")
        _state, effects = play(flow=flow, start="Hello, I need help with my house")
        assert said(effects)[-1] == "Qual é o seu nome?"
        assert _state.values["idioma"] == "en"

    def test_who_begins_in_another_language_hears_what_is_spoken_here(self):
        _state, effects = play(start="Hello, I need help please")
        assert said(effects)[0].startswith("Hello! This service speaks Portuguese.")

    def test_what_the_author_translated_is_said(self):
        flow = flow_of(
            languages=["pt_BR", "es"],
            translations={"es": {"": {"manners.thanks.reply": "¡Un placer!"}}},
        )
        _state, effects = play(*AT_CPF, "hablas español?", "gracias", flow=flow)
        assert said(effects)[-1].startswith("¡Un placer!")


class TestTheTable:
    def test_a_row_may_say_something_else(self):
        flow = flow_of(manners={"thanks": {"reply": "Disponha, {nome}!"}})
        assert said(play(*AT_CPF, "valeu", flow=flow)[1])[-1].startswith("Disponha, Maria Souza!")

    def test_a_row_may_be_switched_off(self):
        flow = flow_of(manners={"thanks": {"off": True}})
        state, effects = play(*AT_CPF, "obrigado", flow=flow)
        assert (met(effects), state.tries) == ("", 1)

    def test_an_author_adds_rows_of_their_own_which_win(self):
        flow = flow_of(
            manners={
                "folia": {
                    "words": ["feliz carnaval", "ok"],
                    "reply": "Boa folia!",
                    "title": "Festa",
                }
            }
        )
        assert said(play(*AT_CPF, "Feliz Carnaval!!!", flow=flow)[1])[-1].startswith("Boa folia!")
        assert met(play(*AT_CPF, "ok", flow=flow)[1]) == "folia"
        manners = read_manners({"manners": {"folia": {"words": ["ok"]}}}, [])
        assert double_words(manners) == {"ok": ("folia", "ok")}

    @pytest.mark.parametrize(
        ("manners", "code"),
        [({"thanks": {"state": "fly"}}, "bad_manner"), ({"thanks": {"opens": "yes"}}, "bad_manner"),
         ({"thanks": {"words": "a, b"}}, "bad_manner"), ({"thanks": {"colour": 1}}, "bad_manner"),
         ({"Über": {"words": ["a"]}}, "bad_manner"), ({"thanks": []}, "bad_manner"), ([], ""),
         (["thanks"], "bad_setting"), ({"thanks": {"reply": "{"}}, "bad_placeholder"),
         ({"thanks": {"reply": "{quem_sabe}"}}, "unknown_placeholder"),
         ({"thanks": {"reply": "{palavra_pessoa}"}}, "")],
    )  # fmt: skip
    def test_what_cannot_be_is_named(self, manners, code):
        found = {problem.code for problem in check({"steps": STEPS, "manners": manners})}
        assert found == ({code} if code else set())
        if code:
            with pytest.raises(FlowError):
                flow_of(manners=manners)

    @pytest.mark.parametrize(
        "quiet", [{"seconds": -1}, {"seconds": "9"}, {"answer": "song"}, [], 3]
    )
    def test_a_quiet_time_that_cannot_be_is_named(self, quiet):
        found = check({"steps": STEPS, "quiet": quiet})
        assert [problem.code for problem in found] == ["bad_setting"]

    def test_replies_of_the_author_want_a_translation(self):
        definition = {
            "steps": STEPS,
            "languages": ["pt_BR", "en_US"],
            "translations": {"en_US": {}},
        }
        before = advise(definition)
        manners = {"thanks": {"reply": "Disponha!"}, "ok": {"tell": True}}
        added = [one for one in advise({**definition, "manners": manners}) if one not in before]
        assert [(one.code, one.step) for one in added] == [("no_translation", "Agradecimento")]
        own = {"en_US": {"": {"manners.thanks.reply": "My pleasure!"}}}
        assert advise({**definition, "manners": manners, "translations": own}) == before

    def test_what_is_as_usual_is_not_written(self):
        whole = {name: {**row, "words": list(row["words"])} for name, row in USUAL.items()}
        assert slim(whole) == {}
        whole["thanks"]["reply"] = "Disponha!"
        assert slim(whole) == {"thanks": {"reply": "Disponha!"}}

    @given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                        lambda inner: st.lists(inner, max_size=3)
                        | st.dictionaries(st.sampled_from(["thanks", "words", "reply", "x"]), inner,
                                          max_size=3),
                        max_leaves=8))  # fmt: skip
    def test_any_table_is_judged_without_an_error(self, given_table):
        check({"steps": STEPS, "manners": given_table, "quiet": given_table})
        slim(given_table)


class TestOutside:
    """Small talk while no conversation is open."""

    @pytest.mark.parametrize(
        "text", ["obrigado", "👍", "ok", "tchau", "kkkk", "seu idiota", "🙏🏽", "❤️", "🐶",
                 "cancelar",
                 "Obrigada, Carlos! Deus te abençoe", "valeu, Joana 👍", "obrigdao", "foi engano"],
    )  # fmt: skip
    def test_opens_nothing(self, text):
        assert small_talk.outside(FLOW, Answer(text)) is not None

    @pytest.mark.parametrize(
        "text", ["oi", "bom dia", "quero falar com um atendente", "quem é você?", "alô?", "não sei",
                 "?", "",
                 "obrigado, mas a rua continua escura", "ok, e o meu IPTU?", "iptu", "sim",
                 "Do you speak English?",
                 "seus idiotas, a minha rua está sem luz há três dias", "👍?", "lixo"],
    )  # fmt: skip
    def test_opens_a_conversation(self, text):
        assert small_talk.outside(FLOW, Answer(text)) is None

    def test_a_sticker_opens_nothing_and_a_photo_does(self):
        def sent(kind):
            return Answer(kind="media", media_kind=kind, media_ref="message:1")

        assert small_talk.outside(FLOW, sent("sticker")).name == "signs"
        assert small_talk.outside(FLOW, sent("image")) is None

    def test_the_reply_needs_no_values(self):
        flow = flow_of(
            manners={"thanks": {"reply": "De nada, {nome}! Escreva *{palavra_pessoa}*."}}
        )
        row = flow.manners.rows["thanks"]
        assert small_talk.reply_outside(flow, row) == "De nada, ! Escreva *atendente*."
