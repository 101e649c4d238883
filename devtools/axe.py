"""axe-core, the checker of accessibility, from npm into the cache."""

from __future__ import annotations

import os
import shutil
import tarfile
from pathlib import Path

from .errors import Problem
from .install import fingerprint, locked, make_folder, run
from .settings import Settings

PACKAGE = "axe-core@4.14.1"


def require_axe(settings: Settings) -> Path:
    """Return the path of `axe.min.js`, fetched with npm when it is not in the cache.

    :raise Problem: there is no npm, or the registry cannot be reached
    """
    folder = settings.cache / "axe-core"
    with locked(settings.cache / "axe.lock", "axe-core"):
        make_folder(folder, fingerprint(PACKAGE), lambda target: _fetch(target, settings))
    return folder / "package" / "axe.min.js"


def _fetch(folder: Path, settings: Settings) -> None:
    """Download the package and unpack what is needed of it."""
    hint = f"the check of accessibility needs {PACKAGE} from npm: install Node.js and run again"
    if not shutil.which("npm"):
        raise Problem("axe-core could not be fetched: there is no npm here.", hint)
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), PACKAGE]
    cache = {"npm_config_cache": str(settings.cache / "lint" / "npm")}
    done = run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, **cache})
    archives = list(folder.glob("axe-core-*.tgz"))
    if done.returncode or not archives:
        raise Problem(f"axe-core could not be fetched:\n{done.stderr.strip()[-500:]}", hint)
    with tarfile.open(archives[0]) as archive:
        for member in archive.getmembers():
            if member.name in ("package/axe.min.js", "package/LICENSE"):
                target = folder / member.name
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(archive.extractfile(member).read())
    archives[0].unlink()
