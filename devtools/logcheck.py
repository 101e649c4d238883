"""Log lines of level WARNING or above that nobody expects fail a test run.

What is expected stands in `expected_log_lines.txt`: each regular expression under a line `#
reason`. A test that provokes a line on purpose adds it, in the same form, to a file of that name
beside the server's log.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

EXPECTED = Path(__file__).with_name("expected_log_lines.txt")

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?P<level>DEBUG|INFO|WARNING|ERROR|CRITICAL) \S+ (?P<logger>[\w.]+): (?P<text>.*)$"
)
BAD = ("WARNING", "ERROR", "CRITICAL")
# Between these lines of a server it is on its way out.
STOPPING, STARTED = "odoo.service.server: Initiating shutdown", "odoo: Odoo version "
MORE = 25
"""Lines of a traceback that are kept with the line it belongs to."""


@dataclass(frozen=True)
class Complaint:
    """A log line that was not expected, with what follows it (a traceback)."""

    file: str
    line: int
    text: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.text}"


def load_expected(path: Path = EXPECTED) -> list[re.Pattern]:
    """Return the expected lines.

    :raise ValueError: a pattern stands there without the reason above it
    """
    patterns, reason = [], ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            reason = line[1:].strip()
        elif line.strip():
            if not reason:
                raise ValueError(
                    f"{path.name}:{number}: a pattern needs its reason in a line above"
                )
            patterns.append(re.compile(line.strip()))
            reason = ""
    return patterns


def unexpected(name: str, text: str, expected: list[re.Pattern]) -> list[Complaint]:
    """Return complaints about one log.

    Lines of level WARNING or above, and tracebacks outside any log line.

    A pattern is searched in `LEVEL logger: message` with the lines that follow it; of a server that
    was told to stop there stands `stopping: ` before it.
    """
    found, stopping = [], ""
    for number, head, more in entries(text):
        match = LINE.match(head)
        place = f"{match['logger']}: {match['text']}" if match else ""
        if place.startswith((STOPPING, STARTED)):
            stopping = "stopping: " if place.startswith(STOPPING) else ""
        if match and match["level"] in BAD:
            said = f"{match['level']} {match['logger']}: {match['text']}"
        elif not match and head.startswith("Traceback (most recent call last)"):
            said = head
        else:
            continue
        whole = stopping + "\n".join([said, *more])
        if not any(pattern.search(whole) for pattern in expected):
            found.append(Complaint(name, number, "\n".join([said, *more[-MORE:]])))
    return found


def entries(text: str) -> list[tuple[int, str, list[str]]]:
    """Return the log's entries: (first line's number, that line, what belongs to it).

    In a server's plain output (the sandbox), where no line has Odoo's form, a traceback is an entry
    of its own.
    """
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        in_odoo_entry = found and LINE.match(found[-1][1])
        starts = LINE.match(line) or (line.startswith("Traceback ") and not in_odoo_entry)
        if starts or not found:
            found.append((number, line, []))
        else:
            found[-1][2].append(line)
    return found


def check_logs(paths: list[Path], expected: list[re.Pattern] | None = None) -> list[Complaint]:
    """Return complaints about several log files."""
    expected = load_expected() if expected is None else expected
    found = []
    for path in paths:
        provoked = path.with_name(EXPECTED.name)
        patterns = expected + (load_expected(provoked) if provoked.exists() else [])
        text = path.read_text(encoding="utf-8", errors="replace")
        found += unexpected(f"{path.parent.name}/{path.name}", text, patterns)
    return found
