"""`./dev test --changed`: lint, and the tests of what a change may affect.

`choose_odoo`, `choose_unit` and `E2E` decide what runs, and what is left out first if the run would
take longer than `LIMIT`; CONTRIBUTING.md explains it.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .databases import own_depends
from .errors import Problem
from .odoo_tests import METHOD
from .reach import reached
from .settings import ROOT, own_addons
from .touched import touched_names

LIMIT = 360
"""Tests of Odoo per changed addon: about two minutes on two cores, beside lint and browsers."""

INSTALLING = 30
"""How many tests could be run while one addon is installed."""

E2E = {
    "contact_center": ("test_automatic_messages",),
    "chatbot_flow": ("test_flow_editor",),
    "whatsapp_helpdesk": ("test_inbound_types",),
    "glpi_connector": ("test_glpi_round_trip",),
    "contact_center_contact": ("test_contacts",),
    "contact_center_dashboard": ("test_dashboards",),
    "contact_center_measurement": ("test_dashboards",),
    "contact_center_distribution": ("test_distribution", "test_callback"),
    "contact_center_indicator": ("test_contract",),
    "contact_center_operation": ("test_configuration",),
    "contact_center_privacy": ("test_privacy",),
    "contact_center_report": ("test_reports",),
    "contact_center_security": ("test_web_policy",),
    "contact_center_supervision": ("test_supervision", "test_live_board"),
    "contact_center_alert": ("test_outbreak",),
}
"""Addon -> the short files of tests/e2e that are played when it changed; one that is not here has
none.
"""

FAR_SIDES = {
    "glpi": ("glpi_connector", ("test_fault_matrix", "test_push")),
    "meta": ("whatsapp_helpdesk", ("test_media", "test_outbox")),
}
"""Part of the sandbox -> an addon whose tests talk to it, and a few of them."""

UNIT_FOLDERS = ("tests/unit", "tests/contract", "tests/deployment")
ALWAYS = "tests/deployment"
"""Reads manifests, documentation and settings: a few seconds, whatever changed."""

READ_ALL = ("tests/unit/test_cores_are_pure.py", "tests/unit/test_portuguese.py")
"""Unit tests about the files of every addon."""

NOT_TESTED = {"readme", "description"}
"""Folders of an addon whose files no test of Odoo reads."""

EVERYTHING = re.compile(r"^(?:pyproject\.toml|odoo\.conf|requirements[\w-]*\.txt)$")
"""Files that every test depends on."""


@dataclass
class Selection:
    """The chosen tests.

    :param odoo: addon -> its test files
    :param addons: the addons that changed
    :param notes: what was left out, and why
    """

    odoo: dict[str, tuple[Path, ...]] = field(default_factory=dict)
    unit: tuple[str, ...] = ()
    e2e: tuple[str, ...] = ()
    addons: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Candidate:
    """A test file that may be run; those of a low rank first."""

    rank: int
    addon: str
    path: Path
    tests: int


# --- changes ------------------------------------------------------------------------------------


def git(*words: str, root: Path = ROOT) -> str | None:
    """Return what a git command prints, None when it fails."""
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else None


def base_commit(revision: str = "", root: Path = ROOT) -> str:
    """Return the commit that the work tree is compared with.

    :param revision: as the user names it; without it where this branch left main, or HEAD on main
    :raise Problem: there is no such commit, or this is no git work tree
    """
    if revision:
        found = git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", root=root)
        if not found:
            raise Problem(
                f"--changed {revision}: não existe esse commit.",
                "indique um ramo, uma etiqueta ou um commit, por exemplo: --changed main",
            )
        return found.strip()
    head = git("rev-parse", "--verify", "--quiet", "HEAD", root=root)
    if not head:
        raise Problem(
            "--changed compara com um commit do git, e aqui não há nenhum.",
            "execute ./dev test sem --changed",
        )
    for main in ("main", "origin/main"):
        if left := git("merge-base", "HEAD", main, root=root):
            return left.strip()
    return head.strip()


def changed_files(base: str, root: Path = ROOT) -> list[str]:
    """Return files that differ from the commit, sorted.

    New ones that git does not ignore too.
    """
    compared = git("diff", "--name-only", "--no-renames", "-z", base, root=root) or ""
    new = git("ls-files", "--others", "--exclude-standard", "-z", root=root) or ""
    return sorted({*compared.split("\0"), *new.split("\0")} - {""})


def select(base: str, root: Path = ROOT, addons: tuple[str, ...] | None = None) -> Selection:
    """Choose what to run for what changed since a commit."""
    names = changed_files(base, root)
    addons = own_addons() if addons is None else addons

    def versions(name: str) -> tuple[str, str]:
        path = root / name
        new = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        return git("show", f"{base}:{name}", root=root) or "", new

    selection = choose_odoo(names, versions, addons, root)
    selection.unit = choose_unit(names, selection.addons, root)
    selection.e2e = choose_e2e(names, selection.addons, root)
    selection.notes += [
        f"{name} changed: everything depends on it, ./dev test runs it all"
        for name in names
        if EVERYTHING.match(name)
    ]
    return selection


def describe(selection: Selection, base: str) -> str:
    """Return what is going to be run, in a few lines."""
    lines = [f"Changed since {base[:12]}: {', '.join(selection.addons) or 'no addon'}"]
    lines += [
        f"  odoo, {addon}: {len(files)} of {len(test_files(addon, ROOT))} files"
        for addon, files in selection.odoo.items()
    ]
    for part in ("unit", "e2e"):
        names = getattr(selection, part)
        lines.append(f"  {part}: {', '.join(Path(name).stem for name in names) or 'nothing'}")
    return "\n".join(lines + [f"  {note}" for note in selection.notes])


# --- tests of Odoo ------------------------------------------------------------------------------


def choose_odoo(
    names: list[str],
    versions: Callable[[str], tuple[str, str]],
    addons: tuple[str, ...],
    root: Path,
) -> Selection:
    """Choose the test files of the addons.

    Of a changed addon all of them, of the addons that depend on it those that name something that
    was touched. Beyond `LIMIT` some are left out and named: first an addon's own files that name
    nothing that was touched, then those of other addons.

    :param versions: file -> its text before and now
    """
    found: list[Candidate] = []
    changed = {addon: files_in(addon, names) for addon in addons}
    for addon, files in changed.items():
        tests = {name for name in files if is_test_file(name)}
        product = [name for name in files if name not in tests]
        words = {word for name in product for word in touched_names(name, *versions(name))}
        own = test_files(addon, root)
        direct = [path for path in own if path.relative_to(root).as_posix() in tests]
        found += ranked(0, addon, direct)
        if not product:
            continue
        naming = naming_files(addon, words, root, {Path(name).stem for name in product})
        found += ranked(1, addon, sorted(naming))
        for dependent in dependents(addon, addons, root):
            found += ranked(2, dependent, sorted(naming_files(dependent, words, root)))
        found += ranked(3, addon, own)
    for addon, paths in beyond_the_sandbox(names, addons, root):
        found += ranked(0, addon, paths)
    touched = tuple(addon for addon in addons if changed[addon])
    return within_limit(found, LIMIT * len(touched), addons, touched, root)


def beyond_the_sandbox(
    names: list[str], addons: tuple[str, ...], root: Path
) -> Iterable[tuple[str, list[Path]]]:
    """Yield (addon, test files) for changes in the sandbox.

    What its parts share is of all.
    """
    inside = {name.split("/")[1] for name in names if re.match(r"sandbox/.+\.py$", name)}
    for part, (addon, stems) in FAR_SIDES.items():
        if addon in addons and inside - (FAR_SIDES.keys() - {part}):
            yield addon, [path for path in test_files(addon, root) if path.stem in stems]


def within_limit(
    found: Iterable[Candidate],
    limit: int,
    addons: tuple[str, ...],
    touched: tuple[str, ...],
    root: Path,
) -> Selection:
    """Take the candidates, the telling ones first, as far as the time goes.

    A test file that changed itself is always taken.
    """
    taken: dict[str, set[Path]] = {}
    left: dict[str, set[Path]] = {}
    installed: set[str] = set()
    for candidate in sorted(found, key=lambda one: one.rank):
        addon, path = candidate.addon, candidate.path
        if path in taken.get(addon, ()):
            continue
        new = needed(addon, addons, root) - installed
        cost = candidate.tests + INSTALLING * len(new)
        if candidate.rank and cost > limit:
            left.setdefault(addon, set()).add(path)
            continue
        limit -= cost
        installed |= new
        taken.setdefault(addon, set()).add(path)
    notes = [
        f"left out for time, {addon}: {len(paths)} of {len(test_files(addon, root))} files"
        for addon, paths in left.items()
    ]
    chosen = {addon: tuple(sorted(taken[addon])) for addon in addons if addon in taken}
    return Selection(odoo=chosen, addons=touched, notes=notes)


def ranked(rank: int, addon: str, paths: list[Path]) -> list[Candidate]:
    """Return candidates of one rank."""
    return [
        Candidate(rank, addon, path, len(METHOD.findall(path.read_text(encoding="utf-8"))))
        for path in paths
    ]


def files_in(addon: str, names: list[str]) -> list[str]:
    """Return those of the changed files that tests of the addon are about.

    >>> files_in("a", ["addons/a/models/x.py", "addons/a/readme/USAGE.md", "addons/ab/x.py"])
    ['addons/a/models/x.py']
    """
    inside = [name for name in names if name.startswith(f"addons/{addon}/")]
    return [name for name in inside if not NOT_TESTED.intersection(name.split("/")[2:-1])]


def is_test_file(name: str) -> bool:
    """Return whether a file of an addon is one of its test files.

    >>> is_test_file("addons/a/tests/test_x.py"), is_test_file("addons/a/tests/common.py")
    (True, False)
    """
    return bool(re.match(r"addons/\w+/tests/test_\w+\.py$", name))


def test_files(addon: str, root: Path) -> list[Path]:
    """Return the test files of an addon, sorted."""
    return sorted((root / "addons" / addon / "tests").glob("test_*.py"))


def naming_files(addon: str, words: set[str], root: Path, stems: Iterable[str] = ()) -> set[Path]:
    """Return an addon's test files that have one of the words.

    Or are called after a file that has.

    `models/outbox.py`, which overrides or calls what was touched, is tested by `test_outbox.py`.

    :param stems: names of more files whose tests are meant
    """
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b")
    folder = root / "addons" / addon
    having = {
        path.stem
        for path in (*folder.rglob("*.py"), *folder.rglob("*.xml"))
        if words and pattern.search(path.read_text(encoding="utf-8"))
    }
    return {
        path
        for path in test_files(addon, root)
        if path.stem in having
        or any(f"_{path.stem[len('test_') :]}_" in f"_{stem}_" for stem in having.union(stems))
    }


def dependents(addon: str, addons: tuple[str, ...], root: Path) -> list[str]:
    """Return our addons that depend on one, directly or not."""
    return [name for name in addons if name != addon and addon in needed(name, addons, root)]


def needed(addon: str, addons: tuple[str, ...], root: Path) -> set[str]:
    """Return the addon and those of ours that it depends on, directly or not."""
    return reached([addon], lambda name: own_depends(name, addons, root))


# --- tests without Odoo, tests in browsers ------------------------------------------------------


def choose_unit(names: list[str], addons: tuple[str, ...], root: Path) -> tuple[str, ...]:
    """Choose the tests of `tests/`, but those in browsers.

    Of an addon, `devtools`, `sandbox` or `benchmarks`: files that are called `test_NAME_...` or
    import it. Of a file in `tests/`: the file itself, or those that import it.
    """
    parts = {name.split("/")[0] for name in names} & {"devtools", "sandbox", "benchmarks"}
    subjects = "|".join(sorted({*addons, *parts})) or "nothing"
    modules = [Path(name).stem for name in names if name.startswith("tests/")]
    helpers = "|".join(filter(None, (m for m in modules if not m.startswith("test_")))) or "nothing"
    called = re.compile(rf"^test_(?:{subjects})(?:_|$)")
    imports = re.compile(
        rf"^\s*(?:from|import) (?:(?:{subjects})\b|[\w.]*\b(?:{helpers})\b)", re.MULTILINE
    )
    chosen = {ALWAYS, *(READ_ALL if addons else ())}
    for path in sorted(
        one for folder in UNIT_FOLDERS for one in (root / folder).rglob("test_*.py")
    ):
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        if name in names or called.match(path.stem) or imports.search(text):
            chosen.add(name)
    inside_always = {name for name in chosen if name.startswith(f"{ALWAYS}/")}
    return tuple(sorted(name for name in chosen - inside_always if (root / name).exists()))


def choose_e2e(names: list[str], addons: tuple[str, ...], root: Path) -> tuple[str, ...]:
    """Choose the browser tests: those of the table, and files that changed."""
    stems = {stem for addon in addons for stem in E2E.get(addon, ())}
    stems |= {Path(name).stem for name in names if re.match(r"tests/e2e/test_\w+\.py$", name)}
    found = [f"tests/e2e/{stem}.py" for stem in sorted(stems)]
    return tuple(name for name in found if (root / name).is_file())
