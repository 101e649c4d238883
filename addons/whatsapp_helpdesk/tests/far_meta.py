# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The simulated Cloud API as the tests see it: what was sent, files, faults."""

import json
from collections.abc import MutableMapping

from odoo.addons.contact_center.tests.far_side import FarSide

NUMBER = "109000000000001"
WABA = "209000000000001"
TOKEN = "test-access-token-nobody-may-see"
SETTINGS = {
    "phone_number_id": NUMBER,
    "waba_id": WABA,
    "access_token": TOKEN,
    "city_name": "Cidade",
    "display_phone": "55 31 3800-0156",
    "more_numbers": ["109000000000077"],
    "ninth_digit": "keep",
    "webhook_url": "",
}


class Files(MutableMapping):
    """{media id: (bytes, MIME type)} of citizens' files."""

    def __init__(self, meta):
        self._meta, self._files = meta, {}

    def __getitem__(self, media_id):
        return self._files[media_id]

    def __setitem__(self, media_id, file):
        self._files[media_id] = file
        content, mimetype = file
        self._meta.control.ask("PUT", f"media/{media_id}", content, mimetype)

    def __delitem__(self, media_id):
        del self._files[media_id]
        self._meta.control.ask("POST", f"media/{media_id}/expire", {"id": True})

    def __iter__(self):
        return iter(self._files)

    def __len__(self):
        return len(self._files)


class FarMeta(FarSide):
    """Meta as new, with the tests' number; it delivers nothing, the tests do.

    :ivar sent: payloads of the messages that it took
    :ivar uploads: bodies of the uploads that it took
    """

    def __init__(self):
        super().__init__("Meta")
        self.control.ask("POST", "reset")
        self.control.ask("PUT", "settings", SETTINGS)
        self.sent, self.uploads, self.files = [], [], Files(self)
        self._script = []  # an exception, or None for what the line answers

    def send(self, session, request, **options):
        """Send a request of the product."""
        if error := self._script and self._script.pop(0):
            self.requests.append(request)
            raise error
        response = super().send(session, request, **options)
        if response.ok and "X-Sandbox-Line" not in response.headers:
            if request.url.endswith("/messages"):
                self.sent.append(json.loads(request.body))
            elif request.url.endswith("/media"):
                self.uploads.append(request.body)
        return response

    def media(self, media_id):
        """Return the bytes of a file that Meta has."""
        return self.control.content(f"media/{media_id}")

    def has_templates(self, templates):
        """Make these the `whatsapp.template`s that Meta has."""
        names = ("name", "language", "status", "category", "parameter_format", "components")
        data = [{"id": str(one.id), **{name: one[name] for name in names}} for one in templates]
        self.control.ask("PUT", "templates", {"data": data})

    def give_user_id(self, wa_id, user_id):
        """Let a phone have this business-scoped user id."""
        self.control.ask("PUT", f"phones/{wa_id}", {"user_id": user_id})

    def on(self, request, **rule):
        """Apply a rule to the next request of a kind (see the sandbox's `line.Rule`)."""
        self.control.ask("POST", "line", {"request": request, **rule})

    def answer(self, *answers):
        """Answer the next calls with these (status, JSON or bytes), in turn."""
        for status, body in answers:
            text = body.decode() if isinstance(body, bytes) else json.dumps(body)
            self.on("", status=status, body=text)
            self._script.append(None)

    def breaks(self, error):
        """Let the next call end with an exception of `requests`, before it leaves."""
        self._script.append(error)

    def fail(self, code, http=400, message="refused"):
        """Let the next call fail with one of Meta's errors."""
        self.answer((http, _error(code, message)))

    def fail_message(self, code, after):
        """Let a message fail with one of Meta's errors, once `after` others were taken."""
        request = f"POST v25.0/{NUMBER}/messages"
        self.on(request, times=after, own=True)
        self.on(request, status=400, body=json.dumps(_error(code)))

    def texts(self):
        """Return the texts that were sent, in order."""
        return [_text(payload) for payload in self.sent]


def _error(code, message="refused"):
    return {"error": {"code": code, "message": message}}


def _text(payload):
    part = payload.get(payload["type"]) or {}
    if payload["type"] == "interactive":
        return part["body"]["text"]
    return part.get("body") or part.get("caption") or ""
