"""Answers of a real GLPI with which reading news once failed, given by path."""

import json

import pytest
import requests

from contract.test_glpi_dialects import DIALECTS, PNG, TOKENS, city, draft
from contract.test_glpi_reading import NOTHING, news_of
from glpi_connector import rest
from glpi_connector.rest import text
from glpi_connector.rest.interface import STATUS_SOLVED, KnownEntries
from sandbox.glpi import GlpiSandbox
from tests.cases import case

from .glpi_people import Colleague


class Answers:
    """Stand in for requests.Session with a real GLPI's answers by path."""

    def __init__(self, answers):
        self._answers = answers
        self.asked = []

    def request(self, method, url, **options):
        path = url.partition("/apirest.php/")[2]
        self.asked.append(path)
        if path == "initSession":
            return self._json({"session_token": "s"})
        if (options.get("params") or {}) and path.startswith("Document/"):
            return self._json(None, PNG)
        found = self._answers.get(path)
        if found is None:
            return self._json(["ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM", "x"], status=400)
        return self._json(found)

    @staticmethod
    def _json(value, raw=None, status=200):
        answer = requests.Response()
        answer.status_code = status
        answer._content = raw if raw is not None else json.dumps(value).encode()
        answer._content_consumed = True
        answer.headers["Content-Type"] = "application/json"
        if isinstance(value, list):
            answer.headers["Content-Range"] = f"0-{len(value) - 1}/{len(value)}"
        return answer


def recorded_client(answers):
    """Return a client that meets the answers of one case."""
    http = Answers(answers)
    return rest.connect("legacy", "http://127.0.0.1:1", **TOKENS, http=http), http


TICKET = {"id": 1, "status": 5, "date_mod": "2026-11-29 08:29:17", "entities_id": 1}


def test_case_picture_pasted_in_a_followup():
    given = case("g01-inline-image-not-in-_documents.json")
    client, _http = recorded_client(
        {
            "Ticket/1": {**TICKET, "status": 2, "_documents": []},
            "Ticket/1/ITILFollowup": [given["GET ITILFollowup/6"]],
            "ITILFollowup/6/Document_Item": given["GET ITILFollowup/6/Document_Item"],
        }
    )
    _news, entries, (file,) = news_of(client, 1)
    assert (file.id, file.followup_id, file.hidden) == (5, 6, False)
    assert text.html_to_text(entries[0].content) == "Veja a foto:\n\nFim."


def test_case_picture_pasted_in_a_solution():
    given = case("g05-solution-with-inline-image.json")
    solution = given["GET Ticket/1/ITILSolution"][0]
    pdf = {"id": 12, "filename": "relatorio.pdf", "mime": "application/pdf", "entities_id": 1}
    client, _http = recorded_client(
        {
            "Ticket/1": {**TICKET, "_documents": [pdf]},
            "Ticket/1/ITILFollowup": [],
            "Ticket/1/ITILSolution": [solution],
            "ITILSolution/1/Document_Item": given["GET ITILSolution/1/Document_Item"],
        }
    )
    _news, entries, files = news_of(client, 1)
    assert [(file.id, file.solution_id, file.picture) for file in files] == [
        (11, 1, True),
        (12, 1, False),
    ]
    assert text.html_to_text(entries[0].content) == "Trocamos o cabo:\n\n1. um\n2. dois"


def test_case_links_of_another_entity():
    given = case("g04-document-link-in-entity-of-technician.json")
    client, http = recorded_client(
        {
            "Ticket/1": {
                **TICKET,
                "status": 2,
                "_documents": given["GET Ticket/1?with_documents=true -> _documents"],
            },
            "Ticket/1/ITILFollowup": [
                {"id": 3, "users_id": 8, "content": "Segue", "is_private": 0, "date": None}
            ],
            "Ticket/1/Document_Item": given["GET Ticket/1/Document_Item"],
            "ITILFollowup/3/Document_Item": given["GET ITILFollowup/3/Document_Item"],
        }
    )
    _news, _entries, files = news_of(client, 1)
    assert [file.id for file in files if not file.hidden] == [1]
    assert [file.id for file in files if file.hidden] == [2, 3, 4, 10]
    assert not [path for path in http.asked if path.startswith("Document/")]


