"""The command line of `./dev`."""

from __future__ import annotations

import argparse
import dataclasses
import errno
import sys

from .errors import Problem
from .settings import Settings

COMMANDS = {
    "up": "set up what is missing and run everything: Odoo, simulated WhatsApp and GLPI",
    "stop": "end a running `up` (Ctrl-C in its window does the same)",
    "reset": "throw the demo database away; the next `up` makes a new one",
    "shell": "Odoo's Python shell on the demo database",
    "test": "every check and test: lint, unit, contract, Odoo, end to end in a browser",
    "lint": "linters and completeness of the translations",
    "demo": "play the main job without a browser; with --city a day of the 156 in ten minutes",
    "bench": "measure the numbers the project promises",
    "fuzz": "throw bad input at what reads other people's bytes, a million times each",
    "update-odoo": "pin the Odoo 19 that Debian offers now, for ./dev and for the image",
}

OWN_OPTIONS = ("demo", "bench", "fuzz")
"""Commands with options of their own, which they read themselves."""


def main(argv: list[str]) -> int:
    """Run one command, return its exit status.

    A `Problem` is printed without a traceback.
    """
    parser = make_parser()
    arguments, rest = parser.parse_known_args(argv)
    if rest and arguments.command not in OWN_OPTIONS:
        parser.error(f"unknown: {' '.join(rest)} (see ./dev {arguments.command} --help)")
    try:
        return run(arguments, rest) or 0
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print(
            f"\nO disco está cheio ({error}).\n"
            "  - libere espaço e execute o ./dev de novo; ele continua de onde parou",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nInterrompido; a próxima execução continua de onde esta parou.", file=sys.stderr)
        return 130


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="./dev",
        description="The one entry point: what is missing is set up first, in a cache folder.",
        epilog="./dev COMMAND --help tells the options of a command. The cache folder is "
        "$CONTACT_CENTER_CACHE, else ~/.cache/odoo-contact-center.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    parsers = {}
    for name, text in COMMANDS.items():
        # These explain themselves.
        parsers[name] = commands.add_parser(
            name, help=text, description=text.capitalize(), add_help=name not in OWN_OPTIONS
        )
        _add_sources(parsers[name])
    _add_up(parsers["up"])
    _add_test(parsers["test"])
    parsers["lint"].add_argument(
        "--fix", action="store_true", help="let ruff and prettier put right what they can first"
    )
    parsers["reset"].add_argument(
        "--all", action="store_true", help="delete everything in the cache folder"
    )
    return parser


def _add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--odoo",
        metavar="PATH",
        help="an Odoo 19 of your own: its program or its source folder ($ODOO)",
    )
    parser.add_argument(
        "--database-url",
        metavar="URL",
        help="a PostgreSQL of your own: postgresql://user:password@host:5432/database "
        "($DATABASE_URL)",
    )


def _add_up(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=8069, help="port of Odoo (8069)")
    parser.add_argument("--meta-port", type=_port, default=8071, help="simulated WhatsApp (8071)")
    parser.add_argument("--glpi-port", type=_port, default=8073, help="simulated GLPI (8073)")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address Odoo listens on (127.0.0.1: this machine only; 0.0.0.0: every network)",
    )
    parser.add_argument(
        "--working-hours",
        action="store_true",
        help="let the demo's queues act as if it were Monday, 10 a.m., for eight hours",
    )


def _add_test(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--only",
        action="append",
        choices=("lint", "unit", "odoo", "e2e"),
        help="run this part only (may be given several times)",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("-k", metavar="WORDS", default="", help="only tests whose name has WORDS")
    which.add_argument(
        "--changed",
        nargs="?",
        const="",
        metavar="REV",
        help="lint and, in under four minutes, the tests of what changed since REV and of what "
        "depends on it (REV: where this branch left main; on main the last commit)",
    )
    parser.add_argument(
        "--clock",
        metavar="TIME",
        default="",
        help="local time at which unit and Odoo tests believe to run, such as 2028-02-29T03:00; "
        "`now` for the real one (a moment is drawn anew for each commit)",
    )


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (1 to 65535)")
    return int(text)


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Return settings of the environment, with what the command line says instead."""
    chosen = {"odoo": arguments.odoo, "database_url": arguments.database_url}
    return dataclasses.replace(
        Settings.from_env(), **{name: value for name, value in chosen.items() if value is not None}
    )


def run(arguments: argparse.Namespace, rest: list[str]) -> int | None:
    """Hand over to the command's module.

    Imported here, so that each command loads only its own.
    """
    settings = settings_of(arguments)
    if arguments.command in ("up", "stop", "reset", "shell"):
        from . import demo_servers as commands
    elif arguments.command == "test":
        from . import testing as commands
    elif arguments.command == "lint":
        from . import linting as commands
    elif arguments.command == "update-odoo":
        from . import odoo_pin as commands
    else:
        from . import programs as commands
    return getattr(commands, arguments.command.replace("-", "_"))(settings, arguments, rest)
