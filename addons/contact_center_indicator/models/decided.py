# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

CITY, CONTRACTOR = "city", "contractor"
INSPECTOR = "contact_center_indicator.group_contract_inspector"
# Who may decide for the contractor; all others of its people only ask
CONTRACTORS = (
    "contact_center.group_administrator",
    "contact_center_indicator.group_contract_manager",
)
# Written by the buttons only
_BY_BUTTON = (
    *("state", "requested_by_id", "requested_for", "requested_at"),
    *("decided_by_id", "decided_for", "decided_at"),
)


class Decided(models.AbstractModel):
    """What both parties decide, with the day from which it holds.

    These are readings, goals and statements of the contract, and the contract itself. Somebody of
    one party writes a draft and asks for approval, somebody of the other approves or refuses it.
    Afterwards nobody changes it, not even the superuser: figures were made by it.
    """

    _name = "contact_center.indicator.decided"
    _description = "Decided by Both Parties"
    _order = "start desc, id desc"

    start = fields.Date(
        string="In force from",
        required=True,
        copy=False,
        help="The first day of a month to come: figures of the past do not change.",
    )
    document = fields.Char(
        required=True, help="The letter, minutes or amendment by which both parties agreed."
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("requested", "Waiting for approval"),
            ("approved", "Approved"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    requested_by_id = fields.Many2one(
        "res.users", string="Asked by", readonly=True, copy=False, ondelete="restrict"
    )
    requested_for = fields.Selection(
        selection="_parties", string="Asked for", readonly=True, copy=False
    )
    requested_at = fields.Datetime(string="Asked at", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    decided_for = fields.Selection(
        selection="_parties", string="Decided for", readonly=True, copy=False
    )
    decided_at = fields.Datetime(readonly=True, copy=False)
    may_decide = fields.Boolean(compute="_compute_may_decide")

    @api.model
    def _parties(self):
        """Return the parties of the contract, as a selection."""
        return [(CITY, self.env._("The city")), (CONTRACTOR, self.env._("The contractor"))]

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for decided in self:
            decided.may_decide = decided.state == "requested" and not decided._obstacle()

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Begin as a draft, whatever the caller or a default asks for."""
        made = super().create(vals_list)
        if any(one.state != "draft" or one.requested_by_id or one.decided_by_id for one in made):
            raise AccessError(self.env._("It begins as a draft, and two people decide on it."))
        return made

    def write(self, vals):
        """Let only drafts be changed, and states by the buttons."""
        if not vals.keys().isdisjoint(_BY_BUTTON):
            raise AccessError(self.env._("This is changed by its buttons only."))
        self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        self._check_draft()

    def _check_draft(self):
        """Raise UserError unless these may still be changed."""
        if any(one.state != "draft" for one in self):
            raise UserError(
                self.env._("What was asked for or decided is not changed: make a new draft.")
            )

    def _settle(self, **vals):
        """Write past `write`, which lets nobody change a decision; the callers check the right."""
        # sudo: the model that inherits this - nobody writes these fields by hand
        write = super(Decided, self.sudo()).write
        return write(vals)

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_request(self):
        """Ask the other party for approval."""
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        self._check_may_begin()
        self._settle(
            state="requested",
            requested_by_id=self.env.uid,
            requested_for=self._party(self.env.user),
            requested_at=fields.Datetime.now(),
        )
        return True

    def action_approve(self):
        """Put it in force from its start on; the other party does."""
        self.ensure_one()
        self._check_may_decide()
        self._check_may_begin()
        self._decide("approved")
        return True

    def action_refuse(self):
        """Refuse it; whoever wrote it makes another draft."""
        self.ensure_one()
        self._check_may_decide()
        self._decide("refused")
        return True

    def _decide(self, state):
        """Write what the current user decided; the callers check the right."""
        self._settle(
            state=state,
            decided_by_id=self.env.uid,
            decided_for=self._party(self.env.user),
            decided_at=fields.Datetime.now(),
        )

    def action_withdraw(self):
        """Make it a draft again; only the person who asked may."""
        self.ensure_one()
        self._check_waits()
        if self.requested_by_id != self.env.user:
            raise AccessError(self.env._("Only the person who asked may withdraw it."))
        self._settle(state="draft", requested_by_id=False, requested_for=False, requested_at=False)
        return True

    # ------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------

    @api.model
    def _party(self, user):
        """Return for which party of the contract a user stands: `CITY` or `CONTRACTOR`."""
        return CITY if user.has_group(INSPECTOR) else CONTRACTOR

    def _deciding_party(self):
        """Return the party that decides: the one that did not ask."""
        return CONTRACTOR if self.requested_for == CITY else CITY

    def _may_decide(self, user):
        """Return whether `user` may decide on this for the party that has to."""
        party = self._party(user)
        if party != self._deciding_party():
            return False
        return party == CITY or any(user.has_group(group) for group in CONTRACTORS)

    def _obstacle(self):
        """Return in words why the current user may not decide, or ""."""
        self.ensure_one()
        # sudo: res.users - only compared
        if self.env.user in (self.sudo().requested_by_id | self.sudo().create_uid):
            return self.env._("You wrote this or asked for it: another person has to decide.")
        if self._may_decide(self.env.user):
            return ""
        if self._deciding_party() == CITY:
            return self.env._(
                "An inspector of the contract decides on this for the city. Administrators name "
                "inspectors under “People and roles”."
            )
        return self.env._(
            "The city asked for this: an administrator or a contract manager of the contractor "
            "decides."
        )

    def _check_waits(self):
        self.check_access("read")
        # If two people click at once, the second sees what the first one did.
        # sudo: the model that inherits this - locked only, any reader may be first
        self.sudo().lock_for_update()
        if self.state != "requested":
            raise UserError(self.env._("This was decided already."))

    def _check_may_decide(self):
        self._check_waits()
        obstacle = self._obstacle()
        if obstacle:
            raise AccessError(obstacle)

    def _check_may_begin(self):
        """Raise UserError if it would change days that are past."""
        if self.start <= self.env["contact_center.indicator.source"]._today():
            raise UserError(
                self.env._("It has to begin in a month to come: figures of the past do not change.")
            )
