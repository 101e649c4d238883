# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..measure import GRACE_DAYS, first_judged_day


class ContractService(models.Model):
    """A service of the contract, or an operational adjustment that the city asked for.

    From its start on, its queues are in grace: their figures are kept and leave the ones that are
    fined. Both parties decide on it. It may lie in the past: no figure changes, but which days
    count for penalties does.
    """

    _name = "contact_center.contract.service"
    _inherit = ["contact_center.indicator.decided"]
    _description = "Service of the Contract"
    _rec_name = "name"

    name = fields.Char(required=True)
    contract_id = fields.Many2one(
        "contact_center.contract",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("state", "=", "approved")],
        default=lambda self: self.env["contact_center.contract"]._of_today(),
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True)
    kind = fields.Selection(
        [("service", "New service"), ("adjustment", "Operational adjustment")],
        required=True,
        default="service",
    )
    start = fields.Date(
        string="Begins on", help="The first day of the service or of the adjustment."
    )
    grace_days = fields.Integer(
        string="Days of grace", required=True, default=GRACE_DAYS, aggregator=None
    )
    until = fields.Date(
        string="First day that counts",
        compute="_compute_until",
        help="The days before it are not fined.",
    )
    queue_ids = fields.Many2many(
        "contact_center.queue",
        "contact_center_contract_service_queue_rel",
        "service_id",
        "queue_id",
        string="Queues",
        help="Whose figures are in grace.",
    )
    channel_kind = fields.Selection(
        selection=lambda self: (
            self.env["contact_center.conversation"]
            ._fields["channel_kind"]
            ._description_selection(self.env)
        ),
        string="Channel",
        help="For information: figures are kept by queue.",
    )

    _grace_positive = models.Constraint("CHECK(grace_days >= 0)", "Days cannot be negative.")

    @api.depends("start", "grace_days")
    def _compute_until(self):
        for service in self:
            service.until = service.start and first_judged_day(service.start, service.grace_days)

    def _check_may_begin(self):
        """Refuse a service without queues, or before its contract; the past is no obstacle."""
        if not self.queue_ids:
            raise UserError(self.env._("Name the queues in which this service is given."))
        if self.start < self.contract_id.start:
            raise UserError(self.env._("A service does not begin before its contract."))

    @api.model
    def _graces(self, last):
        """Return what had begun by a day: {queue id: [(start, days of grace)]}."""
        # sudo: contact_center.contract.service - dates of the contract are no secret
        begun = self.sudo().search(
            [("state", "=", "approved"), ("start", "<=", last)], order="start, id"
        )
        found = {}
        for service in begun:
            for queue in service.queue_ids:
                found.setdefault(queue.id, []).append((service.start, service.grace_days))
        return found
