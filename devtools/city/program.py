"""`./dev demo --city`: a centre with a past, and a day of the 156 in ten minutes.

Plays on the servers of a running `./dev up`; without one it starts them on the same database. The
first time it writes eight weeks of past days. It never touches a database that `./dev` did not
make.
"""

import argparse
import contextlib
import json
import signal
import threading
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from devtools.console import Progress, box, say
from devtools.databases import SCRIPTS, Databases
from devtools.demo_servers import PHONE_PAGE, Stopped, database_name
from devtools.environment import prepare
from devtools.errors import Problem
from devtools.servers import ADDRESSES, Stack, running_pid
from devtools.settings import ROOT, Settings

from .playing import Pace, Places, Play

DAYS = 56
CONTACTS = 420.0
SEED = "156"
WATCH = (
    ("sofia", "sofia-demo-2026", "Equipe ao vivo, previsão, simulação, escala"),
    ("cintia", "cintia-demo-2026", "o mesmo, como gestora da Prefeitura (só números)"),
    ("agente01", "atendente-demo-2026", "uma das atendentes"),
)


class City:
    """The demo of one database: made, then played.

    :param databases: of the environment in which the servers run
    :param made_here: the caller has just made the database, which has no notes of `./dev`
    """

    def __init__(self, databases: Databases, places: Places, made_here: bool = False):
        self.databases, self.places, self.made_here = databases, places, made_here

    def make(self, days: int = DAYS, contacts: float = CONTACTS, seed: str = SEED) -> dict:
        """Make what is missing; return what `Play` must know.

        :raise Problem: the database was not made by `./dev`, or is no demonstration
        """
        name = self.places.database
        if not self.made_here:
            check_ours(self.databases, name)
        told = self.databases.run_dir / f"{name}-city.txt"
        told.write_text("")
        values = {
            "root": str(ROOT),
            "told": str(told),
            "days": days,
            "contacts": contacts,
            "seed": seed,
        }
        with Progress("Preparando o 156 da demonstração") as progress, following(told, progress):
            printed = self.databases.shell(name, SCRIPTS / "city.py", values)
        return json.loads(printed.splitlines()[-1])

    def answer_by(self, flow: int) -> None:
        """Let the demo's number answer by a flow; 0: by its usual one.

        If we are killed meanwhile, the next `./dev up` sets the number up anew.
        """
        if not self.made_here:
            self.databases.note(self.places.database, set_up="")
        values = {"root": str(ROOT), "flow": flow}
        self.databases.shell(self.places.database, SCRIPTS / "city.py", values)


def check_ours(databases: Databases, name: str) -> None:
    """Refuse a database that `./dev` did not make: it may be a city's."""
    if databases.notes(name).get("addons") is None:
        raise Problem(
            f"O banco de dados {name} não foi feito pelo ./dev: a demonstração não escreve nele.",
            "use um banco do ./dev (sem --database-url, ou com um nome novo)",
        )


@contextlib.contextmanager
def following(told: Path, progress: Progress) -> Iterator[None]:
    """Show meanwhile what a program writes into a file, line by line."""
    over = threading.Event()

    def follow() -> None:
        while not over.wait(0.3):
            if lines := told.read_text(encoding="utf-8").splitlines():
                progress.show(0, note=lines[-1])

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextlib.contextmanager
def servers(settings: Settings) -> Iterator[tuple[Databases, Places, Stack | None]]:
    """Give the servers of a running `./dev up`, else those of a stack of our own."""
    name = database_name(settings)
    folder = settings.run_dir(name)
    if running_pid(folder):
        environment = prepare(settings)
        environment.server.acquire()
        try:
            yield (
                Databases(environment),
                places_of(folder, name, environment.server.url(name)),
                None,
            )
        finally:
            environment.server.release()
        return
    with Stack(
        name,
        odoo_port=8069,
        meta_port=8071,
        glpi_port=8073,
        keep=True,
        working_hours=True,
        settings=settings,
    ) as stack:
        yield stack.databases, places_of(folder, name, stack.db_url), stack


