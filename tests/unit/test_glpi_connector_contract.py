"""The client reads what a real GLPI 10.0.6 answered, recorded over HTTP."""

import json
from pathlib import Path

import pytest
import requests

from glpi_connector import rest
from glpi_connector.rest import documents

RECORDINGS = Path(__file__).resolve().parents[1] / "contract" / "recordings"
LOGIN = ("02", 0)


class Replay:
    """Answers with recorded responses in order; keeps what the client asked."""

    def __init__(self, *exchanges):
        self.responses = [recorded(*exchange)["response"] for exchange in exchanges]
        self.asked = []

    def request(self, method, url, **options):
        self.asked.append((method, url, options))
        record = self.responses.pop(0)
        response = requests.Response()
        response.status_code = record["status"]
        response._content = (record["body"] or "").encode()
        response._content_consumed = True
        response.headers.update(dict(record["headers"]))
        return response


def recorded(case, index=0):
    (path,) = RECORDINGS.glob(f"{case}-*.json")
    return json.loads(path.read_text())["exchanges"][index]


def client(*exchanges, login=True):
    replay = Replay(*([LOGIN] if login else []), *exchanges)
    url, app, user = "http://127.0.0.1:8085", "app", "user"
    return rest.connect("legacy", url, app, user, http=replay), replay


def sent(case, index=0):
    return json.loads(recorded(case, index)["request"]["body"])["input"]


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        ("01", "api_disabled"),
        ("06", "authorization"),
        ("07", "user_token"),
        ("09", "app_token_missing"),
        ("10", "app_token"),
        ("11", "app_token"),
        ("12", "ip"),
        ("13", "user_token"),
        ("14", "user_token"),
        ("15", "user_token"),
        ("16", "user_token"),
        ("177", "authorization"),
    ],
)
def test_failed_login_is_a_matter_of_configuration(case, kind):
    glpi, _replay = client((case, 0), login=False)
    with pytest.raises(rest.GlpiAuth) as caught:
        glpi.find_tickets("x")
    assert caught.value.kind == kind


@pytest.mark.parametrize("case", ["18", "19", "21"])
def test_lost_session_is_opened_again(case):
    glpi, replay = client((case, 0), LOGIN, ("96", 0))
    assert glpi.find_tickets("negrito") == [31]
    assert [method for method, _url, _options in replay.asked] == ["GET"] * 4


def test_test_reads_profile_and_version():
    glpi, _replay = client(*((case, 0) for case in ("24", "29", "25", "26", "30", "23")))
    info = glpi.test()
    assert info.version == "10.0.6" and info.profile == "Integração WhatsApp"
    assert info.missing_rights == ("request_type_read",)
    assert [choice.id for choice in info.scope.entities] == [0, 2, 1]
    assert info.scope.entities[2].name == "Entidade raiz > Matriz"
    assert info.scope.profiles == (rest.Choice(9, "Integração WhatsApp"),)


def test_catalogue_of_categories():
    glpi, _replay = client(("35", 0))
    names = {item.id: item.complete_name for item in glpi.categories()}
    assert names[4] == "Hardware > Telefonia & Voz" and len(names) == 4


def test_right_missing_on_a_catalogue():
    glpi, _replay = client(("36", 0))
    with pytest.raises(rest.GlpiRefused) as caught:
        list(glpi.locations())
    assert caught.value.kind == "right" and caught.value.status == 403


def test_user_by_email_and_by_phone():
    glpi, replay = client(("42", 0), ("41", 0), ("41", 1))
    assert glpi.find_user("maria.souza@example.test").id == 8
    assert replay.asked[1][2]["params"][2][1] == "^maria.souza@example.test$"
    assert glpi.find_user(phone="5511912345678").login == "maria.souza"


def test_created_tickets():
    full, visitor = sent("44"), sent("45")
    glpi, replay = client(("44", 0), ("45", 0))
    common = {"content": "c", "marker": "m"}
    draft = rest.TicketDraft(
        full["name"], category_id=2, location_id=2, requester_id=8, request_type_id=7, **common
    )
    assert glpi.create_ticket(draft) == 26
    body = replay.asked[1][2]["json"]["input"]
    same = ("name", "type", "status", "itilcategories_id", "locations_id", "requesttypes_id",
            "_users_id_requester")  # fmt: skip
    assert {key: body[key] for key in same} == {key: full[key] for key in same}
    email = visitor["_users_id_requester_notif"]["alternative_email"][0]
    assert glpi.create_ticket(rest.TicketDraft("V", requester_email=email, **common)) == 27
    body = replay.asked[2][2]["json"]["input"]
    for key in ("_users_id_requester", "_users_id_requester_notif"):
        assert body[key] == visitor[key]


