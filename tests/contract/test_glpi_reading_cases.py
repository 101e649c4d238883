"""What a real GLPI answered where reading news once failed, fed to the connector by path."""

import json

import requests

from contract.test_glpi_dialects import PNG, TOKENS
from contract.test_glpi_reading import news_of
from glpi_connector import rest
from glpi_connector.rest import text
from tests.cases import case


class Answers:
    """Stands in for requests.Session: what a real GLPI answered, by path."""

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
    """A client that meets the answers of one case."""
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
