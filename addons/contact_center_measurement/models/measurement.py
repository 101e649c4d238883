# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from fractions import Fraction

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.contact_center_indicator.models.decided import CITY

from .. import measurement as core
from .price import STATES, decimal_of


class Measurement(models.Model):
    """What a month costs, item by item, down to the rows behind each quantity.

    The contractor proposes it after the end of the month; the city's inspector releases it, and by
    that authorises the invoice (TR 20.15). From then on it stays as it is, with its prices, terms
    and a hash; counting its days again lists differences and changes nothing.
    """

    _name = "contact_center.measurement"
    _inherit = ["contact_center.indicator.decided"]
    _description = "Measurement of a Month"
    _order = "start desc, id desc"
    _rec_name = "start"

    state = fields.Selection(STATES)
    start = fields.Date(string="Month", help="Its first day.", default=lambda self: self._last())
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
    document = fields.Char(string="Number", help="Under which both parties file it.")
    line_ids = fields.One2many("contact_center.measurement.line", "measurement_id", readonly=True)
    total = fields.Float(readonly=True, copy=False, digits=(16, 2))
    terms = fields.Json(readonly=True, copy=False)
    hash = fields.Char(readonly=True, copy=False, help="Over all that this measurement says.")
    remarks = fields.Text(string="Remarks of the contractor")
    release_remarks = fields.Text(string="Remarks of the city", readonly=True, copy=False)
    performance = fields.Json(
        readonly=True, copy=False, help="Indicators and occurrences, as proposed."
    )
    difference_ids = fields.One2many(
        "contact_center.measurement.difference", "measurement_id", readonly=True
    )
    recounted_at = fields.Datetime(string="Counted again at", readonly=True, copy=False)

    _month_unique = models.UniqueIndex(
        "(contract_id, start) WHERE state = 'approved'", "This month was released already."
    )

    @api.model
    def _last(self):
        """Return the first day of last month."""
        today = self.env["contact_center.indicator.source"]._today()
        return fields.Date.subtract(today.replace(day=1), months=1)

    @api.depends("start")
    def _compute_contract_id(self):
        for one in self:
            if one.start:
                last = core.days_of_month(one.start.year, one.start.month)[-1]
                one.contract_id = self.env["contact_center.contract"]._on(last).id

    @api.depends("start", "document")
    def _compute_display_name(self):
        for one in self:
            month = one.start and one.start.strftime("%m/%Y")
            one.display_name = " · ".join(filter(None, (month, one.document)))

    @api.constrains("start")
    def _check_start(self):
        if any(one.start.day != 1 for one in self):
            raise ValidationError(self.env._("A month is given by its first day."))

    # ------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------

    def _deciding_party(self):
        """Return the city: its inspector releases what the contractor proposes."""
        return CITY

    def action_request(self):
        """Measure the month and propose it to the inspector."""
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        if self._party(self.env.user) == CITY:
            raise AccessError(self.env._("The contractor proposes the measurement."))
        self._check_may_begin()
        self._work_out()
        return super().action_request()

    def action_withdraw(self):
        """Make it a draft without figures again."""
        result = super().action_withdraw()
        # sudo: contact_center.measurement.line - worked out again when it is proposed
        self.sudo().line_ids.unlink()
        self._settle(total=0, hash=False, terms=False, performance=False)
        return result

    def action_approve(self):
        """Release it: nobody changes it any more, and the month may be invoiced."""
        self.ensure_one()
        if self._hash_now() != self.hash:
            raise UserError(
                self.env._("Its lines were changed since it was proposed: refuse this one.")
            )
        return super().action_approve()

    def action_open_release(self):
        """Open the dialog in which the inspector releases or refuses it."""
        self.ensure_one()
        self._check_may_decide()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Release the measurement"),
            "res_model": "contact_center.measurement.release",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_measurement_id": self.id},
        }

    def _decided_with(self, remarks, released):
        """Release or refuse it with the city's remarks."""
        self.ensure_one()
        result = self.action_approve() if released else self.action_refuse()
        self._settle(release_remarks=remarks)
        return result

    def _check_may_begin(self):
        """Raise UserError unless the month is over and was not released."""
        month = core.days_of_month(self.start.year, self.start.month)
        if month[-1] >= self.env["contact_center.indicator.source"]._today():
            raise UserError(self.env._("A month is measured after its last day."))
        if self._released(self.start, self.contract_id):
            raise UserError(self.env._("This month was released already."))

    @api.model
    def _released(self, month, contract):
        """Return the released measurement of a month (sudo), empty if there is none."""
        # sudo: contact_center.measurement - the callers check who may know
        return self.sudo().search(
            [
                ("state", "=", "approved"),
                ("start", "=", month),
                ("contract_id", "=", contract.id),
            ],
            limit=1,
        )

    @api.model
    def _check_not_released(self, start):
        """Raise UserError if a month from `start` on was released: it would have to change."""
        # sudo: contact_center.measurement - months that were released are no secret
        last = self.sudo().search(
            [("state", "=", "approved"), ("start", ">=", start)], order="start desc", limit=1
        )
        if last:
            raise UserError(
                self.env._(
                    "The month of %s was released already: begin in a later one.",
                    last.start.strftime("%m/%Y"),
                )
            )

    # ------------------------------------------------------------
    # Working it out
    # ------------------------------------------------------------

    def _work_out(self):
        """Write lines, total, terms and hash."""
        days = core.days_of_month(self.start.year, self.start.month)
        # Counted again before it is proposed: contacts that were under way in the night after their
        # day have ended, and assignments that came late are there.
        # sudo: contact_center.measurement.day - written by the system only
        counts = self.env["contact_center.measurement.day"].sudo()
        counts._recount(days)
        rows = counts._newest(days)
        terms = self.env["contact_center.measurement.terms"]._on(self.start)
        prices = self.env["contact_center.measurement.price"]._in_force(self.start)
        lines = []
        for sequence, item in enumerate(core.ITEMS):
            price = core.price_on(item, self.start, prices)
            found = self._measured(item, rows.filtered(lambda row, i=item: row.item == i), terms)
            lines.append({**found, **self._priced(found, price), "sequence": sequence})
        if not any(line["price_id"] for line in lines):
            raise UserError(
                self.env._("No unit price holds in this month: enter the contract's prices first.")
            )
        # sudo: contact_center.measurement.line - written by the system only
        self.sudo().line_ids.unlink()
        self.sudo().line_ids.create([{**line, "measurement_id": self.id} for line in lines])
        total = core.total_of(decimal_of(line["amount"], core.CENTS) for line in lines)
        self._settle(total=float(total), terms=terms.as_dict(), performance=self._performance_now())
        self._settle(hash=self._hash_now())

    def _measured(self, item, rows, terms):
        """Return the values of an item's line without money."""
        days = core.days_of_month(self.start.year, self.start.month)
        what = core.ITEMS[item]
        vals = {"item": item, "words": f"{what.title}: {what.words}", "unit": what.unit}
        if item == "HDE":
            orders = self.env["contact_center.service.order"]._accepted_in(days)
            quantity = sum((Fraction(decimal_of(one.accepted_hours)) for one in orders), Fraction())
            approved = sum(orders.mapped("approved_hours"))
            vals.update(order_ids=[Command.set(orders.ids)], ordered=approved, note="")
        else:
            basis = terms.basis if item in core.LOGGED else core.DAY
            by_day = {row.day: Fraction(row.counted, row.position_load or 1) for row in rows}
            quantity = core.month_quantity(by_day, days, basis)
            ordered = self._ordered(item, days, basis)
            vals.update(
                day_ids=[Command.set(rows.ids)], ordered=ordered, note=self._note(item, rows)
            )
        return {**vals, "quantity": float(core.rounded(quantity))}

    def _ordered(self, item, days, basis):
        """Return how much is ordered: of positions as they are paid, else at the month's end."""
        orders = self.env["contact_center.service.order"]._orders()
        if item not in core.LOGGED:
            return float(core.rounded(core.ordered_on(item, days[-1], orders)))
        by_day = {day: core.ordered_on(item, day, orders) for day in days}
        return float(core.rounded(core.month_quantity(by_day, days, basis)))

    def _note(self, item, rows):
        """Return in Portuguese what a reader of the paper has to know of a line."""
        if not rows:
            return "nenhum módulo instalado conta este item"
        left_out = sum(rows.mapped("left_out"))
        if item in core.LOGGED:
            hours = core.shown(Fraction(left_out, core.HOUR_US))
            found = [f"tempo logado que não conta: {hours} h"] if left_out else []
            return "; ".join(found + (self._unassigned_note(rows) if item == "HL6" else []))
        return f"não contados: {left_out}" if left_out else ""

    def _unassigned_note(self, rows):
        """Return in Portuguese how much time nobody pays, for want of an assignment: [words]."""
        source = self.env["contact_center.measurement.source"]
        people = [one for row in rows for one in source._unassigned(row.day)]
        if not people:
            return []
        hours = core.shown(Fraction(sum(one.counted for one in people), core.HOUR_US))
        number = len({one.user for one in people})
        return [f"sem lotação, não medido: {hours} h de {number} pessoa(s)"]

    def _priced(self, found, price):
        """Return price and amount of a line; nothing is paid without a price."""
        if not price:
            note = "; ".join(filter(None, ("sem preço unitário no mês", found["note"])))
            return {"price_id": False, "price": 0, "amount": 0, "note": note}
        amount = core.amount_of(decimal_of(found["quantity"]), price.price)
        return {
            "price_id": price.reference,
            "price": float(price.price),
            "amount": float(amount),
        }

    # ------------------------------------------------------------
    # Frozen
    # ------------------------------------------------------------

    def _hash_now(self):
        """Return the hash of what this measurement says now, down to its days."""
        self.ensure_one()
        # sudo: contact_center.measurement.day, contact_center.service.order - hashed only
        lines = [
            {
                "item": line.item,
                "quantity": str(decimal_of(line.quantity)),
                "price": str(decimal_of(line.price)),
                "amount": str(decimal_of(line.amount, core.CENTS)),
                "days": [row._sealed_now() for row in line.day_ids.sorted("day")],
                "orders": [
                    [one.number, str(decimal_of(one.accepted_hours))]
                    for one in line.order_ids.sorted("id")
                ],
            }
            for line in self.sudo().line_ids.sorted("sequence")
        ]
        return core.hash_of(
            {
                "month": fields.Date.to_string(self.start),
                "total": str(decimal_of(self.total, core.CENTS)),
                "terms": self.terms or {},
                "performance": self.performance or {},
                "lines": lines,
            }
        )

    def action_verify(self):
        """Say whether the measurement still is what was proposed, down to its days."""
        self.ensure_one()
        self.check_access("read")
        holds = bool(self.hash) and self._hash_now() == self.hash
        words = (
            self.env._("Nothing was changed: lines, days and agents' times are those proposed.")
            if holds
            else self.env._("It was changed past the application: the hash does not match.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if holds else "danger",
                "message": words,
                "sticky": not holds,
            },
        }

    def action_recount(self):
        """Count the days of this month again and list what differs; nothing is changed."""
        self.ensure_one()
        self.check_access("read")
        if self.state != "approved":
            raise UserError(self.env._("Only what was released is compared with a new count."))
        days = core.days_of_month(self.start.year, self.start.month)
        # sudo: contact_center.measurement.day and .difference - written by the system only
        me = self.sudo()
        counts = me.env["contact_center.measurement.day"]
        counts._recount(days)
        after = {(row.day, row.item): row for row in counts._newest(days)}
        known = set(me.difference_ids.after_id.ids)
        found = [
            me._difference(row, after[row.day, row.item])
            for row in me.line_ids.day_ids
            if after[row.day, row.item] != row and after[row.day, row.item].id not in known
        ]
        me.env["contact_center.measurement.difference"].create(found)
        self._settle(recounted_at=fields.Datetime.now())
        return True

    def _difference(self, before, after):
        """Return the values of a difference between two counts of a day."""
        return {
            "measurement_id": self.id,
            "day": before.day,
            "item": before.item,
            "before_id": before.id,
            "after_id": after.id,
            "before": before.quantity,
            "after": after.quantity,
            "found_by_id": self.env.uid,
        }
