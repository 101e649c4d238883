import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_contact.core import search
from tests.unit.test_contact_center_contacts import AREA, MOBILE


@given(AREA, MOBILE, st.integers(0, 6), st.integers(4, 9))
def test_any_part_of_a_number_is_found(area, number, start, length):
    text = search.search_text("Maria", phones=(f"({area}) {number}",))
    for full in (f"55{area}9{number}", f"55{area}{number}", f"{area}9{number}"):
        part = full[start : start + length]
        (word,) = search.search_words(part) if not part.startswith("0") else (part,)
        assert word in text


@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_it(text):
    search.search_words(text)
    search.search_text(text, phones=(text,))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("José", ("jose",)),
        ("529.982.247-25", ("52998224725",)),
        ("+55 (31) 9 8888-7777", ("5531988887777",)),
        ("rua 12", ("rua", "12")),
        ("12", ("12",)),
        ("", ()),
        (None, ()),
    ],
)
def test_words_of_a_search(text, words):
    assert search.search_words(text) == words
