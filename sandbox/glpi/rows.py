"""Rows that tests look at, put and take away, past all rules of the API."""

import base64
import hashlib

from .documents import mime_of
from .store import Store


def read(store: Store, itemtype: str) -> list[dict]:
    """Return all rows of a kind, in the order of their ids.

    :raises KeyError: for a kind that there is not
    """
    return sorted(store.tables[itemtype].values(), key=lambda row: row["id"])


def put(store: Store, rows: dict[str, list[dict]]) -> dict[str, list[int]]:
    """Write rows: columns of those whose id there is, new ones otherwise.

    A new row gets what the API gives one, with the next id unless it says its own. `content` of a
    Document is the file itself, in base64.

    :param rows: {kind: rows}
    :return: {kind: ids}
    :raises KeyError: for a kind that there is not
    """
    return {
        itemtype: [_put(store, itemtype, dict(row)) for row in several]
        for itemtype, several in rows.items()
    }


def _put(store: Store, itemtype: str, values: dict) -> int:
    if itemtype == "Document" and "content" in values:
        values |= _file(store, values)
    number = values.get("id")
    row = store.get(itemtype, number) or store.insert(itemtype, {}, number)
    row.update(values)
    return row["id"]


def _file(store: Store, values: dict) -> dict:
    content = base64.b64decode(values.pop("content"))
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    store.files[digest] = content
    return {"sha1sum": digest, "mime": mime_of(content)}


def take(store: Store, rows: dict[str, list[int]]) -> None:
    """Delete rows for good, and what hangs on them.

    :param rows: {kind: ids}
    """
    for itemtype, numbers in rows.items():
        for number in numbers:
            store.remove(itemtype, number)
