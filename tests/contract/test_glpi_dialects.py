"""One contract, every dialect: the same cases over each client, on the stand-in.

A technician works on the same rows by the stand-in's own API, whatever the client speaks.
"""

import hashlib
import secrets
from contextlib import contextmanager

import pytest
import requests

from glpi_connector import rest
from glpi_connector.rest import text
from glpi_connector.rest.interface import STATUS_CLOSED, STATUS_PENDING, STATUS_SOLVED
from sandbox.defaults import (
    GLPI_APP_TOKEN,
    GLPI_CLIENT_ID,
    GLPI_CLIENT_SECRET,
    GLPI_PASSWORD,
    GLPI_USER_TOKEN,
    GLPI_USERNAME,
)
from sandbox.glpi import GlpiSandbox, demo_state
from sandbox.glpi.demo_state import BRIDGE, CITIZEN, TECHNICIAN, TECHNICIAN_TOKEN

MARKER = "CC-0123456789ab"
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 40
TOKENS = {"app_token": GLPI_APP_TOKEN, "user_token": GLPI_USER_TOKEN}
OAUTH = {
    "credentials": rest.Credentials(
        GLPI_CLIENT_ID, GLPI_CLIENT_SECRET, GLPI_USERNAME, GLPI_PASSWORD
    )
}
# name -> (dialect, credentials). "alone": without the tokens of the legacy API, what the
# high-level API cannot do is refused, and the test says so.
DIALECTS = {
    "legacy": ("legacy", TOKENS),
    "hlapi": ("hlapi", {**OAUTH, **TOKENS}),
    "hlapi-alone": ("hlapi", OAUTH),
}


def city():
    """Return the demonstration with a tree of categories, and people told apart."""
    state = demo_state.state()
    state["ITILCategory"] += [
        {"id": 7, "name": "Rede", "itilcategories_id": 2, "completename": "Internet e rede > Rede"},
        {"id": 8, "name": "Oculta", "completename": "Oculta", "is_helpdeskvisible": 0},
        {"id": 9, "name": "Voz & dados", "completename": "Voz & dados"},
    ]
    citizen = next(user for user in state["User"] if user["id"] == CITIZEN)
    citizen |= {"mobile": "+55 31 98888-7777", "registration_number": "004512"}
    for number, login, active in ((20, "ana.1", 1), (21, "ana.2", 1), (22, "ana.3", 0)):
        state["User"].append(
            {"id": number, "name": login, "phone": "3138591234", "is_active": active}
        )
        state["UserEmail"].append(
            {"id": number, "users_id": number, "email": f"ana_{number}@pjm.mg.gov.br"}
        )
    return state


class Technician:
    """Paulo, who works in GLPI itself."""

    def __init__(self, glpi):
        self._url = f"{glpi.url}/apirest.php"
        self._headers = {"App-Token": GLPI_APP_TOKEN}
        login = self._ask(
            "GET", "initSession", headers={"Authorization": f"user_token {TECHNICIAN_TOKEN}"}
        )
        self._headers["Session-Token"] = login["session_token"]

    def _ask(self, method, path, headers=None, **options):
        headers = {**self._headers, **(headers or {})}
        url = f"{self._url}/{path}"
        answer = requests.request(method, url, headers=headers, timeout=10, **options)
        assert answer.ok, answer.text
        return answer.json()

    def write(self, itemtype, **values):
        """Create an item on a ticket and return its id."""
        return self._ask("POST", itemtype, json={"input": {"itemtype": "Ticket", **values}})["id"]

    def change(self, ticket_id, **values):
        self._ask("PUT", f"Ticket/{ticket_id}", json={"input": values})

    def attach(self, itemtype, item_id, filename, content):
        """Attach a file to a ticket or followup; return the document's id."""
        manifest = {"name": filename, "_filename": [filename]}
        manifest |= {"itemtype": itemtype, "items_id": item_id}
        parts = {
            "uploadManifest": (
                None,
                requests.compat.json.dumps({"input": manifest}),
                "application/json",
            ),
            "filename[0]": (filename, content),
        }
        return self._ask("POST", "Document", files=parts)["id"]


