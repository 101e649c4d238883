"""The PostgreSQL server: the user's, or an embedded one in the cache.

Both offer the same: `acquire()`, `release()`, `url(database)`, `odoo_options()`, `run(steps)`.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from .errors import Problem

ADMIN = Path(__file__).with_name("pg_admin.py")
OLDEST = 13
"""Oldest PostgreSQL that Odoo 19 accepts."""


class Server:
    """A PostgreSQL server reached by libpq parameters.

    :param python: interpreter that has psycopg2
    :param parameters: libpq's words: host, port, user, password, sslmode (those that are known)
    :param database: the database that the user named; the demo's name otherwise
    :param maintenance: database to connect to for work on databases
    """

    def __init__(
        self,
        python: Path,
        parameters: dict[str, str],
        database: str = "",
        maintenance: str = "postgres",
    ):
        self.python = python
        self.parameters = {name: value for name, value in parameters.items() if value}
        self.database = database
        self.maintenance = maintenance

    def acquire(self) -> None:
        """Make sure that it runs, and that it keeps running until `release`."""

    def release(self) -> None:
        """Release it: this process no longer needs it."""

    def url(self, database: str) -> str:
        """Return the connection URL of one of its databases."""
        user = quote(self.parameters.get("user", ""), safe="")
        password = quote(self.parameters.get("password", ""), safe="")
        secret = f":{password}" if password else ""
        query = "&".join(
            f"{name}={quote(self.parameters[name], safe='')}"
            for name in ("host", "port", "sslmode")
            if name in self.parameters
        )
        return f"postgresql://{user}{secret}@/{quote(database)}?{query}"

    def odoo_options(self) -> dict[str, str]:
        """Return the options of odoo.conf that reach it."""
        names = {
            "host": "db_host",
            "port": "db_port",
            "user": "db_user",
            "password": "db_password",
            "sslmode": "db_sslmode",
        }
        return {names[name]: value for name, value in self.parameters.items() if name in names}

    def run(self, *steps: list) -> list:
        """Run steps of `pg_admin` and return their results.

        :raise Problem: the server cannot be reached or refuses; its own words are in the message
        """
        job = {"dsn": self.url(self.maintenance), "steps": list(steps)}
        done = subprocess.run(
            [str(self.python), str(ADMIN)],
            input=json.dumps(job),
            capture_output=True,
            text=True,
            cwd="/",
        )
        if done.returncode:
            raise Problem(
                f"O PostgreSQL em {self.address} diz:\n    {done.stderr.strip()}",
                *self.advice,
            )
        return json.loads(done.stdout)

    @property
    def address(self) -> str:
        """Its address, for messages (no password)."""
        return f"{self.parameters.get('host', 'localhost')}:{self.parameters.get('port', '5432')}"

    advice: tuple[str, ...] = (
        "confira se o servidor funciona e se --database-url (ou $DATABASE_URL) está certo",
        "ou deixe --database-url fora (e DATABASE_URL vazio) para usar o PostgreSQL embutido",
    )


def from_url(url: str, python: Path) -> Server:
    """Return the server that `--database-url` names.

    :raise Problem: the URL is not one of PostgreSQL, or names the role `postgres`, which Odoo
        refuses
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise Problem(
            "--database-url deve ter a forma postgresql://usuario:senha@servidor:5432/banco.",
            f"agora começa com {parts.scheme or 'nada'!r}",
        )
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    try:
        port = parts.port
    except ValueError:
        raise Problem("--database-url: a porta não é um número.", "escreva servidor:5432") from None
    parameters = {
        "host": query.get("host") or parts.hostname or "localhost",
        "port": query.get("port") or str(port or 5432),
        "user": unquote(parts.username or query.get("user", "")),
        "password": unquote(parts.password or query.get("password", "")),
        "sslmode": query.get("sslmode", ""),
    }
    if parameters["user"] in ("", "postgres"):
        raise Problem(
            "O Odoo se recusa a usar o PostgreSQL como `postgres` (ou sem usuário).",
            "crie um papel para ele: CREATE ROLE odoo LOGIN CREATEDB PASSWORD '...'",
            "e indique-o em --database-url: postgresql://odoo:...@host:5432/contact_center",
        )
    return Server(python, parameters, database=unquote(parts.path.lstrip("/")))


def check_server(server: Server) -> None:
    """Raise Problem when the server is too old or the role may not make databases."""
    (found,) = server.run(["check"])
    if found["version"] < OLDEST * 10_000:
        raise Problem(
            f"O PostgreSQL em {server.address} é da versão {found['version'] // 10_000}; "
            f"o Odoo 19 pede a {OLDEST} ou mais nova.",
            "use um servidor mais novo, ou deixe --database-url fora para usar o embutido",
        )
    if not found["createdb"]:
        raise Problem(
            f"O papel {found['user']} em {server.address} não pode criar bancos de dados.",
            f"permita: ALTER ROLE {found['user']} CREATEDB",
        )
