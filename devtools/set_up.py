"""Settings of a stack's database before Odoo starts: far sides, administrator."""

from __future__ import annotations

import json
import runpy
from typing import TYPE_CHECKING

from .databases import QUICK, SCRIPTS
from .install import fingerprint
from .settings import ROOT

if TYPE_CHECKING:
    from .servers import Stack

SERVER_PASSWORD = "servidor-chave-primeira-5"
"""Password of `admin` in an empty database, where the rules for passwords hold."""

FIRST = {"name": "Helena Prado", "login": "helena", "password": "cavalo-bateria-grampo-7"}
"""The first administrator of the center in an empty database, without any right on the system."""


def set_up(stack: Stack) -> None:
    """Point the demo's records to the sandbox, unless a kept database is set up alike."""
    if stack.empty:
        _set_up_empty(stack)
        return
    script = SCRIPTS / "sandbox.py"
    values: dict[str, object] = {
        "odoo_url": stack.odoo_url,
        "working_hours": stack.working_hours,
        "quiet": stack.quiet,
    }
    if stack.sandbox:
        constants = runpy.run_path(str(ROOT / "sandbox" / "defaults.py"))
        values["meta_url"] = stack.meta_url
        values["glpi_url"] = stack.glpi_url
        values["defaults"] = {name: value for name, value in constants.items() if name.isupper()}
    done = fingerprint(script.read_bytes(), json.dumps(values, sort_keys=True))
    # Hours that act as open end after a while: they begin anew with each start.
    known = stack.keep and stack.databases.notes(stack.db_name).get("set_up") == done
    if known and not stack.working_hours:
        return
    stack.databases.shell(stack.db_name, script, values, {} if stack.durable else QUICK)
    if stack.keep:
        stack.databases.note(stack.db_name, set_up=done)


def _set_up_empty(stack: Stack) -> None:
    """Finish the database as an installation does; leave everything else to people."""
    finish = {"ADMIN_PASSWORD": SERVER_PASSWORD, "BASE_URL": stack.odoo_url}
    script = ROOT / "deploy" / "setup_database.py"
    stack.databases.shell(stack.db_name, script, {}, {**QUICK, **finish})
    values = {"meta_url": stack.meta_url, "administrator": FIRST}
    stack.databases.shell(stack.db_name, SCRIPTS / "empty.py", values, QUICK)
