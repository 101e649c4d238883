# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.contact_center_indicator.models.decided import CITY, CONTRACTOR

from .. import measurement
from .price import ITEM_SELECTION, decimal_of

DEVELOPMENT = "development"
# Written by the buttons only
_BY_BUTTON = (
    *("state", "number", "requested_by_id", "requested_on", "approved_by_id", "approved_on"),
    *("approved_hours", "in_operation_on", "accepted_by_id", "accepted_on", "accepted_hours"),
)


class ServiceOrder(models.Model):
    """What the city asks for, how it is planned, carried out and accepted.

    Activations, changes and reductions say how much of an item is ordered from when on.
    Development is planned in hours, approved, and paid once: the hours accepted, in the month of
    the acceptance, after thirty days in operation (A5 5.2).
    """

    _name = "contact_center.service.order"
    _description = "Service Order"
    _order = "requested_on desc, id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "name"]

    number = fields.Char(readonly=True, copy=False, help="Given when the city asks for it.")
    name = fields.Char(string="What for", required=True)
    kind = fields.Selection(
        [
            ("activation", "Activation"),
            ("change", "Change"),
            ("reduction", "Reduction"),
            (DEVELOPMENT, "Development"),
        ],
        required=True,
        default="activation",
    )
    item = fields.Selection(
        ITEM_SELECTION,
        compute="_compute_item",
        store=True,
        readonly=False,
        precompute=True,
        help="What is ordered more or less of.",
    )
    quantity = fields.Float(
        digits=(16, 4), help="How many positions, contacts or messages a month more, or less."
    )
    description = fields.Text(help="What is asked for, in the words of the order.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("requested", "With the contractor"),
            ("planned", "Planned"),
            ("approved", "Plan approved"),
            ("in_operation", "In operation"),
            ("accepted", "Accepted"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    requested_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    requested_on = fields.Date(readonly=True, copy=False)
    due_on = fields.Date(
        compute="_compute_due_on",
        help="Fifteen working days after it was asked for; of development, the last planned step.",
    )
    is_late = fields.Boolean(compute="_compute_due_on", string="Too late")
    step_ids = fields.One2many("contact_center.service.order.step", "order_id", string="Plan")
    planned_hours = fields.Float(
        compute="_compute_planned_hours", store=True, digits=(16, 4), help="Sum of the plan."
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    approved_on = fields.Date(readonly=True, copy=False)
    approved_hours = fields.Float(readonly=True, copy=False, digits=(16, 4))
    in_operation_on = fields.Date(
        string="In operation since", readonly=True, copy=False, help="From then on it counts."
    )
    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    accepted_on = fields.Date(readonly=True, copy=False)
    accepted_hours = fields.Float(readonly=True, copy=False, digits=(16, 4))
    hours_to_accept = fields.Float(
        digits=(16, 4),
        copy=False,
        help="Hours that were really needed; paid are those approved at most.",
    )
    evidence = fields.Char(help="Where delivery and acceptance are proved: letter, minutes, test.")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="restrict"
    )

    _number_unique = models.UniqueIndex(
        "(number) WHERE number IS NOT NULL", "This number was given already."
    )
    _quantity_positive = models.Constraint(
        "CHECK(quantity >= 0 AND hours_to_accept >= 0)", "Quantities cannot be negative."
    )

    @api.depends("kind")
    def _compute_item(self):
        for order in self:
            if order.kind == DEVELOPMENT:
                order.item = "HDE"
            elif order.item == "HDE":
                order.item = False

    @api.depends("step_ids.hours")
    def _compute_planned_hours(self):
        for order in self:
            order.planned_hours = sum(order.step_ids.mapped("hours"))

    @api.depends("kind", "state", "requested_on", "in_operation_on", "step_ids.planned_on")
    def _compute_due_on(self):
        today = self.env["contact_center.indicator.source"]._today()
        for order in self:
            order.due_on = order._due()
            done = order.in_operation_on or (order.state != "cancelled" and today)
            order.is_late = bool(order.due_on and done and done > order.due_on)

    def _due(self):
        """Return by when the contractor has to have carried it out, False if unknown."""
        self.ensure_one()
        if self.kind == DEVELOPMENT:
            return max(filter(None, self.step_ids.mapped("planned_on")), default=False)
        if not self.requested_on:
            return False
        last = fields.Date.add(self.requested_on, months=3)
        holidays = self.env["contact_center.queue"]._holidays(self.requested_on, last)
        return measurement.add_working_days(
            self.requested_on, measurement.DEADLINE_DAYS, set(holidays)
        )

    @api.constrains("kind", "item", "quantity")
    def _check_item(self):
        for order in self:
            if order.kind in ("activation", "reduction") and not (order.item and order.quantity):
                raise ValidationError(self.env._("Say how much of which item is ordered."))
            if order.kind != DEVELOPMENT and order.item == "HDE":
                raise ValidationError(
                    self.env._("Development hours are ordered as “Development”, with a plan.")
                )

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Begin as a draft, whatever the caller or a default asks for."""
        made = super().create(vals_list)
        if any(order.state != "draft" or order.number for order in made):
            raise AccessError(self.env._("It begins as a draft, and its buttons move it on."))
        return made

    def write(self, vals):
        """Let drafts be changed; later, plan, hours and evidence only."""
        if not vals.keys().isdisjoint(_BY_BUTTON):
            raise AccessError(self.env._("This is changed by its buttons only."))
        later = vals.keys() <= {"step_ids", "hours_to_accept", "evidence"}
        for order in self:
            open_later = later and order.state not in ("accepted", "cancelled")
            if order.state != "draft" and not open_later:
                raise UserError(
                    self.env._("What was asked for is not changed: cancel it and make another.")
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(order.state != "draft" for order in self):
            raise UserError(self.env._("Only drafts are deleted: cancel the order."))

    def _move(self, state, **vals):
        """Write past `write`; the callers check the right."""
        # sudo: contact_center.service.order - nobody writes these fields by hand
        write = super(ServiceOrder, self.sudo()).write
        return write({"state": state, **vals})

    def _begin_move(self, party, *states):
        """Check that a person of `party` may move this on from one of `states`; lock it.

        :param party: `CITY`, `CONTRACTOR`, or None for either
        """
        self.ensure_one()
        self.check_access("write")
        # If two people click at once, the second sees what the first one did.
        # sudo: contact_center.service.order - locked only
        self.sudo().lock_for_update()
        if self.state not in states:
            raise UserError(self.env._("This order has moved on meanwhile: load the page again."))
        mine = self.env["contact_center.indicator.decided"]._party(self.env.user)
        if party and mine != party:
            raise AccessError(
                self.env._("An inspector of the contract does this, for the city.")
                if party == CITY
                else self.env._("The contractor does this.")
            )
        return self.env["contact_center.indicator.source"]._today()

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_request(self):
        """Ask the contractor for it, as the city; give it its number."""
        today = self._begin_move(CITY, "draft")
        # sudo: ir.sequence - the number is given by the system
        sequence = self.env["ir.sequence"].sudo()
        number = sequence.next_by_code("contact_center.service.order")
        return self._move(
            "requested", number=number, requested_by_id=self.env.uid, requested_on=today
        )

    def action_plan(self):
        """Hand in the plan, as the contractor."""
        self._begin_move(CONTRACTOR, "requested")
        if not self.step_ids:
            raise UserError(self.env._("Write the steps of the plan first."))
        if self.kind == DEVELOPMENT and not self.planned_hours:
            raise UserError(self.env._("A development plan has hours: write them at its steps."))
        return self._move("planned")

    def action_replan(self):
        """Send the plan back to the contractor, as the city."""
        self._begin_move(CITY, "planned")
        return self._move("requested")

    def action_approve_plan(self):
        """Approve the plan and its hours, as the city."""
        today = self._begin_move(CITY, "planned")
        return self._move(
            "approved",
            approved_by_id=self.env.uid,
            approved_on=today,
            approved_hours=self.planned_hours,
        )

    def action_in_operation(self):
        """Say that it is in operation, as the contractor.

        Orders other than development may do without a plan.
        """
        ready = ("approved",) if self.kind == DEVELOPMENT else ("requested", "approved")
        today = self._begin_move(CONTRACTOR, *ready)
        return self._move("in_operation", in_operation_on=today)

    def action_accept(self):
        """Accept it formally, as the city; development is paid from then on."""
        today = self._begin_move(CITY, "in_operation")
        hours = 0
        if self.kind == DEVELOPMENT:
            earliest = measurement.earliest_acceptance(self.in_operation_on)
            if today < earliest:
                raise UserError(
                    self.env._(
                        "It has to have been in operation for thirty days: accept it from %s on.",
                        fields.Date.to_string(earliest),
                    )
                )
            wanted = decimal_of(self.hours_to_accept or self.approved_hours)
            hours = float(measurement.hours_to_bill(decimal_of(self.approved_hours), wanted))
        return self._move(
            "accepted", accepted_by_id=self.env.uid, accepted_on=today, accepted_hours=hours
        )

    def action_cancel(self):
        """Cancel it before it is in operation, as the city."""
        self._begin_move(CITY, "requested", "planned", "approved")
        return self._move("cancelled")

    # ------------------------------------------------------------
    # Read by the measurement
    # ------------------------------------------------------------

    @api.model
    def _orders(self):
        """Return what is ordered, as `measurement.Order`s."""
        # sudo: contact_center.service.order - how much is ordered is no secret of the parties
        begun = self.sudo().search(
            [
                ("state", "in", ("in_operation", "accepted")),
                ("kind", "in", ("activation", "reduction")),
            ]
        )
        return [
            measurement.Order(
                order.item,
                order.in_operation_on,
                decimal_of(order.quantity) * (-1 if order.kind == "reduction" else 1),
            )
            for order in begun
        ]

    @api.model
    def _accepted_in(self, days):
        """Return the development orders that were accepted on these days (sudo)."""
        # sudo: contact_center.service.order - the callers check who may know
        return self.sudo().search(
            [
                ("kind", "=", DEVELOPMENT),
                ("state", "=", "accepted"),
                ("accepted_on", "in", list(days)),
            ],
            order="accepted_on, id",
        )


class ServiceOrderStep(models.Model):
    """A step of the plan of a service order: until when, and with how many hours."""

    _name = "contact_center.service.order.step"
    _description = "Step of a Service Order"
    _order = "order_id, sequence, id"

    order_id = fields.Many2one(
        "contact_center.service.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    sequence = fields.Integer(default=10, aggregator=None)
    name = fields.Char(string="Step", required=True)
    planned_on = fields.Date(string="Until", required=True)
    hours = fields.Float(digits=(16, 4))

    _hours_positive = models.Constraint("CHECK(hours >= 0)", "Hours cannot be negative.")

    def _check_open(self):
        """Raise UserError once the plan was handed in."""
        if any(step.order_id.state not in ("draft", "requested") for step in self):
            raise UserError(self.env._("The plan was handed in: the city sends it back first."))

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse steps of a plan that was handed in."""
        steps = super().create(vals_list)
        steps._check_open()
        return steps

    def write(self, vals):
        """Refuse changes of a plan that was handed in."""
        self._check_open()
        result = super().write(vals)
        self._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_open_only(self):
        self._check_open()