def places_of(folder: Path, name: str, database_url: str) -> Places:
    """Return where the servers of a stack are, as it wrote into its folder."""
    try:
        found = json.loads((folder / ADDRESSES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Problem(
            "O ./dev up ainda está iniciando, ou é de uma versão anterior.",
            "espere a mensagem de que a central está pronta e tente de novo",
        ) from None
    return Places(found["odoo_url"], found["meta_url"], name, database_url)


def welcome(places: Places, facts: dict, pace: Pace) -> list[str]:
    """Return the lines of the box: what is played, and where to look."""
    return [
        f"Um dia do 156 em {pace.minutes:g} minutos. Onde olhar:",
        "",
        f"  Odoo                   {places.odoo_url}",
        f"  Painel de TV           {facts['wallboard']}",
        f"  Telefone do cidadão    {places.meta_url}{PHONE_PAGE}",
        "",
        *(f"  {login.ljust(9)}  {password.ljust(19)}  {what}" for login, password, what in WATCH),
        "",
        "O passado serve a Planejamento (previsão, tráfego, simulação) e aos relatórios.",
        "Você também pode escrever pelo telefone: entra na fila com os outros cidadãos.",
        "Ctrl-C encerra com ordem: os atendentes saem e nada fica pela metade.",
    ]


def main(argv: list[str]) -> int:
    """Run the command; return the exit status."""
    arguments = _parser().parse_args(argv)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    settings = Settings.from_env()
    try:
        with servers(settings) as (databases, places, stack):
            _play(City(databases, places), arguments, own=stack)
    except Stopped:
        say("Demonstração encerrada. Para ver de novo: ./dev demo --city")
    except Problem as problem:
        say(f"\n{problem}")
        return 1
    return 0


def _play(city: City, arguments: argparse.Namespace, own: Stack | None) -> None:
    facts = city.make(arguments.days, arguments.past_contacts, arguments.seed)
    if arguments.only_past:
        return
    pace = Pace(arguments.minutes, arguments.contacts, arguments.begins)
    say()
    say(box(welcome(city.places, facts, pace)))
    play = Play(city.places, facts, pace, say)
    city.answer_by(facts["flow"])
    try:
        ended = play.run(today(), f"{arguments.seed} {time.time()}")
    finally:
        _ignore_signals()
        say("Encerrando: os atendentes terminam e saem ...")
        city.answer_by(0)
        _listen_again()
    say(
        f"O dia terminou: {ended['served']} atendidos por pessoas, "
        f"{ended['self_service']} só pelo assistente, {ended['lost']} foram embora."
    )
    if own:
        say("Os servidores continuam no ar, para olhar com calma. Ctrl-C para encerrar.")
        own.wait()


def today() -> date:
    """Return this day, as this machine's clock has it."""
    return datetime.now().astimezone().date()


def _stop(_number, _frame) -> None:
    _ignore_signals()
    raise Stopped


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _listen_again() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev demo --city", description=__doc__)
    parser.add_argument("--minutes", type=_positive, default=10.0, help="that the day takes (10)")
    parser.add_argument(
        "--contacts", type=_positive, default=220.0, help="of the day, for people (220)"
    )
    parser.add_argument(
        "--begins", type=float, default=6.0, help="hour at which the day begins (6)"
    )
    parser.add_argument("--days", type=int, default=DAYS, help=f"of the past, at first ({DAYS})")
    parser.add_argument(
        "--past-contacts",
        type=float,
        default=CONTACTS,
        help=f"of a usual day of the past, for people ({CONTACTS:g}); 0: no past",
    )
    parser.add_argument("--seed", default=SEED, help="another one gives another past")
    parser.add_argument("--only-past", action="store_true", help="only make the past")
    return parser


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError(f"{text} não é um número maior que zero")
    return value
