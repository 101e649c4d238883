# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..measure import INDICATORS, goal_on, shown


class Definition(models.Model):
    """An indicator of the contract, in the words of the core (`measure.INDICATORS`).

    The formula is code: it changes with a version of this addon, never by hand.
    """

    _name = "contact_center.indicator.definition"
    _inherit = ["contact_center.machine.row"]
    _description = "Indicator of the Contract"
    _order = "sequence"

    sequence = fields.Integer(readonly=True, aggregator=None)
    code = fields.Char(required=True, readonly=True)
    number = fields.Char(readonly=True)
    name = fields.Char(required=True, readonly=True)
    words = fields.Char(string="Formula", required=True, readonly=True)
    example = fields.Char(readonly=True)
    unit = fields.Selection(
        [("percent", "Percent"), ("seconds", "Seconds"), ("count", "Number")],
        required=True,
        readonly=True,
    )
    better = fields.Selection(
        [("up", "The higher, the better"), ("down", "The lower, the better")],
        required=True,
        readonly=True,
    )
    billed = fields.Selection(
        [
            ("daily", "Each day by itself"),
            ("mean", "Mean of the days worked"),
            ("total", "Total of the month"),
            ("month_end", "As at the end of the month"),
            ("added", "Sum of the month"),
        ],
        string="Value of the month",
        required=True,
        readonly=True,
    )
    fined = fields.Selection(
        [("band", "By band"), ("day", "By day"), ("none", "Not penalized")],
        string="Penalty",
        required=True,
        readonly=True,
    )
    by_agent = fields.Boolean(string="Measured by agent", readonly=True)
    goal_words = fields.Char(
        string="Goal today", compute="_compute_goal_words", help="Of all queues without their own."
    )

    _code_unique = models.Constraint("UNIQUE(code)", "Each indicator is there once.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for definition in self:
            definition.display_name = f"{definition.code} · {definition.name}"

    @api.depends("code")
    def _compute_goal_words(self):
        today = self.env["contact_center.indicator.source"]._today()
        goals = self.env["contact_center.indicator.goal"]._in_force(today)
        for definition in self:
            goal = goal_on(definition.code, today, goals.get(definition.code, ()))
            definition.goal_words = definition._goal_in_words(goal) if goal else ""

    def _goal_in_words(self, goal):
        """Return a `measure.Goal` in words: "80 %"."""
        value = shown(goal.bands.goal, 4).rstrip("0").rstrip(",")
        units = {"percent": "%", "seconds": "s", "count": ""}
        return f"{value} {units[self.unit]}".strip()

    @api.model
    def _ids_of_codes(self):
        """Return the id of each indicator: {code: id}."""
        found = self.search_fetch([("code", "in", list(INDICATORS))], ["code"])
        return {definition.code: definition.id for definition in found}

    @api.model
    def _fill(self):
        """Write the indicators of the core; called on installation and updates."""
        # sudo: contact_center.indicator.definition - written by the system only
        definitions = self.sudo()
        there = {one.code: one for one in definitions.search([])}
        for sequence, indicator in enumerate(INDICATORS.values()):
            vals = {
                "sequence": sequence,
                "number": indicator.number,
                "name": indicator.title,
                "words": indicator.words,
                "example": indicator.example,
                "unit": indicator.unit,
                "better": indicator.better,
                "billed": indicator.billed,
                "fined": indicator.fined,
                "by_agent": indicator.by_agent,
            }
            known = there.get(indicator.code)
            if not known:
                definitions.create({**vals, "code": indicator.code})
            elif any(known[name] != new for name, new in vals.items()):
                known.write(vals)
