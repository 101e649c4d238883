"""One HTTP session with GLPI's legacy API: addresses, headers, login, and what an answer means."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests

from .errors import (
    SESSION_LOST,
    GlpiAuth,
    GlpiCrash,
    GlpiDown,
    GlpiError,
    GlpiRefused,
    from_answer,
)

# seconds to connect, seconds to wait for each answer
DEFAULT_TIMEOUT = (5, 15)
ENTRY = "apirest.php"
_PIECE = 64 * 1024


@dataclass(frozen=True)
class Reply:
    """A success: HTTP status, JSON value, headers (case-insensitive)."""

    status: int
    data: Any
    headers: Any


def normalise_url(url):
    """Return the address of apirest.php for what an administrator may type.

    "https://glpi.example.org", ".../", ".../apirest.php/", ".../front/central.php" are
    understood. Raises GlpiAuth("url_format") for what cannot be an address, or one with a
    user, password or query in it (they would end up in logs).
    """
    try:
        parts = urlsplit((url or "").strip())
        port = parts.port
    except ValueError as error:
        raise GlpiAuth("url_format", str(error)) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise GlpiAuth("url_format")
    if parts.query or parts.fragment or port == 0 or any(c.isspace() for c in parts.netloc):
        raise GlpiAuth("url_format")
    path = parts.path
    for tail in (ENTRY, "front/", "index.php", "api.php"):
        path = path.partition(f"/{tail}")[0]
    return urlunsplit((parts.scheme, parts.netloc, f"{path.rstrip('/')}/{ENTRY}", "", ""))


def check_token(token, kind):
    """Return the token without outer blanks; GlpiAuth(kind) when no header could carry it."""
    token = (token or "").strip()
    if any(not 33 <= ord(char) <= 126 for char in token):
        raise GlpiAuth(kind)
    return token


class Transport:
    """Calls GLPI with the headers it wants; logs in when needed, and again once when it forgot us.

    `http` is anything with requests.Session's `request` (the tests give a fake).
    """

    def __init__(self, url, app_token, user_token, *, verify_tls=True, timeout=None, http=None):
        self.url = normalise_url(url)
        self._app_token = check_token(app_token, "app_token_format")
        self._user_token = check_token(user_token, "user_token_format")
        if not self._user_token:
            raise GlpiAuth("user_token")
        self._verify = verify_tls
        self._timeout = timeout or DEFAULT_TIMEOUT
        self._http = http or requests.Session()
        self._session_token = ""

    def __repr__(self):
        return f"<{type(self).__name__} {self.url}>"

    def call(self, method, path, *, params=None, json=None, files=None, headers=None):
        """Call `path` under apirest.php in a session and return the Reply.

        :param params: list of (name, value) pairs or dict for the query
        :param json: body as JSON; :param files: multipart parts as `requests` takes them
        :raises GlpiError: see errors.py
        """
        options = {"params": params, "json": json, "files": files, "headers": headers or {}}
        return self._in_session(method, path, options)

    def _in_session(self, method, path, options):
        """Send within a session: opened when there is none, and once more when it was lost."""
        if not self._session_token:
            self.login()
        try:
            return self._send(method, path, **options)
        except GlpiAuth as error:
            if error.code != SESSION_LOST:
                raise
        # The session expired or was cleaned up, so the request was not carried out: once more.
        self.login()
        return self._send(method, path, **options)

    def fetch(self, path, *, params, limit):
        """Download the body under `path`, at most `limit` bytes.

        :raises GlpiRefused: "document_size" when it is longer
        """
        options = {
            "params": params,
            "headers": {"Accept": "application/octet-stream"},
            "reader": lambda answer: _download(answer, limit),
        }
        return self._in_session("GET", path, options)

    def login(self):
        """Open a session (initSession)."""
        self._session_token = ""
        # exactly one blank: GLPI takes two for a missing token
        headers = {"Authorization": f"user_token {self._user_token}"}
        reply = self._send("GET", "initSession", headers=headers, login=True)
        token = reply.data.get("session_token") if isinstance(reply.data, dict) else None
        if not isinstance(token, str) or not token:
            raise GlpiAuth("url", status=reply.status)
        self._session_token = token

    def close(self):
        """End the session (killSession); one that cannot be ended expires by itself."""
        token, self._session_token = self._session_token, ""
        if token:
            try:
                self._send("GET", "killSession", headers={"Session-Token": token})
            except GlpiError:
                return

    def _headers(self, extra):
        """All headers of a call; the App-Token goes with every one of them."""
        headers = {"Accept": "application/json", "X-GLPI-Sanitized-Content": "false"}
        if self._app_token:
            headers["App-Token"] = self._app_token
        if self._session_token:
            headers["Session-Token"] = self._session_token
        headers.update(extra)
        return headers

    def _send(
        self,
        method,
        path,
        *,
        params=None,
        json=None,
        files=None,
        headers=None,
        login=False,
        reader=None,
    ):
        """Send one request, and turn whatever happens into a Reply or a GlpiError.

        :param reader: takes a success's answer instead of JSON being read from it
        """
        try:
            answer = self._http.request(
                method,
                f"{self.url}/{path}",
                params=params,
                json=json,
                files=files,
                headers=self._headers(headers or {}),
                timeout=self._timeout,
                verify=self._verify,
                allow_redirects=False,
                stream=True,
            )
            with answer:
                if reader and 200 <= answer.status_code < 300:
                    return reader(answer)
                return _read(answer, login)
        except requests.RequestException as error:
            raise _network_error(error) from None


def _network_error(error):
    """The GlpiError for an exception of requests; its text may name the address, never a header."""
    if isinstance(error, requests.exceptions.SSLError):
        return GlpiAuth("tls", _reason(error))
    if isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.MissingSchema)):
        return GlpiAuth("url_format")
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return GlpiDown("unreachable", "timeout")
    if isinstance(error, requests.exceptions.Timeout):
        return GlpiDown("timeout", maybe_done=True)
    # A connection that was never made sent nothing; one that broke may have delivered the request.
    cause = repr(error)
    never = any(word in cause for word in ("NewConnectionError", "NameResolutionError"))
    return GlpiDown("unreachable", _reason(error), maybe_done=not never)


def _reason(error):
    """The innermost reason of a network error, short."""
    inner = error.args[0] if error.args else error
    inner = getattr(inner, "reason", inner)
    return str(inner).rpartition(": ")[2][:200]


def _download(answer, limit):
    """The bytes of a success, GlpiRefused("document_size") as soon as there are too many."""
    data = bytearray()
    for piece in answer.iter_content(_PIECE):
        data += piece
        if len(data) > limit:
            raise GlpiRefused("document_size")
    if not data:
        raise GlpiCrash("no file", answer.status_code)
    return bytes(data)


def _read(answer, login):
    """Reply for a 2xx with JSON; the right GlpiError for everything else.

    200 with an empty text/html body means that GLPI swallowed an uncaught error. At login the same
    means that the address belongs to some other web page.
    """
    try:
        data = answer.json() if answer.content else None
    except ValueError:
        data = None
    if not 200 <= answer.status_code < 300:
        raise from_answer(answer.status_code, data, login=login)
    if data is None:
        if login and answer.content:
            raise GlpiAuth("url", status=answer.status_code)
        raise GlpiCrash(status=answer.status_code)
    return Reply(answer.status_code, data, answer.headers)
