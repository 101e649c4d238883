"""Every core can be imported without Odoo, and knows no other addon."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parents[2] / "addons"
CORES = (
    "contact_center_security.core",
    "contact_center.core",
    "contact_center_archive.core",
    "contact_center_contact.core",
    "contact_center_cube.cube",
    "contact_center_open_data.core",
    "contact_center_operation.core",
    "contact_center_privacy.core",
    "contact_center_supervision.core",
    "contact_center_distribution.routing",
    "contact_center_city156.preset",
    "contact_center_sms.gateway",
    "contact_center_workforce.workforce",
    "contact_center_indicator.measure",
    "contact_center_alert.outbreak",
    "contact_center_report.sheet",
    "contact_center_measurement.measurement",
    "chatbot_flow.engine",
    "whatsapp_helpdesk.cloud_api",
    "chatbot_flow.web",
    "glpi_connector.rest",
)
# Refuses Odoo even where it is installed.
WITHOUT_ODOO = """
import sys
sys.modules["odoo"] = None
import {core}
"""


@pytest.mark.parametrize("core", CORES)
def test_importable_without_odoo(core):
    program = WITHOUT_ODOO.format(core=core)
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(ADDONS)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("core", CORES)
def test_no_module_of_a_core_reaches_out(core):
    folder = ADDONS.joinpath(*core.split("."))
    modules = sorted(folder.rglob("*.py"))
    assert modules
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level <= len(module.relative_to(folder).parts), module
                names = [node.module or ""] if not node.level else []
            outside = [name for name in names if name.split(".")[0] in ("odoo", *_addons())]
            assert not outside, f"{module} imports {outside}"


def _addons():
    return [path.parent.name for path in ADDONS.glob("*/__manifest__.py")]
