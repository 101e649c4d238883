"""One row of the table."""

from dataclasses import asdict, dataclass, field

DISTURBED = 0.1
"""Share of the processors from which on other programs keep a row from being judged."""


@dataclass
class Result:
    """One measured row.

    :param row: name on the command line
    :param what: what was measured, with the load
    :param goal: the goal, in words
    :param measured: the figure, in words
    :param ok: whether the goal was met; None when it could not be measured
    :param details: all figures, for the JSON
    :param others: share of the processors (0 to 1) that other programs took meanwhile
    """

    row: str
    what: str
    goal: str
    measured: str
    ok: bool | None
    details: dict = field(default_factory=dict)
    others: float = 0.0

    @property
    def verdict(self) -> str:
        """Whether the goal was met, in words; figures of a shared machine are not judged."""
        if self.ok is None:
            return "not measured"
        if self.others > DISTURBED:
            return f"not judged: others took {self.others:.0%}"
        return "yes" if self.ok else "no"

    def as_dict(self) -> dict:
        """Return the row as JSON."""
        return {**asdict(self), "verdict": self.verdict}


def milliseconds(value: float) -> str:
    """Return a duration for people: ``850 ms``, ``1.3 s``, or a dash without one."""
    if value != value:
        return "-"
    return f"{value:.0f} ms" if value < 1000 else f"{value / 1000:.1f} s"


def table(results: list[Result]) -> str:
    """Return the rows as a table in Markdown, columns aligned."""
    rows = [("what", "goal", "measured", "ok")]
    rows += [(one.what, one.goal, one.measured, one.verdict) for one in results]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])
