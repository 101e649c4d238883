"""The targets of fuzzing: how an input is made, what every one must meet.

A check raises for anything that it does not know as an answer to bad input.
"""

import contextlib
import io
import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Any

import openpyxl

from chatbot_flow.engine import check as check_flow
from chatbot_flow.engine import exchange
from contact_center.core import contacts, holiday_calendar, phones
from contact_center.core.holiday_errors import HolidayFileError
from contact_center_contact.core import documents, search
from glpi_connector.rest import images, readable
from glpi_connector.rest import text as glpi_text
from tests.fuzz import mutate
from tests.unit import whatsapp_bodies as bodies
from whatsapp_helpdesk.cloud_api import (
    account_news,
    calls,
    events,
    markup,
    messages,
    sanitize,
    signature,
)

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Target:
    """One reader of other people's bytes.

    :ivar make: input out of a `random.Random`
    :ivar check: raises when something does not hold
    """

    make: Callable[[random.Random], Any]
    check: Callable[[Any], None]


# --- WhatsApp's webhook ---------------------------------------------------------------------------
_BODIES = [
    *(
        bodies.call(
            {"messages": [{"from": bodies.ANA, "id": "wamid.1", "timestamp": "1", **fields}]}
        )
        for fields, _read in bodies.MESSAGES
    ),
    *(body for body, _kinds in bodies.SHAPES),
    *(bodies.call(value, field) for field, value, _kinds in bodies.FIELDS),
    *(
        bodies.call({"statuses": [{"id": "wamid.9", "recipient_id": bodies.ANA, **fields}]})
        for fields, _read in bodies.STATUSES
    ),
]


def _webhook(body: bytes) -> None:
    """Check that something storable is kept of any JSON, and the jobs can read it."""
    try:
        payload = sanitize.load(body)
    except ValueError:
        return  # kept whole, as unreadable
    items = events.split(payload)
    assert items
    for item in items:
        stored = json.dumps(item.payload, ensure_ascii=False)
        assert not UNSTORABLE.search(stored) and not UNSTORABLE.search(item.key)
        assert 0 < len(item.key) <= 200
        messages.parse_message(item.payload)
        messages.parse_message(item.payload, echo=True)
        messages.parse_status(item.payload)
        calls.parse(item.payload)
        value = item.payload.get("value")
        account_news.read(
            item.payload.get("field") or "", value if isinstance(value, dict) else {}, item.at
        )


# --- signature ------------------------------------------------------------------------------------
_SECRETS = ("segredo", "another secret", "é")


def _signed(draw: random.Random) -> tuple[bytes, str | None]:
    body = mutate.data(draw, [b'{"entry":[]}', b"", b"\xff\x00"])
    header = signature.sign(draw.choice((*_SECRETS, "", "strange")), body)
    way = draw.randrange(4)
    if way == 0:
        header = mutate.text(draw, [header, "sha256=", "sha1=" + "a" * 40])
    if way == 1:
        body = mutate.data(draw, [body])
    return body, header


def _signature(given: tuple[bytes, str | None]) -> None:
    """Check that only bodies signed with one of the secrets pass, whatever the header."""
    body, header = given
    expected = {signature.sign(secret, body): secret for secret in _SECRETS}
    found = signature.matching_secret(("", *_SECRETS), body, header)
    assert found == expected.get((header or "").strip())
    assert signature.matching_secret(("",), body, header) is None
    assert signature.matching_secret((), body, header) is None


# --- WhatsApp's marks and HTML --------------------------------------------------------------------
class _Safe(HTMLParser):
    """Fails on any tag or attribute that to_html does not make itself."""

    ALLOWED = frozenset({"strong", "em", "s", "code", "pre", "br", "a", "blockquote"})

    def handle_starttag(self, tag, attrs):
        assert tag in self.ALLOWED, tag
        for name, value in attrs:
            assert tag == "a" and name in ("href", "target", "rel"), (tag, name)
            assert name != "href" or value.startswith(("http://", "https://")), value

    def handle_comment(self, data):
        raise AssertionError("a comment")

    def handle_decl(self, decl):
        raise AssertionError("a declaration")


