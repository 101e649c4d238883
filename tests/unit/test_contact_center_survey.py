"""Answers to the satisfaction survey: buttons, numbers, words in any case and accents."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import survey

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
        ("0", ""),
        ("5", ""),
        ("12", ""),
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
