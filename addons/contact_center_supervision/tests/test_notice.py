# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase, NotesMixin


@tagged("post_install", "-at_install")
class TestNotice(NotesMixin, ContactCenterCase):
    """Notices to agents."""

    def _notice(self, user=None, **values):
        notices = self.env["contact_center.notice"].with_user(user or self.supervisor)
        return notices.create({"body": "Reunião às 15h", **values})

    def _unread(self, user):
        return [one["id"] for one in self.env["contact_center.notice"].with_user(user).get_mine()]

    def test_notice_to_a_queue(self):
        with self._bus() as sent:
            notice = self._notice(audience="queues", queue_ids=self.queue.ids)
        self.assertEqual(
            {target for target, kind, _payload in sent if kind == "contact_center/notice"},
            {self.agent.partner_id, self.colleague.partner_id},
        )
        self.assertEqual(self._unread(self.agent), notice.ids)
        self.assertFalse(self._unread(self.outsider))

    def test_notice_to_people_and_to_all(self):
        one = self._notice(audience="users", user_ids=[self.outsider.id, self.employee.id])
        self.assertEqual(one.receipt_ids.user_id, self.outsider)
        everybody = self._notice(audience="all")
        found = everybody.receipt_ids.user_id
        self.assertFalse((self.supervisor | self.manager | self.employee) & found)
        for user in (self.agent, self.outsider, self.administrator):
            self.assertIn(user, found)

    def test_notice_stands_until_it_is_confirmed(self):
        notice = self._notice(audience="users", user_ids=self.agent.ids)
        notices = self.env["contact_center.notice"]
        notices.with_user(self.agent).acknowledge(notice.id)
        self.assertFalse(self._unread(self.agent))
        self.assertEqual((notice.recipient_count, notice.read_count), (1, 1))
        at = notice.receipt_ids.read_at
        notices.with_user(self.agent).acknowledge(notice.id)
        self.assertEqual(notice.receipt_ids.read_at, at)
        with self.assertRaises(AccessError):
            notices.with_user(self.colleague).acknowledge(notice.id)

    def test_notices_are_neither_forged_nor_changed(self):
        notice = self._notice(audience="all", author_id=self.agent.id)
        self.assertEqual(notice.author_id, self.supervisor)
        for user in (self.supervisor, self.administrator):
            with self.assertRaises(UserError):
                notice.with_user(user).write({"body": "x"})
        for user in (self.agent, self.manager, self.employee):
            with self.assertRaises(AccessError):
                self._notice(user, audience="all")
        with self.assertRaises(UserError):
            self._notice(audience="users", user_ids=self.employee.ids)
