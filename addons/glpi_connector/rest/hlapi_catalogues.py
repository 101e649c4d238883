# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""People, catalogues and files over the high-level API."""

from dataclasses import replace

from . import text
from .errors import GlpiRefused
from .hlapi_calls import HighLevelCalls
from .hlapi_values import (
    catalogue_item,
    emails,
    flag,
    is_active,
    parse,
    phones,
    quoted,
    user_item,
    user_ref,
)
from .images import pictures_in
from .interface import RIGHTS, Choice, DocumentNews, Scope, ServerClock, ServerInfo
from .values import integer

_USER = "Administration/User"
_PHONES = ("mobile", "phone", "phone2")
# right of the bridge -> the collection that shows it; rights to create show only in use
_PROBES = {
    "ticket_read": "Assistance/Ticket",
    "document_read": "Management/Document",
    "category_read": "Dropdowns/ITILCategory",
    "location_read": "Dropdowns/Location",
    "entity_read": "Administration/Entity",
    "group_read": "Administration/Group",
    "request_type_read": "Dropdowns/RequestType",
    "user_read": _USER,
}


class HighLevelCatalogues(HighLevelCalls):
    """GlpiClient's people, catalogues and files; the methods are documented there."""

    def test(self):
        """Get a token, read the session, and check one by one the readable collections."""
        self._transport.login()
        scope = self._scope()
        session = self._call("GET", "session")
        missing = []
        for right, path in _PROBES.items():
            try:
                self._call("GET", path, params={"limit": 1})
            except GlpiRefused as error:
                if error.kind != "unsupported":
                    missing.append(right)
        if self._companion:
            missing += [r for r in self._companion.test().missing_rights if r not in missing]
        missing.sort(key=RIGHTS.index)
        profile = session.get("active_profile") or {}
        return ServerInfo(
            version=f"11 (API {self._version()})",
            profile=text.name(profile.get("name")),
            missing_rights=tuple(missing),
            scope=scope,
        )

    def _version(self):
        """Return the API's latest version, as the server lists it."""
        return max(self._transport.versions(), default="2")

    def _scope(self):
        """Read the session (GET session) and the names of its entities."""
        session = self._call("GET", "session")
        profile, entity = session.get("active_profile") or {}, session.get("active_entity") or {}
        mine = {integer(number) for number in _keys(session.get("active_entities"))}
        try:
            entities = [
                Choice(item.id, item.complete_name) for item in self.entities() if item.id in mine
            ]
        except GlpiRefused:
            entities = []  # the test says which right is missing
        names = session.get("profiles")
        names = names if isinstance(names, dict) else {profile.get("id"): profile}
        profiles = [
            Choice(integer(number), text.name(value.get("name")))
            for number, value in names.items()
            if isinstance(value, dict)
        ]
        return Scope(
            user_id=integer(session.get("user_id")),
            profile_id=integer(profile.get("id")),
            entity_id=integer(entity.get("id")),
            profiles=tuple(sorted(profiles, key=lambda choice: choice.name.casefold())),
            entities=tuple(sorted(entities, key=lambda choice: choice.name.casefold())),
        )

    def server_clock(self):
        """Return the session's current time, which has its zone with it."""
        now = parse(self._call("GET", "session").get("current_time"))
        return ServerClock(now, int(now.utcoffset().total_seconds()) if now else None)

    # ------------------------------------------------------------------ people
    def find_users(self, email="", phone="", registration=""):
        """Filter Administration/User by e-mail, registration or phone."""
        if email:
            rows = self._rows(_USER, f"emails.email=={quoted(email)}")
            wanted = email.casefold()
            return _active(r for r in rows if wanted in map(str.casefold, emails(r)))
        if registration:
            rows = self._rows(_USER, f"registration_number=={quoted(registration)}")
            return _active(r for r in rows if r.get("registration_number") == registration)
        tail = text.digits(phone)[-4:]
        if len(tail) < 4:
            return []
        rsql = ",".join(f"{name}=ilike={quoted(f'*{tail}*')}" for name in _PHONES)
        return _active(
            row
            for row in self._rows(_USER, rsql)
            if any(text.same_phone(value, phone) for value in phones(row))
        )

    def users(self, since=""):
        """List Administration/User."""
        return map(user_item, self._changed(_USER, since))

    # ------------------------------------------------------------------ catalogues
    def categories(self, since=""):
        """List Dropdowns/ITILCategory."""
        for row in self._changed("Dropdowns/ITILCategory", since):
            yield catalogue_item(row, flag(row.get("is_helpdesk_visible", True)))

    def locations(self, since=""):
        """List Dropdowns/Location."""
        return map(catalogue_item, self._changed("Dropdowns/Location", since))

    def entities(self, since=""):
        """List Administration/Entity."""
        return map(catalogue_item, self._changed("Administration/Entity", since))

    def groups(self, since=""):
        """List Administration/Group."""
        return map(catalogue_item, self._changed("Administration/Group", since))

    def request_types(self, since=""):
        """List Dropdowns/RequestType."""
        for row in self._changed("Dropdowns/RequestType", since):
            yield catalogue_item(row, flag(row.get("is_active", True)))

    def _changed(self, path, since):
        """Return the rows of a collection; with `since` those that changed.

        Kinds whose schema has no date_mod ignore the filter: all of them come then.
        """
        rsql = f"date_mod=ge={quoted(since)}" if since else ""
        return self._rows(path, rsql)

    def has_category(self, category_id):
        """GET Dropdowns/ITILCategory."""
        return self._exists("Dropdowns/ITILCategory", category_id)

    def has_location(self, location_id):
        """GET Dropdowns/Location."""
        return self._exists("Dropdowns/Location", location_id)

    # ------------------------------------------------------------------ files
    def add_document(self, ticket_id, draft, followup_id=0):
        """Only the legacy API takes files."""
        return self._legacy.add_document(ticket_id, draft, followup_id)

    def find_document(self, ticket_id, draft, followup_id=0):
        """Only the legacy API takes files."""
        return self._legacy.find_document(ticket_id, draft, followup_id)

    def same_documents(self, draft):
        """Only the legacy API takes files."""
        return self._legacy.same_documents(draft)

    def remove_document(self, document_id):
        """Only the legacy API takes files."""
        self._legacy.remove_document(document_id)

    def documents(self, ticket, entries=None, known=None):
        """List files over the legacy API; without it, only those of the ticket itself.

        A picture in a text may not be read if its place is unknown.
        """
        if self._companion:
            return self._companion.documents(ticket, entries, known)
        held = known.document_ids if known else frozenset()
        links = self._call("GET", f"Assistance/Ticket/{int(ticket.id)}/Timeline/Document")
        links = [link.get("item", link) for link in links if isinstance(link, dict)]
        numbers = {integer(link.get("documents_id")) for link in links} - {0} - held
        found = [item for number in sorted(numbers) if (item := self._document(number))]
        shown = [item for item in pictures_in(entries or ()) if item.id not in held]
        found += [replace(item, hidden=True) for item in shown if item.id not in numbers]
        return sorted(found, key=lambda item: item.id)

    def _document(self, document_id):
        """Return the DocumentNews of a file of the ticket itself, None if GLPI lacks its bytes."""
        row = self._item("Management/Document", document_id)
        if not row.get("filename") or flag(row.get("is_deleted")):
            return None
        return DocumentNews(
            id=document_id,
            name=str(row.get("name") or ""),
            filename=str(row.get("filename")),
            mimetype=str(row.get("mime") or ""),
            at=parse(row.get("date_creation")),
        )

    def download(self, document_id, limit_bytes):
        """GET Management/Document/{id}/Download."""
        path = f"Management/Document/{int(document_id)}/Download"
        return self._transport.fetch(path, limit=limit_bytes)


def _active(rows):
    """Return the UserRefs of the active rows, in the order of their ids."""
    return sorted((user_ref(row) for row in rows if is_active(row)), key=lambda user: user.id)


def _keys(value):
    """Return the ids of a list, or of PHP's object that should have been one."""
    return value if isinstance(value, (list, dict)) else ()
