# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import engine
from ..engine import listening, rehearsal, small_talk
from ..engine.flow import digest
from ..engine.inputs import show
from ..models import simulation_settings
from ..models.chatbot_flow_version import compiled
from ..models.flow_problems import problem_text

# Kinds of messages in the simulator.
KINDS = (*rehearsal.IN_A_BURST, "silence", "elapsed", "return", "burst")
# Longest text that WhatsApp lets a citizen write, and answers of one run.
MAX_TEXT = 4096
MAX_ENTRIES = 500
# Maximum options shown as buttons and as a list; more become numbered lines.
MAX_BUTTONS = 3
MAX_ROWS = 10


class ChatbotFlowSimulation(models.TransientModel):
    """Lets an editor try out a flow: the draft runs, but nothing is sent or executed.

    A run consists of the citizen's messages (`entries`) in a situation (`settings`); everything
    shown is replayed from that (see `engine/rehearsal.py`), so that going back means one entry
    less, and a flow test is a saved run.
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
    # Calls of the screen
    # ------------------------------------------------------------

    @api.model
    def open_run(self, flow_id, settings=None):
        """Start a run of a flow's draft.

        :param settings: the situation, as in another run; missing keys are defaults
        :return: what the screen shows, see :meth:`get_run`
        """
        run = self.create({"flow_id": flow_id, "settings": simulation_settings.clean(settings)})
        return run.restart()

    def restart(self):
        """Start over with the current flow."""
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
        """Send something as the citizen.

        :param entry: {"kind": see KINDS, "text", "option_id", "entries" of a burst}
        """
        self.ensure_one()
        if len(self._sent_so_far()) >= MAX_ENTRIES:
            raise UserError(self.env._("This run is long enough: start again."))
        self.entries = [*self._sent_so_far(), self._kept(entry, KINDS)]
        return self.get_run()

    def _kept(self, entry, kinds):
        """Return an entry in stored form.

        :raise ValidationError: it is of none of these kinds
        """
        kind = entry.get("kind") or "text"
        if kind not in kinds:
            raise ValidationError(self.env._("The simulator does not know “%s”.", kind))
        kept = {"kind": kind, "text": str(entry.get("text") or "")[:MAX_TEXT]}
        if entry.get("option_id"):
            kept["option_id"] = str(entry["option_id"])[:MAX_TEXT]
        if kind == "burst":
            parts = list(entry.get("entries") or ())[: listening.MAX_MESSAGES]
            kept["entries"] = [self._kept(part, rehearsal.IN_A_BURST) for part in parts]
        return kept

    def undo(self):
        """Go one step back: discard the last message."""
        self.ensure_one()
        entries = self._sent_so_far()
        while entries and entries.pop()["kind"] == "situation":
            continue
        self.entries = entries
        return self.get_run()

    def save_test(self, name, strictness):
        """Save the run as a flow test: messages and the flow's responses.

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
        """Change the situation: from here on, or from the start if nothing was sent yet.

        :param settings: see `simulation_settings`
        """
        self.ensure_one()
        settings = simulation_settings.clean(settings)
        entries = self._sent_so_far()
        if entries and entries[-1]["kind"] == "situation":
            entries.pop()
        if entries:
            # the citizen's first words are not part of the changing situation
            self.settings = {**self.settings, "opening": settings["opening"]}
            entries.append({"kind": "situation", "text": "", "settings": settings})
        else:
            self.settings = settings
        self.entries = entries
        return self.get_run()

    def get_run(self):
        """Return the screen's data: messages, values, path and situation."""
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
        """Return the compiled draft, and the outcome of the entries (an `engine.rehearsal.Run`)."""
        flow = compiled(self.definition, self.digest)
        situation = self.flow_id._situation(self.settings)
        return flow, rehearsal.play(flow, situation, self.flow_id._played(self._sent_so_far()))

    # ------------------------------------------------------------
    # From what was set to what the engine is given
    # ------------------------------------------------------------

    def _sent_so_far(self):
        """Return the entries; a JSON field stores an empty list as null."""
        return list(self.entries or [])

    def _settings_now(self):
        """Return the situation at the end of the run."""
        entries = self._sent_so_far()
        turned = [entry["settings"] for entry in entries if entry["kind"] == "situation"]
        return turned[-1] if turned else self.settings

    # ------------------------------------------------------------
    # Data of the screen
    # ------------------------------------------------------------

    def _shown(self, flow, run):
        """Return the parts of `get_run` that come from playing."""
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
            "listen": flow.settings.listening.capped(self.flow_id._listen_limit()).to_json(),
            "actions": self._actions(flow),
            "languages": list(flow.settings.languages),
        }

    def _turn(self, entry, outcome):
        """Return one exchange: the message, the responses, and other effects.

        :param entry: None for the start, triggered by the citizen's first words
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
        """Return the citizen's bubble, or None where nothing was sent."""
        if entry["kind"] in ("silence", "elapsed", "situation"):
            return None
        if entry["kind"] == "burst":
            return {"kind": "burst", "parts": [self._sent(part) for part in entry["entries"]]}
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
        """Return other effects, as sentences."""
        _ = self.env._
        notes = []
        kind = entry and entry["kind"]
        if kind == "silence":
            notes.append(_("The citizen does not answer."))
            if not outcome["said"] and not outcome["over"]:
                notes.append(_("The flow says nothing about silence: nothing happens."))
        elif kind == "burst":
            notes.append(_("%s messages, read together.", len(entry["entries"])))
        elif kind == "elapsed":
            notes.append(_("The pause is over."))
        elif kind == "return":
            notes.append(_("The citizen broke off, and writes again later."))
        elif kind == "situation":
            notes.append(_("The situation changes from here on."))
        notes += self._small_talk_words(entry, outcome)
        notes += [self._noted_words(code) for code in outcome["noted"]]
        notes += [self._action_words(action) for action in outcome["actions"]]
        if outcome["wait"]:
            notes.append(_("The flow pauses for %s seconds.", outcome["wait"]))
        if outcome["over"]:
            notes.append(self.flow_id._over_words(outcome["over"]))
        return notes

    def _small_talk_words(self, entry, outcome):
        """Return which small-talk row answered, and whether it alone would open no conversation."""
        flow = compiled(self.definition, self.digest)
        rows = flow.manners.rows
        notes = []
        if outcome["manner"] in rows:
            row = rows[outcome["manner"]]
            notes.append(self.env._("Answered by the small talk “%s”", row.title))
            if row.tell:
                notes.append(self.env._("The agent sees it."))
        elif entry and not self._sent_so_far() and entry["text"] == self.settings.get("opening"):
            row = small_talk.outside(flow, engine.Answer(entry["text"]))
            if row:
                notes.append(
                    self.env._("Alone, “%s” opens no conversation: it is answered once.", row.title)
                )
        return notes

    def _noted_words(self, code):
        """Return the recorded notes about remembered data."""
        return self.env["contact_center.event"]._detail_values()["note"].get(code, code)

    def _action_words(self, action):
        _ = self.env._
        name = self.flow_id._action_label(action["name"])
        words = _("Action “%s”: done", name) if action["ok"] else _("Action “%s”: failed", name)
        params = ", ".join(f"{key} = {value}" for key, value in action["params"].items())
        return f"{words} ({params})" if params else words

    def _variables(self, flow, state):
        """Return the flow's values in the order in which they were collected."""
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
        """Return the actions of the flow, whose results can be chosen."""
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
        """Return a text as safe HTML. Hook: a channel renders its own markup."""
        return escape(text)

    @api.model
    def _option_shape(self, options):
        """Return how a channel offers options (hook).

        `buttons`, `list` or `numbers` (lines of the text).

        :param options: [{"id", "title", "description"}]
        """
        if len(options) <= MAX_BUTTONS and not any(item["description"] for item in options):
            return "buttons"
        return "list" if len(options) <= MAX_ROWS else "numbers"
