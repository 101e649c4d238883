# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import UserError

# How long a text that was not understood is kept for learning synonyms, and its maximum length.
ANSWER_DAYS = 30
ANSWER_LENGTH = 80
# So many texts are forgotten in one go of the daily cleaning.
FORGET_BATCH = 10_000


class ChatbotFlowPassage(models.Model):
    """A citizen's passage between two steps of a flow, or an answer not understood.

    Written only by the bot, in one statement per turn, and never changed: the basis of the
    diagram's counts and of the reports by step. The retention policies erase old ones.
    """

    _name = "chatbot.flow.passage"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Way Through a Flow"
    _access_content = frozenset({"answer"})
    _order = "id desc"
    _rec_name = "to_title"
    # Rows are never changed, so they have their own time column.
    _log_access = False

    at = fields.Datetime(string="When", required=True, readonly=True, default=fields.Datetime.now)
    session_id = fields.Many2one(
        "chatbot.flow.session", required=True, readonly=True, index=True, ondelete="cascade"
    )
    flow_id = fields.Many2one("chatbot.flow", required=True, readonly=True, ondelete="restrict")
    version_id = fields.Many2one("chatbot.flow.version", readonly=True, ondelete="restrict")
    kind = fields.Selection(
        [("went", "Went on"), ("wrong", "Not understood")],
        string="What",
        required=True,
        readonly=True,
        default="went",
    )
    from_key = fields.Char(string="Code of the step before", readonly=True)
    to_key = fields.Char(string="Code of the step after", readonly=True)
    # The titles at that time: people read titles, and a later flow may have different ones.
    from_title = fields.Char(string="From step", readonly=True)
    to_title = fields.Char(string="To step", readonly=True)
    seconds = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="How long the citizen took to answer; 0 where nothing was asked.",
    )
    answer = fields.Char(
        readonly=True,
        groups="contact_center.group_administrator",
        help="Text typed at a menu and not understood. Deleted after 30 days.",
    )

    _flow_idx = models.Index("(flow_id, at)")
    _wrong_idx = models.Index("(at) WHERE answer IS NOT NULL")

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse every change; texts are forgotten by `_forget_answers`."""
        raise UserError(self._kept_words())

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse every deletion; the retention's way is `_forget`."""
        raise UserError(self._kept_words())  # pylint: disable=no-raise-unlink

    def _kept_words(self):
        return self.env._("The ways through a flow are neither changed nor deleted.")

    @api.model
    def _record(self, session, steps, seconds=0, wrong=False, answer=""):
        """Record a turn: one statement for any number of steps.

        :param session: chatbot.flow.session
        :param list steps: (key, title) of the step before the turn ("" at the beginning) and of
            those entered in it
        :param int seconds: how long the citizen took to answer the first of them
        :param bool wrong: whether the answer to the first of them was not understood
        :param str answer: the text typed then, if it may be kept
        """
        common = {
            "session_id": session.id,
            "flow_id": session.flow_id.id,
            "version_id": session.version_id.id,
        }
        steps = [step if step[0] else ("", self._start_title()) for step in steps]
        rows = [
            {**common, **self._way(origin, step), "seconds": 0 if place else seconds}
            for place, (origin, step) in enumerate(pairwise(steps))
        ]
        if wrong:
            text = " ".join(answer.split())[:ANSWER_LENGTH]
            row = {**common, "kind": "wrong", **self._way(steps[0], steps[0])}
            rows.append({**row, "seconds": seconds, "answer": text or False})
        if rows:
            self._insert(rows)

    @api.model
    def _start_title(self):
        """Return the label of a flow's beginning, in the readers' language."""
        return self.with_context(lang=self.env.company.partner_id.lang).env._("Start")

    @api.model
    def _way(self, origin, step):
        """Return the columns of a passage from one (key, title) to another."""
        return {
            "from_key": origin[0],
            "from_title": origin[1],
            "to_key": step[0],
            "to_title": step[1],
        }

    def action_learn(self):
        """Ask which option a text that was not understood means."""
        wizard = self.env["chatbot.flow.synonym"]._of_passage(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add as a synonym"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def _forget_answers(self):
        """Drop what citizens typed; that something was not understood stays."""
        return super().write({"answer": False})  # pylint: disable=super-method-mismatch

    def _forget(self):
        """Drop these ways; for what erases old data."""
        return super().unlink()  # pylint: disable=super-method-mismatch

    @api.autovacuum
    def _gc_answers(self):
        """Daily: delete expired texts."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=ANSWER_DAYS)
        # sudo: chatbot.flow.passage - clean-up acts for the system
        old = self.sudo().search(
            [("at", "<", before), ("answer", "!=", False)], limit=FORGET_BATCH, order="id"
        )
        old._forget_answers()
        return len(old), len(old) == FORGET_BATCH
