# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..measure import CLOCKS, DUTY, REPAIR, verdict
from .decided import CITY

# Occurrences that are counted, not timed: kind -> indicator
COUNTED = {"media": "IMN", "complaint": "IRM"}


class Occurrence(models.Model):
    """What happened outside of the figures.

    A stop that has to be mended in time, another duty that was missed, negative news, a complaint;
    with evidence, causal link, defence and decision.

    Either party records it and asks for a decision, and somebody else confirms or dismisses it for
    the city. Only what was confirmed counts on the month's statement.
    """

    _name = "contact_center.indicator.occurrence"
    _inherit = ["contact_center.indicator.decided"]
    _description = "Occurrence of the Contract"
    _order = "happened_at desc, id desc"
    _rec_name = "description"

    start = fields.Date(
        string="Day",
        compute="_compute_start",
        store=True,
        precompute=True,
        required=True,
        help="The day of the contract on which it happened.",
    )
    document = fields.Char(
        string="Evidence", help="Ticket, letter, recording or news by which it is proved."
    )
    kind = fields.Selection(
        [
            ("central", "Telephone exchange or electronic service stopped (2 hours)"),
            ("equipment", "Equipment or local network stopped (2 hours)"),
            ("link", "Data link stopped (4 hours)"),
            ("flow", "Fault of the electronic service (24 hours)"),
            ("notice", "Written notice of an interruption (24 hours)"),
            ("park_small", "Repair of a unit, up to 100 units (5 days)"),
            ("park_large", "Repair of a unit, more than 100 units (10 days)"),
            ("duty", "Another duty missed"),
            ("media", "Negative news"),
            ("complaint", "Complaint of bad service"),
        ],
        required=True,
    )
    description = fields.Char(required=True)
    happened_at = fields.Datetime(
        string="Diagnosed or happened at", required=True, default=fields.Datetime.now
    )
    mended_at = fields.Datetime()
    queue_id = fields.Many2one("contact_center.queue", ondelete="restrict")
    agent_id = fields.Many2one("res.users", ondelete="restrict")
    causal_link = fields.Text(help="Why the contractor's conduct caused it, and nothing else did.")
    defence = fields.Text(string="Contractor's defence")
    is_late = fields.Boolean(
        string="Too late", compute="_compute_is_late", help="Mended after its time, or still open."
    )

    _mended_after = models.Constraint(
        "CHECK(mended_at IS NULL OR mended_at >= happened_at)",
        "It cannot be mended before it was diagnosed.",
    )

    @api.depends("happened_at")
    def _compute_start(self):
        source = self.env["contact_center.indicator.source"]
        for occurrence in self:
            occurrence.start = occurrence.happened_at and source._day_of(occurrence.happened_at)

    @api.depends("kind", "happened_at", "mended_at")
    def _compute_is_late(self):
        for occurrence in self:
            found = occurrence.kind in CLOCKS and occurrence.happened_at and occurrence._verdict()
            occurrence.is_late = bool(found and found.late)

    def _verdict(self, **reading):
        """Return the `measure.Verdict` of its clock."""
        now = fields.Datetime.now()
        return verdict(self.kind, self.happened_at, self.mended_at or None, now, **reading)

    def _deciding_party(self):
        """Return the city, whoever recorded it: the decision is the city's."""
        return CITY

    def _check_may_begin(self):
        """Let it lie in the past: it changes no figure."""

    def _fined_as(self, reading):
        """Return what these confirmed occurrences cost: [(`REPAIR` or `DUTY`, kind)]."""
        found = []
        for occurrence in self:
            if occurrence.kind == DUTY:
                found.append((DUTY, DUTY))
            elif occurrence.kind in CLOCKS:
                fine = occurrence._verdict(reading=reading).fine
                if fine in (REPAIR, DUTY):
                    found.append((fine, occurrence.kind))
        return found

    @api.model
    def _confirmed(self, days):
        """Return the confirmed occurrences of these days (sudo)."""
        # sudo: contact_center.indicator.occurrence - the callers check who may know
        return self.sudo().search([("state", "=", "approved"), ("start", "in", list(days))])
