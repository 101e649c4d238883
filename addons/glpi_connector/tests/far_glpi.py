# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The simulated GLPI as the tests see it: rows, faults, the requests to it."""

import base64
import json
from collections.abc import MutableMapping, Sequence
from datetime import timezone
from email.utils import format_datetime
from urllib.parse import urlsplit

from odoo.addons.contact_center.tests.far_side import FarSide

API_USER, CITIZEN, TECHNICIAN = 7, 8, 9
NOW = "2026-11-21 19:41:56"
# of Ticket_User, and of Ticket_Ticket
REQUESTER, ASSIGNEE, SON_OF = 1, 2, 3
PEOPLE = (
    (API_USER, "ponte", 9, "ponte@example.test"),
    (CITIZEN, "maria.souza", 1, "maria@example.test"),
    (TECHNICIAN, "paulo.lima", 6, "paulo@example.test"),
)
TOKENS = ("user-token-of-the-tests", "another-token", "b" * 20, "x")


def _named(*names):
    return [
        {"id": number, "name": name, "completename": name} for number, name in enumerate(names, 1)
    ]


STATE = {
    "settings": {
        "clients": [{"app_token": "", "network": "0.0.0.0/0"}],
        "user_tokens": dict.fromkeys(TOKENS, API_USER),
        "http_date": "Mon, 30 Nov 2026 12:00:00 GMT",
        # rights that the bridge's profile in docs/administrador/ has beyond a technician's
        "rights_given": {"ITILFollowup": ["delete"], "Document": ["delete"]},
    },
    "Entity": [{"id": 0, "name": "Prefeitura", "entities_id": None, "completename": "Prefeitura"}],
    "ITILCategory": _named("Computador e impressora", "Internet &#38; rede"),
    "Location": _named("Prefeitura (sede)", "Secretaria de Saúde"),
    "Group": _named("Suporte"),
    "Profile": [
        {"id": 1, "name": "Self-Service", "is_default": 1},
        {"id": 6, "name": "Technician", "interface": "central"},
        {"id": 9, "name": "Integração", "interface": "central"},
    ],
    "User": [{"id": number, "name": login} for number, login, _profile, _email in PEOPLE],
    "UserEmail": [
        {"id": number, "users_id": number, "email": email, "is_default": 1}
        for number, _login, _profile, email in PEOPLE
    ],
    "Profile_User": [
        {"id": number, "users_id": number, "profiles_id": profile, "is_recursive": 1}
        for number, _login, profile, _email in PEOPLE
    ],
    "Ticket": [],
    "Ticket_User": [],
}


class Row(dict):
    """A row of GLPI; what is changed in it is changed there."""

    def __init__(self, glpi, kind, values):
        super().__init__(values)
        self._glpi, self._kind = glpi, kind

    def __setitem__(self, name, value):
        self.update({name: value})

    def update(self, *values, **more):
        """Change columns."""
        changes = dict(*values, **more)
        dict.update(self, changes)
        self._glpi.put(self._kind, {**changes, "id": self["id"]})


class ById(MutableMapping):
    """The rows of a kind, by their ids."""

    def __init__(self, glpi, kind):
        self._glpi, self._kind = glpi, kind

    def _rows(self):
        return {row["id"]: row for row in self._glpi.rows(self._kind)}

    def __getitem__(self, number):
        return self._rows()[number]

    def __setitem__(self, number, values):
        self._glpi.put(self._kind, {**values, "id": number})

    def __delitem__(self, number):
        self._glpi.take(self._kind, [number])

    def __iter__(self):
        return iter(self._rows())

    def __len__(self):
        return len(self._rows())

    def clear(self):
        """Delete them all."""
        self._glpi.take(self._kind, list(self))

    def __repr__(self):
        return repr(self._rows())


class InOrder(Sequence):
    """The rows of a kind that belong to tickets, in the order of writing."""

    def __init__(self, glpi, kind):
        self._glpi, self._kind = glpi, kind

    def __getitem__(self, place):
        return self._glpi.rows(self._kind)[place]

    def __len__(self):
        return len(self._glpi.rows(self._kind))

    def append(self, values):
        """Write one, past the API."""
        self._glpi.put(self._kind, {"itemtype": "Ticket", **values})

    def clear(self):
        """Delete them all."""
        self._glpi.take(self._kind, [row["id"] for row in self])


