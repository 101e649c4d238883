# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import closing

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import sheet
from ..sheet import periods

# Rows on the screen, and rows read for their totals
SHOWN, MOST = 100, 50_000
CELLS = {
    "th": Markup("<th class='%s'>%s</th>"),
    "td": Markup("<td class='%s'>%s</td>"),
}


class ReportView(models.TransientModel):
    """A look at a report: choose it, see its first rows, take it along."""

    _name = "contact_center.report.view"
    _inherit = ["contact_center.report.choice"]
    _description = "Look at a Report"
    _rec_name = "kind"

    period = fields.Selection(
        selection="_period_selection", required=True, default=periods.YESTERDAY
    )
    first = fields.Date(string="From", required=True, default=lambda self: self._usual_days()[0])
    last = fields.Date(string="Until", required=True, default=lambda self: self._usual_days()[1])
    grouping = fields.Selection(default="day")
    preview = fields.Html(readonly=True)

    @api.model
    def _period_selection(self):
        names = self.env["contact_center.report.kind"]._period_names()
        return [*names, (periods.CHOSEN, self.env._("Chosen days"))]

    @api.model
    def _usual_days(self):
        return self.env["contact_center.report.kind"]._days(periods.YESTERDAY)

    @api.depends("kind")
    def _compute_display_name(self):
        names = dict(self._kind_selection())
        for view in self:
            view.display_name = names.get(view.kind, "")

    @api.onchange("period")
    def _onchange_period(self):
        """Show which days are meant."""
        if self.period and self.period != periods.CHOSEN:
            kinds = self.env["contact_center.report.kind"]
            self.first, self.last = kinds._days(self.period)

    @api.onchange("first", "last")
    def _onchange_days(self):
        """Days that were entered are no relative period any more."""
        if not self.period or self.period == periods.CHOSEN:
            return
        days = self.env["contact_center.report.kind"]._days(self.period)
        if (self.first, self.last) != days:
            self.period = periods.CHOSEN

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_show(self):
        """Show the first rows and the totals."""
        self.ensure_one()
        kinds = self.env["contact_center.report.kind"]._in_portuguese()
        kind, scope = self._scope(kinds)
        table = kinds._sheet(kind, scope)
        with closing(kinds._rows(kind, scope)) as rows:
            found = sheet.preview(table, rows, SHOWN, MOST)
        if kind.personal:
            self.env["contact_center.access.logged"]._note_access(
                "listed",
                what=kind.name,
                first=fields.Date.to_string(self.first),
                last=fields.Date.to_string(self.last),
            )
        self.preview = self._html(table, found)

    def action_pdf(self):
        """Take the report along as PDF."""
        return self._export("pdf")

    def action_xlsx(self):
        """Take the report along as xlsx."""
        return self._export("xlsx")

    def action_xls(self):
        """Take the report along as xls."""
        return self._export("xls")

    def action_txt(self):
        """Take the report along as text."""
        return self._export("txt")

    def action_rtf(self):
        """Take the report along as rich text."""
        return self._export("rtf")

    def action_csv(self):
        """Take the report along as csv."""
        return self._export("csv")

    def action_schedule(self):
        """Open a new schedule of this report."""
        self.ensure_one()
        relative = self.period if self.period != periods.CHOSEN else periods.YESTERDAY
        kind = self.env["contact_center.report.kind"]._kind(self.kind)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Schedule a report"),
            "res_model": "contact_center.report.schedule",
            "view_mode": "form",
            "context": {
                "default_name": kind.name,
                "default_kind": self.kind,
                "default_period": relative,
                "default_grouping": self.grouping,
                "default_queue_ids": self.queue_ids.ids,
                "default_agent_ids": self.agent_ids.ids,
                "default_channel": self.channel,
            },
        }

    # ------------------------------------------------------------
    # What they do
    # ------------------------------------------------------------

    def _scope(self, kinds):
        """Return the kind and the scope that were chosen, for the current user."""
        self._check_grouping()
        if self.last < self.first:
            raise UserError(self.env._("The last day is before the first one."))
        kind = kinds._kind(self.kind)
        return kind, kinds._scope(kind, self.env.user, self.first, self.last, self._choices())

    def _export(self, suffix):
        """Issue the report: at once if it is short, otherwise in the background."""
        self.ensure_one()
        self._check_format(suffix)
        kinds = self.env["contact_center.report.kind"]._in_portuguese()
        kind, _scope = self._scope(kinds)
        issue = self.env["contact_center.report.issue"]._new(
            kind, self.first, self.last, self._choices(), [suffix]
        )
        issue.sudo(False)._note_personal("exported")
        if issue._run_at_once():
            return issue.file_ids.action_download()
        issue._run_later()
        return {
            "type": "ir.actions.act_window",
            "name": kind.name,
            "res_model": issue._name,
            "res_id": issue.id,
            "view_mode": "form",
        }

    def _html(self, table, found):
        """Return the beginning of a report as a table for the screen."""
        if not found.rows:
            return Markup("<p class='text-muted'>%s</p>") % self.env._(
                "Nothing to count in this period. Choose other days or fewer filters."
            )
        lines = [Markup("<div class='text-muted small'>%s</div>") % line for line in table.lines]
        head = self._html_row(table, table.headings, "th")
        body = Markup("").join(self._html_row(table, row, "td") for row in found.rows)
        foot = (
            Markup("<tfoot>%s</tfoot>") % self._html_row(table, found.totals, "th")
            if (found.totals)
            else Markup("")
        )
        count = sheet.words("number", found.count)
        said = self.env._("%s rows.", count)
        if len(found.rows) < found.count or not found.whole:
            said = self.env._("The first %s rows; the files have all of them.", len(found.rows))
        return Markup(
            "<h3>%s</h3>%s<p class='small'>%s</p><div class='table-responsive'>"
            "<table class='table table-sm table-striped o_contact_center_report'>"
            "<thead>%s</thead><tbody>%s</tbody>%s</table></div>"
        ) % (table.title, Markup("").join(lines), said, head, body, foot)

    def _html_row(self, table, cells, tag):
        """Return a row of the table; figures stand on the right."""
        parts = []
        for kind, text in zip(table.kinds, cells, strict=True):
            side = "" if kind == "text" else "text-end text-nowrap"
            parts.append(CELLS[tag] % (side, text))
        return Markup("<tr>%s</tr>") % Markup("").join(parts)
