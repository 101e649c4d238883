# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a dashboard consists of: filters, key figures, charts and tables."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter over a whole dashboard.

    :param key: under which blocks name their field for it
    :param model: that is chosen from; None for a period
    :param default: of a period: "today", "last_7_days", "last_30_days", "last_90_days" ...
    """

    key: str
    label: str
    model: str | None = None
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that blocks show.

    :param filters: {key of a filter: (field, its type)}
    :param date: field of the period
    """

    model: str
    filters: dict
    domain: list = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of rows: a field with its aggregator, or their number.

    :param form: how it is shown, in the notation of spreadsheets
    """

    name: str
    aggregator: str = "sum"
    form: str = "#,##0"

    @property
    def key(self) -> str:
        """Return it as formulas of the spreadsheet name it."""
        return self.name if self.name == "__count" else f"{self.name}:{self.aggregator}"


@dataclass(frozen=True, slots=True)
class Key:
    """A key figure at the top of a dashboard."""

    title: str
    source: Source
    measure: Measure


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a measure by one or two fields.

    :param kind: "bar", "line" or "pie"
    """

    title: str
    source: Source
    kind: str
    by: tuple
    measure: Measure
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of measures by a field, the largest first.

    :param by: (field, or field:granularity)
    :param sort: the measure by which rows are ordered; None: by the field itself
    """

    title: str
    source: Source
    by: str
    measures: tuple
    sort: Measure | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A dashboard: `rows` of one or two blocks.

    :param key: of its file and its records
    :param empty: what is said where there is nothing to show
    """

    key: str
    title: str
    empty: str
    filters: tuple
    keys: tuple
    rows: tuple
