"""`./dev`: its commands, options and messages."""

import errno
import subprocess
import sys
import types
from pathlib import Path

import pytest

from devtools import cli, demo_servers
from devtools.errors import Problem
from devtools.settings import ROOT, Settings, default_cache


def parsed(*words):
    return cli.make_parser().parse_known_args(words)


def test_every_command_is_known_and_explained():
    done = subprocess.run(
        [sys.executable, ROOT / "dev", "--help"], capture_output=True, text=True, check=True
    )
    for command in cli.COMMANDS:
        assert command in done.stdout


def test_ports_of_up_are_the_usual_ones_unless_others_are_named():
    arguments, _rest = parsed("up", "--port", "9069")
    assert (arguments.port, arguments.meta_port, arguments.glpi_port) == (9069, 8071, 8073)
    assert not arguments.working_hours


@pytest.mark.parametrize("working_hours", [True, False])
def test_the_last_lines_name_people_approvals_and_hours_in_portuguese(working_hours):
    stack = types.SimpleNamespace(
        odoo_url="http://o", meta_url="http://m", glpi_url="http://g", run_dir="/r"
    )
    stack.working_hours = working_hours
    said = "\n".join(demo_servers.welcome(stack))
    for login, password, _who in demo_servers.PEOPLE:
        assert login in said
        assert password in said
    assert "o admin aprova" in said
    assert "segunda-feira, 10 h" in said
    assert ("pelas próximas 8 horas" in said) == working_hours
    assert max(map(len, said.splitlines())) < 100


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "8069.5"])
def test_what_is_no_port_is_refused(port, capsys):
    with pytest.raises(SystemExit):
        parsed("up", "--port", port)
    assert "not a port" in capsys.readouterr().err or port == "-1"


def test_demo_and_bench_keep_their_own_options():
    arguments, rest = parsed("demo", "--odoo", "/srv/odoo", "--fault", "glpi-down", "--help")
    assert arguments.odoo == "/srv/odoo"
    assert rest == ["--fault", "glpi-down", "--help"]


def test_unknown_options_are_refused(capsys):
    with pytest.raises(SystemExit):
        cli.main(["up", "--nonsense"])
    assert "--nonsense" in capsys.readouterr().err


def test_a_problem_is_told_in_words_without_a_traceback(monkeypatch, capsys):
    def fail(_arguments, _rest):
        raise Problem("The disk is full.", "make room")

    monkeypatch.setattr(cli, "run", fail)
    assert cli.main(["lint"]) == 1
    said = capsys.readouterr().err
    assert "The disk is full." in said
    assert "  - make room" in said
    assert "Traceback" not in said


def test_a_disk_that_fills_up_is_told_in_words(monkeypatch, capsys):
    def full(_arguments, _rest):
        raise OSError(errno.ENOSPC, "No space left on device", "/cache/file")

    monkeypatch.setattr(cli, "run", full)
    assert cli.main(["lint"]) == 1
    assert "libere espaço" in capsys.readouterr().err


def test_ctrl_c_is_no_traceback(monkeypatch, capsys):
    def interrupted(_arguments, _rest):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "run", interrupted)
    assert cli.main(["lint"]) == 130
    assert "Interrompido" in capsys.readouterr().err


def test_options_win_over_the_environment(monkeypatch):
    monkeypatch.setenv("ODOO", "/from/environment")
    monkeypatch.setenv("DATABASE_URL", "postgresql://odoo@host/name")
    arguments, _rest = parsed("up", "--odoo", "/from/option")
    settings = cli.settings_of(arguments)
    assert settings.odoo == "/from/option"
    assert settings.database_url == "postgresql://odoo@host/name"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"CONTACT_CENTER_CACHE": "/a"}, "/a"),
        ({"CONTACT_CENTER_CACHE": "/a", "XDG_CACHE_HOME": "/b"}, "/a"),
        ({"XDG_CACHE_HOME": "/b"}, "/b/odoo-contact-center"),
        ({}, str(Path("~/.cache/odoo-contact-center").expanduser())),
    ],
)
def test_the_cache_is_where_the_user_says_and_never_in_the_work_tree(environ, expected):
    assert default_cache(environ) == Path(expected)
    assert ROOT not in default_cache(environ).parents


def test_settings_travel_to_child_processes():
    settings = Settings(Path("/cache"), odoo="/odoo", database_url="postgresql://odoo@h/d")
    assert Settings.from_env(settings.to_env()) == settings
