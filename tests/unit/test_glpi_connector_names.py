"""Names of categories, places, people, tickets, whatever GLPI did to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glpi_connector import rest
from glpi_connector.rest import text
from sandbox.glpi import GlpiSandbox, demo_state
from tests.cases import case
from tests.contract.test_glpi_dialects import DIALECTS

NAMES = {
    "Caixa d&#039;água &quot;nova&quot;": 'Caixa d\'água "nova"',
    "Joana D&#039;Ávila": "Joana D'Ávila",
    "Joana D&#39;Ávila": "Joana D'Ávila",
    "Joana D&apos;Ávila": "Joana D'Ávila",
    "Joana D&rsquo;Ávila": "Joana D’Ávila",
    "&#34;Sala&#34; &lt;2&gt;": '"Sala" <2>',
    "&#x22;Sala&#x22;": '"Sala"',
    "d&#039;água &#38; esgoto": "d'água & esgoto",
    "d&#039;água & esgoto": "d'água & esgoto",
    "Tributos &amp; d&amp;#039;água": "Tributos & d'água",
    "Manuten&ccedil;&atilde;o": "Manutenção",
    "Sala&nbsp;3": "Sala 3",
    "A&notas": "A&notas",
    "P&D": "P&D",
    "AT&T; Oi": "AT&T; Oi",
    "Rede & Wi-Fi": "Rede & Wi-Fi",
    '100% "novo" <b>': '100% "novo" <b>',
    "": "",
}


@pytest.mark.parametrize(("stored", "read"), NAMES.items())
def test_name(stored, read):
    assert text.name(stored) == read


def test_path_is_read_level_by_level():
    assert text.decode_path("Obras > d&#039;água &#38; esgoto") == "Obras > d'água & esgoto"


@given(st.text(st.characters(exclude_characters="&;", exclude_categories=("Cs", "Cc"))))
def test_names_without_entities_stay_as_they_are(value):
    encoded = value.replace("<", "&#60;").replace(">", "&#62;")
    assert text.name(encoded) == value.replace("\xa0", " ")


@pytest.mark.parametrize("name", DIALECTS)
def test_catalogues_users_and_titles(name):
    dialect, credentials = DIALECTS[name]
    state = demo_state.state()
    stored = "Caixa d&#039;água &quot;nova&quot;"
    state["ITILCategory"].append({"id": 50, "name": stored, "completename": f"Obras > {stored}"})
    state["Location"].append({"id": 50, "name": stored, "completename": stored})
    state["Group"] = [{"id": 50, "name": stored, "completename": stored}]
    state["User"].append(
        {"id": 50, "name": "joana", "firstname": "Joana", "realname": "D&#039;Ávila"}
    )
    wanted = 'Caixa d\'água "nova"'
    with GlpiSandbox(state=state) as glpi, rest.connect(dialect, glpi.url, **credentials) as client:
        category = next(one for one in client.categories() if one.id == 50)
        assert (category.name, category.complete_name) == (wanted, f"Obras > {wanted}")
        assert next(one for one in client.locations() if one.id == 50).name == wanted
        assert next(one for one in client.groups() if one.id == 50).complete_name == wanted
        assert next(one for one in client.users() if one.id == 50).name == "Joana D'Ávila"
        number = client.create_ticket(rest.TicketDraft("x", "<p>x</p>", "CC-1"))
        glpi.store.get("Ticket", number)["name"] = stored
        assert client.read_ticket(number).title == wanted


def test_case_of_names_of_a_city():
    """b11: a category, a user, and both encodings in one name."""
    recorded = case("b11-entities.json")
    given_names = list(recorded["input"].values())
    assert [text.name(one) for one in given_names] == recorded["expected"]