@pytest.fixture(scope="module")
def glpi():
    with GlpiSandbox(state=city()) as server:
        yield server


@pytest.fixture
def technician(glpi):
    return Technician(glpi)


@pytest.fixture(params=list(DIALECTS))
def client(glpi, request):
    dialect, credentials = DIALECTS[request.param]
    with rest.connect(dialect, glpi.url, **credentials) as connected:
        connected.alone = request.param == "hlapi-alone"
        yield connected


@contextmanager
def unless(client, *, alone):
    """Expect "unsupported" where the high-level API alone cannot do something."""
    if not (alone and client.alone):
        yield
        return
    with pytest.raises(rest.GlpiRefused) as caught:
        yield
    assert caught.value.kind == "unsupported"


def draft(**values):
    content = text.describe(
        "Não imprime & trava", [("Nome", "Maria")], values.get("marker", MARKER)
    )
    defaults = {"title": "Impressora", "content": content, "marker": MARKER}
    return rest.TicketDraft(**defaults | values)


@pytest.fixture
def ticket_id(client):
    return client.create_ticket(draft(requester_id=CITIZEN))


# ---------------------------------------------------------------------- the server
def test_connection_says_version_rights_and_scope(client):
    info = client.test()
    assert info.version and info.missing_rights == ()
    assert info.scope.user_id == BRIDGE
    assert info.scope.entities == (rest.Choice(0, demo_state.CITY),)
    assert info.scope.profiles == (rest.Choice(9, "Integração WhatsApp"),)
    assert (info.scope.profile_id, info.scope.entity_id) == (9, 0)
    assert info.profile == "Integração WhatsApp"


def test_clock_of_the_server(client, ticket_id):
    clock = client.server_clock()
    assert clock.now.tzinfo and clock.utc_offset_seconds == -3 * 3600


# ---------------------------------------------------------------------- tickets
def test_a_ticket_arrives_whole(client):
    marker = f"CC-{secrets.token_hex(6)}"
    opened = client.create_ticket(
        draft(
            marker=marker,
            category_id=1,
            location_id=2,
            request_type_id=7,
            requester_id=CITIZEN,
            urgency=4,
        )
    )
    news = client.read_ticket(opened)
    assert (news.status, news.title, news.writer_id) == (1, "Impressora", BRIDGE)
    assert (news.category_id, news.location_id, news.urgency, news.entity_id) == (1, 2, 4, 0)
    assert news.opened_at and news.utc_offset_seconds == -3 * 3600 and not news.deleted
    assert client.actors(opened) == [rest.Actor("requester", CITIZEN)]
    assert client.find_tickets(marker) == [opened]
    assert client.find_tickets("CC-000000000000") == []


def test_a_requester_without_account(client):
    opened = client.create_ticket(draft(requester_email="visita@example.test"))
    known = [] if client.alone else [rest.Actor("requester", email="visita@example.test")]
    assert client.actors(opened) == known


def test_an_unknown_ticket_is_not_found(client):
    with pytest.raises(rest.GlpiRefused) as caught:
        client.read_ticket(999_999)
    assert caught.value.kind == "not_found"


def test_changed_tickets_come_in_order_with_overlap(client, technician, ticket_id):
    other = client.create_ticket(draft())
    technician.change(ticket_id, urgency=5)
    mark = client.read_ticket(ticket_id).date_mod
    changed = list(client.changed_tickets(mark))
    assert ticket_id in dict(changed) and dict(changed)[ticket_id] == mark
    assert [at for _id, at in changed] == sorted(at for _id, at in changed)
    everything = dict(client.changed_tickets("2020-01-01 00:00:00"))
    assert {ticket_id, other} <= set(everything)


def test_status_changes(client, ticket_id):
    client.set_status(ticket_id, STATUS_PENDING)
    assert client.read_ticket(ticket_id).status == STATUS_PENDING
    with pytest.raises(ValueError, match="99"):
        client.set_status(ticket_id, 99)


def test_changing_what_is_gone_is_refused(client):
    with pytest.raises(rest.GlpiRefused):
        client.set_status(999_999, STATUS_PENDING)


