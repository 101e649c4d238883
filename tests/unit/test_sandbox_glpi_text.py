"""How the GLPI stand-in stores texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.glpi import text
from sandbox.glpi.sanitize import safe_html

PLAIN = st.text(st.characters(exclude_characters="&<>\\'\"\x00\r\n\x1a", exclude_categories=["Cs"]))
ANY = st.text(st.characters(exclude_categories=["Cs"]))


@given(PLAIN)
def test_plain_text_is_kept(value):
    assert text.to_stored(value) == value


@given(ANY)
def test_storing_never_fails_without_a_limit_and_leaves_no_bare_bracket(value):
    stored = text.to_stored(value)
    assert "<" not in stored
    assert ">" not in stored


@given(ANY)
def test_escaping_is_undone_by_the_database(value):
    assert text.unescape(text.escape(value)) == value


@given(st.text("ab&<>é\\'\"😀", max_size=400))
def test_a_short_text_is_cut_to_its_column_or_refused(value):
    try:
        stored = text.to_stored(value, text.SHORT_TEXT_BYTES)
    except (text.CutInsideCharacter, text.CutInsideEscape):
        assert len(text.escape(text.encode(value)).encode()) > text.SHORT_TEXT_BYTES
    else:
        assert len(stored.encode()) <= text.SHORT_TEXT_BYTES


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("a < b & c", "a &#60; b &#38; c"),
        ("&lt;b&gt;", "&lt;b&gt;"),
        ("&#60;b&#62;", "&#60;b&#62;"),
        ("&#60;b&#62; <", "&#38;#60;b&#38;#62; &#60;"),
        ("D:\\\\dados", "D:\\dados"),
        ("copo d\\'água", "copo d'água"),
        ("uma\\nduas", "uma\nduas"),
        ("\\\\maquina\\xis", "\\\\maquina\\xis"),
        ("fim\\", "fim\\"),
        ("linha\r\noutra", "linha\noutra"),
    ],
)
def test_what_looks_encoded_or_escaped_is_not_done_again(sent, stored):
    assert text.to_stored(sent) == stored


def test_a_cut_inside_a_character_or_an_escape_is_refused():
    with pytest.raises(text.CutInsideCharacter):
        text.to_stored("x" + "é" * 200, 254)
    with pytest.raises(text.CutInsideEscape):
        text.to_stored("x" * 253 + "'y", 254)


def test_decoding_undoes_encoding_once():
    assert text.decode("&#38;#60; &#60;b&#62;") == "&#60; <b>"
    assert text.decode("&lt;b&gt;") == "<b>"


@given(ANY)
def test_a_page_never_shows_active_content(value):
    shown = safe_html(f"<p onclick=x>{value}<script>alert(1)</script><img src=x onerror=y>")
    assert "<script" not in shown
    assert "<img" not in shown
    assert "onclick=x>" not in shown


def test_links_keep_only_web_addresses():
    assert safe_html('<a href="javascript:x()">a</a>') == "<a>a</a>"
    assert safe_html('<a href="https://e.test/?a=1&amp;b">a</a>') == (
        '<a href="https://e.test/?a=1&amp;b" rel="noopener">a</a>'
    )
    assert safe_html("<p>aberto <b>forte") == "<p>aberto <b>forte</b></p>"
