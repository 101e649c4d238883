"""GLPI 10's legacy API (apirest.php) as a GlpiClient.

Proven against exchanges recorded from a real 10.0.6.
"""

import json as jsonlib
from datetime import timedelta

from . import documents, text
from .errors import GlpiCrash, GlpiError, GlpiRefused
from .interface import (
    STATUS_NEW,
    FollowupNews,
    GlpiClient,
    ServerInfo,
    SolutionNews,
    TicketNews,
)
from .transport import Transport
from .values import (
    USER_ACTIVE,
    USER_EMAIL,
    USER_ID,
    USER_MOBILE,
    USER_PHONE,
    WALL_TIME,
    catalogue_item,
    integer,
    is_last_page,
    moment,
    new_id,
    only_user,
    parse_wall_time,
    utc_offset,
    word,
    words,
)

PAGE = 200
MAX_PAGES = 500  # 100,000 rows: a catalogue larger than this is a mistake, not a catalogue
# search options (numbers of GLPI's search engine)
_ID, _DATE_MOD, _CONTENT = 2, 19, 21
# right of the bridge -> (key of the profile, bits of which one is enough)
_RIGHT_BITS = {
    "ticket_create": ("ticket", 4),
    "ticket_read": ("ticket", 1024 | 1),
    "followup_read": ("followup", 1 | 8192 | 4096),
    "document_create": ("document", 4),
    "document_read": ("document", 1),
    "category_read": ("itilcategory", 1),
    "location_read": ("location", 1),
    "user_read": ("user", 1),
}


