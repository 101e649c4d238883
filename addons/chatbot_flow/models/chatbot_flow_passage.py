from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.contact_center.models.privacy_access_log import PRIVACY_WORK

# A text that the robot did not understand is kept so long, to learn synonyms from, and so short.
ANSWER_DAYS = 30
ANSWER_LENGTH = 80
# So many texts are forgotten in one go of the daily cleaning.
FORGET_BATCH = 10_000


class ChatbotFlowPassage(models.Model):
    """A citizen's way from one step of a flow to the next, or an answer that was not understood.

    Written by the robot only, all of a turn in one statement, and never changed: the picture's
    counts and the reports by step are made of it. The retention policies erase old ones.
    """

    _name = "chatbot.flow.passage"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Way Through a Flow"
    _access_content = frozenset({"answer"})
    _order = "id desc"
    _rec_name = "to_key"
    # A row is never changed: when is its own column.
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
    from_key = fields.Char(string="From step", readonly=True)
    to_key = fields.Char(string="To step", readonly=True)
    seconds = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="How long the citizen took to answer; 0 where nothing was asked.",
    )
    answer = fields.Char(
        readonly=True,
        groups="contact_center.group_administrator",
        help="What was typed at a menu and not understood. Forgotten after 30 days.",
    )

    _flow_idx = models.Index("(flow_id, at)")
    _wrong_idx = models.Index("(at) WHERE answer IS NOT NULL")

    def _check_is_privacy_work(self):
        """Refuse everybody but the erasure and the retention."""
        if self.env.context.get("contact_center_privacy") is not PRIVACY_WORK:
            raise UserError(self.env._("The ways through a flow are neither changed nor deleted."))

    def write(self, vals):
        """Refuse every change but the forgetting of texts."""
        self._check_is_privacy_work()
        return super().write(vals)

    def unlink(self):
        """Refuse every deletion but the retention's."""
        self._check_is_privacy_work()
        return super().unlink()

    @api.model
    def _record(self, session, keys, seconds=0, wrong=False, answer=""):
        """Writes down a turn: one statement whatever the number of steps.

        :param session: chatbot.flow.session
        :param list keys: the step before the turn ("" at the beginning) and those entered in it
        :param int seconds: how long the citizen took to answer the first of them
        :param bool wrong: the answer to the first of them was not understood
        :param str answer: what was typed then, where it may be kept
        """
        common = {
            "session_id": session.id,
            "flow_id": session.flow_id.id,
            "version_id": session.version_id.id,
        }
        rows = [
            {**common, "from_key": origin, "to_key": key, "seconds": 0 if place else seconds}
            for place, (origin, key) in enumerate(pairwise(keys))
        ]
        if wrong:
            text = " ".join(answer.split())[:ANSWER_LENGTH]
            row = {**common, "kind": "wrong", "from_key": keys[0], "to_key": keys[0]}
            rows.append({**row, "seconds": seconds, "answer": text or False})
        if rows:
            self.create(rows)

    def action_learn(self):
        """Asks which option a text that was not understood means."""
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
        """Drops what citizens typed; that something was not understood stays."""
        self.with_context(contact_center_privacy=PRIVACY_WORK).write({"answer": False})

    @api.autovacuum
    def _gc_answers(self):
        """Daily: forgets the texts that are older than their days."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=ANSWER_DAYS)
        # sudo: chatbot.flow.passage - cleaning is nobody's own work
        old = self.sudo().search(
            [("at", "<", before), ("answer", "!=", False)], limit=FORGET_BATCH, order="id"
        )
        old._forget_answers()
        return len(old), len(old) == FORGET_BATCH
