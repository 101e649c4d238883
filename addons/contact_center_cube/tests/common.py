# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta

from odoo import fields

from odoo.addons.contact_center.core.microseconds import SECOND, from_us, to_us
from odoo.addons.contact_center.tests.common import WORKING_TIME, ContactCenterCase

# The day before `WORKING_TIME`, 9 o'clock in São Paulo
DAY = date(2026, 11, 19)
MORNING = WORKING_TIME - timedelta(days=1, hours=1)


class CubeCase(ContactCenterCase):
    """Contacts of earlier days in the ledgers, and the cubes made of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Refresh = cls.env["contact_center.cube.refresh"]
        # The tables were made when the addon was installed, which tests may play before
        made_at = fields.Datetime.to_string(WORKING_TIME - timedelta(days=300))
        cls.env["ir.config_parameter"].set_param("contact_center_cube.made_at", made_at)
        cls.region = cls.env["contact_center.region"].create({"name": "Centro-Sul"})
        cls.district = cls.env["contact_center.district"].create(
            {"name": "Savassi", "region_id": cls.region.id}
        )
        cls.citizen.street2 = "Savassi"

    def setUp(self):
        super().setUp()
        # Jobs commit their steps; a test keeps everything in its own transaction.
        self.patch(self.env.cr, "commit", self.env.flush_all)

    def _refresh(self, reason="demand"):
        """Bring the cubes up to date; return the run."""
        run = self.Refresh._begin(reason)
        run._run()
        self.assertEqual(run.state, "done", run.error)
        return run

    def _query(self, statement, *parameters):
        """Return the rows of a statement."""
        self.env.flush_all()
        self.env.cr.execute(statement, parameters)
        return self.env.cr.fetchall()

    def _contact(self, at=MORNING, waited=15, how="accepted", served=60, vote=None):
        """Return a contact that waited, and was served unless it left."""
        conversation = self.env["contact_center.conversation"]._open(
            self._free_citizen(), "internal", queue=self.queue
        )
        start = to_us(at)
        left = start + waited * SECOND
        self._stay(conversation, start, left, how)
        end = left
        if how == "accepted":
            self._event(conversation, "accepted", left, self.agent)
            self._event(conversation, "first_reply", left, self.agent)
            end = left + served * SECOND
            conversation.sudo().write(
                {"attendance": "human", "disposition_id": self.disposition.id}
            )
        self._event(conversation, "closed", end, self.agent if how == "accepted" else False)
        if vote:
            self._event(conversation, "rated", end, self.agent, data={"rating": vote})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE contact_center_conversation SET state = 'closed', opened_at = %s WHERE id = %s",
            (at, conversation.id),
        )
        self.env.cr.execute(
            "UPDATE contact_center_event SET at = %s WHERE conversation_id = %s "
            "AND kind = 'opened'",
            (at, conversation.id),
        )
        self.env.invalidate_all()
        return conversation

    def _stay(self, conversation, entered, left, how, queue=None):
        """Return a stay that has ended."""
        return (
            self.env["contact_center.stay"]
            .sudo()
            .create(
                {
                    "conversation_id": conversation.id,
                    "queue_id": (queue or conversation.queue_id).id,
                    "entered_at": from_us(entered),
                    "entered_us": entered,
                    "since_us": entered,
                    "left_at": from_us(left),
                    "left_us": left,
                    "left_how": how,
                    "agent_id": self.agent.id if how == "accepted" else False,
                }
            )
        )

    def _event(self, conversation, kind, at, agent=False, **more):
        """Write an event at a moment in whole seconds."""
        events = self.env["contact_center.event"].sudo()
        return events._insert(
            [
                {
                    "conversation_id": conversation.id,
                    "kind": kind,
                    "at": fields.Datetime.to_string(from_us(at)),
                    "queue_id": conversation.queue_id.id,
                    "agent_id": agent.id if agent else False,
                    **more,
                }
            ]
        )
