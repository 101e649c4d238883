# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A flow in several languages: translated fields, the definition's `translations`."""

from odoo import fields, models

from ..engine.languages import BASE_LANGUAGE

# Texts of a step and of an option for the citizen, by name in the definition.
STEP_TEXTS = {"text": "text", "error_text": "error_text", "list_button": "list_button"}
OPTION_TEXTS = {"title": "name", "description": "description", "keywords": "keywords"}
FLOW_TEXTS = {
    "silence.remind_text": "silence_remind_text",
    "silence.end_text": "silence_end_text",
}


class ChatbotFlow(models.Model):
    """The languages of a flow. Its own is the language of its steps."""

    _inherit = ["chatbot.flow", "chatbot.flow.translated"]
    _name = "chatbot.flow"

    language_ids = fields.Many2many(
        "res.lang",
        "chatbot_flow_res_lang_rel",
        "flow_id",
        "lang_id",
        string="Translated into",
        help="The texts of the steps are translated with the language button beside each of "
        "them. Missing texts are sent in the flow's own language.",
    )

    def _by_flow(self):
        return {flow: flow for flow in self}

    def _definition_languages(self):
        main = self._main_language()
        codes = [code for code in self.language_ids.mapped("code") if code != main]
        if not codes:
            return {}
        own = self._texts_in(main)
        return {
            "languages": [BASE_LANGUAGE, *codes],
            "translations": {code: _different(self._texts_in(code), own) for code in sorted(codes)},
        }

    def _texts_in(self, code):
        """Return all texts in a language: {key of the step or "" for the flow: {name: text}}."""
        flow = self.with_context(lang=code)
        found = {"": {name: flow[field] for name, field in FLOW_TEXTS.items()}}
        found[""] |= {row._text_name(): row.reply for row in flow.manner_ids if row.used}
        for step in flow.step_ids:
            texts = {name: step[field] for name, field in STEP_TEXTS.items()}
            for number, variant in enumerate(step.variant_ids.sorted("sequence")):
                texts[f"variants.{number}"] = variant.text
            for option in step.option_ids:
                for name, field in OPTION_TEXTS.items():
                    texts[f"{option.code}.{name}"] = option[field]
            found[step.key] = texts
        return found

    def _load_translations(self, definition):
        """Write the texts in the languages that the flow is translated into."""
        for code in self.language_ids.mapped("code"):
            given = (definition.get("translations") or {}).get(code)
            if isinstance(given, dict):
                self.with_context(lang=code)._load_texts(given)

    def _load_languages(self, definition):
        codes = [code for code in definition.get("languages") or () if code != BASE_LANGUAGE]
        # sudo: res.lang - reads the available languages
        languages = self.env["res.lang"].sudo().search([("code", "in", codes)])
        if languages or self.language_ids:
            return {"language_ids": [(6, 0, languages.ids)]}
        return {}

    def _load_texts(self, given):
        """Write translations in the language of the context."""
        own = given.get("") or {}
        vals = {field: own[name] for name, field in FLOW_TEXTS.items() if own.get(name)}
        if vals:
            self.write(vals)
        for row in self.manner_ids:
            if own.get(row._text_name()):
                row.reply = own[row._text_name()]
        for step in self.step_ids:
            texts = given.get(step.key) or {}
            vals = {field: texts[name] for name, field in STEP_TEXTS.items() if texts.get(name)}
            if vals:
                step.write(vals)
            for number, variant in enumerate(step.variant_ids.sorted("sequence")):
                if texts.get(f"variants.{number}"):
                    variant.text = texts[f"variants.{number}"]
            for option in step.option_ids:
                vals = {
                    field: texts[f"{option.code}.{name}"]
                    for name, field in OPTION_TEXTS.items()
                    if texts.get(f"{option.code}.{name}")
                }
                if vals:
                    option.write(vals)


class ChatbotFlowStep(models.Model):
    """Translates a step's texts for citizens."""

    _inherit = "chatbot.flow.step"

    text = fields.Text(translate=True)
    error_text = fields.Text(translate=True)
    list_button = fields.Char(translate=True)


class ChatbotFlowOption(models.Model):
    """Translates an option's texts for citizens, and its synonyms."""

    _inherit = "chatbot.flow.option"

    name = fields.Char(translate=True)
    description = fields.Char(translate=True)
    keywords = fields.Char(translate=True)


def _different(texts, own):
    """Return the texts that differ from the flow's own, without what is empty."""
    found = {}
    for key, given in texts.items():
        other = {name: text for name, text in given.items() if text and text != own[key].get(name)}
        if other:
            found[key] = other
    return found
