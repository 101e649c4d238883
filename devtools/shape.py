"""Rules of this project that no linter knows.

They are sizes of files and functions, cores without Odoo, no sandbox in an addon.

Run as `python -m devtools.shape`; prints broken rules and then ends with 1.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from .licences import HEADER
from .settings import ROOT

FILE_LINES = 400
FUNCTION_LINES = 45
CORES = {
    "contact_center_security": "core",
    "contact_center": "core",
    "contact_center_archive": "core",
    "contact_center_contact": "core",
    "contact_center_distribution": "routing",
    "contact_center_indicator": "measure",
    "contact_center_privacy": "core",
    "chatbot_flow": "engine",
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
            # A test may tell a long story.
            if length > FUNCTION_LINES and "tests" not in path.relative_to(root).parts:
                found.append(
                    f"{name}:{node.lineno}: {node.name}: {length} lines, {FUNCTION_LINES} at most"
                )
    return found + import_problems(name, tree)


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
    """Return the names of the modules that an import statement names (relative ones stay inside the
    addon).
    """
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [node.module or ""]
    return []


if __name__ == "__main__":
    main()
