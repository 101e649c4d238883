"""OCA's `mail_gateway` with its telegram gateway, on servers of its own.

It is no part of the product, and no requirement of it: the row `gateway` compares with it where
somebody has it at hand.
"""

import json
import os
import threading
import time
from pathlib import Path

from devtools.configuration import addons_path
from devtools.databases import Databases
from devtools.settings import Settings

from . import webhooks
from .setting import Bench, BenchStack

MODULES = ("mail_gateway", "mail_gateway_telegram")
HOW_TO_GET_IT = (
    "pip install --target FOLDER --no-deps odoo-addon-mail-gateway==19.0.1.1.0 "
    "odoo-addon-mail-gateway-telegram==19.0.1.0.0.3 && "
    "pip install --target FOLDER python-telegram-bot lottie cairosvg"
)
HELPED = Path(__file__).with_name("gateway_process")
"""Folder whose `sitecustomize` finds the libraries, and keeps the bot."""

KEY, SECRET = "bench", "bench-secret"
PATH = f"/gateway/telegram/{KEY}/update"
GATEWAY = f"""
env["mail.gateway"].create({{
    "name": "Bench", "gateway_type": "telegram", "token": "156:bench",
    "webhook_key": "{KEY}", "webhook_secret": "{SECRET}",
    "integrated_webhook_state": "integrated"}})
env.cr.commit()
"""
STORED = """
SELECT count(*) FROM mail_message m JOIN discuss_channel c ON c.id = m.res_id
WHERE m.model = 'discuss.channel' AND c.gateway_id IS NOT NULL AND m.message_type = 'comment'
"""


def addons_of(folder: Path) -> Path:
    """Return the folder of addons within what pip put into `folder`, or of a checkout.

    :raise ValueError: the addons are not there; says where they can be had
    """
    for found in (folder / "odoo" / "addons", folder):
        if all((found / name / "__manifest__.py").is_file() for name in MODULES):
            return found
    raise ValueError(
        f"{folder} has not the addons {' and '.join(MODULES)}; it can be made so: {HOW_TO_GET_IT}"
    )


class _WithGateway(Databases):
    """Databases whose Odoo finds the addons of the gateway."""

    def __init__(self, environment, addons: Path):
        super().__init__(environment)
        self.addons = addons

    def conf(self, name, options=None, path=None):
        """Write an odoo.conf with their folder in place of ours."""
        known = addons_path(self.environment.odoo.addons, self.environment.env).split(",")[:-1]
        own = {"addons_path": ",".join([*known, str(self.addons)])}
        return super().conf(name, {**own, **(options or {})}, path)


class GatewayStack(BenchStack):
    """Odoo with the gateway in a database of its own.

    :param workers: Odoo's worker processes, as the servers have that it is compared with
    :param folder: where pip put the addons and the libraries that they need
    """

    def __init__(self, workers: int, folder: Path, settings: Settings):
        self._folder, self._addons = folder, addons_of(folder)
        super().__init__(workers, demo=False, sandbox=False, settings=settings)
        self.odoo_options["server_wide_modules"] = "base,rpc,web"
        self.odoo_env = self._variables()

    def _variables(self, kept: bool = False) -> dict[str, str]:
        """Return the environment of its Odoo."""
        return {
            "PYTHONPATH": str(HELPED),
            "MAIL_GATEWAY_LIBRARIES": str(self._folder),
            "MAIL_GATEWAY_BOT": "kept" if kept else "",
        }

    def _make_database(self) -> None:
        self.databases = _WithGateway(self.environment, self._addons)
        self.databases.drop(self.db_name)
        self.databases.clone(self.databases.template(own=False), self.db_name)
        self._made_database = True
        variables = {**os.environ, **self._variables()}
        self.databases.install(self.db_name, list(MODULES[-1:]), variables=variables)

    def _set_up(self) -> None:
        self.databases.shell(self.db_name, GATEWAY, {}, self._variables())

    def keep_bot(self) -> None:
        """Start Odoo again, with one bot for each process."""
        self.stop_odoo()
        self.odoo_env = self._variables(kept=True)
        self.start_odoo()


def update(citizen: int, number: int, text: str) -> bytes:
    """Return what Telegram delivers when a citizen writes.

    :param number: of the message
    """
    person = {"id": citizen, "first_name": "Cidadão", "last_name": str(citizen)}
    return json.dumps(
        {
            "update_id": number,
            "message": {
                "message_id": number,
                "from": {**person, "is_bot": False, "language_code": "pt-br"},
                "chat": {**person, "type": "private"},
                "date": int(time.time()),
                "text": text,
            },
        }
    ).encode()


class _Poster(webhooks.Poster):
    """Delivers as Telegram does: the secret itself stands in a header."""

    def _headers(self, body: bytes) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "X-Telegram-Bot-Api-Secret-Token": self._secret,
        }


def feed(bench: Bench, seconds: float, threads: int, citizens: int, text: str) -> int:
    """Let citizens write on and on; return how many messages were stored.

    Each thread sends the next one when its last is stored.

    :param threads: of the load generator; each has citizens of its own, who never wait for others
    :param citizens: of each thread
    :raise Refused: a delivery was not answered 200
    """
    before, failed = bench.query(STORED)[0][0], []
    end = time.monotonic() + seconds

    def write(thread: int) -> None:
        poster, number = _Poster(f"{bench.stack.odoo_url}{PATH}", SECRET), 0
        try:
            while time.monotonic() < end:
                number += 1
                citizen = 1 + thread * citizens + number % citizens
                poster.post(update(citizen, number, text))
        except Exception as problem:  # noqa: BLE001 - told below, by the thread that waits
            failed.append(problem)
        finally:
            poster.close()

    working = [threading.Thread(target=write, args=(thread,)) for thread in range(threads)]
    for thread in working:
        thread.start()
    for thread in working:
        thread.join()
    if failed:
        raise failed[0]
    return bench.query(STORED)[0][0] - before