def test_actors_of_every_kind(client, technician, ticket_id):
    technician.write("Ticket_User", tickets_id=ticket_id, users_id=TECHNICIAN, type=2)
    technician.write("Group_Ticket", tickets_id=ticket_id, groups_id=1, type=2)
    assert set(client.actors(ticket_id)) == {
        rest.Actor("requester", CITIZEN),
        rest.Actor("assigned", TECHNICIAN),
        rest.Actor("assigned", group_id=1),
    }


# ---------------------------------------------------------------------- followups and solutions
def test_followups_both_ways(client, technician, ticket_id):
    mine = client.add_followup(ticket_id, text.followup(f"Ainda parada {MARKER}-f1"))
    public = technician.write("ITILFollowup", items_id=ticket_id, content="<p>A caminho</p>")
    private = technician.write("ITILFollowup", items_id=ticket_id, content="segredo", is_private=1)
    news = client.followups(client.read_ticket(ticket_id))
    assert [(item.id, item.user_id, item.private) for item in news] == [
        (mine, BRIDGE, False),
        (public, TECHNICIAN, False),
        (private, TECHNICIAN, True),
    ]
    assert "A caminho" in news[1].content and news[1].at.tzinfo
    assert client.find_followup(ticket_id, f"{MARKER}-f1") == mine
    assert client.find_followup(ticket_id, f"{MARKER}-f2") is None


def test_a_followup_leaves_a_pending_ticket_pending_when_asked(client, ticket_id):
    client.set_status(ticket_id, STATUS_PENDING)
    client.add_followup(ticket_id, "<p>nota</p>", private=True, no_reopen=True)
    assert client.read_ticket(ticket_id).status == STATUS_PENDING
    client.add_followup(ticket_id, "<p>resposta</p>")
    assert client.read_ticket(ticket_id).status == 1


def test_a_solution_is_refused_and_then_approved(client, technician, ticket_id):
    technician.write("ITILSolution", items_id=ticket_id, content="<p>Troquei o cabo</p>")
    news = client.read_ticket(ticket_id)
    assert news.status == STATUS_SOLVED
    (solution,) = client.solutions(news)
    assert (solution.user_id, solution.status) == (TECHNICIAN, 2)
    with pytest.raises(ValueError, match="reason"):
        client.refuse_solution(ticket_id, " ")
    client.refuse_solution(ticket_id, "<p>Continua parada</p>")
    assert client.read_ticket(ticket_id).status == 1
    technician.write("ITILSolution", items_id=ticket_id, content="<p>Troquei a placa</p>")
    client.approve_solution(ticket_id)
    news = client.read_ticket(ticket_id)
    assert news.status == STATUS_CLOSED
    assert [solution.status for solution in client.solutions(news)] == [4, 3]


# ---------------------------------------------------------------------- documents
def test_files_both_ways(client, technician, ticket_id):
    photo = rest.DocumentDraft("foto.png", "image/png", PNG, "foto.png (2026-000001-1)")
    sent = None
    with unless(client, alone=True):
        sent = client.add_document(ticket_id, photo)
        assert client.find_document(ticket_id, photo) == sent
    sent = sent or technician.attach("Ticket", ticket_id, "foto.png", PNG)
    followup = technician.write("ITILFollowup", items_id=ticket_id, content="veja")
    answer = technician.attach("ITILFollowup", followup, "laudo & nota.pdf", b"%PDF-1.4 laudo")
    news = client.documents(client.read_ticket(ticket_id))
    if client.alone:  # files of followups are not told, nor whose a file is
        assert [(item.id, item.filename) for item in news] == [(sent, "foto.png")]
    else:
        assert [(item.id, item.followup_id, item.user_id) for item in news] == [
            (sent, 0, BRIDGE),
            (answer, followup, TECHNICIAN),
        ]
        assert (news[1].filename, news[1].mimetype) == ("laudo & nota.pdf", "application/pdf")
    assert client.download(answer, 1000) == b"%PDF-1.4 laudo"
    with pytest.raises(rest.GlpiRefused) as caught:
        client.download(answer, 5)
    assert caught.value.kind == "document_size"
    with pytest.raises(rest.GlpiRefused) as caught:
        client.download(999_999, 1000)
    assert caught.value.kind == "not_found"


