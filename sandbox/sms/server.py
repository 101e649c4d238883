"""The gateway as a server: its API, and the control API for tests.

`POST /v1/messages` takes `{"messages": [{"to", "text", "external_id", "from"}]}` and answers
`{"messages": [{"external_id", "id", "status"}]}`. `GET /control/state`, `POST /control/settings`,
`POST /control/faults` and `POST /control/reset` are for tests; what the gateway would say by itself
(receipts, replies) is made by `POST /control/receipt` and `POST /control/reply`, which answer the
JSON and, if `url` is given, call it.
"""

import http.client
import json
import time
from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

from sandbox.serving import DropConnection, HttpServer

from .store import Store


class SmsSandbox:
    """A test double of an SMS gateway over HTTP.

    :param port: 0 takes a free one; OSError when the port is in use
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0):
        self.store = Store()
        self._server = HttpServer(host, port, self)

    @property
    def url(self) -> str:
        """Address of the server; messages go to ``url + "/v1/messages"``."""
        return self._server.url

    def start(self) -> "SmsSandbox":
        """Serve in a thread of its own."""
        self._server.start()
        return self

    def stop(self) -> None:
        """Stop serving; the port is free afterwards."""
        self._server.stop()

    def __enter__(self) -> "SmsSandbox":
        return self.start()

    def __exit__(self, *_exception) -> None:
        self.stop()

    def __call__(self, environ, start_response):
        """WSGI entry."""
        with Request(environ) as request:
            return self._respond(request)(environ, start_response)

    def _respond(self, request: Request) -> Response:
        try:
            if request.path == "/v1/messages" and request.method == "POST":
                return self._take(request)
            if request.path.startswith("/control/"):
                return self._control(request, request.path.removeprefix("/control/"))
        except ValueError as error:
            return _json({"error": str(error)}, 400)
        return _json({"error": "not found"}, 404)

    # --- the gateway --------------------------------------------------------------------------

    def _take(self, request: Request) -> Response:
        store = self.store
        with store.lock:
            store.requests += 1
        if request.headers.get("Authorization") != store.key:
            return _json({"error": "unauthorized"}, 401)
        items = json.loads(request.get_data())["messages"]
        if refusal := self._refusal(len(items)):
            return refusal
        taken = [store.take(item) for item in items]
        if store.met("server_error_after"):
            return _json({"error": "internal"}, 500)
        if store.met("timeout_after"):
            time.sleep(3)
            raise DropConnection
        if store.met("silent"):
            return _json({}, 200)
        if store.met("half"):
            taken = taken[: len(taken) // 2]
        answers = [
            {"external_id": one.external_id, "id": one.id, "status": one.status} for one in taken
        ]
        return _json({"messages": answers}, 200)

    def _refusal(self, count: int) -> Response | None:
        store = self.store
        if store.met("drop"):
            raise DropConnection
        if store.met("server_error"):
            return _json({"error": "internal"}, 500)
        if store.met("busy"):
            return _json({"error": "too many requests"}, 429)
        if store.met("no_credit"):
            return _json({"error": "no credit"}, 402)
        if count > 1 and store.met("refuse_batch"):
            return _json({"error": "invalid message in batch"}, 400)
        return None

    # --- the control API ----------------------------------------------------------------------

    def _control(self, request: Request, path: str) -> Response:
        values = json.loads(request.get_data() or b"{}")
        if path == "state":
            return _json(self.store.as_dict(), 200)
        if path == "reset":
            self.store.clear()
        elif path == "faults":
            self.store.set_faults(values)
        elif path == "settings":
            for name in ("key", "idempotent", "refused"):
                if name in values:
                    setattr(self.store, name, values[name])
        elif path == "receipt":
            return _json(self._said(values, self._receipt(values)), 200)
        elif path == "reply":
            said = {"from": values["from"], "text": values["text"], "id": values["id"]}
            return _json(self._said(values, said), 200)
        else:
            return _json({"error": "not found"}, 404)
        return _json({"ok": True}, 200)

    def _receipt(self, values: dict) -> dict:
        """Return a receipt of a message, which is named by its `external_id`.

        :param values: `external_id`, `status`, and `only_id` if it names only the gateway's id
        """
        with self.store.lock:
            (message,) = [
                one for one in self.store.messages if one.external_id == values["external_id"]
            ][:1]
        receipt = {"id": message.id, "status": values["status"]}
        if not values.get("only_id"):
            receipt["external_id"] = message.external_id
        return receipt

    @staticmethod
    def _said(values: dict, said: dict) -> dict:
        if url := values.get("url"):
            parts = urlsplit(url)
            line = http.client.HTTPConnection(parts.netloc, timeout=30)
            line.request("POST", parts.path, json.dumps(said), {"Content-Type": "application/json"})
            line.getresponse().read()
            line.close()
        return said


def _json(data: object, status: int) -> Response:
    return Response(json.dumps(data), status=status, content_type="application/json")
