"""Reading single values of the legacy API: numbers, names, times, whatever type they come in."""

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from . import text
from .errors import GlpiCrash
from .interface import CatalogueItem, UserRef

WALL_TIME = "%Y-%m-%d %H:%M:%S"  # GLPI's local time, without a zone
# search options of User
USER_ID, USER_EMAIL, USER_PHONE, USER_ACTIVE, USER_MOBILE = 2, 5, 6, 8, 11


def integer(value):
    """GLPI's numbers come as numbers, strings or null."""
    try:
        return int(value or 0)
    except (TypeError, ValueError):
        return 0


def words(value):
    """A search value as a list of decoded strings (it may be a string, a number, null, a list)."""
    values = value if isinstance(value, list) else [value]
    return [text.decode(str(item)) for item in values if item not in (None, "")]


def word(value):
    """A search value as one string."""
    return " ".join(words(value))


def new_id(data):
    """The id of a creation's answer; without one it counts as a crash (look before a retry)."""
    found = integer(data.get("id")) if isinstance(data, dict) else 0
    if not found:
        raise GlpiCrash("no id")
    return found


def only_user(rows):
    """The one active account of the rows; with several, nobody (better none than a wrong one)."""
    rows = [row for row in rows if integer(row.get(str(USER_ACTIVE), 1))]
    if len(rows) != 1:
        return None
    row = rows[0]
    emails = words(row.get(str(USER_EMAIL)))
    return UserRef(integer(row.get(str(USER_ID))), word(row.get("1")), emails[0] if emails else "")


def catalogue_item(row, parent_key, visible):
    """A row of a tree; names come decoded or not, depending on the version."""
    name = text.decode(str(row.get("name") or ""))
    # the path's own " > " is bare although the names in it are encoded: decode level by level
    path = str(row.get("completename") or name).split(" > ")
    return CatalogueItem(
        id=integer(row.get("id")),
        name=name,
        complete_name=" > ".join(text.decode(level) for level in path),
        parent_id=integer(row.get(parent_key)),
        visible=bool(integer(visible)),
    )


def is_last_page(content_range, start):
    """Whether "0-199/431" says that nothing follows (the last page is a 206 as well)."""
    match = re.fullmatch(r"\s*(\d+)-(\d+)/(\d+)\s*", content_range or "")
    return bool(match) and int(match[2]) + 1 >= int(match[3]) and int(match[1]) >= start


def parse_wall_time(value):
    """GLPI's wall time, marked as UTC for want of its zone. Raises TypeError, ValueError."""
    return datetime.strptime(value, WALL_TIME).replace(tzinfo=timezone.utc)


def utc_offset(date_mod, last_modified):
    """Seconds of GLPI's wall time ahead of UTC, from date_mod (local) and Last-Modified (GMT)."""
    try:
        local = parse_wall_time(date_mod)
        seconds = int((local - parsedate_to_datetime(last_modified)).total_seconds())
    except (TypeError, ValueError):
        return None
    return seconds if abs(seconds) <= 15 * 3600 else None


def moment(value, offset_seconds):
    """GLPI's local time as aware UTC, None when it cannot be known."""
    if offset_seconds is None:
        return None
    try:
        local = parse_wall_time(value)
    except (TypeError, ValueError):
        return None
    return local - timedelta(seconds=offset_seconds)
