"""Trees of names (locations, categories, entities); the plain update of any row."""

import json
from collections.abc import Callable

from . import text
from .columns import COLUMNS, READ_ONLY, SHORT_TEXTS, TREE_PARENTS
from .context import Context
from .errors import Crash, Refused


def clean(itemtype: str, values: dict) -> dict:
    """Return the values of columns that exist, as the database takes them.

    :raises Refused: for what the database refuses, with its own words.
    """
    columns = COLUMNS[itemtype]
    cleaned = {}
    for column, value in values.items():
        if column not in columns or column in READ_ONLY:
            continue
        if isinstance(value, dict | list):
            raise Crash
        if isinstance(columns[column], int):
            cleaned[column] = _number(column, value or 0)
        elif value is None:
            cleaned[column] = columns[column]
        else:
            cleaned[column] = _text(column, str(value))
    return cleaned


def _number(column: str, value) -> int:
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        if column in ("urgency", "impact", "priority"):
            raise Crash from error  # GLPI computes with them before the database sees them
        message = f"Incorrect integer value: '{value}' for column `{column}`"
        raise Refused(text=message) from error


def _text(column: str, value: str) -> str:
    limit = text.SHORT_TEXT_BYTES if column in SHORT_TEXTS else None
    try:
        return text.to_stored(value, limit)
    except text.CutInsideCharacter as error:
        raise Refused(text=f"Incorrect string value for column `{column}`") from error
    except text.CutInsideEscape as error:
        raise Refused(text="You have an error in your SQL syntax") from error


def creator(itemtype: str) -> Callable[[Context, dict], tuple[dict, str]]:
    """Return a function that creates a node of this tree."""

    def create(context: Context, values: dict) -> tuple[dict, str]:
        cleaned = clean(itemtype, values)
        parent_column = TREE_PARENTS[itemtype]
        parent_id = cleaned.get(parent_column, 0)
        siblings = context.store.rows(itemtype, **{parent_column: parent_id})
        name = cleaned.get("name", "")
        if any(text.fold(row["name"]) == text.fold(name) for row in siblings):
            raise Refused(text=f"Duplicate entry '{name}'")
        row = context.store.insert(itemtype, cleaned)
        _place(context, itemtype, row, parent_id)
        return row, context.say("added", name=text.strip_slashes(row["name"]))

    return create


def _place(context: Context, itemtype: str, row: dict, parent_id: int) -> None:
    """Fill what depends on the place in the tree."""
    parent = context.store.get(itemtype, parent_id)
    if parent is None or parent is row:
        row["completename"] = row["name"]
        return
    row["completename"] = f"{parent['completename']} > {row['name']}"
    row["level"] = parent["level"] + 1
    above = json.loads(parent["ancestors_cache"] or "[]") or {}
    above = dict.fromkeys(above, 0) if isinstance(above, list) else above
    ancestors = {**{key: int(key) for key in above}, str(parent_id): parent_id}
    row["ancestors_cache"] = json.dumps(ancestors, separators=(",", ":"))


def update_columns(context: Context, itemtype: str, row: dict, values: dict) -> str:
    """Write the given columns into a row; date_mod moves only when something changed."""
    changes = {
        column: value
        for column, value in clean(itemtype, values).items()
        if row.get(column) != value
    }
    if changes:
        row.update(changes)
        if "date_mod" in row:
            row["date_mod"] = context.store.now()
    return ""