_MARKED = [
    "*Atenção*: leia",
    "```x < y```",
    "> citado\nresposta",
    "veja https://exemplo.org/a?b=1&c=2.",
    "- item\n1. x",
    "_a_ ~b~ `c`",
    "*_a_*",
    "",
    "<b>&",
]
_PAGES = [
    "<p>Olá <b>Maria</b>,</p><p>tudo bem?</p>",
    "<ul><li>um</li><li>dois</li></ul>",
    "<b><i>a</b></i>",
    '<a href="https://x.org/a">aqui</a>',
    "<blockquote>a<br>b</blockquote>c",
    "<pre>x\n  y</pre>",
    "a&nbsp;&lt;b&gt;&amp;",
    "<script>alert(1)</script>oi",
    "<table><tr><td>a</td><td>b</td></tr></table>",
    "<p>a</p><p><br></p><p>b</p>",
    "",
    '<img src="/front/document.send.php?docid=12&amp;itemtype=Ticket" alt="x">',
    "&lt;p&gt;Olá&lt;/p&gt;",
    "&#60;p&#62;x&#60;/p&#62;",
    '<img src="data:image/png;base64,iVBORw0KGgo=">',
    "<ol start='3'><li>x<ul><li>y</li></ul></li></ol>",
]


def _to_html(said: str) -> None:
    """Check that no text becomes a script."""
    shown = markup.to_html(said)
    parser = _Safe()
    parser.feed(shown)
    parser.close()
    assert "\x00" not in shown


def _from_html(source: str) -> None:
    """Check that any HTML is read, and that the result is shown safely again."""
    _to_html(markup.from_html(source))


# --- GLPI's HTML ----------------------------------------------------------------------------------
def _glpi_html(source: str) -> None:
    """Check that any text of GLPI's is decoded, read and searched for pictures."""
    decoded = glpi_text.decode_html(source)
    plain = readable.html_to_text(decoded)
    assert isinstance(plain, str)
    markup.to_html(plain)
    assert all(isinstance(number, int) and number > 0 for number in images.document_ids(decoded))
    for picture in images.inline(decoded, 1000):
        assert len(picture.data) <= 1000
    images.only_elsewhere(decoded)
    glpi_text.name(source)
    glpi_text.decode_path(source)
    assert glpi_text.encoded_size(glpi_text.describe(source)) >= 0
    assert len(glpi_text.title(source)) <= glpi_text.TITLE_LIMIT


# --- flow file ------------------------------------------------------------------------------------
_FLOW = {
    "format": exchange.FORMAT,
    "name": "Pequeno",
    "steps": [
        {
            "key": "menu",
            "kind": "menu",
            "title": "Assunto",
            "text": "Olá!\n\nDo que se trata? {nome}",
            "options": [
                {"id": "a", "title": "no", "keywords": ["12:30", "sim", "012"], "goto": "nome"},
                {"id": "b", "title": "156", "goto": "fim", "set": {"x": "1", "y": 2}},
            ],
        },
        {
            "key": "nome",
            "kind": "input",
            "variable": "nome",
            "text": "Nome?",
            "input_type": "text",
            "goto": "fim",
        },
        {"key": "fim", "kind": "end", "title": "Fim", "outcome": "resolved"},
    ],
}
_FLOW_FILES = [exchange.dump(_FLOW), json.dumps(_FLOW, ensure_ascii=False)]


def _flow_text(draw: random.Random) -> str:
    if draw.random() < 0.5:
        return mutate.text(draw, _FLOW_FILES)
    return json.dumps(mutate.value(draw, [_FLOW]), ensure_ascii=False)


def _flow_file(source: str) -> None:
    """Check that a file is a flow, or has problems with lines; the engine judges any flow."""
    document = exchange.load(source)
    assert document.problems or document.data is not None
    for problem in document.problems:
        assert problem.line is None or problem.line >= 0
    if not document.problems and not check_flow(document.data):
        assert not exchange.load(exchange.dump(document.data)).problems


