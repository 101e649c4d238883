# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..measure import GRACE_DAYS


class Grace(models.Model):
    """A beginning after which figures are kept but not fined.

    It is that of the contract, of a new service, or of an operational adjustment that the city
    asked for.

    Two people decide on it, as on readings and goals. It may lie in the past: no figure changes,
    but which days count for penalties does.
    """

    _name = "contact_center.indicator.grace"
    _inherit = ["contact_center.indicator.decided"]
    _description = "Grace of the Contract"
    _rec_name = "document"

    start = fields.Date(help="The first day of the contract, the service or the adjustment.")
    kind = fields.Selection(
        [
            ("contract", "Contract"),
            ("service", "New service"),
            ("adjustment", "Operational adjustment"),
        ],
        required=True,
        default="service",
    )
    queue_id = fields.Many2one("contact_center.queue", ondelete="restrict")
    until = fields.Date(
        string="First day that counts",
        compute="_compute_until",
        help="The days before it are not fined.",
    )

    _queue_of_services = models.Constraint(
        "CHECK((kind = 'contract') = (queue_id IS NULL))",
        "A service or an adjustment is of a queue, the contract of all.",
    )

    @api.depends("start")
    def _compute_until(self):
        for grace in self:
            grace.until = grace.start and fields.Date.add(grace.start, days=GRACE_DAYS)

    def _check_may_begin(self):
        """Let it begin at any time: it changes no figure."""

    @api.model
    def _approved(self, last):
        """Return what had begun by a day: (start of the contract or None, {queue id: starts})."""
        # sudo: contact_center.indicator.grace - dates of the contract are no secret
        begun = self.sudo().search(
            [("state", "=", "approved"), ("start", "<=", last)], order="start"
        )
        contract = begun.filtered(lambda one: one.kind == "contract")
        services = {}
        for one in begun - contract:
            services.setdefault(one.queue_id.id, []).append(one.start)
        return contract[-1:].start or None, services
