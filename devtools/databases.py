"""Databases: templates, installed once and cloned, and the demo's, which is kept.

Two templates, each named after a hash of what it is made from: `base` has Odoo with the addons of
others that ours depend on, in Brazilian Portuguese; `own` is a clone of it with our addons. A clone
takes a second, an installation a minute. `neighbours` is `base` with other applications.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .configuration import addons_path, write_odoo_conf
from .console import Progress
from .environment import Environment
from .errors import Problem
from .install import fingerprint, locked, remove, run, start
from .processes import log_tail
from .settings import NEIGHBOURS, ROOT, own_addons, product_addons

PREFIX = "contact_center_tpl_"
SCRIPTS = Path(__file__).with_name("odoo_scripts")
QUICK = {"PGOPTIONS": "-c synchronous_commit=off"}
"""For databases that can be made again: a commit does not wait for the disk."""

OF_A_PROCESS = re.compile(r"^contact_center_(?:test_)?(\d+)(?:_\w+)?$")
"""Names of databases that belong to one run."""

NOT_INSTALLED = {"tests", "static", "readme", "docs", "__pycache__"}
"""Folders of an addon that a change in does not call for an update of the database."""


class Databases:
    """Makes, clones and updates databases of one environment."""

    def __init__(self, environment: Environment):
        self.environment = environment
        self.server = environment.server
        self.run_dir = environment.settings.run_dir("install")

    # --- templates ------------------------------------------------------------------------------

    def template(self, own: bool = True, demo: bool = True) -> str:
        """Return the name of the template, installed first if it is not there.

        :param own: with our addons; otherwise only with what they depend on
        :param demo: with demonstration data
        """
        base = self._base_name(demo)
        name = self._own_name(base) if own else base
        lock = f"templates-{'demo' if demo else 'plain'}.lock"
        with locked(self.run_dir / lock, "a instalação de um banco modelo"):
            found = self.server.run(["databases", PREFIX])[0]
            if name in found:
                return name
            if base not in found:
                self._make_base(base, demo)
            if own:
                self._make_own(name, base)
            other = self._base_name(not demo)
            self._drop_old({base, name, other, self._own_name(other)}, found)
        return name

    def _base_name(self, demo: bool) -> str:
        requirements = (ROOT / "requirements-oca.txt").read_bytes()
        scripts = (SCRIPTS / "template.py").read_bytes()
        # With our addons' names: a database remembers the addons of the tree it was made in, and
        # would install by itself a bridge that another tree has not
        made_from = fingerprint(
            self.environment.odoo.identity,
            requirements,
            scripts,
            *self._dependencies(),
            *own_addons(),
            demo,
        )
        return f"{PREFIX}base_{made_from}"

    def _own_name(self, base: str) -> str:
        return f"{PREFIX}own_{fingerprint(base, json.dumps(addon_hashes(), sort_keys=True))}"

    def _make_base(self, name: str, demo: bool) -> None:
        building = f"{name}_x"
        with Progress(
            "Instalando os módulos do Odoo num banco modelo (cerca de um minuto)"
        ) as progress:
            self.drop(building)
            self.server.run(["create_empty", building])
            modules = ["web", *self._dependencies()]
            options = ["--load-language=pt_BR", "--with-demo" if demo else "--without-demo"]
            self.install(building, modules, *options, progress=progress)
            self.shell(building, SCRIPTS / "template.py", {}, QUICK)
            self._finish(building, name)

    def _make_own(self, name: str, base: str) -> None:
        building = f"{name}_x"
        with Progress(f"Instalando os nossos módulos ({', '.join(product_addons())})") as progress:
            self.drop(building)
            self.clone(base, building)
            self.install(building, list(product_addons()), progress=progress)
            self.shell(building, SCRIPTS / "assets.py", {}, QUICK)
            self._finish(building, name)

    def neighbours(self, base: str) -> str:
        """Return the template with other applications of Odoo, installed if missing.

        :param base: the template that it is made from
        """
        name = f"{PREFIX}neighbours_{fingerprint(base, *NEIGHBOURS)}"
        with locked(self.run_dir / "neighbours.lock", "a instalação de um banco modelo"):
            found = self.server.run(["databases", f"{PREFIX}neighbours_"])[0]
            if name not in found:
                for other in found:
                    self.drop(other)
                building = f"{name}_x"
                self.clone(base, building)
                self.install(building, list(NEIGHBOURS))
                self._finish(building, name)
        return name

    def _finish(self, building: str, name: str) -> None:
        remove(self.filestore(name))
        if self.filestore(building).exists():
            self.filestore(building).rename(self.filestore(name))
        self.server.run(["rename", building, name])

    def _drop_old(self, keep: set[str], found: dict[str, str]) -> None:
        """Drop templates of earlier hashes.

        But not the bases that may belong to a template kept, and those that another process may be
        making (`_x`).
        """
        old = [name for name in found if name not in keep and not name.endswith("_x")]
        for name in old:
            if "_own_" in name:
                self.drop(name)
        bases = [name for name in old if "_base_" in name]
        for name in bases[:-2]:
            self.drop(name)

    def _dependencies(self) -> list[str]:
        """Return addons of others that ours depend on."""
        names: set[str] = set()
        for addon in own_addons():
            names.update(manifest(ROOT / "addons" / addon)["depends"])
        return sorted(names - set(own_addons()))

    def own_templates(self) -> None:
        """Make the templates with our addons, with and without demo data, at once."""
        with ThreadPoolExecutor(2) as pool:
            for made in [pool.submit(self.template, demo=demo) for demo in (True, False)]:
                made.result()

    # --- work on one database -------------------------------------------------------------------

    def filestore(self, name: str) -> Path:
        """Return the folder of a database's files."""
        return self.environment.data_dir / "filestore" / name

    def drop(self, *names: str) -> None:
        """Remove databases and their files, if they are there."""
        self.server.run(*(["drop", name] for name in names))
        for name in names:
            remove(self.filestore(name))

    def clone(self, source: str, name: str) -> None:
        """Make `name` as a copy of `source`, files included.

        Hard links: Odoo never changes a stored file.
        """
        remove(self.filestore(name))
        if self.filestore(source).exists():
            shutil.copytree(self.filestore(source), self.filestore(name), copy_function=_link)
        self.server.run(["create", name, source])

    def conf(
        self, name: str, options: dict[str, object] | None = None, path: Path | None = None
    ) -> Path:
        """Write an odoo.conf for one database and return its path."""
        values = {
            "addons_path": addons_path(self.environment.odoo.addons, self.environment.env),
            "data_dir": self.environment.data_dir,
            "db_name": name,
            **self.server.odoo_options(),
            **(options or {}),
        }
        return write_odoo_conf(path or self.run_dir / f"{name}.conf", values)

    def install(
        self,
        name: str,
        modules: list[str],
        *options: str,
        update: list[str] = (),
        progress=None,
        variables: dict[str, str] | None = None,
    ) -> Path:
        """Install modules, update others, in one run of Odoo; returns the log.

        :param variables: the environment of Odoo, this process' own without it
        :raise Problem: Odoo ended with an error or logged one; the end of its log is in the message
        """
        log = self.run_dir / f"{name}.log"
        log.unlink(missing_ok=True)
        words = ["--stop-after-init", "--no-http", *options]
        if modules:
            words += ["-i", ",".join(modules)]
        if update:
            words += ["-u", ",".join(update)]
        command = [*self.environment.env.odoo, "-c", str(self.conf(name)), "-d", name, *words]
        status = self._follow(command, log, progress, variables or {**os.environ, **QUICK})
        errors = [line for line in log.read_text(errors="replace").splitlines() if _is_error(line)]
        if status or errors:
            first = f"\n    primeiro erro: {errors[0]}" if errors else ""
            raise Problem(
                "O Odoo não conseguiu instalar ou atualizar "
                f"{', '.join({*modules, *update})}.{first}\n"
                f"O fim de {log}:\n{log_tail(log, 25)}",
                "a falha é do módulo, se as linhas acima citam um arquivo dele",
            )
        return log

    def _follow(self, command: list[str], log: Path, progress, variables: dict[str, str]) -> int:
        with open(log, "wb") as output:
            process = start(
                command,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.run_dir,
                env=variables,
            )
            try:
                while process.poll() is None:
                    if progress:
                        progress.show(0, note=_loading(log))
                    time.sleep(0.2)
            finally:
                if process.poll() is None:
                    process.kill()
                    process.wait()
        return process.returncode

    def shell(self, name: str, script: Path | str, values: dict, env: dict | None = None) -> str:
        """Run a script in `odoo shell` and return what it printed.

        :param script: a file, or the code itself; it has `env`, and commits by itself if it is to
            last
        :param values: what the script finds in `$CONTACT_CENTER_VALUES`, as JSON
        :raise Problem: the script failed; its traceback is in the message
        """
        code = script.read_text(encoding="utf-8") if isinstance(script, Path) else script
        conf = self.conf(name, path=self.run_dir / f"{name}-shell.conf")
        done = run(
            [*self.environment.env.odoo, "shell", "-c", str(conf), "-d", name, "--no-http"],
            input=code,
            capture_output=True,
            text=True,
            cwd=self.run_dir,
            env={**os.environ, **(env or {}), "CONTACT_CENTER_VALUES": json.dumps(values)},
        )
        (self.run_dir / f"{name}-shell.log").write_text(done.stderr, encoding="utf-8")
        if done.returncode:
            tail = "\n".join(f"    {line}" for line in done.stderr.splitlines()[-15:])
            raise Problem(f"Um script no shell do Odoo, no banco {name}, falhou:\n{tail}")
        return done.stdout

    def drop_abandoned(self) -> None:
        """Remove what ended runs left: databases of killed ones, folders of logs."""
        (found,) = self.server.run(["databases", "contact_center_"])
        if ended := list(filter(_of_ended_process, found)):
            self.drop(*ended)
        for folder in self.run_dir.parent.iterdir():
            if _of_ended_process(folder.name):
                remove(folder)

    # --- the demo database ----------------------------------------------------------------------

    def bring_up_to_date(self, name: str) -> bool:
        """Make the database, or update the addons whose files changed; True if made.

        What it was made from stands in the database's comment, written last: an interrupted update
        is done again.
        """
        wanted = addon_hashes()
        found = self.server.run(["databases", name])[0]
        if name not in found:
            self.clone(self.template(), name)
            self.note(name, addons=wanted)
            return True
        known = _notes_in(found[name]).get("addons")
        if known is None:
            raise Problem(
                f"O banco de dados {name} existe, mas não foi o ./dev que o fez.",
                "indique outro em --database-url (postgresql://.../outro_nome); "
                "ele é criado no primeiro início",
            )
        changed = [
            addon
            for addon, made_from in wanted.items()
            if addon in known and known[addon] != made_from
        ]
        new = [addon for addon in wanted if addon not in known]
        if changed or new:
            with Progress(
                f"Atualizando o banco da demonstração ({', '.join(changed + new)})"
            ) as progress:
                # A new one may have been installed already, by an update that was interrupted.
                self.install(name, new, update=changed + new, progress=progress)
            self.note(name, addons=wanted)
        return False

    def notes(self, name: str) -> dict:
        """Return what `./dev` wrote into the database's comment.

        `addons` (their hashes), `set_up` (see `servers`).
        """
        return _notes_in(self.server.run(["databases", name])[0].get(name, ""))

    def note(self, name: str, **values) -> None:
        """Add to the database's notes."""
        self.server.run(
            ["comment", name, json.dumps({"contact_center": {**self.notes(name), **values}})]
        )


