# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.contact_center.core.report_kind import AGENT, CHANNEL, QUEUE, Scope
from odoo.addons.contact_center.core.spreadsheets import cell

from ..sheet import Table, periods

START_PARAMETER = "contact_center_report.contract_start"


class ReportKind(models.AbstractModel):
    """Of what a report is made, for whose eyes, and what stands above its rows."""

    _inherit = "contact_center.report.kind"

    @api.model
    def _in_portuguese(self):
        """Return this model in the language of all reports: Brazilian Portuguese if loaded."""
        return self.env["contact_center.background.work"]._in_portuguese().env[self._name]

    @api.model
    def _kind(self, code):
        """Return the `Kind` of a code.

        :raise UserError: no installed addon knows it (any more)
        """
        kind = self._by_code().get(code)
        if not kind:
            raise UserError(
                self.env._("There is no report “%s”: its application is not installed.", code)
            )
        return kind

    # ------------------------------------------------------------
    # For whose eyes
    # ------------------------------------------------------------

    @api.model
    def _check_may_see(self, kind, users):
        """Raise AccessError unless all these users may see a kind of report."""
        for user in users:
            if not user._contact_center_sees_figures():
                raise AccessError(
                    self.env._(
                        "%s may not see reports: only supervisors, managers and the city's people "
                        "do.",
                        user.name,
                    )
                )
            if kind.personal and not user._contact_center_sees_citizens():
                raise AccessError(
                    self.env._(
                        "The report “%(report)s” shows citizens' data, and %(user)s has no right "
                        "to see it.",
                        report=kind.name,
                        user=user.name,
                    )
                )

    @api.model
    def _scope(self, kind, users, first, last, choices):
        """Return the `Scope` of a report that all these users may see.

        :param users: res.users; what one of them may not see is left out, and where one sees
            agents by registration number, the report shows numbers
        :param first, last: days
        :param choices: {"grouping", "queues", "agents", "channel"}: codes and ids; empty: all
        :raise AccessError: one of the users may not see this kind at all
        """
        self._check_may_see(kind, users)
        zone = self.env["contact_center.queue"]._default_queue()._timezone().key
        codes = [code for code, _name in kind.groupings]
        grouping = choices.get("grouping")
        if grouping not in codes:
            grouping = codes[0] if codes else ""
        channel = choices.get("channel")
        return Scope(
            since=periods.midnight(first, zone),
            until=periods.midnight(fields.Date.add(last, days=1), zone),
            first=first,
            last=last,
            zone=zone,
            grouping=grouping,
            queues=self._queues_for(users, choices.get("queues") if QUEUE in kind.filters else ()),
            channels=(channel,) if channel and CHANNEL in kind.filters else None,
            agents=tuple(choices.get("agents") or ()) or None if AGENT in kind.filters else None,
            companies=self._companies_for(users),
            numbers=any(
                self.with_user(user).env["res.users"]._contact_center_sees_numbers()
                for user in users
            ),
        )

    @api.model
    def _queues_for(self, users, chosen):
        """Return the ids of the queues that all these users may count, None: all of them."""
        found = set(chosen) if chosen else None
        for user in users:
            allowed = user._contact_center_figure_queues()
            if allowed is not None:
                found = set(allowed.ids) if found is None else found & set(allowed.ids)
        return None if found is None else tuple(sorted(found))

    @api.model
    def _companies_for(self, users):
        """Return the ids of the companies that all these users may see, None: all of them."""
        conversations = self.env["contact_center.conversation"]
        found = None
        for user in users:
            companies = set(conversations._companies_of(user))
            found = companies if found is None else found & companies
        if found is None or len(found) >= conversations._companies_count():
            return None
        return tuple(sorted(found))

    # ------------------------------------------------------------
    # Periods
    # ------------------------------------------------------------

    @api.model
    def _period_names(self):
        """Return [(code, name)] of the relative periods."""
        _ = self.env._
        return [
            (periods.TODAY, _("Today")),
            (periods.YESTERDAY, _("Yesterday")),
            (periods.THIS_WEEK, _("This week until today")),
            (periods.LAST_WEEK, _("Last week")),
            (periods.THIS_MONTH, _("This month until today")),
            (periods.LAST_MONTH, _("Last month")),
            (periods.LAST_HALF, _("Last half-year")),
            (periods.THIS_YEAR, _("This year until today")),
            (periods.LAST_YEAR, _("Last year")),
            (periods.FROM_START, _("From the start of the contract until yesterday")),
        ]

    @api.model
    def _start(self):
        """Return the day from which cumulative reports count: the contract's start (hook).

        As set, otherwise the day of the first contact.
        """
        # sudo: ir.config_parameter, contact_center.conversation - a date, no secret
        stored = self.env["ir.config_parameter"].sudo().get_param(START_PARAMETER)
        if stored:
            return fields.Date.to_date(stored)
        first = self.env["contact_center.conversation"].sudo().search([], order="id", limit=1)
        queues = self.env["contact_center.queue"]
        return queues._local_time(first.opened_at).date() if first else queues._city_today()

    @api.model
    def _days(self, name, today=None):
        """Return the first and the last day of a relative period.

        :param today: the day from which it is meant, the city's today by default
        """
        today = today or self.env["contact_center.queue"]._city_today()
        return periods.period(name, today, self._start())

    # ------------------------------------------------------------
    # What stands above the rows
    # ------------------------------------------------------------

    @api.model
    def _sheet(self, kind, scope):
        """Return the `sheet.Table` of a report: its title, what it counts, its columns."""
        local = self.env["contact_center.queue"]._local_time()
        made = self.env._("Made on %s", f"{local:%d/%m/%Y %H:%M}")
        lines = [self.env._("Period: %s", self._period_words(scope))]
        lines += self._filter_lines(kind, scope)
        if kind.note:
            lines.append(kind.note)
        return Table(
            title=kind.name,
            columns=kind.columns,
            lines=(*lines, made),
            page=self.env._("Page"),
            total=self.env._("Total"),
            gap=self.env._(
                "Letters that the font does not have stand as a sign; the spreadsheets have them."
            ),
            guard=cell,
        )

    @api.model
    def _filter_lines(self, kind, scope):
        """Return what the rows are limited to, a line for each filter."""
        lines = []
        grouping = dict(kind.groupings).get(scope.grouping)
        if grouping:
            lines.append(self.env._("Divided by: %s", grouping))
        if scope.queues is not None:
            # sudo: contact_center.queue - names of queues whose figures are shown
            queues = self.env["contact_center.queue"].sudo().browse(scope.queues)
            lines.append(self.env._("Queues: %s", ", ".join(queues.mapped("name")) or "–"))
        if scope.channels is not None:
            channels = self._channels()
            names = ", ".join(channels.get(code, code) for code in scope.channels)
            lines.append(self.env._("Channel: %s", names))
        if scope.agents is not None:
            label = self._agent_labels(scope)
            lines.append(self.env._("Agents: %s", ", ".join(map(label, scope.agents))))
        return lines
