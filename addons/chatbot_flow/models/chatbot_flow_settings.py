# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Settings of a whole flow: silence, variables, called flows."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import listening
from ..engine.flow_settings import MAX_SILENCE, TYPES
from ..engine.placeholders import NAME

MAX_MINUTES = MAX_SILENCE // 60


class ChatbotFlow(models.Model):
    """Silence, variables and called flows, to the definition and back."""

    _inherit = "chatbot.flow"

    silence_remind_minutes = fields.Integer(
        string="Remind after (minutes)",
        help="Minutes without an answer after which the citizen is reminded, once for each "
        "question. 0: never.",
    )
    silence_remind_text = fields.Text(string="Reminder", translate=True)
    silence_end_minutes = fields.Integer(
        string="End after (minutes)",
        help="So many minutes after the reminder, or after the question without one, the "
        "conversation ends. 0: never.",
    )
    silence_end_text = fields.Text(string="Words at the end", translate=True)
    listen_text = fields.Float(
        string="After a text (seconds)",
        digits=(4, 1),
        default=listening.DEFAULT.text,
        help="People write in several messages: the bot reads them together once the citizen has "
        "been quiet for this long. 0: each message is answered at once.",
    )
    listen_tap = fields.Float(
        string="After a tap (seconds)",
        digits=(4, 1),
        default=listening.DEFAULT.tap,
        help="After a tap on a button or on a row of a list nothing more is expected.",
    )
    listen_file = fields.Float(
        string="After a file (seconds)",
        digits=(4, 1),
        default=listening.DEFAULT.file,
        help="The photos of an album arrive one after the other: all of them are one answer.",
    )
    listen_maximum = fields.Float(
        string="At most (seconds)",
        digits=(4, 1),
        default=listening.DEFAULT.maximum,
        help="Citizens who keep writing are answered this long after their first message. 0: the "
        "bot never waits.",
    )
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

    @api.constrains("listen_text", "listen_tap", "listen_file", "listen_maximum")
    def _check_listen(self):
        for flow in self:
            moments = (flow.listen_text, flow.listen_tap, flow.listen_file)
            if not all(0 <= moment <= listening.MAX_MOMENT for moment in moments):
                raise ValidationError(
                    self.env._(
                        "The bot listens from 0 to %s seconds before it answers.",
                        int(listening.MAX_MOMENT),
                    )
                )
            if not 0 <= flow.listen_maximum <= listening.MAX_TOTAL:
                raise ValidationError(
                    self.env._(
                        "From the first message on the bot listens for 0 to %s seconds at most.",
                        int(listening.MAX_TOTAL),
                    )
                )

    def _callers(self):
        """Return the flows that have a step which calls one of these."""
        # sudo: chatbot.flow.step - internal bookkeeping, for any publisher
        steps = self.env["chatbot.flow.step"].sudo().search([("call_flow_id", "in", self.ids)])
        return steps.flow_id.with_env(self.env)

    def _definition_settings(self):
        data = {}
        silence = self._definition_silence()
        if silence:
            data["silence"] = silence
        moments = self._definition_listen()
        if moments:
            data["listen"] = moments
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

    def _definition_listen(self):
        """Return the quiet periods that differ from the defaults: {name: seconds}."""
        usual = listening.DEFAULT.to_json()
        return {
            name: round(self[f"listen_{name}"], 1)
            for name, value in usual.items()
            if round(self[f"listen_{name}"], 1) != value
        }

    def _load_settings(self, definition):
        silence = definition.get("silence") or {}
        vals = {
            "silence_remind_minutes": round((silence.get("remind_after") or 0) / 60),
            "silence_remind_text": silence.get("remind_text") or False,
            "silence_end_minutes": round((silence.get("end_after") or 0) / 60),
            "silence_end_text": silence.get("end_text") or False,
        }
        moments = {**listening.DEFAULT.to_json(), **(definition.get("listen") or {})}
        vals |= {f"listen_{name}": moments[name] for name in listening.DEFAULT.to_json()}
        variables = self.env["chatbot.flow.variable"]
        lines = [
            (0, 0, variables._load_values(name, given))
            for name, given in (definition.get("variables") or {}).items()
        ]
        if lines or self.variable_ids:
            vals["variable_ids"] = [(5, 0, 0), *lines]
        return vals


class ChatbotFlowVariable(models.Model):
    """A value of a flow with a type, a readable name, and a personal-data flag."""

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
        string="Shown as", help="Label beside the value on the agent's screen. Empty: not shown."
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
        """Return the variable as an entry of the definition."""
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
