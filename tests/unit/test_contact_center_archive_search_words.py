"""The archive's words: accents, capitals and irregular plurals make no difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_archive.core.search_words import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Solicitação", "SOLICITAÇÕES"),
        ("solicitacao", "solicitações"),
        ("cão", "caes"),
        ("municipal", "municipais"),
        ("papel", "papéis"),
        ("lençol", "lençóis"),
        ("Água", "agua"),
        ("ﬁm", "fim"),
        ("nao\x00liga", "nao liga"),
        ("  dois\n espaços ", "dois espacos"),
    ],
)
def test_same_word(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["mais", "pais", "seis", "pois", "dois", "reis"])
def test_words_that_only_look_like_plurals_stay(word):
    assert fold(word) == word


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_what_postgresql_refuses_is_never_in_it(text):
    assert "\x00" not in fold(text)


@given(st.text(alphabet=st.characters(whitelist_categories=["Ll", "Lu"])))
def test_capitals_make_no_difference(text):
    assert fold(text.upper().lower()) == fold(text.lower().upper())
