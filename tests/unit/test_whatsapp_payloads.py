"""Sent contents keep to Meta's limits for any input, and lose no word of the text."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp_helpdesk.cloud_api import payloads


@dataclass(frozen=True)
class Option:
    id: str
    title: str
    description: str = ""
    label: str = ""


def options(*titles):
    return [Option(f"o{number}", title) for number, title in enumerate(titles)]


def kinds(contents):
    return [c["interactive"]["type"] if c["type"] == "interactive" else c["type"] for c in contents]


def test_short_choices_are_buttons():
    (content,) = payloads.render("Confirma?", options("Sim", "Não"))
    assert kinds([content]) == ["button"]
    assert [b["reply"]["title"] for b in content["interactive"]["action"]["buttons"]] == [
        "Sim",
        "Não",
    ]


@pytest.mark.parametrize(
    ("titles", "kind"),
    [
        (("a", "b", "c", "d"), "list"),
        (("x" * 21,), "list"),
        (("x" * 20,), "button"),
        (("x" * 24,), "list"),
        (("y" * 73,), "text"),
        (tuple(map(str, range(10))), "list"),
        (tuple(map(str, range(11))), "text"),
        (("igual", "igual"), "text"),
    ],
)
def test_form_follows_number_and_length(titles, kind):
    assert kinds(payloads.render("Escolha", options(*titles))) == [kind]


def test_long_title_stands_in_full_in_the_description():
    title = "Manutenção de computador ou impressora"
    (content,) = payloads.render("Escolha", options(title, "Outro"))
    row = content["interactive"]["action"]["sections"][0]["rows"][0]
    assert row["description"] == title
    assert len(row["title"]) <= 24


def test_numbered_text_names_every_option():
    (content,) = payloads.render("Escolha", options(*map(str, range(20, 32))))
    body = content["text"]["body"]
    assert body.startswith("Escolha\n\n1 - 20\n2 - 21\n") and body.endswith("12 - 31")


def test_numbers_go_on_where_the_options_say_so():
    page = [Option("a", "Praça", label="11"), Option("b", "Rua"), Option("c", "Mais", label="M")]
    assert payloads.numbered("Onde?", page) == "Onde?\n\n11 - Praça\n2 - Rua\nM - Mais"


def test_text_of_4096_goes_in_one_and_4097_in_two():
    assert len(payloads.render("x" * 4096)) == 1
    assert len(payloads.render("x" * 4097)) == 2


def test_split_prefers_paragraphs():
    text = "a" * 3000 + "\n\n" + "b" * 3000
    assert payloads.split_text(text) == ["a" * 3000, "b" * 3000]


def test_text_too_long_for_buttons_goes_ahead():
    contents = payloads.render("palavra " * 300, options("Sim", "Não"))
    assert kinds(contents)[-1] == "button"
    assert set(kinds(contents)[:-1]) == {"text"}


def test_to_phone_with_plus_or_to_id():
    content = payloads.text("oi")
    assert payloads.envelope(content, wa_id="5531988887777")["to"] == "+5531988887777"
    by_id = payloads.envelope(content, bsuid="BR.123", quoted="wamid.1", opaque="abc")
    assert by_id["recipient"] == "BR.123" and "to" not in by_id
    assert by_id["context"] == {"message_id": "wamid.1"}
    assert by_id["biz_opaque_callback_data"] == "abc"
    with pytest.raises(ValueError, match="phone"):
        payloads.envelope(content)


def test_reaction_has_no_context():
    content = payloads.reaction("wamid.1", "👍")
    assert "context" not in payloads.envelope(content, wa_id="1", quoted="wamid.1")


def test_media_kinds():
    assert payloads.media("voice", "9")["audio"] == {"id": "9", "voice": True}
    assert payloads.media("sticker", "9", caption="x") == {
        "type": "sticker",
        "sticker": {"id": "9"},
    }
    document = payloads.media("document", "9", caption="c" * 2000, filename="a.pdf")["document"]
    assert len(document["caption"]) == 1024 and document["filename"] == "a.pdf"


def test_merge_joins_a_text_with_what_follows():
    first = payloads.text("Olá!")
    assert payloads.merge(first, payloads.text("Bem-vindo"))["text"]["body"] == "Olá!\n\nBem-vindo"
    (asked,) = payloads.render("Confirma?", options("Sim"))
    merged = payloads.merge(first, asked)
    assert merged["interactive"]["body"]["text"] == "Olá!\n\nConfirma?"
    assert asked["interactive"]["body"]["text"] == "Confirma?"
    assert payloads.merge(asked, first) is None
    assert payloads.merge(payloads.text("x" * 1020), asked) is None
    assert payloads.merge(payloads.text("x" * 4000), payloads.text("y" * 95)) is None


def test_template_language_is_spelled_as_the_api_wants():
    assert payloads.template("aviso", "pt-BR")["template"]["language"] == {"code": "pt_BR"}


TEXTS = st.text(max_size=60)
OPTIONS = st.lists(st.builds(Option, TEXTS, TEXTS, st.one_of(st.just(""), TEXTS)), max_size=13)
LONG = st.one_of(TEXTS, st.text(alphabet="ab \n", max_size=3000).map(lambda text: text * 5))


def _check(content):
    """Assert every limit of Meta on one content."""
    json.dumps(content).encode()
    if content["type"] == "text":
        assert 1 <= len(content["text"]["body"]) <= 4096
        return
    part = content["interactive"]
    assert 1 <= len(part["body"]["text"]) <= (1024 if part["type"] == "button" else 4096)
    assert len(part.get("header", {}).get("text", "")) <= 60
    assert len(part.get("footer", {}).get("text", "")) <= 60
    if part["type"] == "button":
        replies = [button["reply"] for button in part["action"]["buttons"]]
        assert 1 <= len(replies) <= 3
        assert all(1 <= len(r["title"]) <= 20 and 1 <= len(r["id"]) <= 256 for r in replies)
    else:
        replies = part["action"]["sections"][0]["rows"]
        assert 1 <= len(replies) <= 10 and 1 <= len(part["action"]["button"]) <= 20
        assert all(1 <= len(r["title"]) <= 24 and 1 <= len(r["id"]) <= 200 for r in replies)
        assert all(len(r.get("description", "")) <= 72 for r in replies)
    assert len({reply["id"] for reply in replies}) == len(replies)
    assert len({reply["title"] for reply in replies}) == len(replies)


@given(LONG, OPTIONS, TEXTS, TEXTS, TEXTS)
def test_limits_hold_for_any_input(body, choices, list_button, header, footer):
    for content in payloads.render(body, choices, list_button, header, footer):
        _check(content)


@given(LONG)
def test_splitting_loses_no_word(body):
    def letters(text):
        return "".join(payloads.clean(text).split())

    pieces = payloads.split_text(body)
    assert letters("".join(pieces)) == letters(body)
    assert all(0 < len(piece) <= 4096 for piece in pieces)


@given(st.lists(TEXTS.filter(payloads.clean), min_size=2, max_size=6))
def test_merged_texts_hold_the_limits(texts):
    content = payloads.text(texts[0])
    for following in texts[1:]:
        content = payloads.merge(content, payloads.text(following)) or content
    _check(content)
