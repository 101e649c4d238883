"""The client on the simulated GLPI: sessions, failures, a search before repeats."""

from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from glpi_connector import rest
from glpi_connector.rest import documents, text, transport
from sandbox.defaults import GLPI_APP_TOKEN, GLPI_USER_TOKEN
from sandbox.glpi import GlpiSandbox, demo_state
from tests.unit.glpi_answers import answer

MARKER = "CC-0123456789ab"
JPEG = b"\xff\xd8\xff" + b"x" * 30


NOW = datetime(2026, 11, 21, 19, 41, 56, tzinfo=timezone(timedelta(hours=-3)))


class Glpi(requests.Session):
    """The client's way to the simulated GLPI; keeps what went along it."""

    def __init__(self, server):
        super().__init__()
        self.server, self.store, self.url = server, server.store, server.url
        self.log, self.sent, self.bodies = [], [], []

    def request(self, method, url, **options):
        self.log.append(f"{method} {urlsplit(url).path.partition('/apirest.php/')[2]}")
        self.sent.append(options["headers"])
        if method == "POST" and options["json"]:
            self.bodies.append(options["json"]["input"])
        return super().request(method, url, **options)

    def on(self, request, **rule):
        """Apply a rule to the next request of a kind."""
        self.server.line.add({"request": request, **rule})

    def rows(self, kind):
        """Return the rows of a kind."""
        return list(self.store.tables[kind].values())


@pytest.fixture
def glpi():
    state = demo_state.state() | {"Ticket": [], "Ticket_User": []}
    with GlpiSandbox(state=state, clock=lambda: NOW) as server, Glpi(server) as way:
        yield way


def connect(http, url="", app=GLPI_APP_TOKEN, user=GLPI_USER_TOKEN):
    url = url or getattr(http, "url", "https://glpi.example.test")
    return rest.connect("legacy", url, app, user, http=http)


def draft(**values):
    content = text.describe("Não imprime", [("Nome", "Maria")], MARKER)
    return rest.TicketDraft(
        **{"title": "Impressora", "content": content, "marker": MARKER} | values
    )


# ---------------------------------------------------------------------- addresses and tokens
@pytest.mark.parametrize(
    "typed",
    [
        "https://glpi.example.test/glpi",
        " https://glpi.example.test/glpi/ ",
        "https://glpi.example.test/glpi/apirest.php",
        "https://glpi.example.test/glpi/apirest.php/",
        "https://glpi.example.test/glpi/front/central.php",
        "https://glpi.example.test/glpi/index.php",
    ],
)
def test_address_is_understood(typed):
    assert transport.normalise_url(typed) == "https://glpi.example.test/glpi/apirest.php"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        None,
        "glpi.example.test",
        "ftp://x",
        "https://",
        "https://u:p@x",
        "https://x?a=1",
        "http://x:99999",
    ],
)
def test_impossible_address_is_named(typed):
    with pytest.raises(rest.GlpiAuth) as caught:
        transport.normalise_url(typed)
    assert caught.value.kind == "url_format"


@given(st.text(max_size=60))
def test_any_text_as_address_is_an_address_or_a_named_error(typed):
    try:
        address = transport.normalise_url(typed)
    except rest.GlpiAuth as error:
        address = error.kind
    assert address == "url_format" or address.endswith("/apirest.php")


@pytest.mark.parametrize(("app", "user", "kind"), [
    ("a b", "u", "app_token_format"), ("a", "tókén", "user_token_format"),
    ("a", "  ", "user_token"),
])  # fmt: skip
def test_token_that_no_header_can_carry(glpi, app, user, kind):
    with pytest.raises(rest.GlpiAuth) as caught:
        connect(glpi, app=app, user=user)
    assert caught.value.kind == kind


def named(*names):
    return [{"id": n, "name": name, "completename": name} for n, name in enumerate(names, 1)]


# ---------------------------------------------------------------------- sessions
def test_one_session_serves_all_calls_and_is_ended(glpi):
    with connect(glpi) as client:
        client.create_ticket(draft())
        client.find_tickets(MARKER)
    assert glpi.log == ["GET initSession", "POST Ticket", "GET search/Ticket", "GET killSession"]
    assert all(headers["App-Token"] == GLPI_APP_TOKEN for headers in glpi.sent)
    assert glpi.sent[0]["Authorization"] == f"user_token {GLPI_USER_TOKEN}"
    assert all("Authorization" not in headers for headers in glpi.sent[1:])


