"""Documents: multipart uploads with all their traps, links to items, downloads."""

import hashlib
import random
import re
import time
from dataclasses import dataclass, field
from urllib.parse import quote

from werkzeug.wrappers import Response

from . import text
from .answers import item_headers
from .catalogues import clean
from .context import Context
from .errors import Refused, not_found
from .incoming import Upload
from .rights import CREATE
from .tickets import touch

# The only part name that the upload handler knows: filename[0], filename[1] or filename[].
_LIST_PART = re.compile(r"filename\[[^\]]*\]")
_IMAGE_SIGNATURES = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "bmp": (b"BM",),
}
_MIME_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"PK\x03\x04", "application/zip"),
)
_KIND_NAMES = {"Ticket": "Chamado", "ITILFollowup": "Acompanhamento", "ITILSolution": "Solução"}
# GLPI's timeline_position of a picture that stands inside a text: no entry of the timeline itself.
NO_TIMELINE = -1


@dataclass
class Uploaded:
    """Outcome of the upload handler: what the client is told, and the kept files."""

    result: dict = field(default_factory=dict)
    kept: list[Upload] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def receive(context: Context) -> Uploaded:
    """Judge the file parts of the request.

    A part with any other name than ``filename[...]`` is reported as received, and lost.
    """
    uploaded = Uploaded()
    prefix = f"{int(time.time() * 1_000_000):014x}"[:14] + f".{random.randrange(10**8):08d}"
    for upload in context.call.uploads:
        listed = bool(_LIST_PART.fullmatch(upload.part_name))
        key = re.sub(r"[. ]", "_", upload.part_name.split("[", 1)[0])
        entry, accepted = _judge(context, upload, prefix if listed else "", key)
        uploaded.result.setdefault(key, []).append(entry)
        if listed and accepted:
            uploaded.kept.append(upload)
        elif listed:
            uploaded.lost.append(upload.filename)
    return uploaded


def _judge(context: Context, upload: Upload, prefix: str, key: str) -> tuple[dict, bool]:
    """Return (entry of upload_result, accepted)."""
    size = len(upload.content)
    entry = {"name": prefix + upload.filename, "size": size, "type": upload.mimetype}
    too_big = size > context.store.settings["max_upload_bytes"]
    if too_big:
        entry.update(size=0, type="")
    error = "upload_big" if too_big else _objection(context, upload)
    if error is None:
        address = quote(entry["name"])
        entry["url"] = f"{context.call.site_url}/files/{address}"
        entry["deleteUrl"] = f"{context.call.base_url}?{key[:-1]}={address}"
        entry["deleteType"] = "DELETE"
    else:
        entry["error"] = context.say(error) if error else False
    entry["prefix"] = prefix or upload.filename
    entry["display"] = upload.filename if prefix else ""
    entry["filesize"] = f"{entry['size']} o"
    entry["id"] = f"doc{key}{random.randrange(10**9)}"
    return entry, error is None


def _objection(context: Context, upload: Upload) -> str | None:
    """Return the key of the text why a file is refused; "" for a broken image (no text)."""
    extension = _extension(upload.filename)
    if not context.store.rows("DocumentType", ext=extension, is_uploadable=1):
        return "upload_type"
    if not upload.content:
        return "upload_empty"
    signatures = _IMAGE_SIGNATURES.get(extension)
    return "" if signatures and not upload.content.startswith(signatures) else None


def _extension(filename: str) -> str:
    return filename.rpartition(".")[2].lower()


def mime_of(content: bytes) -> str:
    """Return the kind of a content by its first bytes; very short contents have none."""
    for signature, mime in _MIME_SIGNATURES:
        if content.startswith(signature):
            return mime
    if len(content) > 2 and b"\x00" not in content[:1024]:
        return "text/plain"
    return "application/octet-stream"


# -- rows --------------------------------------------------------------------------------------
def create(context: Context, values: dict) -> tuple[dict, str]:
    """POST Document: create the row even if no file was kept.

    Its file columns are null then.
    """
    uploaded: Uploaded | None = values.pop("_uploaded", None)
    upload = uploaded.kept[0] if uploaded and uploaded.kept else None
    cleaned = clean("Document", values)
    target = _target(context, values)
    if target is not None:
        cleaned["name"] = _linked_name(context, *target)
    row = _insert(context, cleaned, upload)
    if target is not None:
        itemtype, item = target
        _link(context, row, itemtype, item, position=int(itemtype == "Ticket"))
    return row, context.say("added", name=row["name"] or f"Documento - ID {row['id']}")


def _target(context: Context, values: dict) -> tuple[str, dict] | None:
    itemtype = values.get("itemtype")
    if itemtype not in _KIND_NAMES:
        return None
    item = context.store.get(itemtype, int(values.get("items_id") or 0))
    if item is None or not context.sees(itemtype, item):
        raise Refused("right")
    return itemtype, item


