"""Statements and answers of PostgreSQL in logs: without the values."""

import io
import logging

import psycopg2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center import sql_log

TOKEN = "EAAB-secret-token-of-meta"


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE whatsapp_account SET access_token = '{TOKEN}' WHERE id IN (1)",
        f"INSERT INTO t (a) VALUES (E'it\\'s {TOKEN}')",
        f"INSERT INTO t (a) VALUES ('it''s {TOKEN}')",
        f"INSERT INTO t (a) VALUES ('two\nlines {TOKEN}')",
        f"SELECT $${TOKEN}$$, $x${TOKEN}$x$",
        f"INSERT INTO t VALUES (E'\\\\', '{TOKEN}')",
    ],
)
def test_statement_without_values(statement):
    for query in (statement, statement.encode()):
        redacted = sql_log.redact_statement(query)
        assert TOKEN not in redacted
        assert redacted.split()[0] in ("UPDATE", "INSERT", "SELECT")


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=4))
def test_no_value_survives_whatever_is_in_it(value):
    quoted = "'" + value.replace("'", "''") + "'"
    assert sql_log.redact_statement(f"UPDATE t SET x = {quoted}") == "UPDATE t SET x = ***"


@pytest.mark.parametrize(
    "answer",
    [
        f'duplicate key value violates unique constraint "u"\nDETAIL:  Key (t)=({TOKEN}) exists.',
        f'null value in column "x"\nDETAIL:  Failing row contains (1, a\nb, {TOKEN}).',
        f"invalid input syntax for type integer: \"{TOKEN}\"\nLINE 1: ...SET x = '{TOKEN}'\n    ^",
        f"error\nCONTEXT:  PL/pgSQL function x({TOKEN})",
    ],
)
def test_answer_without_values(answer):
    redacted = sql_log.redact_error(answer)
    assert TOKEN not in redacted
    assert redacted.splitlines()[0].split(":")[0] == answer.splitlines()[0].split(":")[0]


def _logged(filters, call):
    """Return the lines of a logger with such filters."""
    stream = io.StringIO()
    logger = logging.getLogger(f"statements.{id(stream)}")
    logger.propagate = False
    logger.setLevel(logging.INFO)
    handler = logging.StreamHandler(stream)
    logger.addHandler(handler)
    for target, one in zip((logger, handler), filters, strict=True):
        target.addFilter(one)
    call(logger)
    return stream.getvalue()


FILTERS = (sql_log.StatementFilter(), sql_log.TracebackFilter())


def test_line_of_a_bad_query():
    error = psycopg2.IntegrityError(f"refused\nDETAIL:  Key (t)=({TOKEN})")
    text = _logged(
        FILTERS,
        lambda logger: logger.error(
            "bad query: %s\nERROR: %s", f"SELECT '{TOKEN}'".encode(), error
        ),
    )
    assert text == "bad query: SELECT ***\nERROR: refused\nDETAIL: ***\n"


def test_traceback_that_ends_in_an_answer_of_postgresql():
    def fail(logger):
        try:
            try:
                raise psycopg2.IntegrityError(f"refused\nDETAIL:  Key (t)=({TOKEN})")
            except psycopg2.Error as error:
                raise ValueError("cannot be saved") from error
        except ValueError:
            logger.exception("Exception during request")

    text = _logged(FILTERS, fail)
    assert TOKEN not in text
    for words in ("Exception during request", "refused", "ValueError: cannot be saved", "in fail"):
        assert words in text


def test_answer_as_an_argument():
    error = psycopg2.DataError(f"bad\nDETAIL:  {TOKEN}")
    assert TOKEN not in _logged(FILTERS, lambda logger: logger.warning("Failed: %s", error))


def test_other_lines_stay_as_they_are():
    text = _logged(FILTERS, lambda logger: logger.info("it's %s", "DETAIL: here"))
    assert text == "it's DETAIL: here\n"