# --- contact import -------------------------------------------------------------------------------
_CELLS = [
    "(31) 99876-5432",
    "+55 31 3277-0000 ramal 12",
    "31998765432 / 31 3277-1111",
    "5,531998765432E+12",
    "529.982.247-25",
    "11.222.333/0001-81",
    "Maria da Conceição D'Ávila",
    "não tem",
    "0800 123 4567",
    "maria@exemplo.org",
    "",
    "１２３４５６７８９",
]


_NO_PHONE = ("none", "short", "lost", "service", "invalid")


def _contact(cell: str) -> None:
    """Check that a telephone can be called, or has a reason why not; keys are short and plain."""
    try:
        found = phones.read(cell, "31")
    except phones.NotAPhone as error:
        assert error.reason in _NO_PHONE  # noqa: PT017 - most cells are none
    else:
        assert found.numbers
        for number in found.numbers:
            assert re.fullmatch(r"\+[0-9]{6,15}", number), number
        shown, more = contacts.tidy_phone(cell, "31")
        assert contacts.phone_key(shown) and isinstance(more, str)
    key = contacts.phone_key(cell)
    assert re.fullmatch(r"[0-9]*", key, re.ASCII) and len(key) <= 20
    contacts.phone_display(cell)
    with contextlib.suppress(ValueError):  # neither a CPF nor a CNPJ
        # Letters: a CNPJ may have them since 2026
        assert re.fullmatch(r"[0-9A-Z./-]{14,18}", documents.format_document(cell), re.ASCII)
    search.search_text(cell, phones=(cell,))
    search.search_words(cell)
    search.phone_forms(cell)


# --- holiday import -------------------------------------------------------------------------------
def _sheet() -> bytes:
    book = openpyxl.Workbook()
    for row in (["Data", "Feriado"], [date(2026, 12, 8), "Conceição"], ["01/05", "Trabalho"]):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


_CALENDAR = "\r\n".join(
    "BEGIN:VCALENDAR VERSION:2.0 BEGIN:VEVENT DTSTART;VALUE=DATE:20261208 RRULE:FREQ=YEARLY "
    "SUMMARY:Conceição END:VEVENT END:VCALENDAR".split(" ")
)
_HOLIDAYS = [
    "Data;Feriado\n08/12/2026;Imaculada Conceição\n1º de maio;Trabalho\n".encode()
    + b"24/12 a 26/12;Recesso\n",
    "Data,Feriado\r2026-12-08,Conceição\r".encode("latin-1"),
    "Data;Feriado\n08/12;Conceição\n".encode("utf-16"),
    _CALENDAR.encode(),
    b"<table><tr><td>08/12/2026</td><td>Dia</td></tr></table>",
]
_SHEETS = [_sheet()]


def _holiday_bytes(draw: random.Random) -> bytes:
    # Unpacking a damaged sheet is slow, and openpyxl's own
    return mutate.data(draw, _SHEETS if draw.random() < 0.03 else _HOLIDAYS)


def _holidays(content: bytes) -> None:
    """Check that a file is read to days within reach, or refused with its row."""
    try:
        days = holiday_calendar.read_file(content, range(2026, 2029))
    except HolidayFileError as error:
        assert error.row >= 0  # noqa: PT017 - most files are none
        return
    for day in days:
        assert day.name.strip() and 1900 <= day.date.year <= 2200


TARGETS = {
    "webhook": Target(lambda draw: mutate.as_json(draw, mutate.value(draw, _BODIES)), _webhook),
    "signature": Target(_signed, _signature),
    "to_html": Target(lambda draw: mutate.text(draw, _MARKED), _to_html),
    "from_html": Target(lambda draw: mutate.text(draw, _PAGES), _from_html),
    "glpi_html": Target(lambda draw: mutate.text(draw, _PAGES), _glpi_html),
    "flow_file": Target(_flow_text, _flow_file),
    "contacts": Target(lambda draw: mutate.text(draw, _CELLS, 100), _contact),
    "holidays": Target(_holiday_bytes, _holidays),
}
