from odoo import fields, models
from odoo.exceptions import UserError

from ..cloud_api.client import ApiError
from ..cloud_api.reading import a_list, a_text


class WhatsappTemplate(models.Model):
    """A message template approved by Meta: what may be sent when the 24 hours are over."""

    _name = "whatsapp.template"
    _description = "WhatsApp Template"
    _order = "name, language"

    name = fields.Char(required=True, readonly=True)
    language = fields.Char(required=True, readonly=True)
    waba_id = fields.Char(string="WhatsApp Business Account ID", required=True, readonly=True)
    category = fields.Char(readonly=True)
    status = fields.Char(readonly=True)
    reason = fields.Char(string="Meta's reason", readonly=True)
    components = fields.Json(readonly=True)
    body = fields.Text(compute="_compute_body")

    _name_unique = models.Constraint(
        "UNIQUE(waba_id, name, language)", "There is already such a template."
    )

    def _compute_body(self):
        for template in self:
            template.body = "\n".join(
                a_text(part.get("text"))
                for part in a_list(template.components)
                if isinstance(part, dict) and part.get("type") == "BODY"
            )


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
            rows = self._api().templates(self.waba_id)
        except ApiError as error:
            raise UserError(self._reason(error.code, error.details)) from None
        # sudo: whatsapp.template - written as Meta has them, the right was checked
        templates = self.env["whatsapp.template"].sudo()
        known = {
            (template.name, template.language): template
            for template in templates.search([("waba_id", "=", self.waba_id)])
        }
        for row in rows:
            key = a_text(row.get("name")), a_text(row.get("language"))
            values = {
                "category": a_text(row.get("category")),
                "status": a_text(row.get("status")),
                "components": a_list(row.get("components")),
            }
            if key in known:
                known.pop(key).write(values)
            elif all(key):
                templates.create(
                    {**values, "name": key[0], "language": key[1], "waba_id": self.waba_id}
                )
        for gone in known.values():
            gone.status = "DELETED"
        return self._notice("success", [self.env._("%s templates fetched.", len(rows))])
