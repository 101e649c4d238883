"""How citizens move about in a whole flow: global words, direct codes, what failing leads to."""

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
    """The words that a new flow has."""
    return ", ".join(GLOBAL_WORDS[name])


class ChatbotFlow(models.Model):
    """What holds for all steps of a flow."""

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
        help="Empty: the robot says goodbye and ends the conversation.",
    )
    prefix = fields.Char(
        string="Number of the service",
        help="Goes before a direct way through the menus: with 156, “156 3 2 1” chooses option 3 "
        "of the main menu, then 2, then 1. Without it, “3.2.1” does.",
    )
    suggest = fields.Boolean(
        string="Suggest by free text",
        default=True,
        help="Who writes “meu computador não liga” at a menu is offered the nearest options of the "
        "whole flow, by their titles, descriptions and other words.",
    )
    fail = fields.Selection(
        FAILS,
        string="After too many wrong answers",
        default="hand_over",
        required=True,
        help="Each step may say otherwise.",
    )

    def copy(self, default=None):
        """The copy's words lead to its own steps."""
        copies = super().copy(default)
        for old, new in zip(self, copies, strict=True):
            by_key = {step.key: step for step in new.step_ids}
            new.on_agent_id = by_key.get(old.on_agent_id.key)
            new.on_exit_id = by_key.get(old.on_exit_id.key)
        return copies

    def _definition(self):
        return {
            **super()._definition(),
            "globals": {name: _words(self[field]) for name, field in WORD_FIELDS.items()},
            "on_agent": self.on_agent_id.key or "",
            "on_exit": self.on_exit_id.key or "",
            "codes": self._direct_codes(),
            "prefix": (self.prefix or "").strip(),
            "suggest": self.suggest,
            "fail": self.fail or "hand_over",
        }

    def _direct_codes(self):
        """{direct code: where it leads} of all steps and options.

        A code that two have is written in two ways, so that the checks name it.
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

    def _load_flow_values(self, definition, steps):
        vals = super()._load_flow_values(definition, steps)
        for name, words in (definition.get("globals") or {}).items():
            vals[WORD_FIELDS[name]] = ", ".join(words)
        for name in ("on_agent", "on_exit"):
            step = steps.get(definition.get(name))
            vals[f"{name}_id"] = step.id if step else False
        self._load_codes(definition.get("codes") or {}, steps)
        return vals

    @api.model
    def _load_codes(self, codes, steps):
        """Gives the direct codes of a definition to the steps and options that they lead to."""
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
    """A step that can be reached directly, and what failing at it leads to."""

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

    def _definition_input(self):
        return {**super()._definition_input(), "fail": self.fail or ""}


class ChatbotFlowOption(models.Model):
    """An option that can be reached directly."""

    _inherit = "chatbot.flow.option"

    direct_code = fields.Char(
        string="Direct access code",
        help="A citizen who types # and this word chooses the option from any step: “iptu” for "
        "“#iptu”.",
    )


def _words(text):
    """The words of a text with commas."""
    return [word.strip() for word in (text or "").split(",") if word.strip()]
