"""The odoo.conf of development servers."""

from __future__ import annotations

from pathlib import Path

from .install import write_atomically
from .python_env import PythonEnv
from .settings import ROOT

CHANNELS = (
    "root:13,root.whatsapp:7,root.whatsapp.in:3,root.whatsapp.status:1,root.whatsapp.out:2,"
    "root.whatsapp.media:1,root.glpi:1,root.flow:2,root.sms:1,root.background:1,root.distribution:1"
)
"""Capacities of queue_job's channels: a slow GLPI or a big video never keeps a citizen's message
waiting.
"""


def addons_path(odoo_addons: tuple[Path, ...], env: PythonEnv) -> str:
    """Return the value of addons_path: Odoo's own, OCA's, ours."""
    return ",".join(map(str, [*odoo_addons, env.oca_addons, ROOT / "addons"]))


def odoo_conf(options: dict[str, object], channels: str = CHANNELS) -> str:
    """Return the text of an odoo.conf: these options, and what every server here has.

    >>> print(odoo_conf({"http_port": 8069}).splitlines()[0])
    [options]
    """
    values = {
        "server_wide_modules": "base,rpc,web,queue_job",
        "http_interface": "127.0.0.1",
        "list_db": False,
        "max_cron_threads": 1,
        "db_maxconn": 64,
        # A breakpoint or a busy machine must not get a server killed.
        "limit_time_cpu": 600,
        "limit_time_real": 1200,
        "log_level": "info",
        **options,
    }
    lines = ["[options]", *(f"{name} = {escape(value)}" for name, value in values.items())]
    return "\n".join([*lines, "", "[queue_job]", f"channels = {channels}", ""])


def escape(value: object) -> str:
    """Return a value as odoo.conf wants it.

    Odoo's parser does not interpolate, but a line break would end the value.
    """
    text = str(value)
    if "\n" in text:
        raise ValueError(f"a value of odoo.conf cannot hold a line break: {text!r}")
    return text


def write_odoo_conf(path: Path, options: dict[str, object]) -> Path:
    """Write the file, readable by its owner only; return the path.

    It may hold the database's password.
    """
    write_atomically(path, odoo_conf(options), mode=0o600)
    return path
