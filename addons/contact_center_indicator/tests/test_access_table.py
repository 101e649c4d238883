# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center.tests.access_table import (
    ADMINISTRATION,
    READ_ONLY,
    AccessTable,
    row,
)
from odoo.addons.contact_center.tests.common import ContactCenterCase

from .common import IndicatorMixin

READ_BY_LEADERS = row(supervisor="r", manager="r")
DECIDED = row(supervisor="r", administrator="rwcu", manager="r")


@tagged("post_install", "-at_install")
class TestAccessTable(AccessTable, ContactCenterCase):
    """Each role and each model of this addon."""

    addon = "contact_center_indicator"
    access = {
        "contact_center.contract": DECIDED,
        "contact_center.contract.invoice": row(supervisor="r", administrator="rc", manager="r"),
        "contact_center.contract.equipment": row(
            supervisor="rwc", administrator="rwcu", manager="r"
        ),
        "contact_center.contract.request": row(supervisor="rwc", manager="r"),
        "contact_center.contract.service": DECIDED,
        "contact_center.indicator.outside": DECIDED,
        "contact_center.indicator.outside.line": DECIDED,
        "contact_center.indicator.answer": READ_BY_LEADERS,
        "contact_center.indicator.day": READ_ONLY,
        "contact_center.indicator.definition": READ_ONLY,
        "contact_center.indicator.delivery": READ_BY_LEADERS,
        "contact_center.indicator.difference": READ_BY_LEADERS,
        "contact_center.indicator.digest": READ_BY_LEADERS,
        "contact_center.indicator.freeze": ADMINISTRATION,
        "contact_center.indicator.goal": DECIDED,
        "contact_center.indicator.half.hour": row(supervisor="rwcu", manager="rwcu"),
        "contact_center.indicator.half.hours": row(supervisor="rwcu", manager="rwcu"),
        "contact_center.indicator.month": READ_BY_LEADERS,
        "contact_center.indicator.occurrence": row(supervisor="rwcu", manager="r"),
        "contact_center.indicator.run": READ_BY_LEADERS,
        "contact_center.indicator.seal": READ_BY_LEADERS,
        "contact_center.indicator.statement": DECIDED,
        "contact_center.indicator.statement.line": READ_BY_LEADERS,
        "contact_center.indicator.statement.reason": row(
            supervisor="r", administrator="rw", manager="r"
        ),
        "contact_center.indicator.version": DECIDED,
        "contact_center.indicator.version.line": DECIDED,
        "contact_center.indicator.year": READ_BY_LEADERS,
    }
    machine_rows = frozenset(
        {
            "contact_center.indicator.answer",
            "contact_center.indicator.day",
            "contact_center.indicator.definition",
            "contact_center.indicator.delivery",
            "contact_center.indicator.difference",
            "contact_center.indicator.digest",
            "contact_center.indicator.month",
            "contact_center.indicator.run",
            "contact_center.indicator.seal",
            "contact_center.indicator.statement.line",
            "contact_center.indicator.year",
        }
    )


@tagged("post_install", "-at_install")
class TestWhoSeesFigures(IndicatorMixin, ContactCenterCase):
    """Agents see their own figures, those who lead or pay see all."""

    def test_agents_see_their_own(self):
        self._contact(answered=10, agent=self.agent)
        self._contact(answered=10, agent=self.colleague)
        self._freeze()
        days = self.env["contact_center.indicator.day"]
        for user in (self.agent, self.colleague):
            self.assertEqual(days.with_user(user).search([]).agent_id, user)
        for user in (self.supervisor, self.manager, self.administrator):
            found = days.with_user(user).search([])
            self.assertEqual(found.agent_id, self.agent | self.colleague)

    def test_an_agent_finds_no_contact_by_a_colleague_s_figure(self):
        self._contact(answered=10, agent=self.colleague)
        closing = self._freeze()
        row = closing.row_ids.filtered("agent_id")[:1]
        domain = [("indicator_day_id", "=", row.id)]
        conversations = self.env["contact_center.conversation"]
        self.assertTrue(conversations.with_user(self.supervisor).search(domain))
        with self.assertRaises(Exception) as refused:
            conversations.with_user(self.agent).search(domain)
        self.assertEqual(type(refused.exception).__name__, "AccessError")
