# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Navigation in a whole flow: global words, direct codes, the result of failing."""

from odoo import api, fields, models

from ..engine.matching import normalise
from ..engine.texts import GLOBAL_WORDS

FAILS = [
    ("hand_over", "A person takes over"),
    ("menu", "Back to the main menu"),
    ("end", "The conversation ends with kind words"),
]
# Field of the flow with the words of each name in the definition's "globals".
WORD_FIELDS = {name: f"{name}_words" for name in GLOBAL_WORDS}


def _usual(name):
    """Return the default words of a new flow."""
    return ", ".join(GLOBAL_WORDS[name])


class ChatbotFlow(models.Model):
    """Settings for all steps of a flow."""

    _inherit = "chatbot.flow"

    menu_words = fields.Char(
        string="To the main menu",
        default=lambda self: _usual("menu"),
        help="Words that lead to the main menu, separated by commas. Where a number is asked, 0 is "
        "a number.",
    )
    back_words = fields.Char(
        string="To the question before",
        default=lambda self: _usual("back"),
        help="Words that lead back to the question before, separated by commas.",
    )
    agent_words = fields.Char(
        string="To a person",
        default=lambda self: _usual("agent"),
        help="Words with which the citizen asks for a person, separated by commas.",
    )
    on_agent_id = fields.Many2one(
        "chatbot.flow.step",
        string="A person is asked for at",
        copy=False,
        domain="[('flow_id', '=', id)]",
        help="Empty: the conversation goes to its queue at once.",
    )
    exit_words = fields.Char(
        string="To leave",
        default=lambda self: _usual("exit"),
        help="Words with which the citizen ends the conversation, separated by commas.",
    )
    on_exit_id = fields.Many2one(
        "chatbot.flow.step",
        string="Leaving goes by",
        copy=False,
        domain="[('flow_id', '=', id)]",
        help="Empty: the bot says goodbye and ends the conversation.",
    )
    prefix = fields.Char(
        string="Number of the service",
        help="Goes before a direct way through the menus: with 156, “156 3 2 1” chooses option 3 "
        "of the main menu, then 2, then 1. Without it, “3.2.1” does.",
    )
    suggest = fields.Boolean(
        string="Suggest by free text",
        default=True,
        help="Citizens who write “meu computador não liga” at a menu are offered the closest "
        "options of the whole flow, by their titles, descriptions and other words.",
    )
    fail = fields.Selection(
        FAILS,
        string="After too many wrong answers",
        default="hand_over",
        required=True,
        help="Each step may say otherwise.",
    )

    def _definition_navigation(self):
        return {
            "globals": {name: _words(self[field]) for name, field in WORD_FIELDS.items()},
            "on_agent": self.on_agent_id.key or "",
            "on_exit": self.on_exit_id.key or "",
            "codes": self._direct_codes(),
            "prefix": (self.prefix or "").strip(),
            "suggest": self.suggest,
            "fail": self.fail or "hand_over",
        }

    def _direct_codes(self):
        """Return {direct code: target} of all steps and options.

        A duplicate code is written in two variants, so that the checks report it.
        """
        codes = {}
        for step in self.step_ids:
            owners = [(step.direct_code, step.key)] if step.direct_code else []
            owners += [
                (option.direct_code, f"{step.key}:{option.code}")
                for option in step.option_ids
                if step.kind == "menu" and option.direct_code
            ]
            for code, target in owners:
                code = normalise(code).removeprefix("#")
                while code in codes:
                    code = f"#{code}"
                codes[code] = target
        return codes

    @api.model
    def _load_navigation(self, definition, steps):
        words_of = definition.get("globals") or {}
        vals = {WORD_FIELDS[name]: ", ".join(words) for name, words in words_of.items()}
        for name in ("on_agent", "on_exit"):
            step = steps.get(definition.get(name))
            vals[f"{name}_id"] = step.id if step else False
        self._load_codes(definition.get("codes") or {}, steps)
        return vals

    @api.model
    def _load_codes(self, codes, steps):
        """Assign a definition's direct codes to their target steps and options."""
        wanted = {target: code for code, target in codes.items()}
        for key, step in steps.items():
            for record, target in (
                (step, key),
                *((option, f"{key}:{option.code}") for option in step.option_ids),
            ):
                code = wanted.get(target, False)
                if (record.direct_code or False) != code:
                    record.direct_code = code


class ChatbotFlowStep(models.Model):
    """A step that can be reached directly, and the result of failing at it."""

    _inherit = "chatbot.flow.step"

    direct_code = fields.Char(
        string="Direct access code",
        help="A citizen who types # and this word comes here from any step: “iptu” for “#iptu”.",
    )
    fail = fields.Selection(
        FAILS,
        string="Otherwise, after too many wrong answers",
        help="Empty: what the flow says.",
    )


class ChatbotFlowOption(models.Model):
    """An option that can be reached directly."""

    _inherit = "chatbot.flow.option"

    direct_code = fields.Char(
        string="Direct access code",
        help="A citizen who types # and this word chooses the option from any step: “iptu” for "
        "“#iptu”.",
    )


def _words(text):
    """Return the words of a text with commas."""
    return [word.strip() for word in (text or "").split(",") if word.strip()]
