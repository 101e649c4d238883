"""A GLPI in memory that stands in for `requests.Session.request` in tests: no Odoo, no network.

It keeps tickets, documents and followups, answers as the recorded 10.0.6 does where the connector
looks, and can be told to fail: see `Faults`.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from urllib.parse import urlsplit

import requests

ACCEPTED = ("jpg", "jpeg", "png", "gif", "pdf", "ogg", "mp3", "wav", "docx", "xlsx", "zip", "txt")
API_USER = 7
NOW = "2026-11-21 19:41:56"
_SCOPE = {
    "getMyProfiles": {"myprofiles": [{"id": 9, "name": "Integração", "entities": []}]},
    "getMyEntities": {"myentities": [{"id": 0, "name": "Prefeitura"}]},
    "getFullSession": {"session": {"glpiID": API_USER}},
    "getActiveEntities": {"active_entity": {"id": 0, "active_entity_recursive": 1}},
}
NO_DATABASE = b"\n<!DOCTYPE html>\n<html><head><title>Mysql Error - GLPI</title></head></html>"
_RIGHTS = {
    "ticket": 9223,
    "followup": 13319,
    "document": 7,
    "user": 7,
    "location": 1,
    "itilcategory": 1,
}


@dataclass
class Faults:
    """What goes wrong. Counters count down with each request of the named kind."""

    down: bool = False  # nobody listens
    no_database: bool = False  # 200 with a page, whatever is asked
    lose_answers: int = 0  # the request is carried out, its answer never comes (POST Ticket)
    late_creates: int = 0  # POST Ticket: no answer, and carried out when `arrive()` is called
    lose_documents: int = 0  # the same for POST Document
    lose_followups: int = 0  # the same for POST ITILFollowup
    crashes: int = 0  # POST Ticket answers 200 with an empty body, nothing stored
    login: tuple | None = None  # (status, code) of every initSession
    refuse: dict = field(default_factory=dict)  # {"POST Ticket": (status, code)}
    forget_session: int = 0  # the next n calls find their session gone


class FakeGlpi:
    """`with patch("requests.Session.request", fake.request)`, or given to a client as `http`."""

    def __init__(self):
        self.faults = Faults()
        self.attempts = 0  # requests, whether they arrived or not
        self.log = []  # "METHOD path" of every request that arrived
        self.bodies = []  # JSON bodies of the POSTs
        self.headers = []  # headers of every request
        self.users = [
            {"id": 8, "login": "maria.souza", "email": "maria@example.test", "mobile": ""}
        ]
        self.categories = [(1, "Computador e impressora", 0), (2, "Internet & rede", 0)]
        self.locations = [(1, "Prefeitura (sede)", 0), (2, "Secretaria de Saúde", 0)]
        self.tickets, self.documents, self.links = {}, {}, []
        self.followups, self.solutions = [], []
        self.files = {}  # {document: bytes} of technicians' files
        self.offset_hours = -3  # of GLPI's wall clock, from UTC
        self.now = None  # naive UTC of the Date header; None: it sends none
        self.authorization_lost = False  # by a proxy
        self.narrow = ""  # its database: "refuse", "cut" or "crash" at characters above U+FFFF
        self.late, self.ticket_links = [], []
        self.assigned = {}  # {ticket: user}
        self.accepted, self.rights = set(ACCEPTED), dict(_RIGHTS)
        self._sessions, self._next = set(), 0

    # ------------------------------------------------------------------ entry
    def request(self, method, url, params=None, json=None, files=None, headers=None, **options):
        """Same signature as requests.Session.request, as far as the connector uses it."""
        assert options.get("allow_redirects") is False and options.get("timeout")
        self.attempts += 1
        if self.faults.down:
            raise requests.ConnectionError("NewConnectionError: [Errno 111] Connection refused")
        if self.faults.no_database:
            return answer(200, raw=NO_DATABASE)
        path = urlsplit(url).path.partition("/apirest.php/")[2]
        self.log.append(f"{method} {path}")
        self.headers.append(dict(headers or {}))
        query = dict(params if isinstance(params, dict) else params or [])
        refusal = self.faults.refuse.get(f"{method} {path.split('/')[0]}")
        if path == "initSession":
            return self._init_session()
        token = (headers or {}).get("Session-Token")
        if self.faults.forget_session:
            self.faults.forget_session -= 1
            self._sessions.discard(token)
        if token not in self._sessions:
            return answer(401, ["ERROR_SESSION_TOKEN_INVALID", "sessão inválida"])
        if refusal:
            return answer(refusal[0], [refusal[1], "recusado"])
        if path.startswith("changeActive"):
            return answer(200, True)
        if method == "POST" and json is not None:
            self.bodies.append((path, json["input"]))
        values = (json or {}).get("input")
        if self.narrow == "cut" and values:
            values = {name: _cut(value) for name, value in values.items()}
        if self.narrow == "crash" and _is_wide([values, files]):
            return answer(200)
        if self.narrow == "refuse" and _is_wide([values, files]):
            verb = "UPDATE" if method == "PUT" else "ADD"
            return answer(400, [f"ERROR_GLPI_{verb}", "Incorrect string value"])
        return self._route(method, path, query, values, files, token)

    def _init_session(self):
        if self.authorization_lost:
            return answer(400, ["ERROR_LOGIN_PARAMETERS_MISSING", "recusado"])
        if self.faults.login:
            return answer(self.faults.login[0], [self.faults.login[1], "recusado"])
        token = f"session-{self._new_id()}"
        self._sessions.add(token)
        return answer(200, {"session_token": token})

    def _route(self, method, path, query, values, files, token):
        if path == "killSession":
            self._sessions.discard(token)
            return answer(200, True)
        if path == "getActiveProfile":
            return answer(200, {"active_profile": {"id": 9, "name": "Integração", **self.rights}})
        if path == "getGlpiConfig":
            return answer(200, {"cfg_glpi": {"version": "10.0.6"}})
        if path in _SCOPE:
            return answer(200, _SCOPE[path])
        if path.startswith("search/"):
            return self._search(path[7:], query)
        kind, _slash, rest = path.partition("/")
        if method == "POST":
            return getattr(self, f"_post_{kind.lower()}")(values, files)
        if method == "PUT":
            if kind == "ITILFollowup":
                next(one for one in self.followups if one["id"] == int(rest)).update(values)
                return answer(200, [{rest: True, "message": ""}])
            self.tickets[int(rest)].update(values)
            return answer(200, [{rest: True, "message": ""}])
        if method == "DELETE":
            self.documents.pop(int(rest), None)
            return answer(200, [{rest: True, "message": ""}])
        return self._get(kind, rest, query)

    # ------------------------------------------------------------------ writing
    def arrive(self):
        """GLPI carries out what it was still working on."""
        late, self.late = self.late, []
        for values in late:
            self._post_ticket(values, None)

    def _post_ticket_ticket(self, values, _files):
        self.ticket_links.append(values)
        return answer(201, {"id": self._new_id(), "message": ""})

    def _post_ticket(self, values, files):
        if self.faults.late_creates:
            self.faults.late_creates -= 1
            self.late.append(values)
            raise requests.ReadTimeout("read timed out")
        if self.faults.crashes:
            self.faults.crashes -= 1
            return answer(200)
        ticket_id = self._new_id()
        row = {"id": ticket_id, "status": 1, "date_mod": NOW, "users_id_recipient": API_USER}
        self.tickets[ticket_id] = {**row, "is_deleted": 0, **values}
        if self.faults.lose_answers:
            self.faults.lose_answers -= 1
            raise requests.ReadTimeout("read timed out")
        return answer(201, {"id": ticket_id, "message": "Item adicionado com sucesso"})

    def _post_document(self, _values, files):
        manifest = json.loads(files["uploadManifest"][1])["input"]
        filename, data, mime = files["filename[0]"]
        document_id = self._new_id()
        good = filename.rpartition(".")[2].lower() in self.accepted and data
        self.documents[document_id] = {
            "id": document_id,
            "name": manifest["name"],
            "filename": filename if good else None,
            "mime": mime if good else None,
            "sha1sum": hashlib.sha1(data).hexdigest() if good else None,
            "users_id": API_USER,
        }
        if self.faults.lose_documents:
            self.faults.lose_documents -= 1
            raise requests.ReadTimeout("read timed out")
        return answer(201, {"id": document_id, "message": "", "upload_result": {}})

    def _post_document_item(self, values, _files):
        self.links.append((values["documents_id"], values["items_id"]))
        return answer(201, {"id": self._new_id(), "message": ""})

    def _post_itilfollowup(self, values, _files):
        row = {"id": self._new_id(), "users_id": API_USER, "date": NOW, "is_private": 0, **values}
        self.followups.append(row)
        self._settle(self.tickets[values["items_id"]], values)
        if self.faults.lose_followups:
            self.faults.lose_followups -= 1
            raise requests.ReadTimeout("read timed out")
        return answer(201, {"id": row["id"], "message": ""})

    def _settle(self, ticket, values):
        """A followup that accepts or refuses the solution moves ticket and solution."""
        moves = {"add_close": (6, 3), "add_reopen": (2, 4)}
        for key, (status, verdict) in moves.items():
            if values.get(key):
                ticket["status"] = status
                for solution in self.solutions:
                    if solution["items_id"] == ticket["id"] and solution["status"] == 2:
                        solution["status"] = verdict

    # ------------------------------------------------------------------ reading
    def _get(self, kind, rest, query):
        if kind == "Document":
            return self._get_document(rest, query)
        if kind in ("ITILCategory", "Location", "Entity", "Group", "RequestType"):
            rows = self._tree(kind)
            return self._one({r["id"]: r for r in rows}, rest) if rest else self._page(rows, query)
        if kind == "ITILFollowup" and rest.isdigit():
            return self._one({one["id"]: one for one in self.followups}, rest)
        item_id, _slash, part = rest.partition("/")
        if not rest:
            return self._page([{"id": number} for number in sorted(self.tickets)][::-1], query)
        if not part:
            return self._get_ticket(item_id, query)
        rows = {
            "ITILFollowup": self.followups,
            "ITILSolution": self.solutions,
            "Document_Item": [{"documents_id": d, "items_id": t} for d, t in self.links],
            "Ticket_User": [
                {"items_id": ticket, "users_id": user, "type": 2}
                for ticket, user in self.assigned.items()
            ],
            "Group_Ticket": [],
        }[part]
        return self._page([r for r in rows if r["items_id"] == int(item_id)], query)

    def _get_document(self, rest, query):
        if query.get("alt") == "media":
            return answer(200, raw=self.files[int(rest)])
        wanted = query.get("searchText[name]")
        rows = [d for d in self.documents.values() if not wanted or wanted in d["name"]]
        return self._page(rows, query) if not rest else self._one(self.documents, rest)

    def _get_ticket(self, item_id, query):
        if not item_id:
            rows = sorted(self.tickets.values(), key=lambda one: one["date_mod"], reverse=True)
            return self._page(rows, query)
        ticket = self.tickets.get(int(item_id))
        if ticket and query.get("with_documents"):
            mine = {f["id"] for f in self.followups if f["items_id"] == ticket["id"]}
            held = {d for d, holder in self.links if holder in mine | {ticket["id"]}}
            ticket = {**ticket, "_documents": [self.documents[d] for d in sorted(held)]}
        return self._one({int(item_id): ticket} if ticket else {}, item_id, self._clock(ticket))

    def _clock(self, ticket):
        """Last-Modified: date_mod on Greenwich's clock; Date: the machine's present time."""
        if not ticket:
            return {}
        wall = datetime.strptime(ticket["date_mod"], "%Y-%m-%d %H:%M:%S")
        modified = (wall - timedelta(hours=self.offset_hours)).replace(tzinfo=timezone.utc)
        headers = {"Last-Modified": format_datetime(modified, usegmt=True)}
        if self.now:
            headers["Date"] = format_datetime(self.now.replace(tzinfo=timezone.utc), usegmt=True)
        return headers

    def _tree(self, kind):
        if kind == "RequestType":
            return [{"id": 7, "name": "WhatsApp", "is_active": 1}]
        key, rows = {
            "ITILCategory": ("itilcategories_id", self.categories),
            "Location": ("locations_id", self.locations),
            "Entity": ("entities_id", [(0, "Prefeitura", None), (2, "Saúde", 0)]),
            "Group": ("groups_id", [(1, "Suporte", 0)]),
        }[kind]
        return [
            {"id": i, "name": encode(name), "completename": encode(name), key: parent}
            for i, name, parent in rows
        ]

    def _search(self, itemtype, query):
        option = query.get("criteria[0][field]")
        value = str(query.get("criteria[0][value]", ""))
        if itemtype == "User":
            options = [query[key] for key in query if key.endswith("[field]")]
            rows = [
                row
                for row in map(self._user_row, self.users)
                if not options or any(_like(row.get(str(option)), value) for option in options)
            ]
        else:
            tickets = [t for t in self.tickets.values() if not t["is_deleted"]]
            if option == 21:
                tickets = [t for t in tickets if value in encode(t["content"])]
            else:
                tickets = sorted(
                    (t for t in tickets if t["date_mod"] > value), key=lambda t: t["date_mod"]
                )
            rows = [
                {"2": t["id"], "19": t["date_mod"], "21": encode(t["content"])} for t in tickets
            ]
        found = {"totalcount": len(rows), "count": len(rows), "content-range": "0--1/0"}
        return answer(200, {**found, "data": rows} if rows else found)

    def _user_row(self, user):
        phones = {"6": None, "10": None, "11": user["mobile"] or None}
        return {"1": user["login"], "2": user["id"], "5": user["email"], "8": 1, **phones}

    def _one(self, rows, item_id, headers=None):
        if int(item_id) not in rows:
            return answer(404, ["ERROR_ITEM_NOT_FOUND", "Item não encontrado"])
        return answer(200, rows[int(item_id)], headers)

    def _page(self, rows, query):
        start, end = map(int, query["range"].split("-"))
        if start > len(rows):
            return answer(400, ["ERROR_RANGE_EXCEED_TOTAL", ""])
        page = rows[start : end + 1]
        content_range = f"{start}-{start + len(page) - 1}/{len(rows)}"
        headers = {"Content-Range": content_range} if rows else {}
        return answer(200 if len(page) == len(rows) else 206, page, headers)

    def add_file(self, ticket_id, filename, data, followup_id=0, user=9, document_id=0):
        """A technician's file on a ticket, or on one of its followups."""
        document_id = document_id or 500 + len(self.documents)
        self.documents[document_id] = {
            "id": document_id,
            "name": filename,
            "filename": filename,
            "mime": "application/pdf" if filename.endswith(".pdf") else "text/plain",
            "sha1sum": hashlib.sha1(data).hexdigest(),
            "users_id": user,
        }
        self.files[document_id] = data
        self.links.append((document_id, followup_id or ticket_id))

    def _new_id(self):
        self._next += 1
        return self._next


