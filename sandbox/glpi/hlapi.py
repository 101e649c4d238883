"""The high-level API of GLPI 11 at /api.php, on the same rows as the legacy one.

Built from GLPI's published OpenAPI schemas and source, with what they lack: no uploads, no
requester without account, no way to answer a solution, filters that do not fit are ignored.
"""

import json
import re
from dataclasses import replace

from werkzeug.wrappers import Request, Response

from . import documents, followups, narrow, solutions, tickets
from .answers import answer
from .context import Context
from .errors import ApiError, Refused
from .hlapi_rsql import matches, ordered
from .hlapi_schemas import (
    COLLECTIONS,
    document_link,
    followup,
    rendered,
    solution,
    team,
)
from .incoming import Call
from .rights import DELETE, READ
from .sessions import Session
from .store import Store

VERSIONS = ("2.0.0", "2.1.0", "2.2.0", "2.3.0")
TOKEN_SECONDS = 3600
_TICKET = re.compile(r"Assistance/Ticket/(\d+)(?:/(.*))?")
_DOCUMENT_FILE = re.compile(r"Management/Document/(\d+)/Download")
_ITEM = re.compile(r"(\w+/\w+)/(\d+)")
# property of the schema -> column
_TICKET_COLUMNS = {
    "name": "name",
    "content": "content",
    "type": "type",
    "urgency": "urgency",
    "impact": "impact",
    "category": "itilcategories_id",
    "location": "locations_id",
    "request_type": "requesttypes_id",
    "status": "status",
}
_ERRORS = {
    400: ("ERROR_INVALID_PARAMETER", "One or more parameters are invalid"),
    403: ("ERROR_RIGHT_MISSING", "You don't have permission to perform this action."),
    404: ("ERROR_ITEM_NOT_FOUND", "Not found"),
}


class _Failure(Exception):
    """An error answer: HTTP status and body."""

    def __init__(self, status: int, body):
        super().__init__(status)
        self.status, self.body = status, body


def _failure(status: int) -> _Failure:
    code, title = _ERRORS[status]
    return _Failure(status, {"status": code, "title": title, "detail": None})


