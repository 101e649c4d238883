# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading single values of the legacy API: numbers, names and times of any type."""

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from . import text
from .errors import GlpiCrash
from .records import CatalogueItem, UserItem, UserRef

WALL_TIME = "%Y-%m-%d %H:%M:%S"  # GLPI's local time, without a zone
# search options of User
USER_LOGIN, USER_ID, USER_EMAIL, USER_PHONE, USER_ACTIVE, USER_FIRST_NAME = 1, 2, 5, 6, 8, 9
USER_PHONE2, USER_MOBILE, USER_DATE_MOD, USER_REGISTRATION, USER_SURNAME = 10, 11, 19, 22, 34


def integer(value):
    """Return GLPI's number, which may come as a number, a string or null."""
    try:
        return int(value or 0)
    except (TypeError, ValueError):
        return 0


def words(value):
    """Return a search value (a string, a number, null or a list) as decoded strings."""
    values = value if isinstance(value, list) else [value]
    return [text.name(item) for item in values if item not in (None, "")]


def word(value):
    """Return a search value as one string."""
    return " ".join(words(value))


def new_id(data):
    """Return the new id in an answer; none counts as a crash (check before a retry)."""
    found = integer(data.get("id")) if isinstance(data, dict) else 0
    if not found:
        raise GlpiCrash("no id")
    return found


def user_ref(row):
    """Return the UserRef of a row of search/User."""
    emails = words(row.get(str(USER_EMAIL)))
    return UserRef(
        id=integer(row.get(str(USER_ID))),
        login=word(row.get(str(USER_LOGIN))),
        email=emails[0] if emails else "",
        name=_person(row),
    )


def user_item(row):
    """Return the UserItem of a row of search/User."""
    phones = [words(row.get(str(option))) for option in (USER_MOBILE, USER_PHONE, USER_PHONE2)]
    return UserItem(
        id=integer(row.get(str(USER_ID))),
        login=word(row.get(str(USER_LOGIN))),
        name=_person(row),
        emails=tuple(words(row.get(str(USER_EMAIL)))),
        phones=tuple(dict.fromkeys(phone for several in phones for phone in several)),
        registration=word(row.get(str(USER_REGISTRATION))),
        visible=bool(integer(row.get(str(USER_ACTIVE), 1))),
        date_mod=str(row.get(str(USER_DATE_MOD)) or ""),
    )


def _person(row):
    """Return first name and surname, as far as known."""
    parts = (word(row.get(str(USER_FIRST_NAME))), word(row.get(str(USER_SURNAME))))
    return " ".join(filter(None, parts))


def catalogue_item(row, parent_key, visible):
    """Return a row of a tree, or of a list without `parent_key`.

    Names come encoded or decoded.
    """
    name = text.name(row.get("name"))
    return CatalogueItem(
        id=integer(row.get("id")),
        name=name,
        complete_name=text.decode_path(row.get("completename")) or name,
        parent_id=integer(row.get(parent_key)) if parent_key else 0,
        visible=bool(integer(visible)),
        date_mod=str(row.get("date_mod") or ""),
    )


def says_more(content_range):
    """Return whether "0-199/431" says that rows follow, or None.

    A last page is a 206 too.
    """
    match = re.fullmatch(r"\s*\d+-(\d+)/(\d+)\s*", content_range or "")
    return int(match[1]) + 1 < int(match[2]) if match else None


def rows_in_all(content_range):
    """Return the total number of rows in "0-199/431", 0 if it says nothing."""
    match = re.fullmatch(r"\s*\d+-\d+/(\d+)\s*", content_range or "")
    return int(match[1]) if match else 0


def parse_wall_time(value):
    """Return GLPI's wall time, marked as UTC for want of its zone.

    :raises TypeError, ValueError: it is not a time
    """
    return datetime.strptime(value, WALL_TIME).replace(tzinfo=timezone.utc)


def is_wall_time(value):
    """Return whether GLPI's wall time is valid: neither null nor 0000-00-00 00:00:00.

    >>> is_wall_time("2026-11-21 19:41:56"), is_wall_time("0000-00-00 00:00:00")
    (True, False)
    """
    try:
        parse_wall_time(value)
    except (TypeError, ValueError):
        return False
    return True


def utc_offset(date_mod, last_modified):
    """Return GLPI's offset from UTC in seconds.

    By date_mod (local) and Last-Modified (GMT).
    """
    try:
        local = parse_wall_time(date_mod)
        seconds = int((local - parsedate_to_datetime(last_modified)).total_seconds())
    except (TypeError, ValueError):
        return None
    return seconds if abs(seconds) <= 15 * 3600 else None


def zone_offset(date_mod, zone):
    """Return the offset of `zone` from UTC at GLPI's wall time, None if invalid."""
    try:
        local = parse_wall_time(date_mod).replace(tzinfo=zone)
    except (TypeError, ValueError):
        return None
    return int(local.utcoffset().total_seconds())


def http_date(value):
    """Return an HTTP header's date as aware UTC, None when there is none."""
    try:
        return parsedate_to_datetime(value).astimezone(timezone.utc)
    except (TypeError, ValueError):
        return None


def moment(value, offset_seconds):
    """Return GLPI's local time as aware UTC, None if it cannot be known."""
    if offset_seconds is None:
        return None
    try:
        local = parse_wall_time(value)
    except (TypeError, ValueError):
        return None
    return local - timedelta(seconds=offset_seconds)