def answer(status, data=None, headers=None, raw=b""):
    """A requests.Response with a JSON body, or `raw` (text/html) when `data` is None."""
    response = requests.Response()
    response.status_code = status
    response._content = raw if data is None else json.dumps(data, ensure_ascii=False).encode()
    response._content_consumed = True
    kind = "text/html" if data is None else "application/json"
    response.headers.update({"Content-Type": f"{kind}; charset=UTF-8", **(headers or {})})
    return response


def _is_wide(value):
    """Whether a text in it is above U+FFFF."""
    if isinstance(value, str):
        value = value.encode().decode("unicode_escape") if "\\ud8" in value else value
        return any(ord(char) > 0xFFFF or 0xD800 <= ord(char) < 0xE000 for char in value)
    if isinstance(value, dict):
        return any(map(_is_wide, value.values()))
    return isinstance(value, list | tuple) and any(map(_is_wide, value))


def _cut(value):
    """What a database that is not strict keeps of a text."""
    return re.split("[\U00010000-\U0010ffff]", value)[0] if isinstance(value, str) else value


def encode(text):
    """GLPI's storage of & < >."""
    return text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")


def _like(stored, wanted):
    """SQL LIKE as GLPI's search uses it: ^ and $ anchor, _ is any character."""
    pattern = re.escape(wanted.removeprefix("^").removesuffix("$")).replace("_", ".")
    pattern = ("^" if wanted.startswith("^") else "") + pattern
    return re.search(pattern + ("$" if wanted.endswith("$") else ""), stored or "", re.I)
