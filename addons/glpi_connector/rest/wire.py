# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""HTTP with one GLPI: URLs, time-outs, certificates, rate, reading responses.

Everything that both dialects share. No answer is trusted: redirects are never followed (a token
would go along), bodies are read up to a limit, and a 2xx without JSON is a failure.
"""

import json as jsonlib
import re
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests

from .errors import GlpiAuth, GlpiCrash, GlpiDown, GlpiRefused

# seconds to connect, seconds to wait for each answer
DEFAULT_TIMEOUT = (5, 15)
ENTRY = "apirest.php"
# A page of tickets with pictures inside their texts is large; no legitimate one exceeds this.
ANSWER_LIMIT = 32 * 1024 * 1024
_PIECE = 64 * 1024
# A text in GLPI's page, sent with status 200, while its database is away
_NO_DATABASE = (b"Mysql Error", b"SQL Error", b"SQL server", b"database server")
# A firewall's page (F5 BIG-IP and its likes), which it sends with status 200 to one request
_FIREWALL = re.compile(rb"request(?:ed url)? (?:was )?rejected.{0,600}support id", re.S | re.I)
_NONE = object()  # no JSON; null is JSON


@dataclass(frozen=True)
class Reply:
    """A success: HTTP status, JSON value, headers (case-insensitive)."""

    status: int
    data: Any
    headers: Any


def base_url(url):
    """Return the address of GLPI itself from what was typed, without a slash.

    "https://glpi.example.org", ".../", ".../apirest.php/", ".../api.php/v2.3",
    ".../front/central.php" are understood. Raises GlpiAuth("url_format") for a malformed
    address, or one with a user, password or query in it (they would end up in logs).
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
    return urlunsplit((parts.scheme, parts.netloc, path.rstrip("/"), "", ""))


def normalise_url(url):
    """Return the address of apirest.php from an administrator's input (see base_url)."""
    return f"{base_url(url)}/{ENTRY}"


def is_proxy(url):
    """Return whether this can be a proxy's address: http://user:password@proxy:3128."""
    try:
        parts = urlsplit((url or "").strip())
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def check_token(token, kind):
    """Return the token without outer blanks; GlpiAuth(kind) if no header can carry it."""
    token = (token or "").strip()
    if any(not 33 <= ord(char) <= 126 for char in token):
        raise GlpiAuth(kind)
    return token


class Wire:
    """Send single requests, and turn every outcome into a Reply or a GlpiError.

    :param verify: True, False, or the path of a file with the accepted certificates
    :param timeout: (connect, read) in seconds
    :param proxy: address of an HTTP proxy, "" for none of our own
    :param pace: called before every request; sleeps to keep the rate (see `pace.Pace`)
    :param http: anything with requests.Session's `request` (the tests give a fake)
    """

    def __init__(self, *, verify=True, timeout=None, proxy="", pace=None, http=None):
        self._verify = verify
        self._timeout = timeout or DEFAULT_TIMEOUT
        self._proxies = {"http": proxy, "https": proxy} if proxy else None
        self._pace = pace
        self._http = http or requests.Session()

    def send(self, method, url, *, on_error, reader=None, **options):
        """Send one request.

        :param on_error: (status, JSON or None) -> GlpiError for an unsuccessful answer
        :param reader: reads a successful answer instead of its JSON
        :param options: params, json, data, files, headers as `requests` takes them
        """
        if self._pace:
            self._pace.wait()
        try:
            answer = self._http.request(
                method,
                url,
                timeout=self._timeout,
                verify=self._verify,
                proxies=self._proxies,
                allow_redirects=False,
                stream=True,
                **options,
            )
            with answer:
                if reader and 200 <= answer.status_code < 300:
                    return reader(answer)
                return _read(answer, on_error)
        except requests.RequestException as error:
            raise network_error(error) from None

    def fetch(self, answer_limit):
        """Return a `reader` for send(): a file's bytes, at most `answer_limit` of them."""
        return lambda answer: _file(answer, answer_limit)


def _read(answer, on_error):
    """Return the Reply for a 2xx with JSON; raise the right GlpiError for everything else."""
    body = _body(answer)
    data = _json(body)
    if not 200 <= answer.status_code < 300:
        error = on_error(answer.status_code, None if data is _NONE else data)
        if isinstance(error, GlpiDown):
            error.retry_after = _retry_after(answer.headers.get("Retry-After"))
        raise error
    if data is _NONE and answer.status_code != 204:
        raise _unreadable(answer, body)
    return Reply(answer.status_code, None if data is _NONE else data, answer.headers)


