# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Questions whose options are records: categories, places, what an addon offers.

The engine knows nothing about records. It requests a page of them with a ``CallAction`` named
"choice" and gets ``{"choices": [{"id", "title", "description", "values"}], "more": bool}`` back;
until then it waits. Typed text that matches no record of the page is searched for among all of
them: ``search`` is in lower case without accents, and the source compares titles in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import asking, failing, matching, pages
from . import state as states
from .effects import CallAction
from .events import ActionResult
from .inputs import json_value, plain
from .placeholders import Template
from .steps import FlowStep
from .turn import Turn

#: Name of the action that fetches a page
ACTION = "choice"
_MAX_TITLE, _MAX_ID = 200, 64
#: Typed numbers above this do not refer to a record
_MAX_NUMBER = 9999


def fetch(
    turn: Turn,
    step: FlowStep,
    offset: int = 0,
    search: str | None = None,
    record: str = "",
    number: int = 0,
) -> None:
    """Request records.

    :param search: words to search for; None keeps those of the current page
    :param record: id of the tapped one, chosen as soon as it is loaded
    :param number: the same for one given by its number
    """
    state = turn.state
    words = state.offers.get("search", "") if search is None else search
    limit = pages.page_size(step)
    if number:
        offset, limit = number - 1, 1
    state.offers = {
        **state.offers,
        "wanted": {"offset": offset, "search": words, "pick": bool(record or number)},
    }
    state.status = states.ACTION
    params = {
        name: turn.fill(value) if isinstance(value, Template) else value
        for name, value in step.params.items()
    }
    turn.effects.append(
        CallAction(
            ACTION,
            {
                "source": step.source,
                "params": params,
                "offset": offset,
                "limit": limit,
                "search": words,
                "record": record,
            },
        )
    )


def by_number(turn: Turn, step: FlowStep, number: int) -> bool:
    """Choose a record of another page by its number; False if there are no others."""
    page = turn.state.offers
    beyond = page.get("more") and number > page.get("offset", 0)
    before = 0 < number <= page.get("offset", 0)
    if not (beyond or before) or number > _MAX_NUMBER:
        return False
    fetch(turn, step, number=number)
    return True


def arrived(turn: Turn, step: FlowStep, event: ActionResult) -> None:
    """Continue with the requested records."""
    state = turn.state
    state.status = states.INPUT
    wanted = state.offers.get("wanted", {})
    # a new dict: the old one belongs to the caller's state too
    state.offers = {name: value for name, value in state.offers.items() if name != "wanted"}
    values = event.values if isinstance(event.values, Mapping) else {}
    found = _records(values, pages.page_size(step)) if event.ok is True else []
    if wanted.get("pick") and found:
        asking.accept(turn, step, found[0])
    elif found:
        _show(turn, step, found, wanted, values.get("more") is True)
    elif state.offers.get("items"):
        if event.ok is True:
            failing.wrong(turn, step, turn.text("wrong_choice_list"))
        else:
            asking.prompt(turn, step, turn.text("choice_failed"))
    elif step.on_error:
        turn.go(step.on_error)
    else:
        turn.give_up("choice_failed" if event.ok is not True else "choice_empty")


def _show(
    turn: Turn, step: FlowStep, found: list[dict], wanted: Mapping[str, Any], more: bool
) -> None:
    search = str(wanted.get("search", ""))
    exact = [item for item in found if matching.normalise(item["title"]) == search]
    if search and len(exact) == 1:
        asking.accept(turn, step, exact[0])
        return
    turn.state.offers = {
        "items": found,
        "offset": wanted.get("offset", 0),
        "search": search,
        "more": more,
    }
    asking.prompt(turn, step, turn.text("choice_found") if search else "")


def _records(values: Mapping, limit: int) -> list[dict[str, Any]]:
    """Return the records of a result that can be offered: with a unique id and a title."""
    given = values.get("choices")
    found: dict[str, dict[str, Any]] = {}
    for item in given if isinstance(given, list | tuple) else ():
        if not isinstance(item, Mapping):
            continue
        key = plain(str(item.get("id") or ""), _MAX_ID)
        title = plain(item.get("title"), _MAX_TITLE).strip()
        if key and title and len(found) < limit:
            extra = item.get("values")
            found.setdefault(
                key,
                {
                    "id": key,
                    "title": title,
                    "description": plain(item.get("description"), _MAX_TITLE).strip(),
                    "values": json_value(extra) if isinstance(extra, Mapping) else {},
                },
            )
    return list(found.values())
