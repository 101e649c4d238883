# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Statements that a connection of one's own plans once and then only executes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Prepared:
    """A statement in three forms.

    :param name: in the connection
    :param statement: with values as psycopg2 wants them, `%(name)s`
    :param types: {name of a value: its type in PostgreSQL}

    >>> one = Prepared("one", "SELECT %(a)s", {"a": "int"})
    >>> one.preparation
    'PREPARE one (int) AS SELECT $1'
    >>> one.execution
    'EXECUTE one (%(a)s)'
    """

    name: str
    statement: str
    types: dict[str, str]

    @property
    def preparation(self) -> str:
        """What a connection is told once."""
        numbered = self.statement
        for number, name in enumerate(self.types, 1):
            numbered = numbered.replace(f"%({name})s", f"${number}")
        return f"PREPARE {self.name} ({', '.join(self.types.values())}) AS {numbered.strip()}"

    @property
    def execution(self) -> str:
        """What it is told then, with the same values as the statement itself."""
        return f"EXECUTE {self.name} ({', '.join(f'%({name})s' for name in self.types)})"
