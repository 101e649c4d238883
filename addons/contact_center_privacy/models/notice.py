# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError


class PrivacyNotice(models.Model):
    """The notice that citizens get at the first contact: one record per version.

    It is about their data.

    A published version never changes: consents refer to exactly the text that was shown. A new
    version supersedes the previous one and is shown to everybody again.
    """

    _name = "contact_center.privacy.notice"
    _description = "Privacy Notice"
    _order = "state, queue_id, version desc, id desc"
    _rec_names_search = ["name", "text"]

    name = fields.Char(required=True)
    version = fields.Integer(default=1, required=True, readonly=True, aggregator=None)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("superseded", "Superseded")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    basis = fields.Selection(
        [
            ("notice", "Public service: notice, its showing is recorded"),
            ("consent", "Consent: the citizen answers before the service goes on"),
        ],
        string="Legal basis",
        required=True,
        default="notice",
        help="A public body that carries out its duties needs no consent (LGPD arts. 7 III and "
        "23) but must inform. Consent (art. 7 I) is for anything beyond that.",
    )
    queue_id = fields.Many2one(
        "contact_center.queue",
        ondelete="restrict",
        index="btree_not_null",
        help="Only for conversations that begin in this queue. Empty: for all without their own.",
    )
    text = fields.Text(
        required=True,
        default=lambda self: self._citizens()._(
            "🔒 We use your data only for this service (Law 13.709/2018, LGPD)."
        ),
        help="The citizen reads this text. Short: it goes along with the first answer.",
    )
    url = fields.Char(string="Link", help="Where the whole privacy policy can be read.")
    refused_text = fields.Text(
        string="Text when refused",
        default=lambda self: self._citizens()._(
            "All right, we respect your choice and will not ask for any data here. "
            "If you prefer, visit our service desk."
        ),
        help="The citizen reads this text after “I do not agree”.",
    )
    refused_action = fields.Selection(
        [("hand_over", "A person takes over, the bot asks nothing"), ("close", "The service ends")],
        string="When refused",
        required=True,
        default="hand_over",
    )
    published_at = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    previous_id = fields.Many2one(
        "contact_center.privacy.notice", readonly=True, copy=False, ondelete="restrict"
    )
    preview = fields.Text(compute="_compute_preview", string="As the citizen reads it")
    consent_count = fields.Integer(compute="_compute_consent_count", string="Recorded")

    _published_queue_unique = models.UniqueIndex(
        "(queue_id) WHERE state = 'published' AND queue_id IS NOT NULL",
        "This queue already has a published notice.",
    )

    @api.depends("name", "version")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = notice.name and self.env._(
                "%(name)s (version %(version)s)", name=notice.name, version=notice.version
            )

    @api.depends("text", "url")
    @api.depends_context("lang")
    def _compute_preview(self):
        for notice in self:
            notice.preview = notice._words()

    def _compute_consent_count(self):
        groups = self.env["contact_center.privacy.consent"]._read_group(
            [("notice_id", "in", self.ids)], ["notice_id"], ["__count"]
        )
        counts = {notice.id: count for notice, count in groups}
        for notice in self:
            notice.consent_count = counts.get(notice.id, 0)

    @api.model
    def _citizens(self):
        """Return an environment whose `_` speaks the language of most citizens."""
        return self.env["contact_center.conversation"]._citizen_env()

    def _words(self):
        """Return the notice as sent, in the environment's language: the text and the link."""
        self.ensure_one()
        text = (self.text or "").strip()
        more = self.env._("Read more: %s", (self.url or "").strip())
        return f"{text}\n{more}" if self.url else text

    @api.constrains("url")
    def _check_url(self):
        for notice in self:
            if notice.url and not notice.url.strip().startswith("https://"):
                raise ValidationError(self.env._("The link must begin with https://"))

    # ------------------------------------------------------------
    # Versions
    # ------------------------------------------------------------

    def write(self, vals):
        """Refuse to change a version that citizens were shown."""
        shown = {"text", "url", "basis", "queue_id", "version", "refused_text", "refused_action"}
        if shown & vals.keys() and any(notice.state != "draft" for notice in self):
            raise UserError(
                self.env._("A published notice is never changed: make a new version of it.")
            )
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(notice.state != "draft" for notice in self):
            raise UserError(self.env._("Notices that citizens were shown are kept."))

    def action_new_version(self):
        """Create a draft of the next version and open it."""
        self.ensure_one()
        latest = self.search([("queue_id", "=", self.queue_id.id)], order="version desc", limit=1)
        draft = self.copy({"version": latest.version + 1})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "view_mode": "form",
        }

    def action_publish(self):
        """Show this version from now on, even to those who saw the previous one."""
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("Only a draft can be published."))
        before = self._same_scope()
        before.write({"state": "superseded"})
        before.flush_recordset()
        newest = max(self.search([("queue_id", "=", self.queue_id.id)]).mapped("version"))
        self.write(
            {
                "version": self.version if self.version >= newest else newest + 1,
                "state": "published",
                "published_at": fields.Datetime.now(),
                "published_by_id": self.env.uid,
                "previous_id": before[:1].id,
            }
        )
        return True

    def action_withdraw(self):
        """Stop showing this notice."""
        self.write({"state": "superseded"})
        return True

    def _same_scope(self):
        """Return the published notices that this one replaces (hook: further scopes)."""
        return self.search([("state", "=", "published"), ("queue_id", "=", self.queue_id.id)])

    def action_consents(self):
        """Open what was recorded for this version."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_privacy.consent_action"
        )
        return {**action, "domain": [("notice_id", "=", self.id)]}

    # ------------------------------------------------------------
    # Which one
    # ------------------------------------------------------------

    @api.model
    def _for_conversation(self, conversation):
        """Return the published notice for a conversation: the most specific one, or empty."""
        notice_id = self._published_id(self._scope(conversation))
        # sudo: contact_center.privacy.notice - shown to the citizen, whichever user is working
        return self.sudo().browse(notice_id or [])

    @api.model
    def _scope(self, conversation):
        """Return what the choice depends on, as a tuple (hook).

        The first is the queue's id.
        """
        return (conversation.queue_id.id,)

    @tools.ormcache("scope")
    def _published_id(self, scope):
        """Return the id of the published notice for this scope (cached: needed at each contact)."""
        # sudo: contact_center.privacy.notice - as in `_for_conversation`
        notices = self.sudo().search(
            [("state", "=", "published"), ("queue_id", "in", [False, scope[0]])], order="id desc"
        )
        return notices._most_particular(scope).id

    def _most_particular(self, _scope):
        """Return the notice to show among the matching ones (hook)."""
        return (self.filtered("queue_id") or self)[:1]

    @api.model_create_multi
    def create(self, vals_list):
        """Only drafts are made; see `action_publish`."""
        for vals in vals_list:
            vals["state"] = "draft"
        return super().create(vals_list)
