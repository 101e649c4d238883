"""Names as people chose them: one line that can be stored and shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp_helpdesk.cloud_api import names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Maria", "Maria"),
        ("  Maria \n da\tSilva ", "Maria da Silva"),
        ("\u202eairaM", "airaM"),
        ("\u2066Ana\u2069\u200e", "Ana"),
        ("José", "José"),
        ("Jose\u0301", "José"),
        ("محمد", "محمد"),
        ("ગુજરાતી", "ગુજરાતી"),
        ("😀", "😀"),
        ("👨‍👩‍👧 Silva", "👨‍👩‍👧 Silva"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
        ("❤️", "❤️"),
        ("a" + "\u0301\u0302\u0303\u0304\u0305\u0306" * 50, None),
        ("", ""),
        (" \u00a0\u3000", ""),
        ("\u200b\u200c\u200d\ufeff\u2060", ""),
        ("\u3164\u115f\u2800\ufe0f", ""),
        ("\u0000\u001f", ""),
        ("...", "..."),
    ],
)
def test_name(name, shown):
    if shown is None:
        assert 1 <= len(names.clean(name)) <= 10
    else:
        assert names.clean(name) == shown


@pytest.mark.parametrize("name", ["x" * 3000, "Ana Maria " * 300, "😀" * 3000, "\u0301" * 3000])
def test_long_names_are_cut_between_words(name):
    shown = names.clean(name)
    assert len(shown) <= names.NAME_MAX
    assert not shown or shown.endswith("…")
    if " " in name:
        assert shown.removesuffix("…").endswith(("Ana", "Maria"))


@given(st.text())
def test_any_text_is_a_line(text):
    shown = names.clean(text)
    assert len(shown) <= names.NAME_MAX
    assert shown == " ".join(shown.split())
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs"}
    assert not set(shown) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    )
    assert names.clean(shown) == shown or len(text) > names.NAME_MAX
