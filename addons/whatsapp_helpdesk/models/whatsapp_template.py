# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.queue_job.exception import RetryableJobError

from ..cloud_api import markup, template
from ..cloud_api.client import ApiError
from ..cloud_api.reading import a_list, a_text

# Meta's news of a template after which it may be sent (again); FLAGGED is a warning only.
SENDABLE = frozenset({"APPROVED", "FLAGGED", "REINSTATED", "UNARCHIVED"})
MARKETING = "MARKETING"
_MEDIA_ICONS = {"IMAGE": "fa-image", "VIDEO": "fa-film", "DOCUMENT": "fa-file-text-o"}
_BUTTON_ICONS = {
    "QUICK_REPLY": "fa-reply",
    "URL": "fa-external-link",
    "PHONE_NUMBER": "fa-phone",
    "VOICE_CALL": "fa-phone",
}


class WhatsappTemplate(models.Model):
    """A message template approved by Meta, to be sent when the 24 hours are over."""

    _name = "whatsapp.template"
    _inherit = ["contact_center.machine.row"]
    _description = "WhatsApp Template"
    _order = "name, language"
    _rec_name = "title"
    _rec_names_search = ["title", "name", "body"]

    name = fields.Char(required=True, readonly=True)
    title = fields.Char(
        compute="_compute_title", store=True, help="The name as people read it, without marks."
    )
    language = fields.Char(required=True, readonly=True)
    waba_id = fields.Char(string="WhatsApp Business Account ID", required=True, readonly=True)
    meta_id = fields.Char(string="ID at Meta", readonly=True)
    category = fields.Char(readonly=True)
    category_name = fields.Char(compute="_compute_names", string="Category in words")
    status = fields.Char(readonly=True)
    status_name = fields.Char(compute="_compute_names", string="Status in words")
    quality = fields.Char(readonly=True, help="Meta's score: GREEN, YELLOW, RED or UNKNOWN.")
    quality_name = fields.Char(compute="_compute_names", string="Quality in words")
    parameter_format = fields.Char(readonly=True)
    reason = fields.Char(string="Meta's reason", readonly=True)
    components = fields.Json(readonly=True)
    body = fields.Text(compute="_compute_body", store=True)
    text = fields.Text(
        compute="_compute_text", help="The text with words in brackets for the variables."
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    variables = fields.Html(compute="_compute_variables", sanitize=False)
    sendable = fields.Boolean(
        compute="_compute_sendable", store=True, string="May be sent", index=True
    )
    refusal = fields.Char(compute="_compute_refusal", string="Why it cannot be sent")

    _name_unique = models.Constraint(
        "UNIQUE(waba_id, name, language)", "There is already such a template."
    )

    # ------------------------------------------------------------
    # Meta's states in words
    # ------------------------------------------------------------

    @api.depends("category", "status", "quality")
    @api.depends_context("lang")
    def _compute_names(self):
        categories = {
            "UTILITY": self.env._("Utility"),
            MARKETING: self.env._("Marketing"),
            "AUTHENTICATION": self.env._("Authentication"),
        }
        statuses = self._status_words()
        qualities = {
            "GREEN": self.env._("High"),
            "YELLOW": self.env._("Medium"),
            "RED": self.env._("Low"),
            "UNKNOWN": self.env._("Not known yet"),
        }
        for one in self:
            one.category_name = categories.get(one.category, one.category)
            one.status_name = statuses.get(one.status, one.status)
            one.quality_name = qualities.get(one.quality, one.quality)

    def _status_words(self):
        """Return {Meta's status or news: its meaning for us}."""
        return {
            "APPROVED": self.env._("Approved"),
            "REINSTATED": self.env._("Approved again"),
            "UNARCHIVED": self.env._("Taken out of the archive"),
            "FLAGGED": self.env._("Approved, but its quality is falling"),
            "PENDING": self.env._("Waiting for Meta's approval"),
            "IN_APPEAL": self.env._("Waiting for Meta's second look"),
            "REJECTED": self.env._("Rejected by Meta"),
            "PAUSED": self.env._("Paused by Meta for its low quality"),
            "DISABLED": self.env._("Switched off by Meta"),
            "LOCKED": self.env._("Locked by Meta"),
            "LIMIT_EXCEEDED": self.env._("Over Meta's limit of templates"),
            "ARCHIVED": self.env._("Archived at Meta"),
            "PENDING_DELETION": self.env._("About to be deleted at Meta"),
            "DELETED": self.env._("Deleted at Meta"),
        }

    @api.depends("name")
    def _compute_title(self):
        for one in self:
            words = " ".join((one.name or "").replace("_", " ").split())
            one.title = words[:1].upper() + words[1:]

    @api.depends("title", "language_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Show the title, and the language if several templates share it."""
        groups = self._read_group(
            [("name", "in", self.mapped("name"))], ["waba_id", "name"], having=[("__count", ">", 1)]
        )
        several = set(groups)
        for one in self:
            alone = (one.waba_id, one.name) not in several
            one.display_name = one.title if alone else f"{one.title} ({one.language_name})"

    @api.depends("components")
    @api.depends_context("lang")
    def _compute_text(self):
        for one in self:
            one.text = one._rendered(one._readable({})).body

    @api.depends("components")
    def _compute_body(self):
        for one in self:
            one.body = template.render(a_list(one.components), {}).body

    @api.depends("status", "components", "category")
    def _compute_sendable(self):
        for one in self:
            one.sendable = (
                one.status in SENDABLE
                and one.category != "AUTHENTICATION"
                and bool(template.render(a_list(one.components), {}).body)
                and not template.unsupported(a_list(one.components))
            )

    @api.depends("sendable", "reason")
    @api.depends_context("lang")
    def _compute_refusal(self):
        for one in self:
            if one.sendable:
                one.refusal = False
            elif one.status not in SENDABLE:
                words = one._status_words().get(one.status, one.status or "?")
                detail = one._reason_of_meta()
                one.refusal = f"{words} ({detail})." if detail else f"{words}."
            else:
                one.refusal = self.env._("It has parts that cannot be sent from here.")

    # ------------------------------------------------------------
    # As on the telephone
    # ------------------------------------------------------------

    @api.depends("components")
    def _compute_preview(self):
        for one in self:
            examples = {
                variable.key: variable.example for variable in one._variables() if variable.example
            }
            one.preview = one._bubble(examples)

    @api.depends("components")
    @api.depends_context("lang")
    def _compute_variables(self):
        """Show the variables with the examples that Meta approved, as a table."""
        for one in self:
            rows = [
                (one._variable_label(variable), one._place(variable), variable.example)
                for variable in one._variables()
            ]
            one.variables = rows and (
                Markup("<table class='table table-sm mb-0'><tbody>%s</tbody></table>")
                % Markup().join(
                    Markup("<tr><th>%s</th><td>%s</td><td>%s</td></tr>") % row for row in rows
                )
            )

    def _variables(self):
        """Return the places to be filled in (`cloud_api.template.Variable`)."""
        return template.variables(a_list(self.components))

    def _place(self, variable):
        """Return the place of a variable, in words."""
        return {
            template.HEADER: self.env._("Header"),
            template.BODY: self.env._("Text"),
            template.BUTTON: self.env._("Address of the button"),
        }[variable.part]

    def _rendered(self, values):
        """Return the template filled in with `values` (by `Variable.key`)."""
        return template.render(a_list(self.components), values)

    def _content(self, values, filename=""):
        """Return what the channel sends for the template with its variables filled in.

        :param values: {Variable.key: text}
        :param filename: the name of the header's file, where the template has one
        :raise template.MissingVariables: some have no value
        """
        return template.content(
            self.name,
            self.language,
            a_list(self.components),
            values,
            named=self.parameter_format == template.NAMED,
            filename=filename,
        )

    def _bubble(self, values):
        """Return the HTML (Markup) of the message as the citizen's telephone shows it.

        Variables without a value are named in brackets.
        """
        self.ensure_one()
        shown = self._rendered(self._readable(values))
        # Safe: `to_html` escapes everything that it does not make itself
        parts = []
        if shown.media:
            icon = _MEDIA_ICONS[shown.media]
            parts.append(
                Markup("<div class='o_whatsapp_media'><i class='fa %s fa-3x'></i></div>") % icon
            )
        if shown.header:
            parts.append(Markup("<div class='fw-bold mb-1'>%s</div>") % shown.header)
        parts.append(Markup("<div>%s</div>") % Markup(markup.to_html(shown.body)))
        if shown.footer:
            parts.append(Markup("<div class='o_whatsapp_footer'>%s</div>") % shown.footer)
        buttons = Markup().join(
            Markup("<div class='o_whatsapp_button'><i class='fa %s me-1'></i>%s</div>")
            % (_BUTTON_ICONS.get(button.kind, "fa-reply"), button.text)
            for button in shown.buttons
        )
        return Markup(
            "<div class='o_whatsapp_phone'><div class='o_whatsapp_bubble'>%s</div>%s</div>"
        ) % (Markup().join(parts), buttons)

    # ------------------------------------------------------------
    # News
    # ------------------------------------------------------------

    @api.model
    def _offered(self, waba_id):
        """Return the domain of the templates of an account that may be sent."""
        return Domain("waba_id", "=", waba_id) & Domain("sendable", "=", True)

    def _apply_news(self, value):
        """Apply a webhook's news about this template.

        :param value: the change's `value`: news of status, quality or category
        """
        # sudo: whatsapp.template - written as Meta has them
        one = self.sudo()
        if state := a_text(value.get("event")):
            one.write({"status": state, "reason": a_text(value.get("reason")) or False})
        if quality := a_text(value.get("new_quality_score")):
            one.quality = quality
        category = a_text(value.get("new_category") or value.get("message_template_category"))
        if category:
            one.category = category


class WhatsappAccount(models.Model):
    """Fetching the templates of an account."""

    _inherit = "whatsapp.account"

    def action_sync_templates(self):
        """Fetch the account's templates from Meta."""
        self.ensure_one()
        self.check_access("write")
        if not self.waba_id:
            raise UserError(self.env._("The WhatsApp Business Account ID is missing."))
        try:
            count = self._fetch_templates()
        except ApiError as error:
            raise UserError(self._reason(error.code, error.details)) from None
        return self._notice("success", [self.env._("%s templates fetched.", count)])

    def _fetch_templates_later(self):
        """Enqueue a job that fetches the templates, once."""
        for account in self:
            account.with_delay(
                identity_key=f"whatsapp.templates:{account.waba_id}",
                description=self.env._("WhatsApp: fetch the templates"),
            )._fetch_templates_job()

    @api.model
    def _cron_fetch_templates(self):
        """Fetch the templates of every account once a day, whether webhooks came or not."""
        # sudo: whatsapp.account - scheduled action; only whether there is a token is looked at
        accounts = self.sudo().search(
            [("waba_id", "!=", False), ("access_token", "!=", False), ("state", "=", "ok")]
        )
        for group in accounts.grouped("waba_id").values():
            group[:1]._fetch_templates_later()

    def _fetch_templates_job(self):
        """Fetch the templates; try again later when Meta cannot be reached (job)."""
        try:
            self._fetch_templates()
        except ApiError as error:
            raise RetryableJobError(f"Meta's error {error.code}", seconds=300) from None

    def _fetch_templates(self):
        """Fetch the templates; mark those that Meta no longer has as deleted.

        :return: how many Meta has
        :raise ApiError: Meta refused or did not answer
        """
        rows = self._api().templates(self.waba_id)
        # sudo: whatsapp.template - written as Meta has them, the right was checked
        templates = self.env["whatsapp.template"].sudo()
        known = {
            (one.name, one.language): one
            for one in templates.search([("waba_id", "=", self.waba_id)])
        }
        for row in rows:
            key = a_text(row.get("name")), a_text(row.get("language"))
            values = self._template_values(row)
            if key in known:
                known.pop(key).write(values)
            elif all(key):
                templates.create(
                    {**values, "name": key[0], "language": key[1], "waba_id": self.waba_id}
                )
        for gone in known.values():
            gone.status = "DELETED"
        return len(rows)

    @staticmethod
    def _template_values(row):
        """Return the values of a whatsapp.template from Meta's row."""
        quality = row.get("quality_score")
        return {
            "meta_id": a_text(row.get("id")) or False,
            "category": a_text(row.get("category")),
            "status": a_text(row.get("status")),
            "quality": a_text(quality.get("score")) if isinstance(quality, dict) else False,
            "parameter_format": a_text(row.get("parameter_format")) or "POSITIONAL",
            "reason": a_text(row.get("rejected_reason")) or False,
            "components": a_list(row.get("components")),
        }
