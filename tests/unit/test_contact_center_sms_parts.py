"""Parts of a text message, against an independent table of GSM 7 bit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center_sms.gateway import parts

# 3GPP TS 23.038, written down a second time by code point, row by row of the table.
DEFAULT = [
    *(
        0x40,
        0xA3,
        0x24,
        0xA5,
        0xE8,
        0xE9,
        0xF9,
        0xEC,
        0xF2,
        0xC7,
        0x0A,
        0xD8,
        0xF8,
        0x0D,
        0xC5,
        0xE5,
    ),
    *(0x394, 0x5F, 0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E),
    *(0xC6, 0xE6, 0xDF, 0xC9),
    *(0x20, 0x21, 0x22, 0x23, 0xA4, *range(0x25, 0x40)),
    *(0xA1, *range(0x41, 0x5B), 0xC4, 0xD6, 0xD1, 0xDC, 0xA7),
    *(0xBF, *range(0x61, 0x7B), 0xE4, 0xF6, 0xF1, 0xFC, 0xE0),
]
EXTENDED = [0x0C, 0x5E, 0x7B, 0x7D, 0x5C, 0x5B, 0x7E, 0x5D, 0x7C, 0x20AC]


def oracle(text: str) -> tuple[str, int]:
    """Return (alphabet, parts), by cutting the text as a telephone would."""
    codes = [ord(char) for char in text]
    if all(code in DEFAULT or code in EXTENDED for code in codes):
        alphabet, alone, joined = "gsm7", 160, 153
        units = [1 if code in DEFAULT else 2 for code in codes]
    else:
        alphabet, alone, joined = "ucs2", 70, 67
        units = [len(char.encode("utf-16-be")) // 2 for char in text]
    if sum(units) <= alone:
        return alphabet, int(bool(units))
    cut = [0]
    for unit in units:
        if cut[-1] + unit > joined:
            cut.append(0)
        cut[-1] += unit
    return alphabet, len(cut)


GSM_TEXT = st.text(st.sampled_from([chr(code) for code in (*DEFAULT, *EXTENDED)]), max_size=700)
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=400)


@given(st.one_of(GSM_TEXT, ANY_TEXT))
def test_parts_are_those_of_the_table(text):
    taken = parts.measure(text)
    assert (taken.alphabet, taken.count) == oracle(text)
    assert taken.left >= 0


@pytest.mark.parametrize(
    ("text", "alphabet", "count"),
    [
        ("", "gsm7", 0),
        ("a" * 160, "gsm7", 1),
        ("a" * 161, "gsm7", 2),
        ("a" * 306, "gsm7", 2),
        ("a" * 307, "gsm7", 3),
        ("€" * 80, "gsm7", 1),
        ("€" * 81, "gsm7", 2),
        # A euro sign does not fit into the last place of a part
        ("a" * 152 + "€" + "a" * 152, "gsm7", 3),
        ("ã" * 70, "ucs2", 1),
        ("ã" * 71, "ucs2", 2),
        ("😀" * 35, "ucs2", 1),
        ("😀" * 36, "ucs2", 2),
        # 67 places hold 33 emojis: the 34th would be cut in half
        ("😀" * 67, "ucs2", 3),
        ("é à ì ò ù Ç ñ ü", "gsm7", 1),
        ("ç", "ucs2", 1),
    ],
)
def test_borders(text, alphabet, count):
    assert (parts.measure(text).alphabet, parts.measure(text).count) == (alphabet, count)
    assert oracle(text) == (alphabet, count)


@given(ANY_TEXT)
def test_plain_costs_no_more_and_stays_plain(text):
    plain = parts.plain(text)
    assert parts.plain(plain) == plain
    if parts.measure(plain).alphabet == "gsm7":
        assert not parts.measure(plain).foreign


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Atenção: não falte às 10h", "Atencao: nao falte às 10h"),
        ("“Olá” – disse…", '"Ola" - disse...'),
        ("1º andar, nº 5, 20 °C", "1o andar, no 5, 20 oC"),
        ("cafe\u0301 com pa\u0303o", "café com pao"),
        ("R$ 10,00 – R$ 20,00 ✅", "R$ 10,00 - R$ 20,00 ✅"),
        ("a\u00a0b\u200bc", "a bc"),
    ],
)
def test_plain_portuguese(text, plain):
    assert parts.plain(text) == plain


def test_tidy_is_what_is_sent():
    assert parts.tidy("  oi\r\ntudo\x00 bem?\x07 ") == "oi\ntudo bem?"
    assert parts.tidy("Ação", accents=False) == "Acao"
    assert parts.tidy("\ud800oi") == "oi"
    assert parts.tidy(" \u200b ", accents=False) == ""


def test_foreign_names_the_culprits():
    assert parts.measure("ação 😀 ação").foreign == "çã😀"
