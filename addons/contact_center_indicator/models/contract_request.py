# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..measure import requests
from .decided import CITY, CONTRACTOR

# The quietest hours are those of so many weeks past
WEEKS = 8
# A maintenance is proposed so long ahead, that the city can authorise it
AHEAD = timedelta(hours=24)
HOURS_MOST = 12
# Written when it is made; afterwards the buttons write
_BY_BUTTON = frozenset(
    {
        *("state", "asked_at", "done_at", "done_by_id", "accepted_at", "accepted_by_id"),
        *("planned_start", "planned_end", "planned_contacts"),
        *("authorised_at", "authorised_by_id", "occurrence_id"),
    }
)
# What people may still write while it is open
_OPEN = frozenset({"done_note", "authorisation", "hours", "queue_id"})


class ContractRequest(models.Model):
    """Something that the city asks of the electronic service, with its clock.

    A message is live within 72 hours, a fault mended within 24, a maintenance lies in the quietest
    hours and has the city's written authorisation. The clock begins when it is entered, or earlier
    where a letter says so; nobody moves it afterwards.
    """

    _name = "contact_center.contract.request"
    _description = "Request of the City"
    _order = "asked_at desc, id desc"
    _rec_name = "description"

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
        [
            (requests.MESSAGE, "Message of the electronic service (72 hours)"),
            (requests.FAULT, "Fault of the electronic service (24 hours)"),
            (requests.MAINTENANCE, "Maintenance in the quietest hours"),
            (requests.OTHER, "Another request"),
        ],
        required=True,
        default=requests.MESSAGE,
    )
    description = fields.Char(required=True)
    document = fields.Char(help="Letter or e-mail with which the city asked.")
    queue_id = fields.Many2one("contact_center.queue", ondelete="restrict")
    asked_at = fields.Datetime(
        required=True, default=fields.Datetime.now, help="The clock runs from then on."
    )
    due_at = fields.Datetime(string="Until", compute="_compute_due_at", store=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("authorised", "Authorised"),
            ("done", "Done"),
            ("accepted", "Accepted"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="open",
        copy=False,
    )
    is_late = fields.Boolean(
        string="Too late", compute="_compute_is_late", search="_search_is_late"
    )
    done_at = fields.Datetime(readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    done_note = fields.Text(string="What was done", copy=False)
    accepted_at = fields.Datetime(readonly=True, copy=False)
    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    hours = fields.Integer(string="Duration (hours)", default=1, aggregator=None)
    planned_start = fields.Datetime(string="Planned from", readonly=True, copy=False)
    planned_end = fields.Datetime(string="Planned until", readonly=True, copy=False)
    planned_contacts = fields.Float(
        string="Contacts expected meanwhile",
        readonly=True,
        copy=False,
        aggregator=None,
        help="The mean of these hours over the last eight weeks.",
    )
    authorisation = fields.Char(string="Written authorisation", copy=False)
    authorised_at = fields.Datetime(readonly=True, copy=False)
    authorised_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    occurrence_id = fields.Many2one(
        "contact_center.indicator.occurrence", readonly=True, copy=False, ondelete="set null"
    )

    _hours_positive = models.Constraint(
        f"CHECK(hours BETWEEN 1 AND {HOURS_MOST})", "A maintenance takes between 1 and 12 hours."
    )

    @api.depends("kind", "asked_at")
    def _compute_due_at(self):
        for request in self:
            request.due_at = request.asked_at and requests.due(request.kind, request.asked_at)

    @api.depends("kind", "asked_at", "done_at", "state")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for request in self:
            request.is_late = (
                bool(request.asked_at)
                and request.state != "cancelled"
                and requests.is_late(request.kind, request.asked_at, request.done_at or None, now)
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        self.flush_model(["due_at", "done_at", "state"])
        query = SQL(
            "SELECT id FROM contact_center_contract_request WHERE due_at IS NOT NULL "
            "AND state != 'cancelled' AND COALESCE(done_at, %s) > due_at",
            now,
        )
        return [("id", "in" if True in value else "not in", query)]

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Begin open, with a clock that does not begin in the future."""
        made = super().create(vals_list)
        now = fields.Datetime.now()
        if any(
            one.state != "open" or one.done_at or one.authorised_at or one.asked_at > now
            for one in made
        ):
            raise UserError(self.env._("A request begins open, and was made by now."))
        return made

    def write(self, vals):
        """Let people write notes while it is open; all else is done by the buttons."""
        if any(one.state in ("accepted", "cancelled") for one in self):
            raise UserError(self.env._("This request is closed: make another one."))
        if not vals.keys() <= _OPEN:
            raise AccessError(
                self.env._("What was asked and when is not changed; the buttons do the rest.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Requests are kept: cancel it."))

    def _step(self, states, party, **vals):
        """Go on to what `vals` says, by the user of a party, from one of these states."""
        self.ensure_one()
        self.check_access("write")
        # sudo: contact_center.contract.request - locked only, the right was checked
        self.sudo().lock_for_update()
        if self.state not in states:
            raise UserError(self.env._("Somebody was faster: this request has gone on already."))
        if party and self.env["contact_center.indicator.occurrence"]._party(self.env.user) != party:
            raise AccessError(
                self.env._("An inspector of the contract does this, for the city.")
                if party == CITY
                else self.env._("The contractor does this.")
            )
        # sudo: contact_center.contract.request - the buttons write what nobody writes by hand
        # pylint: disable-next=super-method-mismatch
        return super(ContractRequest, self.sudo()).write(vals)

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_done(self):
        """State that it is done; the clock stops."""
        self.ensure_one()
        if self.kind == requests.MAINTENANCE and self.state != "authorised":
            raise UserError(
                self.env._("The city authorises a maintenance in writing before it begins.")
            )
        if not (self.done_note or "").strip():
            raise UserError(self.env._("Write what was done first."))
        return self._step(
            ("open", "authorised"),
            CONTRACTOR,
            state="done",
            done_at=fields.Datetime.now(),
            done_by_id=self.env.uid,
        )

    def action_accept(self):
        """Accept for the city what was done."""
        return self._step(
            ("done",),
            CITY,
            state="accepted",
            accepted_at=fields.Datetime.now(),
            accepted_by_id=self.env.uid,
        )

    def action_reopen(self):
        """Send it back for the city: the clock goes on as if it had never stopped."""
        return self._step(("done",), CITY, state="open", done_at=False, done_by_id=False)

    def action_cancel(self):
        """Withdraw it, for the city."""
        return self._step(("open", "authorised"), CITY, state="cancelled")

    def action_propose(self):
        """Find the quietest hours in the data, and propose them for the maintenance."""
        self.ensure_one()
        if self.kind != requests.MAINTENANCE:
            raise UserError(self.env._("Only a maintenance is planned."))
        zone = self.env["contact_center.indicator.source"]._zone()
        counts = self._contacts_by_hour(zone)
        first = requests.quietest(counts, self.hours)
        earliest = (fields.Datetime.now() + AHEAD).replace(tzinfo=UTC).astimezone(zone)
        start = requests.next_at(first, earliest.replace(tzinfo=None))
        start = start.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
        expected = sum(
            counts.get((first + step) % requests.HOURS_OF_WEEK, 0) for step in range(self.hours)
        )
        return self._step(
            ("open",),
            None,
            planned_start=start,
            planned_end=start + timedelta(hours=self.hours),
            planned_contacts=expected / WEEKS,
        )

    @api.model
    def _contacts_by_hour(self, zone):
        """Return how many contacts came in each hour of the week: {hour of the week: number}."""
        until = fields.Datetime.now()
        query = SQL(
            """
            SELECT (extract(isodow FROM local)::int - 1) * 24 + extract(hour FROM local)::int,
                count(*)
            FROM (
                SELECT at AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s AS local
                FROM contact_center_event
                WHERE kind = 'opened' AND at >= %(since)s AND at < %(until)s
            ) opened
            GROUP BY 1
            """,
            zone=str(zone),
            since=until - timedelta(weeks=WEEKS),
            until=until,
        )
        return dict(self.env.execute_query(query))

    def action_authorise(self):
        """Authorise the planned maintenance in writing, for the city."""
        self.ensure_one()
        if not self.planned_start:
            raise UserError(self.env._("Let the quietest hours be proposed first."))
        if not (self.authorisation or "").strip():
            raise UserError(self.env._("Name the document of the authorisation first."))
        return self._step(
            ("open",),
            CITY,
            state="authorised",
            authorised_at=fields.Datetime.now(),
            authorised_by_id=self.env.uid,
        )

    def action_occurrence(self):
        """Record a late request as an occurrence, for defence and decision; and open it."""
        self.ensure_one()
        if not self.is_late:
            raise UserError(self.env._("This request is not late."))
        if not self.occurrence_id:
            is_fault = self.kind == requests.FAULT
            occurrence = self.env["contact_center.indicator.occurrence"].create(
                {
                    "kind": "flow" if is_fault else "duty",
                    "clause": False if is_fault else self.env._("messages within 72 hours"),
                    "description": self.description,
                    "document": self.document or self.env._("Request of the city %s", self.id),
                    "happened_at": self.asked_at,
                    "mended_at": self.done_at,
                    "queue_id": self.queue_id.id,
                }
            )
            states = ("open", "authorised", "done", "accepted")
            self._step(states, None, occurrence_id=occurrence.id)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_indicator.indicator_occurrence_action"
        )
        return {**action, "res_id": self.occurrence_id.id, "views": [(False, "form")]}
