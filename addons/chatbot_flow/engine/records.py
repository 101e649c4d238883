"""Pages of the records that a choice offers, of lists that are at hand as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .matching import normalise

#: The source whose records are the lines of its parameter of the same name
LINES = "lines"
#: Records of a source that nobody asks, for trying a flow out
SAMPLES = tuple({"id": str(number), "title": f"Opção {number}"} for number in range(1, 13))


def of_lines(text: str) -> list[dict[str, Any]]:
    """A record for each line that says something, numbered from 1."""
    lines = [line.strip() for line in text.splitlines()]
    return [{"id": str(number), "title": line} for number, line in enumerate(lines, 1) if line]


def page(
    rows: Sequence[Mapping[str, Any]], offset: int, limit: int, search: str = "", record: str = ""
) -> dict[str, Any]:
    """The values of the action "choice" (see ``choices``) for a page of these records.

    :param search: words in lower case without accents, all of which stand in a title
    :param record: id of the only one that is wanted
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
    """A page as :func:`page`, without asking anybody.

    :param params: of the action "choice"
    :param known: {source: records} where they are given; samples for all others
    """
    source = params["source"]
    rows = known.get(source, SAMPLES)
    if source == LINES:
        rows = of_lines(params["params"].get(LINES, ""))
    return page(rows, params["offset"], params["limit"], params["search"], params["record"])
