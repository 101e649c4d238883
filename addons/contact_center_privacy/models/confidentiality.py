# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError

PAGE = "/contact_center/confidentiality"
GROUPS = (
    "contact_center.group_technician",
    "contact_center.group_supervisor",
    "contact_center.group_administrator",
    "contact_center.group_manager",
    "contact_center_privacy.group_privacy_officer",
)


class ConfidentialityTerm(models.Model):
    """The confidentiality term that users accept before starting work, in versions.

    One version is in force at a time. A new one asks everybody again; without one nobody is asked.
    """

    _name = "contact_center.confidentiality.term"
    _description = "Confidentiality Term"
    _order = "version desc, id desc"

    name = fields.Char(string="Title", required=True)
    version = fields.Integer(readonly=True, copy=False, aggregator=None)
    text = fields.Html(required=True)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "In force"), ("superseded", "No longer in force")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    published_at = fields.Datetime(string="In force since", readonly=True, copy=False)
    published_by_id = fields.Many2one(
        "res.users", string="Published by", readonly=True, copy=False, ondelete="restrict"
    )
    acceptance_ids = fields.One2many("contact_center.confidentiality.acceptance", "term_id")
    accepted_count = fields.Integer(compute="_compute_people", string="Accepted by")
    pending_ids = fields.Many2many(
        "res.users", compute="_compute_people", string="Have not accepted yet"
    )

    _one_in_force = models.UniqueIndex(
        "(state) WHERE state = 'published'", "Only one version is in force at a time."
    )

    @api.depends("acceptance_ids", "state")
    def _compute_people(self):
        users = self._people() if any(term.state == "published" for term in self) else None
        for term in self:
            accepted = term.acceptance_ids.user_id
            term.accepted_count = len(accepted)
            term.pending_ids = users - accepted if term.state == "published" else False

    @api.model
    def _people(self):
        """Return users who must accept: everybody with a role in the contact center."""
        # sudo: res.groups - who has a role
        groups = self.env["res.groups"].sudo()
        for group in GROUPS:
            groups |= self.env.ref(group).sudo()
        users = groups.all_user_ids.filtered(lambda user: user.active and not user.share)
        return (users - self.env.ref("base.user_root")).with_env(self.env)

    # ------------------------------------------------------------
    # Versions
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Create drafts only; see `action_publish`."""
        return super().create(
            [{**vals, "state": "draft", "published_at": False} for vals in vals_list]
        )

    def write(self, vals):
        """Refuse to change what people accepted, and the state but by the buttons."""
        if {"state", "version", "published_at", "published_by_id"} & vals.keys():
            raise UserError(self.env._("A term comes into force only by its own buttons."))
        if {"text", "name"} & vals.keys() and any(term.state != "draft" for term in self):
            raise UserError(self.env._("Accepted texts are never changed: create a new version."))
        return super().write(vals)

    def _move(self, **vals):
        """Change what only the buttons change."""
        result = super().write(vals)  # pylint: disable=super-method-mismatch
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(term.state != "draft" for term in self):
            raise UserError(self.env._("Terms that people accepted are kept."))

    def _check_officer(self):
        self.env["contact_center.privacy.request"]._check_officer()

    def action_publish(self):
        """Put this version into force: everybody is asked to accept it."""
        self._check_officer()
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("Only a draft can be published."))
        if tools.is_html_empty(self.text):
            raise UserError(self.env._("Write the text first."))
        newest = max(self.search([]).mapped("version"), default=0)
        before = self.search([("state", "=", "published")])
        before._move(state="superseded")
        before.flush_recordset()
        self._move(
            version=newest + 1,
            state="published",
            published_at=fields.Datetime.now(),
            published_by_id=self.env.uid,
        )
        return True

    def action_new_version(self):
        """Create a draft from this version and open it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.copy().id,
            "view_mode": "form",
        }

    def action_withdraw(self):
        """Stop asking for acceptance; past acceptances stay on record."""
        self._check_officer()
        self.filtered(lambda term: term.state == "published")._move(state="superseded")
        return True

    # ------------------------------------------------------------
    # Accepting
    # ------------------------------------------------------------

    @api.model
    @tools.ormcache()
    def _in_force_id(self):
        """Return the id of the version in force, or False (cached: needed for each page)."""
        # sudo: contact_center.confidentiality.term - everybody who must accept it may read it
        return self.sudo().search([("state", "=", "published")], limit=1).id

    @api.model
    def _pending(self, user):
        """Return the version that `user` must accept before they work, or empty."""
        # sudo: contact_center.confidentiality.term - as above
        term = self.sudo().browse(self._in_force_id() or [])
        if not term or not any(user.has_group(group) for group in GROUPS):
            return self.sudo().browse()
        # sudo: contact_center.confidentiality.acceptance - existence only
        found = self.env["contact_center.confidentiality.acceptance"].sudo()
        wanted = [("term_id", "=", term.id), ("user_id", "=", user.id)]
        return term.browse() if found.search_count(wanted, limit=1) else term

    @api.model
    def _check_accepted(self, user):
        """Raise AccessError while `user` has not accepted the version in force."""
        if not self._pending(user):
            return
        if user == self.env.user:
            raise AccessError(
                self.env._(
                    "Read and accept the confidentiality term before you work: reload this page."
                )
            )
        raise AccessError(
            self.env._("%s has not accepted the confidentiality term yet.", user.name)
        )

    def _accept(self, user, address="", browser=""):
        """Record that `user` accepted this version; repetitions are ignored.

        :param address: the network address used
        :param browser: the browser's user agent
        """
        self.ensure_one()
        if self.state != "published":
            raise UserError(self.env._("There is a newer version: reload this page."))
        # sudo: contact_center.confidentiality.acceptance - written by the system only
        acceptances = self.env["contact_center.confidentiality.acceptance"].sudo()
        known = acceptances.search([("term_id", "=", self.id), ("user_id", "=", user.id)])
        return known or acceptances.create(
            {
                "term_id": self.id,
                "user_id": user.id,
                "address": (address or "")[:64],
                "browser": (browser or "")[:256],
            }
        )


class ConfidentialityAcceptance(models.Model):
    """A user's acceptance of a version of the term: append-only."""

    _name = "contact_center.confidentiality.acceptance"
    _inherit = ["contact_center.machine.row"]
    _description = "Acceptance of the Confidentiality Term"
    _order = "id desc"
    _rec_name = "user_id"

    term_id = fields.Many2one(
        "contact_center.confidentiality.term",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    version = fields.Integer(related="term_id.version")
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="restrict"
    )
    login = fields.Char(related="user_id.login")
    at = fields.Datetime(
        string="Accepted at", required=True, readonly=True, default=fields.Datetime.now
    )
    address = fields.Char(string="Network address", readonly=True)
    browser = fields.Char(readonly=True)

    _once = models.Constraint(
        "UNIQUE(term_id, user_id)", "A version is accepted once by each user."
    )

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse every change."""
        raise UserError(self.env._("Acceptances are neither changed nor deleted."))

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse every deletion."""
        words = self.env._("Acceptances are neither changed nor deleted.")
        raise UserError(words)  # pylint: disable=no-raise-unlink
