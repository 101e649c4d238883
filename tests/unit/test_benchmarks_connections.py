"""The benchmarks' connections on a stub: kept ones, refusals, websocket frames."""

import contextlib
import http.server
import json
import threading

import pytest

from benchmarks import webhooks

websocket = pytest.importorskip("websocket")  # of the environment that ./dev makes


@pytest.fixture
def server():
    """Open a webhook that counts connections, closing each after two answers."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        connections = 0
        bodies: list[bytes] = []
        status = 200

        def setup(self):
            super().setup()
            type(self).connections += 1
            self.answers = 0

        def do_POST(self):
            type(self).bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(self.status)
            self.send_header("Content-Length", "0")
            self.end_headers()
            self.answers += 1
            self.close_connection = self.answers == 2

        def log_message(self, *_arguments):
            """Say nothing."""

    Handler.bodies = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        yield httpd, Handler
        httpd.shutdown()
        thread.join()


def poster(httpd):
    url = f"http://127.0.0.1:{httpd.server_port}/whatsapp/webhook"
    return contextlib.closing(webhooks.Poster(url, "secret"))


def test_a_connection_is_kept_and_opened_again_when_the_server_closed_it(server):
    httpd, handler = server
    with poster(httpd) as one:
        for number in range(4):
            one.post(str(number).encode())
    assert handler.bodies == [b"0", b"1", b"2", b"3"]
    assert handler.connections == 2


def test_anything_but_200_is_refused(server):
    httpd, handler = server
    handler.status = 403
    with poster(httpd) as one, pytest.raises(webhooks.Refused, match="403"):
        one.post(b"{}")


def test_marks_are_read_from_new_messages_only():
    from benchmarks.screens import marks

    def frame(kind, body):
        return json.dumps([{"id": 1, "message": {"type": kind, "payload": {"body": body}}}])

    assert marks(frame("discuss.channel/new_message", "<p>Oi bench-0a1b-7</p>")) == ["bench-0a1b-7"]
    assert marks(frame("discuss.channel/new_message", "Oi")) == []
    assert marks(frame("mail.record/insert", "bench-0a1b-7")) == []
