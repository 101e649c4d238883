"""Databases without four-byte characters: other texts, and the learned width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_connector import rest
from glpi_connector.rest import narrow, text
from sandbox.glpi import GlpiSandbox
from tests.cases import case
from tests.contract.test_glpi_dialects import DIALECTS, PNG, draft


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("Buraco na rua 😡", "Buraco na rua"),
        ("👍", "[emoji]"),
        ("👍🏽", "[emoji]"),
        ("<p>👨‍👩‍👧</p>", "<p>[emoji]</p>"),
        ("𝐁𝐨𝐦 𝒅𝒊𝒂", "Bom dia"),
        ("a 😡 b", "a  b"),
        ("festa 🎉.png", "festa.png"),
        ("<p>Rua A<br>🚨</p><p>x</p>", "<p>Rua A<br>[emoji]</p><p>x</p>"),
        ("linha 🚨\nfim", "linha\nfim"),
        ("☎ 3333-4444 ✔", "☎ 3333-4444 ✔"),
        ("<3 😍 obrigada", "<3  obrigada"),
        ("<😍>", "<>"),
        ("", ""),
        ("1️⃣ rua", "1️⃣ rua"),
    ],
)
def test_narrow_text(given_text, kept):
    assert narrow.narrow_text(given_text) == kept


@given(st.text() | st.text(st.sampled_from("<>ab /😀👩\u200d\ufe0f\n")))
def test_nothing_wide_is_left_and_nothing_else_is_lost(given_text):
    kept = narrow.narrow_text(given_text)
    assert not narrow.is_wide(kept)
    if not narrow.is_wide(given_text):
        assert kept == given_text
    if given_text.strip():
        assert kept.strip() or not given_text.replace("\u200d", "").strip()
    assert narrow.narrow_text(kept) == kept


def connected(glpi, dialect, learned):
    name, credentials = dialect
    width = rest.Width(learned=learned.append)
    return rest.connect(name, glpi.url, width=width, **credentials)


# GLPI 11 does not run on a database that cuts in silence
@pytest.mark.parametrize(
    ("name", "how"),
    [("legacy", "refuse"), ("legacy", "cut"), ("hlapi", "refuse"), ("hlapi-alone", "refuse")],
)
def test_every_text_arrives_without_them(name, how):
    dialect = DIALECTS[name]
    learned = []
    with GlpiSandbox() as glpi, connected(glpi, dialect, learned) as client:
        glpi.store.settings["utf8mb3"] = how
        content = text.describe("Buraco na rua 😡", marker="CC-aaaaaaaaaaaa")
        number = client.create_ticket(draft(title="Buraco 😡", content=content))
        row = glpi.store.get("Ticket", number)
        assert row["name"].strip() == "Buraco"
        assert "Buraco na rua" in row["content"] and "CC-aaaaaaaaaaaa" in row["content"]
        assert learned == [narrow.NARROW]
        client.add_followup(number, text.followup("Obrigada 🙏", "CC-bbbbbbbbbbbb"))
        assert client.find_followup(number, "CC-bbbbbbbbbbbb")
        if name != "hlapi-alone":
            file = rest.DocumentDraft("f 🎉.png", "image/png", PNG, "f 🎉.png (1)")
            document = client.add_document(number, file)
            assert client.find_document(number, file) == document
            assert not narrow.is_wide(glpi.store.get("Document", document)["name"])


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (rest.GlpiRefused("add"), True),
        (rest.GlpiRefused("update"), True),
        (rest.GlpiDown("unavailable", "Incorrect string value: '\\xF0'", "ERROR_SQL", 500), True),
        (rest.GlpiDown("unavailable", "Bad Gateway", "", 502), False),
        (rest.GlpiRefused("right"), False),
        (rest.GlpiRefused("not_found"), False),
    ],
)
def test_second_try_only_where_it_may_be_the_text(error, again):
    sent, learned = [], []

    def send(value):
        sent.append(value)
        if narrow.is_wide(value):
            raise error
        return "ok"

    width = rest.Width(learned=learned.append)
    assert width.send(send, {"content": "sem emoji"}) == "ok"
    if again:
        assert width.send(send, {"content": "com 😡"}) == "ok"
        assert (sent[-1], learned) == ({"content": "com"}, [narrow.NARROW])
    else:
        with pytest.raises(type(error)):
            width.send(send, {"content": "com 😡"})
        assert not learned and len(sent) == 2


def test_case_of_a_city_is_opened():
    """w20: GLPI answers 400 ERROR_GLPI_ADD to code points above U+FFFF."""
    description = case("w20-glpi-utf8mb3.json")["payload"]["description"]
    learned = []
    with GlpiSandbox() as glpi, connected(glpi, DIALECTS["legacy"], learned) as client:
        glpi.store.settings["utf8mb3"] = "refuse"
        number = client.create_ticket(draft(content=text.describe(description, marker="CC-1")))
        assert "Buraco na rua" in glpi.store.get("Ticket", number)["content"]
