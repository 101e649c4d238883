# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The basic calls of GLPI's high-level API, and its fallback to the legacy one.

What the API of GLPI 11 cannot do (as of v2.3: uploads, files of followups, a requester without
account, searching by requester, answering a solution) the legacy API of the same server does,
when its tokens are known; without them it is refused with kind "unsupported".
"""

from .errors import GlpiCrash, GlpiRefused
from .hlapi_transport import HighLevelTransport
from .interface import GlpiClient
from .legacy import LegacyClient
from .narrow import Width
from .values import integer

PAGE = 200
MAX_PAGES = 500


class HighLevelCalls(GlpiClient):
    """A session with the high-level API and, with tokens, one with the legacy API."""

    def __init__(
        self, url, credentials, app_token="", user_token="", *, zone=None, width=None, **options
    ):
        self._width = width or Width()
        self._transport = HighLevelTransport(url, credentials, **options)
        self._companion = None
        if user_token:
            self._companion = LegacyClient(
                url, app_token, user_token, zone=zone, width=self._width, **options
            )
        self._me = 0

    def close(self):
        """End both sessions."""
        self._transport.close()
        if self._companion:
            self._companion.close()

    @property
    def _legacy(self):
        """Return the legacy client; raise GlpiRefused("unsupported") without tokens for it."""
        if not self._companion:
            raise GlpiRefused("unsupported")
        return self._companion

    def _call(self, method, path, **options):
        return self._transport.call(method, path, **options).data

    def _create(self, path, values):
        """POST and return the id; without one it counts as a crash (look before a retry)."""
        data = self._width.send(lambda fitting: self._call("POST", path, json=fitting), values)
        number = integer(data.get("id")) if isinstance(data, dict) else 0
        if not number:
            raise GlpiCrash("no id")
        return number

    def _item(self, path, item_id):
        """Return a row, whose id is checked. Raises GlpiRefused("not_found")."""
        data = self._call("GET", f"{path}/{int(item_id)}")
        if not isinstance(data, dict) or integer(data.get("id")) != int(item_id):
            raise GlpiCrash(path)
        return data

    def _exists(self, path, item_id):
        try:
            self._item(path, item_id)
        except GlpiRefused as error:
            if error.kind == "not_found":
                return False
            raise
        return True

    def _page(self, path, rsql="", sort="id:asc", start=0):
        """Return the rows of one page.

        GLPI ignores filters that it does not know, so check the rows again.
        """
        params = {"start": start, "limit": PAGE, "sort": sort}
        if rsql:
            params["filter"] = rsql
        data = self._call("GET", path, params=params)
        if not isinstance(data, list):
            raise GlpiCrash(path)
        return [row for row in data if isinstance(row, dict)]

    def _rows(self, path, rsql="", sort="id:asc"):
        """Yield the rows of a collection, page by page."""
        first = None
        for start in range(0, PAGE * MAX_PAGES, PAGE):
            rows = self._page(path, rsql, sort, start)
            if start and rows and rows[0] == first:
                raise GlpiCrash("the same page again")  # never an endless list
            first = rows[0] if rows else None
            yield from rows
            if len(rows) < PAGE:
                return
