"""Keeps the tables in a file, so that a demonstration survives a restart.

Odoo remembers the numbers of its tickets; a GLPI that begins anew would give them out again.
"""

import base64
import json
import os
from pathlib import Path

from .store import Store


class Keeper:
    """Saves `store` to the JSON file `path` and brings it back."""

    def __init__(self, store: Store, path: str | Path):
        self.store = store
        self.path = Path(path)

    def restore(self) -> None:
        """Take over what the file holds; without a file nothing changes.

        Raises ValueError, naming the file, when it is not what `save` wrote.
        """
        if not self.path.exists():
            return
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            tables = {
                itemtype: {row["id"]: row for row in rows}
                for itemtype, rows in kept["tables"].items()
            }
            files = {sha1: base64.b64decode(text) for sha1, text in kept["files"].items()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{self.path} is not a kept state, delete it: {error}") from error
        with self.store.lock:
            self.store.tables.update(tables)
            self.store.files.update(files)
            for itemtype, number in kept["next_ids"].items():
                self.store.reserve(itemtype, number - 1)

    def save(self) -> None:
        """Write the file anew; a crash in the middle leaves the one before."""
        with self.store.lock:
            kept = {
                "tables": {name: list(rows.values()) for name, rows in self.store.tables.items()},
                "files": {
                    sha1: base64.b64encode(content).decode()
                    for sha1, content in self.store.files.items()
                },
                "next_ids": self.store.next_ids(),
            }
            draft = self.path.with_suffix(".new")
            draft.write_text(json.dumps(kept), encoding="utf-8")
            os.replace(draft, self.path)
