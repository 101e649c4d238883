"""docker-compose.ha.yml: a machine gone without a word is noticed within seconds.

What a power cut does is done to a network between two name spaces: nobody says goodbye, nothing
arrives any more. Where the system lets nobody make such a network, these tests are skipped.
"""

import os
import shutil
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
import yaml

from devtools.checks import free_port
from devtools.embedded import OPTIONS, binaries_of
from tests.deployment.test_point_in_time import Cluster, folder  # noqa: F401 - a fixture

SPACE = f"cc-node-{os.getpid()}"
OURS, THEIRS = "10.156.0.1", "10.156.0.2"
NOTICED = 15
"""Seconds after which the other side must have noticed: 10 by the settings, and some patience."""

NODE = """
import psycopg2, sys
node = psycopg2.connect(host=sys.argv[1], port=sys.argv[2], user="odoo", dbname="postgres")
node.autocommit = True
cursor = node.cursor()
cursor.execute("SELECT pg_advisory_lock(156)")
print("holds it", flush=True)
cursor.execute("SELECT pg_sleep(300)")
"""
HELD = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 156"


@pytest.fixture(scope="module")
def service(root):
    """Return what docker-compose.ha.yml says of Odoo."""
    return yaml.safe_load((root / "docker-compose.ha.yml").read_text())["services"]["odoo"]


def ip(*words: str) -> None:
    """Run `ip`, of iproute2."""
    subprocess.run(["ip", *words], check=True, capture_output=True)


@pytest.fixture
def network(service):
    """Yield a network to a name space that stands for the container of Odoo."""
    ours, theirs = "ccv-db", "ccv-node"
    if not shutil.which("ip"):
        pytest.skip("there is no iproute2 on this machine")
    try:
        ip("netns", "add", SPACE)
    except subprocess.CalledProcessError as error:
        pytest.skip(f"no name space of a network can be made here: {error.stderr.decode()}")
    try:
        ip("link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", SPACE)
        ip("addr", "add", f"{OURS}/30", "dev", ours)
        ip("link", "set", ours, "up")
        ip("-n", SPACE, "addr", "add", f"{THEIRS}/30", "dev", theirs)
        ip("-n", SPACE, "link", "set", theirs, "up")
        for name, value in service["sysctls"].items():
            inside("sh", "-c", f"echo {value} > /proc/sys/{name.replace('.', '/')}").wait(10)
        yield theirs
    finally:
        ip("netns", "delete", SPACE)


def inside(*words: str, **options) -> subprocess.Popen:
    """Start a program in the name space."""
    return subprocess.Popen(["ip", "netns", "exec", SPACE, *words], **options)


class Reachable(Cluster):
    """A PostgreSQL that listens to the network of the test."""

    def __init__(self, *words):
        super().__init__(*words)
        self.parameters["port"] = str(free_port())
        self.options = {**OPTIONS, "listen_addresses": OURS, "port": self.parameters["port"]}


@pytest.fixture
def database(folder, network):  # noqa: F811 - the fixture
    """Yield a PostgreSQL at the other end of the network."""
    site_packages = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    server = Reachable(Path(sys.executable), folder / "pg", binaries_of(site_packages))
    server.acquire()
    with open(server.data / "pgdata/pg_hba.conf", "a") as rules:
        rules.write(f"host all all {THEIRS}/32 trust\n")
    server._control("reload")
    yield server
    server.release()


@pytest.fixture
def node(database, service):
    """Yield a process of a node that holds a lock and waits for an answer."""
    process = inside(
        *(sys.executable, "-c", textwrap.dedent(NODE), OURS, database.parameters["port"]),
        env={**os.environ, "PGOPTIONS": service["environment"]["PGOPTIONS"]},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "holds it\n", process.communicate()[1]
    yield process
    process.kill()
    process.communicate()


def test_both_notice_that_the_other_is_gone(network, database, node):
    assert database.sql(HELD) == 1
    began = time.monotonic()
    ip("-n", SPACE, "link", "set", network, "down")
    time.sleep(1)
    assert database.sql(HELD) == 1, "the database was told: that is no power cut"

    while database.sql(HELD) and time.monotonic() - began < NOTICED:
        time.sleep(0.1)
    assert not database.sql(HELD), "PostgreSQL keeps the locks of a node that is gone"

    # The other way round: the node does not wait for ever for a database that is gone
    left = NOTICED - (time.monotonic() - began)
    _said, error = node.communicate(timeout=max(left, 1))
    assert "OperationalError" in error, error
