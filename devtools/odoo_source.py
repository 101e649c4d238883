"""Which Odoo 19 to run: the one the user names, one that is installed, else Debian's package in the
cache.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .console import say
from .debian import PACKAGES, SUITE, fetch_odoo
from .errors import Problem
from .install import fingerprint, is_complete, make_folder
from .settings import Settings


@dataclass(frozen=True)
class OdooSource:
    """An Odoo 19 on disk.

    :param parent: folder that holds the Python package `odoo` (goes on the Python path)
    :param addons: folders of its addons, for addons_path
    """

    parent: Path
    addons: tuple[Path, ...]

    @property
    def identity(self) -> str:
        """Short hash that changes with the place or the version of this Odoo."""
        release = self.parent / "odoo" / "release.py"
        return fingerprint(self.parent, release.read_bytes())


def find_odoo(settings: Settings) -> OdooSource:
    """The Odoo to run; fetches Debian's package when there is none. Call it with the cache lock
    held.

    :raise Problem: the path given is no Odoo 19, or none was found and none can be fetched
    """
    if settings.odoo:
        return from_path(Path(settings.odoo).expanduser().absolute())
    fetched = settings.cache / "odoo-19"
    stamp = fingerprint(SUITE, *PACKAGES)
    if not is_complete(fetched, stamp):
        installed = _installed()
        if installed:
            say(f"Odoo 19 found: {installed.parent}")
            return installed
        make_folder(fetched, stamp, lambda root: fetch_odoo(root, settings.cache / "downloads"))
    return from_parent(fetched / "usr" / "lib" / "python3" / "dist-packages")


def from_path(path: Path) -> OdooSource:
    """The Odoo that `--odoo PATH` names: a source folder, a folder with the package, or the program
    itself.
    """
    if not path.exists():
        raise Problem(
            f"--odoo {path}: there is no such file or folder.",
            "give the path of Odoo's program or source",
        )
    for parent in (path, path.parent, path / "usr/lib/python3/dist-packages"):
        if (parent / "odoo" / "release.py").is_file():
            return _checked(parent)
    if path.name == "odoo" and (path / "release.py").is_file():
        return _checked(path.parent)
    if path.is_file():
        found = _of_program(path)
        if found:
            return _checked(found)
    raise Problem(
        f"--odoo {path}: no Odoo was found there.",
        "give the folder with odoo-bin (Odoo's source), or the installed program `odoo`",
    )


def from_parent(parent: Path) -> OdooSource:
    """The Odoo whose Python package is `parent`/odoo.

    Odoo's source has its addons in `addons`, beside `odoo/addons` with the base alone; Debian's
    package has all of them in `odoo/addons`, and a stripped copy in `addons` that must not be used.
    """
    own = parent / "odoo" / "addons"
    complete = (own / "web" / "__manifest__.py").is_file()
    return OdooSource(parent, (own,) if complete else (own, parent / "addons"))


def version_of(parent: Path) -> int:
    """Major version of the Odoo in `parent`, read from its release.py without importing it; 0 if
    unknown.
    """
    try:
        text = (parent / "odoo" / "release.py").read_text(encoding="utf-8")
    except OSError:
        return 0
    match = re.search(r"^version_info\s*=\s*\(\s*['\"]?(?:saas~)?(\d+)", text, re.MULTILINE)
    return int(match[1]) if match else 0


def _checked(parent: Path) -> OdooSource:
    version = version_of(parent)
    if version != 19:
        raise Problem(
            f"The Odoo in {parent} is version {version or 'unknown'}; version 19 is wanted.",
            "give another one with --odoo, or leave --odoo out to have Odoo 19 fetched",
        )
    source = from_parent(parent)
    if not any((folder / "im_livechat").is_dir() for folder in source.addons):
        raise Problem(
            f"The Odoo in {parent} lacks its addons (im_livechat was not found).",
            "use a complete Odoo 19, or leave --odoo out to have one fetched",
        )
    return source


def _installed() -> OdooSource | None:
    """An Odoo 19 on PATH or importable by this Python, if there is a complete one."""
    programs = [shutil.which(name) for name in ("odoo", "odoo-bin")]
    found = [_of_program(Path(program)) for program in programs if program]
    for parent in [*found, _importable(sys.executable)]:
        if parent and version_of(parent) == 19:
            try:
                return _checked(parent)
            except Problem as problem:
                say(f"Not used: {problem.message}")
    return None


def _of_program(program: Path) -> Path | None:
    """Folder of the package that an `odoo` program runs: beside it, or where its own Python imports
    it from.
    """
    program = program.resolve()
    for parent in (program.parent, program.parent.parent / "lib" / "python3" / "dist-packages"):
        if (parent / "odoo" / "release.py").is_file():
            return parent
    try:
        first = program.open("rb").readline().decode(errors="replace")
    except OSError:
        return None
    if not first.startswith("#!"):
        return None
    words = first[2:].split()
    interpreter = shutil.which(words[-1]) if words else None
    return _importable(interpreter) if interpreter else None


def _importable(interpreter: str) -> Path | None:
    done = subprocess.run(
        [interpreter, "-c", "import odoo.release as r; print(r.__file__)"],
        capture_output=True,
        text=True,
        cwd="/",
    )
    return Path(done.stdout.strip()).parent.parent if done.returncode == 0 else None
