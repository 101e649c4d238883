"""All that a run needs, made when missing: Odoo, Python packages, PostgreSQL."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from pathlib import Path

from . import embedded, postgres
from .checks import require_disk, require_python
from .install import locked, write_atomically
from .odoo_source import OdooSource, find_odoo
from .python_env import PythonEnv, make_env
from .settings import Settings


@dataclass(frozen=True)
class Environment:
    """The environment that `prepare` made."""

    settings: Settings
    odoo: OdooSource
    env: PythonEnv
    server: postgres.Server

    @property
    def data_dir(self) -> Path:
        """Odoo's data_dir: filestores and sessions."""
        return self.settings.cache / "data"


def prepare(settings: Settings, tools: bool = False) -> Environment:
    """Make what is missing and return it all; a fraction of a second when nothing is.

    :param tools: also install what tests and linters need
    :raise Problem: with what to do next
    """
    require_python()
    if not list(settings.cache.glob("python-*/.complete")):
        require_disk(settings.cache)
    with locked(settings.cache / "setup.lock", "a preparação"):
        odoo = find_odoo(settings)
        env = make_env(settings, odoo, tools)
        make_secret_key(settings.cache / "data")
    if settings.database_url:
        server = postgres.from_url(settings.database_url, env.python)
        postgres.check_server(server)
    else:
        server = embedded_server(settings.cache, env)
    keep_bytecode(env)
    return Environment(settings, odoo, env, server)


def keep_bytecode(env: PythonEnv) -> None:
    """Let every Python program started from now on find what an earlier one compiled.

    Odoo comes as a package without bytecode, and a test run starts Odoo some sixty times: each
    would compile Odoo, its libraries and our addons anew. The bytecode lies in the environment, so
    that it goes with it, and neither in the work tree nor beside somebody's own Odoo. A user who
    says where it has to be is obeyed.
    """
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(env.folder / "bytecode"))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def make_secret_key(data_dir: Path) -> Path:
    """Make, once, the key of secrets in databases of `./dev`; return its file.

    Beside the databases, not in them: a copy of one of them opens nothing without it.
    """
    path = data_dir / "contact_center_secret_keys"
    if not path.exists():
        # The form of a Fernet key, without the package of it: devtools need nothing but Python
        key = base64.urlsafe_b64encode(os.urandom(32)).decode()
        write_atomically(path, f"{key}\n", mode=0o600)
    return path


def embedded_server(cache: Path, env: PythonEnv) -> embedded.EmbeddedServer:
    """Return the embedded PostgreSQL of this cache (not started)."""
    return embedded.EmbeddedServer(
        env.python, cache / "postgres", embedded.binaries_of(env.site_packages)
    )
