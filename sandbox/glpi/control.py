"""The control API at /control, for tests and demonstrations."""

from collections import deque
from datetime import datetime

from werkzeug.wrappers import Request, Response

from sandbox.line import Line

from . import happenings, rows, text
from .answers import answer
from .api import Api
from .faults import Faults
from .store import Store
from .tickets import ROLES, STATUS_NAMES

LOG_LENGTH = 5000


class Control:
    """Answers /control/...; see `README.md` of this package for the list."""

    def __init__(self, store: Store, api: Api, faults: Faults, line: Line):
        self.store, self.api, self.faults, self.line = store, api, faults, line
        self._usual_clock = store.clock
        self.log: deque[dict] = deque(maxlen=LOG_LENGTH)

    def record(self, request: Request, status: int | None) -> None:
        """Note an API request; status None when it was left without an answer."""
        entry = {
            "at": self.store.now(),
            "method": request.method,
            "path": request.path,
            "query": request.query_string.decode(),
            "bytes": request.content_length or 0,
            "content_type": request.mimetype,
            "status": status,
        }
        self.log.append(entry)

    def handle(self, request: Request) -> Response:
        """Return the answer to one request; 404 for an unknown one, 400 for a wrong value."""
        name = request.path.removeprefix("/control/").strip("/").replace("/", "_")
        handler = getattr(self, f"_{request.method.lower()}_{name}", None)
        if handler is None:
            return answer({"error": f"unknown: {request.method} {request.path}"}, 404)
        values = {**request.args, **(request.get_json(force=True, silent=True) or {})}
        try:
            return answer(handler(values))
        except (TypeError, ValueError, KeyError) as error:
            return answer({"error": str(error)}, 400)

    def _get_health(self, _values: dict) -> dict:
        return {"ok": True, "down": self.faults.down}

    def _put_down(self, values: dict) -> dict:
        seconds = float(values.get("seconds", 60))
        self.faults.set_down(bool(values["down"]), values.get("mode", "close"), seconds)
        return self.faults.shown()

    def _get_faults(self, _values: dict) -> dict:
        return self.faults.shown()

    def _put_faults(self, values: dict) -> dict:
        self.faults.configure(values)
        return self.faults.shown()

    def _delete_faults(self, _values: dict) -> dict:
        self.faults.clear()
        return self.faults.shown()

    def _get_log(self, _values: dict) -> list:
        return list(self.log)

    def _delete_log(self, _values: dict) -> dict:
        self.log.clear()
        return {"ok": True}

    def _put_settings(self, values: dict) -> dict:
        unknown = set(values) - set(self.store.settings)
        if unknown:
            raise ValueError(f"unknown setting: {', '.join(sorted(unknown))}")
        with self.store.lock:
            self.store.settings.update(values)
        return {"ok": True}

    def _post_sessions_expire(self, _values: dict) -> dict:
        with self.store.lock:
            return {"expired": self.api.sessions.expire_all()}

    def _post_tickets_merge(self, values: dict) -> dict:
        with self.store.lock:
            happenings.merge(self.store, int(values["into"]), int(values["ticket"]))
        return {"ok": True}

    def _post_tickets_trash(self, values: dict) -> dict:
        with self.store.lock:
            deleted = bool(values.get("deleted", True))
            happenings.trash(self.store, int(values["ticket"]), deleted)
        return {"ok": True}

    def _post_tickets_purge(self, values: dict) -> dict:
        with self.store.lock:
            happenings.purge(self.store, int(values["ticket"]))
        return {"ok": True}

    def _post_tickets_move(self, values: dict) -> dict:
        with self.store.lock:
            happenings.move(self.store, int(values["ticket"]), int(values["entity"]))
        return {"ok": True}

    def _post_line(self, values: dict) -> dict:
        self.line.add(values)
        return {"ok": True}

    def _delete_line(self, _values: dict) -> dict:
        self.line.behave()
        return {"ok": True}

    def _post_line_arrive(self, _values: dict) -> dict:
        def handle(request: Request) -> Response:
            with self.store.lock:
                return self.api.handle(request)

        return {"arrived": self.line.arrive(handle)}

    def _get_rows(self, values: dict) -> list:
        with self.store.lock:
            return rows.read(self.store, values["kind"])

    def _put_rows(self, values: dict) -> dict:
        with self.store.lock:
            return rows.put(self.store, values)

    def _delete_rows(self, values: dict) -> dict:
        with self.store.lock:
            rows.take(self.store, values)
        return {"ok": True}

    def _put_clock(self, values: dict) -> dict:
        moment = datetime.fromisoformat(values["now"]).astimezone() if values.get("now") else None
        self.store.clock = (lambda: moment) if moment else self._usual_clock
        return {"now": self.store.now()}

    def _post_reset(self, values: dict) -> dict:
        with self.store.lock:
            self.store.reset(values.get("state"))
            self.api.sessions.expire_all()
        self._put_clock(values)
        self.faults.clear()
        self.line.clear()
        self.log.clear()
        return {"ok": True}

    def _get_state(self, _values: dict) -> dict:
        with self.store.lock:
            tickets = [describe(self.store, row) for row in self.store.rows("Ticket")]
            documents = [_document(self.store, row) for row in self.store.rows("Document")]
            followups = self.store.rows("ITILFollowup")
            return {"tickets": tickets, "documents": documents, "followups": followups}


