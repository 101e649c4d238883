"""Odoo 19 from Debian's package, unpacked into the cache.

Without root or the system's apt.

Odoo is not on PyPI. Debian's suite `sid` has the whole Community edition as `odoo-19`; the package
replaces some JavaScript and fonts by symlinks to files of other packages, so those are unpacked
into the same root.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

from .console import Progress
from .errors import Problem
from .install import remove, run, start

if TYPE_CHECKING:
    from .odoo_pin import Pin

SUITE = "sid"
LINKED_PACKAGES = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
PACKAGES = ("odoo-19", *LINKED_PACKAGES)
STABLE_PACKAGES = ("fonts-font-awesome",)
"""From a stable suite: sid's Font Awesome 7 moved the files that Odoo links to, 4.7 has them."""

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")

NOT_SERVED = "não oferece mais o Odoo 19 que odoo-version.json fixa"
OTHER_WAYS = (
    "um Odoo 19 que você tem: ./dev up --odoo /pasta/do/odoo (o programa ou o código-fonte)",
    (
        "o código-fonte do Odoo: git clone --depth 1 --branch 19.0 https://github.com/odoo/odoo, "
        "depois ./dev up --odoo ./odoo"
    ),
    "contêineres: docker compose --profile sandbox up",
)


def fetch_odoo(root: Path, downloads: Path, pin: Pin) -> None:
    """Fill `root` with Odoo 19 and the files it links to.

    :param root: empty folder; Odoo's Python package ends up in usr/lib/python3/dist-packages
    :param downloads: folder for the .deb files; what an interrupted run left there is used again
    :param pin: the version, and the checksum that its file has to have
    :raise Problem: no apt here, no network, or the machine's mirror does not have that version
    """
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        raise Problem(
            "Não há Odoo 19, nem apt nesta máquina para baixar o pacote do Debian. Saídas:",
            *OTHER_WAYS,
        )
    downloads.mkdir(parents=True, exist_ok=True)
    apt = PrivateApt(downloads / "apt")
    linked = apt.prepare()
    pinned = f"{pin.package}={pin.version}"
    if not apt.offers(pinned):
        raise Problem(
            f"O Debian {NOT_SERVED}: {pin.version}, de {pin.date}. Saídas:",
            "./dev update-odoo: fixa o que ele oferece agora; depois, ./dev test",
            *OTHER_WAYS,
        )
    wanted = [pinned, *linked]
    sizes = apt.sizes(wanted)
    download(apt, wanted, sizes, downloads)
    for name in sizes:
        if name.startswith(f"{pin.package}_"):
            pin.check(downloads / name)
    with Progress("Desempacotando o Odoo 19 (1,2 GB)") as progress:
        for index, name in enumerate(sizes):
            progress.show(0, note=f"{index + 1} of {len(sizes)} packages")
            unpack(downloads / name, root)
    for name in sizes:
        remove(downloads / name)


def unpack(package: Path, root: Path) -> None:
    """Unpack one .deb into a folder.

    :raise Problem: the file is damaged (it is removed, to be downloaded again) or the disk is full
    """
    done = run(["dpkg", "-x", str(package), str(root)], capture_output=True, text=True)
    if done.returncode:
        package.unlink()
        raise Problem(
            f"{package.name} não pôde ser desempacotado:\n{last_lines(done.stderr)}",
            "se o disco está cheio, libere espaço",
            "execute o ./dev de novo; o arquivo é baixado outra vez",
        )


