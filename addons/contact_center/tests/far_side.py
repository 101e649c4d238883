# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The simulated far sides, for tests: a process of their own, asked over HTTP.

Everything is real but the far side: the product's own client talks over a socket. Tests say over
the control API what a far side is to be like, and ask them what they got.
"""

import http.client
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from odoo.tests.common import _super_send

ROOT = Path(__file__).resolve().parents[3]
"""The repository, in which the sandbox stands beside the addons."""

_SANDBOX = (
    *("-m", "sandbox", "--attached"),
    *("--meta-port", "0", "--glpi-port", "0", "--sms-port", "0"),
)
_NAMES = ("Meta", "SMS", "GLPI")
# Odoo's tests end every child of their process after each class: so it is a child's child.
_IN_BACKGROUND = 'exec 3<&0; "$0" "$@" <&3 3<&- &'
_kept = []  # its standard input, which this process's end closes


@cache
def addresses():
    """Return {"Meta": URL, "SMS": URL, "GLPI": URL} of this process's sandbox.

    It is started when it is first asked for. It ends with this process, however that ends: it is
    attached to its standard input.
    """
    if not (ROOT / "sandbox").is_dir():
        raise FileNotFoundError(f"{ROOT / 'sandbox'} is not there: these tests need the repository")
    process = subprocess.Popen(
        ["sh", "-c", _IN_BACKGROUND, sys.executable, *_SANDBOX],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"},
        text=True,
    )
    lines = [process.stdout.readline() for _server in _NAMES]
    found = dict(line.strip().split(": ", 1) for line in lines if line)
    if set(found) != set(_NAMES):
        raise RuntimeError(f"the sandbox did not start: status {process.wait()}")
    process.wait()
    _kept.append(process.stdin)
    return found


class Control:
    """The control API of one far side.

    Not through `requests`: what the product sends is counted there, and this is not of it.
    """

    def __init__(self, url):
        self.url = url
        self._line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)

    def ask(self, method, path, values=None, content_type="application/json"):
        """Return what `METHOD /control/path` answers, as JSON.

        :param values: what is sent: bytes as they are, anything else as JSON
        :raises AssertionError: when it is refused
        """
        body = values if isinstance(values, bytes) else json.dumps(values or {}).encode()
        return json.loads(self._call(method, path, body, content_type))

    def content(self, path):
        """Return what `GET /control/path` answers, as it is."""
        return self._call("GET", path, b"", "application/json")

    def _call(self, method, path, body, content_type):
        self._line.request(method, f"/control/{path}", body, {"Content-Type": content_type})
        answer = self._line.getresponse()
        found = answer.read()
        if answer.status != 200:
            raise AssertionError(f"{method} {path}: {answer.status} {found.decode()}")
        return found


class FarSide:
    """One far side between product and test: what passes is counted here.

    :ivar requests: every one that the product sent, prepared as `requests` prepares it
    :ivar down: nobody listens
    """

    def __init__(self, name):
        self.url = addresses()[name]
        self.control = Control(self.url)
        self.requests, self.down = [], False

    def serves(self, request):
        """Return whether a prepared request is for this far side."""
        return request.url.startswith(self.url)

    def send(self, session, request, **options):
        """Send a prepared request, past Odoo's guard against requests to the world."""
        self.requests.append(request)
        if self.down:
            request.url = request.url.replace(urlsplit(self.url).netloc, "127.0.0.1:9", 1)
        return _super_send(session, request, **options)
