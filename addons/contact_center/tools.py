# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small helpers that models of several addons share."""

import re

from psycopg2.errors import SerializationFailure

from odoo.tools import SQL, html2plaintext

# Tags that only change the appearance of text. Odoo's conversion turns them into marks that nobody
# wrote: /aside/ for <em>.
_EMPHASIS = re.compile(r"</?(?:em|i|strong|b|s|del|u|code)(?:\s[^>]*)?>", re.IGNORECASE)


def plain_words(body, links=False):
    """Return the plain text of a message, as used by lists, copies and the archive.

    :param body: HTML of a mail.message (str or Markup), or False
    :param links: number the links and name their addresses below the text
    :return: text (str) without marks of emphasis
    """
    bare = _EMPHASIS.sub("", str(body or ""))
    return html2plaintext(bare, include_references=links).strip()


def lock_at_once(record):
    """Lock a record's row unless somebody is busy with it; then read it anew.

    For scheduled actions, which do not wait: a record that somebody locks, or has changed since
    the transaction began, is left to the next run, which sees its new state.

    :return: whether it was locked
    """
    cr = record.env.cr
    try:
        with cr.savepoint():
            cr.execute(
                SQL(
                    "SELECT id FROM %s WHERE id = %s FOR UPDATE SKIP LOCKED",
                    SQL.identifier(record._table),
                    record.id,
                ),
                log_exceptions=False,
            )
            locked = bool(cr.rowcount)
    except SerializationFailure:
        return False
    record.invalidate_recordset()
    return locked


def leave_room(cr, table):
    """Let a table leave a quarter of each page free, for rows that are changed there.

    A row that changes in no column of an index, and finds room in its page, needs no new entry in
    any of the indexes, and its old version is cleaned away in passing (PostgreSQL's HOT updates).
    Called by `init` of models whose rows change with every message.
    """
    cr.execute(SQL("ALTER TABLE %s SET (fillfactor = 75)", SQL.identifier(table)))
