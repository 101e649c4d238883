# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A single call to a web service: HTTP, limited in time, size and hosts."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from .hosts import Allowed
from .template import fill

#: Ways on within the same host at most
MAX_REDIRECTS = 3
_CHUNK = 16_384

#: Why a call got no response
NOT_ALLOWED = "not_allowed"
TIME_OUT = "time_out"
NO_CONNECTION = "no_connection"
REDIRECTED = "redirected"
REFUSED = "refused"
TOO_LARGE = "too_large"
NO_JSON = "no_json"


class AskError(Exception):
    """There was no response; ``code`` is one of the constants above.

    ``detail`` is a host or a status.
    """

    def __init__(self, code: str, detail: str = ""):
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Question:
    """A request.

    :ivar url: with ``{names}``, only after the host, where they are percent-encoded
    :ivar body: name -> text with ``{names}``, sent as a JSON object (POST only)
    :ivar seconds: total time limit
    :ivar limit: maximum bytes of the response
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 5
    limit: int = 200_000


@dataclass(frozen=True)
class Answer:
    """The response: ``data`` is JSON.

    It is None for 404 and 204, which mean that there is nothing.
    """

    status: int
    data: Any
    text: str = ""


def ask(question: Question, values: Mapping[str, Any], allowed: Allowed) -> Answer:
    """Call a web service.

    :param values: for the placeholders; missing ones are empty
    :raise AskError: no response, whatever the reason
    """
    url = fill(question.url, values, lambda text: quote(text, safe=""))
    if urlsplit(url).netloc != urlsplit(question.url).netloc:
        raise AskError(NOT_ALLOWED, urlsplit(question.url).netloc)
    body = None
    if question.method == "POST":
        body = json.dumps({name: fill(text, values) for name, text in question.body.items()})
    deadline = time.monotonic() + question.seconds
    with guarded_session(allowed) as session:
        try:
            return _follow(session, question, url, body, allowed, deadline)
        except requests.Timeout as error:
            raise AskError(TIME_OUT) from error
        except (requests.RequestException, UnicodeError) as error:
            refused = refused_address(error)
            if refused:
                raise AskError(NOT_ALLOWED, refused) from error
            raise AskError(NO_CONNECTION, urlsplit(url).hostname or "") from error


def guarded_session(allowed: Allowed) -> requests.Session:
    """Return a session that connects to allowed addresses only.

    The caller checks the host's name (`Allowed.host`); what a refused address raises is read by
    `refused_address`.
    """
    session = requests.Session()
    # use neither the machine's proxy nor its .netrc
    session.trust_env = False
    adapter = _GuardedAdapter(allowed)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _follow(session, question, url, body, allowed, deadline) -> Answer:
    """Return the response, following a few redirects within the same host."""
    home = urlsplit(url)
    for _redirect in range(MAX_REDIRECTS + 1):
        host = urlsplit(url).hostname or ""
        if urlsplit(url).scheme not in ("http", "https") or not allowed.host(host):
            raise AskError(NOT_ALLOWED, host)
        left = _time_left(deadline)
        headers = {"Accept": "application/json", **question.headers}
        if body is not None:
            headers["Content-Type"] = "application/json"
        response = session.request(
            question.method,
            url,
            data=body,
            headers=headers,
            timeout=left,
            stream=True,
            allow_redirects=False,
        )
        with response:
            if not response.is_redirect:
                return _read(response, question.limit, deadline)
            url = urljoin(url, response.headers["Location"])
        target = urlsplit(url)
        if (target.scheme, target.netloc) != (home.scheme, home.netloc):
            raise AskError(REDIRECTED, target.hostname or "")
    raise AskError(REDIRECTED, home.hostname or "")


def _read(response: requests.Response, limit: int, deadline: float) -> Answer:
    if response.status_code in (204, 404):
        return Answer(response.status_code, None)
    if not 200 <= response.status_code < 300:
        raise AskError(REFUSED, str(response.status_code))
    raw = bytearray()
    for chunk in response.iter_content(_CHUNK):
        raw += chunk
        if len(raw) > limit:
            raise AskError(TOO_LARGE, str(limit))
        _time_left(deadline)
    text = raw.decode(response.encoding or "utf-8", errors="replace")
    try:
        return Answer(response.status_code, json.loads(text), text)
    except (ValueError, RecursionError) as error:
        raise AskError(NO_JSON) from error


def _time_left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise AskError(TIME_OUT)
    return left


class _AddressRefused(OSError):
    """A connection was made to a forbidden address."""


def refused_address(error: BaseException | None) -> str:
    """Return the forbidden address in an error's chain, "" if that was not the reason."""
    seen: set[int] = set()
    todo: list[Any] = [error]
    while todo:
        item = todo.pop()
        if not isinstance(item, BaseException) or id(item) in seen:
            continue
        seen.add(id(item))
        if isinstance(item, _AddressRefused):
            return str(item)
        todo += [item.__cause__, item.__context__, getattr(item, "reason", None), *item.args]
    return ""


class _GuardedAdapter(HTTPAdapter):
    """Checks the address actually connected to, before anything is sent.

    Resolving the name first would not be enough: a second look-up may give a different address.
    """

    def __init__(self, allowed: Allowed):
        self._allowed = allowed
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args, **kwargs):
        result = super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _guarded_pools(self._allowed)
        return result


def _guarded_pools(allowed: Allowed) -> dict[str, type]:
    def guard(sock):
        address = sock.getpeername()[0]
        if not allowed.address(address):
            sock.close()
            raise _AddressRefused(address)
        return sock

    class GuardedHTTP(HTTPConnection):
        def _new_conn(self):
            return guard(super()._new_conn())

    class GuardedHTTPS(HTTPSConnection):
        def _new_conn(self):
            return guard(super()._new_conn())

    class HTTPPool(HTTPConnectionPool):
        ConnectionCls = GuardedHTTP

    class HTTPSPool(HTTPSConnectionPool):
        ConnectionCls = GuardedHTTPS

    return {"http": HTTPPool, "https": HTTPSPool}
