"""Answers to the survey: buttons, numbers, words in any case and accents."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import survey
from tests.cases import case

WORDS = [
    ("muito bom", "very_good"),
    ("Muito Bom!", "very_good"),
    ("ótimo", "very_good"),
    ("OTIMO", "very_good"),
    ("bom", "good"),
    ("Bom.", "good"),
    ("regular", "fair"),
    ("ruim", "poor"),
    ("péssimo", "poor"),
    ("Péssima 😡", "poor"),
]


@pytest.mark.parametrize(("word", "value"), WORDS)
def test_words(word, value):
    assert survey.parse_answer(word) == value


@given(st.sampled_from(WORDS), st.booleans(), st.sampled_from(["", " ", "!", "\n", " 😀"]))
def test_case_accents_and_ends_do_not_matter(case, upper, end):
    word, value = case
    word = unicodedata.normalize("NFD", word)
    assert survey.parse_answer((word.upper() if upper else word.lower()) + end) == value


@given(st.sampled_from(list(enumerate(survey.VALUES, 1))))
def test_numbers_and_options(case):
    number, value = case
    assert survey.parse_answer(str(number)) == value
    assert survey.parse_answer(option_id=f"{survey.PREFIX}{value}") == value
    assert survey.parse_answer("qualquer texto", f"{survey.PREFIX}{value}") == value


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_text_is_a_level_or_none(text, option_id):
    assert survey.parse_answer(text, option_id) in (*survey.VALUES, None)


@pytest.mark.parametrize(
    ("text", "option_id"),
    [
        ("", ""),
        ("12", ""),
        ("5 de 3", ""),
        ("bom dia", ""),
        ("meu computador não liga", ""),
        ("bom", "menu:1"),
        ("", "survey:"),
        ("", "survey:excellent"),
        ("", "good"),
    ],
)
def test_not_an_answer(text, option_id):
    assert survey.parse_answer(text, option_id) is None


#: People's answers, by their meaning
MARKS = {
    "very_good": [
        "muito bom, obrigada", "10", "10!", "dez", "nota 10", "nota dez", "5", "nota 5",
        "5 estrelas",
        "5/5", "10/10", "⭐⭐⭐⭐⭐", "Ótimo, obrigado", "excelente atendimento!",
        "adorei o atendimento",
        "o Carlos foi excelente", "muito bom atendimento, parabéns", "👏👏 muito bom", "😍",
        "perfeito",
    ],
    "good": [
        "bom", "bom, obrigado", "foi bom", "gostei", "atendimento bom", "nota 4", "4 estrelas", "8",
        "8/10", "2", "👍", "👍🏿", "👏", "❤️", "⭐⭐⭐⭐",
    ],
    "fair": ["regular", "mais ou menos", "foi regular, obrigada", "nota 3", "⭐⭐⭐", "6", "3"],
    "poor": [
        "péssimo!!!", "ruim", "muito ruim", "não gostei", "péssimo atendimento, nota zero",
        "nota 0",
        "0", "nota 1", "1 estrela", "4", "👎", "👎🏽", "😡😡", "o atendimento foi muito ruim",
    ],
}  # fmt: skip
ENDINGS = [
    "obrigado!", "valeu", "valeu demais", "muito obrigada pela ajuda", "obrigada, Carlos", "🙏",
    "🙏🏾",
    "Deus abençoe", "não, obrigado", "boa tarde, obrigada", "obrigado e bom dia", "até mais",
    "tchau",
    "bom fim de semana", "tenha um bom dia", "Obrigado, já resolveu", "ok", "sim", "não", "kkk",
    "não foi ruim", "prefiro não responder",
]  # fmt: skip
REQUESTS = [
    "preciso de outra coisa: o portão não abre", "meu computador não liga", "oi", "bom dia",
    "boa tarde", "bom dia, preciso de ajuda", "minha internet está ruim",
    "a impressora está péssima",
    "obrigado, mas a internet continua sem funcionar", "muito bom, mas preciso de outra coisa",
    "quero abrir outro chamado", "ok?", "como faço para emitir a guia?",
    "a rua está sem luz, obrigado",
    "obrigado. outra coisa, o poste caiu", "voltou o problema", "bom dia, a luz da praça queimou",
    "obrigado, e como vejo o protocolo?", "",
]  # fmt: skip
INVISIBLE = ["", "\u200e", "\u200b", "\ufeff", " ", "\u00a0"]


@given(
    st.sampled_from([(text, value) for value, texts in MARKS.items() for text in texts]),
    st.sampled_from(INVISIBLE),
)
def test_marks_stars_thumbs_and_words_in_a_sentence(case, mark):
    text, value = case
    assert survey.read(mark + text + mark) == survey.Answer(value, ends=True)


@pytest.mark.parametrize("text", ENDINGS)
def test_thanks_end_it_without_a_mark(text):
    assert survey.read(text) == survey.Answer(None, ends=True)


@pytest.mark.parametrize("text", REQUESTS)
def test_a_new_request_is_no_answer(text):
    assert survey.read(text) == survey.Answer(None, ends=False)


@given(st.text(max_size=60))
def test_a_mark_always_ends_it(text):
    answer = survey.read(text)
    assert answer.ends or answer.value is None


@pytest.mark.parametrize(
    ("text", "thanks"),
    [
        ("muito obrigada!", True),
        ("🙏🏽", True),
        ("valeu, abraço", True),
        ("bom fim de semana", True),
        # these may answer what was asked elsewhere
        ("sim", False),
        ("não", False),
        ("ok", False),
        ("isso mesmo", False),
        ("oi", False),
        ("obrigado, mas não funcionou", False),
        ("obrigado?", False),
        ("", False),
    ],
)
def test_thanks_that_need_no_conversation(text, thanks):
    assert survey.is_thanks(text) is thanks


def test_the_case_of_free_answers():
    read = [
        survey.read(text) for text in case("w08-survey-free-answers.json")["payload"]["answers"]
    ]
    assert all(answer.ends for answer in read)
    assert [answer.value for answer in read] == [
        None,
        "very_good",
        "very_good",
        "good",
        "very_good",
    ]