class PrivateApt:
    """apt with its own sources, lists and cache in one folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.config = folder / "apt.conf"

    def run(self, *words: str, cwd: Path | None = None) -> subprocess.CompletedProcess:
        """Run apt-get with this configuration; never raises for its exit status."""
        return run(
            ["apt-get", *words],
            env={**os.environ, "APT_CONFIG": str(self.config), "LC_ALL": "C"},
            cwd=cwd or self.folder,
            capture_output=True,
            text=True,
        )

    def prepare(self) -> list[str]:
        """Configure, read the mirror's lists, return what to ask for besides Odoo.

        Packages as `name/suite`.
        """
        for name in ("lists/partial", "cache/archives/partial"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.config.write_text(
            f'Dir::Etc::sourcelist "{self.folder}/sources.list";\n'
            'Dir::Etc::sourceparts "-";\n'
            f'Dir::State::lists "{self.folder}/lists";\n'
            f'Dir::Cache "{self.folder}/cache";\n'
            'Acquire::Languages "none";\n'
            'Acquire::Retries "3";\n'
            'APT::Sandbox::User "root";\n'
        )
        sites = machine_sites()
        if not sites:
            raise Problem(
                "Não há Odoo 19, e o apt daqui não indica um espelho do Debian. Saídas:",
                *OTHER_WAYS,
            )
        site, stable = sites[0]
        self._write_sources(site, stable)
        with Progress("Lendo as listas de pacotes do Debian"):
            done = self.run("update")
        if done.returncode or "Failed to fetch" in done.stderr:
            raise Problem(
                f"As listas de pacotes do Debian não foram lidas:\n{last_lines(done.stderr)}",
                "confira a rede (e o proxy, se houver) e execute o ./dev de novo",
                *OTHER_WAYS,
            )
        return [f"{name}/{SUITE}" for name in LINKED_PACKAGES] + [
            f"{name}/{stable}" for name in STABLE_PACKAGES
        ]

    def offers(self, wanted: str) -> bool:
        """Return whether the mirror has a package in that version (`name=version`)."""
        return self.run("download", "--print-uris", wanted).returncode == 0

    def _write_sources(self, site: str, stable: str) -> None:
        signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
        lines = [f"deb {signed}{site} {suite} main\n" for suite in (SUITE, stable)]
        (self.folder / "sources.list").write_text("".join(lines))

    def sizes(self, wanted: list[str]) -> dict[str, int]:
        """Return the file name of each wanted package -> its size in bytes."""
        done = self.run("download", "--print-uris", *wanted)
        found = parse_uris(done.stdout)
        if done.returncode or len(found) < len(wanted):
            raise Problem(
                "O espelho do Debian desta máquina não oferece o Odoo 19:\n"
                + last_lines(done.stderr),
                *OTHER_WAYS,
            )
        return found


def parse_uris(text: str) -> dict[str, int]:
    """Read the output of `apt-get download --print-uris` as {file name: bytes}.

    >>> parse_uris("'http://x/a_1_all.deb' a_1_all.deb 319248 SHA256:81")
    {'a_1_all.deb': 319248}
    """
    return {
        name: int(size)
        for name, size in re.findall(r"^'[^']*' (\S+\.deb) (\d+)", text, re.MULTILINE)
    }


def machine_sites() -> list[tuple[str, str]]:
    """Return the Debian mirrors of the machine's apt, the best first.

    [(address, release)].
    """
    done = run(
        [
            "apt-get",
            "indextargets",
            "--format",
            "$(ORIGIN)|$(LABEL)|$(CREATED_BY)|$(SITE)|$(CODENAME)",
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    return parse_sites(done.stdout)


def parse_sites(text: str) -> list[tuple[str, str]]:
    """Return Debian's own sites in lines of fields, main ones first.

    Fields: origin, label, kind, site, codename, separated by bars.
    """
    found = []
    for line in text.splitlines():
        origin, label, kind, site, codename = (line.split("|") + [""] * 5)[:5]
        if (origin, label, kind) == ("Debian", "Debian", "Packages") and (
            site,
            codename,
        ) not in found:
            found.append((site, codename))
    return sorted(found, key=lambda pair: "-" in pair[1])


def download(apt: PrivateApt, wanted: list[str], sizes: dict[str, int], folder: Path) -> None:
    """Download with a line of progress.

    apt checks the hashes and goes on with half-loaded files.
    """
    total = sum(sizes.values())
    with (
        Progress("Baixando o Odoo 19", total=total) as progress,
        open(folder / "apt.log", "w+") as log,
    ):
        process = start(
            ["apt-get", "download", "-q", *wanted],
            env={**os.environ, "APT_CONFIG": str(apt.config), "LC_ALL": "C"},
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            while process.poll() is None:
                progress.show(sum(_size(folder / name) for name in sizes))
                time.sleep(0.2)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        log.seek(0)
        if process.returncode:
            raise Problem(
                "O Odoo 19 não pôde ser baixado:\n" + last_lines(log.read()),
                "confira a rede e execute o ./dev de novo; ele continua de onde parou",
                *OTHER_WAYS,
            )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def last_lines(text: str, count: int = 4) -> str:
    """Return the end of what a program printed, indented."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return "\n".join(f"    {line}" for line in lines[-count:])
