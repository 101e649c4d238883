"""A ticket's initial text: the citizen's words and the bot's answers, each once."""

import doctest

from hypothesis import given
from hypothesis import strategies as st

from glpi_connector.rest import draft


def test_examples():
    assert not doctest.testmod(draft).failed


@given(st.text(max_size=400))
def test_a_title_is_one_line_of_bounded_length(text):
    title = draft.title({}, [text])
    assert len(title) <= draft.TITLE_LENGTH
    assert "\n" not in title


@given(st.text(min_size=1, max_size=200))
def test_what_stands_in_a_text_is_not_said_twice(text):
    assert draft.holds(f"Assunto: luz\n{text}", text) or len(text.splitlines()) > 1


def test_identity_stays_out_of_the_text():
    collected = [
        {"key": "email", "label": "E-mail", "value": "maria@example.test"},
        {"key": "cpf", "label": "CPF", "value": "111.444.777-35"},
        {"key": "local", "label": "Local", "value": "Sala 2"},
        {"key": "vazio", "label": "Vazio", "value": ""},
    ]
    assert draft.other_answers(collected) == ["Local: Sala 2"]


def test_an_answer_without_letters_tells_nothing():
    for text in ("👍", "12", "...", ""):
        assert not draft.tells(text, [], lambda _text: False)
    assert draft.tells("3499-1020", [], lambda _text: False)
    assert not draft.tells("Maria@Example.test", ["maria@example.test"], lambda _text: False)
    assert not draft.tells("oi", [], lambda _text: True)