def describe(store: Store, ticket: dict) -> dict:
    """Return a ticket with everything that belongs to it, in names as well as in ids."""
    return {
        **ticket,
        "title": text.decode(ticket["name"]),
        "description": text.decode(ticket["content"] or ""),
        "status_name": STATUS_NAMES.get(ticket["status"], str(ticket["status"])),
        "category": _plain(store.name_of("ITILCategory", ticket["itilcategories_id"])),
        "location": _plain(store.name_of("Location", ticket["locations_id"])),
        "entity": _plain(store.name_of("Entity", ticket["entities_id"])),
        "actors": actors(store, ticket),
        "documents": documents_of(store, ticket),
        "followups": store.children("Ticket", ticket["id"], "ITILFollowup"),
        "solutions": store.children("Ticket", ticket["id"], "ITILSolution"),
    }


def _plain(name: str | None) -> str:
    return text.decode(name or "")


def actors(store: Store, ticket: dict) -> dict[str, list[dict]]:
    """Return actors by role: users with name and e-mail, groups with their name."""
    found: dict[str, list[dict]] = {}
    for role, kind in ROLES.items():
        found[role] = []
        for link in store.rows("Ticket_User", tickets_id=ticket["id"], type=kind):
            user_id = link["users_id"]
            emails = [row["email"] for row in store.rows("UserEmail", users_id=user_id)]
            found[role].append(
                {
                    "users_id": user_id,
                    "name": store.friendly_user(user_id),
                    "email": link["alternative_email"] or (emails[0] if emails else ""),
                }
            )
        for link in store.rows("Group_Ticket", tickets_id=ticket["id"], type=kind):
            number = link["groups_id"]
            found[role].append({"groups_id": number, "name": store.name_of("Group", number)})
    return found


def documents_of(store: Store, ticket: dict) -> list[dict]:
    """Return documents that hang on the ticket itself or on one of its followups."""
    links = store.children("Ticket", ticket["id"], "Document_Item")
    for followup in store.children("Ticket", ticket["id"], "ITILFollowup"):
        links += store.children("ITILFollowup", followup["id"], "Document_Item")
    found = []
    for link in links:
        row = store.get("Document", link["documents_id"])
        if row is not None:
            found.append({**_document(store, row), "linked_to": link["itemtype"]})
    return found


def _document(store: Store, row: dict) -> dict:
    content = store.files.get(row["sha1sum"] or "", b"")
    shown = ("id", "name", "filename", "mime", "sha1sum", "users_id", "tickets_id")
    return {**{key: row[key] for key in shown}, "size": len(content)}
