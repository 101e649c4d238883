# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Settings of a flow's memory: known answers, first words, resuming."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.flow_settings import DEFAULT_RESUME_HOURS, MAX_RESUME_HOURS

# Default treatment of a known answer, by kind of question.
KNOWN_AT_FIRST = {
    "name": "confirm",
    "email": "skip",
    "phone": "skip",
    "cpf": "skip",
    "cnpj": "skip",
}


class ChatbotFlow(models.Model):
    """How long an interrupted conversation may be resumed."""

    _inherit = "chatbot.flow"

    resume_hours = fields.Integer(
        string="Can go on within (hours)",
        default=DEFAULT_RESUME_HOURS,
        help="Citizens who stopped answering and write again within this many hours are asked "
        "whether to continue where the conversation stopped. 0: every conversation begins "
        "anew.",
    )

    @api.constrains("resume_hours")
    def _check_resume_hours(self):
        for flow in self:
            if not 0 <= flow.resume_hours <= MAX_RESUME_HOURS:
                raise ValidationError(
                    self.env._(
                        "An interrupted conversation can be resumed within 0 to %s hours.",
                        MAX_RESUME_HOURS,
                    )
                )

    @api.model
    def _load_memory(self, definition):
        hours = definition.get("resume_hours")
        return {"resume_hours": DEFAULT_RESUME_HOURS if hours is None else hours}


class ChatbotFlowStep(models.Model):
    """How a question treats known values and first words."""

    _inherit = "chatbot.flow.step"

    answer_type = fields.Selection(
        selection_add=[("name", "Name of a person"), ("email",)],
        ondelete={"name": "set default"},
    )
    known = fields.Selection(
        [
            ("ask", "Ask always"),
            ("skip", "Ask only when unknown"),
            ("confirm", "Ask whether it is still right"),
        ],
        string="When the answer is known",
        default="ask",
        required=True,
        help="Known values are answers from earlier in the conversation, and those of the same "
        "citizen in an earlier one. A telephone may be a whole family's: let the name be "
        "confirmed. Known values are shown in the confirmation, partly hidden, and can be "
        "corrected there.",
    )
    contact_field = fields.Selection(
        [
            ("name", "Name"),
            ("email", "E-mail"),
            ("phone", "Telephone"),
            ("document", "CPF or CNPJ"),
            ("street", "Street and number"),
            ("district", "Neighbourhood"),
            ("city", "City"),
            ("zip", "Postal code"),
            ("none", "Nothing of the contact"),
        ],
        string="Known from the contact",
        help="Where on the contact the answer stands and is kept by the action that saves the "
        "contact. Empty: by the kind of answer, and by the name under which it is kept (nome, "
        "email, telefone, cpf, endereco, bairro, cidade, cep).",
    )
    first_words = fields.Boolean(
        string="May be answered by the first words",
        help="If the citizen's first message states the subject, it is taken as the answer and "
        "repeated, with a chance to add to it. In a question for pictures or files: the "
        "pictures sent before it.",
    )

    @api.onchange("answer_type")
    def _onchange_answer_type_known(self):
        """Default: a question for a contact's data is asked only if it is unknown."""
        if self.known == "ask" or self.known in KNOWN_AT_FIRST.values():
            self.known = KNOWN_AT_FIRST.get(self.answer_type, "ask")
        if self.answer_type not in ("text", "media"):
            self.first_words = False

    def _definition_known(self):
        """Return how a question treats known values."""
        return {
            "known": self.known,
            "contact_field": self.contact_field or "",
            "first_words": self.first_words and self.answer_type in ("text", "media"),
        }
