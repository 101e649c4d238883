# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""OAuth2 with GLPI 11's high-level API: tokens, headers, and what its errors mean.

Only the password grant: the API's own documentation says that grants without a user's credentials
are not supported, and a token got that way is refused everywhere.
"""

from dataclasses import dataclass

from .errors import GlpiAuth, GlpiCrash, GlpiDown, GlpiError, GlpiRefused, blocked
from .wire import Reply, Wire, base_url

# The version we were written for. A server without it answers with its latest.
API = "api.php/v2.3"
_UNAUTHENTICATED = "ERROR_UNAUTHENTICATED"


@dataclass(frozen=True, repr=False)
class Credentials:
    """An OAuth client of GLPI and the user for whom it asks."""

    client_id: str = ""
    client_secret: str = ""
    username: str = ""
    password: str = ""


_REFUSED = {
    "ERROR_RIGHT_MISSING": "right",
    "ERROR_ITEM_NOT_FOUND": "not_found",
    "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM": "unsupported",
    "ERROR_METHOD_NOT_ALLOWED": "unsupported",
}
_OAUTH_CLIENT = ("invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope")
_OAUTH_USER = ("invalid_grant", "invalid_credentials", "access_denied")
_FAILED = {"create": "add", "update": "update", "delete": "delete"}


def from_answer(status, data, *, login=False):
    """Turn an answer that is not a success into the right error.

    GLPI's errors are {"status": CODE, "title", "detail", "additional_messages"}; those of OAuth
    {"error", "error_description", "hint"}.
    """
    values = data if isinstance(data, dict) else {}
    code = str(values.get("status") or values.get("error") or "")
    detail = _detail(values)
    if code in _OAUTH_CLIENT:
        return GlpiAuth("client", detail, code, status)
    if code in _OAUTH_USER:
        return GlpiAuth("credentials", detail, code, status)
    if code == _UNAUTHENTICATED or (status == 401 and code):
        return GlpiAuth("session", detail, _UNAUTHENTICATED, status)
    if code in _REFUSED:
        return GlpiRefused(_REFUSED[code], detail, code, status)
    # "Failed to create item(s)" is GLPI's own no to this item, in spite of its 500
    verb = str(values.get("title") or "").removeprefix("Failed to ").partition(" ")[0]
    if status == 500 and verb in _FAILED:
        return GlpiRefused(_FAILED[verb], detail, code, status)
    if status == 413:
        return GlpiRefused("request_size", detail, code, status)
    if status >= 500 or status in (408, 425, 429):
        return GlpiDown("unavailable", detail, code, status, maybe_done=status >= 500)
    if 300 <= status < 400:
        return GlpiAuth("redirect", detail, code, status)
    if status == 401:
        return GlpiAuth("authorization", detail, code, status)
    if status == 407:
        return GlpiAuth("proxy_login", detail, code, status)
    if not code and (login or status != 404):
        return GlpiAuth("url", detail, code, status)
    # 404 without a word: this version has no such route
    return GlpiRefused("refused" if code else "unsupported", detail, code, status)


def _detail(values):
    """Return GLPI's own explanation."""
    messages = values.get("additional_messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    parts = [
        values.get("title") or values.get("error_description") or values.get("message"),
        values.get("detail") if isinstance(values.get("detail"), str) else None,
        first.get("message") if isinstance(first, dict) else None,
    ]
    return ": ".join(str(part) for part in parts if part)


def high_level_versions(url, **wire):
    """Return the versions of the high-level API that a GLPI has, [] without one.

    E.g. ["2.2.0"].

    Needs no credentials and raises nothing: the login will report any problem.
    """
    try:
        return _versions(Wire(**wire), base_url(url))
    except GlpiError:
        return []


def speaks_high_level(url, **wire):
    """Return whether a GLPI has the high-level API; None while it does not answer."""
    try:
        return bool(_versions(Wire(**wire), base_url(url)))
    except GlpiDown:
        return None
    except GlpiError:
        return False


def _versions(wire, base):
    """Return versions of the high-level API that the server lists."""
    reply = wire.send("GET", f"{base}/api.php/", on_error=from_answer)
    rows = reply.data.get("api_versions") if isinstance(reply.data, dict) else None
    rows = [row for row in rows or [] if isinstance(row, dict)]
    return [str(row.get("version")) for row in rows if str(row.get("api_version")) == "2"]


