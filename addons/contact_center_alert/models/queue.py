# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Queue(models.Model):
    """An emergency queue may be as empty as it was before agents were lent to it."""

    _inherit = "contact_center.queue"

    def _check_not_left_alone(self):
        """Let the agents whom the civil-defence mode lent leave, once nobody is served there."""
        # sudo: contact_center.civil.run - the person who switches it off may not see all runs
        runs = self.env["contact_center.civil.run"].sudo()
        over = runs.search([("state", "=", "ended"), ("added_agent_ids", "!=", False)])
        emptied = over.plan_id.queue_id.filtered(
            lambda queue: not queue._waiting_now() and not queue._served_now()
        )
        return super(Queue, self - emptied)._check_not_left_alone()
