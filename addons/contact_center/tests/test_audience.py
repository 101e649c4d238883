# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo.tests import tagged

from odoo.addons.bus.models.bus import channel_with_db
from odoo.addons.http_routing.tests.common import MockRequest

from .common import ContactCenterCase

SECRET = "jabuticaba"


@tagged("post_install", "-at_install")
class TestAudience(ContactCenterCase):
    """Notifications to a browser that subscribed while its user could still see a conversation."""

    def _subscribe(self, user, conversation):
        """Bus channels of a browser in which `user` has this conversation open."""
        channel = f"discuss.channel_{conversation.discuss_channel_id.id}"
        with MockRequest(self.env(user=user)) as request:
            request.session.uid = user.id
            channels = (
                self.env["ir.websocket"].with_user(user)._prepare_subscribe_data([channel], 0)
            )["channels"]
        return {json.dumps(channel_with_db(self.env.cr.dbname, one)) for one in channels}

    def _sent_to(self, *subscriptions):
        """Payloads that went to each subscription, as one text each; clears the bus."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        notifications = self.env["bus.bus"].search([])
        sent = [(json.dumps(json.loads(n.channel)), n.message) for n in notifications]
        notifications.unlink()
        return ["\n".join(m for c, m in sent if c in heard) for heard in subscriptions]

    def _talk(self, conversation, agent):
        """Both sides say the secret, with all that Odoo sends about it."""
        conversation._receive(self._text(f"a senha é {SECRET}"))
        message = self._answer(conversation, f"anotei {SECRET}", user=agent)
        message.sudo()._show_again()

    def test_nothing_after_a_colleague_took_it(self):
        conversation = self._waiting()
        agent, colleague = (self._subscribe(u, conversation) for u in (self.agent, self.colleague))
        self._sent_to()
        conversation._receive(self._text(f"primeiro {SECRET}"))
        for heard in self._sent_to(agent, colleague):
            self.assertIn(SECRET, heard, "both may read what waits in their queue")
        conversation.with_user(self.agent).action_take()
        agent = self._subscribe(self.agent, conversation)
        self._sent_to()
        self._talk(conversation, self.agent)
        to_agent, to_colleague = self._sent_to(agent, colleague)
        self.assertIn(SECRET, to_agent)
        self.assertNotIn(SECRET, to_colleague)
        self.assertNotIn(conversation.partner_id.name, to_colleague)

    def test_nothing_after_a_transfer(self):
        conversation = self._in_service()
        before = self._subscribe(self.agent, conversation)
        conversation.with_user(self.agent).action_transfer(user=self.colleague)
        self._sent_to()
        self._talk(conversation, self.colleague)
        self.assertNotIn(SECRET, *self._sent_to(before))
        conversation.with_user(self.colleague).action_transfer(self.other_queue)
        elsewhere = self._subscribe(self.outsider, conversation)
        self._sent_to()
        conversation._receive(self._text(SECRET))
        to_agent, to_outsider = self._sent_to(before, elsewhere)
        self.assertNotIn(SECRET, to_agent)
        self.assertIn(SECRET, to_outsider)

    def test_who_may_not_see_it_hears_nothing(self):
        conversation = self._in_service()
        strangers = [
            self._subscribe(user, conversation)
            for user in (self.colleague, self.outsider, self.employee)
        ]
        supervisor = self._subscribe(self.supervisor, conversation)
        self._sent_to()
        self._talk(conversation, self.agent)
        to_supervisor, *others = self._sent_to(supervisor, *strangers)
        self.assertIn(SECRET, to_supervisor, "supervisors watch")
        self.assertFalse([heard for heard in others if SECRET in heard])

    def test_take_over(self):
        conversation = self._in_service()
        before = self._subscribe(self.agent, conversation)
        conversation.with_user(self.supervisor).action_take_over("ajuda")
        self._sent_to()
        self._talk(conversation, self.supervisor)
        self.assertNotIn(SECRET, *self._sent_to(before))

    def test_other_channels_are_as_odoo_has_them(self):
        channel = self.env["discuss.channel"]._create_channel(name="Sala", group_id=False)
        channel._add_members(users=self.agent)
        self.assertIsNone(channel._audience_subchannel())
        subscribed = self._subscribe(self.agent, self._waiting())
        self.assertIn(json.dumps(channel_with_db(self.env.cr.dbname, channel)), subscribed)
