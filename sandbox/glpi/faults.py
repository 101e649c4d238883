"""Ways in which the stand-in misbehaves on demand."""

import threading
import time

from werkzeug.wrappers import Request, Response

from sandbox.serving import DropConnection

from .answers import crash_answer

DOWN_MODES = ("close", "503", "timeout", "html")
# GLPI's page, with status 200, while its database is away
_NO_DATABASE = """<!DOCTYPE html>
<html lang=""><head><title>Mysql Error - GLPI</title></head>
<body><h2>A link to the SQL server could not be established.</h2></body></html>"""


class Faults:
    """Faults that are switched on, each for a number of requests.

    - ``lose_answer_after_create``: a ticket is made, but the connection breaks before the answer;
    - ``late_create``: a ticket is made, but only after ``late_create_ms`` (a client that waits less
      hears nothing and finds nothing until then);
    - ``late_followup``: the same for a followup;
    - ``crash``: 200 with an empty text/html body, nothing done;
    - ``error_500``: the web server's own error page, nothing done;
    - ``firewall``: a word; what holds it gets a page of a firewall, nothing done (not a count);
    - ``delay_ms``: every answer takes that much longer (not a count);
    - ``delay_after_create_ms``: a ticket is made at once, its answer takes that much longer (not a
      count).
    """

    COUNTED = ("lose_answer_after_create", "late_create", "late_followup", "crash", "error_500")
    DELAYS = ("delay_ms", "delay_after_create_ms", "late_create_ms")

    def __init__(self):
        self._lock = threading.Lock()
        self._released = threading.Event()
        self.clear()

    def clear(self) -> None:
        """Switch all faults off."""
        self.down = False
        self.down_mode = "close"
        self.timeout_seconds = 60.0
        self.delay_ms = self.delay_after_create_ms = 0
        self.late_create_ms = 60_000
        self.firewall = ""
        self._left = dict.fromkeys(self.COUNTED, 0)
        self._released.set()

    def set_down(self, down: bool, mode: str = "close", seconds: float = 60.0) -> None:
        """Switch the API off or on.

        :param mode: close (no answer at all), 503, timeout (no answer for `seconds`), or html
            (GLPI's database is away: 200 with a page, whatever was asked).
        :raises ValueError: for an unknown mode.
        """
        if mode not in DOWN_MODES:
            raise ValueError(f"mode must be one of {', '.join(DOWN_MODES)}")
        self.down, self.down_mode, self.timeout_seconds = down, mode, seconds
        if down:
            self._released.clear()
        else:
            self._released.set()

    def configure(self, values: dict) -> None:
        """Set faults by name; raises ValueError for a name that is none."""
        unknown = set(values) - {*self.COUNTED, *self.DELAYS, "firewall"}
        if unknown:
            raise ValueError(f"unknown fault: {', '.join(sorted(unknown))}")
        with self._lock:
            for name, value in values.items():
                if name == "firewall":
                    self.firewall = str(value)
                elif name in self.DELAYS:
                    setattr(self, name, int(value))
                else:
                    self._left[name] = int(value)

    def shown(self) -> dict:
        """Return the faults that are switched on."""
        state = {"down": self.down, "mode": self.down_mode, "firewall": self.firewall}
        return {**state, **{name: getattr(self, name) for name in self.DELAYS}, **self._left}

    def _take(self, name: str) -> bool:
        with self._lock:
            if self._left[name] <= 0:
                return False
            self._left[name] -= 1
            return True

    def before(self, request: Request) -> Response | None:
        """Return an answer instead of the real one, None to go on.

        It may break the connection.
        """
        if self.delay_ms:
            time.sleep(self.delay_ms / 1000)
        if self.down:
            if self.down_mode == "503":
                page = "<html><body><h1>Service Unavailable</h1></body></html>"
                return Response(page, 503, content_type="text/html; charset=UTF-8")
            if self.down_mode == "html":
                return Response(_NO_DATABASE, 200, content_type="text/html; charset=UTF-8")
            if self.down_mode == "timeout":
                self._released.wait(self.timeout_seconds)
            raise DropConnection
        if self.firewall and self.firewall.encode() in request.get_data():
            page = "<html><head><title>403 Forbidden</title></head></html>"
            return Response(page, 403, content_type="text/html; charset=UTF-8")
        for path, fault in (("/Ticket", "late_create"), ("ollowup", "late_followup")):
            posted = request.method == "POST" and request.path.endswith(path)
            if posted and self._take(fault):
                time.sleep(self.late_create_ms / 1000)
        if self._take("crash"):
            return crash_answer()
        if self._take("error_500"):
            return Response("Internal Server Error", 500, content_type="text/html; charset=UTF-8")
        return None

    def after(self, request: Request, response: Response) -> None:
        """Keep the answer to a new ticket back, or break the connection instead of it."""
        created = request.method == "POST" and response.status_code == 201
        if not created or not request.path.endswith("/Ticket"):
            return
        if self.delay_after_create_ms:
            time.sleep(self.delay_after_create_ms / 1000)
        if self._take("lose_answer_after_create"):
            raise DropConnection

    def release(self) -> None:
        """Let waiting requests go (the server stops)."""
        self._released.set()
