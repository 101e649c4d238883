"""`./dev up`, `stop`, `reset`, `shell`: the demo database and the servers on it."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from .console import box, say
from .databases import PREFIX, Databases
from .environment import prepare
from .errors import Problem
from .install import remove
from .postgres import from_url
from .processes import log_tail
from .servers import ADMIN, Stack, running_pid
from .settings import Settings

DATABASE = "contact_center"
PHONE_PAGE = "/phone?wa_id=5531988887777&name=Maria"
PEOPLE = (
    ("joana", "joana-demo-2026", "técnica da fila Suporte de TI"),
    ("pedro", "pedro-demo-2026", "técnico da fila Suporte de TI"),
    ("carla", "carla-demo-2026", "técnica da fila Ouvidoria"),
    ("sofia", "sofia-demo-2026", "supervisora"),
    ("adriana", "adriana-demo-2026", "administradora da central (primeiros passos, fluxos)"),
    ("marcos", "marcos-demo-2026", "gestor (relatórios)"),
    ("beatriz", "beatriz-demo-2026", "encarregada de dados (LGPD)"),
    (*ADMIN, "administrador do Odoo"),
)

HOURS = {
    False: (
        "Fora do horário (seg. a sex., 7h às 11h e 13h às 17h) o assistente atende, abre chamados",
        "e avisa quando a equipe volta. Para agir como se fosse segunda-feira, 10 h:",
        "./dev up --working-hours, ou o botão em Primeiros passos (adriana).",
    ),
    True: (
        "As filas agem como se fosse segunda-feira, 10 h, pelas próximas 8 horas: uma faixa em",
        "cada tela avisa. Sem --working-hours o próximo início volta ao horário real.",
    ),
}
"""What happens out of hours, by whether the demo acts as if it were open."""


class Stopped(BaseException):
    """Somebody asked us to end, by Ctrl-C or a signal."""


def up(settings: Settings, arguments: argparse.Namespace, _rest: list[str]) -> int:
    """Run everything until Ctrl-C; return 0 when asked to end.

    1 when a server ended by itself.
    """
    started = time.monotonic()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_once)
    try:
        stack = Stack(
            database_name(settings),
            odoo_port=arguments.port,
            meta_port=arguments.meta_port,
            glpi_port=arguments.glpi_port,
            host=arguments.host,
            keep=True,
            working_hours=arguments.working_hours,
            settings=settings,
        )
        with stack:
            say()
            say(box(welcome(stack)))
            say(f"(pronto em {time.monotonic() - started:.0f} s)")
            stack.wait()
            names = ", ".join(f"{child.name} (log: {child.log})" for child in stack.dead())
            ends = "\n".join(log_tail(child.log) for child in stack.dead())
            raise Problem(
                f"Um servidor terminou sozinho: {names}\n{ends}", "inicie de novo: ./dev up"
            )
    except Stopped:
        say("Tudo parado. Para voltar: ./dev up")
        return 0


def _stop_once(_number, _frame) -> None:
    """Stop everything in order at the first signal; ignore further ones."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    say("\nParando os servidores ...")
    raise Stopped


def welcome(stack: Stack) -> list[str]:
    """Return lines of the closing box: where to click, as whom."""
    width = max(len(login) for login, _password, _who in PEOPLE)
    secret = max(len(password) for _login, password, _who in PEOPLE)
    return [
        "A central de atendimento está pronta. Abra no navegador:",
        "",
        f"  Odoo (atendentes)         {stack.odoo_url}",
        f"  Telefone do cidadão       {stack.meta_url}{PHONE_PAGE}",
        f"  GLPI (simulado)           {stack.glpi_url}",
        "",
        'No telefone, mande "oi" e siga as perguntas; no Odoo, entre como:',
        "",
        *(
            f"  {login.ljust(width)}  {password.ljust(secret)}  {who}"
            for login, password, who in PEOPLE
        ),
        "",
        "Fluxos: quem edita não aprova. O que a adriana muda, o admin aprova, e vice-versa",
        "(Acompanhamento > Aprovações de fluxos).",
        *HOURS[stack.working_hours],
        "",
        "Para ver a central viva (semanas de história e um dia do 156 em dez minutos), em outra",
        "janela: ./dev demo --city",
        "",
        f"Registros (logs): {stack.run_dir}",
        "Para parar: Ctrl-C",
    ]


def database_name(settings: Settings) -> str:
    """Return the demo database: the one in the URL given, else `contact_center`."""
    if settings.database_url:
        return from_url(settings.database_url, Path()).database or DATABASE
    return DATABASE


def stop(settings: Settings, _arguments: argparse.Namespace, _rest: list[str]) -> int:
    """End a running `up` of this cache and wait until it is gone."""
    folder = settings.run_dir(database_name(settings))
    pid = running_pid(folder)
    if not pid:
        say("Nada está em execução.")
        return 0
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 60
    while running_pid(folder):
        if time.monotonic() > deadline:
            raise Problem(
                f"O processo {pid} não terminou em um minuto.", f"encerre-o à força: kill -9 {pid}"
            )
        time.sleep(0.1)
    say("Tudo parado.")
    return 0


def reset(settings: Settings, arguments: argparse.Namespace, _rest: list[str]) -> int:
    """Drop the demo database and the templates; with --all everything in the cache."""
    name = database_name(settings)
    pid = running_pid(settings.run_dir(name))
    if pid:
        raise Problem(
            f"O ./dev up está em execução, como processo {pid}.", "encerre-o antes: ./dev stop"
        )
    environment = prepare(settings)
    environment.server.acquire()
    try:
        databases = Databases(environment)
        (found,) = environment.server.run(["databases", ""])
        ours = [each for each in found if each.startswith(PREFIX)]
        if databases.notes(name).get("addons") is not None:
            ours.append(name)
        for each in ours:
            databases.drop(each)
    finally:
        environment.server.release()
    say(f"Removido: {', '.join(ours) or 'não havia nada'}.")
    if arguments.all:
        empty_cache(settings.cache)
    return 0


def empty_cache(cache: Path) -> None:
    """Delete what `./dev` keeps in the cache folder, and nothing else in it."""
    for pattern in ("odoo-19*", "python-*", "postgres", "data", "downloads", "run", "*.lock"):
        for path in cache.glob(pattern):
            remove(path)
    with contextlib.suppress(OSError):
        cache.rmdir()
    say(f"{cache} foi esvaziado.")


def shell(settings: Settings, _arguments: argparse.Namespace, _rest: list[str]) -> int:
    """Run Odoo's interactive shell on the demo database, whether `up` runs or not."""
    name = database_name(settings)
    environment = prepare(settings)
    environment.server.acquire()
    try:
        databases = Databases(environment)
        databases.bring_up_to_date(name)
        conf = databases.conf(name, path=databases.run_dir / f"{name}-shell.conf")
        command = [*environment.env.odoo, "shell", "-c", str(conf), "-d", name, "--no-http"]
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the shell's
        return subprocess.run(command, preexec_fn=_default_interrupt).returncode
    finally:
        environment.server.release()


def _default_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
