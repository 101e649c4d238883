# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The server's version, rights, entities and clock over the legacy API."""

from . import text
from .errors import GlpiRefused
from .interface import Choice, Scope, ServerClock, ServerInfo
from .legacy_calls import LegacyCalls
from .values import http_date, integer

# right of the bridge -> (key of the profile, bits of which one is enough)
_RIGHT_BITS = {
    "ticket_create": ("ticket", 4),
    "ticket_read": ("ticket", 1024 | 1),
    "ticket_update": ("ticket", 2),
    "followup_read": ("followup", 1),
    "followup_private": ("followup", 8192),
    # on all tickets, or on own ones: the bridge wrote the tickets it adds to
    "followup_add": ("followup", 4096 | 4),
    "document_create": ("document", 4),
    "document_read": ("document", 1),
    "category_read": ("itilcategory", 1),
    "location_read": ("location", 1),
    "entity_read": ("entity", 1),
    "group_read": ("group", 1),
    "request_type_read": ("dropdown", 1),
    "user_read": ("user", 1),
}
# collections that a profile may still list without stating the right
_LISTS = {"entity_read": "Entity", "group_read": "Group", "request_type_read": "RequestType"}


class LegacyServer(LegacyCalls):
    """Connection test, scope of the session, clock."""

    def test(self):
        """Log in anew; read profile, version and scope."""
        self._transport.login()
        profile = self._optional("getActiveProfile", "active_profile")
        config = self._optional("getGlpiConfig", "cfg_glpi")
        missing = ()
        if profile:
            missing = tuple(right for right in _RIGHT_BITS if not self._has(profile, right))
        return ServerInfo(
            version=str(config.get("version") or ""),
            profile=text.name(profile.get("name")),
            missing_rights=missing,
            scope=self._scope(profile),
        )

    def _has(self, profile, right):
        """Return whether the profile has the right or, if it is not stated, can list."""
        key, bits = _RIGHT_BITS[right]
        if key in profile or right not in _LISTS:
            return bool(integer(profile.get(key)) & bits)
        try:
            self._call("GET", _LISTS[right], params={"range": "0-0", "get_hateoas": "false"})
        except GlpiRefused as error:
            return error.kind != "right"
        return True

    def _scope(self, profile):
        """Read getMyProfiles, getMyEntities, getActiveEntities and getFullSession."""
        entities = self._optional_rows("getMyEntities", "myentities", is_recursive="true")
        active = self._optional("getActiveEntities", "active_entity")
        session = self._optional("getFullSession", "session")
        return Scope(
            user_id=integer(session.get("glpiID")),
            profile_id=integer(profile.get("id")),
            entity_id=integer(active.get("id")),
            profiles=_choices(self._optional_rows("getMyProfiles", "myprofiles")),
            entities=_choices(entities),
        )

    def server_clock(self):
        """Return the answer's Date header, and the offset of the ticket changed last.

        Makes no request if a ticket was read already.
        """
        if self._clock:
            return self._clock
        params = [("sort", "date_mod"), ("order", "DESC"), ("range", "0-0")]
        reply = self._transport.call(
            "GET", "Ticket", params=[*params, ("only_id", "true"), ("get_hateoas", "false")]
        )
        offset = None
        if isinstance(reply.data, list) and reply.data and isinstance(reply.data[0], dict):
            reply = self._item("Ticket", integer(reply.data[0].get("id")))
            offset = self._offset(reply)
        return ServerClock(http_date(reply.headers.get("Date")), offset)

    def _optional(self, path, key, **params):
        """Return a dict that the API user may not be allowed to read: {} then."""
        value = self._optional_value(path, key, params)
        return value if isinstance(value, dict) else {}

    def _optional_rows(self, path, key, **params):
        """Return a list of dicts that the API user may not be allowed to read: [] then."""
        value = self._optional_value(path, key, params)
        rows = value if isinstance(value, list) else []
        return [row for row in rows if isinstance(row, dict)]

    def _optional_value(self, path, key, params):
        try:
            data = self._call("GET", path, params=params or None)
        except GlpiRefused:
            return None
        return data.get(key) if isinstance(data, dict) else None


def _choices(rows):
    """Return choices sorted by name; entities come encoded in every version of the API."""
    found = [Choice(integer(row.get("id")), text.decode_path(row.get("name"))) for row in rows]
    return tuple(sorted(found, key=lambda choice: choice.name.casefold()))
