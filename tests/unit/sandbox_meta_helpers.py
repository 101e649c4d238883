"""Helpers for the simulated Cloud API: a running one, its caller, a webhook."""

import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sandbox import defaults
from sandbox.meta import MetaSandbox

NUMBER = "5531988887777"
WA_ID = "553188887777"
QUICK = {
    "sent_ms": 5,
    "delivered_ms": 15,
    "redelivery_first_seconds": 0.02,
    "redelivery_tries": 4,
}


class Webhook:
    """A contact center that only listens; answers `answers` first, then 200."""

    def __init__(self):
        self.clear()
        self.verify_token = defaults.VERIFY_TOKEN
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *_args):
                """Be quiet."""

            def do_GET(self):
                asked = {
                    key: found[0] for key, found in parse_qs(urlsplit(self.path).query).items()
                }
                right = asked.get("hub.verify_token") == outer.verify_token
                self._answer(200 if right else 403, asked["hub.challenge"].encode())

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                time.sleep(outer.seconds)
                outer.posts.append((body, self.headers.get("X-Hub-Signature-256")))
                self._answer(outer.answers.pop(0) if outer.answers else 200, b"ok")

            def _answer(self, status, text):
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def clear(self):
        """Forget what came, and answer 200 at once again."""
        self.posts = []
        self.answers = []
        self.seconds = 0.0

    def close(self):
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def values(self):
        """Return `value` of every change that came, in order of arrival."""
        return [
            change["value"]
            for body, _signature in list(self.posts)
            for entry in json.loads(body)["entry"]
            for change in entry["changes"]
        ]

    def messages(self):
        """Return every citizen's message that came."""
        return [message for value in self.values() for message in value.get("messages", ())]

    def statuses(self):
        """Return every status that came."""
        return [status for value in self.values() for status in value.get("statuses", ())]

    def wait(self, condition, seconds=3.0):
        """Wait until `condition()` is true and return its value, or fail.

        AssertionError if it never is.
        """
        end = time.monotonic() + seconds
        while not (found := condition()):
            assert time.monotonic() < end, f"not within {seconds} s: {self.values()}"
            time.sleep(0.01)
        return found


class Api:
    """Calls the Graph API as the contact center does."""

    def __init__(self, meta, token=defaults.ACCESS_TOKEN):
        self.meta = meta
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.number = f"/v25.0/{defaults.PHONE_NUMBER_ID}"
        self.account = f"/v25.0/{defaults.WABA_ID}"

    def get(self, path, **params):
        """GET a path of the sandbox, or an address."""
        url = path if path.startswith("http") else self.meta.url + path
        return self.session.get(url, params=params, timeout=5)

    def message(self, kind, value, timeout=5, **more):
        """POST a message of a type."""
        body = {"messaging_product": "whatsapp", "to": f"+{NUMBER}", "type": kind, kind: value}
        return self.post({**body, **more}, timeout)

    def text(self, body="olá", **more):
        """POST a text."""
        return self.message("text", {"body": body}, **more)

    def post(self, payload, timeout=5):
        """POST any payload to the messages."""
        url = f"{self.meta.url}{self.number}/messages"
        return self.session.post(url, json=payload, timeout=timeout)

    def upload(self, content, mimetype, filename="file"):
        """POST a file."""
        return self.session.post(
            f"{self.meta.url}{self.number}/media",
            data={"messaging_product": "whatsapp", "type": mimetype},
            files={"file": (filename, content, mimetype)},
            timeout=5,
        )


def wamid(answer):
    """Return the id in the answer to a sent message."""
    assert answer.status_code == 200, answer.text
    return answer.json()["messages"][0]["id"]


def error(answer):
    """Return (HTTP status, code) of an answer that is an error of Meta's."""
    found = answer.json()["error"]
    assert {"message", "type", "code", "fbtrace_id"} <= set(found)
    return answer.status_code, found["code"]


def signature(body, secret=defaults.APP_SECRET):
    """Return the right X-Hub-Signature-256."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@pytest.fixture(scope="session")
def running():
    """One sandbox and one listener for all tests: (MetaSandbox, Webhook)."""
    listening = Webhook()
    with MetaSandbox(webhook_workers=4) as sandbox:
        yield sandbox, listening
    listening.close()


@pytest.fixture
def webhook(running):
    """Something that listens to webhooks."""
    listening = running[1]
    listening.clear()
    return listening


@pytest.fixture
def meta(running, webhook):
    """Start the sandbox afresh, with short delays; its webhooks go to `webhook`."""
    sandbox = running[0]
    sandbox.settings.update({**sandbox.default_settings(), **QUICK, "webhook_url": webhook.url})
    yield sandbox
    sandbox.faults.clear()
    sandbox.simulation.sender.clear()
    webhook.wait(lambda: not sandbox.simulation.sender.pending)
    sandbox.simulation.reset()


@pytest.fixture
def api(meta):
    """Return the contact center's way to the sandbox."""
    caller = Api(meta)
    yield caller
    caller.session.close()


@pytest.fixture
def maria(meta):
    """Return a citizen of area code 31."""
    return meta.phone(NUMBER, "Maria", timeout=3)
