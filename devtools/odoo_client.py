"""A person at Odoo's web client, without the browser: how `demo` and tests act."""

import http.cookiejar
import itertools
import json
import mimetypes
import urllib.request
import uuid


class OdooError(Exception):
    """Odoo answered a call with an error, in the words that a person would have seen."""


class OdooClient:
    """Session of one user over the routes the web client itself uses.

    :param url: base address of the server, such as ``http://127.0.0.1:8069``
    :param database: database name
    """

    def __init__(self, url: str, database: str):
        self.url = url.rstrip("/")
        self.database = database
        self.user_id: int | None = None
        self.context: dict = {}
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self._cookies)
        )
        self._ids = itertools.count(1)
        self._tokens: dict[int, str] = {}

    def login(self, login: str, password: str) -> "OdooClient":
        """Open the session; raises :class:`OdooError` when the password is wrong."""
        info = self.json(
            "/web/session/authenticate",
            {"db": self.database, "login": login, "password": password},
        )
        self.user_id = info["uid"]
        self.context = info["user_context"]
        return self

    @property
    def session_id(self) -> str:
        """The session cookie, for a websocket of the same user."""
        return next(cookie.value for cookie in self._cookies if cookie.name == "session_id")

    def json(self, route: str, params: dict, timeout: float = 60):
        """Call a JSON-RPC route and return its result."""
        body = {"jsonrpc": "2.0", "method": "call", "id": next(self._ids), "params": params}
        answer = json.loads(
            self._send(route, json.dumps(body).encode(), "application/json", timeout)
        )
        if "error" in answer:
            error = answer["error"]
            raise OdooError(error.get("data", {}).get("message") or error.get("message"))
        return answer.get("result")

    def call(self, model: str, method: str, *args, **kwargs):
        """Call ``method`` of ``model`` with the logged-in user's rights and language."""
        kwargs["context"] = {**self.context, **kwargs.get("context", {})}
        return self.json(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def search_read(self, model: str, domain: list, fields: list[str], **kwargs) -> list[dict]:
        """Return records of ``model`` that match, with ``fields``."""
        return self.call(model, "search_read", domain, fields, **kwargs)

    def post(self, channel_id: int, text: str, attachments: list[int] = ()) -> int:
        """Write ``text`` in a Discuss channel as the composer does; return its id."""
        result = self.json(
            "/mail/message/post",
            {
                "thread_model": "discuss.channel",
                "thread_id": channel_id,
                "post_data": {
                    "body": text,
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                    "attachment_ids": list(attachments),
                    "attachment_tokens": [self._tokens[one] for one in attachments],
                },
            },
        )
        return result["message_id"]

    def upload(self, channel_id: int, filename: str, content: bytes) -> int:
        """Put a file into the composer of a channel; returns the attachment's id."""
        boundary = uuid.uuid4().hex
        kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
        fields = {
            "thread_model": "discuss.channel",
            "thread_id": str(channel_id),
            "is_pending": "true",
            "csrf_token": self._csrf_token(),
        }
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="ufile"; '
            f'filename="{filename}"\r\nContent-Type: {kind}\r\n\r\n'
        )
        body = (
            "".join(parts).encode() + head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        )
        answer = json.loads(
            self._send(
                "/mail/attachment/upload", body, f"multipart/form-data; boundary={boundary}", 60
            )
        )
        if "error" in answer:
            raise OdooError(str(answer["error"]))
        data = answer["data"]
        stored = data["store_data"]["ir.attachment"][0]
        self._tokens[data["attachment_id"]] = stored.get("ownership_token", "")
        return data["attachment_id"]

    def get(self, route: str, timeout: float = 60) -> bytes:
        """Open a page, as a link does, and return it."""
        return self._send(route, None, "", timeout)

    def _csrf_token(self) -> str:
        page = self.get("/odoo").decode()
        marker = 'csrf_token: "'
        start = page.index(marker) + len(marker)
        return page[start : page.index('"', start)]

    def _send(self, route: str, body: bytes | None, content_type: str, timeout: float) -> bytes:
        request = urllib.request.Request(self.url + route, data=body)
        if content_type:
            request.add_header("Content-Type", content_type)
        with self._opener.open(request, timeout=timeout) as answer:
            return answer.read()
