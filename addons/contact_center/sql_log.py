# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Keeps the values of failed SQL statements out of the logs.

Odoo logs a refused statement with all its values, and PostgreSQL repeats the row ("DETAIL: Failing
row contains ..."), including tokens, passwords and citizens' data. The statement and the reason are
enough to find the mistake.
"""

import logging
import re
import traceback

import psycopg2

REDACTED = "***"
# An SQL literal, also with escapes (E'...') or as bytes; quotes in it are doubled or escaped.
_LITERAL = re.compile(r"\b[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'", re.DOTALL)
_DOLLAR = re.compile(r"\$(\w*)\$.*?\$\1\$", re.DOTALL)
# PostgreSQL's further lines repeat values, which may span lines: up to the end, or to where a
# traceback continues with another exception.
_DETAIL = re.compile(
    r"^(\s*(?:DETAIL|CONTEXT|QUERY|STATEMENT|LINE \d+):).*?"
    r"(?=\n\nDuring handling of|\n\nThe above exception|\Z)",
    re.MULTILINE | re.DOTALL,
)
# The value in "invalid input syntax for type json: ..." and the like.
_QUOTED = re.compile(r'(invalid [^:\n]*(?:syntax|value)[^:\n]*: )"[^\n]*"')


def redact_statement(query) -> str:
    """Return a statement without the values in it.

    >>> redact_statement(b"UPDATE t SET token = 'it''s secret', n = 4 WHERE id = 1")
    'UPDATE t SET token = ***, n = 4 WHERE id = 1'
    """
    if isinstance(query, bytes):
        query = query.decode(errors="replace")
    return _DOLLAR.sub(REDACTED, _LITERAL.sub(REDACTED, str(query)))


def redact_error(error) -> str:
    """Return PostgreSQL's message without the values that it repeats.

    >>> redact_error('duplicate key value\\nDETAIL:  Key (token)=(abc) already exists.')
    'duplicate key value\\nDETAIL: ***'
    """
    return _QUOTED.sub(rf"\1{REDACTED}", _DETAIL.sub(rf"\1 {REDACTED}", str(error))).rstrip()


class StatementFilter(logging.Filter):
    """Filters the logger of Odoo's cursors: "bad query: ..." without the values."""

    def filter(self, record):
        """Rewrite the record; never drop it."""
        if isinstance(record.msg, str) and record.msg.startswith("bad query: "):
            query, error = record.args if len(record.args or ()) == 2 else (record.args, "")
            record.msg = "bad query: %s\nERROR: %s"
            record.args = (redact_statement(query), redact_error(error))
        return True


class TracebackFilter(logging.Filter):
    """Drops from tracebacks the values that PostgreSQL's message repeats."""

    def filter(self, record):
        """Rewrite the record; never drop it."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                redact_error(value) if isinstance(value, psycopg2.Error) else value
                for value in record.args
            )
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and _database_error_in(error):
            record.exc_text = redact_error("".join(traceback.format_exception(error)))
        return True


def _database_error_in(error) -> bool:
    """Return whether the exception, or one of its causes, is PostgreSQL's."""
    seen = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, psycopg2.Error):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def install():
    """Filter the output of Odoo's cursors and this process's handlers; safe to repeat."""
    cursors = logging.getLogger("odoo.sql_db")
    if not any(isinstance(one, StatementFilter) for one in cursors.filters):
        cursors.addFilter(StatementFilter())
    for handler in logging.getLogger().handlers:
        if not any(isinstance(one, TracebackFilter) for one in handler.filters):
            handler.addFilter(TracebackFilter())
