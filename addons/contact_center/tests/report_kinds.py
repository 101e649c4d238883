# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reads reports in tests of the addons that declare them."""

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from ..core.report_kind import Scope, by_code

ZONE = "America/Sao_Paulo"


class ReportKindMixin:
    """For `ContactCenterCase`: rows of a kind of report by its code."""

    def _report_rows(self, code, first, last=None, **limits):
        """Return the rows of a report as [{key of the column: value}].

        :param first, last: days
        :param limits: further values of the `Scope`
        """
        last = last or first
        since, until = (
            datetime.combine(day, time(), ZoneInfo(ZONE))
            .astimezone(timezone.utc)
            .replace(tzinfo=None)
            for day in (first, last + timedelta(days=1))
        )
        kinds = self.env["contact_center.report.kind"].sudo()
        kind = by_code(kinds._kinds())[code]
        if kind.groupings:
            limits.setdefault("grouping", kind.groupings[0][0])
        scope = Scope(since=since, until=until, first=first, last=last, zone=ZONE, **limits)
        keys = [column.key for column in kind.columns]
        return [dict(zip(keys, row, strict=True)) for row in getattr(kinds, kind.source)(scope)]