@pytest.mark.parametrize(("case", "index"), [("55", 4), ("55", 6), ("58", 0), ("110", 0)])
def test_refused_creation(case, index):
    glpi, _replay = client((case, index))
    with pytest.raises(rest.GlpiRefused) as caught:
        glpi.create_ticket(rest.TicketDraft("t", "c", "m"))
    assert caught.value.kind == "add"


def test_crash_is_not_taken_for_success():
    glpi, _replay = client(("85", 1))
    with pytest.raises(rest.GlpiCrash):
        glpi.create_ticket(rest.TicketDraft("t", "c", "m"))


def test_ticket_read_back():
    glpi, _replay = client(("44", 1))
    ticket = glpi.read_ticket(26)
    assert (ticket.status, ticket.writer_id) == (1, 7)
    assert ticket.utc_offset_seconds == -3 * 3600


@pytest.mark.parametrize(("case", "index", "kind"), [("70", 0, "not_found"), ("72", 0, "right")])
def test_ticket_that_cannot_be_read(case, index, kind):
    glpi, _replay = client((case, index))
    with pytest.raises(rest.GlpiRefused) as caught:
        glpi.read_ticket(4)
    assert caught.value.kind == kind


def test_search_without_match_and_after_the_end():
    glpi, _replay = client(("94", 0), ("100", 0))
    assert glpi.find_tickets("inexistente") == []
    assert glpi.find_tickets("inexistente") == []


def test_changed_tickets_in_order():
    glpi, replay = client(("91", 0))
    assert [number for number, _at in glpi.changed_tickets("2026-11-14 00:00:01")][:2] == [18, 19]
    assert ("criteria[0][value]", "2026-11-14 00:00:00") in replay.asked[1][2]["params"]


def test_followups_of_a_ticket():
    glpi, _replay = client(("104", 0), ("163", 0), ("87", 4))
    assert glpi.add_followup(26, "texto") == 1
    ticket = rest.TicketNews(62, 1, "", utc_offset_seconds=-10800)
    news = glpi.followups(ticket)
    assert [item.id for item in news] == [12, 13, 14]
    assert news[1].at.hour == 22 and not news[1].private


def test_document_uploaded_as_recorded():
    upload, stored = ("180", 0), ("180", 1)
    glpi, replay = client(upload, stored, ("133", 2))
    draft = rest.DocumentDraft("anexo.txt", "text/plain", b"conteudo\n", "Campo filename[0]")
    assert glpi.add_document(26, draft) == 26
    files = replay.asked[1][2]["files"]
    assert list(files) == ["uploadManifest", "filename[0]"]
    assert json.loads(files["uploadManifest"][1])["input"] == {
        "name": "Campo filename[0]", "_filename": ["anexo.txt"]
    }  # fmt: skip
    link = sent("133", 2)
    assert replay.asked[3][2]["json"]["input"] == {**link, "documents_id": 26}
    assert (
        documents.sha1(draft.data) == json.loads(recorded(*stored)["response"]["body"])["sha1sum"]
    )


def test_empty_document_is_noticed_and_removed():
    glpi, replay = client(("138", 3), ("138", 4), ("131", 0))
    with pytest.raises(rest.GlpiRefused) as caught:
        glpi.add_document(26, rest.DocumentDraft("a.jpg", "image/jpeg", b"x", "a"))
    assert caught.value.kind == "document_type"
    assert replay.asked[-1][0] == "DELETE"


def test_document_over_the_servers_limit():
    glpi, _replay = client(("143", 0))
    with pytest.raises(rest.GlpiRefused) as caught:
        glpi.add_document(26, rest.DocumentDraft("a.jpg", "image/jpeg", b"x", "a"))
    assert caught.value.kind == "document_size"


def test_session_is_ended():
    glpi, replay = client(("96", 0), ("22", 0))
    glpi.find_tickets("negrito")
    glpi.close()
    assert replay.asked[-1][1].endswith("/killSession")
    assert replay.asked[-1][2]["headers"]["Session-Token"].startswith("SESSION_TOKEN")