def _unreadable(answer, body):
    """Return the error for a success without JSON, depending on its source.

    200 with an empty text/html body means that GLPI swallowed an uncaught error. A page with
    content comes from something in front of GLPI, or the line broke inside the JSON; either way
    the request may have been carried out.
    """
    if not body.strip():
        return GlpiCrash(status=answer.status_code)
    if "json" in answer.headers.get("Content-Type", "").lower() or body.lstrip()[:1] in b"{[":
        return GlpiDown("truncated", status=answer.status_code, maybe_done=True)
    if any(word in body[:_PIECE] for word in _NO_DATABASE):
        return GlpiDown("database", status=answer.status_code, maybe_done=True)
    if _FIREWALL.search(body[:_PIECE]):
        return GlpiRefused("blocked", status=answer.status_code)
    return GlpiDown("html", status=answer.status_code, maybe_done=True)


def _body(answer):
    """Return the whole body; raise GlpiRefused("answer_size") as soon as it is too long."""
    length = answer.headers.get("Content-Length") or ""
    if length.isdecimal() and int(length) > ANSWER_LIMIT:
        raise GlpiRefused("answer_size", status=answer.status_code)
    data = bytearray()
    for piece in answer.iter_content(_PIECE):
        data += piece
        if len(data) > ANSWER_LIMIT:
            raise GlpiRefused("answer_size", status=answer.status_code)
    return bytes(data)


def _json(body):
    """Return the JSON value, _NONE if the body has none."""
    try:
        return jsonlib.loads(body)
    except ValueError:
        return _NONE


def _file(answer, limit):
    """Return the bytes of a file; GlpiRefused("document_size") as soon as there are too many."""
    data = bytearray()
    for piece in answer.iter_content(_PIECE):
        data += piece
        if len(data) > limit:
            raise GlpiRefused("document_size")
    if not data:
        raise GlpiCrash("no file", answer.status_code)
    return bytes(data)


def _retry_after(value):
    """Return the seconds of a Retry-After header (a number or a date), or None."""
    try:
        if (value or "").strip().isdecimal():
            return min(int(value), 3600)
        wait = (parsedate_to_datetime(value) - datetime.now(timezone.utc)).total_seconds()
        return min(max(0, int(wait)), 3600)
    except (TypeError, ValueError):
        return None


# Texts of urllib3 inside the exceptions of requests -> our kind; the first match counts. All of
# them happen before the request could be sent.
_NEVER_SENT = (
    ("NameResolutionError", "name"),
    ("ProxyError", "proxy"),
    ("ConnectTimeoutError", "connect_timeout"),
    ("Connection refused", "refused_connection"),
    ("NewConnectionError", "unreachable"),
)


def network_error(error):
    """Return the GlpiError for an exception of requests; its text never has a header."""
    if isinstance(error, requests.exceptions.SSLError):
        return GlpiAuth("tls", _reason(error))
    if isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.MissingSchema)):
        return GlpiAuth("url_format")
    if isinstance(error, requests.exceptions.InvalidProxyURL):
        return GlpiAuth("proxy_format")
    if isinstance(error, requests.exceptions.ProxyError):
        return GlpiDown("proxy", _reason(error))
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return GlpiDown("connect_timeout")
    if isinstance(error, requests.exceptions.Timeout):
        return GlpiDown("timeout", maybe_done=True)
    if isinstance(
        error,
        (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError),
    ):
        return GlpiDown("truncated", _reason(error), maybe_done=True)
    # A failed connection sent nothing; one that broke may have delivered the request.
    cause = repr(error)
    for word, kind in _NEVER_SENT:
        if word in cause:
            return GlpiDown(kind, _reason(error))
    if "Read timed out" in cause:
        return GlpiDown("timeout", maybe_done=True)
    return GlpiDown("unreachable", _reason(error), maybe_done=True)


def _reason(error):
    """Return the innermost reason of a network error, short."""
    inner = error.args[0] if error.args else error
    inner = getattr(inner, "reason", inner)
    return str(inner).rpartition(": ")[2][:200]
