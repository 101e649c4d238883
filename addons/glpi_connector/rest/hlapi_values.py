# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading the values of the high-level API: nested items, RFC 3339 times, filters."""

import re
from datetime import datetime, timezone

from . import text
from .records import Actor, CatalogueItem, UserItem, UserRef
from .values import WALL_TIME, integer


def ref(row, name):
    """Return the id of a nested item {"id", "name"} or bare id (older versions), or 0."""
    value = row.get(name)
    return integer(value.get("id")) if isinstance(value, dict) else integer(value)


def parse(value):
    """Return an RFC 3339 time as aware datetime, None if it is invalid."""
    try:
        moment = datetime.fromisoformat(str(value or "").replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def wall_time(value):
    """Return GLPI's local wall time, used as a mark, or ""."""
    moment = parse(value)
    return moment.strftime(WALL_TIME) if moment else ""


def in_utc(value):
    """Return the moment as aware UTC, None without one."""
    moment = parse(value)
    return moment.astimezone(timezone.utc) if moment else None


def offset_seconds(value):
    """Return the seconds of GLPI's wall time ahead of UTC, None without a zone."""
    moment = parse(value)
    return int(moment.utcoffset().total_seconds()) if moment else None


def quoted(value):
    """Return a value for an RSQL filter.

    There is no escape for a quote: it becomes a wildcard.
    """
    return '"' + str(value).replace('"', "*").replace("\\", "*") + '"'


def flag(value):
    """Return a boolean that may come as bool, number or text."""
    return value not in (None, False, 0, "0", "false", "")


_HREF = re.compile(r"/(user|group)\.form\.php\?id=(\d+)")


def actor(row):
    """Return the Actor of a team member, None for suppliers and unknown roles.

    Newer versions say type and id, all of them a link to the member's page.
    """
    role = {"requester": "requester", "assigned": "assigned", "observer": "observer"}.get(
        str(row.get("role"))
    )
    match = _HREF.search(str(row.get("href") or ""))
    kind = str(row.get("type") or (match[1] if match else "")).casefold()
    number = integer(row.get("id")) or (int(match[2]) if match else 0)
    if not role or not number or kind not in ("user", "group"):
        return None
    return Actor(role, user_id=number) if kind == "user" else Actor(role, group_id=number)


def catalogue_item(row, visible=True):
    """Return a row of a tree or list."""
    name = text.name(row.get("name"))
    return CatalogueItem(
        id=integer(row.get("id")),
        name=name,
        complete_name=text.decode_path(row.get("completename")) or name,
        parent_id=ref(row, "parent"),
        visible=visible,
        date_mod=wall_time(row.get("date_mod")),
    )


def emails(row):
    """Return all addresses of a user, the default one first."""
    found = [item for item in row.get("emails") or [] if isinstance(item, dict)]
    found.sort(key=lambda item: not flag(item.get("is_default")))
    return tuple(str(item["email"]) for item in found if item.get("email"))


def phones(row):
    """Return all telephones of a user."""
    values = (str(row.get(name) or "") for name in ("mobile", "phone", "phone2"))
    return tuple(dict.fromkeys(filter(None, values)))


def person(row):
    """Return first name and surname, as far as known."""
    return " ".join(filter(None, map(text.name, (row.get("firstname"), row.get("realname")))))


def is_active(row):
    """Return whether the account may be used."""
    return flag(row.get("is_active", True)) and not flag(row.get("is_deleted"))


def user_ref(row):
    """Return the UserRef of a row."""
    addresses = emails(row)
    return UserRef(
        id=integer(row.get("id")),
        login=str(row.get("username") or ""),
        email=addresses[0] if addresses else "",
        name=person(row),
    )


def user_item(row):
    """Return the UserItem of a row."""
    return UserItem(
        id=integer(row.get("id")),
        login=str(row.get("username") or ""),
        name=person(row),
        emails=emails(row),
        phones=phones(row),
        registration=str(row.get("registration_number") or ""),
        visible=is_active(row),
        date_mod=wall_time(row.get("date_mod")),
    )
