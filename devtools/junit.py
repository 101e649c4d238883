"""Counts of a JUnit report, as pytest writes it."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

from .results import Result


def read_junit(report: Path, result: Result) -> None:
    """Add the counts of a report; a skipped test is counted and named in the notes."""
    # Written by the pytest that we started
    for case in ElementTree.parse(report).getroot().iter("testcase"):  # nosec B314
        name = f"{case.get('classname')}::{case.get('name')}"
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            result.fail(name)
        elif "skipped" in kinds:
            result.skipped += 1
            result.notes.append(f"skipped: {name}")
        else:
            result.passed += 1
