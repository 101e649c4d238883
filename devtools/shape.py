"""Rules of this project that no linter knows.

They are sizes of files and functions, the length of a docstring's first line, cores without Odoo,
no sandbox in an addon.

Run as `python -m devtools.shape`; prints broken rules and then ends with 1.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from .licences import HEADER
from .settings import ROOT

FILE_LINES = 400
FUNCTION_LINES = 40
PROGRAM_LINES = 45
"""The same outside of the addons: programs that tell what they do, step by step."""
FIRST_LINE = 80
"""Characters of a docstring's first line, without quotes and indentation; ruff checks the rest."""
CORES = {
    "contact_center_security": "core",
    "contact_center": "core",
    "contact_center_archive": "core",
    "contact_center_contact": "core",
    "contact_center_cube": "cube",
    "contact_center_open_data": "core",
    "contact_center_distribution": "routing",
    "contact_center_city156": "preset",
    "contact_center_sms": "gateway",
    "contact_center_workforce": "workforce",
    "contact_center_indicator": "measure",
    "contact_center_report": "sheet",
    "contact_center_measurement": "measurement",
    "contact_center_privacy": "core",
    "chatbot_flow": "engine",
    "contact_center_alert": "outbreak",
    "whatsapp_helpdesk": "cloud_api",
    "glpi_connector": "rest",
}
"""Addon -> its package without ORM."""


def main() -> None:
    """Check every Python file of the repository."""
    problems = [problem for path in python_files() for problem in problems_of(path)]
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


def python_files() -> list[Path]:
    """Return Python files that git knows or would add (nothing that is ignored)."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "*.py", "dev"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:  # not a git work tree: an unpacked archive
        return sorted(ROOT.rglob("*.py"))
    return [ROOT / name for name in sorted(listed.stdout.split("\n")) if (ROOT / name).is_file()]


def problems_of(path: Path, root: Path = ROOT) -> list[str]:
    """Return the problems of one file, one line each."""
    name = path.relative_to(root).as_posix()
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    found = []
    lines = text.replace(HEADER, "").count("\n")
    if lines > FILE_LINES:
        found.append(f"{name}: {lines} lines; at most {FILE_LINES}, one idea per file")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = code_lines(node)
            most = FUNCTION_LINES if name.startswith("addons/") else PROGRAM_LINES
            # A test may tell a long story.
            if length > most and "tests" not in path.relative_to(root).parts:
                found.append(f"{name}:{node.lineno}: {node.name}: {length} lines, {most} at most")
    found += [
        f"{name}:{node.body[0].lineno}: the docstring's first line has {length} characters, "
        f"{FIRST_LINE} at most"
        for node in public_nodes(tree)
        if (length := len((ast.get_docstring(node) or "").partition("\n")[0])) > FIRST_LINE
    ]
    return found + import_problems(name, tree)


def public_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the module and its public classes, functions and methods, tests apart."""
    yield tree
    for node in ast.iter_child_nodes(tree):
        is_named = isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if is_named and not node.name.startswith(("_", "test_", "Test")):
            if isinstance(node, ast.ClassDef):
                yield from public_nodes(node)
            else:
                yield node


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return lines of a function without its docstring."""
    length = node.end_lineno - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is not None:
        length -= first.end_lineno - first.lineno + 1
    return length


def import_problems(name: str, tree: ast.Module) -> list[str]:
    """Return wrong imports: Odoo in a core, the sandbox in an addon.

    Imports of one addon in another are checked by `arrows`.
    """
    parts = name.split("/")
    if parts[0] != "addons" or len(parts) < 3:
        return []
    addon = parts[1]
    in_core = parts[2] == CORES.get(addon)
    found = []
    for node in ast.walk(tree):
        for module in imported_modules(node):
            words = module.split(".")
            if in_core and words[0] == "odoo":
                found.append(f"{name}:{node.lineno}: a core does not import Odoo ({module})")
            if words[0] in ("sandbox", "devtools"):
                found.append(f"{name}:{node.lineno}: an addon does not import {words[0]}")
    return found


def imported_modules(node: ast.AST) -> list[str]:
    """Return the modules that an import statement names.

    Relative ones stay inside the addon.
    """
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [node.module or ""]
    return []


if __name__ == "__main__":
    main()
