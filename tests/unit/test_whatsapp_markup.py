"""WhatsApp marks <-> HTML: readable both ways, and never a script."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp_helpdesk.cloud_api.markup import from_html, to_html

SHOWN = [
    ("oi", "oi"),
    ("*Atenção*: leia", "<strong>Atenção</strong>: leia"),
    ("_a_ ~b~ `c`", "<em>a</em> <s>b</s> <code>c</code>"),
    ("a\nb\r\nc", "a<br>b<br>c"),
    ("2 * 3 * 4", "2 * 3 * 4"),
    ("nome_do_arquivo_final", "nome_do_arquivo_final"),
    ("*_a_*", "<strong><em>a</em></strong>"),
    ("> citado\nresposta", "<blockquote>citado</blockquote>resposta"),
    ("```x < y```", "<pre>x &lt; y</pre>"),
    ("`*a*`", "<code>*a*</code>"),
    ("<b>&", "&lt;b&gt;&amp;"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_text_to_html(text, shown):
    assert to_html(text) == shown


def test_links_are_shown_as_links():
    shown = to_html("veja https://exemplo.org/a?b=1&c=2.")
    assert 'href="https://exemplo.org/a?b=1&amp;c=2"' in shown
    assert shown.endswith("</a>.")
    assert "noopener" in shown


AGENT = [
    ("<p>Olá <b>Maria</b>,</p><p>tudo bem?</p>", "Olá *Maria*,\ntudo bem?"),
    ("<div>a<br>b</div>", "a\nb"),
    ("<b> a </b>b", "*a* b"),
    ("<b></b>a", "a"),
    ("<ul><li>um</li><li>dois</li></ul>", "- um\n- dois"),
    ("<ol><li>um</li><li>dois</li></ol>", "1. um\n2. dois"),
    ("<blockquote>a<br>b</blockquote>c", "> a\n> b\nc"),
    ('<a href="https://x.org/a">https://x.org/a</a>', "https://x.org/a"),
    ('<a href="https://x.org/a">aqui</a>', "aqui (https://x.org/a)"),
    ('<a href="javascript:x()">aqui</a>', "aqui"),
    ('<a class="o_mail_redirect" href="#">@Joana</a>', "@Joana"),
    ("<script>alert(1)</script>oi", "oi"),
    ("a&nbsp;&lt;b&gt;&amp;", "a <b>&"),
    ("<b>a<br>b</b>", "*a*\n*b*"),
    ("<pre>x\n  y</pre>", "```x\n  y```"),
    ("  a \n  b  ", "a b"),
    ("<p>a</p><p><br></p><p>b</p>", "a\n\nb"),
    ("", ""),
]


@pytest.mark.parametrize(("source", "text"), AGENT)
def test_html_to_text(source, text):
    assert from_html(source) == text


PIECES = st.lists(
    st.sampled_from(
        ["*a b*", "_c_", "~d~", "`e f`", "oi", "<i>", "&amp;", "é", "😀", "2 * 3", "a_b_c", "1. x"]
        + ["https://exemplo.org/x?y=1&z=2", "*_n_*", "- item", "\n", "\n\n", "\n> q r\n", "שלום"]
    ),
    max_size=12,
)


def _normal(text):
    text = "\n".join(line.rstrip() for line in text.replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n").rstrip()


@given(PIECES)
def test_round_trip_keeps_the_text(pieces):
    text = _normal(" ".join(pieces).replace(" \n", "\n").replace("\n ", "\n"))
    text = re.sub(r"^ +", "", text)
    assert from_html(to_html(text)) == text


class _Checker(HTMLParser):
    """Fails on any tag or attribute that to_html does not make itself."""

    ALLOWED = {"strong", "em", "s", "code", "pre", "br", "a", "blockquote"}

    def handle_starttag(self, tag, attrs):
        assert tag in self.ALLOWED, tag
        for name, value in attrs:
            assert tag == "a" and name in ("href", "target", "rel"), (tag, name)
            assert name != "href" or value.startswith(("http://", "https://"))


HOSTILE = st.lists(
    st.sampled_from(
        ["<script>", "</", "javascript:", "*", "_", "~", "`", "```", '"', "'", ">", "\n", "\ue000"]
        + ["https://a", "onerror=", "<img src=x>", "\x00", "&lt;", "\ue0010", "> ", " ", "0\ue001"]
    ),
    max_size=20,
).map("".join)


@given(st.one_of(st.text(max_size=200), HOSTILE))
def test_no_text_becomes_a_script(text):
    shown = to_html(text)
    checker = _Checker()
    checker.feed(shown)
    checker.close()
    assert "\x00" not in shown


@given(st.one_of(st.text(max_size=200), HOSTILE))
def test_any_html_is_read(source):
    assert isinstance(from_html(source), str)


@given(st.text(alphabet="ab *_~`\n>", max_size=60))
def test_words_survive_whatever_the_marks(text):
    def words(value):
        return re.sub(r"[^ab]", "", value)

    assert words(from_html(to_html(text))) == words(text)