def test_forgotten_session_is_opened_again_once(glpi):
    client = connect(glpi)
    client.find_tickets(MARKER)
    glpi.server.api.sessions.expire_all()
    ticket_id = client.create_ticket(draft())
    assert [row["id"] for row in glpi.rows("Ticket")] == [ticket_id]
    lost = '["ERROR_SESSION_TOKEN_INVALID", "x"]'
    glpi.on("GET search", times=2, status=401, body=lost)
    with pytest.raises(rest.GlpiAuth) as caught:
        client.find_tickets(MARKER)
    assert caught.value.kind == "session"


def test_unused_client_sends_nothing_and_close_never_raises(glpi):
    connect(glpi).close()
    assert not glpi.log
    client = connect(glpi)
    client.find_tickets(MARKER)
    glpi.server.faults.set_down(True)
    client.close()


# ---------------------------------------------------------------------- failures
class Raising:
    """HTTP that raises or answers what it is told."""

    def __init__(self, outcome):
        self.outcome = outcome

    def request(self, method, url, **options):
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def page(status, body=b"<html>Login</html>"):
    response = answer(status)
    response._content = body
    return response


@pytest.mark.parametrize(
    ("outcome", "error", "kind"),
    [
        (requests.ConnectionError("NewConnectionError: refused"), rest.GlpiDown, "unreachable"),
        (requests.ConnectTimeout("x"), rest.GlpiDown, "connect_timeout"),
        (requests.ReadTimeout("x"), rest.GlpiDown, "timeout"),
        (requests.exceptions.ChunkedEncodingError("x"), rest.GlpiDown, "truncated"),
        (requests.exceptions.SSLError("certificate verify failed"), rest.GlpiAuth, "tls"),
        (page(503), rest.GlpiDown, "unavailable"),
        (page(502, b""), rest.GlpiDown, "unavailable"),
        (page(429), rest.GlpiDown, "unavailable"),
        (page(404), rest.GlpiAuth, "url"),
        (page(302), rest.GlpiAuth, "redirect"),
        (page(200), rest.GlpiDown, "html"),
        (page(200, b""), rest.GlpiCrash, "crash"),
        (answer(200, {"other": 1}), rest.GlpiAuth, "url"),
        (answer(400, ["ERROR", "API desativada"]), rest.GlpiAuth, "api_disabled"),
        (answer(400, ["ERROR_NOT_ALLOWED_IP", "x"]), rest.GlpiAuth, "ip"),
        (answer(418, ["SOMETHING_NEW", "x"]), rest.GlpiRefused, "refused"),
    ],
)
def test_every_failure_at_login_has_a_name(outcome, error, kind):
    with pytest.raises(error) as caught:
        connect(Raising(outcome)).test()
    assert caught.value.kind == kind
    assert GLPI_USER_TOKEN not in f"{caught.value!s}{caught.value!r}{caught.value.__dict__}"


def test_broken_line_says_whether_the_request_may_have_arrived():
    refused = requests.ConnectionError("NewConnectionError: [Errno 111] Connection refused")
    broken = requests.ConnectionError("('Connection aborted.', RemoteDisconnected(''))")
    for failure, maybe_done in ((refused, False), (broken, True)):
        with pytest.raises(rest.GlpiDown) as caught:
            connect(Raising(failure)).test()
        assert caught.value.maybe_done is maybe_done


def test_lost_answer_is_found_by_the_marker(glpi):
    client = connect(glpi)
    glpi.on("POST Ticket", work="done")
    with pytest.raises(rest.GlpiDown) as caught:
        client.create_ticket(draft())
    assert caught.value.maybe_done
    assert client.find_tickets(MARKER) == [glpi.rows("Ticket")[0]["id"]]
    assert client.find_tickets("CC-ffffffffffff") == []


def test_empty_200_is_a_crash(glpi):
    glpi.on("POST Ticket", status=200, content_type="text/html")
    with pytest.raises(rest.GlpiCrash) as caught:
        connect(glpi).create_ticket(draft())
    assert caught.value.maybe_done and isinstance(caught.value, rest.GlpiDown)


def test_client_shows_no_secret(glpi):
    client = connect(glpi)
    assert "token" not in repr(client._transport).replace("Transport", "")


# ---------------------------------------------------------------------- content
def test_ticket_carries_what_glpi_needs(glpi):
    connect(glpi).create_ticket(
        draft(title="x" * 500, category_id=2, location_id=1, requester_email="v@example.test")
    )
    (values,) = glpi.bodies
    assert values["status"] == 1 and values["itilcategories_id"] == 2
    assert values["_users_id_requester"] == 0
    assert values["_users_id_requester_notif"]["alternative_email"] == ["v@example.test"]
    assert len(values["name"].encode()) < 200
    assert "_users_id_assign" not in values


