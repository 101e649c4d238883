# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..measure import INDICATORS, Bands, Goal, Reading
from .count_field import Count

# Rows that one statement inserts
_BATCH = 1000


class Day(models.Model):
    """A figure of one day, queue and agent as it was sealed.

    It is never changed and never deleted. What is added up over queues and agents are numerator and
    denominator; waits and services are in microseconds. `value` is for screens, `hash` covers what
    was counted.
    """

    _name = "contact_center.indicator.day"
    _inherit = ["contact_center.machine.row"]
    _description = "Figure of a Day"
    _order = "day desc, definition_id, queue_id, agent_id"
    _rec_name = "definition_id"

    seal_id = fields.Many2one(
        "contact_center.indicator.seal",
        string="Closing",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    day = fields.Date(required=True, readonly=True)
    is_frozen = fields.Boolean(
        string="Holds", readonly=True, help="Not a recalculation: this is the figure that counts."
    )
    definition_id = fields.Many2one(
        "contact_center.indicator.definition",
        string="Indicator",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    queue_id = fields.Many2one("contact_center.queue", readonly=True, ondelete="restrict")
    agent_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    numerator = Count(required=True, readonly=True)
    denominator = Count(required=True, readonly=True)
    value = fields.Float(readonly=True, aggregator="avg", digits=(16, 4))
    hash = fields.Char(required=True, readonly=True)

    _figure_unique = models.UniqueIndex(
        "(seal_id, definition_id, COALESCE(queue_id, 0), COALESCE(agent_id, 0))",
        "A figure is sealed once.",
    )
    _month_idx = models.Index("(day, definition_id) WHERE is_frozen")

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse every change."""
        raise UserError(self.env._("Figures that were closed are never changed."))

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse every deletion."""
        words = self.env._("Figures that were closed are never deleted.")
        raise UserError(words)  # pylint: disable=no-raise-unlink

    @api.depends("definition_id", "day")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.definition_id.code} {fields.Date.to_string(row.day)}"

    @api.model
    def _insert_all(self, vals_list):
        """Insert rows in a few statements."""
        for first in range(0, len(vals_list), _BATCH):
            self._insert(vals_list[first : first + _BATCH])

    def _read_group_select(self, aggregate_spec, query):
        """Weigh the mean of values by what they are of: the total over the total."""
        mean = self._weighed_mean(self, aggregate_spec, query)
        return mean or super()._read_group_select(aggregate_spec, query)

    @api.model
    def _weighed_mean(self, model, aggregate_spec, query):
        """Return the total over the total where a mean of `model`'s values is asked for."""
        if aggregate_spec != "value:avg":
            return None
        value, weight = (
            model._field_to_sql(model._table, name, query) for name in ("value", "denominator")
        )
        return SQL("SUM(%s * %s) / NULLIF(SUM(%s), 0)", value, weight, weight)

    def _sealed(self):
        """Return what the hash of this row covers; JSON values."""
        return {
            "code": self.definition_id.code,
            "queue": self.queue_id.id or None,
            "agent": self.agent_id.id or None,
            "numerator": self.numerator,
            "denominator": self.denominator,
        }

    # ------------------------------------------------------------
    # Down to the contacts
    # ------------------------------------------------------------

    def action_contacts(self):
        """Open the contacts that this figure is made of."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("contact_center.conversation_action")
        return {
            **action,
            "name": self.display_name,
            "domain": [("indicator_day_id", "=", self.id)],
            "context": {"create": False},
        }

    def _contact_ids(self):
        """Return the ids of the conversations that these figures are made of.

        They are counted again by the reading and the goals of the day's closing.
        """
        found = set()
        for closing in self.seal_id:
            header = closing.header
            tallies = self.env["contact_center.indicator.source"]._tally(
                closing.day,
                Reading(header["reading"]),
                _goals_of(header["goals"]),
                remember=True,
            )
            for row in self & closing.row_ids:
                key = (row.definition_id.code, row.queue_id.id or None, row.agent_id.id or None)
                found.update(tallies.contacts.get(key, ()))
        return sorted(found)


def _goals_of(kept):
    """Return the goals as the header of a closing keeps them: {code: [measure.Goal]}."""
    return {
        code: [
            Goal(
                fields.Date.to_date(goal["start"]),
                Bands.of(*goal["limits"], INDICATORS[code].better),
                goal["seconds"],
                goal["text_seconds"],
                goal["queue"],
            )
            for goal in goals
        ]
        for code, goals in kept.items()
    }
