"""Lines in the log of an installation that mean a faulty database."""

import pytest

from devtools.databases import _is_error

START = "2026-11-22 03:10:15,982 19158"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"{START} ERROR db odoo.registry: Failed to load registry", True),
        (f"{START} CRITICAL contact_center_tpl_own_24147f3a173c_x odoo.service: no", True),
        (f"{START} WARNING db odoo.modules.loading: Module a demo data failed to install, b", True),
        (f"{START} WARNING db odoo.modules: something small", False),
        (f"{START} INFO db odoo.modules.loading: loading a/data/ERROR .xml", False),
    ],
)
def test_lines(line, expected):
    assert _is_error(line) is expected
