# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from babel import Locale, UnknownLocaleError

from odoo import api, fields, models

# Meta's word where there is no reason.
NO_REASON = (False, "", "NONE")


class WhatsappTemplate(models.Model):
    """Codes of a template as people say them: its language, and why Meta rejected it."""

    _inherit = "whatsapp.template"

    language_name = fields.Char(compute="_compute_language_name", string="Language in words")
    reason_words = fields.Char(compute="_compute_reason_words", string="Meta's reason in words")

    @api.depends("language")
    @api.depends_context("lang")
    def _compute_language_name(self):
        for one in self:
            one.language_name = language_name(one.language, self.env.lang)

    @api.depends("reason")
    @api.depends_context("lang")
    def _compute_reason_words(self):
        for one in self:
            one.reason_words = one._reason_of_meta()

    def _reason_of_meta(self):
        """Return why Meta rejected the template, in words; "" where it said nothing."""
        if self.reason in NO_REASON:
            return ""
        known = {
            "ABUSIVE_CONTENT": self.env._("The text offends or threatens"),
            "INCORRECT_CATEGORY": self.env._("It belongs to another category"),
            "TAG_CONTENT_MISMATCH": self.env._("Text and category or language do not match"),
            "INVALID_FORMAT": self.env._("A variable or the format is wrong"),
            "PROMOTIONAL": self.env._("The text is advertising"),
            "SCAM": self.env._("Meta takes the text for fraud"),
        }
        # Newer reasons are sentences of Meta's; as codes they lose their notation only.
        return known.get(self.reason) or self.reason.replace("_", " ").capitalize()


def language_name(code, lang):
    """Return the name of Meta's language code, "Português (Brasil)", or the code.

    :param code: such as pt_BR, en or zh_CN
    :param lang: Odoo's code of the reader's language, or None
    """
    try:
        reader = Locale.parse(lang or "en_US")
        name = Locale.parse(code or "").get_display_name(reader)
    except (ValueError, UnknownLocaleError):
        name = ""
    return name[:1].upper() + name[1:] if name else code or ""
