# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import engine
from ..engine import exchange
from ..engine.exchange import FileProblem
from ..models.file_problems import file_problem_text
from ..models.flow_problems import problem_text

# Maximum problems shown of each kind: the author can fix them in rounds.
SHOWN = 30


class _Undo(Exception):
    """Ends a trial: everything is rolled back."""


class ChatbotFlowImport(models.TransientModel):
    """Imports a flow's file. Errors are shown before anything is written."""

    _name = "chatbot.flow.import"
    _description = "Import of a Flow"

    file = fields.Binary(attachment=False)
    filename = fields.Char()
    flow_id = fields.Many2one(
        "chatbot.flow", string="Draft to replace", ondelete="cascade", default=lambda self: False
    )
    target = fields.Selection(
        [("new", "A new flow"), ("replace", "Replace the draft of a flow")],
        string="Make of it",
        required=True,
        default="new",
    )
    state = fields.Selection(
        [("file", "File"), ("refused", "Cannot be imported"), ("checked", "Can be imported")],
        required=True,
        readonly=True,
        default="file",
    )
    report = fields.Html(readonly=True)

    @api.onchange("file")
    def _onchange_file(self):
        self.state = "file"

    def action_check(self):
        """Read the file, try it without keeping anything, and show the findings."""
        self.ensure_one()
        document = self._read()
        if document.problems:
            lines = [file_problem_text(self.env, problem) for problem in document.problems]
            report = self._list(self.env._("Mend this in the file:"), lines, "danger")
            self.write({"state": "refused", "report": report})
        else:
            self.write({"state": "checked", "report": self._trial(document)})
        return self._reopen()

    def action_import(self):
        """Create the flow, or replace the draft, and open it."""
        self.ensure_one()
        document = self._read()
        if document.problems:
            raise UserError(self.env._("Check the file first."))
        flow, _notices = self._load(document)
        return flow._action_open()

    def _read(self):
        """Return the file as an :class:`exchange.Document`, with problems in it."""
        self.env["chatbot.flow"]._check_may_edit()
        if not self.file:
            raise UserError(self.env._("Choose the file of a flow."))
        try:
            text = base64.b64decode(self.file).decode()
        except UnicodeDecodeError:
            return exchange.Document(problems=[FileProblem("bad_text")])
        return exchange.load(text, self.env["chatbot.flow"]._file_keys())

    def _load(self, document):
        """Return (the flow from the document, list of texts about missing records)."""
        flows = self.env["chatbot.flow"]
        if self.target == "replace" and not self.flow_id:
            raise UserError(self.env._("Choose the flow whose draft is replaced."))
        replaced = self.target == "replace"
        flow = self.flow_id if replaced else flows._new_from_document(document.data)
        return flow, flow._load_document(document.data)

    def _trial(self, document):
        """Return the report on a readable file: its content, missing records, what to fix."""
        steps = document.data["steps"]
        menus = sum(step["kind"] == "menu" for step in steps)
        options = sum(len(step.get("options", ())) for step in steps)
        try:
            with self.env.cr.savepoint():
                flow, notices = self._load(document)
                problems = engine.check(flow._definition())
                raise _Undo
        except _Undo:
            self.env.invalidate_all()
        numbers = self.env._(
            "%(name)s: %(steps)s steps, %(menus)s menus, %(options)s options.",
            name=document.data["name"],
            steps=len(steps),
            menus=menus,
            options=options,
        )
        report = Markup("<p><strong>%s</strong></p>") % numbers
        report += self._list(self.env._("Not here, to be completed:"), notices, "warning")
        words = [
            self._with_line(document, problem.key, problem_text(self.env, problem))
            for problem in problems
        ]
        return report + self._list(self.env._("To be mended before publishing:"), words, "warning")

    def _with_line(self, document, key, words):
        line = document.lines.get(key)
        if not line:
            return words
        return self.env._("Line %(line)s: %(problem)s", line=line, problem=words)

    @api.model
    def _list(self, title, lines, style):
        """Return a titled list, empty without lines."""
        if not lines:
            return Markup()
        more = len(lines) - SHOWN
        shown = [*lines[:SHOWN], *([self.env._("… and %s more.", more)] if more > 0 else [])]
        items = Markup().join(Markup("<li>%s</li>") % line for line in shown)
        return Markup('<div class="alert alert-%s"><strong>%s</strong><ul>%s</ul></div>') % (
            style,
            title,
            items,
        )

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import a flow"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