class FarGlpi(FarSide):
    """GLPI as new: nothing has happened in it, and its clock stands still.

    :ivar log: "METHOD path" of every request that the product sent
    :ivar sizes: bytes of every answer, as far as it says them
    :ivar before: {"METHOD path": what happens before the next such request is sent}
    :ivar after: {"METHOD path": what happens once it is answered}
    """

    def __init__(self):
        super().__init__("GLPI")
        self.log, self.sizes, self._known = [], [], {}
        self.before, self.after = {}, {}
        self.control.ask("POST", "reset", {"state": STATE, "now": NOW.replace(" ", "T") + "-03:00"})
        self.tickets, self.documents = ById(self, "Ticket"), ById(self, "Document")
        self.users = ById(self, "User")
        self.followups = InOrder(self, "ITILFollowup")
        self.solutions = InOrder(self, "ITILSolution")

    # ------------------------------------------------------------------ requests
    def send(self, session, request, **options):
        """Send a request of the product."""
        asked = f"{request.method} {_path(request)}"
        if not self.down:
            self.log.append(asked)
        self._known.clear()
        self._happen(self.before, asked)
        response = super().send(session, request, **options)
        self.sizes.append(int(response.headers.get("Content-Length") or 0))
        self._happen(self.after, asked)
        return response

    @staticmethod
    def _happen(happenings, asked):
        if happens := happenings.pop(asked, None):
            happens()

    @property
    def attempts(self):
        """Number of requests, whether they arrived or not."""
        return len(self.requests)

    @property
    def bodies(self):
        """Return (path, values) of everything that was posted as JSON."""
        return [
            (_path(request), values["input"])
            for request in self.requests
            if request.method == "POST" and "input" in (values := _json(request))
        ]

    def posted(self, kind="Ticket"):
        """Return the values of the last item of a kind that was posted."""
        return [values for path, values in self.bodies if path == kind][-1]

    # ------------------------------------------------------------------ rows
    def rows(self, kind):
        """Return all rows of a kind, texts as people read them."""
        if kind not in self._known:
            self._known[kind] = [
                Row(self, kind, {column: _plain(value) for column, value in row.items()})
                for row in self.control.ask("GET", f"rows?kind={kind}")
            ]
        return self._known[kind]

    def put(self, kind, *rows):
        """Write rows past the API: those with a known id are changed."""
        self._known.clear()
        return self.control.ask("PUT", "rows", {kind: rows})[kind]

    def take(self, kind, numbers):
        """Delete rows past the API."""
        self._known.clear()
        self.control.ask("DELETE", "rows", {kind: numbers})

    @property
    def links(self):
        """Return (document, its holder) of every link."""
        return [(row["documents_id"], row["items_id"]) for row in self.rows("Document_Item")]

    def actor(self, ticket, user, kind):
        """Let a user be the only requester, or assignee, of a ticket."""
        others = [
            row["id"]
            for row in self.rows("Ticket_User")
            if (row["tickets_id"], row["type"]) == (ticket, kind)
        ]
        self.take("Ticket_User", others)
        self.put("Ticket_User", {"tickets_id": ticket, "users_id": user, "type": kind})

    def merge(self, child, parent):
        """Note that a ticket was merged into another one."""
        link = {"tickets_id_1": child, "tickets_id_2": parent, "link": SON_OF}
        self.put("Ticket_Ticket", link)

    def add_file(self, ticket, filename, data, followup=0, *, itemtype="", shown=True, **values):
        """Attach a technician's file to a ticket, or an entry of it; return its id."""
        values = {"users_id": TECHNICIAN, "entities_id": 0, **values}
        content = base64.b64encode(data).decode()
        known = {"name": filename, "filename": filename, "content": content}
        (number,) = self.put("Document", {**known, **values})
        link = {
            "documents_id": number,
            "items_id": followup or ticket,
            "itemtype": itemtype or ("ITILFollowup" if followup else "Ticket"),
            "entities_id": values["entities_id"],
            "timeline_position": 1 if shown else -1,
        }
        self.put("Document_Item", link)
        return number

    def paste(self, entry, data, itemtype="ITILFollowup"):
        """Paste a picture into the text of an entry; return the HTML that shows it."""
        number = self.add_file(0, "image_paste.png", data, entry, itemtype=itemtype, shown=False)
        address = f"/front/document.send.php?docid={number}&itemtype=Ticket&items_id=1"
        return f'<a href="{address}" target="_blank" ><img alt="x" src="{address}" /></a>'

    # ------------------------------------------------------------------ faults
    def settings(self, **values):
        """Change how GLPI behaves (see the sandbox's `DEFAULT_SETTINGS`)."""
        self.control.ask("PUT", "settings", values)

    def forget_sessions(self):
        """Let every session have ended."""
        self.control.ask("POST", "sessions/expire")

    def tell_time(self, moment):
        """Let the header Date say this moment (UTC, naive)."""
        date = format_datetime(moment.replace(tzinfo=timezone.utc), usegmt=True)
        self.settings(http_date=date)

    def database_away(self, away=True):
        """Let it answer every request with 200 and a page; or no longer."""
        self.control.ask("PUT", "down", {"down": away, "mode": "html"})

    def on(self, request, **rule):
        """Apply a rule to the next request of a kind (see the sandbox's `line.Rule`)."""
        self.control.ask("POST", "line", {"request": request, **rule})

    def behave(self):
        """Take all rules away."""
        self.control.ask("DELETE", "line")

    def refuse(self, request, status, code, times=None):
        """Answer requests of a kind with an error of GLPI's, all of them by default."""
        self.on(request, times=times, status=status, body=json.dumps([code, "recusado"]))

    def crash(self, request, times=None):
        """Let GLPI's PHP die of requests of a kind, of all of them by default."""
        self.on(request, times=times, status=200, content_type="text/html; charset=UTF-8")

    def lose(self, request):
        """Carry out the next request of a kind, without an answer."""
        self.on(request, work="done")

    def delay(self, request):
        """Leave the next request of a kind unanswered, and carry it out on `arrive`."""
        self.on(request, work="later")

    def arrive(self):
        """Carry out late requests."""
        self._known.clear()
        self.control.ask("POST", "line/arrive")


def _path(request):
    return urlsplit(request.url).path.partition("/apirest.php/")[2]


def _json(request):
    multipart = "json" not in request.headers.get("Content-Type", "")
    return {} if multipart else json.loads(request.body)


def _plain(value):
    """Undo GLPI's storage of < > &."""
    if not isinstance(value, str):
        return value
    for plain, stored in (("<", "&#60;"), (">", "&#62;"), ("&", "&#38;")):
        value = value.replace(stored, plain)
    return value
