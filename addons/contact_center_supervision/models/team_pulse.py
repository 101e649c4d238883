# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import time

import psycopg2
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields, models
from odoo.modules.registry import Registry
from odoo.tools.lru import LRU

_logger = logging.getLogger(__name__)

BUS_TYPE = "contact_center/team"
# The subchannel of the supervisors' group, and what a browser asks for.
SUBCHANNEL = "team"
ASKED = "contact_center_team"
# What this process sent last: {(database, queue id): second}.
_sent = LRU(4096)
# One process wins a second of a queue; the others find it taken.
_CLAIM = """
INSERT INTO contact_center_team_pulse (queue_ref, second)
SELECT unnest(%s), %s
ON CONFLICT (queue_ref) DO UPDATE SET second = EXCLUDED.second
WHERE contact_center_team_pulse.second < EXCLUDED.second
RETURNING queue_ref
"""


class TeamPulse(models.Model):
    """When the screens of the team were last told that something of a queue changed.

    They are told once a second at most, by the first change; they read a little later, and so
    read what followed as well.
    """

    _name = "contact_center.team.pulse"
    _inherit = ["contact_center.machine.row"]
    _description = "Last News of a Queue for the Team's Screens"
    _rec_name = "queue_ref"
    _log_access = False

    queue_ref = fields.Integer(
        string="Queue (id)", required=True, readonly=True, help="0: the people."
    )
    second = fields.Float(readonly=True, required=True, digits=(16, 0))

    _queue_unique = models.UniqueIndex("(queue_ref)")


class Team(models.AbstractModel):
    """News for the screens of the team.

    There is one message per queue and second, not one per event.
    """

    _inherit = "contact_center.team"

    @api.model
    def _pulse(self, queue_ids):
        """Tell the screens after the commit that something of these queues changed.

        :param queue_ids: set of ids; `agent_state.PEOPLE` for people
        """
        postcommit = self.env.cr.postcommit
        waiting = postcommit.data.get(BUS_TYPE)
        if waiting is None:
            waiting = postcommit.data[BUS_TYPE] = set()
            dbname = self.env.cr.dbname
            postcommit.add(lambda: _tell(dbname, waiting))
        waiting.update(queue_ids)

    @api.model
    def _send_pulse(self, queue_ids, second):
        """Send one message about those of these queues that had none in this second.

        :return: ids of the queues that it was about
        """
        self.env.cr.execute(_CLAIM, [sorted(queue_ids), second], log_exceptions=False)
        won = sorted(row[0] for row in self.env.cr.fetchall())
        if won:
            group = self.env.ref("contact_center.group_supervisor")
            group._bus_send(BUS_TYPE, {"queue_ids": won}, subchannel=SUBCHANNEL)
        return won


def _tell(dbname, queue_ids):
    """Send the news in a transaction of its own, unless this second already had them."""
    second = int(time.time())
    queue_ids = {one for one in queue_ids if _sent.get((dbname, one)) != second}
    if not queue_ids:
        return
    for one in queue_ids:
        _sent[dbname, one] = second
    try:
        with Registry(dbname).cursor() as cr:
            api.Environment(cr, SUPERUSER_ID, {})["contact_center.team"]._send_pulse(
                queue_ids, second
            )
    except SerializationFailure:
        # Another process told them at this very moment: they read what we have committed.
        return
    except psycopg2.Error:
        # What was committed stands; the screens read again by themselves.
        _logger.info("the screens of the team were not told", exc_info=True)


class IrWebsocket(models.AbstractModel):
    """Who shows the team on the screen hears its news."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Subscribe leaders who ask for it; the news say which queue changed, and nothing else."""
        if ASKED not in channels:
            return super()._build_bus_channel_list(channels)
        channels = [channel for channel in channels if channel != ASKED]
        user = self.env.user
        leads = "contact_center.group_supervisor", "contact_center.group_manager"
        if self.env.uid and any(user.has_group(group) for group in leads):
            # sudo: res.groups - only the name of a channel
            group = self.env.ref("contact_center.group_supervisor").sudo()
            channels.append((group, SUBCHANNEL))
        return super()._build_bus_channel_list(channels)
