"""The one Odoo that `./dev` and the image run, as `odoo-version.json` names it.

Debian's package of Odoo is built from one of Odoo's nightly sources; its version, date and checksum
are written down, so that every machine runs the same. Odoo's own nightly packages are deleted after
some weeks and are not in any signed archive, which is why this one is pinned.

Run as `python -m devtools.odoo_pin FOLDER` (the image's Dockerfile does) to unpack it there.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path

from .console import say
from .debian import SUITE, PrivateApt, download, fetch_odoo, last_lines
from .errors import Problem
from .install import locked, remove, write_atomically
from .settings import ROOT, Settings

FILE = ROOT / "odoo-version.json"


@dataclass(frozen=True)
class Pin:
    """The pinned package of Odoo.

    :param date: day on which Debian built it, as 2026-03-22
    :param source: where it comes from, for people
    :param sha256: of the .deb file
    """

    package: str
    version: str
    date: str
    source: str
    sha256: str

    def check(self, file: Path) -> None:
        """Compare a downloaded file with the checksum; it is removed if it is another one."""
        found = checksum(file)
        if found != self.sha256:
            file.unlink()
            raise Problem(
                f"{file.name} não é o arquivo fixado em {FILE.name}:\n"
                f"    esperado: {self.sha256}\n    recebido: {found}",
                "execute o ./dev de novo; o arquivo é baixado outra vez",
                "se isso se repete, não use esse espelho do Debian e avise os mantenedores",
            )


def read(file: Path = FILE) -> Pin:
    """Return the pinned Odoo."""
    return Pin(**json.loads(file.read_text(encoding="utf-8")))


def checksum(file: Path) -> str:
    """Return SHA-256 of a file."""
    digest = hashlib.sha256()
    with open(file, "rb") as content:
        while block := content.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def unpacked_version(root: Path, package: str) -> str:
    """Return the version of the package unpacked into a folder, "" if unknown."""
    try:
        with gzip.open(root / "usr/share/doc" / package / "changelog.Debian.gz", "rt") as log:
            found = re.match(r"\S+ \((\S+)\)", log.readline())
    except OSError:
        return ""
    return found[1] if found else ""


def date_of(file: Path) -> str:
    """Return the day on which a .deb file was built: the time of its first member.

    A .deb file is an `ar` archive: 8 bytes, then a header with a name (16 bytes) and a time (12).
    """
    with open(file, "rb") as content:
        head = content.read(36)
    return datetime.fromtimestamp(int(head[24:36]), timezone.utc).date().isoformat()


def pin_of(file: Path) -> Pin:
    """Return the pin for a downloaded package."""
    done = subprocess.run(
        ["dpkg-deb", "--show", "--showformat=${Package} ${Version}", str(file)],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Problem(f"{file.name} não é um pacote do Debian:\n{last_lines(done.stderr)}")
    package, version = done.stdout.split()
    return Pin(package, version, date_of(file), f"Debian, suite {SUITE}", checksum(file))


def write(pin: Pin, file: Path = FILE) -> None:
    """Move the pin."""
    write_atomically(file, json.dumps(asdict(pin), indent=2) + "\n")


def update_odoo(settings: Settings, _arguments: argparse.Namespace, _rest: list[str]) -> int:
    """Pin Debian's present offer (`./dev update-odoo`); install nothing yet."""
    pinned = read()
    folder = settings.cache / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    with locked(settings.cache / "setup.lock", "a preparação"):
        apt = PrivateApt(folder / "apt")
        apt.prepare()
        wanted = [f"{pinned.package}/{SUITE}"]
        sizes = apt.sizes(wanted)
        download(apt, wanted, sizes, folder)
        (file,) = (folder / name for name in sizes)
        new = pin_of(file)
        remove(file)
    if new == pinned:
        say(f"{FILE.name} já fixa o que o Debian oferece: {new.version}, de {new.date}.")
        return 0
    write(new)
    say(
        f"{FILE.name}: {pinned.version} ({pinned.date}) -> {new.version} ({new.date})\n"
        "  - execute ./dev test: o novo Odoo é baixado, e tudo é testado com ele\n"
        "  - depois grave o arquivo no git; docker compose build faz a imagem com o mesmo Odoo"
    )
    return 0


def main() -> None:
    """Unpack the pinned Odoo into the folder named."""
    (folder,) = map(Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    try:
        fetch_odoo(folder, folder / "downloads", read())
    except Problem as problem:
        sys.exit(str(problem))
    remove(folder / "downloads")


if __name__ == "__main__":
    main()