def test_catalogues_are_read_page_by_page(glpi, monkeypatch):
    monkeypatch.setattr(rest.legacy_calls, "PAGE", 3)
    glpi.store.reset({"ITILCategory": named(*(f"Tipo &#38; {n}" for n in range(1, 9)))})
    items = list(connect(glpi).categories())
    assert [item.id for item in items] == list(range(1, 9))
    assert items[0].complete_name == "Tipo & 1"
    assert glpi.log.count("GET ITILCategory") == 3
    glpi.store.tables["Location"].clear()
    assert list(connect(glpi).locations()) == []


def test_unknown_category_is_a_no_but_a_missing_right_is_an_error(glpi):
    client = connect(glpi)
    assert client.has_category(1) and not client.has_category(99)
    glpi.store.settings["rights_missing"] = ["Location"]
    with pytest.raises(rest.GlpiRefused) as caught:
        client.has_location(1)
    assert caught.value.kind == "right"


def test_user_is_the_only_exact_match(glpi):
    people = (
        (8, "ana_b@example.test", "+55 31 98888-7777"),
        (9, "anaXb@example.test", "31 97777-7777"),
        (10, "c@example.test", "31 97777-7777"),
    )
    for number, email, mobile in people:
        glpi.store.insert("User", {"name": f"u{number}", "mobile": mobile}, number)
        glpi.store.insert("UserEmail", {"users_id": number, "email": email}, number)
    client = connect(glpi)
    assert client.find_user("ANA_B@example.test").id == 8
    assert client.find_user("ninguem@example.test") is None
    assert client.find_user(phone="553188887777").id == 8
    assert client.find_user(phone="5531977777777") is None  # two people: nobody
    assert client.find_user(phone="12") is None


def test_document_is_checked_and_found_again(glpi):
    client = connect(glpi)
    ticket_id = client.create_ticket(draft())
    photo = rest.DocumentDraft("foto.jpg", "image/jpeg", JPEG, f"foto.jpg ({MARKER}-1)")
    glpi.on("POST Document", work="done")
    with pytest.raises(rest.GlpiDown):
        client.add_document(ticket_id, photo)
    assert not glpi.rows("Document_Item")
    found = client.find_document(ticket_id, photo)
    assert glpi.store.get("Document", found)["sha1sum"] == documents.sha1(JPEG)
    assert client.find_document(ticket_id, photo) == found
    (link,) = glpi.rows("Document_Item")
    assert (link["documents_id"], link["items_id"]) == (found, ticket_id)


def test_refused_document_is_removed_and_never_linked(glpi):
    glpi.store.settings["rights_given"] = {"Document": ["delete"]}
    client = connect(glpi)
    ticket_id = client.create_ticket(draft())
    video = rest.DocumentDraft("v.mp4", "video/mp4", b"bytes", "v.mp4")
    with pytest.raises(rest.GlpiRefused) as caught:
        client.add_document(ticket_id, video)
    assert caught.value.kind == "document_type"
    assert not glpi.rows("Document") and not glpi.rows("Document_Item")
    glpi.store.settings["rights_given"] = {}
    with pytest.raises(rest.GlpiRefused):
        client.add_document(ticket_id, video)
    assert not glpi.rows("Document_Item")


def test_news_know_private_followups_and_the_time_zone(glpi):
    client = connect(glpi)
    ticket_id = client.create_ticket(draft())
    client.add_followup(ticket_id, text.followup("segredo"), private=True)
    glpi.rows("ITILFollowup")[0].pop("is_private")
    solution = {"itemtype": "Ticket", "items_id": ticket_id, "users_id": 9, "content": "ok"}
    glpi.store.insert("ITILSolution", solution)
    ticket = client.read_ticket(ticket_id)
    assert (ticket.status, ticket.writer_id, ticket.utc_offset_seconds) == (1, 7, -3 * 3600)
    (followup,) = client.followups(ticket)
    assert followup.private and followup.at.isoformat() == "2026-11-21T22:41:56+00:00"
    assert client.solutions(ticket)[0].content == "ok"
    assert list(client.changed_tickets(ticket.date_mod)) == [(ticket_id, ticket.date_mod)]
    with pytest.raises(rest.GlpiRefused) as caught:
        client.read_ticket(999)
    assert caught.value.kind == "not_found"


def test_connection_test_names_missing_rights(glpi):
    info = connect(glpi).test()
    assert (info.version, info.profile) == ("10.0.6", "Integração WhatsApp")
    assert info.missing_rights == ()
    assert (info.scope.user_id, info.scope.profile_id, info.scope.entity_id) == (7, 9, 0)
    assert info.scope.entities == (rest.Choice(0, demo_state.CITY),)
