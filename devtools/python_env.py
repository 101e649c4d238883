"""A virtual environment in the cache for Odoo, the addons and the tests."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from .checks import require_python
from .console import Progress
from .errors import Problem
from .install import fingerprint, is_complete, mark_complete, remove, run
from .odoo_source import OdooSource
from .settings import ROOT, Settings

LAUNCHER = "import odoo.cli\n\nodoo.cli.main()\n"
"""Odoo's program: with several workers Odoo starts this file again for websockets, so it has to be
a file.
"""


@dataclass(frozen=True)
class PythonEnv:
    """The virtual environment."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def odoo(self) -> list[str]:
        """First words of a command that runs Odoo."""
        return [str(self.python), str(self.folder / "bin" / "odoo-server.py")]

    @property
    def site_packages(self) -> Path:
        """Folder of its packages."""
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        return self.folder / "lib" / version / "site-packages"

    @property
    def oca_addons(self) -> Path:
        """The OCA addons, for addons_path."""
        return self.site_packages / "odoo" / "addons"


def make_env(settings: Settings, odoo: OdooSource, tools: bool) -> PythonEnv:
    """Return the environment for this Odoo, made or completed as needed.

    Call it with the cache lock held.

    :param tools: also what tests and linters need (requirements-dev.txt)
    :raise Problem: this Python cannot make environments, or the packages cannot be installed
    """
    require_python()
    stamp = fingerprint(_text("requirements.txt"), _text("requirements-oca.txt"), LAUNCHER)
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    env = PythonEnv(
        settings.cache / f"python-{version}-{fingerprint(stamp, odoo.parent, sys.base_prefix)}"
    )
    if not is_complete(env.folder, stamp):
        # An environment cannot be moved once made (its scripts hold its path), so it is made in
        # place; the stamp at the end says that it is whole.
        remove(env.folder)
        _create(env)
        _install(settings, env, "requirements.txt", "Pacotes do Python")
        _install(settings, env, "requirements-oca.txt", "OCA addons", "--no-deps")
        (env.site_packages / "odoo19.pth").write_text(f"{odoo.parent}\n")
        (env.folder / "bin" / "odoo-server.py").write_text(LAUNCHER)
        _check_odoo(env)
        mark_complete(env.folder, stamp)
        _forget_others(settings.cache, env)
    wanted = fingerprint(_text("requirements-dev.txt"))
    tools_mark = env.folder / ".tools"
    if tools and not (tools_mark.exists() and tools_mark.read_text() == wanted):
        _install(settings, env, "requirements-dev.txt", "Pacotes do Python para os testes")
        tools_mark.write_text(wanted)
    return env


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _create(env: PythonEnv) -> None:
    """Create an empty environment: with Python's own venv, or with uv if Python has no pip."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        command = [sys.executable, "-m", "venv", str(env.folder)]
    elif shutil.which("uv"):
        command = ["uv", "venv", "--quiet", "--python", sys.executable, str(env.folder)]
    else:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Problem(
            f"Este Python ({sys.executable}) não cria ambientes virtuais: falta venv ou ensurepip.",
            f"no Debian ou Ubuntu: sudo apt install python{version}-venv, e o ./dev de novo",
            "ou instale o uv (https://docs.astral.sh/uv/) e execute o ./dev de novo",
        )
    with Progress("Criando um ambiente Python"):
        done = run(command, capture_output=True, text=True)
    if done.returncode:
        raise Problem(
            f"O ambiente Python não pôde ser criado:\n{_tail(done.stdout + done.stderr)}",
            "corrija isso e execute o ./dev de novo",
        )


def _install(
    settings: Settings, env: PythonEnv, requirements: str, what: str, *options: str
) -> None:
    """Install a requirements file: with uv (seconds), otherwise with pip.

    Where uv cannot be had or fails.
    """
    lines = [line for line in _text(requirements).splitlines() if line and not line.startswith("#")]
    with Progress(f"{what} ({len(lines)})"):
        file = str(ROOT / requirements)
        uv = _uv(env)
        if uv:
            # A terminal gets uv's own bars of what is being downloaded.
            quiet = [] if sys.stderr.isatty() else ["--quiet"]
            command = [
                uv,
                "pip",
                "install",
                *quiet,
                "--python",
                str(env.python),
                *options,
                "-r",
                file,
            ]
            cache = os.environ.get("UV_CACHE_DIR") or str(settings.cache / "downloads" / "uv")
            variables = {**os.environ, "UV_CACHE_DIR": cache, "UV_LINK_MODE": "hardlink"}
            if run(command, env=variables).returncode == 0:
                return
        pip = [str(env.python), "-m", "pip"]
        done = run([*pip, "install", "--disable-pip-version-check", "-q", *options, "-r", file])
        if done.returncode:
            raise Problem(
                f"Os pacotes de {requirements} não puderam ser instalados (o motivo está acima).",
                "sem rede: conecte-se (com o proxy, se houver) e execute o ./dev de novo",
                "o que já foi baixado não é baixado de novo",
            )


def _uv(env: PythonEnv) -> str | None:
    """Return a uv program, None when it cannot be had.

    The user's, or one installed into the environment.
    """
    own = env.folder / "bin" / "uv"
    if own.exists():
        return str(own)
    if shutil.which("uv"):
        return shutil.which("uv")
    command = [str(env.python), "-m", "pip", "install", "--disable-pip-version-check", "-q", "uv"]
    done = run(command, capture_output=True)
    return str(own) if done.returncode == 0 and own.exists() else None


def _check_odoo(env: PythonEnv) -> None:
    """Check now, not in the middle of a start, that the environment can import this Odoo."""
    check = "import odoo.cli, odoo.release as r; assert r.version_info[0] == 19, r.version"
    done = run([str(env.python), "-c", check], capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise Problem(
            f"O novo ambiente Python não consegue importar o Odoo:\n{_tail(done.stderr)}",
            "se é um Odoo seu, confira se é um Odoo 19 completo",
            "ou deixe --odoo fora para baixar um",
        )


def _forget_others(cache: Path, env: PythonEnv) -> None:
    """Remove environments of earlier requirements that no running program uses."""
    for folder in cache.glob("python-*"):
        if folder != env.folder and not _in_use(folder):
            remove(folder)


def _in_use(folder: Path) -> bool:
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(folder).encode() in entry.read_bytes():
                return True
        except OSError:
            continue  # it has just ended
    return not Path("/proc/self").exists()


def _tail(text: str, count: int = 6) -> str:
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-count:])
