"""The files of production, parsed for the deployment tests; nothing runs."""

import ast
import configparser
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root():
    """Return the repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def compose():
    """Return docker-compose.yml as a dictionary, its `<<` merges applied."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


@pytest.fixture(scope="session")
def services(compose):
    """Return the services of docker-compose.yml by name."""
    return compose["services"]


@pytest.fixture(scope="session")
def odoo_conf():
    """Return odoo.conf as a ConfigParser, read as Odoo reads it."""
    parser = configparser.RawConfigParser()
    parser.read(ROOT / "odoo.conf")
    return parser


@pytest.fixture(scope="session")
def channels(odoo_conf):
    """Return each queue_job channel's capacity in odoo.conf: {"root.glpi": 1, ...}."""
    pairs = odoo_conf["queue_job"]["channels"].split(",")
    return {name: int(capacity) for name, capacity in (pair.split(":") for pair in pairs)}


@pytest.fixture(scope="session")
def manifests():
    """Return the manifest of every addon of the repository by its name."""
    return {
        path.parent.name: ast.literal_eval(path.read_text())
        for path in sorted(ROOT.glob("addons/*/__manifest__.py"))
    }


@pytest.fixture(scope="session")
def caddyfile():
    """Return the Caddyfile as nested blocks (see `parse_caddyfile`)."""
    return parse_caddyfile((ROOT / "deploy/caddy/Caddyfile").read_text())


def parse_caddyfile(text):
    """Turn a Caddyfile into a list of (words, block).

    A block is such a list too, or None.

    Enough for the plain style used here: one directive a line, a block opens at the line's end.
    """
    lines = [
        line.split() for line in re.sub(r"(?m)^\s*#.*$", "", text).splitlines() if line.split()
    ]
    stack = [[]]
    for words in lines:
        if words == ["}"]:
            stack.pop()
        elif words[-1] == "{":
            block = []
            stack[-1].append((words[:-1], block))
            stack.append(block)
        else:
            stack[-1].append((words, None))
    assert len(stack) == 1, "a brace of the Caddyfile is not closed"
    return stack[0]
