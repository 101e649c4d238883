"""A database without four-byte characters (MySQL's old utf8), as many cities have."""

import re

from .errors import Crash, Refused

# the setting "utf8mb3": "" all characters; "refuse" a strict database; "cut" one that is not;
# "crash" a GLPI that dies of what its strict database says
REFUSE, CRASH = "refuse", "crash"
_WIDE = re.compile("[\U00010000-\U0010ffff]")


def fit(store, values: dict) -> dict:
    """Return the values as the database takes them.

    :raises Refused: with the database's own words, when it is strict.
    :raises Crash: when GLPI does not catch them.
    """
    how = store.settings["utf8mb3"]
    if not how:
        return values
    fitting = dict(values)
    for column, value in values.items():
        if isinstance(value, str) and _WIDE.search(value):
            if how == CRASH:
                raise Crash
            if how == REFUSE:
                raise Refused(text=f"Incorrect string value for column `{column}`")
            fitting[column] = _WIDE.split(value, maxsplit=1)[0]
    return fitting
