"""What databases are made from: manifests and files of our addons."""

from __future__ import annotations

import ast
from pathlib import Path

from .install import fingerprint
from .settings import ROOT, product_addons

NOT_INSTALLED = {"tests", "static", "readme", "docs", "__pycache__"}
"""Folders of an addon that a change in does not call for an update of the database."""


def manifest(addon: Path) -> dict:
    """Return the contents of an addon's manifest."""
    return ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))


def own_depends(addon: str, addons: tuple[str, ...], root: Path = ROOT) -> tuple[str, ...]:
    """Return those of our addons that an addon's manifest names, in our order."""
    names = manifest(root / "addons" / addon)["depends"]
    return tuple(name for name in addons if name in names)


def addon_hashes() -> dict[str, str]:
    """Return {addon: hash of the files that a database is made from}."""
    return {name: hash_files(ROOT / "addons" / name) for name in product_addons()}


def hash_files(folder: Path) -> str:
    """Return the hash of the files (names, contents) that matter to a database."""
    parts: list[object] = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not NOT_INSTALLED & set(inside.parts) and path.suffix != ".pyc":
            parts += [inside, path.read_bytes()]
    return fingerprint(*parts)
