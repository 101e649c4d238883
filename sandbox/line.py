"""The line to a far side: faults of chosen requests or of their answers."""

import io
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from werkzeug.wrappers import Request, Response

from .serving import DropConnection

NOTHING, DONE, LATER = "nothing", "done", "later"
JSON = "application/json; charset=UTF-8"
Handler = Callable[[Request], Response]


@dataclass
class Rule:
    """A fault for requests of one kind.

    :ivar request: "POST Ticket": a method and the beginning of a path; "GET" is every reading, ""
        every request. "POST Ticket" is not "POST Ticket_User".
    :ivar times: of how many requests; None for all.
    :ivar work: what the far side makes of them: ``nothing``, ``done``, or ``later`` when
        `Line.arrive` is called.
    :ivar seconds: that pass before the answer.
    :ivar status: of an answer that is not its own, with `body`, `content_type` and a header
        X-Sandbox-Line by which it is known. None: the connection breaks, unless `own` is set.
    :ivar own: it does the work and answers itself, with `headers` changed (None takes one away)
        and, when `cut`, with half of its body.
    """

    request: str
    times: int | None = 1
    work: str = NOTHING
    seconds: float = 0.0
    status: int | None = None
    body: str = ""
    content_type: str = JSON
    own: bool = False
    headers: dict = field(default_factory=dict)
    cut: bool = False

    def __post_init__(self):
        if self.work not in (NOTHING, DONE, LATER):
            raise ValueError(f"work must be one of {NOTHING}, {DONE}, {LATER}")

    def takes(self, asked: str) -> bool:
        """Return True when it is for "METHOD path" and may still be for one more."""
        wanted = self.request
        alike = not wanted or asked == wanted or asked.startswith((f"{wanted}/", f"{wanted} "))
        return alike and self.times != 0

    def answer(self) -> Response:
        """Return the answer that is not the far side's own."""
        response = Response(self.body, self.status, content_type=self.content_type)
        response.headers["X-Sandbox-Line"] = "answered"
        _change(response, self.headers)
        return response


class Line:
    """Rules for requests; of several that fit the first one counts."""

    def __init__(self):
        self._lock = threading.Lock()
        self._rules: list[Rule] = []
        self._late: list[tuple[dict, bytes]] = []

    def clear(self) -> None:
        """Take all rules away; what was to be done later never is."""
        with self._lock:
            self._rules, self._late = [], []

    def add(self, rule: dict, last: bool = False) -> None:
        """Put a rule before all others, or after them.

        :raises TypeError, ValueError: for what is no rule.
        """
        with self._lock:
            self._rules.insert(len(self._rules) if last else 0, Rule(**rule))

    def behave(self) -> None:
        """Take all rules away; what is late stays late."""
        with self._lock:
            self._rules = []

    def arrive(self, handle: Handler) -> int:
        """Let it carry out what it was still working on; return how many that were."""
        with self._lock:
            late, self._late = self._late, []
        for environ, body in late:
            with Request({**environ, "wsgi.input": io.BytesIO(body)}) as request:
                handle(request)
        return len(late)

    def carry(self, request: Request, root: str, handle: Handler) -> Response:
        """Return the answer to a request as it comes out of the line.

        :param root: path of the API
        :param handle: lets the far side do the work
        :raises DropConnection: when the line breaks
        """
        path = request.path.removeprefix(root).strip("/")
        rule = self._rule(f"{request.method} {path}")
        if rule is None:
            return handle(request)
        if rule.work == LATER:
            with self._lock:
                self._late.append((dict(request.environ), request.get_data()))
        response = handle(request) if rule.work == DONE or rule.own else None
        time.sleep(rule.seconds)
        if rule.own:
            if rule.cut:
                response.set_data(response.get_data()[: len(response.get_data()) // 2])
            _change(response, rule.headers)
            return response
        if rule.status is None:
            raise DropConnection
        return rule.answer()

    def _rule(self, asked: str) -> Rule | None:
        with self._lock:
            rule = next((rule for rule in self._rules if rule.takes(asked)), None)
            if rule and rule.times:
                rule.times -= 1
            return rule


def _change(response: Response, headers: dict) -> None:
    for name, value in headers.items():
        response.headers.pop(name, None)
        if value is not None:
            response.headers[name] = value
