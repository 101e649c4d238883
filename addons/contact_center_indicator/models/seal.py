# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL

from ..measure import INDICATORS, PRINTED, START, hash_of, printed, seal
from .count_field import Count

# PostgreSQL's advisory lock that keeps two closings apart: each is made of the one before.
_LOCK = 0x696E6463


class Seal(models.Model):
    """The closing of a day: all its figures, chained to the closing before.

    They come with the reading, the goals and the hash by which they hold.

    The first closing of a day freezes it. A later one is a recalculation with its differences, kept
    beside the frozen one, or adds figures that came from outside (`seal_added`). Neither touches
    what was frozen.
    """

    _name = "contact_center.indicator.seal"
    _inherit = ["contact_center.machine.row"]
    _description = "Closing of a Day"
    _order = "day desc, revision desc"
    _rec_name = "day"

    day = fields.Date(required=True, readonly=True)
    revision = fields.Integer(
        required=True, readonly=True, aggregator=None, help="0 is the frozen one."
    )
    kind = fields.Selection(
        [("frozen", "Frozen"), ("recomputed", "Recalculated"), ("added", "Added")],
        required=True,
        readonly=True,
    )
    version_id = fields.Many2one(
        "contact_center.indicator.version",
        string="Reading",
        readonly=True,
        ondelete="restrict",
        help="Empty: the answers by default.",
    )
    header = fields.Json(readonly=True)
    last_event = Count(
        string="Last event", readonly=True, aggregator=None, help="Known when it was closed."
    )
    row_count = fields.Integer(string="Number of figures", readonly=True, aggregator=None)
    previous = fields.Char(string="Hash of the closing before", required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)
    closed_at = fields.Datetime(required=True, readonly=True)
    row_ids = fields.One2many("contact_center.indicator.day", "seal_id", readonly=True)
    difference_ids = fields.One2many(
        "contact_center.indicator.difference", "seal_id", readonly=True
    )
    difference_count = fields.Integer(
        string="Number of differences", readonly=True, aggregator=None
    )

    # Two transactions that close days at once would both follow the same closing
    _previous_unique = models.Constraint(
        "UNIQUE(previous)", "Each closing follows one that no other follows."
    )
    _day_revision_unique = models.Constraint(
        "UNIQUE(day, revision)", "A day is closed once for each revision."
    )

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse every change."""
        raise UserError(self.env._("Closings of days are never changed."))

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse every deletion."""
        words = self.env._("Closings of days are never deleted.")
        raise UserError(words)  # pylint: disable=no-raise-unlink

    @api.depends("day", "revision")
    def _compute_display_name(self):
        for closing in self:
            day = fields.Date.to_string(closing.day)
            closing.display_name = f"{day} · {closing.revision}" if closing.revision else day

    # ------------------------------------------------------------
    # Closing
    # ------------------------------------------------------------

    @api.model
    def _freeze(self, day):
        """Close a day for good and return the closing; a day that is closed stays as it is."""
        self._lock_chain()
        frozen = self._frozen_on(day)
        return frozen or self._close_day(day, 0)

    @api.model
    def _recompute(self, day):
        """Count a closed day again and return the closing, with what differs from the frozen one.

        By the reading and the goals that hold for that day now.
        """
        self._lock_chain()
        frozen = self._frozen_on(day)
        if not frozen:
            raise UserError(self.env._("%s was not closed yet.", fields.Date.to_string(day)))
        return self._close_day(day, self._next_revision(day), frozen)

    @api.model
    def _next_revision(self, day):
        # sudo: contact_center.indicator.seal - the callers check the right
        last = self.sudo().search([("day", "=", day)], order="revision desc", limit=1)
        return last.revision + 1

    @api.model
    def _frozen_on(self, day):
        # sudo: contact_center.indicator.seal - the callers check the right
        return self.sudo().search([("day", "=", day), ("revision", "=", 0)])

    @api.model
    def _lock_chain(self):
        """Wait for another transaction that closes a day: each is made of the one before.

        What it commits this one may not see yet; then `_append` finds out.
        """
        self.env.execute_query(SQL("SELECT pg_advisory_xact_lock(%s)", _LOCK))

    @api.model
    def _close_day(self, day, revision, frozen=None):
        """Count a day and keep it; the chain is locked.

        :param frozen: the frozen closing to compare with
        """
        if day >= self.env["contact_center.indicator.source"]._today():
            raise UserError(self.env._("A day is closed when it is over."))
        # sudo: contact_center.indicator.* - written by the system only
        env = self.sudo().env
        version = env["contact_center.indicator.version"]._on(day)
        reading = env["contact_center.indicator.version"]._reading_on(day)
        goals = env["contact_center.indicator.goal"]._in_force(day)
        tallies = env["contact_center.indicator.source"]._tally(day, reading, goals)
        rows = self._sorted_rows(tallies.found)
        hashes = [hash_of(row) for row in rows]
        header = self._header(day, revision, reading, goals, len(rows))
        last = env[self._name].search([], order="id desc", limit=1)
        previous = last.hash or START
        differences = frozen._differences(tallies.found) if frozen else []
        closing = env[self._name]._append(
            {
                "day": day,
                "revision": revision,
                "kind": "recomputed" if revision else "frozen",
                "version_id": version.id,
                "header": header,
                "last_event": header["last_event"],
                "row_count": len(rows),
                "previous": previous,
                "hash": seal(previous, header, hashes),
                "closed_at": fields.Datetime.now(),
                "difference_count": len(differences),
            }
        )
        closing._keep(rows, hashes)
        env["contact_center.indicator.difference"].create(
            [{**difference, "seal_id": closing.id} for difference in differences]
        )
        return closing

    @api.model
    def _append(self, vals):
        """Create a closing at the end of the chain.

        :raise ConcurrencyError: another transaction, which this one does not see, has appended one
        """
        try:
            with self.env.cr.savepoint():
                return self.create(vals)
        except UniqueViolation as error:
            raise ConcurrencyError("a day was closed meanwhile") from error

    @api.model
    def _sorted_rows(self, found):
        """Return what was counted as the hashes cover it, in an order that does not vary."""
        rows = [
            {
                "code": code,
                "queue": queue,
                "agent": agent,
                "numerator": tally.numerator,
                "denominator": tally.denominator,
            }
            for (code, queue, agent), tally in found.items()
        ]
        return sorted(rows, key=lambda row: _order((row["code"], row["queue"], row["agent"])))

    @api.model
    def _header(self, day, revision, reading, goals, count):
        """Return what is sealed of a day as a whole: JSON values."""
        (last_event,) = self.env.execute_query(SQL("SELECT max(id) FROM contact_center_event"))[0]
        return {
            "day": fields.Date.to_string(day),
            "revision": revision,
            "zone": str(self.env["contact_center.indicator.source"]._zone()),
            "last_event": last_event or 0,
            "figures": count,
            "reading": reading.as_dict(),
            "goals": {
                code: [
                    {**goal.as_dict(), "start": goal.start.isoformat(), "queue": goal.queue}
                    for goal in (printed(code), *goals.get(code, ()))
                ]
                for code in PRINTED
            },
        }

    def _keep(self, rows, hashes):
        """Insert the figures of this closing."""
        known = self.env["contact_center.indicator.definition"]._ids_of_codes()
        vals_list = []
        for row, made in zip(rows, hashes, strict=True):
            indicator = INDICATORS[row["code"]]
            value = indicator.value(row["numerator"], row["denominator"])
            vals_list.append(
                {
                    "seal_id": self.id,
                    "day": self.day,
                    "is_frozen": self.kind != "recomputed",
                    "definition_id": known[row["code"]],
                    "queue_id": row["queue"] or False,
                    "agent_id": row["agent"] or False,
                    "numerator": row["numerator"],
                    "denominator": row["denominator"],
                    "value": float(value or 0),
                    "hash": made,
                }
            )
        self.env["contact_center.indicator.day"]._insert_all(vals_list)
        self.invalidate_recordset(["row_ids"])

    def _differences(self, found):
        """Return how what was counted again differs from this frozen closing: values of rows."""
        before = {
            (row.definition_id.code, row.queue_id.id or None, row.agent_id.id or None): row
            for row in self.row_ids
        }
        known = self.env["contact_center.indicator.definition"]._ids_of_codes()
        made = []
        for key in sorted(before.keys() | found.keys(), key=_order):
            old, new = before.get(key), found.get(key)
            pair = (old.numerator, old.denominator) if old else (0, 0)
            again = (new.numerator, new.denominator) if new else (0, 0)
            if pair != again:
                made.append(
                    {
                        "definition_id": known[key[0]],
                        "queue_id": key[1] or False,
                        "agent_id": key[2] or False,
                        "numerator": pair[0],
                        "denominator": pair[1],
                        "new_numerator": again[0],
                        "new_denominator": again[1],
                    }
                )
        return made

    # ------------------------------------------------------------
    # On screens
    # ------------------------------------------------------------

    def action_rows(self):
        """Open the figures of this closing."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_indicator.indicator_day_action"
        )
        return {**action, "domain": [("seal_id", "=", self.id)], "context": {}}


def _order(key):
    """Return what a figure's code, queue and agent are sorted by: none comes first."""
    code, queue, agent = key
    return code, queue or 0, agent or 0