class HighLevelApi:
    """Answers calls under /api.php.

    Not thread-safe: the caller holds the store's lock.
    """

    def __init__(self, store: Store, sessions):
        self.store = store
        self.sessions = sessions

    def handle(self, request: Request) -> Response:
        """Return the answer to one request."""
        path = request.path.removeprefix("/api.php").strip("/")
        version, _slash, rest = path.partition("/")
        if re.fullmatch(r"v2(\.\d+)*", version):
            path = rest
        try:
            if not path:
                return answer({"message": "Welcome to GLPI API", "api_versions": self._versions()})
            if path == "token":
                return self._token(request)
            return self._answer(self._context(request), path)
        except _Failure as failure:
            return answer(failure.body, failure.status)
        except Refused as refused:
            return _not_done(refused)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            body = {"status": "ERROR", "title": "An error occurred", "detail": repr(error)}
            return answer(body, 500)

    @staticmethod
    def _versions() -> list[dict]:
        legacy = {"api_version": "1", "version": "1.0.0"}
        return [legacy, *({"api_version": "2", "version": number} for number in VERSIONS)]

    # -- OAuth -----------------------------------------------------------------------------
    def _token(self, request: Request) -> Response:
        values = request.form.to_dict() or request.get_json(silent=True) or {}
        clients = self.store.settings["oauth_clients"]
        if clients.get(values.get("client_id")) != values.get("client_secret"):
            return answer(
                {"error": "invalid_client", "message": "Client authentication failed"}, 401
            )
        if values.get("grant_type") != "password":
            return answer({"error": "unsupported_grant_type", "message": "Not supported"}, 400)
        try:
            login = {"login": values.get("username"), "password": values.get("password")}
            session = self.sessions.login("", login)
        except ApiError:
            text = "The user credentials were incorrect."
            return answer({"error": "invalid_grant", "message": text}, 400)
        return answer(
            {
                "token_type": "Bearer",
                "expires_in": TOKEN_SECONDS,
                "access_token": session.token,
            }
        )

    def _context(self, request: Request) -> Context:
        lost = self.store.settings["authorization_lost"]
        authorization = "" if lost else request.headers.get("Authorization", "")
        scheme, _space, token = authorization.partition(" ")
        try:
            session = self.sessions.find(token if scheme == "Bearer" else "")
        except ApiError:
            title = "You are not authenticated"
            raise _Failure(401, {"status": "ERROR_UNAUTHENTICATED", "title": title}) from None
        session = self._placed(request, session)
        call = Call(
            method=request.method,
            path=[],
            params=request.args.to_dict(),
            payload=_payload(request),
            headers=request.headers,
            base_url=request.host_url + "api.php",
            site_url=request.host_url.rstrip("/"),
            address=request.remote_addr or "",
        )
        return Context(self.store, session, call)

    def _placed(self, request: Request, session: Session) -> Session:
        """Return the session as the headers GLPI-Entity and GLPI-Entity-Recursive place it."""
        wanted = request.headers.get("GLPI-Entity")
        if wanted is None:
            return session
        placed = replace(session)
        try:
            recursive = request.headers.get("GLPI-Entity-Recursive") == "true"
            self.sessions.change_entity(placed, wanted, recursive)
        except ApiError:
            raise _failure(403) from None
        return placed

    # -- routes ----------------------------------------------------------------------------
    def _answer(self, context: Context, path: str) -> Response:
        method = context.call.method
        if path == "session":
            return _shown(self._session(context))
        if path == "Transfer" and method == "POST":
            return self._transfer(context)
        if match := _DOCUMENT_FILE.fullmatch(path):
            return self._download(context, int(match[1]))
        if path in COLLECTIONS:
            return self._create(context, path) if method == "POST" else self._search(context, path)
        if (match := _TICKET.fullmatch(path)) and match[2]:
            return self._below_ticket(context, self._ticket(context, int(match[1])), match[2])
        if (match := _ITEM.fullmatch(path)) and match[1] in COLLECTIONS:
            return self._item(context, match[1], int(match[2]))
        raise _Failure(404, None)

    def _session(self, context: Context) -> dict:
        session, store = context.session, self.store
        user = store.get("User", session.user_id)
        entity = store.get("Entity", session.active_entity)
        profiles = {session.profile["id"]: {"name": session.profile["name"], "entities": []}}
        return {
            "current_time": store.now(),
            "user_id": session.user_id,
            "name": user["name"],
            "profiles": {str(number): value for number, value in profiles.items()},
            "active_entities": {str(number): number for number in session.entities},
            "active_profile": {key: session.profile[key] for key in ("id", "name", "interface")},
            "active_entity": {
                "id": entity["id"],
                "short_name": entity["name"],
                "complete_name": entity["completename"],
                "recursive": 1,
            },
        }

    def _search(self, context: Context, path: str) -> Response:
        itemtype, show = COLLECTIONS[path]
        if not context.may(READ, itemtype):
            raise _failure(403)
        rows = [row for row in self.store.rows(itemtype) if context.sees(itemtype, row)]
        params = context.call.params
        shown = [show(self.store, row) for row in rows]
        shown = [row for row in shown if matches(row, params.get("filter", ""))]
        shown = ordered(shown, params.get("sort", ""))
        start, limit = int(params.get("start", 0)), int(params.get("limit", 100))
        total = len(shown)
        end = max(0, start + limit - 1)
        headers = {"Content-Range": f"{start}-{min(end, max(total - 1, 0))}/{total}"}
        status = 206 if start + limit < total else 200
        return _shown(shown[start : start + limit], status, headers)

    def _item(self, context: Context, path: str, number: int) -> Response:
        itemtype, show = COLLECTIONS[path]
        row = self.store.get(itemtype, number)
        if not context.may(READ, itemtype):
            raise _failure(403)
        if row is None or not context.sees(itemtype, row):
            raise _failure(404)
        if context.call.method == "PATCH" and itemtype == "Ticket":
            tickets.update(context, row, _columns(context.call.payload))
        return _shown(show(self.store, row))

    def _create(self, context: Context, path: str) -> Response:
        if path != "Assistance/Ticket":
            raise _failure(403)  # documents could be made, but never with a file
        entity = context.call.payload.get("entity")
        values = _columns(context.call.payload)
        if entity is not None:
            values["entities_id"] = _number(entity)
        row, _message = tickets.create(context, narrow.fit(self.store, values))
        return _made(row["id"], f"/Assistance/Ticket/{row['id']}")

    def _transfer(self, context: Context) -> Response:
        for record in context.call.payload:
            row = self._ticket(context, int(record["items_id"]))
            tickets.update(context, row, {"entities_id": int(record["entity"])})
        return answer(None)

    def _download(self, context: Context, number: int) -> Response:
        try:
            return documents.download(context, number)
        except ApiError:
            raise _failure(404) from None

    # -- what hangs on a ticket ------------------------------------------------------------
    def _ticket(self, context: Context, number: int) -> dict:
        row = self.store.get("Ticket", number)
        if row is None or not context.sees("Ticket", row):
            raise _failure(404)
        return row

    def _below_ticket(self, context: Context, row: dict, path: str) -> Response:
        posted = context.call.method == "POST"
        if path == "TeamMember":
            return self._add_member(context, row) if posted else _shown(team(self.store, row))
        if path.startswith("Timeline/Followup/"):
            return self._on_followup(context, row, int(path.rpartition("/")[2]))
        kind = path.removeprefix("Timeline/")
        timeline = {
            "Followup": ("ITILFollowup", followup, followups.create),
            "Solution": ("ITILSolution", solution, solutions.create),
            "Document": ("Document_Item", document_link, None),
        }
        if kind not in timeline:
            raise _Failure(404, None)
        itemtype, show, create = timeline[kind]
        if not posted:
            rows = self.store.children("Ticket", row["id"], itemtype)
            return _shown([{"type": kind, "item": show(self.store, item)} for item in rows])
        if create is None:
            raise _failure(403)
        payload = context.call.payload
        # only what the schema knows comes through: no add_close, add_reopen or _no_reopen
        values = {"itemtype": "Ticket", "items_id": row["id"], "content": payload.get("content")}
        if kind == "Followup":
            values["is_private"] = int(bool(payload.get("is_private")))
        made, _message = create(context, narrow.fit(self.store, values))
        return _made(made["id"], f"/Assistance/Ticket/{row['id']}/Timeline/{kind}/{made['id']}")

    def _on_followup(self, context: Context, ticket: dict, number: int) -> Response:
        row = self.store.get("ITILFollowup", number)
        if row is None or row["items_id"] != ticket["id"]:
            raise _failure(404)
        if context.call.method == "DELETE":
            if not context.may(DELETE, "ITILFollowup"):
                raise _failure(403)
            followups.before_delete(context, row)
            self.store.remove("ITILFollowup", number)
            return answer(None, 204)
        if context.call.method == "PATCH":
            private = int(bool(context.call.payload.get("is_private")))
            followups.update(context, row, {"is_private": private})
        return _shown(followup(self.store, row))

    def _add_member(self, context: Context, row: dict) -> Response:
        payload = context.call.payload
        how = self.store.settings["team_member"]
        if how == "refused":
            raise _failure(403)
        if how == "ignored":
            return answer(None, 201)  # GLPI's issue 21159: a success that did nothing
        link = {"tickets_id": row["id"], "type": int(payload["role"])}
        if payload.get("type") == "User":
            tickets.create_user_link(context, {**link, "users_id": int(payload["id"])})
        elif payload.get("type") == "Group":
            tickets.create_group_link(context, {**link, "groups_id": int(payload["id"])})
        else:
            raise _failure(400)
        return answer(None, 201)


def _payload(request: Request):
    """Return the JSON body; {} without one."""
    body = request.get_data()
    try:
        return json.loads(body) if body else {}
    except ValueError:
        raise _failure(400) from None


def _number(value) -> int:
    """Return a reference as {"id": 5} or 5."""
    return int(value["id"] if isinstance(value, dict) else value)


def _columns(payload: dict) -> dict:
    """Return columns of a ticket for the properties of its schema; others are ignored."""
    plain = {"name", "content"}
    return {
        column: payload[name] if name in plain else _number(payload[name])
        for name, column in _TICKET_COLUMNS.items()
        if payload.get(name) is not None
    }


def _shown(value, status: int = 200, headers: dict | None = None) -> Response:
    return answer(rendered(value), status, headers)


def _made(number: int, path: str) -> Response:
    return answer({"id": number, "href": path}, 200, {"Location": path}, method="POST")


def _not_done(refused: Refused) -> Response:
    if refused.key == "right":
        code, title = _ERRORS[403]
        return answer({"status": code, "title": title, "detail": None}, 403)
    message = {"priority": "error", "message": refused.text or refused.key or ""}
    body = {"status": "ERROR", "title": "Failed to create item(s)", "detail": None}
    return answer({**body, "additional_messages": [message]}, 500)