def _linked_name(context: Context, itemtype: str, item: dict) -> str:
    name = item.get("name")
    if itemtype == "ITILFollowup":  # a followup has no name: GLPI shows where it came from
        name = context.store.name_of("RequestType", item["requesttypes_id"])
    kind = _KIND_NAMES[itemtype]
    if not context.session.language.startswith("pt"):
        return f"Document: {itemtype} - {name}"
    return f"Documento: {kind} - {name or item['id']}"


def _insert(context: Context, values: dict, upload: Upload | None) -> dict:
    values = {**values, "users_id": context.session.user_id}
    values.setdefault("entities_id", context.session.active_entity)
    values["tag"] = f"{random.getrandbits(64):016x}"
    for column in ("filename", "filepath", "mime", "sha1sum"):
        values.pop(column, None)
    if upload is not None:
        digest = hashlib.sha1(upload.content, usedforsecurity=False).hexdigest()
        extension = _extension(upload.filename).upper()
        context.store.files[digest] = upload.content
        values["filename"] = upload.filename
        values["filepath"] = f"{extension}/{digest[:2]}/{digest[2:]}.{extension}"
        values["mime"] = mime_of(upload.content)
        values["sha1sum"] = digest
    return context.store.insert("Document", values)


def _link(context: Context, document: dict, itemtype: str, item: dict, **more) -> dict:
    row = context.store.insert(
        "Document_Item",
        {
            "documents_id": document["id"],
            "items_id": item["id"],
            "itemtype": itemtype,
            "users_id": context.session.user_id,
            "entities_id": document["entities_id"],
            "date_mod": context.store.now(),
            "date_creation": context.store.now(),
        },
    )
    row["timeline_position"] = more.get("position", 1)
    row["date"] = more.get("date")
    if itemtype == "Ticket" and not context.self_service:
        touch(context, item)
    return row


def create_link(context: Context, values: dict) -> tuple[dict, str]:
    """POST Document_Item: link a document to an item."""
    target = _target(context, values)
    document = context.store.get("Document", int(values.get("documents_id") or 0))
    if target is None or document is None:
        raise Refused("right")
    itemtype, item = target
    row = _link(context, document, itemtype, item, position=int(itemtype == "Ticket"))
    return row, context.say("added", name=f"Item de documento - ID {row['id']}")


def attach_uploaded(
    context: Context, itemtype: str, item: dict, uploaded: Uploaded, tags: tuple[str, ...] = ()
) -> str:
    """Attach files that came with a new ticket or entry.

    Return what a followup's answer says.

    :param tags: of each file in turn, by which the text shows it as a picture ("" for none)
    """
    if itemtype not in _KIND_NAMES or not context.may(CREATE, "Document"):
        return ""
    for position, upload in enumerate(uploaded.kept):
        values: dict = {"name": upload.filename}
        if itemtype == "Ticket":
            values = {"name": f"Documento do Chamado {item['id']}", "tickets_id": item["id"]}
        ticket = item if itemtype == "Ticket" else context.store.get("Ticket", item["items_id"])
        values["entities_id"] = ticket["entities_id"]
        document = _insert(context, values, upload)
        shown = _paste(itemtype, item, document, tags[position : position + 1])
        more = {"position": NO_TIMELINE} if shown else {}
        _link(context, document, itemtype, item, date=context.store.now(), **more)
    if itemtype == "Ticket":
        return ""
    if uploaded.lost:
        return context.say("file_lost", name=uploaded.lost[0])
    return context.say("file_moved")


def _paste(itemtype: str, item: dict, document: dict, tags) -> bool:
    """Put a picture where the text has its tag; whether it stands in the text."""
    tag = tags[0] if tags else ""
    if not tag or f'id="{tag}"' not in text.decode(item.get("content") or ""):
        return False
    ticket = item["id"] if itemtype == "Ticket" else item["items_id"]
    address = f"/front/document.send.php?docid={document['id']}&itemtype=Ticket&items_id={ticket}"
    picture = (
        f'<a href="{address}" target="_blank" ><img alt="{tag}" width="100" src="{address}" /></a>'
    )
    place = rf'<img[^>]* id="{re.escape(tag)}"[^>]*>'
    item["content"] = text.encode(re.sub(place, picture, text.decode(item["content"])))
    document["tag"] = tag
    return True


# -- download ----------------------------------------------------------------------------------
def download(context: Context, number: int) -> Response:
    """Return a document's bytes, for any session: GLPI 10.0.6 looks at no right here."""
    document = context.store.get("Document", number)
    if document is None or not document["sha1sum"]:
        raise not_found()
    return file_response(context.store.files[document["sha1sum"]], document)


def file_response(content: bytes, document: dict) -> Response:
    """Return the bytes with the headers of GLPI's document page."""
    response = Response(content, 200, content_type=document["mime"])
    name = document["filename"]
    disposition = f"filename=\"{name}\"; filename*=utf-8''{quote(name)}"
    response.headers["Content-Disposition"] = disposition.encode().decode("latin-1")
    response.headers["Etag"] = hashlib.md5(content, usedforsecurity=False).hexdigest()
    response.headers["Cache-Control"] = "private"
    response.headers.update(item_headers(document))
    return response
