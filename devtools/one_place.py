"""No method of a model is defined in two files of an addon.

Readers of one would miss the other.

Run as `python -m devtools.one_place`; prints doubled methods and then ends with 1.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from pathlib import Path

from .settings import ROOT, own_addons
from .touched import models_of

STILL_OPEN: frozenset[tuple[str, str, str]] = frozenset()
"""(addon, model, method) that are still defined twice. This list only gets shorter: an entry that
is put right fails the check until it is removed here.
"""

Places = dict[tuple[str, str], list[str]]
"""(model, method) -> where it is defined, as `models/conversation.py:12`."""


def main() -> None:
    """Check our addons."""
    problems = problems_of(own_addons())
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


def problems_of(
    addons: tuple[str, ...],
    root: Path = ROOT,
    still_open: frozenset[tuple[str, str, str]] = STILL_OPEN,
) -> list[str]:
    """Return the problems, one line each."""
    found, seen = [], set()
    for addon in addons:
        for (model, method), places in sorted(definitions(root / "addons" / addon).items()):
            if len(places) < 2:
                continue
            seen.add((addon, model, method))
            if (addon, model, method) not in still_open:
                found.append(f"{addon}: {model}.{method} is defined in {' and '.join(places)}")
    found += [
        f"{addon}: {model}.{method} is in one place now; take it off devtools/one_place.py's list"
        for addon, model, method in sorted(still_open - seen)
        if addon in addons
    ]
    return found


def definitions(addon: Path) -> Places:
    """Return the methods of models that the files of an addon define, tests apart.

    A property that is defined anew for its setter counts once.
    """
    found: Places = defaultdict(list)
    for path in sorted(addon.rglob("*.py")):
        place = path.relative_to(addon)
        if place.parts[0] == "tests":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ClassDef):
                continue
            methods = {
                part.name: part.lineno
                for part in reversed(node.body)
                if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
            }
            for model in own_models(node):
                for name, line in methods.items():
                    found[model, name].append(f"{place.as_posix()}:{line}")
    return found


def own_models(node: ast.ClassDef) -> tuple[str, ...]:
    """Return the models whose methods a class defines: none if it is not Odoo's.

    A class with a `_name` defines that model, whatever it inherits; one without extends the model
    that it inherits.
    """
    return models_of(node)[:1]


if __name__ == "__main__":
    main()
