"""The sources of Odoo and PostgreSQL."""

from pathlib import Path

import pytest

from devtools import debian, embedded, odoo_pin, odoo_source, postgres
from devtools.errors import Problem

RELEASE = "version_info = ({}, 0, 0, FINAL, 0, '')\n"


@pytest.fixture
def source(tmp_path):
    """Return a folder laid out like Odoo's source."""

    def make(version=19, addons="addons"):
        (tmp_path / "odoo" / "addons" / "base").mkdir(parents=True)
        (tmp_path / "odoo" / "release.py").write_text(RELEASE.format(version))
        for name in ("web", "im_livechat"):
            (tmp_path / addons / name).mkdir(parents=True)
            (tmp_path / addons / name / "__manifest__.py").write_text("{}")
        (tmp_path / "odoo-bin").write_text("#!/usr/bin/env python3\n")
        return tmp_path

    return make


@pytest.mark.parametrize("named", [".", "odoo-bin", "odoo"])
def test_an_odoo_of_ones_own_by_folder_program_or_package(source, named):
    root = source()
    found = odoo_source.from_path(root / named)
    assert found.parent == root
    assert found.addons == (root / "odoo" / "addons", root / "addons")


def test_debians_layout_leaves_the_stripped_addons_out(source):
    root = source(addons="odoo/addons")
    (root / "addons").mkdir()
    assert odoo_source.from_path(root).addons == (root / "odoo" / "addons",)


def test_another_version_is_refused_in_words(source):
    with pytest.raises(Problem, match="versão 18; é preciso a 19"):
        odoo_source.from_path(source(version=18))


def test_an_odoo_without_addons_is_refused(source):
    root = source()
    (root / "addons" / "im_livechat" / "__manifest__.py").unlink()
    (root / "addons" / "im_livechat").rmdir()
    with pytest.raises(Problem, match="im_livechat"):
        odoo_source.from_path(root)


def test_a_path_without_odoo_is_refused(tmp_path):
    with pytest.raises(Problem, match="não existe"):
        odoo_source.from_path(tmp_path / "nothing")
    with pytest.raises(Problem, match="nenhum Odoo"):
        odoo_source.from_path(tmp_path)


def test_without_apt_the_other_ways_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(debian.shutil, "which", lambda _name: None)
    with pytest.raises(Problem) as caught:
        debian.fetch_odoo(tmp_path, tmp_path / "downloads", odoo_pin.read())
    assert "--odoo" in str(caught.value)
    assert "docker compose" in str(caught.value)


def test_the_mirror_is_the_machines_own_main_archive():
    lines = [
        "Debian|Debian-Security|Packages|http://mirror/debian-security|bookworm-security",
        "Node Source|. nodistro|Packages|https://deb.nodesource.com|nodistro",
        "Debian|Debian|Packages|http://mirror/debian|bookworm-updates",
        "Debian|Debian|Packages|http://mirror/debian|bookworm",
        "Debian|Debian|Translations|http://mirror/debian|bookworm",
        "",
    ]
    assert debian.parse_sites("\n".join(lines))[0] == ("http://mirror/debian", "bookworm")


def test_no_debian_mirror():
    assert debian.parse_sites("Ubuntu|Ubuntu|Packages|http://archive/ubuntu|noble\n") == []


def test_sizes_of_what_apt_would_download():
    text = (
        "'http://m/pool/odoo-19_19.0.0%2bdfsg-1_all.deb' odoo-19_19.0.0+dfsg-1_all.deb 122533504 "
        "SHA256:9d\nE: noise\n'http://m/a.deb' a_1_all.deb 12 SHA256:00\n"
    )
    assert debian.parse_uris(text) == {
        "odoo-19_19.0.0+dfsg-1_all.deb": 122533504,
        "a_1_all.deb": 12,
    }


def test_a_database_url_becomes_odoos_options():
    server = postgres.from_url(
        "postgresql://city:p%40ss@db.example:6432/center?sslmode=require", Path("py")
    )
    assert server.database == "center"
    assert server.odoo_options() == {
        "db_host": "db.example",
        "db_port": "6432",
        "db_user": "city",
        "db_password": "p@ss",
        "db_sslmode": "require",
    }
    assert server.url("other").startswith(
        "postgresql://city:p%40ss@/other?host=db.example&port=6432"
    )
    assert "p@ss" not in server.address


def test_a_url_with_a_socket_folder():
    server = postgres.from_url("postgres://odoo@/center?host=/run/postgresql", Path("py"))
    assert server.parameters["host"] == "/run/postgresql"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://odoo@host/db", "deve ter a forma postgresql://"),
        ("host:5432/db", "deve ter a forma postgresql://"),
        ("postgresql://postgres@host/db", "se recusa"),
        ("postgresql://host/db", "se recusa"),
        ("postgresql://odoo@host:five/db", "não é um número"),
    ],
)
def test_wrong_database_urls_are_refused_in_words(url, words):
    with pytest.raises(Problem, match=words):
        postgres.from_url(url, Path("py"))


class Answers(postgres.Server):
    """A server whose answer to `check` the test chooses."""

    def __init__(self, **found):
        super().__init__(Path("py"), {"host": "db", "user": "odoo"})
        self.found = {"version": 160000, "user": "odoo", "createdb": True, **found}

    def run(self, *_steps):
        return [self.found]


def test_an_old_server_and_a_role_without_rights_are_named():
    postgres.check_server(Answers())
    with pytest.raises(Problem, match="é da versão 12"):
        postgres.check_server(Answers(version=120000))
    with pytest.raises(Problem, match="ALTER ROLE odoo CREATEDB"):
        postgres.check_server(Answers(createdb=False))


def test_a_socket_path_that_is_too_long_moves_to_the_temporary_folder(tmp_path):
    assert embedded.socket_folder(Path("/short")) == Path("/short/socket")
    far = Path("/" + "x" * 120)
    assert len(str(embedded.socket_folder(far))) <= embedded.SOCKET_LIMIT
