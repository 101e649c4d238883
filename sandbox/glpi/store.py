"""Tables in memory, their counters and the clock."""

import copy
import json
import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from .columns import COLUMNS

# GLPI shows local wall time; Brazil has had no daylight saving time since 2019.
LOCAL_ZONE = timezone(timedelta(hours=-3), "America/Sao_Paulo")

# Behaviour of the server that a state may change.
DEFAULT_SETTINGS = {
    "api_enabled": True,
    "login_with_credentials": True,
    "login_with_token": True,
    # API clients: app_token ("" = none asked for) and the network it is accepted from.
    "clients": [{"app_token": "", "network": "0.0.0.0/0"}],
    "user_tokens": {},  # token -> user id
    "passwords": {},  # login -> password
    "oauth_clients": {},  # client id -> secret, of the high-level API
    "list_limit": 15,
    "max_upload_bytes": 2 * 1024 * 1024,
    "max_post_bytes": 8 * 1024 * 1024,
    "utf8mb3": "",  # how a database without four-byte characters takes them: see narrow.py
    "rights_missing": [],  # kinds of items (RequestType, Location, ...) that nobody may touch
    "rights_given": {},  # kind of item -> what any role may do with it besides, as ["delete"]
    "profile_rights": {},  # numbers that getActiveProfile tells; {} for those of the role
    "authorization_lost": False,  # a proxy takes the header Authorization away
    "team_member": "",  # of the high-level API: "refused" or "ignored"
    "utc_offset_hours": -3,  # of GLPI's wall clock, as Last-Modified shows it
    "http_date": "",  # the header Date; "" for that of this machine
    "next_ids": {},  # itemtype -> id of the next row, for rows that the state leaves out
}


def local_now() -> datetime:
    """Return the wall clock of the stand-in."""
    return datetime.now(LOCAL_ZONE)


