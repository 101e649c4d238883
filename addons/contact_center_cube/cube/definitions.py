# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a cube is: named columns, and the statement that counts one day.

Names of tables and columns are Portuguese, for people who open them in a spreadsheet. They are
checked here once and quoted wherever they become SQL, so that no name can carry a statement.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: Kind of a column -> PostgreSQL's type
TYPES = {
    "date": "date",
    "time": "time",
    "integer": "int4",
    "bigint": "int8",
    "number": "numeric(18,6)",
    "text": "text",
}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
#: What the tables of keys are called; a key column "id_<one of these>..." refers to them
REFERRED = frozenset({"fila", "assunto", "regional"})


class WrongCube(ValueError):
    """A cube's definition is not usable; the text says why, for developers."""


@dataclass(frozen=True)
class Column:
    """A column of a cube.

    :param name: lower case, digits and underscores
    :param kind: a key of `TYPES`
    :param comment: what it is, in Portuguese
    :param refers: "fila", "assunto" or "regional": the id's table has the name
    :param codes: (model, field) whose selection gives the codes their words
    :param is_measure: whether it is added up; otherwise the cube is by it
    """

    name: str
    kind: str
    comment: str
    refers: str = ""
    codes: tuple[str, str] | None = None
    is_measure: bool = False

    def __post_init__(self):
        if not _NAME.fullmatch(self.name):
            raise WrongCube(f"not a name: {self.name!r}")
        if self.kind not in TYPES:
            raise WrongCube(f"not a type: {self.kind!r}")
        if not self.comment.strip():
            raise WrongCube(f"{self.name}: no comment")
        if self.refers and (self.refers not in REFERRED or not self.name.startswith("id_")):
            raise WrongCube(f"{self.name}: refers to no table")

    @property
    def label(self) -> str:
        """Return the name of the column with the words, in the view: "id_fila" -> "fila"."""
        return self.name.removeprefix("id_") if self.refers else self.name


DAY = Column("dia", "date", "Dia na cidade (data local)")


def key(name: str, refers: str, comment: str) -> Column:
    """Return a column with the id of a queue, subject or region."""
    return Column(name, "integer", comment, refers=refers)


def code(name: str, model: str, field: str, comment: str) -> Column:
    """Return a column with a code that has words: a selection's value."""
    return Column(name, "text", comment, codes=(model, field))


def measure(name: str, comment: str, kind: str = "bigint") -> Column:
    """Return a column that adds up."""
    return Column(name, kind, comment, is_measure=True)


@dataclass(frozen=True)
class Cube:
    """A table by day and other columns, with measures that add up.

    :param name: the view's name; the table is "cubo_" and this
    :param title: in Portuguese, for lists
    :param comment: what one row counts, in Portuguese
    :param columns: the first is `DAY`
    :param rows: the statement that gives one day's rows, in the order of the columns without the
        day. It may use %(start)s and %(end)s (the day's bounds, naive UTC), %(zone)s, %(day)s,
        %(now)s, and what the addon's `_parameters` give
    """

    name: str
    title: str
    comment: str
    columns: tuple[Column, ...]
    rows: str

    def __post_init__(self):
        if not _NAME.fullmatch(self.name):
            raise WrongCube(f"not a name: {self.name!r}")
        names = [column.name for column in self.columns] + [
            column.label for column in self.columns if column.refers
        ]
        if len(set(names)) < len(names):
            raise WrongCube(f"{self.name}: a column twice")
        if not self.columns or self.columns[0] != DAY:
            raise WrongCube(f"{self.name}: does not begin with the day")
        if not any(column.is_measure for column in self.columns):
            raise WrongCube(f"{self.name}: counts nothing")

    @property
    def table(self) -> str:
        """Return the name of the table."""
        return f"cubo_{self.name}"


@dataclass(frozen=True)
class Source:
    """What an addon contributes: cubes, and how to tell which days of them changed.

    :param changed: statements that give days (one column of type date); they may use %(since)s
        (naive UTC; changes are of a row's last write), %(last_event)s, %(zone)s and %(now)s
    """

    cubes: tuple[Cube, ...]
    changed: tuple[str, ...] = ()


def table_comment(cube: Cube) -> str:
    """Return the comment of a cube's table."""
    dimensions = ", ".join(column.label for column in cube.columns if not column.is_measure)
    return f"{cube.title}. {cube.comment} Por: {dimensions}."


def check(sources: Sequence[Source]) -> None:
    """Raise WrongCube if two cubes have the same name."""
    names = [cube.name for source in sources for cube in source.cubes]
    if len(set(names)) < len(names):
        raise WrongCube("two cubes of one name")
