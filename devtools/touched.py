"""Names that differ between two versions of a file, to find what may need them."""

from __future__ import annotations

import ast
import xml.etree.ElementTree as ElementTree

GENERIC = frozenset(
    "create write unlink read search copy init name_search default_get fields_get web_read "
    "web_save search_read copy_data display_name name state active company_id "
    "_name _inherit _inherits _description _order _rec_name".split()
)
"""Names that any model has: in their place stands the name of the model."""

SHORTEST = 4
"""Letters of a name that says something."""


def touched_names(name: str, old: str, new: str) -> set[str]:
    """Return added, changed or removed functions, methods and fields, or XML ids.

    :return: none for files of other kinds, and for what cannot be read
    """
    read = {"py": python_definitions, "xml": xml_definitions}.get(name.rpartition(".")[2])
    if read is None:
        return set()
    try:
        before, after = read(old), read(new)
    except (SyntaxError, ElementTree.ParseError):
        return set()
    differing = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    names = {word for words, _place in differing for word in words}
    return {word for word in names if len(word) >= SHORTEST}


Definitions = dict[tuple[tuple[str, ...], str], str]
"""(names to look for, place) -> what stands there."""


def python_definitions(text: str) -> Definitions:
    """Return the definitions of a Python file, without comments and docstrings.

    >>> found = python_definitions("class A:\\n  _name = 'a.b'\\n  def write(self): ...")
    >>> sorted(found)
    [(('A',), 'A'), (('a.b',), 'A._name'), (('a.b',), 'A.write')]
    """
    found: Definitions = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            models = models_of(node)
            for part in node.body:
                for name in defined(part):
                    words = models if name in GENERIC else (name,)
                    found[words, f"{node.name}.{name}"] = content(part)
            bases = ast.Tuple([*node.bases, *node.decorator_list], ast.Load())
            found[(node.name,), node.name] = ast.dump(bases)
        else:
            for name in defined(node):
                found[(name,), name] = content(node)
    return found


def models_of(node: ast.ClassDef) -> tuple[str, ...]:
    """Return the models of a class of Odoo: its `_name`, else what it inherits."""
    said: dict[str, tuple[str, ...]] = {}
    for part in node.body:
        for name in defined(part):
            value = getattr(part, "value", None)
            if name in ("_name", "_inherit") and value is not None:
                texts = [one.value for one in ast.walk(value) if isinstance(one, ast.Constant)]
                said[name] = tuple(text for text in texts if isinstance(text, str))
    return said.get("_name") or said.get("_inherit") or ()


def defined(node: ast.stmt) -> list[str]:
    """Return the names that a statement gives a meaning to."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def content(node: ast.stmt) -> str:
    """Return the content of a statement, without the docstring of a function."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node):
        node.body = node.body[1:]
    return ast.dump(node)


def xml_definitions(text: str) -> Definitions:
    """Return the records, templates and menus of a data file, by their ids."""
    if not text.strip():
        return {}
    found: Definitions = {}
    # A file of this repository
    for element in ElementTree.fromstring(text).iter():  # nosec B314
        name = element.get("id", "").rpartition(".")[2]
        if name and element.tag in ("record", "template", "menuitem"):
            found[(name,), name] = ElementTree.tostring(element, encoding="unicode").strip()
    return found
