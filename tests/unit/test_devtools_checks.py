"""Checks before a long run starts, and their messages."""

import os
import socket
from collections import namedtuple

import pytest

from devtools import checks
from devtools.errors import Problem

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def busy_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_full_disk_is_named_with_what_is_wanted_and_what_is_free(tmp_path):
    with pytest.raises(Problem) as caught:
        checks.require_disk(tmp_path / "not" / "yet", 3_000_000_000, lambda _path: Usage(9, 8, 1e9))
    said = str(caught.value)
    assert "são necessários 3000 MB" in said
    assert "há 1000 MB livres" in said
    assert "CONTACT_CENTER_CACHE" in said


def test_enough_room_is_no_problem(tmp_path):
    checks.require_disk(tmp_path, 10, lambda _path: Usage(9, 8, 11))


@pytest.mark.parametrize("version", [(3, 9), (3, 14), (2, 7)])
def test_a_python_that_odoo_does_not_run_on_is_refused(version):
    with pytest.raises(Problem, match=r"3\.10 a 3\.13"):
        checks.require_python(version)


@pytest.mark.parametrize("version", [(3, 10), (3, 11, 7), (3, 13)])
def test_supported_pythons(version):
    checks.require_python(version)


def test_a_taken_port_names_its_owner_and_the_option(busy_port):
    with pytest.raises(Problem) as caught:
        checks.require_port(busy_port, "o Odoo", "--port")
    said = str(caught.value)
    assert f"A porta {busy_port}, para o Odoo" in said
    assert f"--port {busy_port + 100}" in said
    if os.path.exists("/proc/net/tcp"):
        assert f"processo {os.getpid()}" in said


def test_free_ports_are_free():
    port = checks.free_port()
    assert checks.port_is_free(port)
    checks.require_port(port, "Odoo", "--port")
    assert checks.process_on_port(port) == ""


def test_a_port_is_given_once(monkeypatch):
    first = checks.free_port()
    monkeypatch.setattr(checks, "PORTS", range(first, first + 1))
    with pytest.raises(Problem, match="Nenhuma porta livre"):
        checks.free_port()


def test_a_port_is_given_to_one_process(monkeypatch):
    port = checks.free_port()
    monkeypatch.setattr(checks, "_held", {})
    monkeypatch.setattr(checks, "PORTS", range(port, port + 1))
    with pytest.raises(Problem, match="Nenhuma porta livre"):
        checks.free_port()


def test_without_proc_nobody_is_named(busy_port, tmp_path):
    assert checks.process_on_port(busy_port, proc=tmp_path) == ""
