# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import suppress
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import tagged

from odoo.addons.contact_center.tests.real_cursors import Killed, RealCursorsCase

TEXT = "A luz voltou."
_TOLD = "SELECT count(*) FROM contact_center_alert_recipient WHERE broadcast_id = %s AND state = %s"
_SAID = """
SELECT conversation.id, count(message.id) FROM contact_center_conversation conversation
LEFT JOIN mail_message message ON message.model = 'discuss.channel'
 AND message.res_id = conversation.discuss_channel_id AND message.body LIKE %s
WHERE conversation.id = ANY(%s) GROUP BY conversation.id
"""


@tagged("post_install", "-at_install")
class TestBroadcastKill(RealCursorsCase):
    """Killed at any moment, and started again: each citizen is told once."""

    def _prepared(self, env):
        """Return (id of a sending that goes on, ids of the conversations)."""
        people = env["res.partner"].create([{"name": f"Cidadã {n}"} for n in range(4)])
        conversations = env["contact_center.conversation"].browse()
        for person in people:
            conversation = env["contact_center.conversation"]._open(person, "internal")
            conversation.last_inbound_at = fields.Datetime.now()
            conversation._close("self_service")
            conversations |= conversation
        broadcast = env["contact_center.alert.broadcast"].create(
            {"name": "x", "text": TEXT, "rate": 1000, "state": "draft"}
        )
        broadcast.state = "running"
        env["contact_center.alert.recipient"].create(
            [
                {
                    "broadcast_id": broadcast.id,
                    "partner_id": one.partner_id.id,
                    "conversation_id": one.id,
                }
                for one in conversations
            ]
        )
        return broadcast.id, conversations.ids

    def _run(self, broadcast_id):
        with self.registry.cursor() as cr:
            env = self._environment(cr)
            env["contact_center.alert.broadcast"].browse(broadcast_id)._send()

    def _environment(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {})

    def test_killed_before_and_after_each_commit(self):
        with self.transaction() as env:
            broadcast_id, conversation_ids = self._prepared(env)
        work = type(self._model("contact_center.alert.broadcast"))
        original = work._commit
        for moment in (1, 1, 2, 3, 1):
            left = [moment]

            def commit(one, left=left):
                left[0] -= 1
                if left[0] == 0:
                    raise Killed
                original(one)

            with patch.object(work, "_commit", commit), suppress(Killed):
                self._run(broadcast_id)
        self._run(broadcast_id)
        self.assertEqual(self.committed(_TOLD, broadcast_id, "sent"), [(4,)])
        said = dict(self.committed(_SAID, f"%{TEXT}%", conversation_ids))
        self.assertEqual(said, dict.fromkeys(conversation_ids, 1))

    def _model(self, name):
        with self.registry.cursor() as cr:
            return self._environment(cr)[name]
