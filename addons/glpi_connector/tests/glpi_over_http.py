"""The GLPI in memory behind a real socket, with faults on the line."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from .fake_glpi import FakeGlpi

JSON = "application/json; charset=UTF-8"


class GlpiOverHttp:
    """`with GlpiOverHttp() as glpi:` listens on `glpi.url`; `glpi.fault` is asked at each request.

    A fault gets (method, path, proceed), where `proceed()` lets GLPI do the work and returns
    (status, headers, body), and returns such a triple itself, or None to break the connection.
    """

    def __init__(self):
        self.fake = FakeGlpi()
        self.fault = None
        self.lock = threading.Lock()

    def __enter__(self):
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_arguments):
                """Nothing: the fake keeps a log of its own."""

            def answer(self):
                outer.serve(self)

            # the names by which http.server finds them
            do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(self, *exc):
        self.server.shutdown()
        self.server.server_close()

    def serve(self, handler):
        """Answer one request, through the fault if there is one."""
        length = int(handler.headers.get("Content-Length") or 0)
        body = handler.rfile.read(length)
        parts = urlsplit(handler.path)

        def proceed():
            with self.lock:
                response = self.fake.request(
                    handler.command,
                    f"{self.url}{parts.path}",
                    params=[(name, _number(value)) for name, value in parse_qsl(parts.query)],
                    json=json.loads(body) if body else None,
                    headers=dict(handler.headers),
                    allow_redirects=False,
                    timeout=1,
                )
            return response.status_code, dict(response.headers), response.content

        path = parts.path.partition("/apirest.php/")[2]
        answer = self.fault(handler.command, path, proceed) if self.fault else proceed()
        if answer is None:
            handler.close_connection = True
            return
        status, headers, content = answer
        handler.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)


def _number(value):
    """The fake compares search options as numbers."""
    return int(value) if value.isdigit() and len(value) < 4 else value


def on(wanted, fault, times=1):
    """A fault for the first `times` requests whose "METHOD path" begins with `wanted`."""
    left = [times]

    def applied(method, path, proceed):
        if left[0] and f"{method} {path}".startswith(wanted):
            left[0] -= 1
            return fault(proceed)
        return proceed()

    return applied


def refuse(status, body=b"", content_type=JSON, stored=False):
    """Answer `status`; with `stored` GLPI has done the work all the same."""

    def fault(proceed):
        if stored:
            proceed()
        return status, {"Content-Type": content_type}, body

    return fault


def silent(seconds, stored=False):
    """Answer too late, or break the line; with `stored` GLPI has done the work all the same."""

    def fault(proceed):
        if stored:
            proceed()
        time.sleep(seconds)

    return fault


def truncated(proceed):
    """GLPI does the work, half of its JSON arrives."""
    status, headers, body = proceed()
    return status, headers, body[: len(body) // 2]


def with_headers(**changed):
    """Let other headers come (None: none of that name)."""

    def fault(proceed):
        status, headers, body = proceed()
        headers = {name: value for name, value in headers.items() if name not in changed}
        changed_here = {name: value for name, value in changed.items() if value is not None}
        return status, {**headers, **changed_here}, body

    return fault
