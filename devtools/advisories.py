"""Compare the pins of requirements*.txt with the list of advisories.json.

    python -m devtools.advisories                  # the check of ./dev lint
    python -m devtools.advisories --renew          # take the list anew from OSV, over the network
    python -m devtools.advisories --renew all.zip  # the same from OSV's export for PyPI, without it
    python -m devtools.advisories --renew FOLDER   # from a checkout of PyPA's advisory-database

An entry of the list has the `id` of the advisory, the `package`, its `affected` versions (ranges as
pip writes them, of which one suffices) and a `summary`. Where an affected version stays pinned,
`JUDGED` says why. An entry without such a list's number (`CVE-`, `PYSEC-` ...) was written by hand,
and stays when the list is renewed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import urllib.request
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from .settings import ROOT

LIST = ROOT / "devtools" / "advisories.json"
FILES = (
    *("requirements.txt", "requirements-oca.txt", "requirements-dev.txt"),
    "deploy/requirements-sandbox.txt",
)
OSV = "https://api.osv.dev/v1/query"
JUDGED: dict[str, str] = {
    "CVE-2025-66221": "werkzeug: device names of Windows in safe_join; Odoo 19 wants werkzeug 3.0, "
    "and production runs on Linux",
    "CVE-2026-21860": "werkzeug: as CVE-2025-66221, with an ending or blanks behind the name",
    "CVE-2026-27199": "werkzeug: as CVE-2025-66221, behind other segments",
    "CVE-2026-59890": "setuptools: files packed into a source distribution on macOS; nothing is "
    "packed here, and Odoo's dependencies want pkg_resources, which newer ones have not",
    "CVE-2026-27205": "flask: only moto has it, which plays a store of files in the tests",
    "CVE-2026-7246": "click: click.edit opens an editor; only tools of developers have it, and "
    "none opens one",
}
"""Advisories that do not reach us: {id: why}. One that matches no pin any more fails the check."""


def pins(files: Iterable[Path]) -> Iterator[tuple[str, str, str]]:
    """Yield (file, package, version) of every pinned package, of whatever Python."""
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            text = line.partition("#")[0].strip()
            if not text:
                continue
            requirement = Requirement(text)
            exact = [one.version for one in requirement.specifier if one.operator == "=="]
            for version in exact:
                yield path.name, canonicalize_name(requirement.name), version


def affects(advisory: dict[str, Any], package: str, version: str) -> bool:
    """Return whether an advisory is about this version of a package.

    >>> affects({"package": "x", "affected": [">=2,<2.1"]}, "x", "2.0.5")
    True
    """
    return canonicalize_name(advisory["package"]) == package and any(
        SpecifierSet(text).contains(version, prereleases=True) for text in advisory["affected"]
    )


def problems_of(
    files: Iterable[Path], advisories: list[dict[str, Any]], judged: dict[str, str]
) -> list[str]:
    """Return a line for each affected pin, and for each judgement of no use."""
    found, used = [], set()
    for name, package, version in pins(files):
        for advisory in advisories:
            if not affects(advisory, package, version):
                continue
            used.add(advisory["id"])
            if advisory["id"] not in judged:
                found.append(
                    f"{name}: {package} {version}: {advisory['id']} ({advisory['summary']}); "
                    f"affected: {' or '.join(advisory['affected'])}"
                )
    found += [f"judged, but no pin is affected: {one}" for one in sorted(judged.keys() - used)]
    return found


OF_A_LIST = re.compile(r"(CVE|GHSA|PYSEC|MAL|OSV)-")
"""How an id begins that a public list gave."""


# --- renewing ------------------------------------------------------------------------------------
def from_osv(entry: dict[str, Any], packages: set[str]) -> Iterator[dict[str, Any]]:
    """Yield what an entry of OSV's export says of these packages."""
    if entry.get("withdrawn"):
        return
    aliases = [one for one in entry.get("aliases", ()) if one.startswith("CVE-")]
    for affected in entry.get("affected", ()):
        name = canonicalize_name(affected.get("package", {}).get("name", ""))
        ranges = list(_ranges(affected)) if name in packages else []
        if ranges:
            summary = (entry.get("summary") or entry.get("details") or "").strip()
            yield {
                "id": min(aliases, default=entry["id"]),
                "package": name,
                "affected": ranges,
                "summary": re.sub(r"\s+", " ", summary)[:120],
            }


