"""The tests' control of the far sides: faults, rows, files, clock, end."""

import base64
import subprocess
import sys

import pytest
import requests

from sandbox.defaults import GLPI_APP_TOKEN, GLPI_USER_TOKEN
from sandbox.glpi import GlpiSandbox
from sandbox.line import Rule
from sandbox.meta import MetaSandbox
from tests.unit.sandbox_meta_helpers import WA_ID, error, wamid

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 40
UNREADABLE = {"status": 200, "body": "<html></html>", "content_type": "text/html"}


class Client(requests.Session):
    """A logged-in client of the simulated GLPI."""

    def __init__(self, glpi):
        super().__init__()
        self.glpi = glpi
        self.headers["App-Token"] = GLPI_APP_TOKEN
        self.headers["Authorization"] = f"user_token {GLPI_USER_TOKEN}"
        self.headers["Session-Token"] = self.ask("GET", "initSession").json()["session_token"]

    def ask(self, method, path, **values):
        """Call the API."""
        body = {"json": {"input": values}} if values else {}
        return self.request(method, f"{self.glpi.url}/apirest.php/{path}", timeout=10, **body)

    def control(self, method, path, values=None):
        """Call the control API."""
        url = f"{self.glpi.url}/control/{path}"
        answer = requests.request(method, url, json=values, timeout=10)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def names(self):
        """Return the titles of the tickets that the test opened."""
        return [row["name"] for row in self.control("GET", "rows?kind=Ticket")[4:]]


@pytest.fixture
def client():
    with GlpiSandbox() as glpi, Client(glpi) as client:
        yield client


# ---------------------------------------------------------------------- rules
@pytest.mark.parametrize(
    ("request_", "asked", "taken"),
    [
        ("POST Ticket", "POST Ticket", True),
        ("POST Ticket", "POST Ticket/5", True),
        ("POST Ticket", "POST Ticket_User", False),
        ("POST Ticket", "GET Ticket", False),
        ("GET", "GET initSession", True),
        ("GET", "POST initSession", False),
        ("", "DELETE Document/1", True),
    ],
)
def test_rule_is_for_a_method_and_the_beginning_of_a_path(request_, asked, taken):
    assert Rule(request_).takes(asked) is taken
    assert not Rule(request_, times=0).takes(asked)


def test_wrong_rule_is_refused(client):
    for rule in ({"request": "", "work": "perhaps"}, {"request": "", "colour": "red"}):
        answer = requests.post(f"{client.glpi.url}/control/line", json=rule, timeout=10)
        assert answer.status_code == 400


def test_answer_in_place_of_glpis_own_as_often_as_said(client):
    client.control("POST", "line", {"request": "POST Ticket", "times": 2, **UNREADABLE})
    for _time in range(2):
        answer = client.ask("POST", "Ticket", name="x")
        assert (answer.status_code, answer.text) == (200, "<html></html>")
        assert answer.headers["Content-Type"] == "text/html"
    assert client.ask("POST", "Ticket", name="third").status_code == 201
    assert client.names() == ["third"]


def test_line_that_breaks_before_or_after_the_work(client):
    for work, made in (("nothing", []), ("done", ["done"])):
        client.control("POST", "line", {"request": "POST Ticket", "work": work})
        with pytest.raises(requests.ConnectionError):
            client.ask("POST", "Ticket", name=work)
        assert client.names() == made
    assert client.control("GET", "log")[-1]["status"] is None


def test_work_that_is_done_later_is_done_when_it_arrives(client):
    client.control("POST", "line", {"request": "POST Ticket", "work": "later"})
    with pytest.raises(requests.ConnectionError):
        client.ask("POST", "Ticket", name="late")
    assert client.ask("POST", "Ticket", name="second").status_code == 201
    assert client.names() == ["second"]
    assert client.control("POST", "line/arrive") == {"arrived": 1}
    assert client.control("POST", "line/arrive") == {"arrived": 0}
    assert client.names() == ["second", "late"]


