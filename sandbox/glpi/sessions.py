"""Logging in: API clients, user tokens, passwords, and sessions that expire."""

import base64
import ipaddress
import re
import secrets
import string
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .errors import ApiError, not_found
from .rights import role_of

# Idle time after which PHP forgets a session; every call moves it on.
SESSION_LIFETIME = timedelta(minutes=24)
TOKEN_LENGTH = 26

_TOKEN_ALPHABET = string.ascii_lowercase + string.digits


@dataclass
class Session:
    """One login: its user, profile and visible entities."""

    token: str
    user_id: int
    profile: dict
    role: str
    language: str
    list_limit: int
    own_entities: list[int]  # as they were at login: later ones stay unseen
    entities: list[int] = field(default_factory=list)
    active_entity: int = 0
    used_at: datetime | None = None


class Sessions:
    """The open sessions of one store."""

    def __init__(self, store):
        self._store = store
        self._open: dict[str, Session] = {}

    # -- API clients -----------------------------------------------------------------------
    def check_client(self, app_token: str, address: str) -> None:
        """Refuse a caller that no API client of the configuration accepts.

        :param app_token: the caller's token, "" without one.
        :param address: IP address of the caller.
        """
        settings = self._store.settings
        if not settings["api_enabled"]:
            raise ApiError(400, "ERROR", "api_off")
        caller = ipaddress.ip_address(address)
        clients = [
            client
            for client in settings["clients"]
            if caller in ipaddress.ip_network(client["network"], strict=False)
        ]
        if not clients:
            raise ApiError(400, "ERROR_NOT_ALLOWED_IP", "ip", ip=address)
        tokens = {client["app_token"] for client in clients}
        if "" in tokens or app_token in tokens:
            return
        if not app_token:
            raise ApiError(400, "ERROR_APP_TOKEN_PARAMETERS_MISSING", "app_token_missing")
        raise ApiError(400, "ERROR_WRONG_APP_TOKEN_PARAMETER", "app_token")

    # -- opening and closing ---------------------------------------------------------------
    def login(self, authorization: str, values: dict) -> Session:
        """Open a session.

        :param authorization: the header ``user_token <token>`` or ``Basic <base64>``, or "".
        :param values: parameters of the query and the body: user_token, or login and password.
        """
        token, login, password = _credentials(authorization, values)
        settings = self._store.settings
        if token:
            user_id = settings["user_tokens"].get(token) if settings["login_with_token"] else None
            refusal = ApiError(401, "ERROR_GLPI_LOGIN_USER_TOKEN", "user_token")
        elif login and password is not None:
            if not settings["login_with_credentials"]:
                raise ApiError(400, "ERROR_LOGIN_WITH_CREDENTIALS_DISABLED", "credentials_off")
            user_id = self._user_by_password(login, password)
            refusal = ApiError(401, "ERROR_GLPI_LOGIN", "login")
        else:
            raise ApiError(400, "ERROR_LOGIN_PARAMETERS_MISSING", "credentials_missing")
        session = self._open_for(user_id)
        if session is None:
            raise refusal
        return session

    def _user_by_password(self, login: str, password: str) -> int | None:
        if self._store.settings["passwords"].get(login) != password:
            return None
        users = self._store.rows("User", name=login)
        return users[0]["id"] if users else None

    def _open_for(self, user_id: int | None) -> Session | None:
        user = self._store.get("User", user_id) if user_id else None
        grants = self._store.rows("Profile_User", users_id=user_id) if user else []
        if not user or not user["is_active"] or not grants:
            return None
        profile = self._store.get("Profile", grants[0]["profiles_id"])
        entities = self._reached_by(grants)
        session = Session(
            token="".join(secrets.choice(_TOKEN_ALPHABET) for _ in range(TOKEN_LENGTH)),
            user_id=user_id,
            profile=profile,
            role=role_of(profile),
            language=user["language"] or "pt_BR",
            list_limit=user["list_limit"] or self._store.settings["list_limit"],
            own_entities=entities,
            entities=list(entities),
            active_entity=grants[0]["entities_id"],
            used_at=self._store.clock(),
        )
        self._open[session.token] = session
        return session

    def _reached_by(self, grants: list[dict]) -> list[int]:
        reached = {grant["entities_id"] for grant in grants}
        for grant in grants:
            if grant["is_recursive"]:
                reached |= self.descendants(grant["entities_id"])
        return sorted(reached)

    def descendants(self, entity: int) -> set[int]:
        """Return the entity and those below it."""
        found = {entity}
        for row in self._store.rows("Entity", entities_id=entity):
            if row["id"] != entity:
                found |= self.descendants(row["id"])
        return found

    def find(self, token: str) -> Session:
        """Return the session of a token; touches it."""
        if not token:
            raise ApiError(400, "ERROR_SESSION_TOKEN_MISSING", "session_missing")
        session = self._open.get(token)
        now = self._store.clock()
        if session is None or now - session.used_at > SESSION_LIFETIME:
            self._open.pop(token, None)
            raise ApiError(401, "ERROR_SESSION_TOKEN_INVALID", "session")
        session.used_at = now
        return session

    def close(self, token: str) -> None:
        """End a session (killSession)."""
        del self._open[token]

    def expire_all(self) -> int:
        """Forget every session, as the server's clean-up does; return their number."""
        count = len(self._open)
        self._open.clear()
        return count

    # -- entities --------------------------------------------------------------------------
    def change_entity(self, session: Session, wanted, recursive: bool) -> None:
        """Change the active entities; anything but a number is 0, as for PHP's intval.

        :param wanted: id, or None for everything the user reaches.
        """
        if wanted is None:
            session.entities = list(session.own_entities)
            return
        match = re.match(r"\d+", str(wanted))
        entity = int(match[0]) if match else 0
        if entity not in session.own_entities:
            raise not_found()
        below = self.descendants(entity) if recursive else {entity}
        session.active_entity = entity
        session.entities = [number for number in session.own_entities if number in below]


def _credentials(authorization: str, values: dict) -> tuple:
    """Return (user token, login, password) of a request; the scheme needs exactly one space."""
    scheme, _space, rest = authorization.partition(" ")
    if scheme == "user_token" and rest and not rest.startswith(" "):
        return rest.strip(), None, None
    if scheme == "Basic" and rest:
        try:
            login, _colon, password = base64.b64decode(rest).decode().partition(":")
        except ValueError:
            return None, None, None
        return None, login, password
    return values.get("user_token"), values.get("login"), values.get("password")
