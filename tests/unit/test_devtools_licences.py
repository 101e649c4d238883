"""Licences that go together."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import licences

PYPROJECT = licences.ROOT / "pyproject.toml"


def addon(folder: Path, name: str, **manifest: object) -> None:
    """Write an addon that has a manifest only."""
    (folder / name).mkdir(parents=True)
    (folder / name / "__manifest__.py").write_text(repr({"name": name, **manifest}))


def test_what_is_combined(tmp_path: Path) -> None:
    """Odoo's own licence and OCA's go with ours, however deep they lie."""
    addon(tmp_path, "ours", license="AGPL-3", depends=["theirs"])
    addon(tmp_path, "theirs", license="AGPL-3", depends=["base"])
    addon(tmp_path, "base", license="LGPL-3")
    assert licences.problems_of(("ours",), [tmp_path]) == []


def test_what_is_not(tmp_path: Path) -> None:
    """A proprietary addon below one of ours, an addon of ours with another licence, one missing."""
    addon(tmp_path, "ours", license="AGPL-3", depends=["theirs"])
    addon(tmp_path, "theirs", license="LGPL-3", depends=["paid"])
    addon(tmp_path, "paid", license="OPL-1")
    addon(tmp_path, "old", license="LGPL-3", depends=["nowhere"])
    assert licences.problems_of(("ours", "old"), [tmp_path]) == [
        "ours: depends on paid, whose licence is OPL-1",
        "old: its licence is LGPL-3, not AGPL-3",
        "old: depends on nowhere, which is not there",
    ]


def test_a_manifest_that_says_nothing_has_odoos_licence(tmp_path: Path) -> None:
    """Odoo reads it so."""
    addon(tmp_path, "ours", depends=[])
    assert licences.problems_of(("ours",), [tmp_path]) == [
        "ours: its licence is LGPL-3, not AGPL-3"
    ]


HEADER = licences.HEADER


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("import os\n", HEADER + "\nimport os\n"),
        ('"""A docstring."""\n', HEADER + '"""A docstring."""\n'),
        ('"""Long.\n\nMore.\n"""\nimport os\n', HEADER + '"""Long.\n\nMore.\n"""\nimport os\n'),
        (
            "#!/usr/bin/env python3\nimport os\n",
            "#!/usr/bin/env python3\n" + HEADER + "\nimport os\n",
        ),
        ("# -*- coding: utf-8 -*-\n'a'\n", "# -*- coding: utf-8 -*-\n" + HEADER + "'a'\n"),
        ("\n\n{'name': 1}\n", HEADER + "\n{'name': 1}\n"),
        ("class A:\n    pass\n", HEADER + "\n\nclass A:\n    pass\n"),
        ("# Why it is so.\nimport os\n", HEADER + "\n# Why it is so.\nimport os\n"),
        ("", HEADER),
    ],
)
def test_where_a_header_goes(text: str, wanted: str) -> None:
    """Below what has to be first, above the docstring, which stays one."""
    assert licences.with_header(text) == wanted
    assert licences.has_header(wanted)
    assert not licences.has_header(text)
    assert ast.get_docstring(ast.parse(wanted)) == ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize(
    ("text", "has"),
    [
        (HEADER.replace("2026 Contact Center Contributors", "2024-2027 The City"), True),
        (HEADER.replace("# License", "# Copyright 2027 The City\n# License"), True),
        (HEADER.replace("AGPL", "LGPL"), False),
        (HEADER.splitlines()[0] + "\n", False),
        ("import os\n" + HEADER, False),
    ],
)
def test_what_counts_as_a_header(text: str, has: bool) -> None:
    assert licences.has_header(text) is has


def test_headers_are_written_once_and_ruff_has_nothing_to_say(tmp_path: Path) -> None:
    texts = {
        "models/talk.py": '"""Talks."""\n\nfrom odoo import models\n',
        "models/place.py": "import os\n\nfrom odoo import models\n\nHERE = os.curdir, models\n",
        "models/__init__.py": "from . import talk\n",
        "__manifest__.py": '{"name": "Talks"}\n',
    }
    for name, text in texts.items():
        path = tmp_path / "addons" / "talks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "addons/talks/models/talk.py").chmod(0o755)
    written = licences.write_headers(("talks",), tmp_path)
    assert written == [
        *("addons/talks/__manifest__.py", "addons/talks/models/place.py"),
        "addons/talks/models/talk.py",
    ]
    assert (tmp_path / "addons/talks/models/__init__.py").read_text() == "from . import talk\n"
    assert (tmp_path / "addons/talks/models/talk.py").stat().st_mode & 0o777 == 0o755
    assert licences.write_headers(("talks",), tmp_path) == []
    for words in (("format", "--check"), ("check", "--select=I,E,W,D200")):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *words, "--no-cache", f"--config={PYPROJECT}", tmp_path],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
