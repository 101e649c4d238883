# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import measure
from .decided import CITY, CONTRACTOR
from .occurrence import COUNTED


class Statement(models.Model):
    """What a month comes to: indicators, bands, penalties and the ceiling.

    All of it is on the month's invoice. It is worked out when one party asks for approval, and
    kept as it was when the other approves: figures, goals and readings that it was made of are
    written into its lines.
    """

    _name = "contact_center.indicator.statement"
    _inherit = ["contact_center.indicator.decided"]
    _description = "Statement of a Month"
    _order = "start desc, id desc"
    _rec_name = "start"

    start = fields.Date(string="Month", help="Its first day.")
    contract_id = fields.Many2one(
        "contact_center.contract",
        compute="_compute_contract_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        index=True,
        ondelete="restrict",
        domain=[("state", "=", "approved")],
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    document = fields.Char(
        string="Invoice", required=False, readonly=True, copy=False, help="Its number."
    )
    invoice = fields.Float(
        string="Amount of the invoice",
        readonly=True,
        copy=False,
        digits=(16, 2),
        help="That of the contract, as it was when the month was worked out.",
    )
    line_ids = fields.One2many(
        "contact_center.indicator.statement.line", "statement_id", readonly=True
    )
    reason_ids = fields.One2many(
        "contact_center.indicator.statement.reason", "statement_id", string="What was not met"
    )
    reading = fields.Json(readonly=True, copy=False)
    inside = fields.Char(
        string="Under the ceiling (%)", readonly=True, copy=False, help="Before it is applied."
    )
    ceiling = fields.Float(
        string="Ceiling of 20 %", readonly=True, copy=False, digits=(16, 2), aggregator=None
    )
    cut = fields.Float(
        string="Not charged", readonly=True, copy=False, digits=(16, 2), help="By the ceiling."
    )
    total = fields.Float(string="Penalties", readonly=True, copy=False, digits=(16, 2))

    _month_unique = models.UniqueIndex(
        "(contract_id, start) WHERE state = 'approved'", "This month has a statement already."
    )

    @api.depends("start")
    def _compute_contract_id(self):
        for statement in self:
            if statement.start:
                last = measure.days_of_month(statement.start.year, statement.start.month)[-1]
                statement.contract_id = self.env["contact_center.contract"]._on(last).id

    @api.constrains("start")
    def _check_start(self):
        for statement in self:
            if statement.start.day != 1:
                raise ValidationError(self.env._("A month is given by its first day."))

    # ------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------

    def action_work_out(self):
        """Work the draft out, so that the contractor can say why something was not met."""
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        self._check_may_begin()
        self._work_out()
        return True

    def action_request(self):
        """Work it out and ask the other party for approval.

        :raise UserError: something was not met, and nobody said why
        """
        self.action_work_out()
        silent = self.reason_ids.filtered(lambda one: not (one.text or "").strip())
        if silent:
            raise UserError(
                self.env._(
                    "Work the month out and say first why this was not met: %s",
                    ", ".join(silent.mapped("code")),
                )
            )
        return super().action_request()

    def action_withdraw(self):
        """Make it a draft without figures again."""
        result = super().action_withdraw()
        # sudo: contact_center.indicator.statement.line - worked out again when it is asked for
        self.sudo().line_ids.unlink()
        self._settle(
            document=False, invoice=0, reading=False, inside=False, ceiling=0, cut=0, total=0
        )
        return result

    def _check_may_begin(self):
        """Raise UserError unless all days of the month were closed."""
        month = measure.days_of_month(self.start.year, self.start.month)
        # sudo: contact_center.indicator.seal - whether a day was closed is no secret
        closed = set(
            self.env["contact_center.indicator.seal"]
            .sudo()
            .search([("revision", "=", 0), ("day", "in", month)])
            .mapped("day")
        )
        missing = [fields.Date.to_string(day) for day in month if day not in closed]
        if missing:
            raise UserError(
                self.env._("Not all days of the month were closed: %s", ", ".join(missing))
            )

    # ------------------------------------------------------------
    # Working it out
    # ------------------------------------------------------------

    def _work_out(self):
        """Write the lines and the sums of the month."""
        reading = self.env["contact_center.indicator.version"]._reading_on(self.start)
        fines, lines = self._judged(reading)
        invoiced = self._invoice_of_month()
        invoice = measure.rounded(measure.exact(f"{invoiced.amount:.2f}"), 2)
        settled = measure.settle(invoice, fines)
        lines += [self._fine_line(fine, amount) for fine, amount in settled.lines]
        lines += [{**line, "kind": "measured"} for line in self._measured()]
        # sudo: contact_center.indicator.statement.line - written by the system only
        statement_lines = self.sudo().line_ids
        statement_lines.unlink()
        statement_lines.create(
            [
                {**line, "statement_id": self.id, "sequence": number}
                for number, line in enumerate(lines)
            ]
        )
        self._keep_reasons()
        self._settle(
            document=invoiced.document,
            invoice=invoiced.amount,
            reading=reading.as_dict(),
            inside=measure.shown(settled.inside),
            ceiling=float(settled.ceiling),
            cut=float(settled.cut),
            total=float(settled.total),
        )

    def _keep_reasons(self):
        """Have a row for each thing that was not met; what was said of it already stays."""
        missed = {}
        # sudo: contact_center.indicator.statement.line - worked out just now
        for line in self.sudo().line_ids:
            is_missed = line.kind == "fine" or line.band in measure.PERCENTS
            if is_missed and line.kind != "measured":
                missed.setdefault(line.code, line.words)
        # sudo: contact_center.indicator.statement.reason - its rows are made by the system
        reasons = self.sudo().reason_ids
        reasons.filtered(lambda one: one.code not in missed).unlink()
        known = set(reasons.exists().mapped("code"))
        reasons.create(
            [
                {"statement_id": self.id, "code": code, "words": words}
                for code, words in missed.items()
                if code not in known
            ]
        )

    def _invoice_of_month(self):
        """Return the contract's invoice of this month.

        :raise UserError: there is none yet
        """
        invoiced = self.contract_id._invoice_of(self.start)
        if not invoiced:
            raise UserError(
                self.env._(
                    "The contract has no invoice for this month yet: add it to the contract first."
                )
            )
        return invoiced

    def _measured(self):
        """Return what was measured in this month, to be printed on its statement (hook).

        Each is a dict of `words`, and where known of `value` (how much, in words), `amount` (money)
        and `why`. The sum is no part of the penalties.
        """
        return []

    def _judged(self, reading):
        """Return the month's fines and the lines of its indicators."""
        months = self.env["contact_center.indicator.month"]
        counting, _services = months._counting_days(self.start, reading)
        confirmed = self.env["contact_center.indicator.occurrence"]._confirmed(counting)
        fines, lines, missed, seen = [], [], {}, set()
        per_queue = reading["fine_scope"] == "queue"
        found = months.search([("month", "=", self.start)], order="id")
        for one, days, figure, goal, judged in found._judgements(self.start):
            indicator = measure.INDICATORS[one.definition_id.code]
            overall = one.scope == "overall"
            if overall and indicator.code not in COUNTED.values():
                seen.add(indicator.code)
                lines.append(self._line(indicator, figure, goal, judged))
            if overall and indicator.fined == measure.BY_DAY:
                missed[indicator.code] = len(measure.missed_days(indicator, days, goal.bands.goal))
            elif judged.fine and overall != per_queue:
                fines.append(judged.fine)
        counted, more = self._counted(confirmed, reading)
        fines += measure.daily_fines(missed, reading) + counted
        fines += measure.occurrence_fines(confirmed._fined_as(reading), reading)
        return fines, lines + more + self._without_data(seen)

    def _counted(self, confirmed, reading):
        """Return fines and lines of confirmed news and complaints."""
        fines, lines = [], []
        goals = self.env["contact_center.indicator.goal"]._in_force(self.start)
        for kind, code in COUNTED.items():
            number = len(confirmed.filtered(lambda one, kind=kind: one.kind == kind))
            indicator = measure.INDICATORS[code]
            tallies = {self.start: measure.Tally(number, 1)}
            figure = measure.month_figure(indicator, tallies, reading=reading)
            goal = measure.goal_on(code, self.start, goals.get(code, ()))
            judged = measure.judge(indicator, figure, goal, reading)
            fines += [judged.fine] if judged.fine else []
            lines.append(self._line(indicator, figure, goal, judged))
        return fines, lines

    def _without_data(self, seen):
        """Return lines of the contract's indicators of which the month has no figure."""
        nothing = measure.Figure(None, None, None, 0, measure.NOTHING)
        missing = [
            code for code in measure.FOURTEEN if code not in seen and code not in COUNTED.values()
        ]
        judged = measure.Judgement(None, "", why="sem dados no mês")
        return [self._line(measure.INDICATORS[code], nothing, None, judged) for code in missing]

    def _line(self, indicator, figure, goal, judged):
        """Return the values of an indicator's line."""
        percent = judged.fine.percent if judged.fine else None
        return {
            "kind": "indicator",
            "code": indicator.code,
            "words": f"{indicator.title}: {indicator.words}",
            "goal": measure.shown(goal.bands.goal) if goal else "-",
            "mean": measure.shown(figure.mean),
            "ratio": measure.shown(figure.total),
            "value": measure.shown(
                judged.compared if judged.compared is not None else figure.billed
            ),
            "band": judged.band if judged.band in measure.BANDS else False,
            "percent": measure.shown(percent) if percent else "",
            "why": judged.why,
        }

    def _fine_line(self, fine, amount):
        """Return the values of a penalty's line."""
        return {
            "kind": "fine",
            "code": fine.code,
            "queue_id": fine.queue,
            "words": self._fine_words(fine),
            "percent": measure.shown(fine.percent),
            "amount": float(amount),
            "outside": not fine.inside,
        }

    def _fine_words(self, fine):
        """Return in Portuguese what is fined: the statement is the contract's."""
        if fine.kind == "band":
            words = f"{fine.code}: faixa {measure.BANDS[fine.detail]}"
            queue = self.env["contact_center.queue"].browse(fine.queue or [])
            return f"{words}, fila {queue.name}" if queue else words
        if fine.kind == "day":
            return f"{fine.code}: {fine.detail} dia(s) acima da meta"
        clock = measure.CLOCKS.get(fine.code)
        what = clock.words if clock else "outra obrigação"
        if not clock and fine.code != measure.DUTY:
            what = f"{what} ({fine.code})"
        return f"{what}: {fine.detail} ocorrência(s)"

    def _reading_words(self):
        """Return the questions of the contract with the answers by which this was worked out."""
        reading = measure.Reading(self.reading or {})
        return [
            (switch.number, switch.question, switch.answers[reading[key]])
            for key, switch in measure.SWITCHES.items()
        ]

    def _signers(self):
        """Return the names of those who asked and approved, by party: to be printed."""
        self.ensure_one()
        # sudo: res.users - names on a document for both parties
        one = self.sudo()
        names = {one.requested_for: one.requested_by_id.name}
        if one.state == "approved":
            names[one.decided_for] = one.decided_by_id.name
        return {party: names.get(party, "") for party in (CITY, CONTRACTOR)}