def test_own_answer_cut_and_with_other_headers(client):
    whole = client.ask("GET", "Location")
    client.control("POST", "line", {"request": "GET Location", "own": True, "cut": True})
    headers = {"Content-Range": "0-0/99", "Pragma": None}
    client.control("POST", "line", {"request": "GET Entity", "own": True, "headers": headers})
    assert whole.text.startswith(client.ask("GET", "Location").text)
    assert client.ask("GET", "Location").text == whole.text
    answer = client.ask("GET", "Entity")
    assert answer.headers["Content-Range"] == "0-0/99" and "Pragma" not in answer.headers


def test_newest_rule_counts_and_all_can_be_taken_away(client):
    client.control("POST", "line", {"request": "GET", "times": None, "status": 403})
    client.control("POST", "line", {"request": "GET Entity", "times": None, "own": True})
    assert client.ask("GET", "Entity").status_code == 200
    assert client.ask("GET", "Location").status_code == 403
    client.control("DELETE", "line")
    assert client.ask("GET", "Location").status_code == 200


def test_control_understands_what_curl_sends(client):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    url = f"{client.glpi.url}/control/down"
    answer = requests.put(url, data='{"down": true}', headers=form, timeout=10)
    assert answer.json()["down"] is True


# ---------------------------------------------------------------------- rows, clock, settings
def test_rows_are_put_changed_and_taken_past_the_api(client):
    ids = client.control("PUT", "rows", {"Ticket": [{"id": 77, "name": "a"}, {"name": "b"}]})
    assert ids == {"Ticket": [77, 78]}
    client.control("PUT", "rows", {"Ticket": [{"id": 77, "status": 5}]})
    ticket = client.ask("GET", "Ticket/77").json()
    assert (ticket["name"], ticket["status"], ticket["urgency"]) == ("a", 5, 3)
    assert client.ask("POST", "Ticket", name="c").json()["id"] == 79
    client.control("DELETE", "rows", {"Ticket": [77, 78]})
    assert client.names() == ["c"]
    unknown = requests.put(f"{client.glpi.url}/control/rows", json={"Tickets": [{}]}, timeout=10)
    assert unknown.status_code == 400


def test_file_is_put_with_its_content(client):
    row = {"name": "f", "filename": "f.png", "content": base64.b64encode(PNG).decode()}
    (number,) = client.control("PUT", "rows", {"Document": [row]})["Document"]
    assert client.ask("GET", f"Document/{number}").json()["mime"] == "image/png"
    assert client.ask("GET", f"Document/{number}?alt=media").content == PNG


def test_clock_and_state_of_a_test_end_with_the_next_reset(client):
    now = "2026-11-21T19:41:56-03:00"
    entity = {"id": 0, "name": "Só esta", "completename": "Só esta"}
    client.control("POST", "reset", {"now": now, "state": {"Ticket": [], "Entity": [entity]}})
    with Client(client.glpi) as again:
        number = again.ask("POST", "Ticket", name="x").json()["id"]
        assert number == 1
        assert again.ask("GET", "Ticket/1").json()["date_mod"] == "2026-11-21 19:41:56"
        assert again.ask("GET", "Entity/0").json()["name"] == "Só esta"
        again.control("PUT", "clock", {"now": "2026-11-21T20:00:00-03:00"})
        assert again.ask("PUT", "Ticket/1", name="y").status_code == 200
        assert again.ask("GET", "Ticket/1").json()["date_mod"] == "2026-11-21 20:00:00"
    client.control("POST", "reset")
    rows = client.control("GET", "rows?kind=Ticket")
    assert len(rows) == 4 and client.control("GET", "rows?kind=Entity")[0]["name"] != "Só esta"
    assert client.control("PUT", "clock")["now"] != "2026-11-21 20:00:00"


def test_wall_clock_and_date_as_set(client):
    client.control("PUT", "rows", {"Ticket": [{"id": 1, "date_mod": "2026-11-21 20:00:00"}]})
    date = "Sat, 21 Nov 2026 23:30:00 GMT"
    for hours, modified in ((-3, "23:00:00"), (0, "20:00:00")):
        client.control("PUT", "settings", {"utc_offset_hours": hours, "http_date": date})
        answer = client.ask("GET", "Ticket/1")
        assert answer.headers["Last-Modified"] == f"Sat, 21 Nov 2026 {modified} GMT"
        assert answer.headers["Date"] == date


