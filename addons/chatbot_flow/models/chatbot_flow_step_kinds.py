# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The kinds of steps that run by themselves: their fields and definition."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.step_readers import MAX_WAIT
from .lines import format_lines, parse_lines

# Context values that a condition may compare besides the flow's own, by name.
MOMENT_CHOICES = [
    ("aberto", "People are serving now (yes or no)"),
    ("fila_espera", "How many are waiting in the queue"),
    ("espera_minutos", "Estimated wait in minutes"),
    ("maior_espera_minutos", "Longest wait in the queue now, in minutes"),
    ("atendentes", "How many agents are there for the queue"),
    ("chamados_abertos", "Open tickets of the person"),
    ("primeiro_contato", "First contact of the person (yes or no)"),
    ("idioma", "Language that the person chose"),
    ("nome", "Contact: name"),
    ("email", "Contact: e-mail"),
    ("telefone", "Contact: telephone"),
    ("documento", "Contact: CPF or CNPJ"),
    ("cidade", "Contact: city"),
    ("bairro", "Contact: neighbourhood"),
    ("etiquetas", "Contact: tags"),
    ("variable", "A value of this flow"),
]


class ChatbotFlowStep(models.Model):
    """Set, call, look up, wait, survey; further texts of a message; hand-over targets."""

    _inherit = "chatbot.flow.step"

    variant_ids = fields.One2many(
        "chatbot.flow.step.variant",
        "step_id",
        string="Other texts",
        copy=True,
        help="One of all texts is said, another one from conversation to conversation.",
    )
    set_text = fields.Text(
        string="Values",
        help='One "name: value" per line; values may use {placeholders}.',
    )
    call_flow_id = fields.Many2one(
        "chatbot.flow",
        string="Flow to call",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('id', '!=', flow_id)]",
        help="Its published version is done, then this flow goes on with the next step. Its own "
        "ends lead back here.",
    )
    lookup_source = fields.Selection([("service", "Web service")], string="Where")
    service_id = fields.Many2one("chatbot.flow.service", ondelete="restrict", string="Web service")
    on_empty_id = fields.Many2one(
        "chatbot.flow.step",
        string="If nothing is found",
        copy=False,
        index="btree_not_null",
        domain="[('flow_id', '=', flow_id)]",
        help="Empty: the next step.",
    )
    seconds = fields.Integer(string="Seconds to wait", default=5)
    skill_id = fields.Many2one(
        "im_livechat.expertise",
        ondelete="restrict",
        help="The skill that the agent should have; the desk shows it.",
    )
    priority_level = fields.Selection(
        [("0", "Normal"), ("1", "High"), ("2", "Urgent"), ("3", "Emergency")],
        string="Priority",
        default="0",
        help="The order in the waiting list.",
    )
    condition_about = fields.Selection(
        MOMENT_CHOICES,
        string="About",
        compute="_compute_condition_about",
        inverse="_inverse_condition_about",
    )

    @api.depends("condition_variable", "kind")
    def _compute_condition_about(self):
        moments = {name for name, _label in MOMENT_CHOICES}
        for step in self:
            name = (step.condition_variable or "").strip(" {}")
            known = name in moments and name != "variable"
            step.condition_about = (name if known else "variable") if name else False

    def _inverse_condition_about(self):
        for step in self.filtered(lambda step: step.condition_about not in (False, "variable")):
            step.condition_variable = step.condition_about

    @api.onchange("condition_about")
    def _onchange_condition_about(self):
        """Let a context value replace it; compare a yes or no with yes."""
        about = self.condition_about
        if about and about != "variable":
            self.condition_variable = about
        elif about and self.condition_variable in dict(MOMENT_CHOICES):
            self.condition_variable = False
        if about in ("aberto", "primeiro_contato"):
            self.condition_operator = "present"

    @api.constrains("set_text")
    def _check_set_text(self):
        for step in self:
            parse_lines(self.env, step.set_text)

    @api.constrains("seconds", "kind")
    def _check_seconds(self):
        for step in self:
            if step.kind == "wait" and not 1 <= step.seconds <= MAX_WAIT:
                raise ValidationError(
                    self.env._("Step “%s”: wait from 1 second to 23 hours.", step.name)
                )

    # ------------------------------------------------------------
    # To the definition
    # ------------------------------------------------------------

    def _definition_message(self):
        texts = [text for text in self.variant_ids.sorted("sequence").mapped("text") if text]
        return {"variants": texts} if texts else {}

    def _definition_set(self):
        return {"values": parse_lines(self.env, self.set_text)}

    def _definition_call(self):
        return {"flow": self.call_flow_id.code or ""}

    def _lookup_name(self):
        """Return the step's source, in the session's notation: `service:<code>` or the source."""
        if self.lookup_source == "service":
            return (self.service_id and f"service:{self.service_id.code}") or ""
        return self.lookup_source or ""

    def _definition_lookup(self):
        source = self._lookup_name()
        params = parse_lines(self.env, self.action_params)
        if self.lookup_source == "service":
            params = {**self.service_id._wanted_values(), **params}
        return {
            "source": source,
            "params": params,
            "results": sorted(self._action_values().get(source, ())),
            "on_error": self.on_error_id.key or "",
            "on_empty": self.on_empty_id.key or "",
        }

    def _definition_wait(self):
        return {"seconds": self.seconds}

    def _definition_survey(self):
        return self._definition_ending("self_service")

    def _definition_ending(self, outcome):
        data = {"outcome": outcome or "self_service"}
        if self.disposition_id:
            data["disposition"] = self.disposition_id.id
        return data

    def _definition_hand_over(self):
        data = {"queue": self.queue_id.id or None, "reason": self.reason or ""}
        if self.skill_id:
            data["skill"] = self.skill_id.id
        if self.priority_level not in (False, "0"):
            data["priority"] = int(self.priority_level)
        return data

    @api.model
    def _service_values(self):
        """Return each web service's results, like `_action_values`."""
        # sudo: chatbot.flow.service - names of values only, for anybody checking a flow
        services = self.env["chatbot.flow.service"].sudo().search([])
        return {f"service:{service.code}": service._samples() for service in services}

    # ------------------------------------------------------------
    # Back from the definition
    # ------------------------------------------------------------

    def _load_message(self, data):
        texts = data.get("variants") or ()
        return {
            "variant_ids": [
                (5, 0, 0),
                *((0, 0, {"text": text, "sequence": 10 * n}) for n, text in enumerate(texts, 1)),
            ]
        }

    def _load_set(self, data):
        return {"set_text": format_lines(data.get("values") or {})}

    def _load_call(self, data):
        code = data.get("flow")
        flows = self.env["chatbot.flow"].search([("code", "=", code)]) if code else False
        return {"call_flow_id": flows.id if flows else False}

    def _load_lookup(self, data):
        source = data.get("source") or ""
        params = dict(data.get("params") or {})
        service = self.env["chatbot.flow.service"]
        if source.startswith("service:"):
            code = source.removeprefix("service:")
            service = service.with_context(active_test=False).search([("code", "=", code)])
            wanted = service._wanted_values() if service else {}
            params = {name: text for name, text in params.items() if wanted.get(name) != text}
            source = "service"
        known = dict(self._fields["lookup_source"]._description_selection(self.env))
        return {
            "lookup_source": source if source in known else False,
            "service_id": service.id,
            "action_params": format_lines(params),
        }

    def _load_end(self, data):
        found = data.get("disposition")
        dispositions = self.env["contact_center.disposition"]
        known = dispositions.browse(found if isinstance(found, int) else []).exists()
        return {"disposition_id": known.id}

    def _load_survey(self, data):
        return self._load_end(data)

    def _load_hand_over(self, data):
        queue, skill = data.get("queue"), data.get("skill")
        queues = self.env["contact_center.queue"].browse(queue if isinstance(queue, int) else [])
        skills = self.env["im_livechat.expertise"].browse(skill if isinstance(skill, int) else [])
        return {
            "queue_id": queues.exists().id,
            "skill_id": skills.exists().id,
            "priority_level": str(data.get("priority") or 0),
        }


class ChatbotFlowStepVariant(models.Model):
    """A further text of a message."""

    _name = "chatbot.flow.step.variant"
    _description = "Chatbot Flow Message Text"
    _inherit = ["chatbot.flow.part"]
    _order = "step_id, sequence, id"
    _rec_name = "text"

    step_id = fields.Many2one("chatbot.flow.step", required=True, index=True, ondelete="cascade")
    flow_id = fields.Many2one(related="step_id.flow_id")
    sequence = fields.Integer(default=10)
    text = fields.Text(required=True, translate=True)
