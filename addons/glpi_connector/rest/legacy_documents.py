"""Files on tickets over the legacy API, with a proof for each that GLPI kept it."""

import json as jsonlib

from . import documents, text
from .errors import GlpiError, GlpiRefused
from .interface import DocumentNews
from .legacy_calls import LegacyCalls
from .narrow import narrow_text
from .values import integer, moment, new_id


class LegacyDocuments(LegacyCalls):
    """See GlpiClient for what each method promises."""

    def add_document(self, ticket_id, draft, followup_id=0):
        """POST Document, check its sha1sum, then link it."""
        document_id = self._width.send(self._upload, draft)
        self._link(ticket_id, followup_id, document_id)
        return document_id

    def _upload(self, draft):
        """POST Document and check what GLPI kept; its id."""
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
        """Documents of this name and sha1sum."""
        wanted = documents.sha1(draft.data)
        itemtype, item_id = _holder(ticket_id, followup_id)
        linked = {
            integer(row.get("documents_id"))
            for row in self._list(f"{itemtype}/{item_id}/Document_Item")
        }
        # it may have been stored without the emojis of its name
        found = [
            integer(row.get("id"))
            for name in dict.fromkeys([draft.name, narrow_text(draft.name)])
            for row in self._list("Document", [("searchText[name]", name)])
            if row.get("sha1sum") == wanted and name == text.decode(str(row.get("name")))
        ]
        for document_id in found:
            if document_id in linked:
                return document_id
        if found:
            self._link(ticket_id, followup_id, found[0])
            return found[0]
        return None

    def documents(self, ticket):
        """with_documents lists all of them; the Document_Item of each holder says whose it is."""
        data = self._item("Ticket", ticket.id, with_documents="true").data
        rows = {
            integer(row.get("id")): row
            for row in data.get("_documents") or []
            # "filename" is null where GLPI refused the file and kept an empty document
            if isinstance(row, dict) and row.get("filename") and not integer(row.get("is_deleted"))
        }
        followup_of = {}
        for followup_id, held in self._holders(ticket, set(rows)):
            for document_id in held:
                followup_of.setdefault(document_id, followup_id)
        return [
            _document_news(row, followup_of[document_id], ticket.utc_offset_seconds)
            for document_id, row in sorted(rows.items())
            if document_id in followup_of
        ]

    def _holders(self, ticket, missing):
        """Yield (followup id or 0, document ids) until the holder of all `missing` is known.

        What is left at the end belongs to tasks, which nobody outside need see.
        """
        if not missing:
            return
        holders = [("Ticket", int(ticket.id), 0)]
        seconds = [("ITILFollowup", True), ("ITILSolution", False)]
        while holders:
            itemtype, item_id, followup_id = holders.pop(0)
            rows = self._list(f"{itemtype}/{item_id}/Document_Item")
            held = {integer(row.get("documents_id")) for row in rows} & missing
            missing = missing - held
            yield followup_id, held
            if not missing:
                return
            while not holders and seconds:
                itemtype, is_followup = seconds.pop(0)
                found = [integer(r.get("id")) for r in self._list(f"Ticket/{ticket.id}/{itemtype}")]
                holders = [(itemtype, n, n if is_followup else 0) for n in reversed(found)]

    def download(self, document_id, limit_bytes):
        """GET Document with alt=media, read no further than the limit."""
        return self._transport.fetch(
            f"Document/{int(document_id)}", params={"alt": "media"}, limit=limit_bytes
        )

    def _link(self, ticket_id, followup_id, document_id):
        """Show the document on the ticket or on its followup."""
        itemtype, item_id = _holder(ticket_id, followup_id)
        link = {"documents_id": document_id, "itemtype": itemtype, "items_id": item_id}
        self._create("Document_Item", link)

    def _discard(self, document_id):
        """Remove a document without a file (without the right to, it stays, linked nowhere)."""
        try:
            self._call("DELETE", f"Document/{document_id}", params={"force_purge": "true"})
        except GlpiError:
            return


def _holder(ticket_id, followup_id):
    """(item type, id) of what a document hangs on."""
    return ("ITILFollowup", int(followup_id)) if followup_id else ("Ticket", int(ticket_id))


def _document_news(row, followup_id, offset):
    """DocumentNews of a row of _documents; `date` of its link is when it came to the ticket."""
    return DocumentNews(
        id=integer(row.get("id")),
        name=text.decode(str(row.get("name") or "")),
        filename=text.decode(str(row.get("filename") or "")),
        mimetype=str(row.get("mime") or ""),
        size=None,
        followup_id=followup_id,
        user_id=integer(row.get("users_id")),
        at=moment(row.get("assocdate") or row.get("date_creation"), offset),
    )
