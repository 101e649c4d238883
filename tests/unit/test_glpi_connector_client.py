"""The client against a GLPI in memory: sessions, failures, searching before repeating."""

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from glpi_connector import rest
from glpi_connector.rest import documents, text, transport
from glpi_connector.tests.fake_glpi import FakeGlpi, answer

MARKER = "CC-0123456789ab"


@pytest.fixture
def glpi():
    return FakeGlpi()


def connect(http, url="https://glpi.example.test", app="app-token", user="user-token"):
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


# ---------------------------------------------------------------------- sessions
def test_one_session_serves_all_calls_and_is_ended(glpi):
    with connect(glpi) as client:
        client.create_ticket(draft())
        client.find_ticket(MARKER)
    assert glpi.log == ["GET initSession", "POST Ticket", "GET search/Ticket", "GET killSession"]
    assert all(headers["App-Token"] == "app-token" for headers in glpi.headers)
    assert glpi.headers[0]["Authorization"] == "user_token user-token"
    assert all("Authorization" not in headers for headers in glpi.headers[1:])


def test_forgotten_session_is_opened_again_once(glpi):
    client = connect(glpi)
    client.find_ticket(MARKER)
    glpi.faults.forget_session = 1
    ticket_id = client.create_ticket(draft())
    assert list(glpi.tickets) == [ticket_id]
    glpi.faults.forget_session = 2
    with pytest.raises(rest.GlpiAuth) as caught:
        client.find_ticket(MARKER)
    assert caught.value.kind == "session"


def test_unused_client_sends_nothing_and_close_never_raises(glpi):
    connect(glpi).close()
    assert not glpi.log
    client = connect(glpi)
    client.find_ticket(MARKER)
    glpi.faults.down = True
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
    assert "user-token" not in f"{caught.value!s}{caught.value!r}{caught.value.__dict__}"


def test_broken_line_says_whether_the_request_may_have_arrived():
    refused = requests.ConnectionError("NewConnectionError: [Errno 111] Connection refused")
    broken = requests.ConnectionError("('Connection aborted.', RemoteDisconnected(''))")
    for failure, maybe_done in ((refused, False), (broken, True)):
        with pytest.raises(rest.GlpiDown) as caught:
            connect(Raising(failure)).test()
        assert caught.value.maybe_done is maybe_done


def test_lost_answer_is_found_by_the_marker(glpi):
    client = connect(glpi)
    glpi.faults.lose_answers = 1
    with pytest.raises(rest.GlpiDown) as caught:
        client.create_ticket(draft())
    assert caught.value.maybe_done
    assert client.find_ticket(MARKER) == next(iter(glpi.tickets))
    assert client.find_ticket("CC-ffffffffffff") is None


def test_empty_200_is_a_crash(glpi):
    glpi.faults.crashes = 1
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
    ((_path, values),) = glpi.bodies
    assert values["status"] == 1 and values["itilcategories_id"] == 2
    assert values["_users_id_requester"] == 0
    assert values["_users_id_requester_notif"]["alternative_email"] == ["v@example.test"]
    assert len(values["name"].encode()) < 200
    assert "_users_id_assign" not in values


def test_catalogues_are_read_page_by_page(glpi, monkeypatch):
    monkeypatch.setattr(rest.legacy_calls, "PAGE", 3)
    glpi.categories = [(number, f"Tipo & {number}", 0) for number in range(1, 9)]
    items = list(connect(glpi).categories())
    assert [item.id for item in items] == list(range(1, 9))
    assert items[0].complete_name == "Tipo & 1"
    assert glpi.log.count("GET ITILCategory") == 3
    glpi.locations = []
    assert list(connect(glpi).locations()) == []


def test_unknown_category_is_a_no_but_a_missing_right_is_an_error(glpi):
    client = connect(glpi)
    assert client.has_category(1) and not client.has_category(99)
    glpi.faults.refuse["GET Location"] = (403, "ERROR_RIGHT_MISSING")
    with pytest.raises(rest.GlpiRefused) as caught:
        client.has_location(1)
    assert caught.value.kind == "right"


def test_user_is_the_only_exact_match(glpi):
    glpi.users = [
        {"id": 8, "login": "a", "email": "ana_b@example.test", "mobile": "+55 31 98888-7777"},
        {"id": 9, "login": "b", "email": "anaXb@example.test", "mobile": "31 97777-7777"},
        {"id": 10, "login": "c", "email": "c@example.test", "mobile": "31 97777-7777"},
    ]
    client = connect(glpi)
    assert client.find_user("ANA_B@example.test").id == 8
    assert client.find_user("ninguem@example.test") is None
    assert client.find_user(phone="553188887777").id == 8
    assert client.find_user(phone="5531977777777") is None  # two people: nobody
    assert client.find_user(phone="12") is None


def test_document_is_checked_and_found_again(glpi):
    client = connect(glpi)
    ticket_id = client.create_ticket(draft())
    photo = rest.DocumentDraft("foto.jpg", "image/jpeg", b"bytes", f"foto.jpg ({MARKER}-1)")
    glpi.faults.lose_documents = 1
    with pytest.raises(rest.GlpiDown):
        client.add_document(ticket_id, photo)
    assert not glpi.links
    found = client.find_document(ticket_id, photo)
    assert glpi.documents[found]["sha1sum"] == documents.sha1(b"bytes")
    assert client.find_document(ticket_id, photo) == found
    assert glpi.links == [(found, ticket_id)]


def test_refused_document_is_removed_and_never_linked(glpi):
    client = connect(glpi)
    ticket_id = client.create_ticket(draft())
    video = rest.DocumentDraft("v.mp4", "video/mp4", b"bytes", "v.mp4")
    with pytest.raises(rest.GlpiRefused) as caught:
        client.add_document(ticket_id, video)
    assert caught.value.kind == "document_type"
    assert not glpi.documents and not glpi.links
    glpi.faults.refuse["DELETE Document"] = (400, "ERROR_GLPI_DELETE")
    with pytest.raises(rest.GlpiRefused):
        client.add_document(ticket_id, video)
    assert not glpi.links


def test_news_know_private_followups_and_the_time_zone(glpi):
    client = connect(glpi)
    ticket_id = client.create_ticket(draft())
    client.add_followup(ticket_id, text.followup("segredo"), private=True)
    glpi.followups[0].pop("is_private")
    glpi.solutions = [{"id": 1, "items_id": ticket_id, "users_id": 9, "content": "ok", "status": 2}]
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
    assert (info.version, info.profile, info.missing_rights) == ("10.0.6", "Integração", ())
    assert (info.scope.user_id, info.scope.profile_id, info.scope.entity_id) == (7, 9, 0)
    assert info.scope.entities == (rest.Choice(0, "Prefeitura"),)
