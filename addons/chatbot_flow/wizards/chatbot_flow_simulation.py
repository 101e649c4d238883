from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import engine
from ..engine import rehearsal
from ..engine.compiler import digest
from ..engine.inputs import show
from ..models import simulation_settings
from ..models.chatbot_flow_version import compiled
from ..models.flow_problems import problem_text

# What a citizen may send in the simulator.
KINDS = ("text", "option", "location", "silence", "elapsed", *rehearsal.MEDIA)
# Longest text that WhatsApp lets a citizen write, and answers of one run.
MAX_TEXT = 4096
MAX_ENTRIES = 500
# Options that are shown as buttons and as a list; more are numbered lines of the text.
MAX_BUTTONS = 3
MAX_ROWS = 10


class ChatbotFlowSimulation(models.TransientModel):
    """A flow tried out by who edits it: the same engine on the draft, but nothing is sent nor done.

    A run is what the citizen sent (`entries`) in a situation (`settings`); everything shown is
    played anew from that (see `engine/rehearsal.py`), so that a step back is one entry less and a
    flow test is a run that was kept.
    """

    _name = "chatbot.flow.simulation"
    _description = "Chatbot Flow Simulation"

    flow_id = fields.Many2one("chatbot.flow", required=True, readonly=True, ondelete="cascade")
    definition = fields.Json(readonly=True)
    digest = fields.Char(readonly=True)
    problems = fields.Json(readonly=True)
    entries = fields.Json(readonly=True)
    settings = fields.Json(readonly=True)
    stamp = fields.Char(readonly=True)

    # ------------------------------------------------------------
    # What the screen asks for
    # ------------------------------------------------------------

    @api.model
    def open_run(self, flow_id, settings=None):
        """Starts a run of a flow's draft.

        :param settings: the situation, as another run gave it; what is missing is as usual
        :return: what the screen shows, see :meth:`get_run`
        """
        run = self.create({"flow_id": flow_id, "settings": simulation_settings.clean(settings)})
        return run.restart()

    def restart(self):
        """Begins anew, with the flow as it is now."""
        self.ensure_one()
        flow = self.flow_id
        flow.check_access("read")
        definition = flow._definition()
        problems = [problem_text(self.env, problem) for problem in engine.check(definition)]
        self.write(
            {
                "definition": definition,
                "digest": digest(definition),
                "problems": problems,
                "entries": [],
                "stamp": flow.draft_token,
            }
        )
        return self.get_run()

    def send(self, entry):
        """Sends something as the citizen.

        :param entry: {"kind": see KINDS, "text", "option_id"}
        """
        self.ensure_one()
        kind = entry.get("kind") or "text"
        if kind not in KINDS:
            raise ValidationError(self.env._("The simulator does not know “%s”.", kind))
        if len(self._sent_so_far()) >= MAX_ENTRIES:
            raise UserError(self.env._("This run is long enough: start again."))
        kept = {"kind": kind, "text": str(entry.get("text") or "")[:MAX_TEXT]}
        if entry.get("option_id"):
            kept["option_id"] = str(entry["option_id"])[:MAX_TEXT]
        self.entries = [*self._sent_so_far(), kept]
        return self.get_run()

    def undo(self):
        """One step back: what was sent last was never sent."""
        self.ensure_one()
        entries = self._sent_so_far()
        while entries and entries.pop()["kind"] == "situation":
            continue
        self.entries = entries
        return self.get_run()

    def save_test(self, name, strictness):
        """Keeps the run as a flow test: what was sent, and what the flow said to it.

        :param strictness: see `engine.rehearsal.compare`
        """
        self.ensure_one()
        if self.problems:
            raise UserError("\n".join(self.problems))
        outcomes = self._play()[1].outcomes
        test = self.env["chatbot.flow.test"].create(
            {
                "name": name,
                "flow_id": self.flow_id.id,
                "strictness": strictness,
                "settings": self.settings,
                "entries": self._sent_so_far(),
                "expected": list(outcomes),
            }
        )
        test.action_run()
        return test.id

    def configure(self, settings):
        """Changes the situation: from here on, or from the start before anything was sent.

        :param settings: see `simulation_settings`
        """
        self.ensure_one()
        settings = simulation_settings.clean(settings)
        entries = self._sent_so_far()
        if entries and entries[-1]["kind"] == "situation":
            entries.pop()
        if entries:
            # what the citizen wrote first is not of the moment
            self.settings = {**self.settings, "opening": settings["opening"]}
            entries.append({"kind": "situation", "text": "", "settings": settings})
        else:
            self.settings = settings
        self.entries = entries
        return self.get_run()

    def get_run(self):
        """All that the screen shows: the talk, the values, the way and the situation."""
        self.ensure_one()
        shown = {
            "id": self.id,
            "flow": {"id": self.flow_id.id, "name": self.flow_id.name},
            "problems": self.problems or [],
            "changed": self.stamp != self.flow_id.draft_token,
            "settings": self._settings_now(),
        }
        if not self.problems:
            flow, run = self._play()
            shown |= self._shown(flow, run)
        return shown

    def _play(self):
        """The compiled draft, and what came of the entries (an `engine.rehearsal.Run`)."""
        flow = compiled(self.definition, self.digest)
        situation = self.flow_id._situation(self.settings)
        return flow, rehearsal.play(flow, situation, self.flow_id._played(self._sent_so_far()))

    # ------------------------------------------------------------
    # From what was set to what the engine is given
    # ------------------------------------------------------------

    def _sent_so_far(self):
        """The entries; a field of JSON keeps an empty list as nothing."""
        return list(self.entries or [])

    def _settings_now(self):
        """The situation that holds at the end of the run."""
        entries = self._sent_so_far()
        turned = [entry["settings"] for entry in entries if entry["kind"] == "situation"]
        return turned[-1] if turned else self.settings

    # ------------------------------------------------------------
    # What the screen shows
    # ------------------------------------------------------------

    def _shown(self, flow, run):
        """The parts of `get_run` that come of playing."""
        step_ids = {step.key: step.id for step in self.flow_id.step_ids}
        path = [
            {
                "key": key,
                "turn": turn,
                "title": flow.steps[key].title,
                "kind": flow.steps[key].kind,
                "step_id": step_ids.get(key, False),
            }
            for turn, outcome in enumerate(run.outcomes)
            for key in outcome["path"]
            if key in flow.steps
        ]
        entries = [None, *self._sent_so_far()]
        return {
            "turns": [
                self._turn(entry, outcome)
                for entry, outcome in zip(entries, run.outcomes, strict=True)
            ],
            "path": path,
            "variables": self._variables(flow, run.state),
            "step": run.state.step,
            "over": run.state.over,
            "waits": bool(run.outcomes[-1]["wait"]) and not run.state.over,
            "silence": bool(flow.silence),
            "actions": self._actions(flow),
            "languages": list(flow.settings.languages),
        }

    def _turn(self, entry, outcome):
        """One exchange: what was sent, what was said, and what happened besides.

        :param entry: None at the start, to which what the citizen wrote first led
        """
        opening = self.settings.get("opening")
        if not entry and opening:
            entry = {"kind": "text", "text": opening}
        return {
            "sent": entry and self._sent(entry),
            "said": [self._said(said) for said in outcome["said"]],
            "notes": self._notes(entry, outcome),
        }

    def _sent(self, entry):
        """The citizen's bubble, or None where nothing was sent."""
        if entry["kind"] in ("silence", "elapsed", "situation"):
            return None
        return {"kind": entry["kind"], "html": self._text_html(entry["text"])}

    def _said(self, said):
        options = said["options"]
        shape = self._option_shape(options)
        text = said["text"]
        if shape == "numbers":
            lines = [
                f"{item['label'] or number} - {item['title']}"
                for number, item in enumerate(options, 1)
            ]
            text = "\n".join([text, "", *lines])
        return {
            "html": self._text_html(text),
            "files": said["media"],
            "options": options,
            "shape": shape,
            "button": said["list_button"] or self.env._("See options"),
            "footer": said["footer"],
        }

    def _notes(self, entry, outcome):
        """What happened besides the talk, as sentences."""
        _ = self.env._
        notes = []
        kind = entry and entry["kind"]
        if kind == "silence":
            notes.append(_("The citizen does not answer."))
            if not outcome["said"] and not outcome["over"]:
                notes.append(_("The flow says nothing about silence: nothing happens."))
        elif kind == "elapsed":
            notes.append(_("The pause is over."))
        elif kind == "situation":
            notes.append(_("From here on the situation is another one."))
        notes += [self._action_words(action) for action in outcome["actions"]]
        if outcome["wait"]:
            notes.append(_("The flow pauses for %s seconds.", outcome["wait"]))
        if outcome["over"]:
            notes.append(self.flow_id._over_words(outcome["over"]))
        return notes

    def _action_words(self, action):
        _ = self.env._
        name = self.flow_id._action_label(action["name"])
        words = _("Action “%s”: done", name) if action["ok"] else _("Action “%s”: failed", name)
        params = ", ".join(f"{key} = {value}" for key, value in action["params"].items())
        return f"{words} ({params})" if params else words

    def _variables(self, flow, state):
        """What the flow knows: its values in the order in which it learned them."""
        labels = {**flow.labels, **flow.agent_labels}
        declared = flow.variables
        return [
            {
                "name": name,
                "label": labels.get(name, ""),
                "value": show(value, flow.formats.get(name, "text")),
                "personal": name in declared and declared[name].personal,
            }
            for name, value in state.values.items()
        ]

    def _actions(self, flow):
        """The actions of the flow, whose results can be chosen."""
        samples = self.env["chatbot.flow.step"]._action_values()
        names = dict.fromkeys(step.action for step in flow.steps.values() if step.action)
        return [
            {
                "name": name,
                "label": self.flow_id._action_label(name),
                "values": [
                    {"name": key, "sample": value}
                    for key, value in (samples.get(name) or {}).items()
                ],
            }
            for name in names
        ]

    @api.model
    def _text_html(self, text):
        """A text as HTML that is safe. Hook: a channel shows its own marks."""
        return escape(text)

    @api.model
    def _option_shape(self, options):
        """Hook: how a channel offers options: `buttons`, `list` or `numbers` (lines of the text).

        :param options: [{"id", "title", "description"}]
        """
        if len(options) <= MAX_BUTTONS and not any(item["description"] for item in options):
            return "buttons"
        return "list" if len(options) <= MAX_ROWS else "numbers"