class HighLevelTransport:
    """Calls to the high-level API with a token, fetched anew when it has expired.

    :param credentials: Credentials; :param profile_id, entity_id: where to work, None: the default
    :param pool, pool_key: as for transport.Transport; :param wire: options of `wire.Wire`
    """

    def __init__(
        self, url, credentials, *, profile_id=None, entity_id=None, pool=None, pool_key=None, **wire
    ):
        self.url = base_url(url)
        self._credentials = credentials or Credentials()
        if not (self._credentials.client_id and self._credentials.client_secret):
            raise GlpiAuth("client")
        if not (self._credentials.username and self._credentials.password):
            raise GlpiAuth("credentials")
        self._place = {}
        if profile_id is not None:
            self._place["GLPI-Profile"] = str(int(profile_id))
        if entity_id is not None:
            self._place["GLPI-Entity"] = str(int(entity_id))
            self._place["GLPI-Entity-Recursive"] = "true"
        self._wire = Wire(**wire)
        self._pool = pool
        self._key = (pool_key, self.url, self._credentials)
        self._token = ""

    def __repr__(self):
        return f"<{type(self).__name__} {self.url}>"

    def call(self, method, path, *, params=None, json=None):
        """Call `path` under the API and return the Reply. Raises GlpiError."""
        return self._in_session(method, path, {"params": params, "json": json})

    def versions(self):
        """Return versions of the high-level API that the server lists."""
        return _versions(self._wire, self.url)

    def fetch(self, path, *, limit):
        """Download the body under `path`.

        GlpiRefused("document_size") beyond `limit` bytes.
        """
        return self._in_session("GET", path, {"reader": self._wire.fetch(limit)})

    def _in_session(self, method, path, options):
        if not self._token and self._pool:
            self._token = self._pool.take(self._key)
        if not self._token:
            self.login()
        try:
            return self._send(method, path, **options)
        except GlpiAuth as error:
            if error.code != _UNAUTHENTICATED:
                raise blocked(error, self._is_alive) from None
        # The token expired, so the request was not carried out: once more.
        self.login()
        try:
            return self._send(method, path, **options)
        except GlpiAuth as error:
            if error.code != _UNAUTHENTICATED:
                raise blocked(error, self._is_alive) from None
            # a token that is a moment old: it did not arrive
            raise GlpiAuth("authorization", error.detail, error.code, error.status) from error

    def _is_alive(self):
        """Return whether GLPI answers a request that nobody could dislike."""
        try:
            return bool(self.versions())
        except GlpiError:
            return False

    def login(self):
        """Get a token with the password grant."""
        if self._pool and self._token:
            self._pool.lose(self._key, self._token)
        self._token = ""
        form = {
            "grant_type": "password",
            "client_id": self._credentials.client_id,
            "client_secret": self._credentials.client_secret,
            "username": self._credentials.username,
            "password": self._credentials.password,
            "scope": "api",
        }
        reply = self._wire.send(
            "POST",
            f"{self.url}/api.php/token",
            data=form,
            headers={"Accept": "application/json"},
            on_error=lambda status, data: from_answer(status, data, login=True),
        )
        token = reply.data.get("access_token") if isinstance(reply.data, dict) else None
        if not isinstance(token, str) or not token:
            raise GlpiAuth("url", status=reply.status)
        self._token = token
        if self._pool:
            self._pool.keep(self._key, token, _nothing_to_end)

    def close(self):
        """Drop the token: OAuth cannot end a session, the token expires by itself."""
        self._token = ""

    def _send(self, method, path, *, params=None, json=None, reader=None):
        headers = {
            "Accept": "*/*" if reader else "application/json",
            "Authorization": f"Bearer {self._token}",
            **self._place,
        }
        reply = self._wire.send(
            method,
            f"{self.url}/{API}/{path}",
            params=params,
            json=json,
            headers=headers,
            on_error=from_answer,
            reader=reader,
        )
        if isinstance(reply, Reply) and reply.data is None and method not in ("POST", "DELETE"):
            raise GlpiCrash(status=reply.status)
        return reply


def _nothing_to_end(_token):
    """Do nothing: a token cannot be given back."""
