"""The result of a part of `./dev test`, and the summary at the end."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Result:
    """Counts of one part.

    :param failures: one line per failure, for the summary
    :param notes: things worth knowing that fail nothing
    """

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.failed

    def fail(self, line: str, count: int = 1) -> None:
        """Add failures, with a line that names them."""
        self.failed += count
        self.failures.append(line)

    def add(self, other: Result) -> None:
        """Take over the counts of a part of this part."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.failures += other.failures
        self.notes += other.notes

    def line(self) -> str:
        """Return one line: `odoo: 120 passed, 0 failed (210 s)`."""
        return f"{self.name}: {counts([self])} ({self.seconds:.0f} s)"


def counts(results: list[Result]) -> str:
    """Return `N passed, N failed`, with `, N skipped` when there are any."""
    text = f"{sum(r.passed for r in results)} passed, {sum(r.failed for r in results)} failed"
    skipped = sum(r.skipped for r in results)
    return f"{text}, {skipped} skipped" if skipped else text


def summary(results: list[Result], seconds: float) -> str:
    """Return the closing summary; its last line holds the counts alone."""
    lines = ["", "─" * 60]
    lines += [result.line() for result in results]
    for result in results:
        lines += [f"  note ({result.name}): {note}" for note in result.notes]
        lines += [f"  FAILED ({result.name}): {failure}" for failure in result.failures]
    lines += [f"{seconds / 60:.1f} minutes in all", "", counts(results)]
    return "\n".join(lines)
