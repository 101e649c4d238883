from markupsafe import Markup, escape

from odoo import api, fields, models

from .. import engine

# What the simulator gives for the values of the moment.
SAMPLE_VALUES = {
    "protocolo": "2026000123",
    "nome": "Maria da Silva",
    "primeiro_nome": "Maria",
    "email": "maria@exemplo.com.br",
    "telefone": "(31) 98888-7777",
    "saudacao": "Bom dia",
    "fila": "Atendimento",
    "hoje": "02/03/2026",
}
MAX_ACTIONS = 20


class ChatbotFlowSimulation(models.TransientModel):
    """A flow tried out by who edits it: the same engine, but nothing is sent nor done."""

    _name = "chatbot.flow.simulation"
    _description = "Chatbot Flow Simulation"

    flow_id = fields.Many2one("chatbot.flow", required=True, readonly=True, ondelete="cascade")
    definition = fields.Json(readonly=True)
    engine_state = fields.Json(readonly=True)
    transcript = fields.Json(readonly=True)
    transcript_html = fields.Html(compute="_compute_transcript_html", sanitize=False)
    over = fields.Boolean(readonly=True)
    answer_kind = fields.Selection(
        [("text", "Text"), ("image", "Picture"), ("audio", "Audio"), ("location", "Location")],
        required=True,
        default="text",
        string="Answer with",
    )
    answer = fields.Char()
    actions_fail = fields.Boolean(
        string="Actions fail",
        help="To see what the citizen reads when GLPI, for instance, is down.",
    )

    @api.depends("transcript")
    def _compute_transcript_html(self):
        for simulation in self:
            lines = [simulation._line_html(line) for line in simulation.transcript or []]
            simulation.transcript_html = Markup().join(lines)

    @api.model
    def _line_html(self, line):
        """One entry of the transcript as a bubble: robot left, citizen right, notes in between."""
        text = self._text_html(line["text"])
        options = Markup().join(
            Markup('<div class="border rounded px-2 mt-1 bg-view">%s. %s</div>') % (number, title)
            for number, title in enumerate(line.get("options") or [], 1)
        )
        if line["who"] == "note":
            return Markup('<p class="text-center text-muted small my-2">%s</p>') % text
        side, colour = ("end", "success") if line["who"] == "citizen" else ("start", "info")
        return Markup(
            '<div class="d-flex justify-content-%s mb-2"><div class="alert alert-%s mb-0 p-2 '
            'text-break" style="max-width: 80%%">%s%s</div></div>'
        ) % (side, colour, text, options)

    @api.model
    def _text_html(self, text):
        """Hook: safe HTML (Markup) of a text as the citizen reads it; a channel knows its marks."""
        return escape(text).replace("\n", Markup("<br/>"))

    def action_answer(self):
        """Sends the answer to the robot."""
        self.ensure_one()
        if not self.over:
            answer = self._answer()
            words = {
                "image": self.env._("[picture]"),
                "audio": self.env._("[audio]"),
                "location": self.env._("[location]"),
            }
            self._add("citizen", words.get(self.answer_kind) or self.answer or "")
            self.write({"answer": False, "answer_kind": "text"})
            self._run(answer)
        return self._action_open()

    def action_restart(self):
        """Begins anew, with the flow as it is now."""
        self.ensure_one()
        self._start()
        return self._action_open()

    def _start(self):
        self.write(
            {
                "definition": self.flow_id._definition(),
                "engine_state": False,
                "transcript": [],
                "over": False,
            }
        )
        self._run(engine.Start())

    def _answer(self):
        if self.answer_kind == "location":
            return engine.Answer(
                text=self.answer or "", kind="location", latitude=-19.81, longitude=-43.17
            )
        if self.answer_kind != "text":
            number = len(self.transcript or [])
            return engine.Answer(
                text=self.answer or "",
                kind="media",
                media_ref=f"message:{number}",
                media_kind=self.answer_kind,
            )
        return engine.Answer(text=self.answer or "")

    def _run(self, event):
        """Runs an event; actions are answered at once with sample values."""
        flow = engine.compile(self.definition)
        state = engine.State.from_json(self.engine_state) if self.engine_state else None
        context = {**SAMPLE_VALUES, "fluxo": self.flow_id.name}
        for _turn in range(MAX_ACTIONS):
            state, effects = engine.advance(flow, state, event, context)
            event = None
            for effect in engine.merge(effects):
                event = self._show(effect) or event
            if event is None:
                break
        self.write({"engine_state": state.to_json(), "over": state.over})

    def _show(self, effect):
        """Writes an effect down; for an action gives its result."""
        if isinstance(effect, engine.Say | engine.Ask):
            files = [self.env._("[file: %s]", item.get("filename") or "") for item in effect.media]
            options = [choice.title for choice in getattr(effect, "options", ())]
            text = "\n".join(filter(None, [effect.text, *files, getattr(effect, "footer", "")]))
            self._add("bot", text, options)
        elif isinstance(effect, engine.HandOver):
            queue = self.env["chatbot.flow.session"]._queue(effect.queue)
            self._add("note", self.env._("Handed over to people: %s", queue.name or "…"))
        elif isinstance(effect, engine.End):
            self._add("note", self.env._("End of the flow"))
        elif isinstance(effect, engine.CallAction):
            return self._show_action(effect)
        return None

    def _show_action(self, effect):
        name = self._action_label(effect.name)
        if self.actions_fail:
            self._add("note", self.env._("Action “%s”: failed", name))
            return engine.ActionResult(effect.name, False)
        params = ", ".join(f"{key} = {value}" for key, value in effect.params.items())
        self._add(
            "note", self.env._("Action “%s”: done", name) + (f" ({params})" if params else "")
        )
        samples = self.env["chatbot.flow.step"]._action_values().get(effect.name) or {}
        return engine.ActionResult(effect.name, True, samples)

    def _action_label(self, name):
        field = self.env["chatbot.flow.step"]._fields["action_name"]
        return dict(field._description_selection(self.env)).get(name, name)

    def _add(self, who, text, options=()):
        line = {"who": who, "text": text, "options": list(options)}
        self.transcript = [*(self.transcript or []), line]

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Simulator: %s", self.flow_id.name),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
