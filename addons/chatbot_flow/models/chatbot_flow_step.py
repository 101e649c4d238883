# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import steps
from ..engine.placeholders import NAME
from .lines import parse_lines
from .slug import fill_keys

# Kinds of media behind each choice of "Accepted files".
MEDIA_KINDS = {
    "image": ["image"],
    "image_video": ["image", "video"],
    "audio": ["audio", "voice"],
    "document": ["document"],
}


class ChatbotFlowStep(models.Model):
    """A step of a flow as people edit it; conversations use the version instead."""

    _name = "chatbot.flow.step"
    _description = "Chatbot Flow Step"
    _inherit = ["chatbot.flow.part"]
    _order = "flow_id, sequence, id"

    flow_id = fields.Many2one("chatbot.flow", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, string="Title", help="For the people who edit the flow.")
    key = fields.Char(
        string="Code",
        copy=True,
        help="Name of the step inside the flow: a-z, 0-9 and _. Made from the title if empty.",
    )
    kind = fields.Selection(
        [
            ("message", "Message"),
            ("question", "Question"),
            ("menu", "Menu"),
            ("confirm", "Confirmation"),
            ("action", "Action"),
            ("condition", "Condition"),
            ("set", "Set values"),
            ("call", "Call another flow"),
            ("lookup", "Look up"),
            ("wait", "Wait"),
            ("survey", "Satisfaction survey"),
            ("hand_over", "Hand over to people"),
            ("end", "End"),
        ],
        required=True,
        default="message",
    )
    text = fields.Text(
        help="The text for the citizen. {nome}, {protocolo}, {saudacao} and the answers of other "
        "steps, such as {descricao}, are filled in.",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "chatbot_flow_step_attachment_rel",
        "step_id",
        "attachment_id",
        string="Files",
        help="Pictures, videos, audio or documents sent with the text.",
    )
    goto_id = fields.Many2one(
        "chatbot.flow.step",
        string="Next step",
        copy=False,
        index="btree_not_null",
        domain="[('flow_id', '=', flow_id)]",
        help="Empty: the step below in the list.",
    )
    # questions and menus
    variable = fields.Char(
        string="Keep as",
        help="Name under which the answer is kept, used in texts as {name}. Empty: the code.",
    )
    label = fields.Char(
        help="Shown beside the conversation and in confirmations. Empty: not shown there.",
    )
    answer_type = fields.Selection(
        [
            ("text", "Text"),
            ("email", "E-mail"),
            ("phone", "Telephone"),
            ("cpf", "CPF"),
            ("cnpj", "CNPJ"),
            ("number", "Number"),
            ("date", "Date"),
            ("time", "Time"),
            ("yes_no", "Yes or no"),
            ("choice", "Choice from a long list"),
            ("media", "Picture or file"),
            ("location", "Location"),
            ("pattern", "Text of a given form"),
        ],
        default="text",
        required=True,
    )
    required = fields.Boolean(default=True, help="If not, the citizen may skip the question.")
    echo = fields.Selection(
        [("say", "Repeat"), ("confirm", "Repeat and ask if it is right")],
        help="The citizen's answer is repeated to them.",
    )
    use_minimum = fields.Boolean(string="Has a minimum")
    minimum = fields.Integer(
        help="Text: characters. Number: the smallest. Picture or file: how many at least."
    )
    use_maximum = fields.Boolean(string="Has a maximum")
    maximum = fields.Integer(
        help="Text: characters. Number: the greatest. Picture or file: how many at most."
    )
    media_kind = fields.Selection(
        [
            ("image", "Pictures"),
            ("image_video", "Pictures and videos"),
            ("audio", "Audio"),
            ("document", "Documents"),
        ],
        string="Accepted files",
        help="Empty: any.",
    )
    retries = fields.Integer(
        string="Wrong answers accepted",
        default=steps.DEFAULT_RETRIES,
        help="Number of wrong answers after which the flow goes to the step for failures, or to "
        "people.",
    )
    on_fail_id = fields.Many2one(
        "chatbot.flow.step",
        string="After too many wrong answers",
        copy=False,
        index="btree_not_null",
        domain="[('flow_id', '=', flow_id)]",
        help="Empty: people take over.",
    )
    error_text = fields.Text(help="Said after a wrong answer. Empty: a text for this kind.")
    option_ids = fields.One2many("chatbot.flow.option", "step_id", string="Options", copy=True)
    list_button = fields.Char(
        string="List button", help='Label of the button that opens the list, "Ver opções" if empty.'
    )
    cut_through = fields.Boolean(
        string="Direct access",
        default=True,
        help='The citizen may type the way through several menus at once, such as "2.3".',
    )
    # confirmation
    show = fields.Char(
        string="Shows",
        help="Names of the answers to repeat, separated by commas. Empty: all with a label.",
    )
    on_change_id = fields.Many2one(
        "chatbot.flow.step",
        string="To correct",
        copy=False,
        index="btree_not_null",
        domain="[('flow_id', '=', flow_id)]",
        help="Empty: the citizen chooses which answer to correct.",
    )
    on_cancel_id = fields.Many2one(
        "chatbot.flow.step",
        string="To cancel",
        copy=False,
        index="btree_not_null",
        domain="[('flow_id', '=', flow_id)]",
        help="Empty: there is no button to cancel.",
    )
    # action
    action_name = fields.Selection(
        [("save_contact", "Save name, e-mail and telephone in the contact")], string="Action"
    )
    action_params = fields.Text(
        string="Parameters", help='One "name: value" per line; values may use {placeholders}.'
    )
    on_error_id = fields.Many2one(
        "chatbot.flow.step",
        string="If it fails",
        copy=False,
        index="btree_not_null",
        domain="[('flow_id', '=', flow_id)]",
        help="Empty: people take over.",
    )
    # condition
    condition_variable = fields.Char(string="Value")
    condition_operator = fields.Selection(
        [
            ("present", "is given"),
            ("absent", "is not given"),
            ("equals", "is equal to"),
            ("differs", "is different from"),
            ("one_of", "is one of"),
            ("contains", "contains"),
            ("greater", "is greater than"),
            ("less", "is less than"),
        ],
        string="Comparison",
        default="present",
    )
    condition_value = fields.Char(
        string="Compared with", help="For “is one of”: separated by commas."
    )
    else_goto_id = fields.Many2one(
        "chatbot.flow.step",
        string="Otherwise",
        copy=False,
        index="btree_not_null",
        domain="[('flow_id', '=', flow_id)]",
        help="Empty: the step below in the list.",
    )
    # hand-over and end
    queue_id = fields.Many2one(
        "contact_center.queue", ondelete="restrict", help="Empty: the conversation's own queue."
    )
    reason = fields.Char(help="In a word, for the conversation's events.")
    outcome = fields.Selection(
        [
            ("self_service", "Self-service"),
            ("resolved", "Resolved"),
            ("abandoned", "Abandoned"),
            ("failed", "Failed"),
        ],
        default="self_service",
    )
    disposition_id = fields.Many2one(
        "contact_center.disposition",
        ondelete="restrict",
        help="What a conversation that ends here was about, for the reports.",
    )

    _key_unique = models.Constraint(
        "UNIQUE(flow_id, key)", "Two steps of a flow cannot have the same code."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Derive missing codes from the title, and report the new steps."""
        fill_keys(self, vals_list, "flow_id", "key", "step")
        steps = super().create(vals_list)
        steps._tell_added()
        return steps

    def unlink(self):
        """Leave the files to the flow: its published versions still send them."""
        self._tell_removed()
        for step in self:
            # sudo: ir.attachment - Odoo deletes a record's files with it, whatever the user may
            # read
            files = step.sudo().attachment_ids.filtered(lambda file: file.res_model == self._name)
            files.write({"res_model": step.flow_id._name, "res_id": step.flow_id.id})
        return super().unlink()

    @api.constrains("key", "variable")
    def _check_names(self):
        for step in self:
            for name in (step.key, step.variable):
                if name and not NAME.fullmatch(name):
                    raise ValidationError(
                        self.env._(
                            'Step "%(step)s": "%(name)s" may only have a-z, 0-9 and _, and '
                            "starts with a letter.",
                            step=step.name,
                            name=name,
                        )
                    )

    @api.constrains("action_params")
    def _check_action_params(self):
        for step in self:
            parse_lines(self.env, step.action_params)

    @api.model
    def _action_values(self):
        """Return each action's results: {action: {name of the value: a sample}} (hook).

        The names may be used in texts after the action, the simulator returns the samples.
        """
        return {"save_contact": {}, **self._service_values()}

    @api.model
    def _kind_names(self):
        """Return the name of each kind of step: {kind: name}."""
        return dict(self._fields["kind"]._description_selection(self.env))

    def _definition(self):
        """Return the step as an entry of the definition (docs/developer/flow-format.md). Hook."""
        self.ensure_one()
        data = {
            "key": self.key,
            "kind": self.kind,
            "title": self.name,
            "text": self.text or "",
            "goto": self.goto_id.key or "",
        }
        if self.attachment_ids:
            data["media"] = [
                {
                    "kind": self._media_kind(attachment),
                    "attachment_id": attachment.id,
                    "filename": attachment.name,
                    "mimetype": attachment.mimetype,
                }
                for attachment in self.attachment_ids
            ]
        data.update(getattr(self, f"_definition_{self.kind}")())
        return data

    @api.model
    def _media_kind(self, attachment):
        """Return the kind of medium of a file, by its MIME type."""
        kind = (attachment.mimetype or "").partition("/")[0]
        return kind if kind in ("image", "video", "audio") else "document"

    def _definition_input(self):
        return {
            "retries": self.retries,
            "on_fail": self.on_fail_id.key or "",
            "error_text": self.error_text or "",
            "fail": self.fail or "",
        }

    def _definition_question(self):
        is_media = self.answer_type == "media"
        return {
            **self._definition_input(),
            "answer": self.answer_type,
            "variable": self.variable or self.key,
            "label": self.label or "",
            "required": self.required,
            "echo": self.echo or "",
            "minimum": self.minimum if self.use_minimum else None,
            "maximum": self.maximum if self.use_maximum else None,
            "media_kinds": MEDIA_KINDS.get(self.media_kind, []) if is_media else [],
            **self._definition_known(),
            **self._definition_form(),
        }

    def _definition_menu(self):
        options = self.option_ids.sorted(lambda option: (option.sequence, option.id or 0))
        return {
            **self._definition_input(),
            "variable": self.variable or self.key,
            "label": self.label or "",
            "list_button": self.list_button or "",
            "cut_through": self.cut_through,
            "options": [option._definition() for option in options],
        }

    def _definition_confirm(self):
        names = [name.strip() for name in (self.show or "").split(",")]
        return {
            **self._definition_input(),
            "show": [name for name in names if name],
            "on_change": self.on_change_id.key or "",
            "on_cancel": self.on_cancel_id.key or "",
        }

    def _definition_action(self):
        return {
            "action": self.action_name or "",
            "params": parse_lines(self.env, self.action_params),
            "on_error": self.on_error_id.key or "",
            "results": sorted(self._action_values().get(self.action_name, ())),
        }

    def _definition_condition(self):
        return {
            "variable": (self.condition_variable or "").strip(" {}"),
            "operator": self.condition_operator or "present",
            "value": self.condition_value or "",
            "on_false": self.else_goto_id.key or "",
        }

    def _definition_end(self):
        return self._definition_ending(self.outcome)