def _ranges(affected: dict[str, Any]) -> Iterator[str]:
    for one in affected.get("ranges", ()):
        if one.get("type") != "ECOSYSTEM":
            continue
        start = "0"
        for event in one.get("events", ()):
            if "introduced" in event:
                start = event["introduced"]
            for key, operator in (("fixed", "<"), ("last_affected", "<=")):
                if key in event and _is_version(start) and _is_version(event[key]):
                    yield f">={start},{operator}{event[key]}"
                    start = ""
        if start and not any({"fixed", "last_affected"} & event.keys() for event in one["events"]):
            yield f">={start}"
    if not affected.get("ranges"):
        yield from (f"=={text}" for text in affected.get("versions", ()) if _is_version(text))


def _is_version(text: str) -> bool:
    try:
        Version(text)
    except InvalidVersion:
        return False
    return True


def exported(archive: Path) -> Iterator[dict[str, Any]]:
    """Yield the entries of OSV's export (a zip), or of a checkout of PyPA's database."""
    if archive.is_dir():
        yield from _checked_out(archive)
        return
    with zipfile.ZipFile(archive) as packed:
        for name in sorted(packed.namelist()):
            if name.endswith(".json"):
                yield json.loads(packed.read(name))


def _checked_out(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the entries of PyPA's database: the same as OSV's, in YAML."""
    import yaml  # not needed for the check

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in sorted(folder.glob("vulns/*/*.yaml")):
        # The loader is a safe one, in C where there is one
        yield yaml.load(path.read_text(encoding="utf-8"), loader)  # nosec B506


def asked(packages: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the entries that OSV's server has of these packages, of whatever version."""
    for name in sorted(packages):
        question: dict[str, Any] = {"package": {"name": name, "ecosystem": "PyPI"}}
        while True:
            request = urllib.request.Request(
                OSV, json.dumps(question).encode(), {"Content-Type": "application/json"}
            )
            # The address is a constant: no file, no host of somebody else's
            with urllib.request.urlopen(request, timeout=60) as response:  # nosec B310
                answer = json.load(response)
            yield from answer.get("vulns", ())
            if not (token := answer.get("next_page_token")):
                break
            question["page_token"] = token


def renew(
    entries: Iterable[dict[str, Any]],
    packages: set[str],
    known: Iterable[dict[str, Any]] = (),
) -> list[dict[str, Any]]:
    """Return the list as these entries of OSV have it for what is pinned.

    :param known: the present list; what was written by hand stays, for what is still pinned
    """
    found: dict[tuple[str, str], dict[str, Any]] = {
        (one["package"], one["id"]): one
        for one in known
        if not OF_A_LIST.match(one["id"]) and one["package"] in packages
    }
    for entry in entries:
        for one in from_osv(entry, packages):
            # One hole may have several entries, which know different versions
            kept = found.setdefault((one["package"], one["id"]), one)
            kept["affected"] = list(dict.fromkeys([*kept["affected"], *one["affected"]]))
    return [found[key] for key in sorted(found)]


def main(words: list[str]) -> int:
    """Check, or take the list anew; exit status 1 when a pin is affected."""
    parser = argparse.ArgumentParser(prog="python -m devtools.advisories")
    parser.add_argument(
        "--renew",
        nargs="?",
        const="",
        metavar="FROM",
        help="take the list anew: from OSV's server, its export for PyPI, or PyPA's database",
    )
    options = parser.parse_args(words)
    files = [ROOT / name for name in FILES]
    if options.renew is not None:
        packages = {package for _file, package, _version in pins(files)}
        entries = exported(Path(options.renew)) if options.renew else asked(packages)
        known = json.loads(LIST.read_text(encoding="utf-8"))
        text = json.dumps(renew(entries, packages, known), ensure_ascii=False, indent=1)
        LIST.write_text(f"{text}\n", encoding="utf-8")
    advisories = json.loads(LIST.read_text(encoding="utf-8"))
    problems = problems_of(files, advisories, JUDGED)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
