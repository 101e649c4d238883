"""Play citizens and steer the simulated Meta from another process.

With the standard library only.
"""

import base64
import json
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote


class SandboxError(Exception):
    """The sandbox refused a request; says why."""


class NothingCame(SandboxError, TimeoutError):
    """The expected message did not come in time; says what is on the phone instead."""


class MetaControl:
    """The control API of the simulated Meta at `url`; methods raise SandboxError."""

    def __init__(self, url, timeout=40.0):
        self.url = url.rstrip("/")
        self.timeout = timeout

    def call(self, method, path, value=None, *, body=None, headers=None):
        """Ask `path` and return its JSON; `value` is sent as JSON, or `body` as it is."""
        data = json.dumps(value).encode() if value is not None else body
        request = urllib.request.Request(f"{self.url}{path}", data, headers or {}, method=method)
        try:
            # The sandbox itself, at the address that the caller started it on
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # nosec B310
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                text = error.read().decode(errors="replace")
            raise SandboxError(f"{method} {path}: HTTP {error.code}: {text}") from error
        except OSError as error:
            raise SandboxError(f"{method} {self.url}{path}: {error}") from error

    def health(self):
        """Return `{"ok", "pending_webhooks"}`."""
        return self.call("GET", "/control/health")

    def wait_idle(self, seconds=10.0):
        """Wait until no webhook waits any more. Raises NothingCame."""
        end = time.monotonic() + seconds
        while pending := self.health()["pending_webhooks"]:
            if time.monotonic() > end:
                raise NothingCame(f"{pending} webhooks still wait after {seconds} s")
            time.sleep(0.05)

    def reset(self):
        """Forget messages, files, faults and logs."""
        return self.call("POST", "/control/reset")

    def settings(self, **values):
        """Change settings (none: only see them); returns all."""
        return self.call("PUT", "/control/settings", values)

    def faults(self, **values):
        """Replace the faults in force; returns them. Without arguments: none."""
        return self.call("PUT", "/control/faults", values)

    def log(self):
        """Return requests that the Graph API received."""
        return self.call("GET", "/control/log")

    def webhooks(self):
        """Return attempts to deliver webhooks."""
        return self.call("GET", "/control/webhooks")

    def stats(self):
        """Return counters and tagged exchanges."""
        return self.call("GET", "/control/stats")

    def accepted(self, after=0, limit=10_000):
        """Return messages of the city by order of acceptance, after a number."""
        return self.call("GET", f"/control/accepted?after={after}&limit={limit}")

    def news(self, field, **value):
        """Let Meta tell something about the account or the number."""
        return self.call("POST", "/control/news", {"field": field, "value": value})

    def verify(self, verify_token=None):
        """Let the webhook prove itself: `{"status", "body", "problem"}`."""
        query = f"?verify_token={quote(verify_token)}" if verify_token is not None else ""
        return self.call("POST", f"/control/verify{query}")

    def post_webhook(self, body, signature=None):
        """Send bytes to the webhook with that signature header, or none.

        See `sign=True` below.
        """
        headers = {"Content-Type": "application/json"}
        if signature is True:
            return self.call("POST", "/control/webhook?sign=1", body=body, headers=headers)
        if signature:
            headers["X-Hub-Signature-256"] = signature
        return self.call("POST", "/control/webhook", body=body, headers=headers)


