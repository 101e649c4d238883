# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sessions with GLPI's legacy API: headers, login, and what its errors mean."""

from .errors import SESSION_LOST, GlpiAuth, GlpiDown, GlpiError, GlpiRefused, blocked, from_answer
from .wire import DEFAULT_TIMEOUT, ENTRY, Reply, Wire, check_token, normalise_url

__all__ = ["DEFAULT_TIMEOUT", "ENTRY", "Reply", "Transport", "check_token", "normalise_url"]


class Transport:
    """Calls to GLPI with its headers; logs in, once more if GLPI forgot us.

    :param profile_id, entity_id: where to work, when it is not the user's default (None: default)
    :param pool: SessionPool that keeps the session open for the next client; None ends it in
        close(); :param pool_key: further key for sharing sessions, besides address and tokens
    :param wire: options of `wire.Wire`
    """

    def __init__(
        self,
        url,
        app_token,
        user_token,
        *,
        profile_id=None,
        entity_id=None,
        pool=None,
        pool_key=None,
        **wire,
    ):
        self.url = normalise_url(url)
        self._app_token = check_token(app_token, "app_token_format")
        self._user_token = check_token(user_token, "user_token_format")
        if not self._user_token:
            raise GlpiAuth("user_token")
        self._profile_id, self._entity_id = profile_id, entity_id
        self._wire = Wire(**wire)
        self._pool = pool
        place = (profile_id, entity_id)
        self._key = (pool_key, self.url, self._app_token, self._user_token, place)
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

    def fetch(self, path, *, params, limit):
        """Download the body under `path`, at most `limit` bytes.

        :raises GlpiRefused: "document_size" when it is longer
        """
        headers = {"Accept": "application/octet-stream"}
        options = {"params": params, "headers": headers, "reader": self._wire.fetch(limit)}
        return self._in_session("GET", path, options)

    def _in_session(self, method, path, options):
        """Send within a session: open it if there is none, and once more if it was lost."""
        if not self._session_token and self._pool:
            self._session_token = self._pool.take(self._key)
        if not self._session_token:
            self.login()
        try:
            return self._send(method, path, **options)
        except GlpiAuth as error:
            if error.code != SESSION_LOST:
                raise blocked(error, self._is_alive) from None
        # The session expired or was cleaned up, so the request was not carried out: once more.
        self.login()
        try:
            return self._send(method, path, **options)
        except GlpiAuth as error:
            raise blocked(error, self._is_alive) from None

    def _is_alive(self):
        """Return whether GLPI answers a request that nobody could dislike."""
        try:
            return bool(self._send("GET", "getActiveProfile").data)
        except GlpiError:
            return False

    def login(self):
        """Open a session (initSession) in the wanted profile and entity."""
        if self._pool and self._session_token:
            self._pool.lose(self._key, self._session_token)
        self._session_token = ""
        # exactly one blank: GLPI takes two for a missing token
        headers = {"Authorization": f"user_token {self._user_token}"}
        # A page instead of JSON is GLPI's way to say that its database is away, or maintenance:
        # it passes. A wrong address looks alike, and is found by the test of the connection.
        try:
            reply = self._send("GET", "initSession", headers=headers, login=True)
        except GlpiRefused as error:
            if error.kind == "blocked":  # everybody is refused, not just one text
                raise GlpiDown("html", status=error.status) from None
            raise
        token = reply.data.get("session_token") if isinstance(reply.data, dict) else None
        if not isinstance(token, str) or not token:
            raise GlpiAuth("url", status=reply.status)
        self._session_token = token
        self._take_place()
        if self._pool:
            self._pool.keep(self._key, token, self._end)

    def _take_place(self):
        """Change to the wanted profile, then to the wanted entity (with all below it)."""
        if self._profile_id is not None:
            self._place("profile", "changeActiveProfile", {"profiles_id": int(self._profile_id)})
        if self._entity_id is not None:
            body = {"entities_id": int(self._entity_id), "is_recursive": True}
            self._place("entity", "changeActiveEntities", body)

    def _place(self, kind, path, body):
        try:
            self._send("POST", path, json=body)
        except GlpiRefused as error:
            # the user has lost the chosen profile or entity
            raise GlpiAuth(kind, error.detail, error.code, error.status) from error

    def close(self):
        """End the session (killSession), or leave it to the next client of the pool."""
        token, self._session_token = self._session_token, ""
        if token and not self._pool:
            self._end(token)

    def _end(self, token):
        """Call killSession; a session that cannot be ended expires by itself."""
        try:
            self._send("GET", "killSession", headers={"Session-Token": token})
        except GlpiError:
            return

    def _headers(self, extra):
        """Return all headers of a call; the App-Token is among them every time."""
        headers = {"Accept": "application/json", "X-GLPI-Sanitized-Content": "false"}
        if self._app_token:
            headers["App-Token"] = self._app_token
        if self._session_token:
            headers["Session-Token"] = self._session_token
        headers.update(extra)
        return headers

    def _send(self, method, path, *, headers=None, login=False, reader=None, **options):
        """Send one request; see Wire.send."""
        reply = self._wire.send(
            method,
            f"{self.url}/{path}",
            headers=self._headers(headers or {}),
            on_error=lambda status, data: from_answer(status, data, login=login),
            reader=reader,
            **{name: options.get(name) for name in ("params", "json", "files")},
        )
        if isinstance(reply, Reply) and reply.status == 207:
            # part of a list failed; we send no lists, so it is the one item
            raise from_answer(400, reply.data)
        return reply
