# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a report is, said once: columns, filters, groupings, who makes its rows.

An addon declares its kinds of report (`contact_center.report.kind._kinds`) with these values,
whether or not anything shows or prints them. From one declaration come screen and files, with the
same rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

TEXT, NUMBER, DECIMAL, PERCENT = "text", "number", "decimal", "percent"
DURATION, DAY, MOMENT = "duration", "day", "moment"
COLUMN_KINDS = frozenset({TEXT, NUMBER, DECIMAL, PERCENT, DURATION, DAY, MOMENT})
"""A duration is in seconds, a percentage from 0 to 100, a moment in the city's time (naive)."""

SUM, HIGHEST, MEAN, SHARE = "sum", "highest", "mean", "share"
TOTALS = frozenset({"", SUM, HIGHEST, MEAN, SHARE})

QUEUE, AGENT, CHANNEL = "queue", "agent", "channel"
FILTERS = frozenset({QUEUE, AGENT, CHANNEL})


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    :param key: by which totals of other columns name it
    :param kind: one of `COLUMN_KINDS`; None in a row is an empty cell
    :param width: usual width in characters
    :param total: what stands below it: "" nothing, `SUM`, `HIGHEST`, `MEAN` (weighted by the column
        `of[0]`), `SHARE` (percent of the sum of `of[0]` in that of `of[1]`)
    """

    key: str
    heading: str
    kind: str = TEXT
    width: int = 14
    total: str = ""
    of: tuple[str, ...] = ()

    def __post_init__(self):
        """Refuse what nobody could print.

        :raise ValueError: unknown kind or total, or a total without the columns it needs
        """
        needed = {MEAN: 1, SHARE: 2}.get(self.total, 0)
        if self.kind not in COLUMN_KINDS or self.total not in TOTALS or len(self.of) != needed:
            raise ValueError(f"column {self.key}: {self.kind}, {self.total}, {self.of}")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of report.

    :param code: its name in the code, never reused
    :param name: its name for people; `section` the group of reports it stands in
    :param source: the method of `contact_center.report.kind` that yields its rows for a `Scope`:
        a tuple for each row with a value for each column, in the columns' order
    :param filters: which of `FILTERS` it follows
    :param groupings: [(code, name)], the first is the usual one; none: no choice
    :param personal: it shows citizens' data: only for people with the right to it, and logged
    :param note: what its figures mean, in a few sentences, printed under its title
    :param clause: clauses of the tender that ask for it
    """

    code: str
    name: str
    section: str
    columns: tuple[Column, ...]
    source: str
    filters: tuple[str, ...] = ()
    groupings: tuple[tuple[str, str], ...] = ()
    personal: bool = False
    note: str = ""
    clause: str = ""

    def __post_init__(self):
        """Refuse a declaration that contradicts itself.

        :raise ValueError: a key twice, a total of a column that is not there, an unknown filter
        """
        keys = [column.key for column in self.columns]
        named = {key for column in self.columns for key in column.of}
        if len(set(keys)) != len(keys) or not named <= set(keys) or not keys:
            raise ValueError(f"report {self.code}: columns {keys}, totals of {sorted(named)}")
        if not set(self.filters) <= FILTERS:
            raise ValueError(f"report {self.code}: filters {self.filters}")


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what a report is made, and for whose eyes.

    :param since, until: naive UTC, `until` excluded; `first` and `last` are the same in days
    :param zone: name of the city's time zone
    :param grouping: code of one of the kind's groupings, "" if it has none
    :param queues, channels, agents, companies: ids or codes; None: all, and what has none
    :param numbers: agents are shown by registration number
    """

    since: datetime
    until: datetime
    first: date
    last: date
    zone: str
    grouping: str = ""
    queues: tuple[int, ...] | None = None
    channels: tuple[str, ...] | None = None
    agents: tuple[int, ...] | None = None
    companies: tuple[int, ...] | None = None
    numbers: bool = False


def by_code(kinds: Iterable[Kind]) -> dict[str, Kind]:
    """Return {code: kind}.

    :raise ValueError: two kinds have the same code
    """
    found = {}
    for kind in kinds:
        if kind.code in found:
            raise ValueError(f"two reports are called {kind.code}")
        found[kind.code] = kind
    return found