class PhoneClient:
    """A citizen with a phone. `number` as typed; `name` is the profile's.

    Messages are dictionaries: direction ("in": from the city, "out": the citizen's own), from
    ("city" or "citizen"), wamid, type, text, options [{id, title, description}], media_id, status,
    at, details, payload.
    """

    def __init__(self, meta_url, number, name="", timeout=60.0):
        self.control = MetaControl(meta_url)
        self.number = str(number)
        self.name = name
        self.timeout = timeout
        self._path = f"/control/phones/{quote(self.number)}"
        self._mark = ""

    # -- the citizen does ----------------------------------------------------------------------

    def send(self, **request):
        """Send any message of the control API; returns its wamid."""
        if self.name:
            request.setdefault("name", self.name)
        wamid = self.control.call("POST", f"{self._path}/send", request)["wamid"]
        self._mark = wamid or self._mark
        return wamid

    def send_text(self, text, **more):
        """Send a text; `tag` marks it for the statistics, `quoted` answers a message."""
        return self.send(type="text", text=text, **more)

    def send_option(self, option_id=None, title=None):
        """Answer the newest list or buttons, without looking whether the option exists."""
        return self.send(type="option", id=option_id, title=title)

    def choose(self, wanted, timeout=None):
        """Tap the option whose title or id is `wanted` (or whose title contains it).

        Waits for it to be offered after what this client sent last, so that an earlier question
        with the same answers is not taken for the new one; if the time is over, an option offered
        before is taken. NothingCame, with what the phone shows, if there is none.
        """
        try:
            message = self.wait_for(lambda m: bool(_option(m, wanted)), timeout)
        except NothingCame:
            message = self.wait_for(lambda m: bool(_option(m, wanted)), 0, since="start")
        option = _option(message, wanted)
        return self.send_option(option["id"], option["title"])

    def send_image(self, image, caption="", filename="foto.jpg"):
        """Send a photo: a path or bytes."""
        return self._send_file("image", image, filename, caption=caption)

    def send_video(self, video, caption="", filename="video.mp4"):
        """Send a video: a path or bytes."""
        return self._send_file("video", video, filename, caption=caption)

    def send_audio(self, audio, voice=True, filename="audio.ogg"):
        """Send a voice message (`voice`), or a sound file: a path or bytes."""
        return self._send_file("audio", audio, filename, voice=voice)

    def send_document(self, document, caption="", filename="documento.pdf"):
        """Send a document: a path or bytes."""
        return self._send_file("document", document, filename, caption=caption)

    def send_location(self, latitude, longitude, place="", address=""):
        """Send a pin on the map."""
        values = {"latitude": latitude, "longitude": longitude}
        return self.send(type="location", place=place, address=address, **values)

    def send_raw(self, message):
        """Send one of Meta's `messages[]` as it is, with id and timestamp if absent."""
        return self.send(type="raw", message=message)

    def read(self):
        """Look at the screen: everything is read. Returns how many messages were not."""
        return self.control.call("POST", f"{self._path}/read")["read"]

    def play(self, wamid):
        """Listen to a voice message."""
        return self.control.call("POST", f"{self._path}/played", {"wamid": wamid})

    def configure(self, **values):
        """Change the phone: hide_number, username, unreachable, window_open, name."""
        return self.control.call("PUT", self._path, values)

    # -- the citizen sees ----------------------------------------------------------------------

    def messages(self):
        """Return all messages, oldest first."""
        return self.control.call("GET", f"{self._path}/messages")

    def received(self):
        """Return messages of the city that reached the phone, oldest first."""
        return [m for m in self.messages() if m["direction"] == "in" and m["status"] != "failed"]

    def media(self, message):
        """Return the bytes of a message's file. Raises SandboxError if it has none."""
        url = f"{self.control.url}/control/media/{message['media_id']}"
        try:
            # As above
            with urllib.request.urlopen(url, timeout=self.control.timeout) as answer:  # nosec B310
                return answer.read()
        except OSError as error:
            raise SandboxError(f"{url}: {error}") from error

    def wait_for(self, predicate, timeout=None, since="sent"):
        """Wait for the newest message of the city for which `predicate(message)` is true.

        `since` "sent": only messages after the last one this client sent; "start": all. Raises
        NothingCame after `timeout` seconds (the client's own when None).
        """
        seconds = self.timeout if timeout is None else timeout
        end = time.monotonic() + seconds
        revision = -1
        while True:
            wait = max(min(end - time.monotonic(), 10.0), 0.0)
            path = f"{self._path}?after={revision}&wait={wait:.2f}"
            phone = self.control.call("GET", path)
            revision = phone["revision"]
            for message in reversed(self._since(phone["messages"], since)):
                if predicate(message):
                    return message
            if time.monotonic() >= end:
                seen = [f"{m['from']}: {m['text']!r}" for m in phone["messages"][-6:]]
                raise NothingCame(f"not within {seconds} s; the phone shows {seen}")

    def wait_text(self, contains, timeout=None, since="sent"):
        """Wait for a message of the city that contains a text, in any letter case."""
        wanted = contains.casefold()
        return self.wait_for(lambda m: wanted in m["text"].casefold(), timeout, since)

    def _since(self, messages, since):
        wamids = [m["wamid"] for m in messages]
        start = 0
        if since == "sent" and self._mark in wamids:
            start = wamids.index(self._mark) + 1
        return [m for m in messages[start:] if m["direction"] == "in" and m["status"] != "failed"]

    def _send_file(self, kind, file, filename, **more):
        if isinstance(file, bytes):
            content = file
        else:
            content, filename = Path(file).read_bytes(), Path(file).name
        encoded = base64.b64encode(content).decode()
        return self.send(type=kind, filename=filename, base64=encoded, **more)


def _option(message, wanted):
    options = message["options"]
    exact = [o for o in options if wanted in (o["id"], o["title"])]
    return next(
        iter(exact or [o for o in options if wanted.casefold() in o["title"].casefold()]), None
    )