class LegacyClient(GlpiClient):
    """See GlpiClient for what each method promises."""

    def __init__(self, url, app_token, user_token, **options):
        self._transport = Transport(url, app_token, user_token, **options)

    def close(self):
        """End the session."""
        self._transport.close()

    # ------------------------------------------------------------------ the server
    def test(self):
        """Log in; read profile and version."""
        self._transport.login()
        profile = self._optional("getActiveProfile", "active_profile")
        config = self._optional("getGlpiConfig", "cfg_glpi")
        missing = ()
        if profile:
            missing = tuple(
                right
                for right, (key, bits) in _RIGHT_BITS.items()
                if not integer(profile.get(key)) & bits
            )
        return ServerInfo(
            version=str(config.get("version") or ""),
            profile=text.decode(str(profile.get("name") or "")),
            missing_rights=missing,
        )

    def _optional(self, path, key):
        """A dict that the API user may not be allowed to read: {} then."""
        try:
            data = self._call("GET", path)
        except GlpiRefused:
            return {}
        value = data.get(key) if isinstance(data, dict) else None
        return value if isinstance(value, dict) else {}

    # ------------------------------------------------------------------ tickets
    def create_ticket(self, draft):
        """POST Ticket, status New."""
        values = {
            "name": text.title(draft.title),
            "content": draft.content,
            "type": draft.ticket_type,
            "status": STATUS_NEW,
        }
        if draft.category_id:
            values["itilcategories_id"] = draft.category_id
        if draft.location_id:
            values["locations_id"] = draft.location_id
        if draft.request_type_id:
            values["requesttypes_id"] = draft.request_type_id
        if draft.entity_id is not None:
            values["entities_id"] = draft.entity_id
        # Without this key the ticket has no requester at all.
        if draft.requester_id:
            values["_users_id_requester"] = draft.requester_id
        elif draft.requester_email:
            values["_users_id_requester"] = 0
            values["_users_id_requester_notif"] = {
                "use_notification": [1],
                "alternative_email": [draft.requester_email],
            }
        return self._create("Ticket", values)

    def find_ticket(self, marker):
        """Search by content (option 21)."""
        rows = self._search(
            "Ticket", [(_CONTENT, "contains", marker)], show=(_ID, _CONTENT), sort=_ID
        )
        found = (
            integer(row.get(str(_ID))) for row in rows if marker in word(row.get(str(_CONTENT)))
        )
        return min(found, default=None)

    def read_ticket(self, ticket_id):
        """GET Ticket; the offset of its clock from Last-Modified."""
        reply = self._transport.call(
            "GET", f"Ticket/{int(ticket_id)}", params={"get_hateoas": "false"}
        )
        row = reply.data
        if not isinstance(row, dict) or integer(row.get("id")) != int(ticket_id):
            raise GlpiCrash("ticket", reply.status)
        return TicketNews(
            id=integer(row["id"]),
            status=integer(row.get("status")),
            date_mod=str(row.get("date_mod") or ""),
            title=str(row.get("name") or ""),
            writer_id=integer(row.get("users_id_recipient")),
            deleted=bool(integer(row.get("is_deleted"))),
            utc_offset_seconds=utc_offset(row.get("date_mod"), reply.headers.get("Last-Modified")),
        )

    def changed_tickets(self, since):
        """Search by date_mod (option 19), oldest first."""
        # "morethan" is strict to the second, and several changes share one: step back a second.
        start = (parse_wall_time(since) - timedelta(seconds=1)).strftime(WALL_TIME)
        rows = self._search(
            "Ticket", [(_DATE_MOD, "morethan", start)], show=(_ID, _DATE_MOD), sort=_DATE_MOD
        )
        for row in rows:
            yield integer(row.get(str(_ID))), str(row.get(str(_DATE_MOD)) or "")

    def followups(self, ticket):
        """Sub-items ITILFollowup."""
        rows = self._list(f"Ticket/{int(ticket.id)}/ITILFollowup")
        news = [
            FollowupNews(
                id=integer(row.get("id")),
                user_id=integer(row.get("users_id")),
                content=str(row.get("content") or ""),
                # unknown means private: nothing goes to a citizen by mistake
                private=bool(integer(row.get("is_private", 1))),
                at=moment(row.get("date"), ticket.utc_offset_seconds),
            )
            for row in rows
        ]
        return sorted(news, key=lambda item: item.id)

    def solutions(self, ticket):
        """Sub-items ITILSolution."""
        rows = self._list(f"Ticket/{int(ticket.id)}/ITILSolution")
        news = [
            SolutionNews(
                id=integer(row.get("id")),
                user_id=integer(row.get("users_id")),
                content=str(row.get("content") or ""),
                status=integer(row.get("status")),
                at=moment(row.get("date_creation"), ticket.utc_offset_seconds),
            )
            for row in rows
        ]
        return sorted(news, key=lambda item: item.id)

    def add_followup(self, ticket_id, content, private=False):
        """POST ITILFollowup."""
        return self._create(
            "ITILFollowup",
            {
                "itemtype": "Ticket",
                "items_id": int(ticket_id),
                "content": content,
                "is_private": int(private),
            },
        )

    # ------------------------------------------------------------------ documents
    def add_document(self, ticket_id, draft):
        """POST Document, check its sha1sum, then link it."""
        # Linked only after the check: a refused file leaves no empty document on the ticket.
        manifest = {"input": {"name": draft.name, "_filename": [draft.filename]}}
        parts = {
            "uploadManifest": (None, jsonlib.dumps(manifest), "application/json"),
            # the part must be called filename[0]; any other name makes an empty document
            "filename[0]": (draft.filename, draft.data, draft.mimetype),
        }
        document_id = new_id(self._transport.call("POST", "Document", files=parts).data)
        row = self._call("GET", f"Document/{document_id}", params={"get_hateoas": "false"})
        if not isinstance(row, dict) or row.get("sha1sum") != documents.sha1(draft.data):
            self._discard(document_id)
            raise GlpiRefused("document_type")
        self._link(ticket_id, document_id)
        return document_id

    def find_document(self, ticket_id, draft):
        """Documents of this name and sha1sum."""
        wanted = documents.sha1(draft.data)
        linked = {
            integer(row.get("documents_id"))
            for row in self._list(f"Ticket/{int(ticket_id)}/Document_Item")
        }
        found = [
            integer(row.get("id"))
            for row in self._list("Document", [("searchText[name]", draft.name)])
            if row.get("sha1sum") == wanted and draft.name == text.decode(str(row.get("name")))
        ]
        for document_id in found:
            if document_id in linked:
                return document_id
        if found:
            self._link(ticket_id, found[0])
            return found[0]
        return None

    def _link(self, ticket_id, document_id):
        """Show the document on the ticket."""
        link = {"documents_id": document_id, "itemtype": "Ticket", "items_id": int(ticket_id)}
        self._create("Document_Item", link)

    def _discard(self, document_id):
        """Remove a document without a file (without the right to, it stays, linked nowhere)."""
        try:
            self._call("DELETE", f"Document/{document_id}", params={"force_purge": "true"})
        except GlpiError:
            return

    # ------------------------------------------------------------------ people and catalogues
    def find_user(self, email="", phone=""):
        """Search by e-mail (option 5), else mobile and phone (11, 6)."""
        shown = (USER_ID, USER_EMAIL, USER_PHONE, USER_ACTIVE, USER_MOBILE)
        if email:
            # ^...$ anchors an exact match; LIKE wildcards in the address are checked again below
            rows = self._search("User", [(USER_EMAIL, "contains", f"^{email}$")], show=shown)
            wanted = email.casefold()
            return only_user(
                [r for r in rows if wanted in map(str.casefold, words(r.get(str(USER_EMAIL))))]
            )
        tail = text.digits(phone)[-4:]
        if len(tail) < 4:
            return None
        rows = {}
        for option in (USER_MOBILE, USER_PHONE):
            # numbers are free text there ("+55 11 91234-5678"): compare digits on this side
            for row in self._search("User", [(option, "contains", tail)], show=shown):
                if any(text.same_phone(value, phone) for value in words(row.get(str(option)))):
                    rows[row.get(str(USER_ID))] = row
        return only_user(list(rows.values()))

    def categories(self):
        """The collection ITILCategory."""
        for row in self._list("ITILCategory"):
            yield catalogue_item(row, "itilcategories_id", row.get("is_helpdeskvisible", 1))

    def locations(self):
        """The collection Location."""
        for row in self._list("Location"):
            yield catalogue_item(row, "locations_id", 1)

    def has_category(self, category_id):
        """GET ITILCategory."""
        return self._exists("ITILCategory", category_id)

    def has_location(self, location_id):
        """GET Location."""
        return self._exists("Location", location_id)

    def _exists(self, itemtype, item_id):
        """Whether GET finds the item (404: no). Lack of the right is raised, not taken for a no."""
        try:
            row = self._call("GET", f"{itemtype}/{int(item_id)}", params={"get_hateoas": "false"})
        except GlpiRefused as error:
            if error.kind == "not_found":
                return False
            raise
        return isinstance(row, dict) and integer(row.get("id")) == int(item_id)

    # ------------------------------------------------------------------ plumbing
    def _call(self, method, path, **options):
        return self._transport.call(method, path, **options).data

    def _create(self, itemtype, values):
        return new_id(self._call("POST", itemtype, json={"input": values}))

    def _list(self, path, params=()):
        """Rows of a collection, page by page (the range is always said: the default is 15)."""
        for start in range(0, PAGE * MAX_PAGES, PAGE):
            query = [("range", f"{start}-{start + PAGE - 1}"), ("get_hateoas", "false")]
            try:
                reply = self._transport.call("GET", path, params=[*params, *query])
            except GlpiRefused as error:
                if error.kind == "range":
                    return
                raise
            if not isinstance(reply.data, list):
                raise GlpiCrash(path, reply.status)
            yield from (row for row in reply.data if isinstance(row, dict))
            if len(reply.data) < PAGE or is_last_page(reply.headers.get("Content-Range"), start):
                return

    def _search(self, itemtype, criteria, show, sort=None):
        """Rows {"option number": value} of the search engine; values come encoded, always."""
        params = []
        for index, (option, how, value) in enumerate(criteria):
            prefix = f"criteria[{index}]"
            if index:
                params.append((f"{prefix}[link]", "AND"))
            params += [
                (f"{prefix}[field]", option),
                (f"{prefix}[searchtype]", how),
                (f"{prefix}[value]", value),
            ]
        params += [(f"forcedisplay[{index}]", option) for index, option in enumerate(show)]
        if sort:
            params += [("sort", sort), ("order", "ASC")]
        for start in range(0, PAGE * MAX_PAGES, PAGE):
            query = [*params, ("range", f"{start}-{start + PAGE - 1}")]
            try:
                data = self._call("GET", f"search/{itemtype}", params=query)
            except GlpiRefused as error:
                if error.kind == "range":
                    return
                raise
            if not isinstance(data, dict) or "totalcount" not in data:
                raise GlpiCrash(itemtype)
            rows = data.get("data") or []  # no match: no "data" at all
            yield from (row for row in rows if isinstance(row, dict))
            if start + len(rows) >= integer(data["totalcount"]) or not rows:
                return
