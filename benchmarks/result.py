"""What a row of the table says."""

from dataclasses import asdict, dataclass, field


@dataclass
class Result:
    """One measured row.

    :param row: name on the command line
    :param what: what was measured, with the load
    :param goal: the goal, in words
    :param measured: the figure, in words
    :param ok: whether the goal was met; None when it could not be measured
    :param details: all figures, for the JSON
    """

    row: str
    what: str
    goal: str
    measured: str
    ok: bool | None
    details: dict = field(default_factory=dict)

    def as_dict(self) -> dict:
        """The row as JSON."""
        return asdict(self)


def milliseconds(value: float) -> str:
    """A duration for people: ``850 ms``, ``1.3 s``, or a dash when there is none."""
    if value != value:
        return "-"
    return f"{value:.0f} ms" if value < 1000 else f"{value / 1000:.1f} s"


def table(results: list[Result]) -> str:
    """The rows as a table in Markdown, columns aligned."""
    verdict = {True: "yes", False: "no", None: "not measured"}
    rows = [("what", "goal", "measured", "ok")]
    rows += [(one.what, one.goal, one.measured, verdict[one.ok]) for one in results]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])
