# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .. import engine
from ..engine import rehearsal
from ..engine.flow import digest
from .chatbot_flow_version import compiled

# Characters of an answer quoted when a test fails.
MAX_QUOTED = 60
# Fields that decide whether a test passes.
DEMANDS = {"active", "entries", "expected", "settings", "strictness"}


class ChatbotFlowTest(models.Model):
    """A conversation with a flow that must always have the same outcome.

    Saved from the simulator: the citizen's messages, the situation, and the outcomes. Every request
    for approval and every publication plays all tests of the flow, and a failing one prevents
    publishing.
    """

    _name = "chatbot.flow.test"
    _description = "Flow Test"
    _order = "flow_id, sequence, id"

    flow_id = fields.Many2one("chatbot.flow", required=True, index=True, ondelete="cascade")
    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    strictness = fields.Selection(
        [("texts", "Every word"), ("steps", "Only the way through the steps")],
        required=True,
        default="texts",
        string="Compares",
        help="Every word: texts, options, files, actions and steps. Only the way: texts may be "
        "polished, as long as the same steps follow and it ends in the same way.",
    )
    settings = fields.Json(required=True, readonly=True)
    entries = fields.Json(readonly=True)
    expected = fields.Json(required=True, readonly=True)
    result = fields.Selection(
        [("never", "Not run yet"), ("passed", "Passed"), ("failed", "Failed")],
        required=True,
        readonly=True,
        default="never",
        copy=False,
    )
    result_text = fields.Text(string="What is different", readonly=True, copy=False)
    run_at = fields.Datetime(string="Last run", readonly=True, copy=False)
    accepted_by_id = fields.Many2one(
        "res.users", string="Expectation set by", readonly=True, default=lambda self: self.env.user
    )
    accepted_at = fields.Datetime(
        string="Expectation set at", readonly=True, default=fields.Datetime.now
    )
    story = fields.Text(compute="_compute_story", string="What the citizen sends")

    @api.model_create_multi
    def create(self, vals_list):
        """Record the creator as responsible for the test's expectations."""
        stamp = {"accepted_by_id": self.env.uid, "accepted_at": fields.Datetime.now()}
        return super().create([{**vals, **stamp} for vals in vals_list])

    def write(self, vals):
        """Record who changes a test's expectations, in the test and in the flow's history."""
        if DEMANDS & vals.keys():
            stamp = {"accepted_by_id": self.env.uid, "accepted_at": fields.Datetime.now()}
            vals = {**vals, **stamp}
            self._tell(self.env._("Another result is expected, or the test was switched."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_is_told(self):
        self._tell(self.env._("The test was deleted."))

    def _tell(self, words):
        for test in self:
            test.flow_id._message_log(
                body=self.env._(
                    "Flow test “%(test)s”: %(difference)s", test=test.name, difference=words
                ),
                author_id=self.env.user.partner_id.id,
            )

    @api.depends("entries")
    def _compute_story(self):
        for test in self:
            lines = [test._entry_words(entry) for entry in test.entries or []]
            test.story = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))

    def _entry_words(self, entry):
        """Compute the citizen's messages in words."""
        kind = entry["kind"]
        if kind in ("text", "option"):
            return entry["text"]
        if kind == "burst":
            return " / ".join(self._entry_words(part) for part in entry["entries"])
        words = {
            "silence": self.env._("does not answer"),
            "elapsed": self.env._("the pause is over"),
            "return": self.env._("broke off and writes again later"),
            "situation": self.env._("the situation is different"),
            "location": self.env._("a location"),
            "image": self.env._("a picture"),
            "video": self.env._("a video"),
            "audio": self.env._("an audio"),
            "voice": self.env._("a voice message"),
            "document": self.env._("a document"),
            "sticker": self.env._("a sticker"),
        }[kind]
        return f"[{words}] {entry['text']}".strip()

    # ------------------------------------------------------------
    # Running
    # ------------------------------------------------------------

    def action_run(self):
        """Play the tests with the current draft, and record the results."""
        self.check_access("read")
        for flow, tests in self.grouped("flow_id").items():
            definition = flow._definition()
            problems = engine.check(definition)
            for test in tests:
                words = (
                    self.env._("The flow has problems that have to be repaired first.")
                    if problems
                    else test._deviation_words(definition)
                )
                # sudo: chatbot.flow.test - supervisors may run tests; a result is not an edit
                test.sudo().write(
                    {
                        "result": "failed" if words else "passed",
                        "result_text": words,
                        "run_at": fields.Datetime.now(),
                    }
                )
        return True

    def action_accept(self):
        """Accept the flow's current behaviour as the expectation."""
        if not self.has_access("write"):
            raise AccessError(
                self.env._("Only administrators may change the expected result of a test.")
            )
        for test in self:
            test.expected = list(test._play(test.flow_id._definition()).outcomes)
        return self.action_run()

    def _failures(self, definition):
        """Return sentences about the tests that a definition does not pass.

        :param definition: one that compiles
        """
        found = []
        for test in self:
            words = test._deviation_words(definition)
            if words:
                found.append(
                    self.env._(
                        "Flow test “%(test)s”: %(difference)s", test=test.name, difference=words
                    )
                )
        return found

    def _play(self, definition):
        """Return the outcome of the test's entries with a definition.

        An `engine.rehearsal.Run`.
        """
        self.ensure_one()
        flow = self.flow_id
        return rehearsal.play(
            compiled(definition, digest(definition)),
            flow._situation(self.settings),
            flow._played(self.entries or []),
        )

    # ------------------------------------------------------------
    # Differences in words
    # ------------------------------------------------------------

    def _deviation_words(self, definition):
        """Return where a run with a definition first deviates from the expectation, or ""."""
        self.ensure_one()
        run = self._play(definition)
        found = rehearsal.compare(self.expected, run.outcomes, self.strictness)
        if found is None:
            return ""
        if found.entry:
            sent = self._entry_words(self.entries[found.entry - 1])[:MAX_QUOTED]
            where = self.env._(
                "after answer %(number)s (“%(text)s”)", number=found.entry, text=sent
            )
        else:
            where = self.env._("at the start")
        titles = {step["key"]: step.get("title") for step in definition["steps"]}
        return self.env._(
            "%(where)s, expected: %(expected)s; got: %(got)s",
            where=where,
            expected=self._outcome_words(found.code, found.expected, titles),
            got=self._outcome_words(found.code, found.got, titles),
        )

    def _outcome_words(self, code, value, titles):
        """Return one part of an outcome, in words."""
        _ = self.env._
        if code == "over":
            return self.flow_id._over_words(value) if value else _("the conversation goes on")
        if not value:
            return _("nothing")
        if code == "path":
            return " → ".join(f"“{titles.get(key) or key}”" for key in value)
        if code == "actions":
            return ", ".join(
                _("action “%s” done", self.flow_id._action_label(action["name"]))
                if action["ok"]
                else _("action “%s” failed", self.flow_id._action_label(action["name"]))
                for action in value
            )
        return " / ".join(self._said_words(said) for said in value)

    def _said_words(self, said):
        """Return a message of the bot with its options."""
        options = " | ".join(option["title"] for option in said["options"])
        files = ", ".join(item["filename"] for item in said["media"])
        return " ".join(
            filter(None, [said["text"] and f"“{said['text']}”", options and f"[{options}]", files])
        )


class ChatbotFlow(models.Model):
    """A flow and its tests."""

    _inherit = "chatbot.flow"

    test_ids = fields.One2many("chatbot.flow.test", "flow_id", string="Flow tests")
    failed_test_count = fields.Integer(compute="_compute_failed_test_count")

    @api.depends("test_ids.result")
    def _compute_failed_test_count(self):
        for flow in self:
            failed = flow.test_ids.filtered(lambda test: test.result == "failed")
            flow.failed_test_count = len(failed)

    def action_run_tests(self):
        """Play all tests of the flow with the draft."""
        self.ensure_one()
        return self.test_ids.action_run()
