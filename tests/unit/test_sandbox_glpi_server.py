"""The GLPI stand-in over HTTP: a ticket's story, faults, pages, many clients."""

import hashlib
import threading
from datetime import datetime, timedelta, timezone

import pytest
import requests

from sandbox.defaults import GLPI_APP_TOKEN, GLPI_USER_TOKEN
from sandbox.glpi import GlpiSandbox
from sandbox.glpi.__main__ import main
from sandbox.glpi.demo_state import CITIZEN, TECHNICIAN_TOKEN

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 40


class Client:
    """A logged-in client of the API."""

    def __init__(self, glpi, token=GLPI_USER_TOKEN):
        self.url = glpi.url + "/apirest.php"
        self.http = requests.Session()
        self.http.headers["App-Token"] = GLPI_APP_TOKEN
        self.token = token

    def __enter__(self):
        login = self.get("initSession", headers={"Authorization": f"user_token {self.token}"})
        self.http.headers["Session-Token"] = login.json()["session_token"]
        return self

    def __exit__(self, *_exception):
        self.http.close()

    def get(self, path, **options):
        return self.http.get(f"{self.url}/{path}", timeout=10, **options)

    def post(self, path, **values):
        return self.http.post(f"{self.url}/{path}", json={"input": values}, timeout=10)

    def upload(self, part, filename, content, **manifest):
        values = requests.compat.json.dumps({"input": manifest})
        parts = {"uploadManifest": (None, values, "application/json"), part: (filename, content)}
        return self.http.post(f"{self.url}/Document", files=parts, timeout=10)


@pytest.fixture
def glpi():
    with GlpiSandbox() as server:
        yield server


@pytest.fixture
def client(glpi):
    with Client(glpi) as logged_in:
        yield logged_in


def control(glpi, method, path, values=None):
    return requests.request(method, f"{glpi.url}/control/{path}", json=values, timeout=10).json()


def test_the_story_of_a_ticket(glpi, client):
    created = client.post(
        "Ticket",
        name="Impressora & cabo",
        content="<p>Parou.</p>",
        itilcategories_id=1,
        locations_id=2,
        requesttypes_id=7,
        _users_id_requester=CITIZEN,
    )
    assert created.status_code == 201
    number = created.json()["id"]
    assert created.headers["Location"].endswith(f"/Ticket/{number}")
    client.upload("filename[0]", "foto.png", PNG, name="f", itemtype="Ticket", items_id=number)
    with Client(glpi, TECHNICIAN_TOKEN) as technician:
        technician.post("ITILFollowup", itemtype="Ticket", items_id=number, content="Já vou.")
        technician.post("ITILSolution", itemtype="Ticket", items_id=number, content="Trocado.")
    ticket = control(glpi, "GET", "state")["tickets"][-1]
    assert ticket["id"] == number
    assert ticket["title"] == "Impressora & cabo"
    assert ticket["category"] == "Computador e impressora"
    assert ticket["location"] == "Secretaria de Saúde"
    assert ticket["status_name"] == "Solucionado"
    assert ticket["actors"]["requester"][0]["email"] == "maria.souza@pjm.mg.gov.br"
    assert ticket["documents"][0]["sha1sum"] == hashlib.sha1(PNG).hexdigest()
    assert ticket["documents"][0]["size"] == len(PNG)
    assert [row["content"] for row in ticket["followups"]] == ["Já vou."]
    assert [row["content"] for row in ticket["solutions"]] == ["Trocado."]


def test_a_marker_is_found_and_the_changed_ticket_is_listed(client):
    number = client.post("Ticket", name="x", content="texto [marca-77]").json()["id"]
    found = client.get(
        "search/Ticket",
        params={
            "criteria[0][field]": 21,
            "criteria[0][searchtype]": "contains",
            "criteria[0][value]": "[marca-77]",
            "forcedisplay[0]": 2,
        },
    ).json()
    assert [row["2"] for row in found["data"]] == [number]
    changed = client.get(
        "search/Ticket",
        params={
            "criteria[0][field]": 19,
            "criteria[0][searchtype]": "morethan",
            "criteria[0][value]": "-1HOUR",
            "sort": 19,
        },
    ).json()
    assert [row["2"] for row in changed["data"]] == [number]


def test_nested_criteria_and_negation(client):
    params = {
        "criteria[0][field]": 12,
        "criteria[0][searchtype]": "equals",
        "criteria[0][value]": "notold",
        "criteria[1][link]": "AND NOT",
        "criteria[1][criteria][0][field]": 83,
        "criteria[1][criteria][0][searchtype]": "under",
        "criteria[1][criteria][0][value]": 4,
        "sort": 2,
    }
    found = client.get("search/Ticket", params=params).json()
    assert [row["2"] for row in found["data"]] == [3]


@pytest.mark.parametrize(("part", "kept"), [("filename[0]", True), ("file", False)])
def test_a_file_under_a_wrong_part_name_is_lost_although_the_answer_is_201(client, part, kept):
    answer = client.upload(part, "foto.png", PNG, name="Foto")
    assert answer.status_code == 201
    document = client.get(f"Document/{answer.json()['id']}").json()
    assert bool(document["sha1sum"]) is kept


