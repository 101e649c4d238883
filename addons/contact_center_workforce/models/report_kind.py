# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.contact_center.core.report_kind import (
    AGENT,
    DURATION,
    MOMENT,
    NUMBER,
    SUM,
    Column,
    Kind,
)

from ..workforce import shifts

# Shifts read at a time
BATCH = 500


class ReportKind(models.AbstractModel):
    """Reports of shifts: planned, kept, and the pauses in them (H1, L15, B48)."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _kinds(self):
        """Add the report of shifts."""
        _ = self.env._
        return [
            *super()._kinds(),
            Kind(
                code="shifts",
                name=_("Shifts planned and kept"),
                section=_("Agents"),
                columns=self._shift_columns(),
                source="_shift_rows",
                filters=(AGENT,),
                note=_("Shifts that begin in the period. Coming and going are login and logout."),
                clause="R24, H1",
            ),
        ]

    @api.model
    def _shift_columns(self):
        _ = self.env._
        return (
            Column("person", _("Person"), width=26),
            Column("role", _("Role"), width=14),
            Column("seat", _("Desk"), width=10),
            Column("start", _("Begin"), MOMENT, 19),
            Column("end", _("End"), MOMENT, 19),
            Column("planned", _("Planned time"), DURATION, 12, SUM),
            Column("came", _("Logged in"), MOMENT, 19),
            Column("left", _("Logged out"), MOMENT, 19),
            Column("late", _("Late"), DURATION, 10, SUM),
            Column("presence", _("Presence"), width=16),
            Column("pauses", _("Pauses planned"), NUMBER, 10, SUM),
            Column("given", _("Given"), NUMBER, 10, SUM),
            Column("given_late", _("Given late"), NUMBER, 10, SUM),
            Column("not_given", _("Not given"), NUMBER, 10, SUM),
        )

    @api.model
    def _shift_rows(self, scope):
        """Yield the shifts with who came, when, and which pauses were given."""
        labels = self._agent_labels(scope)
        roles = self._words_of("contact_center.shift", "role")
        presences = self._words_of("contact_center.shift", "presence")
        domain = [("start", ">=", scope.since), ("start", "<", scope.until)]
        if scope.agents is not None:
            domain.append(("user_id", "in", scope.agents))
        if scope.companies is not None:
            domain.append(("user_id.company_ids", "in", scope.companies))
        if scope.queues is not None:
            members = self.env["contact_center.queue"].browse(scope.queues).member_ids
            domain.append(("user_id", "in", members.ids))
        found = self.env["contact_center.shift"].search(domain, order="start, id")
        for offset in range(0, len(found), BATCH):
            for shift in found[offset : offset + BATCH].with_prefetch():
                states = shift.pause_ids.mapped("state")
                yield (
                    labels(shift.user_id.id),
                    roles.get(shift.role, shift.role),
                    shift.seat,
                    self._local(scope, shift.start),
                    self._local(scope, shift.end),
                    (shift.end - shift.start).total_seconds(),
                    self._local(scope, shift.came_at),
                    self._local(scope, shift.left_at),
                    shift.late_minutes * 60,
                    presences.get(shift.presence, ""),
                    len(states),
                    *(states.count(one) for one in (shifts.GIVEN, shifts.GIVEN_LATE)),
                    states.count(shifts.NOT_GIVEN),
                )
            found.invalidate_recordset(flush=False)
