"""Questions to web services: requests, refusals, and values taken from the answer."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot_flow.web import AskError, Mapping, MappingError, Question, ask, check_path, picked
from chatbot_flow.web.hosts import read_allowed
from chatbot_flow.web.template import fill, names

HERE, _WRONG = read_allowed(["127.0.0.1"])


class Service(BaseHTTPRequestHandler):
    """Answers by the path; keeps what it was asked."""

    seen: list

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.answer()

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        self.server.seen.append((self.command, self.path, dict(self.headers), body))
        path = self.path.partition("?")[0]
        if path.startswith("/slow"):
            time.sleep(2)
        status = {"/404": 404, "/500": 500, "/moved": 302, "/away": 302, "/round": 302}.get(
            path, 200
        )
        self.send_response(status)
        if status == 302:
            port = self.server.server_port
            self.send_header("Location", {
                "/moved": "/ok", "/round": "/round", "/away": f"http://localhost:{port}/ok",
            }[path])  # fmt: skip
        self.end_headers()
        content = {"/html": b"<html>", "/large": b'"' + b"x" * 5000 + b'"'}.get(path)
        if content is None:
            content = json.dumps({"rua": "Rua A", "itens": [{"n": 1}, {"n": 2}]}).encode()
        if status == 200:
            self.wfile.write(content)

    def log_message(self, *args):
        """Be quiet."""


@pytest.fixture(scope="module")
def service():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.seen = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def url(service, path):
    return f"http://127.0.0.1:{service.server_port}{path}"


def test_a_question_and_its_answer(service):
    question = Question(url(service, "/cep/{cep}?q={q}"), headers={"X-Key": "secret"})
    answer = ask(question, {"cep": "35/930 ?#", "q": "a&b=c"}, HERE)
    assert answer.data["rua"] == "Rua A"
    command, path, headers, _body = service.seen[-1]
    assert (command, path) == ("GET", "/cep/35%2F930%20%3F%23?q=a%26b%3Dc")
    assert headers["X-Key"] == "secret"


def test_post_sends_json(service):
    question = Question(url(service, "/ok"), "POST", body={"nome": '{nome}"', "vazio": "{nada}"})
    ask(question, {"nome": 'Ana "x"'}, HERE)
    _command, _path, headers, body = service.seen[-1]
    assert json.loads(body) == {"nome": 'Ana "x""', "vazio": ""}
    assert headers["Content-Type"] == "application/json"


def test_nothing_is_an_answer(service):
    answer = ask(Question(url(service, "/404")), {}, HERE)
    assert (answer.status, answer.data) == (404, None)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/500", "refused"),
        ("/html", "no_json"),
        ("/large", "too_large"),
        ("/away", "redirected"),
        ("/round", "redirected"),
        ("/slow", "time_out"),
    ],
)
def test_what_is_no_answer(service, path, code):
    with pytest.raises(AskError) as caught:
        ask(Question(url(service, path), seconds=0.5, limit=2000), {}, HERE)
    assert caught.value.code == code


def test_a_redirection_within_the_host_is_followed(service):
    assert ask(Question(url(service, "/moved")), {}, HERE).data["rua"] == "Rua A"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/ok",
        "http://localhost:{port}/ok",
        "file:///etc/passwd",
        "http://example.org/",
        "http://[::1]/",
        "nothing",
    ],
)
def test_other_hosts_are_not_asked(service, address):
    allowed, _wrong = read_allowed(["localhost", "viacep.com.br"])
    before = len(service.seen)
    with pytest.raises(AskError) as caught:
        ask(Question(address.format(port=service.server_port), seconds=2), {}, allowed)
    assert caught.value.code == "not_allowed"
    assert len(service.seen) == before


def test_nobody_answers(service):
    with pytest.raises(AskError) as caught:
        ask(Question("http://127.0.0.1:1/", seconds=2), {}, HERE)
    assert caught.value.code == "no_connection"


def test_a_value_cannot_change_the_host():
    with pytest.raises(AskError) as caught:
        ask(Question("http://{host}/"), {"host": "127.0.0.1"}, HERE)
    assert caught.value.code == "not_allowed"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("10.0.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("10.1.2.3", True),
        ("x", False),
    ],
)
def test_addresses(address, public):
    allowed, _wrong = read_allowed(["10.1.0.0/16"])
    assert allowed.address(address) is public


def test_the_list_of_hosts():
    allowed, wrong = read_allowed(
        [" ViaCEP.com.br ", ".gov.br", "", "10.0.0.0/8", "http://x.y", "a b", "*"]
    )
    assert wrong == ["http://x.y", "a b", "*"]
    assert allowed.host("viacep.com.br.")
    assert allowed.host("api.gov.br")
    assert allowed.host("10.3.4.5")
    assert not allowed.host("gov.br")
    assert not allowed.host("evilviacep.com.br")
    assert not allowed.host("11.0.0.1")


@given(st.text(max_size=30), st.dictionaries(st.sampled_from(["a", "b"]), st.text(max_size=9)))
def test_filling_never_raises_and_is_done_once(text, values):
    filled = fill("{a}|{b}|" + text.replace("{", ""), values)
    assert filled.startswith(f"{values.get('a', '')}|{values.get('b', '')}|")


def test_names():
    assert names("{a}/{b}?{a}{B}{ c }") == ["a", "b"]
    assert fill("{a} {b} {c}", {"a": True, "b": 3, "c": "x" * 900}) == f"true 3 {'x' * 500}"


def test_values_of_an_answer():
    data = {"rua": " A ", "n": 3, "sim": True, "itens": [{"n": 1}, {"n": None}], "nada": None}
    wanted = [
        Mapping("rua", "rua"),
        Mapping("n", "n"),
        Mapping("sim", "sim"),
        Mapping("lista", "itens[].n"),
        Mapping("objeto", "itens[0]"),
        Mapping("falta", "outro.lugar", "centro"),
        Mapping("nada", "nada"),
        Mapping("conta", "length(itens)"),
        Mapping("engano", "length(n)", "x"),
    ]
    assert picked(data, wanted) == (
        {
            "rua": "A",
            "n": 3,
            "sim": True,
            "lista": [1],
            "falta": "centro",
            "conta": 2,
            "engano": "x",
        },
        False,
    )
    assert picked(None, wanted[:1]) == ({}, True)
    assert picked([], [Mapping("x", "[0]", "nada")]) == ({"x": "nada"}, True)


def test_paths_are_checked():
    check_path("a.b[0]")
    with pytest.raises(MappingError):
        check_path("a..b")


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
))  # fmt: skip
def test_any_answer_can_be_read(data):
    values, _empty = picked(data, [Mapping("a", "a"), Mapping("b", "[0]"), Mapping("c", "@")])
    json.dumps(values, allow_nan=False)
