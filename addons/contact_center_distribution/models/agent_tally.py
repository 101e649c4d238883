# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

_CLAIM = """
INSERT INTO contact_center_agent_tally AS tally (user_id, turn, missed, served, handled_seconds)
SELECT user_id, 1, 0, 0, 0 FROM unnest(%(users)s::int[]) AS user_id ORDER BY user_id
ON CONFLICT (user_id) DO UPDATE SET turn = tally.turn + 1
"""
_BEGIN = """
INSERT INTO contact_center_agent_tally AS tally
    (user_id, turn, missed, served, handled_seconds, day, last_begin)
VALUES (%(user)s, 1, 0, 1, 0, %(day)s, %(now)s)
ON CONFLICT (user_id) DO UPDATE SET
    turn = tally.turn + 1, missed = 0, last_begin = EXCLUDED.last_begin, day = EXCLUDED.day,
    served = CASE WHEN tally.day = EXCLUDED.day THEN tally.served ELSE 0 END + 1,
    handled_seconds = CASE WHEN tally.day = EXCLUDED.day THEN tally.handled_seconds ELSE 0 END
"""
_END = """
INSERT INTO contact_center_agent_tally AS tally
    (user_id, turn, missed, served, handled_seconds, day, last_end)
VALUES (%(user)s, 1, 0, 0, %(seconds)s, %(day)s, %(now)s)
ON CONFLICT (user_id) DO UPDATE SET
    turn = tally.turn + 1, last_end = EXCLUDED.last_end, day = EXCLUDED.day,
    served = CASE WHEN tally.day = EXCLUDED.day THEN tally.served ELSE 0 END,
    handled_seconds = EXCLUDED.handled_seconds
        + CASE WHEN tally.day = EXCLUDED.day THEN tally.handled_seconds ELSE 0 END
"""


class AgentTally(models.Model):
    """What the distribution remembers of an agent: one row, written at every change.

    Whoever gives an agent something writes this row, in the same transaction. Of two who do so at
    once PostgreSQL refuses the second, which then repeats and counts again: nobody gets more than
    their capacity, whichever process offers and whoever clicks.
    """

    _name = "contact_center.agent.tally"
    _inherit = ["contact_center.machine.row"]
    _description = "Tally of an Agent"
    _order = "user_id"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    turn = fields.Integer(readonly=True, help="Grows with each change.")
    missed = fields.Integer(readonly=True, help="Offers in a row without an answer.")
    day = fields.Date(readonly=True, help="The day whose contacts are counted.")
    served = fields.Integer(string="Contacts today", readonly=True)
    handled_seconds = fields.Integer(string="Seconds of service today", readonly=True)
    last_begin = fields.Datetime(readonly=True)
    last_end = fields.Datetime(readonly=True)
    last_back = fields.Datetime(readonly=True, help="End of the last pause, or of a log-out.")

    _once = models.Constraint("UNIQUE(user_id)", "An agent has one tally.")

    @api.model
    def _today(self):
        """Return the day of the city's clock, whose contacts are counted."""
        return self.env["contact_center.queue"]._city_today()

    @api.model
    def _claim(self, user_ids):
        """Write the rows of these agents, who are about to be given something.

        In the order of their ids, so that two transactions never wait for each other.
        """
        self.env.cr.execute(_CLAIM, {"users": list(user_ids)}, log_exceptions=False)
        self.invalidate_model()

    @api.model
    def _begin(self, user):
        """Count a contact that `user` begins to serve."""
        values = {"user": user.id, "day": self._today(), "now": fields.Datetime.now()}
        self.env.cr.execute(_BEGIN, values, log_exceptions=False)
        self.invalidate_model()

    @api.model
    def _end(self, user, seconds):
        """Count the time of a contact that `user` no longer serves."""
        values = {"user": user.id, "day": self._today(), "now": fields.Datetime.now()}
        self.env.cr.execute(_END, {**values, "seconds": max(int(seconds), 0)}, log_exceptions=False)
        self.invalidate_model()

    @api.model
    def _miss(self, user):
        """Count an offer that `user` did not answer; return how many in a row."""
        self._claim(user.ids)
        tally = self.search([("user_id", "=", user.id)])
        tally.missed += 1
        return tally.missed

    @api.model
    def _is_back(self, user):
        """Note that `user` is back from a pause; what they did not answer is forgotten."""
        self._claim(user.ids)
        tally = self.search([("user_id", "=", user.id)])
        tally.write({"missed": 0, "last_back": fields.Datetime.now()})
