# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..measure import SWITCHES


class Answer(models.Model):
    """A possible answer to a question that the contract leaves open.

    It is in the words of the core.
    """

    _name = "contact_center.indicator.answer"
    _inherit = ["contact_center.machine.row"]
    _description = "Possible Reading of the Contract"
    _order = "sequence, id"
    _rec_name = "words"
    _rec_names_search = ["words", "question", "number"]

    sequence = fields.Integer(readonly=True, aggregator=None)
    number = fields.Char(readonly=True)
    key = fields.Char(required=True, readonly=True)
    value = fields.Char(required=True, readonly=True)
    question = fields.Char(required=True, readonly=True)
    words = fields.Char(string="Answer", required=True, readonly=True)
    is_default = fields.Boolean(string="Holds by default", readonly=True)

    _key_value_unique = models.Constraint("UNIQUE(key, value)", "Each answer is there once.")

    @api.depends("question", "words")
    def _compute_display_name(self):
        for answer in self:
            answer.display_name = f"{answer.question} {answer.words}"

    @api.model
    def _fill(self):
        """Write the answers of the core; called on installation and updates."""
        # sudo: contact_center.indicator.answer - written by the system only
        answers = self.sudo()
        there = {(one.key, one.value): one for one in answers.search([])}
        for sequence, switch in enumerate(SWITCHES.values()):
            for value, words in switch.answers.items():
                vals = {
                    "sequence": sequence,
                    "number": switch.number,
                    "question": switch.question,
                    "words": words,
                    "is_default": value == switch.default,
                }
                known = there.get((switch.key, value))
                if not known:
                    answers.create({**vals, "key": switch.key, "value": value})
                elif any(known[name] != new for name, new in vals.items()):
                    known.write(vals)
