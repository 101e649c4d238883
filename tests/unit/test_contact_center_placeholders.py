"""Placeholders of automatic messages: checked when saved, safe when filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import placeholders

NAMES = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
TEXTS = st.text(max_size=60)


def literal(text):
    """Return `text` written so that it stands for itself."""
    return text.replace("{", "{{").replace("}", "}}")


@given(TEXTS)
def test_escaped_text_stands_for_itself(text):
    placeholders.check(literal(text), ())
    assert placeholders.names(literal(text)) == ()
    assert placeholders.render(literal(text), {}) == text


@given(NAMES, TEXTS, TEXTS, TEXTS)
def test_value_is_put_in_and_never_looked_at_again(name, before, value, after):
    template = f"{literal(before)}{{{name}}}{literal(after)}"
    placeholders.check(template, [name])
    assert placeholders.names(template) == (name,)
    assert placeholders.render(template, {name: value}) == f"{before}{value}{after}"


@given(TEXTS, st.lists(NAMES, max_size=3))
def test_any_text_is_checked_or_refused_in_words(text, known):
    refused = None
    try:
        placeholders.check(text, known)
    except placeholders.PlaceholderError as error:
        refused = error
    if refused:
        assert refused.unknown
        assert all(token in text for token in refused.unknown)
        assert refused.known == tuple(known)
    else:
        assert set(placeholders.names(text)) <= set(known)
    placeholders.render(text, {})


@pytest.mark.parametrize("text", ["{nomee}", "{", "}", "{ nome }", "{nome.x}", "{nome!r}", "{}"])
def test_refused(text):
    with pytest.raises(placeholders.PlaceholderError):
        placeholders.check(text, ["nome"])


@pytest.mark.parametrize("value", [None, False])
def test_no_value_is_empty(value):
    assert placeholders.render("[{nome}]", {"nome": value}) == "[]"
    assert placeholders.render("[{nome}]", {}) == "[]"


def test_zero_is_a_value():
    assert placeholders.render("{total}", {"total": 0}) == "0"


def test_kindly_leaves_no_hole_where_a_value_is_missing():
    known = {"nome": "Maria", "ticket": ""}
    cases = {
        "Olá, {nome}!": ("Olá, Maria!", ()),
        "Olá, {x}!": ("Olá!", ("x",)),
        "{x}, tudo bem?": ("tudo bem?", ("x",)),
        "Chamado {ticket} aberto.": ("Chamado aberto.", ("ticket",)),
        "{{ticket}} fica": ("{ticket} fica", ()),
        "{ fica": ("{ fica", ()),
    }
    for text, expected in cases.items():
        assert placeholders.render_kindly(text, known) == expected, text
