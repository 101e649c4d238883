"""The stand-in as a server: the API, the control API and pages for people."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from werkzeug.wrappers import Request, Response

from sandbox.line import Line
from sandbox.serving import DropConnection, HttpServer

from . import demo_state, pages
from .api import Api
from .control import Control
from .faults import Faults
from .hlapi import HighLevelApi
from .keeping import Keeper
from .store import Store, local_now

API_PATH = "/apirest.php"
HIGH_LEVEL_PATH = "/api.php"


class GlpiSandbox:
    """A test double of GLPI 10.0.6's REST API over HTTP.

    >>> with GlpiSandbox() as glpi:  # doctest: +SKIP
    ...     requests.get(f"{glpi.url}/apirest.php/initSession", headers=...)

    :param port: 0 takes a free one; OSError when the port is in use.
    :param state: rows to start from (`store.Store`), as dict or path to a JSON file; None for the
        demonstration city.
    :param clock: gives the current time (aware); for tests.
    :param keep: file in which the rows survive a restart; None to forget them.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        state: dict | str | Path | None = None,
        clock: Callable[[], datetime] = local_now,
        keep: str | Path | None = None,
    ):
        self.store = Store(demo_state.state() if state is None else state, clock)
        self.api = Api(self.store)
        self.high_level_api = HighLevelApi(self.store, self.api.sessions)
        self.faults, self.line = Faults(), Line()
        self.control = Control(self.store, self.api, self.faults, self.line)
        self._keeper = Keeper(self.store, keep) if keep else None
        if self._keeper:
            self._keeper.restore()
        self._server = HttpServer(host, port, self)

    @property
    def url(self) -> str:
        """Address of the server; the API is at ``url + "/apirest.php"``."""
        return self._server.url

    def start(self) -> "GlpiSandbox":
        """Serve in a thread of its own."""
        self._server.start()
        return self

    def stop(self) -> None:
        """Stop serving; the port is free afterwards."""
        self.faults.release()
        self._server.stop()

    def __enter__(self) -> "GlpiSandbox":
        return self.start()

    def __exit__(self, *_exception) -> None:
        self.stop()

    def __call__(self, environ, start_response):
        """WSGI entry."""
        with Request(environ) as request:
            try:
                response = self._respond(request)
            finally:
                if self._keeper and request.method != "GET":
                    self._keeper.save()
            return response(environ, start_response)

    def _respond(self, request: Request) -> Response:
        if request.path.startswith(API_PATH):
            return self._respond_api(request, API_PATH, self.api)
        if request.path.startswith(HIGH_LEVEL_PATH):
            return self._respond_api(request, HIGH_LEVEL_PATH, self.high_level_api)
        if request.path.startswith("/control/"):
            return self.control.handle(request)
        with self.store.lock:
            return pages.respond(self.store, self.api, request)

    def _respond_api(self, request: Request, root: str, api: Api | HighLevelApi) -> Response:
        def handle(request: Request) -> Response:
            with self.store.lock:
                return api.handle(request)

        try:
            response = self.faults.before(request)
            if response is None:
                response = self.line.carry(request, root, handle)
                self.faults.after(request, response)
        except DropConnection:
            self.control.record(request, None)
            raise
        if date := self.store.settings["http_date"]:
            response.headers["Date"] = date
        self.control.record(request, response.status_code)
        return response