def test_case_closed_then_reopened():
    given = case("g06-closed-then-reopened.json")
    client, _http = recorded_client(
        {
            "Ticket/1": {**TICKET, **given["GET Ticket/1"]},
            "search/Ticket": given["search option 12=2 and 19"],
        }
    )
    mark = given["GET Ticket/1"]["date_mod"]
    assert dict(client.changed_tickets(mark)) == {1: mark}
    assert client.read_ticket(1).status == 2


def test_case_the_bin_is_looked_at():
    given = case("g08-trash-search.json")
    client, _http = recorded_client({"search/Ticket": given["GET search/Ticket?is_deleted=1"]})
    assert client.trashed_tickets("2026-11-29 08:00:00") == {5: "2026-11-29 08:36:04"}


# ---------------------------------------------------------------------- the sandbox beside them
@pytest.fixture(scope="module")
def glpi():
    with GlpiSandbox(state=city()) as server:
        yield server


@pytest.fixture(params=list(DIALECTS))
def client(glpi, request):
    dialect, credentials = DIALECTS[request.param]
    with rest.connect(dialect, glpi.url, **credentials) as connected:
        yield connected


@pytest.fixture
def technician(glpi):
    return Colleague(glpi.url)


@pytest.fixture
def ticket_id(client):
    return client.create_ticket(draft())


def test_case_the_sandbox_shows_pasted_pictures_alike(technician, client, ticket_id):
    given = case("g01-inline-image-not-in-_documents.json")
    entry = technician.paste("ITILFollowup", ticket_id, "Veja a foto:", PNG)
    (link,) = technician.ask("GET", f"ITILFollowup/{entry}/Document_Item?range=0-9")
    (recorded,) = given["GET ITILFollowup/6/Document_Item"]
    assert set(recorded) <= set(link)
    assert link["timeline_position"] == recorded["timeline_position"]
    row, recorded = technician.ask("GET", f"ITILFollowup/{entry}"), given["GET ITILFollowup/6"]
    assert set(recorded) <= set(row)
    for piece in (
        "document.send.php?docid=",
        "&#38;itemtype=Ticket&#38;items_id=",
        "&#60;img alt=",
    ):
        assert recorded["content"].count(piece) == row["content"].count(piece), piece


def test_case_the_sandbox_lists_the_bin_alike(technician, client, ticket_id):
    given = case("g08-trash-search.json")["GET search/Ticket?is_deleted=1"]
    technician.happens("trash", ticket=ticket_id)
    found = technician.ask("GET", "search/Ticket?is_deleted=1&range=0-999&forcedisplay[0]=12")
    assert set(given) <= set(found)


def test_case_private_entry_made_public(client, technician, ticket_id):
    before, after = case("w19-glpi-followup-made-public.json")["payload"]["followup"]["is_private"]
    number = technician.write("ITILFollowup", ticket_id, content="x", is_private=before)
    news = client.read_ticket(ticket_id)
    (entry,) = client.recent_followups(news, NOTHING).items
    assert entry.private
    technician.change("ITILFollowup", number, is_private=after)
    (again,) = client.recent_followups(news, KnownEntries(number)).items
    assert (again.id, again.private, again.date) == (number, False, entry.date)


def test_case_merged_then_solved(client, technician, ticket_id):
    case("b08-merged.json")
    target = client.create_ticket(draft(title="Nº 480"))
    technician.happens("merge", ticket=ticket_id, into=target)
    merged = client.read_ticket(ticket_id)
    technician.write("ITILFollowup", target, content="Resolvido")
    client.set_status(target, STATUS_SOLVED)
    news = client.read_ticket(target)
    recent = client.recent_followups(news, NOTHING).items
    told = [item for item in recent if item.date >= merged.date_mod and not item.source_id]
    assert [text.html_to_text(item.content) for item in told][-1:] == ["Resolvido"]
    assert news.status == STATUS_SOLVED and not news.deleted
