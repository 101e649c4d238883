"""The first step before typed text is read: invisible characters never count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import tidying

#: Invisible characters that telephones, PDFs and web pages put into a text
INVISIBLE = (
    "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202c", "\u2060", "\u2066",
    "\u2069", "\ufeff", "\u00ad", "\u061c", "\u180e", "\u3164", "\ufe0f",
)  # fmt: skip
BLANKS = (" ", "\u00a0", "\u2007", "\u2009", "\u202f", "\u3000", "\t", "\n", "\r\n", "\u2028")
DASHES = tuple("-‐‑‒–—―−﹣－")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\u202a390.533.447-05\u202c", "390.533.447-05"),
        ("３９０", "390"),
        ("ｓｉｍ", "sim"),
        ("𝟏𝟐", "12"),
        ("𝗦𝗶𝗺", "Sim"),
        ("15⁄03⁄2026", "15/03/2026"),
        ("14：30", "14:30"),
        ("👍🏿", "👍"),
        ("1️⃣", "1"),
        ("a\nb\r\nc", "a b c"),
        ("“sim”", '"sim"'),
        ("Joa\u0303o", "João"),
        ("\u200b\u200e", ""),
        (None, ""),
        (12, ""),
    ],
)
def test_what_looks_alike_is_alike(text, plain):
    assert tidying.tidy(text) == plain


@pytest.mark.parametrize("dash", DASHES)
def test_every_dash_is_a_dash(dash):
    assert tidying.tidy(f"a{dash}b") == "a-b"


@given(st.text(max_size=60))
def test_tidying_twice_is_tidying_once(text):
    once = tidying.tidy(text)
    assert tidying.tidy(once) == once
    assert once.isprintable()


@given(st.text(alphabet="abcçãé0123456789./-: ", max_size=20), st.data())
def test_what_nobody_sees_changes_nothing(text, data):
    at = data.draw(st.integers(0, len(text)))
    mark = data.draw(st.sampled_from(INVISIBLE))
    assert tidying.tidy(text[:at] + mark + text[at:]) == tidying.tidy(text)


@given(st.text(max_size=40))
def test_a_text_keeps_its_own_characters(text):
    assert tidying.bare(text) in text


def test_a_name_keeps_its_emoji_and_loses_marks_at_its_ends():
    family = "Maria 👩\u200d👩\u200d👧"
    assert tidying.bare(f"\u200e {family} \u202c") == family
    assert tidying.bare("\u200b\u200e \u00a0") == ""
