# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tools import SQL

from odoo.addons.chatbot_flow.tests.common import FlowCase

_CONVERSATIONS = """
INSERT INTO contact_center_conversation
    (protocol, partner_id, channel_kind, state, priority, direction, attendance, opened_at,
     last_inbound_at)
SELECT 'alerta-' || %s || '-' || number, %s, 'internal', 'closed', '0', 'receptive',
    'electronic', %s, %s
FROM generate_series(1, %s) AS number RETURNING id
"""


class AlertMixin:
    """A watched subject, and contacts about it as the past brought them."""

    @classmethod
    def _make_alert_data(cls):
        cls.Alarm = cls.env["contact_center.alert.alarm"]
        cls.Contact = cls.env["contact_center.alert.contact"]
        cls.Notice = cls.env["contact_center.alert.notice"]
        cls.subject = cls.env["contact_center.alert.subject"].create(
            {"name": "iluminação", "words": "sem luz\niluminação"}
        )
        cls.made = 0

    @classmethod
    def _past(cls, count, district="", at=None, subject=None, partner=None):
        """Write so many contacts of one moment, each in a closed conversation of its own."""
        at = at or fields.Datetime.now()
        partner = partner or cls.citizen
        cls.made += 1
        rows = cls.env.execute_query(SQL(_CONVERSATIONS, str(cls.made), partner.id, at, at, count))
        return cls.Contact.create(
            [
                {
                    "subject_id": (subject or cls.subject).id,
                    "conversation_id": conversation_id,
                    "partner_id": partner.id,
                    "district": district or False,
                    "at": at,
                    "how": "words",
                }
                for (conversation_id,) in rows
            ]
        )

    @classmethod
    def _ordinary_weeks(cls, count=1, district="barreiro"):
        """Let each of the last eight weeks have so many contacts at this time, and a few more."""
        now = fields.Datetime.now()
        for week in range(1, 9):
            at = now - timedelta(weeks=week)
            cls._past(count, district, at)
            cls._past(1, "centro", at - timedelta(hours=30))
        cls._past(1, district, now - timedelta(weeks=8, hours=30))

    @contextmanager
    def _no_commits(self):
        """Let a job run in the transaction of the test."""
        work = type(self.env["contact_center.background.work"])
        with (
            patch.object(work, "_commit", lambda self: self.env.flush_all()),
            patch.object(work, "_rollback", lambda self: None),
        ):
            yield


class AlertCase(AlertMixin, FlowCase):
    """The flow of the tests of flows, with a subject that is watched."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_alert_data()

    def _alerts_said(self, conversation):
        """Return what the citizen heard, without what they wrote."""
        messages = self.env["mail.message"].search(
            [
                ("model", "=", "discuss.channel"),
                ("res_id", "=", conversation.discuss_channel_id.id),
                ("author_id", "=", conversation._bot_partner().id),
            ],
            order="id",
        )
        return [message.body.striptags() for message in messages]

    @contextmanager
    def _patched(self, owner, name, value):
        """Replace a method meanwhile."""
        with patch.object(owner, name, value):
            yield

    @contextmanager
    def _window(self, until):
        """Let the channel take free text until then only."""
        with patch.object(type(self.Conversation), "_window_until", lambda conversation: until):
            yield
