from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError

from .privacy_access_log import PRIVACY_WORK

PAGE = "/contact_center/confidentiality"
ROLES = ("technician", "supervisor", "administrator", "manager", "privacy_officer")


class ConfidentialityTerm(models.Model):
    """What each user of the platform promises before their first work, in versions.

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
        """Users who must accept: all with a role in the contact centre."""
        # sudo: res.groups - who has a role
        groups = self.env["res.groups"].sudo()
        for role in ROLES:
            groups |= self.env.ref(f"contact_center.group_{role}").sudo()
        users = groups.all_user_ids.filtered(lambda user: user.active and not user.share)
        return (users - self.env.ref("base.user_root")).with_env(self.env)

    # ------------------------------------------------------------
    # Versions
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Only drafts are made; see `action_publish`."""
        return super().create(
            [{**vals, "state": "draft", "published_at": False} for vals in vals_list]
        )

    def write(self, vals):
        """Refuse to change what people accepted, and the state but by the buttons."""
        work = self.env.context.get("contact_center_privacy") is PRIVACY_WORK
        bookkeeping = {"state", "version", "published_at", "published_by_id"}
        if not work and bookkeeping & vals.keys():
            raise UserError(self.env._("A term comes into force only by its own buttons."))
        if {"text", "name"} & vals.keys() and any(term.state != "draft" for term in self):
            raise UserError(
                self.env._("What people accepted is never changed: make a new version of it.")
            )
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(term.state != "draft" for term in self):
            raise UserError(self.env._("Terms that people accepted are kept."))

    def _check_officer(self):
        self.env["contact_center.privacy.request"]._check_officer()

    def action_publish(self):
        """Put this version in force: everybody is asked to accept it."""
        self._check_officer()
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("Only a draft can be published."))
        if tools.is_html_empty(self.text):
            raise UserError(self.env._("Write the text first."))
        working = self.with_context(contact_center_privacy=PRIVACY_WORK)
        newest = max(self.search([]).mapped("version"), default=0)
        before = working.search([("state", "=", "published")])
        before.write({"state": "superseded"})
        before.flush_recordset()
        working.write(
            {
                "version": newest + 1,
                "state": "published",
                "published_at": fields.Datetime.now(),
                "published_by_id": self.env.uid,
            }
        )
        return True

    def action_new_version(self):
        """Make a draft from this version and open it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.copy().id,
            "view_mode": "form",
        }

    def action_withdraw(self):
        """Ask nobody any more; what was accepted stays on record."""
        self._check_officer()
        working = self.filtered(lambda term: term.state == "published")
        working.with_context(contact_center_privacy=PRIVACY_WORK).write({"state": "superseded"})
        return True

    # ------------------------------------------------------------
    # Accepting
    # ------------------------------------------------------------

    @api.model
    @tools.ormcache()
    def _in_force_id(self):
        """Id of the version in force, or False (kept in memory: asked at each page)."""
        # sudo: contact_center.confidentiality.term - whoever must accept it reads it
        return self.sudo().search([("state", "=", "published")], limit=1).id

    @api.model
    def _pending(self, user):
        """The version that `user` must accept before they work, or empty."""
        # sudo: contact_center.confidentiality.term - as above
        term = self.sudo().browse(self._in_force_id() or [])
        if not term or not any(user.has_group(f"contact_center.group_{role}") for role in ROLES):
            return self.sudo().browse()
        # sudo: contact_center.confidentiality.acceptance - whether there is one
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
        """Keep that `user` accepted this version; again is nothing new.

        :param address: the network address it was done from
        :param browser: what the browser calls itself
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
    """That a user accepted a version of the term, and when: append-only."""

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