def of_this_process(name: str) -> str:
    """Return the name of a database that no other run on this machine uses.

    Removed by the next run if this one is killed (`drop_abandoned`).
    """
    return f"contact_center_{os.getpid()}_{name}"


def process_exists(pid: int) -> bool:
    """Return whether a process of that number runs on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _of_ended_process(name: str) -> bool:
    match = OF_A_PROCESS.match(name)
    return bool(match) and not process_exists(int(match[1]))


def manifest(addon: Path) -> dict:
    """Return the contents of an addon's manifest."""
    return ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))


def own_depends(addon: str, addons: tuple[str, ...], root: Path = ROOT) -> tuple[str, ...]:
    """Return those of our addons that an addon's manifest names, in our order."""
    names = manifest(root / "addons" / addon)["depends"]
    return tuple(name for name in addons if name in names)


def addon_hashes() -> dict[str, str]:
    """Return {addon: hash of the files that a database is made from}."""
    return {name: hash_files(ROOT / "addons" / name) for name in product_addons()}


def hash_files(folder: Path) -> str:
    """Return the hash of the files (names, contents) that matter to a database."""
    parts: list[object] = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not NOT_INSTALLED & set(inside.parts) and path.suffix != ".pyc":
            parts += [inside, path.read_bytes()]
    return fingerprint(*parts)


def _notes_in(comment: str) -> dict:
    try:
        return json.loads(comment)["contact_center"]
    except (ValueError, KeyError, TypeError):
        return {}


def _is_error(line: str) -> bool:
    """Return whether a line of Odoo's log says that the database is not as it should be.

    Of demo data that cannot be loaded Odoo only warns, and goes on without.
    """
    failed = "demo data failed to install" in line
    return failed or " ERROR " in line[:80] or " CRITICAL " in line[:80]


def _loading(log: Path) -> str:
    """Return what Odoo is loading, from the end of its log: `module contact (12/48)`."""
    with open(log, "rb") as handle:
        handle.seek(max(0, log.stat().st_size - 60_000))
        lines = handle.read().decode(errors="replace").splitlines()
    for line in reversed(lines):
        if "Loading module " in line:
            return line.partition("Loading module ")[2].strip()
    return "iniciando"


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)
