# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ADMINISTRATOR = "contact_center.group_administrator"
# Written by the buttons only
_BY_BUTTON = ("state", "requested_by_id", "requested_at", "decided_by_id", "decided_at")


class Decided(models.AbstractModel):
    """What two people decide, with the day from which it holds.

    These are readings and goals of the contract. One person writes a draft and asks for approval,
    another one approves or refuses it. Afterwards nobody changes it, not even the superuser:
    figures were made by it.
    """

    _name = "contact_center.indicator.decided"
    _description = "Decided by Two People"
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
    requested_at = fields.Datetime(string="Asked at", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    decided_at = fields.Datetime(readonly=True, copy=False)
    may_decide = fields.Boolean(compute="_compute_may_decide")

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
        """Ask another person for approval."""
        self.ensure_one()
        self.check_access("write")
        self._check_draft()
        self._check_may_begin()
        self._settle(
            state="requested",
            requested_by_id=self.env.uid,
            requested_at=fields.Datetime.now(),
        )
        return True

    def action_approve(self):
        """Put it in force from its start on; a second person does."""
        self.ensure_one()
        self._check_may_decide()
        self._check_may_begin()
        self._settle(state="approved", decided_by_id=self.env.uid, decided_at=fields.Datetime.now())
        return True

    def action_refuse(self):
        """Refuse it; whoever wrote it makes another draft."""
        self.ensure_one()
        self._check_may_decide()
        self._settle(state="refused", decided_by_id=self.env.uid, decided_at=fields.Datetime.now())
        return True

    def action_withdraw(self):
        """Make it a draft again; only the person who asked may."""
        self.ensure_one()
        self._check_waits()
        if self.requested_by_id != self.env.user:
            raise AccessError(self.env._("Only the person who asked may withdraw it."))
        self._settle(state="draft", requested_by_id=False, requested_at=False)
        return True

    # ------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------

    def _may_decide(self, user):
        """Return whether `user` may approve; the city's roles extend it (hook)."""
        return user.has_group(ADMINISTRATOR)

    def _obstacle(self):
        """Return in words why the current user may not decide, or ""."""
        self.ensure_one()
        if not self._may_decide(self.env.user):
            return self.env._("You have no right to approve this.")
        # sudo: res.users - only compared
        if self.env.user in (self.sudo().requested_by_id | self.sudo().create_uid):
            return self.env._("You wrote this or asked for it: another person has to decide.")
        return ""

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
