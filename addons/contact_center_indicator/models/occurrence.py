# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..measure import CLOCKS, DUTY, REPAIR, verdict
from .decided import CITY, CONTRACTOR

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
    clause = fields.Char(
        help="Of another duty: where the contract has it. Each is fined by itself."
    )
    happened_at = fields.Datetime(
        string="Diagnosed or happened at", required=True, default=fields.Datetime.now
    )
    mended_at = fields.Datetime()
    due_at = fields.Datetime(
        string="To be mended until", compute="_compute_due_at", help="By the contract's clock."
    )
    queue_id = fields.Many2one("contact_center.queue", ondelete="restrict")
    agent_id = fields.Many2one("res.users", ondelete="restrict")
    equipment_id = fields.Many2one(
        "contact_center.contract.equipment",
        string="Equipment or link",
        index="btree_not_null",
        ondelete="restrict",
    )
    units = fields.Integer(string="Units stopped", required=True, default=1, aggregator=None)
    ticket = fields.Char(string="Ticket of the carrier or the workshop")
    evidence_ids = fields.Many2many(
        "ir.attachment",
        "contact_center_occurrence_evidence_rel",
        "occurrence_id",
        "attachment_id",
        string="Files of evidence",
        copy=False,
    )
    causal_link = fields.Text(help="Why the contractor's conduct caused it, and nothing else did.")
    defence = fields.Text(
        string="Contractor's defence",
        copy=False,
        help="Written by the contractor until the city has decided.",
    )
    defended_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    defended_at = fields.Datetime(readonly=True, copy=False)
    ruling = fields.Text(
        string="Reasons of the decision", copy=False, help="Written by who decides for the city."
    )
    is_late = fields.Boolean(
        string="Too late", compute="_compute_is_late", help="Mended after its time, or still open."
    )

    _mended_after = models.Constraint(
        "CHECK(mended_at IS NULL OR mended_at >= happened_at)",
        "It cannot be mended before it was diagnosed.",
    )

    _units_positive = models.Constraint("CHECK(units > 0)", "At least one unit stood still.")

    @api.depends("kind", "happened_at")
    def _compute_due_at(self):
        for occurrence in self:
            clock = CLOCKS.get(occurrence.kind)
            timed = clock and occurrence.happened_at
            occurrence.due_at = occurrence.happened_at + clock.limit if timed else False

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

    # ------------------------------------------------------------
    # Evidence, defence, decision
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Give the files of evidence to their occurrence, so that its readers read them."""
        made = super().create(vals_list)
        made._keep_evidence()
        return made

    def write(self, vals):
        """Let the contractor write a defence, and the city its reasons, while it waits."""
        waits = all(one.state == "requested" for one in self)
        if waits and vals.keys() == {"defence"}:
            return self._defend(vals["defence"])
        if waits and vals.keys() == {"ruling"}:
            return self._rule(vals["ruling"])
        if not {"defended_by_id", "defended_at"}.isdisjoint(vals):
            raise AccessError(self.env._("This is changed by its buttons only."))
        result = super().write(vals)
        if "evidence_ids" in vals:
            self._keep_evidence()
        return result

    def _keep_evidence(self):
        for occurrence in self:
            # sudo: ir.attachment - files that the writer has just put here
            loose = occurrence.evidence_ids.sudo().filtered(lambda file: not file.res_id)
            loose.write({"res_model": self._name, "res_id": occurrence.id})

    def _defend(self, words):
        """Keep the contractor's defence of what waits for a decision."""
        self.check_access("read")
        user = self.env.user
        leads = user.has_group("contact_center.group_supervisor")
        answers = user.has_group("contact_center_indicator.group_contract_manager")
        if self._party(user) != CONTRACTOR or not (leads or answers):
            raise AccessError(self.env._("The defence is written by the contractor."))
        return self._settle(
            defence=words, defended_by_id=user.id, defended_at=fields.Datetime.now()
        )

    def _rule(self, words):
        """Keep the reasons of the person who is about to decide."""
        self.check_access("read")
        for occurrence in self:
            obstacle = occurrence._obstacle()
            if obstacle:
                raise AccessError(obstacle)
        return self._settle(ruling=words)

    def _check_may_decide(self):
        """Ask, besides, for the reasons of the decision: both parties may ask for them later."""
        result = super()._check_may_decide()
        if not (self.ruling or "").strip():
            raise UserError(
                self.env._("Write the reasons of the decision first, then decide again.")
            )
        return result

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
                found.append((DUTY, occurrence.clause or DUTY))
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
