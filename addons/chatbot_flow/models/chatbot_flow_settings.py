"""What holds for a whole flow: silence, variables, the flows that it calls."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.flow_settings import MAX_SILENCE, TYPES
from ..engine.placeholders import NAME

MAX_MINUTES = MAX_SILENCE // 60


class ChatbotFlow(models.Model):
    """Silence, variables and called flows, to the definition and back."""

    _inherit = "chatbot.flow"

    silence_remind_minutes = fields.Integer(
        string="Remind after (minutes)",
        help="After so many minutes without an answer the citizen is reminded, once for each "
        "question. 0: never.",
    )
    silence_remind_text = fields.Text(string="Reminder", translate=True)
    silence_end_minutes = fields.Integer(
        string="End after (minutes)",
        help="So many minutes after the reminder, or after the question without one, the "
        "conversation ends. 0: never.",
    )
    silence_end_text = fields.Text(string="Words at the end", translate=True)
    variable_ids = fields.One2many(
        "chatbot.flow.variable", "flow_id", string="Variables", copy=True
    )

    @api.constrains("silence_remind_minutes", "silence_end_minutes")
    def _check_silence(self):
        for flow in self:
            for minutes in (flow.silence_remind_minutes, flow.silence_end_minutes):
                if not 0 <= minutes <= MAX_MINUTES:
                    raise ValidationError(
                        self.env._("A time of silence is from 0 to %s minutes.", MAX_MINUTES)
                    )

    def write(self, vals):
        """Flows that call a published one have to be published again to take its new version."""
        result = super().write(vals)
        if "published_version_id" in vals:
            self._callers()._touch_draft()
        return result

    def _callers(self):
        """The flows that have a step which calls one of these."""
        # sudo: chatbot.flow.step - bookkeeping, whoever publishes
        steps = self.env["chatbot.flow.step"].sudo().search([("call_flow_id", "in", self.ids)])
        return steps.flow_id.with_env(self.env)

    def _definition(self):
        data = super()._definition()
        silence = self._definition_silence()
        if silence:
            data["silence"] = silence
        if self.variable_ids:
            data["variables"] = {
                variable.name: variable._definition() for variable in self.variable_ids
            }
        called = self.step_ids.filtered(lambda step: step.kind == "call").call_flow_id
        versions = {flow.code: flow.published_version_id for flow in called}
        if versions:
            data["code"] = self.code or ""
            data["flows"] = {
                code: version.definition for code, version in versions.items() if version
            }
        return data

    def _definition_silence(self):
        data = {
            "remind_after": 60 * self.silence_remind_minutes,
            "remind_text": self.silence_remind_text or "",
            "end_after": 60 * self.silence_end_minutes,
            "end_text": self.silence_end_text or "",
        }
        return data if data["remind_after"] or data["end_after"] else {}

    def _load_flow_values(self, definition, steps):
        vals = super()._load_flow_values(definition, steps)
        silence = definition.get("silence") or {}
        vals.update(
            silence_remind_minutes=round((silence.get("remind_after") or 0) / 60),
            silence_remind_text=silence.get("remind_text") or False,
            silence_end_minutes=round((silence.get("end_after") or 0) / 60),
            silence_end_text=silence.get("end_text") or False,
        )
        variables = self.env["chatbot.flow.variable"]
        lines = [
            (0, 0, variables._load_values(name, given))
            for name, given in (definition.get("variables") or {}).items()
        ]
        if lines or self.variable_ids:
            vals["variable_ids"] = [(5, 0, 0), *lines]
        return vals


class ChatbotFlowVariable(models.Model):
    """A value of a flow that has a type, a name for people, and may be personal."""

    _name = "chatbot.flow.variable"
    _description = "Chatbot Flow Variable"
    _inherit = ["chatbot.flow.part"]
    _order = "flow_id, sequence, id"

    flow_id = fields.Many2one("chatbot.flow", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(
        required=True, help="a-z, 0-9 and _; used in texts as {name}, kept by questions as such."
    )
    label = fields.Char(
        string="Shown as", help="What the agent reads beside the value. Empty: not shown."
    )
    type = fields.Selection(
        [
            ("text", "Text"),
            ("number", "Number"),
            ("boolean", "Yes or no"),
            ("date", "Date"),
            ("list", "List"),
        ],
        required=True,
        default="text",
    )
    personal = fields.Boolean(
        default=True,
        help="Says something about the person: exported with their data and erased with it.",
    )
    default = fields.Char(string="At first", help="The value before anything gives another.")

    _name_unique = models.Constraint(
        "UNIQUE(flow_id, name)", "Two variables of a flow cannot have the same name."
    )

    @api.constrains("name")
    def _check_name(self):
        for variable in self:
            if not NAME.fullmatch(variable.name or ""):
                raise ValidationError(
                    self.env._(
                        "Variable “%s”: a name may only have a-z, 0-9 and _, and starts with a "
                        "letter.",
                        variable.name,
                    )
                )

    def _definition(self):
        """The variable as an entry of the definition."""
        self.ensure_one()
        return {
            "type": self.type,
            "label": self.label or "",
            "personal": self.personal,
            "default": self.default or None,
        }

    @api.model
    def _load_values(self, name, given):
        """Entry of a definition -> values."""
        given = given if isinstance(given, dict) else {}
        default = given.get("default")
        if isinstance(default, bool):
            default = "sim" if default else "não"
        elif isinstance(default, list):
            default = ", ".join(str(item) for item in default)
        return {
            "name": name,
            "label": given.get("label") or False,
            "type": given.get("type") if given.get("type") in TYPES else "text",
            "personal": given.get("personal") is True,
            "default": False if default is None else str(default),
        }
