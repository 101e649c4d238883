# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Errors and possible improvements in a flow, each with its step."""

from odoo import api, fields, models
from odoo.tools.lru import LRU

from .. import engine
from ..engine.advice import advise, personal_steps
from ..engine.flow import digest
from .flow_problems import problem_text

SEVERITIES = ("error", "warning", "hint")
# Larger flows are not checked while people type, only when saved.
LIVE_STEPS = 300
# Flows with more steps are checked on request and when published: reading and checking ten thousand
# menus takes seconds, and a form has to open at once.
LARGE_STEPS = 2000
# Maximum findings per severity on the form.
SHOWN = 100
# Caches of this process, by the draft's token: findings (also by language), digests.
_FOUND = LRU(64)
_DIGESTS = LRU(256)


class ChatbotFlow(models.Model):
    """The checks of a flow, in the form and before it is published.

    A finding is a dict: `severity` ("error" prevents publishing, "warning", "hint"), `key` of its
    step ("" for the flow), `text` in the user's language, `code` (an engine's problem).
    """

    _inherit = "chatbot.flow"

    checks = fields.Json(compute="_compute_checks")
    published_token = fields.Char(
        readonly=True, copy=False, help="The draft's token when it was put into service."
    )

    @api.depends("step_ids", "name", "main_menu_id")
    def _compute_checks(self):
        """Compute `{counts, rows, waiting}` for the form's panel.

        `counts` is {severity: n}, `rows` are findings with step_id.

        `waiting` means that the flow is too large to be checked while it is edited or opened.
        """
        for flow in self:
            editing = not isinstance(flow.id, int)
            if not flow.step_ids or (editing and len(flow.step_ids) > LIVE_STEPS):
                found = None
            else:
                found = flow._known_problems()
            flow.checks = {
                "counts": flow._count_problems(found or ()),
                "rows": flow._shown_problems(found or ()),
                "waiting": bool(flow.step_ids) and found is None,
            }

    @api.model
    def _count_problems(self, found):
        counts = {}
        for problem in found:
            counts[problem["severity"]] = counts.get(problem["severity"], 0) + 1
        return counts

    def _shown_problems(self, found):
        """Return a limited number of findings by severity, with the id of their step."""
        rows = []
        for severity in SEVERITIES:
            rows += [row for row in found if row["severity"] == severity][:SHOWN]
        keys = {row["key"] for row in rows if row["key"]}
        steps = self.env["chatbot.flow.step"]
        if keys and self._origin:
            steps = steps.search_fetch(
                [("flow_id", "=", self._origin.id), ("key", "in", list(keys))], ["key"]
            )
        ids = {step.key: step.id for step in steps}
        return [{**row, "step_id": ids.get(row["key"], False)} for row in rows]

    def _known_problems(self):
        """Return all findings about the draft; None for a large flow not checked yet."""
        self.ensure_one()
        if len(self.step_ids) > LARGE_STEPS and self._found_key() not in _FOUND:
            return None
        return self._found_problems()

    def _found_key(self):
        key = self._draft_key()
        return key and (*key, self.env.lang)

    def _found_problems(self):
        """Return all findings about the draft."""
        self.ensure_one()
        key = self._found_key()
        found = _FOUND.get(key) if key else None
        if found is None:
            found = self._judge(self._definition())
            if key:
                _FOUND[key] = found
        if self._has_notice():
            found = [row for row in found if row["code"] != "personal_without_notice"]
        return [*found, *self._record_problems()]

    def _judge(self, definition):
        """Return findings that follow from the definition alone, a tuple."""
        rows = [
            {
                "severity": problem.severity,
                "code": problem.code,
                "key": problem.key,
                "text": problem_text(self.env, problem),
            }
            for problem in (
                *engine.check(definition),
                *personal_steps(definition),
                *advise(definition),
            )
        ]
        return (*rows, *self._channel_problems(definition))

    @api.model
    def _channel_problems(self, definition):
        """Return findings about what a channel can show; each adds its own (hook)."""
        return []

    def _record_problems(self):
        """Return findings about other records, which change independently of the flow."""
        return self._queue_problems()

    def _queue_problems(self):
        steps = self.env["chatbot.flow.step"].search_fetch(
            [
                ("flow_id", "=", self._origin.id),
                ("kind", "=", "hand_over"),
                ("queue_id.active", "=", False),
            ],
            ["key", "name", "queue_id"],
        )
        return [
            {
                "severity": "error",
                "code": "",
                "key": step.key,
                "text": self.env._(
                    'Step "%(step)s": the queue "%(queue)s" is archived.',
                    step=step.name,
                    queue=step.queue_id.name,
                ),
            }
            for step in steps
            if step.queue_id
        ]

    @api.model
    def _has_notice(self):
        """Return whether every citizen is told what their data is for (LGPD, art. 9)."""
        return not self.env["contact_center.personal.data"]._lacks_notice()

    def action_check(self):
        """Report what prevents publishing, or that nothing does."""
        self.ensure_one()
        found = self._found_problems()
        errors = [problem["text"] for problem in found if problem["severity"] == "error"]
        others = len(found) - len(errors)
        message = "\n".join(errors[:SHOWN]) or self.env._("The flow can be published.")
        if others:
            message += "\n" + self.env._("Further advice: %s", others)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if errors else "success",
                "title": self.env._("Problems found") if errors else self.env._("No problems"),
                "message": message,
                "sticky": bool(errors),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _errors(self, definition):
        """Return what prevents publishing this definition, as sentences.

        The engine's errors, and those due to other records and channels.
        """
        found = [*self._judge(definition), *self._record_problems()]
        return [problem["text"] for problem in found if problem["severity"] == "error"]

    def _is_published(self):
        """Return whether the draft equals the version in service.

        The draft's token is stored when an equal version is put into service, so that nothing has
        to be read while nothing changes. A large flow edited since then counts as changed even if
        the edit was undone.
        """
        self.ensure_one()
        if self.published_token and self.published_token == self.draft_token:
            return True
        if isinstance(self.id, int) and self.step_count > LARGE_STEPS:
            return False
        return self._draft_digest() == self.published_version_id.digest

    def _note_published(self, definition):
        """Store the draft's token if it equals the version put into service."""
        if definition == self._definition():
            # sudo: chatbot.flow - only the system writes the token
            self.sudo().published_token = self.draft_token

    def _draft_digest(self):
        """Return the digest of the draft, to compare it with a version's."""
        self.ensure_one()
        key = self._draft_key()
        found = _DIGESTS.get(key) if key else None
        if not found:
            found = digest(self._definition())
            if key:
                _DIGESTS[key] = found
        return found
