# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Common behaviour of a flow's parts."""

from odoo import api, models

from ..engine.languages import BASE_LANGUAGE


class ChatbotFlowTranslated(models.AbstractModel):
    """Texts that citizens read, in the flow's language and its translations.

    A write in a language that the flow is not translated into, on an English screen for instance,
    changes the flow's own text.
    """

    _name = "chatbot.flow.translated"
    _description = "Texts of a Chatbot Flow"

    def write(self, vals):
        """Keep the flow's own texts identical on every screen."""
        names = [name for name in vals if name in self._fields and self._fields[name].translate]
        if not names or "chatbot_flow_same_text" in self.env.context:
            return super().write(vals)
        self._pin_texts(names)
        result = super().write(vals)
        self._spread_texts({name: vals[name] for name in names})
        return result

    def _pin_texts(self, names):
        """Pin the flow's own text before a translation is written.

        A text written without a language is stored under English, which Odoo overwrites with any
        language while English is not installed.
        """
        lang = self.env.lang
        for flow, parts in self._by_flow().items():
            main = flow._main_language()
            if lang == main or lang not in flow.language_ids.mapped("code"):
                continue
            for part in parts:
                own = part.with_context(lang=main)
                for name in names:
                    if own[name]:
                        same = part.with_context(chatbot_flow_same_text=True)
                        same.update_field_translations(name, {main: own[name]})

    def _by_flow(self):
        """Return {flow: its records among these}."""
        return self.grouped("flow_id")

    def _spread_texts(self, vals):
        """Write own texts in the other screen languages that are not translations."""
        lang = self.env.lang or "en_US"
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        for flow, parts in self._by_flow().items():
            others = set(flow.language_ids.mapped("code"))
            if lang in others:
                continue
            for other in ({flow._main_language(), "en_US"} - {lang} - others) & installed:
                parts.with_context(lang=other, chatbot_flow_same_text=True).write(vals)


class ChatbotFlowPart(models.AbstractModel):
    """Lines of a flow: changing one changes the flow."""

    _name = "chatbot.flow.part"
    _description = "Part of a Chatbot Flow"
    _inherit = ["chatbot.flow.translated"]

    @api.model_create_multi
    def create(self, vals_list):
        """Create, and note who changed the flow."""
        parts = super().create(vals_list)
        parts.flow_id._note_edit()
        return parts

    def write(self, vals):
        """Write, and note who changed the flow."""
        result = super().write(vals)
        self.flow_id._note_edit()
        return result

    def unlink(self):
        """Delete, and note who changed the flow."""
        flows = self.flow_id
        result = super().unlink()
        flows._note_edit()
        return result


class ChatbotFlow(models.Model):
    """Provides the language that a flow is written in."""

    _inherit = "chatbot.flow"

    @api.model
    def _main_language(self):
        """Return the language code of the steps: Portuguese, if it is installed."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        return BASE_LANGUAGE if BASE_LANGUAGE in installed else "en_US"
