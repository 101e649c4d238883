# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pages of a choice's records, from complete lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .matching import normalise

#: The source whose records are the lines of its parameter of the same name
LINES = "lines"
#: Sample records of a source, for trying out a flow
SAMPLES = tuple({"id": str(number), "title": f"Opção {number}"} for number in range(1, 13))


def of_lines(text: str) -> list[dict[str, Any]]:
    """Return a record for each non-empty line, numbered from 1."""
    lines = [line.strip() for line in text.splitlines()]
    return [{"id": str(number), "title": line} for number, line in enumerate(lines, 1) if line]


def page(
    rows: Sequence[Mapping[str, Any]], offset: int, limit: int, search: str = "", record: str = ""
) -> dict[str, Any]:
    """Return the values of the action "choice" for a page of these records.

    See ``choices``.

    :param search: words in lower case without accents, all of which must occur in a title :param
    record: id of the only one requested
    """
    if record:
        return {"choices": [row for row in rows if str(row["id"]) == record][:1], "more": False}
    words = search.split()
    if words:
        titles = [(normalise(str(row["title"])), row) for row in rows]
        rows = [row for title, row in titles if all(word in title for word in words)]
    return {"choices": list(rows[offset : offset + limit]), "more": offset + limit < len(rows)}


def sample_page(
    params: Mapping[str, Any], known: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, Any]:
    """Return a page like :func:`page`, without querying anything.

    :param params: of the action "choice"
    :param known: {source: records} if given; samples for all others
    """
    source = params["source"]
    rows = known.get(source, SAMPLES)
    if source == LINES:
        rows = of_lines(params["params"].get(LINES, ""))
    return page(rows, params["offset"], params["limit"], params["search"], params["record"])