def test_a_file_on_our_own_followup(client, ticket_id):
    followup = client.add_followup(ticket_id, "<p>segue</p>")
    photo = rest.DocumentDraft("foto.png", "image/png", PNG, "foto.png (2026-000001-2)")
    with unless(client, alone=True):
        sent = client.add_document(ticket_id, photo, followup_id=followup)
        assert client.find_document(ticket_id, photo, followup_id=followup) == sent
        (item,) = client.documents(client.read_ticket(ticket_id))
        assert (item.id, item.followup_id) == (sent, followup)


def test_a_file_that_glpi_refuses(client, ticket_id):
    video = rest.DocumentDraft("v.mp4", "video/mp4", b"video", "v.mp4 (2026-000001-3)")
    with pytest.raises(rest.GlpiRefused) as caught:
        client.add_document(ticket_id, video)
    assert caught.value.kind == ("unsupported" if client.alone else "document_type")
    assert client.documents(client.read_ticket(ticket_id)) == []


def test_the_bytes_arrive_unchanged(client, ticket_id):
    content = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400
    photo = rest.DocumentDraft("g.png", "image/png", content, "g.png (2026-000001-4)")
    with unless(client, alone=True):
        back = client.download(client.add_document(ticket_id, photo), len(content))
        assert hashlib.sha1(back).digest() == hashlib.sha1(content).digest()


# ---------------------------------------------------------------------- people and catalogues
def test_requesters_are_found_exactly(client):
    by_email = client.find_user(email="MARIA.souza@pjm.mg.gov.br")
    assert (by_email.id, by_email.login, by_email.name) == (CITIZEN, "maria.souza", "Maria Souza")
    assert client.find_user(phone="553188887777").id == CITIZEN
    assert client.find_user(registration="004512").id == CITIZEN
    assert client.find_user(email="mariaXsouza@pjm.mg.gov.br") is None
    assert client.find_user(registration="4512") is None
    # two people share the line: both are told, and none is taken
    assert [user.id for user in client.find_users(phone="(31) 3859-1234")] == [20, 21]
    assert client.find_user(phone="3138591234") is None
    assert client.find_users(email="ana_22@pjm.mg.gov.br") == []  # switched off
    assert client.find_users() == [] and client.find_users(phone="12") == []


def test_trees(client):
    categories = {item.id: item for item in client.categories()}
    assert categories[7].complete_name == "Internet e rede > Rede"
    assert categories[7].parent_id == 2 and categories[7].visible
    assert not categories[8].visible and categories[9].name == "Voz & dados"
    assert [item.name for item in client.locations()] == list(demo_state.LOCATIONS)
    assert [item.name for item in client.entities()] == [demo_state.CITY]
    assert [item.complete_name for item in client.groups()] == ["Suporte de TI"]
    assert "WhatsApp" in [item.name for item in client.request_types()]
    assert client.has_category(7) and not client.has_category(777)
    assert client.has_location(2) and not client.has_location(777)


def test_users(client):
    users = {user.id: user for user in client.users()}
    maria = users[CITIZEN]
    assert (maria.login, maria.name) == ("maria.souza", "Maria Souza")
    assert maria.emails == ("maria.souza@pjm.mg.gov.br",)
    assert maria.phones == ("+55 31 98888-7777",) and maria.registration == "004512"
    assert users[20].visible and not users[22].visible
    assert list(users) == sorted(users)


def test_only_what_changed(client, glpi):
    since = "2040-01-01 00:00:00"
    assert list(client.categories(since)) == [] and list(client.users(since)) == []
    with glpi.store.lock:
        glpi.store.get("ITILCategory", 3)["date_mod"] = "2040-01-01 00:00:00"
        glpi.store.get("User", 20)["date_mod"] = "2040-01-01 00:00:05"
    assert [item.id for item in client.categories(since)] == [3]
    assert [user.id for user in client.users(since)] == [20]
    with glpi.store.lock:
        glpi.store.get("ITILCategory", 3)["date_mod"] = None
        glpi.store.get("User", 20)["date_mod"] = None