def test_a_photo_over_the_limit_is_refused_silently_until_the_limit_is_raised(glpi, client):
    photo = PNG + b"x" * (2 * 1024 * 1024)
    number = client.upload("filename[0]", "a.png", photo, name="a").json()["id"]
    assert client.get(f"Document/{number}").json()["filename"] is None
    control(glpi, "PUT", "settings", {"max_upload_bytes": 5_000_000})
    number = client.upload("filename[0]", "a.png", photo, name="a").json()["id"]
    downloaded = client.get(f"Document/{number}", headers={"Accept": "application/octet-stream"})
    assert downloaded.content == photo


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": ["lista"]}, None),
        ({"urgency": "alta"}, None),
        ({"date": "2026-01-01"}, "ERROR_GLPI_ADD"),
        ({"status": "abc"}, "ERROR_GLPI_ADD"),
        ({"entities_id": 99}, "ERROR_GLPI_ADD"),
    ],
)
def test_bad_values_crash_or_are_refused_as_in_glpi(client, values, code):
    answer = client.post("Ticket", **{"name": "x", "content": "x", **values})
    if code:
        assert (answer.status_code, answer.json()[0]) == (400, code)
    else:
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("mode", ["close", "503"])
def test_down_and_up_again(glpi, client, mode):
    assert control(glpi, "PUT", "down", {"down": True, "mode": mode})["down"]
    if mode == "close":
        with pytest.raises(requests.ConnectionError):
            client.get("getMyProfiles")
    else:
        assert client.get("getMyProfiles").status_code == 503
    control(glpi, "PUT", "down", {"down": False})
    assert client.get("getMyProfiles").status_code == 200


def test_down_by_time_out_ends_when_it_is_switched_on_again(glpi, client):
    control(glpi, "PUT", "down", {"down": True, "mode": "timeout"})
    with pytest.raises(requests.Timeout):
        client.http.get(client.url + "/getMyProfiles", timeout=0.2)
    control(glpi, "PUT", "down", {"down": False})
    assert client.get("getMyProfiles").status_code == 200


def test_a_lost_answer_leaves_the_ticket(glpi, client):
    control(glpi, "PUT", "faults", {"lose_answer_after_create": 1})
    with pytest.raises(requests.ConnectionError):
        client.post("Ticket", name="Perdido", content="x")
    titles = [ticket["title"] for ticket in control(glpi, "GET", "state")["tickets"]]
    assert titles.count("Perdido") == 1
    assert client.post("Ticket", name="Outro", content="x").status_code == 201
    assert [entry["status"] for entry in control(glpi, "GET", "log")][-2:] == [None, 201]


def test_unknown_faults_and_modes_are_refused_in_words(glpi):
    assert "unknown fault" in control(glpi, "PUT", "faults", {"explode": 1})["error"]
    assert "mode must be" in control(glpi, "PUT", "down", {"down": True, "mode": "x"})["error"]
    assert "unknown setting" in control(glpi, "PUT", "settings", {"x": 1})["error"]
    assert "unknown" in control(glpi, "GET", "nothing")["error"]


def test_sessions_expire_on_demand_and_by_themselves():
    now = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
    moments = [now]
    with GlpiSandbox(clock=lambda: moments[0]) as glpi, Client(glpi) as client:
        moments[0] = now + timedelta(minutes=20)
        assert client.get("getMyProfiles").status_code == 200
        moments[0] += timedelta(minutes=25)
        assert client.get("getMyProfiles").json()[0] == "ERROR_SESSION_TOKEN_INVALID"
        with Client(glpi) as again:
            assert control(glpi, "POST", "sessions/expire") == {"expired": 1}
            assert again.get("getMyProfiles").status_code == 401


def test_reset_brings_back_the_first_state(glpi, client):
    client.post("Ticket", name="x", content="x")
    assert len(control(glpi, "GET", "state")["tickets"]) == 5
    control(glpi, "POST", "reset")
    assert len(control(glpi, "GET", "state")["tickets"]) == 4


def test_many_clients_at_once_get_different_numbers(glpi, client):
    numbers = []

    def create():
        with Client(glpi) as own:
            numbers.extend(own.post("Ticket", name="x", content="x").json()["id"] for _ in range(5))

    threads = [threading.Thread(target=create) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(5, 45))


def test_pages_show_a_ticket_and_let_a_technician_answer(glpi, client):
    number = client.post("Ticket", name="<b>x", content="<p>oi</p><script>a()</script>").json()[
        "id"
    ]
    page = f"{glpi.url}/front/ticket.form.php?id={number}"
    shown = requests.get(page, timeout=10).text
    assert "&lt;b&gt;x" in shown
    assert "<script" not in shown
    data = {"content": "linha 1\r\nlinha <2>", "action": "followup"}
    answered = requests.post(page, data=data, timeout=10)
    assert "linha 1<br>linha &lt;2&gt;" in answered.text
    assert f"id={number}'>" in requests.get(glpi.url + "/", timeout=10).text
    assert requests.get(f"{glpi.url}/front/ticket.form.php?id=999", timeout=10).status_code == 404


def test_a_port_in_use_is_an_error(glpi):
    port = int(glpi.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        GlpiSandbox(port=port)


@pytest.mark.parametrize(
    ("content", "said"), [("{", "Expecting"), ('{"Cat": []}', "unknown kind"), (None, "No such")]
)
def test_a_wrong_state_file_is_named(tmp_path, capsys, content, said):
    path = tmp_path / "state.json"
    if content is not None:
        path.write_text(content)
    assert main(["--port", "0", "--state", str(path)]) == 1
    assert said in capsys.readouterr().err
