"""A small threaded HTTP/1.1 server for a WSGI application, with keep-alive.

werkzeug's development server closes the connection after every answer and waits 10 ms for what may
follow. The real far sides keep connections open, and a load test needs it; so this one does.
"""

import io
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

MAX_BODY = 200 * 1024 * 1024


class DropConnection(Exception):
    """Raised by an application to close the connection without an answer.

    As a broken line does.
    """


class _Handler(BaseHTTPRequestHandler):
    """Turns one connection's requests into WSGI calls. Whole bodies are kept in memory."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two packets: Nagle would cost 40 ms
    wbufsize = -1
    timeout = 120

    def log_message(self, *args):
        """Stay quiet: the sandbox has its own log of requests."""

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self._serve
        raise AttributeError(name)

    def _serve(self):
        body = self._read_body()
        if body is None:
            self.close_connection = True
            self.send_error(413)
            return
        try:
            status, headers, answer = self._call(self._environ(body))
        except DropConnection:
            self.close_connection = True
            return
        code, _separator, reason = status.partition(" ")
        given = {name.lower() for name, _value in headers}
        self.send_response_only(int(code), reason)
        self.send_header("Server", self.version_string())
        if "date" not in given:
            self.send_header("Date", self.date_time_string())
        for name, value in headers:
            self.send_header(name, value)
        if "content-length" not in given:
            self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)
        self.wfile.flush()

    def _read_body(self):
        """Return the request's body, or None when it is larger than `MAX_BODY`."""
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            chunks, total = [], 0
            while size := int(self.rfile.readline().split(b";")[0], 16):
                total += size
                if total > MAX_BODY:
                    return None
                chunks.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(chunks)
        length = int(self.headers.get("Content-Length") or 0)
        return self.rfile.read(length) if length <= MAX_BODY else None

    def _environ(self, body):
        parts = urlsplit(self.path)
        environ = {
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(parts.path, "latin-1"),
            "QUERY_STRING": parts.query,
            "REMOTE_ADDR": self.client_address[0],
            "SERVER_NAME": self.server.server_address[0],
            "SERVER_PORT": str(self.server.server_address[1]),
            "SERVER_PROTOCOL": self.request_version,
        }
        for name, value in self.headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
        environ["CONTENT_LENGTH"] = str(len(body))
        return environ

    def _call(self, environ):
        started = []
        chunks = self.server.app(
            environ, lambda status, headers, exc_info=None: started.append((status, headers))
        )
        try:
            answer = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return *started[-1], answer


class HttpServer(ThreadingHTTPServer):
    """Serves `app` (WSGI) on host and port until `stop()`; port 0 takes a free one.

    Raises OSError when the port is in use.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, host, port, app):
        self.app = app
        self._connections = set()
        self._thread = None
        super().__init__((host, port), _Handler)

    @property
    def url(self):
        """Address to reach it at, without a slash at the end."""
        host, port = self.server_address[:2]
        return f"http://{host}:{port}"

    def start(self):
        """Accept connections in a thread of its own; returns at once."""
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def stop(self):
        """Stop accepting and cut what is open, so that the port is free at once."""
        if self._thread:
            self.shutdown()
            self._thread.join()
        self.server_close()
        for connection in list(self._connections):
            _cut(connection)

    def process_request(self, request, client_address):
        """Remember the open connection, for `stop()`."""
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request):
        """Forget a connection that is over."""
        self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request, client_address):
        """Stay quiet: a client that went away in the middle is normal here."""


def _cut(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        connection.close()  # it was gone already
