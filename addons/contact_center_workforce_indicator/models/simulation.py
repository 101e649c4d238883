# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import namedtuple

from odoo import models

from odoo.addons.contact_center_indicator import measure
from odoo.addons.contact_center_workforce import workforce

#: A month whose days are all like the simulated one: `Contract` in force, the `measure.Reading`,
#: days that count, [(code, queue id, `measure.Judgement`)], `measure.Settlement`, invoice (or none)
Month = namedtuple("Month", "contract reading counting judged settled invoice")
#: What percents are of where there is no invoice
HUNDRED = measure.rounded(measure.exact(100), 2)


class Simulation(models.Model):
    """What a month of days like the simulated one costs by the contract.

    By the goals, the bands and the reading in force in the month of that day, as a statement would.
    Figures of the contract are read, never written.
    """

    _inherit = "contact_center.simulation"

    def _promised_seconds(self, queue, channel_kind):
        """Return the seconds of the service level's goal on the simulated day."""
        if not self.env["contact_center.contract"]._on(self.day):
            return super()._promised_seconds(queue, channel_kind)
        month = measure.first_of_month(self.day)
        goals = self.env["contact_center.indicator.goal"]._in_force(month)
        goal = measure.goal_on("INS", month, goals.get("INS", ()), queue.id)
        is_call = channel_kind in self.env["contact_center.conversation"]._call_kinds()
        return float(goal.seconds if is_call else goal.text_seconds)

    def _expected_penalty(self, vals, queues):
        """Return the penalties of such a month in money, where the contract has an invoice."""
        if vals["scope"] != "total":
            return super()._expected_penalty(vals, queues)
        month = self._expected_month(queues)
        if month and month.counting and month.invoice:
            return float(month.settled.total)
        return super()._expected_penalty(vals, queues)

    def _expected_penalties(self, kind, queues):
        """Return a line for each indicator that was judged, and their total."""
        month = self._expected_month(queues)
        if not month or not month.counting:
            return super()._expected_penalties(kind, queues)
        lines = [
            (self._judged_in_words(code, queue, judged), _percent_of(judged), "percent")
            for code, queue, judged in month.judged
            if judged.band and (queue is None or judged.fine)
        ]
        _ = self.env._
        ceiling = measure.CEILING
        total = min(month.settled.inside, ceiling)
        lines.append((_("total, with the ceiling of %s %%:", ceiling), float(total), "percent"))
        if month.invoice:
            words = _(
                "of the invoice of %(month)s (%(document)s):",
                month=f"{month.invoice.month:%m/%Y}",
                document=month.invoice.document,
            )
            lines.append((words, float(month.settled.total), "amount"))
        return lines

    def _penalties_in_words(self, found):
        """Say besides what the penalties are of, and what a day does not say."""
        lines = super()._penalties_in_words(found)
        month = self._expected_month(list(found.values())[-1].queues)
        if not month:
            return lines
        _ = self.env._
        if not month.counting:
            return [*lines, _("No penalties: all days of this month are in the contract's grace.")]
        lines.append(
            _(
                "These penalties are what the whole month would cost if all of its days were like "
                "this one; indicators that a day alone does not determine are left out."
            )
        )
        if self.queue_ids:
            lines.append(_("Only the queues of this simulation are counted in them."))
        lines += self._not_judged_in_words(month)
        if month.reading["service_text"] == "reply":
            lines.append(
                _(
                    "A simulated contact is answered when an agent takes it: by the first written "
                    "reply the service level is lower."
                )
            )
        return lines

    # ------------------------------------------------------------
    # The month
    # ------------------------------------------------------------

    def _expected_month(self, queues):
        """Return the `Month` of such days; None if no contract is in force.

        :param queues: {queue id: `workforce.Figures` or `workforce.Expected`}
        """
        self.ensure_one()
        contract = self.env["contact_center.contract"]._on(self.day)
        if not contract:
            return None
        start = measure.first_of_month(self.day)
        calendar = measure.days_of_month(start.year, start.month)
        reading = self.env["contact_center.indicator.version"]._reading_on(start)
        counting = measure.judged_days(calendar, contract.start, reading, contract.grace_days)
        judged = measure.judge_such_days(
            {queue_id: _averages(figures) for queue_id, figures in queues.items()},
            start,
            counting,
            self.env["contact_center.contract.service"]._graces(calendar[-1]),
            self.env["contact_center.indicator.goal"]._in_force(start),
            lambda queue: self._goal_of_handling(start, queue),
            reading,
        )
        # That of the month, or the newest one before it: percents are of an invoice to come
        invoice = contract.invoice_ids.filtered(lambda one: one.month <= start)
        invoice = invoice.sorted(lambda one: (one.month, one.id))[-1:]
        amount = measure.rounded(measure.exact(f"{invoice.amount:.2f}"), 2) if invoice else HUNDRED
        settled = measure.settle(amount, [one.fine for _c, _q, one in judged if one.fine])
        return Month(contract, reading, counting, judged, settled, invoice)

    def _goal_of_handling(self, month, queue_id):
        """Return the goal of the handling time of all queues, or of one."""
        # sudo: contact_center.indicator.month - a goal is no secret
        months = self.env["contact_center.indicator.month"].sudo()
        if queue_id is None:
            return months._handling_goal_in(month)
        return months._handling_goal_in(month, "queue", queue_id)

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _judged_in_words(self, code, queue_id, judged):
        """Return what was judged: "INS 78.00 % (Low):"."""
        months = self.env["contact_center.indicator.month"]
        bands = dict(months._fields["band"]._description_selection(self.env))
        is_seconds = measure.INDICATORS[code].unit == "seconds" and code != "TMA"
        value = self._number(float(judged.compared), 2)
        # sudo: contact_center.queue - figures of all queues go to leaders
        queue = self.env["contact_center.queue"].sudo().browse(queue_id or [])
        parts = [code, queue.name, value, "s" if is_seconds else "%", f"({bands[judged.band]}):"]
        return " ".join(part for part in parts if part)

    def _not_judged_in_words(self, month):
        """Return sentences on the indicators that this day does not determine, and why."""
        _ = self.env._
        lines = []
        for code in measure.BY_AVERAGES:
            unsaid = measure.unsaid(code, month.reading)
            if unsaid:
                why = " ".join(unsaid)
            else:
                whys = {judged.why for its, _queue, judged in month.judged if its == code}
                why = "; ".join(sorted(whys - {""}))
            if why:
                lines.append(_("%(code)s is not judged: %(why)s.", code=code, why=why))
        return lines


def _averages(figures):
    """Return the `measure.Averages` of figures as they were or are expected."""
    values = (
        getattr(figures, name) for name in ("offered", "kept", "wait", "abandoned", "handling")
    )
    return measure.Averages(
        *(value.mean if isinstance(value, workforce.Estimate) else value for value in values)
    )


def _percent_of(judged):
    return float(judged.fine.percent) if judged.fine else 0.0