class Store:
    """All rows by item type and id.

    :param state: ``{itemtype: [row, ...]}`` with an optional key ``settings`` (see
        `DEFAULT_SETTINGS`); a path to such a JSON file works as well.
    :param clock: gives the current time, aware; replaced by tests.
    """

    def __init__(self, state: dict | str | Path, clock: Callable[[], datetime] = local_now):
        if not isinstance(state, dict):
            state = json.loads(Path(state).read_text(encoding="utf-8"))
        self.clock = clock
        self.lock = threading.RLock()
        self._initial = copy.deepcopy(state)
        self.reset()

    def reset(self, other: dict | None = None) -> None:
        """Reset to the state that the store was made from.

        :param other: tables, and settings, that are to be others than in that state
        """
        state = copy.deepcopy(self._initial)
        settings = {**state.get("settings", {}), **(other or {}).get("settings", {})}
        state |= {**(other or {}), "settings": settings}
        self.settings = {**copy.deepcopy(DEFAULT_SETTINGS), **state.pop("settings", {})}
        self.tables: dict[str, dict[int, dict]] = {itemtype: {} for itemtype in COLUMNS}
        self.files: dict[str, bytes] = {}  # sha1 -> bytes
        for itemtype, rows in state.items():
            if itemtype not in COLUMNS:
                raise ValueError(f"unknown kind of item in the state: {itemtype}")
            for row in sorted(rows, key=lambda row: row["id"]):
                self.tables[itemtype][row["id"]] = self._complete(itemtype, row)
        self._next = {itemtype: max(rows, default=0) + 1 for itemtype, rows in self.tables.items()}
        for itemtype, number in self.settings["next_ids"].items():
            self.reserve(itemtype, number - 1)

    @staticmethod
    def _complete(itemtype: str, row: dict) -> dict:
        # A state says what matters; the other columns get the value of a new row. Who can log in
        # has set a password at some time.
        complete = {"id": row["id"], **COLUMNS[itemtype], **row}
        if itemtype == "User":
            complete["password_last_update"] = complete["date_creation"]
        return complete

    def reserve(self, itemtype: str, number: int) -> None:
        """Make the next id of a table greater than `number`."""
        self._next[itemtype] = max(self._next[itemtype], number + 1)

    def next_ids(self) -> dict[str, int]:
        """Return the id that the next row of each table gets."""
        return dict(self._next)

    # -- time ------------------------------------------------------------------------------
    def now(self) -> str:
        """Return local wall time as GLPI writes it, to the second."""
        return self.clock().astimezone(LOCAL_ZONE).strftime("%Y-%m-%d %H:%M:%S")

    def seconds_since(self, moment: str | None) -> int:
        """Return whole seconds from a local wall time until now, never negative."""
        if not moment:
            return 0
        start = datetime.strptime(moment, "%Y-%m-%d %H:%M:%S").replace(tzinfo=LOCAL_ZONE)
        return max(0, int((self.clock() - start).total_seconds()))

    # -- rows ------------------------------------------------------------------------------
    def get(self, itemtype: str, number: int) -> dict | None:
        """Return the row, or None."""
        return self.tables[itemtype].get(number)

    def rows(self, itemtype: str, /, **values) -> list[dict]:
        """Return rows whose columns have the given values, in the order of their ids."""
        rows = self.tables[itemtype].values()  # ids only grow: the order is that of the ids
        if not values:
            return list(rows)
        (column, value), *others = values.items()
        found = [row for row in rows if row[column] == value]
        return [row for row in found if all(row[other] == wanted for other, wanted in others)]

    def insert(self, itemtype: str, values: dict, number: int | None = None) -> dict:
        """Add a row: unknown columns are dropped, missing ones get their default.

        :param number: its id, when it is not to be the next one
        """
        columns = COLUMNS[itemtype]
        number = self._next[itemtype] if number is None else number
        self.reserve(itemtype, number)
        row = {"id": number, **columns}
        row.update({column: value for column, value in values.items() if column in columns})
        now = self.now()
        for column in ("date", "date_mod", "date_creation"):
            if column in columns and row[column] is None and itemtype != "Document_Item":
                row[column] = now
        self.tables[itemtype][number] = row
        return row

    def remove(self, itemtype: str, number: int) -> None:
        """Delete a row for good, and what hangs on it."""
        self.tables[itemtype].pop(number, None)
        for other, row in self._hanging_on(itemtype, number):
            self.remove(other, row["id"])

    def _hanging_on(self, itemtype: str, number: int) -> Iterable[tuple[str, dict]]:
        for other in ("Ticket_User", "Group_Ticket", "ITILFollowup", "ITILSolution"):
            if itemtype == "Ticket":
                yield from ((other, row) for row in self.children(itemtype, number, other))
        if itemtype in ("Ticket", "ITILFollowup", "ITILSolution"):
            links = self.children(itemtype, number, "Document_Item")
            yield from (("Document_Item", row) for row in links)

    def children(self, itemtype: str, number: int, child: str) -> list[dict]:
        """Return the rows of `child` that belong to an item.

        By foreign key or by itemtype and items_id.
        """
        if "items_id" in COLUMNS[child] and (itemtype, child) != ("Document", "Document_Item"):
            return self.rows(child, itemtype=itemtype, items_id=number)
        key = {"Ticket": "tickets_id", "User": "users_id", "Document": "documents_id"}.get(itemtype)
        return self.rows(child, **{key: number}) if key in COLUMNS[child] else []

    # -- names -----------------------------------------------------------------------------
    def name_of(self, itemtype: str, number: int) -> str | None:
        """Return an item's long name (a tree's path, a user's login), None without it."""
        row = self.get(itemtype, number)
        return None if row is None else row.get("completename") or row.get("name")

    def friendly_user(self, number: int) -> str:
        """Return the name of a user for people: surname and first name, else the login."""
        row = self.get("User", number) or {}
        full = " ".join(part for part in (row.get("realname"), row.get("firstname")) if part)
        return full or row.get("name") or ""
