# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta

from odoo import fields

from odoo.addons.contact_center.core.microseconds import SECOND, from_us, to_us
from odoo.addons.contact_center.tests.common import WORKING_TIME

# The day before `WORKING_TIME`, 9 o'clock in São Paulo
DAY = date(2026, 11, 19)
MORNING = WORKING_TIME - timedelta(days=1, hours=1)


class IndicatorMixin:
    """Contacts of a day that is over, written into the ledgers as the product does.

    And the two parties of the contract.
    """

    @classmethod
    def _inspector(cls):
        """Return a person who decides for the city."""
        group = "contact_center_indicator.group_contract_inspector"
        return cls._user("cc_inspector", "Ines Fiscal", group)

    @classmethod
    def _approved(cls, model, inspector, **values):
        """Return a record that the administrator wrote and the inspector approved."""
        record = cls.env[model].with_user(cls.administrator).create(values)
        record.action_request()
        record.with_user(inspector).action_approve()
        cls.env.invalidate_all()
        return record

    @classmethod
    def _contract(cls, inspector, start, **values):
        """Return an approved contract."""
        return cls._approved(
            "contact_center.contract",
            inspector,
            name="Central 156",
            number=f"CT {start}",
            supplier="Atende Ltda.",
            document="Contrato 1",
            start=start,
            **values,
        )

    def _contact(
        self,
        answered=None,
        lost=None,
        replied=None,
        served=60,
        agent=None,
        queue=None,
        at=MORNING,
        vote=None,
        registered=True,
    ):
        """Return a contact that waited, with its stay and events.

        :param answered, lost: after how many seconds it was accepted, or left
        :param replied: seconds from accepting to the agent's first words, None for none
        """
        agent, queue = agent or self.agent, queue or self.queue
        start = to_us(at)
        conversation = self.env["contact_center.conversation"]._open(
            self._free_citizen(), "internal", queue=queue
        )
        left = start + int((answered if lost is None else lost) * SECOND)
        self._stay(conversation, start, left, "accepted" if lost is None else "abandoned", agent)
        if lost is not None:
            self._end(conversation, left, False, outcome="abandoned")
            return conversation
        self._event(conversation, "accepted", left, agent)
        if replied is not None:
            self._event(conversation, "first_reply", left + int(replied * SECOND), agent)
        end = left + int(served * SECOND)
        conversation.sudo().attendance = "human"
        if registered:
            conversation.sudo().disposition_id = self.disposition
        self._end(conversation, end, agent)
        if vote:
            self._event(conversation, "rated", end, agent, data={"rating": vote})
        return conversation

    def _stay(self, conversation, entered, left, how, agent=None, queue=None):
        """Return a stay that has ended."""
        stays = self.env["contact_center.stay"].sudo()
        return stays.create(
            {
                "conversation_id": conversation.id,
                "queue_id": (queue or conversation.queue_id).id,
                "entered_at": from_us(entered),
                "entered_us": entered,
                "since_us": entered,
                "left_at": from_us(left),
                "left_us": left,
                "left_how": how,
                "agent_id": agent.id if agent and how == "accepted" else False,
            }
        )

    def _event(self, conversation, kind, at, agent=False, **more):
        """Write an event at a moment, to the microsecond."""
        event = (
            self.env["contact_center.event"]
            .sudo()
            ._insert(
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
        )
        self.env.cr.execute(
            "UPDATE contact_center_event SET at_us = %s WHERE id = %s", (at, event.id)
        )
        event.invalidate_recordset()
        return event

    def _end(self, conversation, at, agent, outcome="resolved"):
        self._event(conversation, "closed", at, agent, data={"outcome": outcome})
        # As `_close` leaves it, so that the citizen may come again
        self.env.cr.execute(
            "UPDATE contact_center_conversation SET state = 'closed' WHERE id = %s",
            (conversation.id,),
        )
        conversation.invalidate_recordset()

    def _freeze(self, day=DAY):
        return self.env["contact_center.indicator.seal"].sudo()._freeze(day)

    def _tally(self, closing, code):
        """(numerator, denominator) of an indicator over all queues and agents."""
        rows = closing.row_ids.filtered(lambda row: row.definition_id.code == code)
        return sum(rows.mapped("numerator")), sum(rows.mapped("denominator"))
