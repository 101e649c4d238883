"""Texts into and out of GLPI: nothing lost, cut in two, or executed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_connector.rest import text
from tests.cases import case

any_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=400)
tricky = st.text(st.sampled_from("ab\\'\"&<>çã😀👩\u200d\n\r\t n0"), max_size=300)


def glpi_unescapes(value):
    """Return "already escaped" as GLPI judges it: every backslash starts an escape.

    A text with a real line end or a bare quote is never taken for escaped.
    """
    rest = re.sub(r"\\[\\'\"nr0Z]", "", value)
    return "\\" in value and not re.search(r"[\\'\"\n\r\x00\x1a]", rest)


@given(any_text | tricky)
def test_title_is_one_line_that_glpi_stores_whole(value):
    title = text.title(value)
    assert text.encoded_size(title) < text.TITLE_LIMIT
    assert not re.search(r"[\n\r\x00\\]", title)
    assert not glpi_unescapes(title)
    assert title == title.strip()
    title.encode()


@given(st.text(st.sampled_from("abç&' "), max_size=30))
def test_short_titles_are_kept(value):
    assert text.title(value) == " ".join(value.split())


@pytest.mark.parametrize("filler", ["á", "&", "😀", "'", "a"])
def test_long_titles_are_cut_between_characters(filler):
    title = text.title(filler * 300)
    assert title.endswith("…") and set(title[:-1]) == {filler}
    assert 190 <= text.encoded_size(title) < 200


def test_title_never_ends_inside_a_joined_emoji():
    family = "👨\u200d👩\u200d👧"
    for pad in range(20):
        title = text.title("x" * (170 + pad) + family * 5)
        assert not title[:-1].endswith("\u200d")


@given(any_text | tricky)
def test_description_never_looks_escaped_and_keeps_the_text(value):
    html = text.describe(value, [("Nome", value)], "CC-abc")
    assert not glpi_unescapes(html)
    assert "CC-abc" in html
    assert set(re.findall(r"<[^>]*>", html)) <= {
        "<p>", "</p>", "<br>", "<b>", "</b>", "<small>", "</small>"
    }  # fmt: skip
    body = html.split("</p>")[0].removeprefix("<p>")
    plain = body.replace("<br>", "\n").replace("&lt;", "<").replace("&gt;", ">")
    assert plain.replace("&amp;", "&") == text.clean(value).strip("\n")


@pytest.mark.parametrize("value", ["C:\\\\temp", "d\\'agua", "a\\nb", 'O\\"k'])
def test_texts_that_glpi_would_unescape_are_protected(value):
    assert glpi_unescapes(value)
    assert not glpi_unescapes(text.describe(value))
    assert not glpi_unescapes(text.followup(value))


def test_facts_without_value_are_left_out():
    html = text.describe("x", [("E-mail", ""), ("Telefone", "31 98888-7777")])
    assert "E-mail" not in html and "<b>Telefone:</b> 31 98888-7777" in html


@given(any_text)
def test_decode_undoes_the_encoding_once(value):
    encoded = value.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")
    if encoded != value:
        assert text.decode(encoded) == value


def test_decode_leaves_what_was_never_encoded():
    assert text.decode("a < b & &#38;") == "a < b & &#38;"
    assert text.decode("Telefonia &#38; Voz") == "Telefonia & Voz"
    assert text.decode("&#38;#60;") == "&#60;"
    assert text.decode("&lt;p&gt;") == "<p>"
    assert text.decode(None) == ""


def test_html_becomes_readable_lines_without_scripts():
    html = (
        "<p>Olá <b>Maria</b>,</p><ul><li>um</li><li>dois &amp; três</li></ul>"
        "linha<br>quebra<script>alert(1)</script><style>p{}</style>"
    )
    assert text.html_to_text(html) == "Olá Maria,\n\n- um\n- dois & três\nlinha\nquebra"


@given(any_text)
def test_html_to_text_takes_anything(value):
    assert "\x00" not in text.html_to_text(value)


@given(any_text)
def test_what_we_escape_comes_back(value):
    seen = re.sub("[\u200b\u2060\ufeff\u00ad]", "", text.clean(value))
    lines = [" ".join(line.split()) for line in seen.split("\n")]
    expected = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    assert text.html_to_text(text.paragraph(value)) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+55 11 91234-5678", "5511912345678", True),
        ("(31) 9 8888-7777", "553188887777", True),
        ("31 8888-7777", "5531988887777", True),
        ("11 98888-7777", "5531988887777", False),
        ("8888-7777", "8888-7777", False),
        ("", "", False),
    ],
)
def test_same_phone(one, other, same):
    assert text.same_phone(one, other) is same


def test_long_texts_that_come_encoded_are_decoded_once():
    stored = "&#60;p&#62;a &#38;lt; b&#60;/p&#62;"
    assert text.decode_html(stored) == "<p>a &lt; b</p>"
    assert text.html_to_text(text.decode_html(stored)) == "a < b"
    for plain in ("<p>a &lt; b</p>", "5 &#60; 6", "", "sem marcas"):
        assert text.decode_html(plain) == plain
    assert text.decode_html(None) == ""


def test_addresses_of_files_in_glpi_are_not_read_out():
    address = "https://glpi.example.test/front/document.send.php?docid=5&itemtype=Ticket"
    assert text.html_to_text(f'<a href="{address}"><img src="{address}"></a>') == ""
    assert text.html_to_text(f'<p>Veja <a href="{address}">o laudo</a></p>') == "Veja o laudo"


@pytest.mark.parametrize(
    ("given_place", "words"),
    [
        ((-19.8123, -43.1777), "📍 -19.8123, -43.1777"),
        ((0, 0), "📍 0, 0"),
        ((-19.5, -43.123456789, "Praça", "Praça"), "📍 Praça, -19.5, -43.123457"),
        ((1, 2, "", "Rua A, 10"), "📍 Rua A, 10, 1, 2"),
    ],
)
def test_place_has_coordinates_and_a_link(given_place, words):
    first, link = text.place(*given_place).split("\n")
    assert first == words
    assert link.startswith("https://www.openstreetmap.org/?mlat=")


def test_case_of_a_pin_without_a_name():
    """g11: a location pin without name or address."""
    point = case("g11-location-pin-without-name.json")["whatsapp"]["location"]
    words = text.followup(text.place(point["latitude"], point["longitude"]))
    assert "-19.8123, -43.1777" in words and "openstreetmap.org" in words


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<table><tbody><tr><th>Equip.</th><th>N&ordm;</th></tr><tr><td><p>PC</p></td>\n<td>12</td>",
            "Equip. | Nº\nPC | 12",
        ),
        # the layout of a mail program: one cell in a row, empty ones beside it
        (
            "<table><tr><td>&nbsp;<td><table><tr><td><p>Bom dia,</p><p>segue.</table><td></table>",
            "Bom dia,\nsegue.",
        ),
        ("<p>a | b</p><p>|</p>", "a | b\n\n|"),
        (
            "<ul>\n<li>Um\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n</li>\n<li>Dois</li>\n</ul>",
            "- Um\n• a\n• b\n- Dois",
        ),
        ("<ol><li>A<ol><li>B<li>C</ol><li>D</ol><p>fim</p>", "1. A\n1.1. B\n1.2. C\n2. D\n\nfim"),
        ('<ol start="3"><li><p>A</p><p>B</p></li><li value="7">C</li></ol>', "3. A\nB\n7. C"),
        (
            "<p>&nbsp;</p><p>Ol&aacute;,&nbsp;&nbsp;tudo&nbsp;bem?</p><p>&nbsp;</p>",
            "Olá, tudo bem?",
        ),
        (
            "<p>Prezada Maria,\r\nvamos amanh&atilde;<br />\r\ncedo</p>",
            "Prezada Maria, vamos amanhã\ncedo",
        ),
        ("linha 1\nlinha <b>2</b>", "linha 1\nlinha 2"),
        ("<p>x</p><pre>um\n  dois</pre>", "x\n\num\ndois"),
        ("<h4>Passos</h4><dl><dt>Rede</dt><dd>ligar</dd></dl>", "Passos\n\nRede\n\nligar"),
        ("<section>um</section><section>dois</section>", "um\n\ndois"),
        ("<p>Vamos</p><blockquote>Em 21/11:<br>&gt; oi</blockquote>", "Vamos\n\nEm 21/11:\n> oi"),
        (
            '<p><span data-user-mention="true" data-user-id="4">@Ana</span>\ufeff&nbsp;veja</p>',
            "@Ana veja",
        ),
        ('<p><a href="../front/ticket.form.php?id=5">chamado 5</a></p>', "chamado 5"),
        ('<p>veja <a href="https://a.b/c">o manual', "veja o manual (https://a.b/c)"),
        ('<a href="MAILTO:a@b.c">a@b.c</a> <a href="file:///c:/x">y</a>', "a@b.c y"),
        ("<p>\u200b\ufeff</p><hr>", ""),
        ("<p>1 &lt; 2 &amp;amp; 3</p>", "1 < 2 &amp; 3"),
    ],
)
def test_what_editors_and_mail_programs_make(html, expected):
    assert text.html_to_text(html) == expected


@pytest.mark.parametrize(
    ("stored", "html"),
    [
        ("&lt;p&gt;Ol&aacute; &quot;x&quot;&lt;/p&gt;", "<p>Ol&aacute; &quot;x&quot;</p>"),
        ("&#60;p&#62;A &#38;amp; B&#60;/p&#62;", "<p>A &amp; B</p>"),
        ("\n&lt;!-- x --&gt;&lt;div&gt;a&lt;/div&gt;", "\n<!-- x --><div>a</div>"),
        ("<p>&lt;p&gt; &eacute; uma tag</p>", "<p>&lt;p&gt; &eacute; uma tag</p>"),
        ("&lt; 5 metros", "&lt; 5 metros"),
        (None, ""),
    ],
)
def test_texts_that_come_encoded_whoever_stored_them(stored, html):
    assert text.decode_html(stored) == html


def test_how_a_list_is_shown_is_no_correction():
    assert text.same_words("Passos:\n\n1. um\n\n- dois", "Passos:\n1. um\n• dois")
    assert text.same_words("A B", "A | B")
    assert not text.same_words("às 9.", "às 10.")
    assert not text.same_words("Não vamos", "Vamos")
