# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import difflib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.matching import normalise


class ChatbotFlowSynonym(models.TransientModel):
    """Turns text that the bot did not understand into a synonym of an option."""

    _name = "chatbot.flow.synonym"
    _description = "Learn a Synonym"

    passage_id = fields.Many2one("chatbot.flow.passage", required=True, readonly=True)
    word = fields.Char(string="The citizen wrote", required=True)
    step_id = fields.Many2one("chatbot.flow.step", string="Menu", required=True, readonly=True)
    option_id = fields.Many2one(
        "chatbot.flow.option",
        string="Means the option",
        required=True,
        domain="[('step_id', '=', step_id)]",
    )

    @api.model
    def _of_passage(self, passage):
        """Return the wizard for an answer not understood, with the closest option chosen."""
        passage.ensure_one()
        step = self.env["chatbot.flow.step"].search(
            [("flow_id", "=", passage.flow_id.id), ("key", "=", passage.from_key)]
        )
        if not passage.answer or not step.option_ids:
            raise UserError(self.env._("The menu or the text is not there any more."))
        return self.create(
            {
                "passage_id": passage.id,
                "word": passage.answer,
                "step_id": step.id,
                "option_id": self._nearest(step.option_ids, passage.answer).id,
            }
        )

    @api.model
    def _nearest(self, options, text):
        """Return the option whose words are most similar to a text."""

        def likeness(option):
            words = [option.name, option.description or "", *(option.keywords or "").split(",")]
            return max(
                difflib.SequenceMatcher(None, normalise(word), normalise(text)).ratio()
                for word in words
            )

        return max(options, key=likeness)

    def action_learn(self):
        """Add the text to the words of the option, in the draft."""
        self.ensure_one()
        self.env["chatbot.flow"]._check_may_edit()
        word = " ".join(self.word.replace(",", " ").split())
        option = self.option_id
        known = [item.strip() for item in (option.keywords or "").split(",") if item.strip()]
        if normalise(word) not in {normalise(item) for item in [option.name, *known]}:
            option.keywords = ", ".join([*known, word])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "“%(word)s” means “%(option)s” from the next publication on.",
                    word=word,
                    option=option.name,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
