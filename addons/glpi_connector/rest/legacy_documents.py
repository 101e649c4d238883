# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files on tickets over the legacy API, each with proof that GLPI kept it."""

import json as jsonlib
from dataclasses import replace

from . import documents, images, text
from .errors import GlpiError, GlpiRefused
from .interface import DocumentNews, FollowupNews, SolutionNews
from .legacy_calls import LegacyCalls
from .narrow import narrow_text
from .values import integer, moment, new_id

_KINDS = {FollowupNews: "ITILFollowup", SolutionNews: "ITILSolution"}
_HOLDERS = {"ITILFollowup": "followup_id", "ITILSolution": "solution_id"}
_NEWEST = {"sort": "id", "order": "DESC", "get_hateoas": "false"}
# Maximum links of documents of the whole GLPI read at once.
_LATEST_LINKS = 300
# Maximum entries read one by one where GLPI does not list all links.
_ASKED_SINGLY = 20


class LegacyDocuments(LegacyCalls):
    """GlpiClient's files; the methods are documented there."""

    def add_document(self, ticket_id, draft, followup_id=0):
        """POST Document, check its sha1sum, then link it."""
        document_id = self._width.send(self._upload, draft)
        self._link(ticket_id, followup_id, document_id)
        return document_id

    def _upload(self, draft):
        """POST Document, check that GLPI kept it, and return its id."""
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
        return document_id

    def find_document(self, ticket_id, draft, followup_id=0):
        """Return documents of this name and sha1sum."""
        itemtype, item_id = _holder(ticket_id, followup_id)
        linked = {
            integer(row.get("documents_id"))
            for row in self._list(f"{itemtype}/{item_id}/Document_Item")
        }
        found = self.same_documents(draft)
        for document_id in found:
            if document_id in linked:
                return document_id
        if found:
            self._link(ticket_id, followup_id, found[0])
            return found[0]
        return None

    def same_documents(self, draft):
        """Return documents whose name and sha1sum are the same."""
        wanted = documents.sha1(draft.data)
        # it may have been stored without the emojis of its name
        return sorted(
            integer(row.get("id"))
            for name in dict.fromkeys([draft.name, narrow_text(draft.name)])
            for row in self._list("Document", [("searchText[name]", name)])
            if row.get("sha1sum") == wanted and name in _readings(row.get("name"))
        )

    def remove_document(self, document_id):
        """DELETE Document."""
        self._delete("Document", document_id)

    def documents(self, ticket, entries=None, known=None):
        """List with_documents, without pictures in texts; Document_Item has their places."""
        listed = ticket.documents
        if listed is None:
            data = self._item("Ticket", ticket.id, with_documents="true").data
            listed = listed_documents(data, ticket.utc_offset_seconds)
        held = known.document_ids if known else frozenset()
        items = (*images.pictures_in(entries or ()), *listed)
        rows = {item.id: item for item in items if item.id not in held}
        if entries is None:
            places = self._all_places(ticket, set(rows))
        else:
            only_pictures = all(item.picture for item in rows.values())
            places = self._places(ticket, entries, set(rows), only_pictures)
        found = []
        for number, item in sorted(rows.items()):
            if number in places:
                kind, holder = places[number]
                found.append(replace(item, **{_HOLDERS[kind]: holder} if kind in _HOLDERS else {}))
            elif item.picture or item.entity_id not in (None, ticket.entity_id):
                found.append(replace(item, hidden=True))
            # the rest belongs to tasks, which nobody outside needs to see
        return found

    def _all_places(self, ticket, missing):
        """Do as `_places`, but walk through all entries of the ticket."""
        found = {}
        if missing:
            self._look("Ticket", int(ticket.id), missing, found)
        for itemtype in ("ITILFollowup", "ITILSolution"):
            if not missing - set(found):
                break
            entries = [
                integer(row.get("id")) for row in self._list(f"Ticket/{ticket.id}/{itemtype}")
            ]
            for number in reversed(entries):
                if missing - set(found):
                    self._look(itemtype, number, missing - set(found), found)
        return found

    def _places(self, ticket, entries, wanted, only_pictures):
        """Return {document id: (item type, id) it is linked to} of the visible `wanted` ones.

        Pictures of the only new entry belong to it; else one request for the latest links of all is
        enough, however many entries there are. If GLPI refuses that, read entry by entry.
        """
        holders = [(_KINDS[type(entry)], entry.id) for entry in entries]
        itself = ("Ticket", int(ticket.id))
        found = {}
        if len(holders) == 1 and only_pictures and wanted:
            self._look(*holders[0], wanted, found)
        if not wanted - set(found):
            return found
        try:
            rows, total = self._stretch("Document_Item", 0, _LATEST_LINKS, _NEWEST)
        except GlpiRefused:
            rows, total = [], _LATEST_LINKS
        self._sort_out(rows, {itself, *holders}, wanted, found)
        if total > len(rows):  # there are older links as well
            for holder in [itself, *reversed(holders)][:_ASKED_SINGLY]:
                if wanted - set(found):
                    self._look(*holder, wanted, found)
        return found

    def _look(self, itemtype, item_id, wanted, found):
        """Add the documents linked to one item to `found`."""
        path = f"{itemtype}/{item_id}/Document_Item"
        try:
            rows, _total = self._stretch(path, 0, _LATEST_LINKS, _NEWEST)
        except GlpiRefused:
            return  # a document whose link is not shown may not be read
        # GLPI 9.5 and its likes may leave the parent's columns out of a sub-item's row
        rows = [{"itemtype": itemtype, "items_id": item_id, **row} for row in rows]
        self._sort_out(rows, {(itemtype, item_id)}, wanted, found)

    def _sort_out(self, rows, holders, wanted, found):
        """Add the links to `holders` among `rows` to `found`."""
        for row in rows:
            number = integer(row.get("documents_id"))
            holder = (str(row.get("itemtype") or ""), integer(row.get("items_id")))
            # of several places the entry is more specific than the ticket
            better = number not in found or found[number][0] == "Ticket"
            if number in wanted and holder in holders and better:
                found[number] = holder

    def download(self, document_id, limit_bytes):
        """GET Document with alt=media, read no further than the limit."""
        return self._transport.fetch(
            f"Document/{int(document_id)}", params={"alt": "media"}, limit=limit_bytes
        )

    def _link(self, ticket_id, followup_id, document_id):
        """Show the document on the ticket or on its followup."""
        itemtype, item_id = _holder(ticket_id, followup_id)
        link = {"documents_id": document_id, "itemtype": itemtype, "items_id": item_id}
        try:
            self._create("Document_Item", link)
        except GlpiRefused as error:
            # an existing link, made by a request thought lost, is refused
            if error.kind != "add" or not self._is_linked(itemtype, item_id, document_id):
                raise

    def _is_linked(self, itemtype, item_id, document_id):
        """Return whether the document is shown on the item."""
        found = {}
        self._look(itemtype, item_id, {document_id}, found)
        return document_id in found

    def _discard(self, document_id):
        """Remove a document without a file (without the right, it stays, linked nowhere)."""
        try:
            self._call("DELETE", f"Document/{document_id}", params={"force_purge": "true"})
        except GlpiError:
            return


def _readings(name):
    """Return a name in GLPI's stored form, and in readable form."""
    return text.decode(str(name or "")), text.name(name)


def _holder(ticket_id, followup_id):
    """Return (item type, id) of the item that a document is linked to."""
    return ("ITILFollowup", int(followup_id)) if followup_id else ("Ticket", int(ticket_id))


def listed_documents(data, offset):
    """Return the DocumentNews of a ticket's `_documents`, without their places yet."""
    return tuple(
        _document_news(row, offset)
        for row in data.get("_documents") or []
        # "filename" is null where GLPI refused the file and kept an empty document
        if isinstance(row, dict) and row.get("filename") and not integer(row.get("is_deleted"))
    )


def _document_news(row, offset):
    """Return the DocumentNews of a row of _documents, dated by its link to the ticket."""
    entity = row.get("entities_id")
    return DocumentNews(
        id=integer(row.get("id")),
        name=text.name(row.get("name")),
        filename=text.name(row.get("filename")),
        mimetype=str(row.get("mime") or ""),
        size=None,
        entity_id=None if entity is None else integer(entity),
        user_id=integer(row.get("users_id")),
        at=moment(row.get("assocdate") or row.get("date_creation"), offset),
    )
