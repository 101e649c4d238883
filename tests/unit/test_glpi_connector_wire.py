"""The client on a real socket that misbehaves, and what keeps sessions and rate.

Every fault is answered by a real HTTP server in a thread: what `requests` makes of a broken line is
part of what is tested.
"""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from glpi_connector import rest
from glpi_connector.rest import legacy_calls, wire
from glpi_connector.rest.pace import Pace, Paces
from glpi_connector.rest.sessions import SessionPool

TICKET = {"id": 1, "status": 2, "date_mod": "2026-11-21 19:41:56", "name": "x"}


class Server(ThreadingHTTPServer):
    """Logs everybody in and answers everything else with `say(handler)`."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.say = lambda handler: handler.json(200, TICKET)
        self.seen = []
        self.sessions = 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def _any(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.partition("/apirest.php/")[2]
        self.server.seen.append(f"{self.command} {path.partition('?')[0]}")
        if path == "initSession":
            self.server.sessions += 1
            self.json(200, {"session_token": f"s{self.server.sessions}"})
        elif path == "killSession":
            self.json(200, True)
        else:
            self.server.say(self)

    do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - names of the standard library

    def json(self, status, value, **headers):
        self.raw(status, json.dumps(value).encode(), "application/json", **headers)

    def raw(self, status, body, kind="text/html", length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        if length is not None:
            self.close_connection = True

    def log_message(self, *_args):
        """Be quiet."""


@pytest.fixture
def server():
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def connect(server, **options):
    return rest.connect("legacy", server.url, "app", "user", **{"timeout": (1, 0.5)} | options)


def fails(server, say, error, kind, act=lambda client: client.read_ticket(1)):
    server.say = say
    with connect(server) as client, pytest.raises(error) as caught:
        act(client)
    assert caught.value.kind == kind, caught.value
    return caught.value


# ---------------------------------------------------------------------- answers that are no answer
def test_a_page_instead_of_json(server):
    error = fails(server, lambda h: h.raw(200, b"<html>Manutencao</html>"), rest.GlpiDown, "html")
    assert error.maybe_done and not isinstance(error, rest.GlpiCrash)


def test_an_empty_success_is_a_crash(server):
    assert fails(server, lambda h: h.raw(200, b""), rest.GlpiCrash, "crash").maybe_done


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_truncated_json(server, cut):
    body = json.dumps(TICKET).encode()
    say = lambda h: h.raw(200, body[:cut], "application/json")  # noqa: E731
    assert fails(server, say, rest.GlpiDown, "truncated").maybe_done


def test_a_body_shorter_than_announced(server):
    body = json.dumps(TICKET).encode()
    say = lambda h: h.raw(200, body[:20], "application/json", length=len(body))  # noqa: E731
    assert fails(server, say, rest.GlpiDown, "truncated").maybe_done


def test_an_endless_body_is_cut_off(server, monkeypatch):
    monkeypatch.setattr(wire, "ANSWER_LIMIT", 1000)
    say = lambda h: h.json(200, {**TICKET, "content": "x" * 5000})  # noqa: E731
    fails(server, say, rest.GlpiRefused, "answer_size")


def test_a_download_stops_at_its_limit(server):
    server.say = lambda h: h.raw(200, b"x" * 200_000, "image/png")
    with connect(server) as client:
        assert len(client.download(1, 200_000)) == 200_000
        with pytest.raises(rest.GlpiRefused) as caught:
            client.download(1, 199_999)
    assert caught.value.kind == "document_size"
    fails(server, lambda h: h.raw(200, b""), rest.GlpiCrash, "crash", lambda c: c.download(1, 9))


def test_another_item_than_the_asked_one(server):
    fails(server, lambda h: h.json(200, {**TICKET, "id": 2}), rest.GlpiCrash, "crash")
    fails(server, lambda h: h.json(200, [TICKET]), rest.GlpiCrash, "crash")


# ---------------------------------------------------------------------- statuses
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_error_may_have_done_it(server, status):
    error = fails(server, lambda h: h.raw(status, b"oops"), rest.GlpiDown, "unavailable")
    assert error.maybe_done and error.status == status


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("99999", 3600), ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("soon", None), ("-3", None)],
)
def test_too_many_requests_says_when_to_come_back(server, header, seconds):
    say = lambda h: h.raw(429, b"slow down", Retry_After=header)  # noqa: E731
    error = fails(server, say, rest.GlpiDown, "unavailable")
    assert error.retry_after == seconds and not error.maybe_done


def test_one_item_type_may_be_forbidden(server):
    def say(handler):
        if "/Location" in handler.path:
            handler.json(403, ["ERROR_RIGHT_MISSING", "no"])
        else:
            handler.json(200, TICKET)

    server.say = say
    with connect(server) as client:
        assert client.read_ticket(1).status == 2
        with pytest.raises(rest.GlpiRefused) as caught:
            client.has_location(1)
        assert caught.value.kind == "right"
        assert client.read_ticket(1).status == 2


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_never_followed(server, status):
    say = lambda h: h.raw(status, b"", Location="http://127.0.0.1:9/")  # noqa: E731
    fails(server, say, rest.GlpiAuth, "redirect")
    assert server.seen.count("GET Ticket/1") == 1


def test_partly_done_is_not_done(server):
    say = lambda h: h.json(207, ["ERROR_GLPI_PARTIAL_ADD", [{"id": False}]])  # noqa: E731
    fails(server, say, rest.GlpiRefused, "add", lambda c: c.add_followup(1, "x"))


@pytest.mark.parametrize("answer", [[[]], [], [{"1": False, "message": "não"}], {"1": True}, "x"])
def test_a_change_that_changed_nothing_is_refused(server, answer):
    act = lambda client: client.set_status(1, 2)  # noqa: E731
    fails(server, lambda h: h.json(200, answer), rest.GlpiRefused, "update", act)


# ---------------------------------------------------------------------- lists
@pytest.mark.parametrize("header", ["", "bytes 0-1/2", "0-1/9999", "5-1/x", "0--1/0"])
def test_a_wrong_content_range_loses_nothing(server, monkeypatch, header):
    monkeypatch.setattr(legacy_calls, "PAGE", 2)
    rows = [{"id": n, "name": f"n{n}", "completename": f"n{n}"} for n in range(1, 6)]

    def say(handler):
        first = int(handler.path.partition("range=")[2].partition("-")[0])
        if first > len(rows):
            handler.json(400, ["ERROR_RANGE_EXCEED_TOTAL", ""])
        else:
            handler.json(206, rows[first : first + 2], Content_Range=header)

    server.say = say
    with connect(server) as client:
        assert [item.id for item in client.locations()] == [1, 2, 3, 4, 5]


def test_a_list_that_never_ends_is_noticed(server, monkeypatch):
    monkeypatch.setattr(legacy_calls, "PAGE", 2)
    rows = [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]
    act = lambda client: list(client.locations())  # noqa: E731
    fails(server, lambda h: h.json(206, rows), rest.GlpiCrash, "crash", act)
    assert server.seen.count("GET Location") == 2


def test_a_list_that_is_none(server):
    act = lambda client: list(client.locations())  # noqa: E731
    fails(server, lambda h: h.json(200, {"a": 1}), rest.GlpiCrash, "crash", act)
    act = lambda client: client.find_tickets("x")  # noqa: E731
    fails(server, lambda h: h.json(200, {"a": 1}), rest.GlpiCrash, "crash", act)


# ---------------------------------------------------------------------- the line
def test_time_out_after_the_request_was_sent(server):
    gate = threading.Event()
    error = fails(server, lambda h: gate.wait(3), rest.GlpiDown, "timeout")
    gate.set()
    assert error.maybe_done


def test_connection_that_breaks_off(server):
    def say(handler):
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.close_connection = True

    assert fails(server, say, rest.GlpiDown, "unreachable").maybe_done


def test_nobody_listens():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    client = rest.connect("legacy", f"http://127.0.0.1:{port}", "a", "u", timeout=(1, 1))
    with pytest.raises(rest.GlpiDown) as caught:
        client.find_tickets("x")
    assert caught.value.kind == "refused_connection" and not caught.value.maybe_done


def test_unknown_host():
    client = rest.connect("legacy", "http://glpi.invalid", "a", "u", timeout=(1, 1))
    with pytest.raises(rest.GlpiDown) as caught:
        client.find_tickets("x")
    assert caught.value.kind == "name" and not caught.value.maybe_done


def test_proxy_that_is_not_there(server):
    client = connect(server, proxy="http://127.0.0.1:9")
    with pytest.raises(rest.GlpiDown) as caught:
        client.find_tickets("x")
    assert caught.value.kind == "proxy" and not caught.value.maybe_done
    assert server.seen == []


def test_http_where_https_is_expected(server):
    client = rest.connect("legacy", server.url.replace("http:", "https:"), "a", "u")
    with pytest.raises(rest.GlpiAuth) as caught:
        client.find_tickets("x")
    assert caught.value.kind == "tls"


# ---------------------------------------------------------------------- sessions
def test_a_session_is_kept_for_the_next_client(server):
    pool = SessionPool()
    for _job in range(3):
        with connect(server, pool=pool) as client:
            client.read_ticket(1)
    assert server.sessions == 1 and "GET killSession" not in server.seen
    pool.close()
    assert server.seen[-1] == "GET killSession"


def test_a_session_that_glpi_forgot_is_opened_again_in_the_middle(server):
    pool, dead = SessionPool(), set()

    def say(handler):
        if handler.headers["Session-Token"] in dead:
            handler.json(401, ["ERROR_SESSION_TOKEN_INVALID", "x"])
        else:
            handler.json(200, TICKET)

    server.say = say
    with connect(server, pool=pool) as client:
        client.read_ticket(1)
        dead.add("s1")
        assert client.read_ticket(1).status == 2
    with connect(server, pool=pool) as client:
        client.read_ticket(1)
    assert server.sessions == 2
    dead.add("s2")
    server.say = lambda h: h.json(401, ["ERROR_SESSION_TOKEN_INVALID", "x"])
    with connect(server, pool=pool) as client, pytest.raises(rest.GlpiAuth) as caught:
        client.read_ticket(1)
    assert caught.value.kind == "session" and server.sessions == 3  # once, never in a circle


def test_others_do_not_get_my_session(server):
    pool = SessionPool()
    for options in ({}, {"entity_id": 2}, {"profile_id": 4}, {"pool_key": 7}):
        with connect(server, pool=pool, **options) as client:
            client.read_ticket(1)
    with rest.connect("legacy", server.url, "app", "other", pool=pool) as client:
        client.read_ticket(1)
    assert server.sessions == 5
    assert server.seen.count("POST changeActiveEntities") == 1
    assert server.seen.count("POST changeActiveProfile") == 1


def test_a_profile_or_entity_that_was_withdrawn(server):
    for options, kind in (({"profile_id": 4}, "profile"), ({"entity_id": 2}, "entity")):
        server.say = lambda h: h.json(404, ["ERROR_ITEM_NOT_FOUND", "x"])
        with connect(server, **options) as client, pytest.raises(rest.GlpiAuth) as caught:
            client.read_ticket(1)
        assert caught.value.kind == kind


def test_an_idle_session_is_not_used_again():
    now, ended = [0.0], []
    pool = SessionPool(idle_limit=60, clock=lambda: now[0])
    pool.keep("a", "token", ended.append)
    now[0] = 59
    assert pool.take("a") == "token"
    now[0] = 118
    assert pool.take("a") == "token"
    now[0] = 180
    assert pool.take("a") == ""
    pool.keep("a", "new", ended.append)
    pool.lose("a", "token")  # someone else's late news of the old one
    assert pool.take("a") == "new"
    pool.lose("a", "new")
    assert pool.take("a") == "" and not ended


# ---------------------------------------------------------------------- rate
def test_the_pace_is_kept():
    now, slept = [10.0], []
    pace = Pace(4, clock=lambda: now[0], sleep=slept.append)
    for _request in range(4):
        pace.wait()
    assert slept == [0.25, 0.5, 0.75]
    now[0] = 20.0
    pace.wait()
    assert len(slept) == 3


def test_all_clients_of_a_server_share_its_pace():
    paces = Paces()
    assert paces.of(1, 5) is paces.of(1, 5)
    assert paces.of(1, 5) is not paces.of(2, 5)
    assert paces.of(1, 9).rate == 9 and paces.of(1, 0) is None
