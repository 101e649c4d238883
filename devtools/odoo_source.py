"""The Odoo 19 to run: the user's, an installed one, or the pinned package.

See `odoo_pin`.
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
from .install import fingerprint, is_complete, make_folder, remove
from .odoo_pin import read, unpacked_version
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
    """Return the Odoo to run; fetch Debian's package when there is none.

    Call it with the cache lock held.

    :raise Problem: the path given is no Odoo 19, or none was found and none can be fetched
    """
    if settings.odoo:
        return from_path(Path(settings.odoo).expanduser().absolute())
    fetched, pin = settings.cache / "odoo-19", read()
    stamp = fingerprint(SUITE, *PACKAGES)
    if fetched.exists() and unpacked_version(fetched, pin.package) != pin.version:
        remove(fetched)
    if not is_complete(fetched, stamp):
        installed = _installed()
        if installed:
            say(f"Odoo 19 encontrado: {installed.parent}")
            return installed
        downloads = settings.cache / "downloads"
        make_folder(fetched, stamp, lambda root: fetch_odoo(root, downloads, pin))
    return from_parent(fetched / "usr" / "lib" / "python3" / "dist-packages")


def from_path(path: Path) -> OdooSource:
    """Return the Odoo that `--odoo PATH` names.

    A source folder, a folder with the package, or the program itself.
    """
    if not path.exists():
        raise Problem(
            f"--odoo {path}: não existe esse arquivo ou pasta.",
            "indique o programa ou o código-fonte do Odoo",
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
        f"--odoo {path}: nenhum Odoo foi encontrado ali.",
        "indique a pasta com odoo-bin (código-fonte), ou o programa instalado `odoo`",
    )


def from_parent(parent: Path) -> OdooSource:
    """Return the Odoo whose Python package is `parent`/odoo.

    Odoo's source has its addons in `addons`, beside `odoo/addons` with the base alone; Debian's
    package has all of them in `odoo/addons`, and a stripped copy in `addons` that must not be used.
    """
    own = parent / "odoo" / "addons"
    complete = (own / "web" / "__manifest__.py").is_file()
    return OdooSource(parent, (own,) if complete else (own, parent / "addons"))


def version_of(parent: Path) -> int:
    """Return the major version of the Odoo in `parent`, by its release.py; or 0."""
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
            f"O Odoo em {parent} é da versão {version or 'desconhecida'}; é preciso a 19.",
            "indique outro com --odoo, ou deixe --odoo fora para baixar o Odoo 19",
        )
    source = from_parent(parent)
    if not any((folder / "im_livechat").is_dir() for folder in source.addons):
        raise Problem(
            f"Faltam módulos ao Odoo em {parent} (im_livechat não foi encontrado).",
            "use um Odoo 19 completo, ou deixe --odoo fora para baixar um",
        )
    return source


def _installed() -> OdooSource | None:
    """Return an Odoo 19 on PATH or importable by this Python, if there is a complete one."""
    programs = [shutil.which(name) for name in ("odoo", "odoo-bin")]
    found = [_of_program(Path(program)) for program in programs if program]
    for parent in [*found, _importable(sys.executable)]:
        if parent and version_of(parent) == 19:
            try:
                return _checked(parent)
            except Problem as problem:
                say(f"Não usado: {problem.message}")
    return None


def _of_program(program: Path) -> Path | None:
    """Return the folder of an `odoo` program's package: beside it, or by its own Python."""
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
