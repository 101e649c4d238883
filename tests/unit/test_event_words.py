"""Every detail of every event has its words: what is logged, by what hooks know."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for path in ROOT.glob("addons/*/**/*.py") if "tests" not in path.parts]
EVENTS = sorted(ROOT.glob("addons/*/models/event.py"))
# Calls whose reason ends in the ledger; the engine's `give_up` says it without a name.
GIVING_REASONS = {"_log", "_hand_over", "hand_over", "give_up"}


def calls(names: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """Yield (place, call) of all calls of methods with one of these names."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            method = node.func if isinstance(node, ast.Call) else None
            if isinstance(method, ast.Attribute) and method.attr in names:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def hook(name: str) -> Iterator[ast.FunctionDef]:
    """Yield the method `name` of the ledger in every addon."""
    for path in EVENTS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == name:
                yield node


def constants(nodes: Iterator[ast.AST]) -> set[str]:
    """Return all strings in these nodes, with the values of this addon's constants."""
    found = {"retries"}  # GAVE_UP of chatbot_flow
    for node in nodes:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                found.add(inner.value)
    return found


def test_every_detail_has_a_name_or_is_hidden() -> None:
    known = constants(hook("_detail_labels")) | constants(hook("_detail_hidden"))
    nameless = {
        f"{place}: {keyword.arg}"
        for place, call in calls({"_log"})
        for keyword in call.keywords
        if keyword.arg and keyword.arg not in known
    }
    assert not nameless, "give them words in _detail_labels, or hide them in _detail_hidden"


def test_every_reason_and_note_that_is_a_code_has_words() -> None:
    known = constants(hook("_detail_values"))
    wordless = set()
    for place, call in calls(GIVING_REASONS):
        given = [keyword.value for keyword in call.keywords if keyword.arg in ("reason", "note")]
        if isinstance(call.func, ast.Attribute) and call.func.attr == "give_up":
            given += call.args[:1]
        for node in given:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    code = inner.value
                    if code and code == code.lower() and " " not in code and code not in known:
                        wordless.add(f"{place}: {code}")
    assert not wordless, "give them words in _detail_values"


def test_something_is_looked_at() -> None:
    assert len(list(calls({"_log"}))) > 20
    assert len(EVENTS) >= 4
