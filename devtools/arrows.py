"""Arrows only go up: an addon names nothing of one that it does not depend on.

Code and tests alike, since each addon's tests run on a database with that addon and what it depends
on. Tests of what several addons do together stand in `test_contact_center`, which depends on all.

Run as `python -m devtools.arrows`; prints wrong arrows and then ends with 1.
"""

from __future__ import annotations

import ast
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

from .addon_files import own_depends
from .reach import reached
from .settings import ROOT, own_addons
from .touched import defined

EXCEPTIONS: Mapping[tuple[str, str], str] = {}
"""(path of a file, what it names) -> why it may. An entry without need fails the check."""

JAVASCRIPT_TEXT = re.compile(r"""(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1""")
DOTTED = re.compile(r"(?<![\w./])\w+(?:\.\w+)+")
BEFORE_SLASH = re.compile(r"(?<![\w.])(\w+)/(?=\w)")
MODEL_ID = re.compile(r"\bmodel_\w+")
ENVIRONMENTS = ("env", "registry", "pool")

Said = Iterator[tuple[int, str]]
"""(line, text) of each text that a file holds, comments and docstrings apart."""


def main() -> None:
    """Check our addons."""
    problems = problems_of(own_addons())
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


def problems_of(
    addons: tuple[str, ...],
    root: Path = ROOT,
    exceptions: Mapping[tuple[str, str], str] = EXCEPTIONS,
) -> list[str]:
    """Return the problems, one line each.

    :param addons: the lowest first
    """
    depends = {addon: own_depends(addon, addons, root) for addon in addons}
    found = [
        f"{addon}: depends on {name}, which stands above it in ADDONS of devtools/settings.py"
        for addon, names in depends.items()
        for name in names
        if addons.index(name) > addons.index(addon)
    ]
    if found:
        return found
    owners = {model: addon for addon in addons for model in models_made(root / "addons" / addon)}
    needed = set()
    for addon in addons:
        foreign = foreign_names(addon, depends, owners)
        for path in sorted((root / "addons" / addon).rglob("*")):
            name = path.relative_to(root).as_posix()
            for line, word in named(path, foreign, owners):
                if (name, word) in exceptions:
                    needed.add((name, word))
                else:
                    found.append(
                        f"{name}:{line}: {addon} does not depend on {foreign[word]} ({word})"
                    )
            if path.suffix == ".py":
                found += [
                    f"{name}:{line}: whether {model} is there is not asked; offer a hook"
                    for line, model in asked_for(path)
                ]
    found += [
        f"{name}: names no {word} any more; take it off devtools/arrows.py's list"
        for name, word in sorted(set(exceptions) - needed)
    ]
    return found


def closure(addon: str, depends: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return an addon and those of ours that it depends on."""
    return reached([addon], depends.__getitem__)


def foreign_names(
    addon: str, depends: Mapping[str, tuple[str, ...]], owners: Mapping[str, str]
) -> dict[str, str]:
    """Return {name that an addon must not know: whose it is}.

    Names of addons and of models.
    """
    known = closure(addon, depends)
    names = {name: name for name in depends if name not in known}
    for model, owner in owners.items():
        if owner not in known:
            names |= {model: owner, f"model_{model.replace('.', '_')}": owner}
    return names


def models_made(addon: Path) -> set[str]:
    """Return the models that an addon brings, not those that it only extends."""
    found = set()
    for path in addon.rglob("*.py"):
        if "tests" in path.relative_to(addon).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                said = {
                    name: list(texts_within(part))
                    for part in node.body
                    for name in defined(part)
                    if name in ("_name", "_inherit")
                }
                found.update(set(said.get("_name", ())) - set(said.get("_inherit", ())))
    return found


def named(path: Path, foreign: Mapping[str, str], models: Container[str]) -> list[tuple[int, str]]:
    """Return (line, name) of what a file names that it must not know."""
    texts = {".py": python_texts, ".xml": xml_texts, ".csv": lines, ".js": javascript_texts}
    if path.suffix not in texts or "lib" in path.parts:
        return []
    return [
        (line, word)
        for line, text in texts[path.suffix](path.read_text(encoding="utf-8"))
        for word in sorted(names_in(text, models) & set(foreign))
    ]


def names_in(text: str, models: Container[str]) -> set[str]:
    """Return what a text may name: models, and addons before a point or a slash.

    A model's name may begin with an addon's: `contact_center.security` is not of `contact_center`.

    >>> sorted(names_in("crm.lead", {"crm.lead"})), sorted(names_in("crm.stage_new", {"crm.lead"}))
    (['crm.lead'], ['crm'])
    >>> sorted(names_in("@crm/lead", ())), sorted(names_in("the crm of others", ()))
    (['crm'], [])
    """
    dotted = set(DOTTED.findall(text))
    found = {name if name in models else name.partition(".")[0] for name in dotted}
    found |= {name.split(".")[2] for name in dotted if name.startswith("odoo.addons.")}
    return found | set(BEFORE_SLASH.findall(text)) | set(MODEL_ID.findall(text))


# --- the texts of files -------------------------------------------------------------------------


def python_texts(text: str) -> Said:
    """Yield the texts in a Python file and the modules that it imports."""
    tree = ast.parse(text)
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from () if id(node) in notes else [(node.lineno, node.value)]


def texts_within(node: ast.AST) -> Iterator[str]:
    """Yield the texts in a piece of Python."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def xml_texts(text: str) -> Said:
    """Yield the texts and attributes of an XML file, each with its first line."""
    rows = text.splitlines()
    # A file of this repository
    for element in ElementTree.fromstring(text).iter():  # nosec B314
        for value in (*element.attrib.values(), element.text or "", element.tail or ""):
            if value.strip():
                first = value.strip().splitlines()[0]
                yield next((n for n, row in enumerate(rows, 1) if first in row), 1), value


def javascript_texts(text: str) -> Said:
    """Yield the texts between quotation marks in a JavaScript file."""
    for number, row in lines(text):
        if not row.lstrip().startswith(("//", "*", "/*")):
            for match in JAVASCRIPT_TEXT.finditer(row):
                yield number, match[2]


def lines(text: str) -> Said:
    """Yield the lines of a text."""
    yield from enumerate(text.splitlines(), 1)


def asked_for(path: Path) -> list[tuple[int, str]]:
    """Return (line, model) where a Python file asks for a model: `"a.b" in self.env`."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        asked, place = None, None
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            asked, place = node.left, node.comparators[0]
        elif isinstance(node, ast.Call) and name_of(node.func) == "get" and node.args:
            asked, place = node.args[0], getattr(node.func, "value", None)
        if isinstance(asked, ast.Constant) and place and name_of(place) in ENVIRONMENTS:
            found.append((node.lineno, asked.value))
    return found


def name_of(node: ast.expr) -> str:
    """Return the last word of a name: `env` of `self.env`."""
    return getattr(node, "attr", getattr(node, "id", ""))


if __name__ == "__main__":
    main()
