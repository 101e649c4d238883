# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Log lines as JSON, for programs that gather logs.

They say what happened where, and never to whom.

A line tells the conversation, the message (`wamid`) and the job by their ids. What citizens say,
what they are called and how they are reached stay out of it: of an exception only its class and
the places in the code are written, since its words may repeat what somebody typed, and telephone
numbers, documents and e-mail addresses in any other text are hidden.
"""

import functools
import json
import logging
import os
import re
import threading
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timezone

HIDDEN = "***"
# Names for `log_scope` and `extra`; anything else is not written.
SCOPE_FIELDS = ("conversation", "wamid", "job")
# Places of a traceback that are written, those nearest to the mistake.
FRAMES = 12

_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail addresses
    r"|(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-])"  # CPF as it is written
    r"|(?<![\w.-])\+?\d{10,15}(?![\w-])"  # telephone numbers, documents
)
_scope = ContextVar("contact_center_log_scope", default=None)


@contextmanager
def log_scope(**values):
    """Within, log lines tell these ids: `conversation`, `wamid`, `job`.

    >>> with log_scope(wamid="wamid.x"):
    ...     note_in_log(conversation=7)
    ...     current_scope()
    {'wamid': 'wamid.x', 'conversation': 7}
    """
    token = _scope.set({**(_scope.get() or {}), **_known(values)})
    try:
        yield
    finally:
        _scope.reset(token)


def log_scoped(values_of):
    """Run a method within a `log_scope` of what `values_of(record)` returns."""

    def decorate(method):
        @functools.wraps(method)
        def scoped(self, *args, **kwargs):
            with log_scope(**values_of(self)):
                return method(self, *args, **kwargs)

        return scoped

    return decorate


def note_in_log(**values):
    """Add ids to the present `log_scope`, until it ends; where there is none, nothing."""
    scope = _scope.get()
    if scope is not None:
        scope.update(_known(values))


def current_scope():
    """Return the ids that log lines tell at this place."""
    return dict(_scope.get() or {})


def _known(values):
    return {name: values[name] for name in SCOPE_FIELDS if values.get(name)}


def hide_personal(text):
    """Return a text without telephone numbers, documents and e-mail addresses.

    >>> hide_personal("553188887777 wrote to maria@example.org")
    '*** wrote to ***'
    >>> hide_personal("job 1f0e6f9c-1b2c-4d5e-8f90-123456789012 of 2026-11-30 11:40:00")
    'job 1f0e6f9c-1b2c-4d5e-8f90-123456789012 of 2026-11-30 11:40:00'
    """
    return _PERSONAL.sub(HIDDEN, text)


class JsonFormatter(logging.Formatter):
    """One line of JSON for each log record.

    Fields: `time` (UTC, ISO 8601), `level`, `logger`, `pid`, `db`, `uid` (numbers of records, where
    known), `conversation`, `wamid`, `job`, `message`, and `error` with `class` and `at`.
    """

    def format(self, record):
        """Return the line."""
        thread = threading.current_thread()
        at = datetime.fromtimestamp(record.created, timezone.utc)
        line = {
            "time": at.isoformat("T", "milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "pid": os.getpid(),
            "db": getattr(thread, "dbname", None),
            "uid": getattr(thread, "uid", None),
            **current_scope(),
            **_known(record.__dict__),
            "message": hide_personal(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = _error(record.exc_info)
        present = {name: value for name, value in line.items() if value is not None}
        return json.dumps(present, ensure_ascii=False, default=str)


def _error(exc_info):
    """Return the class of an exception and the places it came through, without its words."""
    kind, _error_itself, trace = exc_info
    places = []
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return {"class": f"{kind.__module__}.{kind.__qualname__}", "at": places[-FRAMES:]}
