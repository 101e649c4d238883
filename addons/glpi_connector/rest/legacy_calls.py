# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The basic calls of GLPI's legacy API: items, collections, the search engine."""

from . import text
from .errors import GlpiCrash, GlpiError, GlpiRefused
from .interface import GlpiClient, ServerClock
from .narrow import ALL, NARROW, UNKNOWN, Width, is_wide, narrowed
from .transport import Transport
from .values import http_date, integer, new_id, rows_in_all, says_more, utc_offset, zone_offset

PAGE = 200
# key of a row that is larger than any legitimate answer: only its id is known
UNREADABLE = "_unreadable"
MAX_PAGES = 500  # 100,000 rows: a catalogue larger than this is a mistake, not a catalogue


class LegacyCalls(GlpiClient):
    """A session with apirest.php. The sibling modules add the calls made over it."""

    def __init__(self, url, app_token, user_token, *, zone=None, width=None, **options):
        """Open no session yet.

        :param zone: tzinfo of GLPI's wall time, None to learn its offset
        :param width: narrow.Width of its database; see Transport for more
        """
        self._zone = zone
        self._me = 0
        self._clock, self._clock_of = None, ""
        self._width = width or Width()
        self._transport = Transport(url, app_token, user_token, **options)

    def close(self):
        """End the session."""
        self._transport.close()

    def _call(self, method, path, **options):
        """Return the JSON value of one call."""
        return self._transport.call(method, path, **options).data

    def _create(self, itemtype, values):
        """POST an item and return its id."""

        def post(fitting):
            return new_id(self._call("POST", itemtype, json={"input": fitting}))

        return self._width.send(post, values)

    def _create_text(self, itemtype, values):
        """Create, and check that a database without emojis did not cut the content there."""
        sent = self._width.fitting(values)
        item_id = self._create(itemtype, sent)
        if self._width.known == UNKNOWN and is_wide(sent.get("content") or ""):
            try:
                self._mend_cut(itemtype, item_id, sent)
            except GlpiError:
                # it exists: a cut text is not worth a failure
                return item_id
        return item_id

    def _mend_cut(self, itemtype, item_id, sent):
        """Check once whether an emoji came through; else write the texts again without any."""
        if is_wide(str(self._item(itemtype, item_id).data.get("content") or "")):
            self._width.learn(ALL)
            return
        self._width.learn(NARROW)
        texts = {name: sent[name] for name in ("name", "content") if name in sent}
        self._update(itemtype, item_id, narrowed(texts))

    def _update(self, itemtype, item_id, values):
        """PUT an item. An answer that does not name it did nothing (GLPI says 200 to that too)."""

        def put(fitting):
            return self._call("PUT", f"{itemtype}/{int(item_id)}", json={"input": fitting})

        data = self._width.send(put, values)
        row = data[0] if isinstance(data, list) and data else None
        if not isinstance(row, dict) or not row.get(str(int(item_id))):
            message = row.get("message") if isinstance(row, dict) else ""
            raise GlpiRefused("update", text.decode(str(message or "")))

    def _delete(self, itemtype, item_id):
        """DELETE an item for good; a missing one is no failure."""
        path = f"{itemtype}/{int(item_id)}"
        try:
            data = self._call("DELETE", path, params={"force_purge": "true"})
        except GlpiRefused as error:
            if error.kind == "not_found":
                return
            raise
        row = data[0] if isinstance(data, list) and data else None
        if not isinstance(row, dict) or not row.get(str(int(item_id))):
            raise GlpiRefused("delete")

    def _item(self, itemtype, item_id, **params):
        """Return the reply with one item's row; anything else counts as a crash."""
        reply = self._transport.call(
            "GET", f"{itemtype}/{int(item_id)}", params={"get_hateoas": "false", **params}
        )
        row = reply.data
        if not isinstance(row, dict) or integer(row.get("id")) != int(item_id):
            raise GlpiCrash(itemtype, reply.status)
        return reply

    def _offset(self, reply):
        """Return the seconds of GLPI's wall time ahead of UTC when this item was changed."""
        date_mod = str(reply.data.get("date_mod") or "")
        if self._zone is not None:
            offset = zone_offset(date_mod, self._zone)
        else:
            offset = utc_offset(date_mod, reply.headers.get("Last-Modified"))
        now = http_date(reply.headers.get("Date"))
        if now and offset is not None and date_mod >= self._clock_of:
            # the latest change shows the present offset best
            self._clock_of, self._clock = date_mod, ServerClock(now, offset)
        return offset

    def _exists(self, itemtype, item_id):
        """Return whether GET finds the item (404: no); a missing right is raised."""
        try:
            row = self._call("GET", f"{itemtype}/{int(item_id)}", params={"get_hateoas": "false"})
        except GlpiRefused as error:
            if error.kind == "not_found":
                return False
            raise
        return isinstance(row, dict) and integer(row.get("id")) == int(item_id)

    def _list(self, path, params=()):
        """Yield the rows of a collection by pages (always with a range: the default is 15)."""
        first, start = None, 0
        for _page in range(MAX_PAGES):
            query = [("range", f"{start}-{start + PAGE - 1}"), ("get_hateoas", "false")]
            try:
                reply = self._transport.call("GET", path, params=[*params, *query])
            except GlpiRefused as error:
                if error.kind == "range":
                    return
                raise
            rows = reply.data
            if not isinstance(rows, list):
                raise GlpiCrash(path, reply.status)
            if start and rows and rows[0] == first:
                raise GlpiCrash("the same page again", reply.status)  # never an endless list
            yield from (row for row in rows if isinstance(row, dict))
            first, start = rows[0] if rows else None, start + len(rows)
            # a server may give less than was asked for: its statement about the rest counts
            more = says_more(reply.headers.get("Content-Range"))
            if not rows or not (len(rows) >= PAGE if more is None else more):
                return

    def _window(self, path, start, count, *, sort="id", skip=frozenset()):
        """Return (rows, total) of one stretch of a collection, the highest `sort` first.

        A row that would make the answer too large is given by its id alone, and so are those whose
        ids are in `skip`: nothing else is requested of them.
        """
        query = {"sort": sort, "order": "DESC", "get_hateoas": "false"}
        if skip:
            return self._around(path, start, count, sort, skip)
        try:
            return self._stretch(path, start, count, query)
        except GlpiRefused as error:
            if error.kind != "answer_size":
                raise
        ids, total = self._stretch(path, start, count, {**query, "only_id": "true"})
        if len(ids) < 2:
            return [{**row, UNREADABLE: True} for row in ids], total
        half = len(ids) // 2
        first, _total = self._window(path, start, half, sort=sort)
        second, _total = self._window(path, start + half, len(ids) - half, sort=sort)
        return first + second, total

    def _around(self, path, start, count, sort, skip):
        """Return the stretch of `_window` in pieces that leave out the rows in `skip`."""
        query = {"sort": sort, "order": "DESC", "get_hateoas": "false"}
        ids, total = self._stretch(path, start, count, {**query, "only_id": "true"})
        rows, begin = [], 0
        for position, row in enumerate([*ids, None]):
            left_out = row is None or integer(row.get("id")) in skip
            if left_out and position > begin:
                rows += self._window(path, start + begin, position - begin, sort=sort)[0]
            if left_out:
                rows += [{**row, UNREADABLE: True}] if row else []
                begin = position + 1
        return rows, total

    def _stretch(self, path, start, count, query):
        """Return (rows, total) of one request; the total by Content-Range, else the count."""
        params = {**query, "range": f"{start}-{start + count - 1}"}
        try:
            reply = self._transport.call("GET", path, params=params)
        except GlpiRefused as error:
            if error.kind == "range":
                return [], start
            raise
        if not isinstance(reply.data, list):
            raise GlpiCrash(path, reply.status)
        rows = [row for row in reply.data if isinstance(row, dict)]
        # a full page that says nothing of the rest is assumed to have a successor
        guess = start + len(rows) + (len(rows) >= count)
        return rows, max(rows_in_all(reply.headers.get("Content-Range")) or guess, len(rows))

    def _search(self, itemtype, criteria, show, sort=None, order="ASC", link="AND"):
        """Yield rows {"option number": value} of the search engine; values are always encoded."""
        for start in range(0, PAGE * MAX_PAGES, PAGE):
            rows, total = self._search_page(
                itemtype, criteria, show, sort=sort, order=order, start=start, link=link
            )
            yield from rows
            if start + len(rows) >= total or not rows:
                return

    def _search_page(
        self,
        itemtype,
        criteria,
        show,
        *,
        sort=None,
        order="ASC",
        start=0,
        link="AND",
        count=PAGE,
        deleted=False,
    ):
        """Return (rows, total) of one page of `count` rows, of those in the bin if `deleted`.

        :param criteria: (option, searchtype, value) triples, joined by `link` ("AND" or "OR")
        """
        params = []
        for index, (option, how, value) in enumerate(criteria):
            prefix = f"criteria[{index}]"
            if index:
                params.append((f"{prefix}[link]", link))
            params += [
                (f"{prefix}[field]", option),
                (f"{prefix}[searchtype]", how),
                (f"{prefix}[value]", value),
            ]
        params += [(f"forcedisplay[{index}]", option) for index, option in enumerate(show)]
        if sort:
            params += [("sort", sort), ("order", order)]
        params.append(("range", f"{start}-{start + count - 1}"))
        if deleted:
            params.append(("is_deleted", 1))
        try:
            data = self._call("GET", f"search/{itemtype}", params=params)
        except GlpiRefused as error:
            if error.kind == "range":
                return [], start
            raise
        if not isinstance(data, dict) or "totalcount" not in data:
            raise GlpiCrash(itemtype)
        rows = data.get("data") or []  # no match: no "data" at all
        return [row for row in rows if isinstance(row, dict)], integer(data["totalcount"])
