# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Names of database roles, and the words for those who may make them.

Roles belong to the whole PostgreSQL server, so that their names carry the database's.
"""

import hashlib
import re

#: PostgreSQL cuts longer names
_LONGEST = 63
_LOGIN = re.compile(r"[a-z][a-z0-9_]{2,39}")
_TAKEN = frozenset({"postgres", "public", "odoo", "none", "current_user", "session_user", "user"})


class WrongName(ValueError):
    """A name that a reader of the cubes cannot have."""


def group_names(database: str) -> tuple[str, str]:
    """Return the names of the groups of readers: (without, with citizens' names).

    >>> group_names("contact_center")
    ('olap_leitura_contact_center', 'olap_cidadaos_contact_center')
    """
    plain = re.sub(r"[^a-z0-9]+", "_", database.lower()).strip("_")
    if plain != database or len(plain) > _LONGEST - 14:
        # two databases never share a group
        plain = f"{plain[:30]}_{hashlib.sha256(database.encode()).hexdigest()[:12]}"
    return f"olap_leitura_{plain}", f"olap_cidadaos_{plain}"


def checked_login(name: str) -> str:
    """Return a login's name; it begins with "olap_", so that it takes nobody else's.

    :raise WrongName: it is none
    """
    name = (name or "").strip()
    if not _LOGIN.fullmatch(name) or name in _TAKEN or name.startswith(("pg_", "olap_")):
        raise WrongName(name)
    return f"olap_{name}"


def instructions(database: str, login: str = "", with_citizens: bool = False) -> str:
    """Return what the database's administrator has to run, where this system may not.

    :param login: a checked login to be made, with a password that they choose
    """
    groups = group_names(database)
    lines = [f'CREATE ROLE "{group}" NOLOGIN;' for group in groups]
    if login:
        group = groups[1] if with_citizens else groups[0]
        lines = [
            f'CREATE ROLE "{login}" LOGIN CONNECTION LIMIT 5 PASSWORD \'...\' IN ROLE "{group}";',
            f'ALTER ROLE "{login}" SET default_transaction_read_only = on;',
            f"ALTER ROLE \"{login}\" SET statement_timeout = '5min';",
            f'ALTER ROLE "{login}" SET search_path = olap;',
        ]
    return "\n".join(lines)
