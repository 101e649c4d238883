"""Check the addons' licences, as OCA's check does, and the files' headers.

That is `manifestoo check-licenses`.

Run as `python -m devtools.licences FOLDER ...` with the folders where addons of others lie; prints
what is wrong and ends with 1 then. With `--write` it writes the headers that are missing.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

from .install import write_atomically
from .reach import reached
from .settings import ROOT, own_addons

OWN = "AGPL-3"
"""Licence of every addon of ours."""

COMBINABLE = {
    "AGPL-3": {
        "AGPL-3",
        "GPL-3",
        "GPL-3 or any later version",
        "LGPL-3",
        "GPL-2 or any later version",
    }
}
"""Licence of an addon -> licences that what it depends on may have, in the manifests' words."""

DEFAULT = "LGPL-3"
"""What a manifest without a licence means (Odoo's own default)."""


HEADER = """\
# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""
HEADER_FOUND = re.compile(
    r"^# Copyright \d{4}(?:-\d{4})? \S.*\n(?:# Copyright .*\n)*"
    r"# License AGPL-3\.0 or later \(https://www\.gnu\.org/licenses/agpl\)\.\n",
    re.MULTILINE,
)
"""Of whatever year and authors."""

BEFORE_HEADER = re.compile(r"(?:#!.*\n)?(?:#.*coding[:=].*\n)?")
"""What has to stand in a file's first lines."""

HEADERS_CHECKED = True
"""Whether a file without a header is a mistake; to be switched on once all of them have it."""


def main() -> None:
    """Check our addons against those in the folders named, or write headers."""
    if sys.argv[1:] == ["--write"]:
        print("\n".join(write_headers(own_addons())) or "every file has its header")
        return
    folders = [ROOT / "addons", *map(Path, sys.argv[1:])]
    problems = problems_of(own_addons(), folders)
    if HEADERS_CHECKED:
        problems += [
            f"{path.relative_to(ROOT).as_posix()}: has no licence header; "
            "python -m devtools.licences --write"
            for path in without_header(own_addons())
        ]
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


def problems_of(addons: tuple[str, ...], folders: list[Path]) -> list[str]:
    """Return incompatible licences, one line each.

    :param folders: where addons are looked for, the first that has one counts
    """
    found = []
    for addon in addons:
        manifest = manifest_of(addon, folders) or {}
        licence = manifest.get("license", DEFAULT)
        if licence != OWN:
            found.append(f"{addon}: its licence is {licence}, not {OWN}")
        for name in all_dependencies(addon, folders):
            other = manifest_of(name, folders)
            if other is None:
                found.append(f"{addon}: depends on {name}, which is not there")
            elif other.get("license", DEFAULT) not in COMBINABLE[OWN]:
                found.append(f"{addon}: depends on {name}, whose licence is {other['license']}")
    return found


def all_dependencies(addon: str, folders: list[Path]) -> list[str]:
    """Return the names of the addons that one needs, directly or not, sorted."""
    depends = (manifest_of(addon, folders) or {}).get("depends", ())
    found = reached(depends, lambda name: (manifest_of(name, folders) or {}).get("depends", ()))
    return sorted(found)


def manifest_of(addon: str, folders: list[Path]) -> dict | None:
    """Return the manifest of an addon, None where there is no such addon."""
    for folder in folders:
        path = folder / addon / "__manifest__.py"
        if path.is_file():
            return ast.literal_eval(path.read_text(encoding="utf-8"))
    return None


# --- headers ------------------------------------------------------------------------------------


def without_header(addons: tuple[str, ...], root: Path = ROOT) -> list[Path]:
    """Return the addons' Python files that do not say whose they are.

    `__init__.py` need not.
    """
    files = sorted(path for name in addons for path in (root / "addons" / name).rglob("*.py"))
    return [
        path
        for path in files
        if path.name != "__init__.py" and not has_header(path.read_text(encoding="utf-8"))
    ]


def write_headers(addons: tuple[str, ...], root: Path = ROOT) -> list[str]:
    """Write the headers that are missing; returns the names of the files."""
    changed = without_header(addons, root)
    for path in changed:
        text = with_header(path.read_text(encoding="utf-8"))
        write_atomically(path, text, path.stat().st_mode & 0o777)
    return [path.relative_to(root).as_posix() for path in changed]


def has_header(text: str) -> bool:
    """Return whether a file begins with a header.

    >>> has_header("#!/bin/python\\n" + HEADER), has_header("import os\\n" + HEADER)
    (True, False)
    """
    return bool(HEADER_FOUND.match(text, BEFORE_HEADER.match(text).end()))


def with_header(text: str) -> str:
    """Return the text with a header, below a shebang and a coding, above all else.

    >>> with_header('"A docstring."\\n') == HEADER + '"A docstring."\\n'
    True
    >>> with_header("import os\\n") == HEADER + "\\nimport os\\n"
    True
    """
    start = BEFORE_HEADER.match(text).end()
    first, rest = text[:start], text[start:].lstrip("\n")
    if not rest or ast.get_docstring(ast.parse(text)) is not None:
        between = ""
    else:
        # A blank line, so that the header is not taken for a comment of the first import; ruff
        # wants two before a class or a function.
        between = "\n\n" if rest.startswith(("class ", "def ", "async def ", "@")) else "\n"
    if first and not first.endswith("\n"):
        first += "\n"
    return f"{first}{HEADER}{between}{rest}"


if __name__ == "__main__":
    main()
