# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core import standing
from ..core import wallboard as core


class WallboardPage(models.Model):
    """A page of a wallboard: up to twelve figures."""

    _name = "contact_center.wallboard.page"
    _description = "Wallboard Page"
    _order = "sequence, id"

    wallboard_id = fields.Many2one(
        "contact_center.wallboard", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(string="Title", required=True)
    sequence = fields.Integer(default=10)
    tile_ids = fields.One2many(
        "contact_center.wallboard.tile", "page_id", string="Figures", copy=True
    )
    tile_count = fields.Integer(compute="_compute_tile_count", string="Number of figures")

    @api.depends("tile_ids")
    def _compute_tile_count(self):
        for page in self:
            page.tile_count = len(page.tile_ids)

    @api.constrains("tile_ids")
    def _check_readable(self):
        for page in self:
            if len(page.tile_ids) > core.MOST_FIGURES:
                raise ValidationError(
                    self.env._(
                        "At five metres more than %s figures cannot be read: use another page.",
                        core.MOST_FIGURES,
                    )
                )

    def _shown(self, rows, agents, chosen):
        """Return this page for the screen, see `Wallboard._shown`.

        :param rows: {queue id: row of `contact_center.team._queues`}
        :param agents: rows of `contact_center.team._agents`
        :param chosen: ids of the queues that a figure without a queue adds up
        """
        self.ensure_one()
        tiles = []
        for tile in self.tile_ids:
            ids = tile.queue_id.ids or chosen
            there = [row for row in agents if set(ids) & set(row["queue_ids"])]
            tiles.append(tile._shown([rows[one] for one in ids if one in rows], there))
        return {"name": self.name, "tiles": tiles}


class WallboardTile(models.Model):
    """One figure of a page."""

    _name = "contact_center.wallboard.tile"
    _description = "Wallboard Figure"
    _order = "sequence, id"
    _rec_name = "kind"

    page_id = fields.Many2one(
        "contact_center.wallboard.page", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("oldest", "Longest wait"),
            ("estimate", "Estimated wait"),
            ("in_service", "In service"),
            ("free", "Free agents"),
            ("logged_in", "Agents logged in"),
            ("level_half_hour", "Service level, 30 min"),
            ("level_day", "Service level today"),
            ("answered", "Answered today"),
            ("abandoned", "Abandoned today"),
            ("clock", "Time"),
        ],
        string="Figure",
        required=True,
        default="in_service",
    )
    queue_id = fields.Many2one(
        "contact_center.queue", ondelete="cascade", help="Empty: all queues of the wallboard."
    )

    @api.constrains("kind")
    def _check_kind(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for tile in self:
            if not core.allowed(tile.kind, tile.page_id.wallboard_id.mode):
                raise ValidationError(
                    self.env._(
                        "“%s” would hurry people on the floor: it is for the city's screens.",
                        kinds[tile.kind],
                    )
                )

    def _shown(self, rows, agents):
        """Return this figure: {"kind", "label", "queue", "value", "standing"}.

        :param rows: of the queues that it adds up
        :param agents: rows of the agents of these queues
        """
        self.ensure_one()
        labels = dict(self._fields["kind"]._description_selection(self.env))
        value, how = getattr(self, f"_figure_{self.kind}", self._figure_sum)(rows, agents)
        colours = self.page_id.wallboard_id.mode == core.CITY
        return {
            "kind": self.kind,
            "label": labels[self.kind],
            "queue": self.queue_id.name or "",
            "value": value,
            "standing": how if colours else "",
        }

    def _figure_sum(self, rows, _agents):
        return str(sum(row[self.kind] for row in rows)), ""

    def _figure_oldest(self, rows, _agents):
        now = fields.Datetime.now()
        waits = [
            (int((now - fields.Datetime.to_datetime(row["oldest"])).total_seconds()), row)
            for row in rows
            if row["oldest"]
        ]
        if not waits:
            return "0:00", "good"
        seconds, row = max(waits, key=lambda wait: wait[0])
        return core.minutes(max(seconds, 0)), core.waiting_standing(seconds, row["goal_seconds"])

    def _figure_estimate(self, rows, _agents):
        seconds = max((row["estimate"] for row in rows), default=0)
        return core.minutes(int(seconds)), ""

    def _figure_free(self, _rows, agents):
        return str(sum(row["kind"] == "available" for row in agents)), ""

    def _figure_logged_in(self, _rows, agents):
        return str(sum(row["kind"] not in (False, "logged_out") for row in agents)), ""

    def _figure_level_half_hour(self, rows, _agents):
        return self._level(rows, "_now")

    def _figure_level_day(self, rows, _agents):
        return self._level(rows, "")

    def _level(self, rows, end):
        """Return the service level of several queues together, against their mean goal."""
        total = {
            name: sum(row[f"{name}{end}"] for row in rows)
            for name in ("within", "answered", "abandoned")
        }
        level = standing.service_level(*total.values())
        if level is None:
            return "–", ""
        goal = sum(row["goal_percent"] for row in rows) // len(rows)
        return f"{level}%", core.standing(level, goal)

    def _figure_clock(self, _rows, _agents):
        return fields.Datetime.context_timestamp(self, fields.Datetime.now()).strftime("%H:%M"), ""
