"""A GLPI in memory that stands in for `requests.Session.request` in tests: no Odoo, no network.

It keeps tickets, documents and followups, answers as the recorded 10.0.6 does where the connector
looks, and can be told to fail: see `Faults`.
"""

import hashlib
import json
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from urllib.parse import urlsplit

import requests

from .fake_glpi_faults import Faults
from .fake_glpi_values import (
    API_USER,
    NO_DATABASE,
    RIGHTS,
    SCOPE,
    answer,
    cut,
    encode,
    is_wide,
    like,
    order,
)

ACCEPTED = ("jpg", "jpeg", "png", "gif", "pdf", "ogg", "mp3", "wav", "docx", "xlsx", "zip", "txt")
NOW = "2026-11-21 19:41:56"


class FakeGlpi:
    """`with patch("requests.Session.request", fake.request)`, or given to a client as `http`."""

    def __init__(self):
        self.faults = Faults()
        self.attempts = 0  # requests, whether they arrived or not
        self.log = []  # "METHOD path" of every request that arrived
        self.sizes = []  # bytes of every answer, as far as its length says it
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
        self.requesters = {}  # {ticket: user}
        self.merged = {}  # {ticket: the one into which it was merged}
        self.pasted = set()  # documents that stand in texts: _documents leaves them out
        self.unseen = set()  # documents whose links belong to an entity that we do not see
        self.accepted, self.rights = set(ACCEPTED), dict(RIGHTS)
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
        response = self._answer(method, url, path, params, json, files, headers)
        self.sizes.append(len(response.content))
        return response

    def _answer(self, method, url, path, params, json, files, headers):
        self.headers.append(dict(headers or {}))
        query = dict(params if isinstance(params, dict) else params or [])
        refusal = self.faults.refuse.get(f"{method} {path.split('/')[0]}")
        if path == "initSession":
            return self._init_session()
        token = (headers or {}).get("Session-Token")
        if self.faults.takes("forget_session"):
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
            values = {name: cut(value) for name, value in values.items()}
        if self.narrow == "crash" and is_wide([values, files]):
            return answer(200)
        if self.narrow == "refuse" and is_wide([values, files]):
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
        if path in SCOPE:
            return answer(200, SCOPE[path])
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
            self.followups = [row for row in self.followups if row["id"] != int(rest)]
            return answer(200, [{rest: True, "message": ""}])
        return self._get(kind, rest, query)

    # ------------------------------------------------------------------ writing
    def arrive(self):
        """GLPI carries out what it was still working on."""
        late, self.late = self.late, []
        for post, values, files in late:
            post(values, files)

    def _is_late(self, kind, post, values, files):
        """Keep what was posted for `arrive`, and answer nothing."""
        if self.faults.takes(f"late_{kind}"):
            self.late.append((post, values, files))
            raise requests.ReadTimeout("read timed out")

    def _post_ticket_ticket(self, values, _files):
        self.ticket_links.append(values)
        return answer(201, {"id": self._new_id(), "message": ""})

    def _post_ticket(self, values, files):
        self._is_late("creates", self._post_ticket, values, files)
        if self.faults.takes("crashes"):
            return answer(200)
        ticket_id = self._new_id()
        row = {"id": ticket_id, "status": 1, "date_mod": NOW, "users_id_recipient": API_USER}
        self.tickets[ticket_id] = {**row, "is_deleted": 0, **values}
        if self.faults.takes("lose_answers"):
            raise requests.ReadTimeout("read timed out")
        return answer(201, {"id": ticket_id, "message": "Item adicionado com sucesso"})

    def _post_document(self, values, files):
        self._is_late("documents", self._post_document, values, files)
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
        if self.faults.takes("lose_documents"):
            raise requests.ReadTimeout("read timed out")
        return answer(201, {"id": document_id, "message": "", "upload_result": {}})

    def _post_document_item(self, values, _files):
        self.links.append((values["documents_id"], values["items_id"]))
        return answer(201, {"id": self._new_id(), "message": ""})

    def _post_itilfollowup(self, values, files):
        self._is_late("followups", self._post_itilfollowup, values, files)
        row = {"id": self._new_id(), "users_id": API_USER, "date": NOW, "is_private": 0, **values}
        self.followups.append(row)
        self._settle(self.tickets[values["items_id"]], values)
        if self.faults.takes("lose_followups"):
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
        if kind in ("Document_Item", "Ticket_Ticket", "ITILFollowup") and not rest:
            return self._collection(kind, query)
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
            "Document_Item": [row for row in self._link_rows() if row["itemtype"] == kind],
            "Ticket_User": [
                {"items_id": ticket, "users_id": user, "type": kind}
                for kind, people in ((1, self.requesters), (2, self.assigned))
                for ticket, user in people.items()
            ],
            "Group_Ticket": [],
        }[part]
        return self._page([r for r in rows if r["items_id"] == int(item_id)], query)

    def _link_rows(self):
        """Rows of Document_Item, whose ids are their positions."""
        kinds = {row["id"]: "ITILSolution" for row in self.solutions}
        kinds |= {row["id"]: "ITILFollowup" for row in self.followups}
        kinds |= dict.fromkeys(self.tickets, "Ticket")
        return [
            {"id": number, "documents_id": d, "items_id": t, "itemtype": kinds.get(t, "TicketTask")}
            for number, (d, t) in enumerate(self.links, start=1)
            if d not in self.unseen
        ]

    def _collection(self, kind, query):
        """All rows of a kind, filtered by searchText with anchors."""
        rows = {
            "Document_Item": self._link_rows(),
            "Ticket_Ticket": [
                {"id": number, "tickets_id_1": child, "tickets_id_2": parent, "link": 3}
                for number, (child, parent) in enumerate(self.merged.items(), start=1)
            ],
            "ITILFollowup": self.followups,
        }[kind]
        for key, value in query.items():
            if key.startswith("searchText["):
                column = key.removeprefix("searchText[").removesuffix("]")
                rows = [r for r in rows if str(r.get(column)) == value.strip("^$")]
        return self._page(rows, query)

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
            mine |= {f["id"] for f in self.solutions if f["items_id"] == ticket["id"]}
            held = {d for d, holder in self.links if holder in mine | {ticket["id"]}} - self.pasted
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
                if not options or any(like(row.get(str(option)), value) for option in options)
            ]
        else:
            deleted = int(query.get("is_deleted", 0))
            tickets = [t for t in self.tickets.values() if int(t["is_deleted"]) == deleted]
            if option == 22:
                tickets = [
                    t
                    for t in tickets
                    if t["users_id_recipient"] == API_USER
                    and t["status"] != 6
                    and t["id"] > int(query["criteria[2][value]"])
                ]
            elif option == 21:
                tickets = [t for t in tickets if value in encode(t["content"])]
            else:
                tickets = sorted(
                    (t for t in tickets if t["date_mod"] > value), key=lambda t: t["date_mod"]
                )
            rows = [{"2": t["id"], "19": t["date_mod"]} for t in tickets]
            if option == 21:
                rows = [
                    {**r, "21": encode(t["content"])} for r, t in zip(rows, tickets, strict=True)
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
        if query.get("order") == "DESC" and not query.get("with_documents"):
            column = query.get("sort", "id")
            rows = sorted(rows, key=lambda row: order(row, column), reverse=True)
        if query.get("only_id") == "true":
            rows = [{"id": row["id"]} for row in rows]
        if start > len(rows):
            return answer(400, ["ERROR_RANGE_EXCEED_TOTAL", ""])
        page = rows[start : end + 1]
        content_range = f"{start}-{start + len(page) - 1}/{len(rows)}"
        headers = {"Content-Range": content_range} if rows else {}
        return answer(200 if len(page) == len(rows) else 206, page, headers)

    def paste(self, entry_id, data, user=9, **options):
        """A picture in the text of an entry; returns the HTML that shows it."""
        self.add_file(0, "image_paste.png", data, entry_id, user, **options)
        number = max(self.documents)
        self.pasted.add(number)
        address = f"/front/document.send.php?docid={number}&itemtype=Ticket&items_id=1"
        return f'<a href="{address}" target="_blank" ><img alt="x" src="{address}" /></a>'

    def add_file(self, ticket_id, filename, data, followup_id=0, user=9, document_id=0, **more):
        """A technician's file on a ticket, or on one of its followups."""
        document_id = document_id or 500 + len(self.documents)
        self.documents[document_id] = {
            "id": document_id,
            "name": filename,
            "filename": filename,
            "mime": "application/pdf" if filename.endswith(".pdf") else "text/plain",
            "sha1sum": hashlib.sha1(data).hexdigest(),
            "users_id": user,
            **more,
        }
        self.files[document_id] = data
        self.links.append((document_id, followup_id or ticket_id))

    @staticmethod
    def crash():
        """What GLPI answers to an error that it does not catch."""
        return answer(200)

    def _new_id(self):
        self._next += 1
        return self._next
