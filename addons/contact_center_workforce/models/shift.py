# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.contact_center.core.microseconds import SECOND, from_us, to_us

from ..workforce import Spell, shifts

# A login so long before the shift belongs to it.
EARLY = timedelta(hours=1)
LONGEST = timedelta(hours=14)
PRESENCES = [
    (shifts.PLANNED, "Planned"),
    (shifts.HERE, "Here"),
    (shifts.MISSING, "Missing"),
    (shifts.LEFT, "Left early"),
    (shifts.OVER, "Over"),
    (shifts.ABSENT, "Was absent"),
]
MINUTE = 60 * SECOND

_STATES = """
SELECT user_id, kind, break_kind, start_us, end_us FROM contact_center_agent_state
WHERE user_id = ANY(%(users)s) AND start_us < %(until)s AND (end_us IS NULL OR end_us > %(since)s)
ORDER BY user_id, start_us, id
"""


class Shift(models.Model):
    """Who is planned to work when, and at which desk.

    When somebody came and went is their login and logout, as the ledger of states has them: nobody
    enters it. The regulated pauses are placed by rule.
    """

    _name = "contact_center.shift"
    _description = "Shift"
    _order = "start, seat, id"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        domain=lambda self: self._people_domain(),
    )
    role = fields.Selection(
        [("agent", "Agent"), ("supervisor", "Supervisor"), ("coordinator", "Coordinator")],
        required=True,
        default="agent",
    )
    start = fields.Datetime(string="Begin", required=True, index=True)
    end = fields.Datetime(required=True)
    seat = fields.Char(string="Desk", help="Number or name of the desk, for the map.")
    replaces_id = fields.Many2one(
        "contact_center.shift", ondelete="set null", index="btree_not_null"
    )
    replacement_ids = fields.One2many("contact_center.shift", "replaces_id", string="Replacements")
    reason = fields.Char(string="Why absent", help="As the person or their leader said.")
    pause_ids = fields.One2many("contact_center.shift.pause", "shift_id", string="Pauses")
    presence = fields.Selection(
        PRESENCES,
        compute="_compute_presence",
        search="_search_presence",
        help="From the login and the logout.",
    )
    came_at = fields.Datetime(string="Logged in", compute="_compute_presence")
    left_at = fields.Datetime(string="Logged out", compute="_compute_presence")
    late_minutes = fields.Integer(string="Late (minutes)", compute="_compute_presence")
    is_replaced = fields.Boolean(string="Replaced", compute="_compute_is_replaced")

    _end_after_start = models.Constraint('CHECK("end" > start)', "A shift ends after it begins.")

    @api.model
    def _people_domain(self):
        group = self.env["ir.model.data"]._xmlid_to_res_id("contact_center.group_technician")
        return [("all_group_ids", "in", group)]

    @api.constrains("user_id", "start", "end")
    def _check_times(self):
        for shift in self:
            if shift.end - shift.start > LONGEST:
                raise ValidationError(self.env._("A shift has at most 14 hours."))
            other = self.search(
                [
                    ("id", "!=", shift.id),
                    ("user_id", "=", shift.user_id.id),
                    ("start", "<", shift.end),
                    ("end", ">", shift.start),
                ],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._("%s has another shift at that time.", shift.user_id.name)
                )

    @api.depends("user_id", "start")
    @api.depends_context("lang", "tz", "uid")
    def _compute_display_name(self):
        labels = self.user_id._contact_center_labels()
        for shift in self:
            local = shift.start and fields.Datetime.context_timestamp(shift, shift.start)
            name = labels.get(shift.user_id, "")
            shift.display_name = f"{name} · {local:%d/%m %H:%M}" if local else name

    # ------------------------------------------------------------
    # Pauses by rule
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Place the pauses of new shifts, unless they are entered."""
        created = super().create(vals_list)
        created.filtered(lambda shift: not shift.pause_ids)._place_pauses()
        return created

    def write(self, vals):
        """Place the pauses anew when the times change."""
        result = super().write(vals)
        if {"start", "end"} & vals.keys():
            self._place_pauses()
        return result

    def _place_pauses(self):
        """Place the regulated pauses, at different times for those who begin together."""
        self.pause_ids.unlink()
        pauses = []
        for shift in self:
            together = [("start", "=", shift.start), ("id", "<", shift.id)]
            begin, end = _minutes(shift.start), _minutes(shift.end)
            for one in shifts.pauses_by_rule(begin, end, self.search_count(together)):
                pauses.append(
                    {
                        "shift_id": shift.id,
                        "kind": one.kind,
                        "planned_at": _moment(one.at),
                        "minutes": int(one.minutes),
                    }
                )
        self.env["contact_center.shift.pause"].create(pauses)

    # ------------------------------------------------------------
    # What the ledger says
    # ------------------------------------------------------------

    @api.depends("user_id", "start", "end")
    def _compute_presence(self):
        now = _minutes(fields.Datetime.now())
        ledgers = self._ledgers()
        for shift in self:
            if not (shift.start and shift.end):
                shift.update(
                    {"presence": False, "came_at": False, "left_at": False, "late_minutes": 0}
                )
                continue
            begin, end = _minutes(shift.start), _minutes(shift.end)
            logged = shift._logged(ledgers[shift.user_id.id])
            state, came, left = shifts.presence(begin, end, logged, now)
            late = (came - begin) if came is not None else (now - begin)
            counts = state != shifts.PLANNED and (came is not None or state == shifts.MISSING)
            shift.update(
                {
                    "presence": state,
                    "came_at": _moment(came) if came is not None else False,
                    "left_at": _moment(left) if left is not None else False,
                    "late_minutes": max(int(late), 0) if counts else 0,
                }
            )

    @api.model
    def _search_presence(self, operator, value):
        """Search among the shifts around now: of others the presence is no question."""
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        around = self.search([("start", "<", now + EARLY), ("end", ">", now - LONGEST)])
        return [("id", "in", around.filtered(lambda shift: shift.presence in value).ids)]

    @api.depends("replacement_ids")
    def _compute_is_replaced(self):
        for shift in self:
            shift.is_replaced = bool(shift.replacement_ids)

    def _ledgers(self):
        """Return the states around these shifts: {user id: [(kind, break kind, start, end)]}.

        Minutes; the end of a state that lasts is None.
        """
        found = defaultdict(list)
        timed = self.filtered(lambda shift: shift.start and shift.end)
        if not timed:
            return found
        self.env["contact_center.agent.state"].flush_model()
        self.env.cr.execute(
            _STATES,
            {
                "users": timed.user_id.ids,
                "since": to_us(min(timed.mapped("start")) - EARLY),
                "until": to_us(max(timed.mapped("end"))),
            },
        )
        for user_id, kind, break_kind, start, end in self.env.cr.fetchall():
            end = end / MINUTE if end else None
            found[user_id].append((kind, break_kind, start / MINUTE, end))
        return found

    def _logged(self, ledger):
        """Return when the person was logged in during this shift: [(start, end or None)]."""
        begin, end = _minutes(self.start), _minutes(self.end)
        early = EARLY.total_seconds() / 60
        logged = []
        for kind, _break_kind, since, until in ledger:
            outside = since >= end or (until is not None and until <= begin - early)
            if kind == "logged_out" or outside:
                continue
            # Before the shift only what reaches into it counts
            if until is not None and until <= begin:
                continue
            if logged and logged[-1][1] == since:
                logged[-1] = (logged[-1][0], until)
            else:
                logged.append((since, until))
        return logged

    def _breaks(self, ledger):
        """Return the breaks that the person took in this shift."""
        begin, end = _minutes(self.start), _minutes(self.end)
        return [
            shifts.Break(break_kind, since, until)
            for kind, break_kind, since, until in ledger
            if kind == "break" and begin <= since < end
        ]

    def _planned_spells(self, since, until):
        """Return when the person is to be there for contacts between two moments (naive UTC).

        :return: tuple of `workforce.Spell`: the shift without its pauses
        """
        self.ensure_one()
        at, spells = max(self.start, since), []
        for pause in self.pause_ids.sorted("planned_at"):
            begin = min(max(pause.planned_at, at), until)
            if begin > at:
                spells.append((at, begin))
            at = max(at, pause.planned_at + timedelta(minutes=pause.minutes))
        if at < min(self.end, until):
            spells.append((at, min(self.end, until)))
        return tuple(
            Spell(to_us(begin) / SECOND, to_us(end) / SECOND)
            for begin, end in spells
            if end > begin
        )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_replace(self):
        """Open a new shift of somebody who takes the place of an absent person."""
        self.ensure_one()
        if self.presence not in (shifts.MISSING, shifts.LEFT, shifts.PLANNED):
            raise UserError(self.env._("Only somebody who is not there is replaced."))
        now = fields.Datetime.now().replace(second=0, microsecond=0)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Replacement of %s", self.user_id.name),
            "res_model": "contact_center.shift",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_start": max(self.start, now),
                "default_end": self.end,
                "default_seat": self.seat,
                "default_role": self.role,
                "default_replaces_id": self.id,
            },
        }

    @api.model
    def _now_domain(self):
        """Return the domain of the shifts that are going on."""
        now = fields.Datetime.now()
        return Domain("start", "<=", now) & Domain("end", ">", now)


def _minutes(at):
    """Return a moment (naive UTC) in minutes."""
    return to_us(at) / MINUTE


def _moment(minutes):
    """Return minutes as naive UTC, in whole seconds."""
    return from_us(round(minutes * 60) * SECOND)
