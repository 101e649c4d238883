# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Cubes without Odoo: what they consist of, their roles' names, Parquet files.

cube = Cube("esperas", "Waits", columns, sql)      # checked: names, types, a day, a measure
write_parquet(stream, fields, rows)                # a file that every analysis tool opens
"""

from .definitions import (
    DAY,
    TYPES,
    Column,
    Cube,
    Source,
    WrongCube,
    code,
    key,
    measure,
    table_comment,
)
from .parquet import Field, write_parquet
from .roles import WrongName, checked_login, group_names, instructions

__all__ = (
    "DAY",
    "TYPES",
    "Column",
    "Cube",
    "Field",
    "Source",
    "WrongCube",
    "WrongName",
    "checked_login",
    "code",
    "group_names",
    "instructions",
    "key",
    "measure",
    "table_comment",
    "write_parquet",
)