def test_rights_given_told_and_a_database_that_kills(client):
    number = client.ask("POST", "Ticket", name="x").json()["id"]
    said = {"itemtype": "Ticket", "items_id": number}
    followup = client.ask("POST", "ITILFollowup", content="a", **said).json()["id"]
    assert client.ask("DELETE", f"ITILFollowup/{followup}").status_code == 400
    client.control("PUT", "settings", {"rights_given": {"ITILFollowup": ["delete"]}})
    assert client.ask("DELETE", f"ITILFollowup/{followup}").status_code == 200
    client.control("PUT", "settings", {"profile_rights": {"ticket": 4}})
    profile = client.ask("GET", "getActiveProfile").json()["active_profile"]
    assert profile["ticket"] == 4 and "followup" not in profile
    client.control("PUT", "settings", {"utf8mb3": "crash"})
    assert client.ask("POST", "Ticket", name="😡").content == b""


def test_two_tickets_are_joined(client):
    first, second = (client.ask("POST", "Ticket", name=name).json()["id"] for name in "ab")
    link = {"tickets_id_1": first, "tickets_id_2": second, "link": 2}
    assert client.ask("POST", "Ticket_Ticket", **link).status_code == 201
    (row,) = client.control("GET", "rows?kind=Ticket_Ticket")
    assert {key: row[key] for key in link} == link
    assert client.ask("POST", "Ticket_Ticket", **(link | {"tickets_id_2": 999})).status_code == 400


# ---------------------------------------------------------------------- Meta
def test_meta_answers_in_turn_what_it_was_told_to(api, maria):
    maria.control.call("POST", "/control/line", {"request": "", "status": 500, "body": "{}"})
    maria.control.call("POST", "/control/line", {"request": "", "status": 200, "body": "<html>"})
    assert api.text().status_code == 500
    second = api.text()
    assert (second.text, second.headers["X-Sandbox-Line"]) == ("<html>", "answered")
    wamid(api.text())
    assert len(maria.messages()) == 1
    maria.control.call("POST", "/control/line", {"request": "POST", "times": None, "status": 500})
    assert api.text().status_code == 500
    maria.control.call("DELETE", "/control/line")
    wamid(api.text())


def test_file_with_an_id_and_phone_with_a_user_id_of_the_tests(meta: MetaSandbox, api, maria):
    address = f"{meta.url}/control/media/555"
    for content in (b"first", PNG):
        requests.put(address, content, headers={"Content-Type": "image/png"}, timeout=10)
    assert requests.get(address, timeout=10).content == PNG
    assert error(api.text(to=None, recipient="BR.55")) == (400, 131009)
    maria.control.call("PUT", f"/control/phones/{WA_ID}", {"user_id": "BR.55"})
    wamid(api.text(to=None, recipient="BR.55"))
    assert maria.messages()[-1]["text"]


def test_templates_and_numbers_of_the_tests(meta: MetaSandbox, api, maria):
    body = [{"type": "BODY", "text": "Olá, {{1}}!"}]
    row = {"name": "novo", "language": "pt_BR", "status": "APPROVED", "components": body}
    row["parameter_format"] = "POSITIONAL"
    value = {"name": "novo", "language": {"code": "pt_BR"}}
    value["components"] = [{"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}]
    assert error(api.message("template", value)) == (404, 132001)
    maria.control.call("PUT", "/control/templates", {"data": [row]})
    wamid(api.message("template", value))
    assert maria.messages()[-1]["text"] == "Olá, Ana!"
    maria.control.call("POST", "/control/reset")
    assert error(api.message("template", value)) == (404, 132001)
    api.number = "/v25.0/77"
    assert error(api.text())[1] == 100
    maria.control.call("PUT", "/control/settings", {"more_numbers": ["77"]})
    wamid(api.text())


# ---------------------------------------------------------------------- the process
def test_attached_sandbox_ends_with_its_standard_input():
    command = [sys.executable, "-m", "sandbox", "--attached"]
    process = subprocess.Popen(
        [*command, "--meta-port", "0", "--glpi-port", "0"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    lines = [process.stdout.readline() for _server in ("Meta", "GLPI")]
    assert [line.split(":")[0] for line in lines] == ["Meta", "GLPI"]
    process.stdin.close()
    assert process.wait(10) == 0
    process.stdout.close()
