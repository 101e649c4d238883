# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""People and catalogues over the legacy API."""

from datetime import timedelta

from . import text
from .legacy_calls import LegacyCalls
from .values import (
    USER_ACTIVE,
    USER_DATE_MOD,
    USER_EMAIL,
    USER_FIRST_NAME,
    USER_ID,
    USER_LOGIN,
    USER_MOBILE,
    USER_PHONE,
    USER_PHONE2,
    USER_REGISTRATION,
    USER_SURNAME,
    WALL_TIME,
    catalogue_item,
    integer,
    parse_wall_time,
    user_item,
    user_ref,
    words,
)

_REF = (USER_ID, USER_EMAIL, USER_PHONE, USER_ACTIVE, USER_MOBILE, USER_FIRST_NAME, USER_SURNAME)
_PHONES = (USER_MOBILE, USER_PHONE, USER_PHONE2)
_WHOLE = (*_REF, USER_LOGIN, USER_PHONE2, USER_REGISTRATION, USER_DATE_MOD)


class LegacyCatalogues(LegacyCalls):
    """GlpiClient's people and catalogues; the methods are documented there."""

    def find_users(self, email="", phone="", registration=""):
        """Search by e-mail (5), registration (22), else mobile and phones (11, 6, 10)."""
        if email:
            return self._users_with(USER_EMAIL, email)
        if registration:
            return self._users_with(USER_REGISTRATION, registration)
        tail = text.digits(phone)[-4:]
        if len(tail) < 4:
            return []
        # numbers are free text there ("+55 11 91234-5678"): compare digits on this side
        criteria = [(option, "contains", tail) for option in _PHONES]
        rows = self._search("User", criteria, show=(*_REF, USER_PHONE2), sort=USER_ID, link="OR")
        return _active(
            row
            for row in rows
            if any(
                text.same_phone(value, phone)
                for option in _PHONES
                for value in words(row.get(str(option)))
            )
        )

    def _users_with(self, option, value):
        """Return active accounts with exactly this value (ignoring case)."""
        # ^...$ anchors an exact match; LIKE wildcards in the value are checked again below
        rows = self._search("User", [(option, "contains", f"^{value}$")], show=(*_REF, option))
        wanted = value.casefold()
        return _active(
            row for row in rows if wanted in map(str.casefold, words(row.get(str(option))))
        )

    # ------------------------------------------------------------------ catalogues
    def categories(self, since=""):
        """List the collection ITILCategory."""
        for row in self._changed("ITILCategory", since):
            yield catalogue_item(row, "itilcategories_id", row.get("is_helpdeskvisible", 1))

    def locations(self, since=""):
        """List the collection Location."""
        for row in self._changed("Location", since):
            yield catalogue_item(row, "locations_id", 1)

    def entities(self, since=""):
        """List the collection Entity."""
        for row in self._changed("Entity", since):
            yield catalogue_item(row, "entities_id", 1)

    def groups(self, since=""):
        """List the collection Group."""
        for row in self._changed("Group", since):
            yield catalogue_item(row, "groups_id", 1)

    def request_types(self, since=""):
        """List the collection RequestType."""
        for row in self._changed("RequestType", since):
            yield catalogue_item(row, "", row.get("is_active", 1))

    def users(self, since=""):
        """Search User: the collection has no e-mail addresses."""
        criteria = []
        if since:
            after = (parse_wall_time(since) - timedelta(seconds=1)).strftime(WALL_TIME)
            criteria = [(USER_DATE_MOD, "morethan", after)]
        for row in self._search("User", criteria, show=_WHOLE, sort=USER_ID):
            yield user_item(row)

    def _changed(self, itemtype, since):
        """Yield the rows of a collection; with `since` the latest changes first, down to it.

        Rows that change while we read move to the front, so nothing is skipped.
        """
        if not since:
            yield from self._list(itemtype)
            return
        for row in self._list(itemtype, [("sort", "date_mod"), ("order", "DESC")]):
            if str(row.get("date_mod") or "") < since:
                return
            yield row

    def has_category(self, category_id):
        """GET ITILCategory."""
        return self._exists("ITILCategory", category_id)

    def has_location(self, location_id):
        """GET Location."""
        return self._exists("Location", location_id)


def _active(rows):
    """Return the UserRefs of the active rows, in the order of their ids."""
    found = [user_ref(row) for row in rows if integer(row.get(str(USER_ACTIVE), 1))]
    return sorted(found, key=lambda user: user.id)
