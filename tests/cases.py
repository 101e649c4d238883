"""Recorded inputs that once failed, kept beside the project; absent ones skip."""

import json
import os
from pathlib import Path

import pytest

FOLDER = Path(
    os.environ.get("CONTACT_CENTER_CASES")
    or Path(__file__).resolve().parents[2] / "shared" / "cases"
)


def path_of(name: str) -> Path:
    """Return the path of a case's file, or skip the calling test when it is not there."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"the case {name} is not here: $CONTACT_CENTER_CASES names its folder")
    return path


def case(name: str) -> dict:
    """Return a case as it was written down, or skip the calling test without it."""
    return json.loads(path_of(name).read_text(encoding="utf-8"))
