# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from itertools import pairwise

from odoo.tests import tagged

from .common import MARIA, SECRET, VERIFY, WhatsappCase
from .far_meta import SETTINGS, TOKEN

TREES, LEVELS, OPTIONS = 10, 5, 10


@tagged("post_install", "-at_install")
class TestTenTrees(WhatsappCase):
    """Ten trees of five levels with ten options each, on ten numbers, at the same time.

    Maria writes to all of them; each number has a citizen of its own besides.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trees = [cls._tree(number) for number in range(TREES)]

    def setUp(self):
        super().setUp()
        numbers = [account.phone_number_id for account, _flow, _queue in self.trees]
        self.meta.control.ask("PUT", "settings", {**SETTINGS, "more_numbers": numbers})

    @classmethod
    def _tree(cls, number):
        """Return a number with its flow and its queue."""
        queue = cls.env["contact_center.queue"].create({"name": f"Fila {number}"})
        queue.member_ids = cls.agent
        flow = cls.env["chatbot.flow"].create({"name": f"Árvore {number}"})
        steps = cls.env["chatbot.flow.step"].create(
            [
                {
                    "flow_id": flow.id,
                    "sequence": level,
                    "key": f"nivel{level}",
                    "name": f"Nível {level}",
                    "kind": "menu",
                    "text": f"Árvore {number}, nível {level}: o que deseja?",
                    "label": f"Nível {level}",
                }
                for level in range(LEVELS)
            ]
            + [
                {
                    "flow_id": flow.id,
                    "sequence": LEVELS,
                    "key": "pessoa",
                    "name": "Pessoa",
                    "kind": "hand_over",
                    "text": f"Árvore {number}: chamando.",
                    "queue_id": queue.id,
                }
            ]
        )
        cls.env["chatbot.flow.option"].create(
            [
                {
                    "step_id": step.id,
                    "name": f"Opção {number}.{option}",
                    "goto_id": following.id,
                }
                for step, following in pairwise(steps)
                for option in range(OPTIONS)
            ]
        )
        flow.action_publish()
        account = cls.account.copy(
            {
                "name": f"Número {number}",
                "phone_number_id": f"10900000000{number}",
                "display_phone_number": f"55313800020{number}",
                "access_token": TOKEN,
                "app_secret": SECRET,
                "verify_token": VERIFY,
                "queue_id": queue.id,
                "flow_id": flow.id,
                # The clock stands still: Maria says sixty things in a minute
                "messages_per_minute": 1000,
                "messages_per_hour": 1000,
            }
        )
        return account, flow, queue

    def _people(self, number):
        own = {"wa_id": f"55319{number:08}", "user_id": f"BR.2{number}", "name": f"Ana {number}"}
        return (MARIA, own)

    def _choice(self, number, level, whose):
        """Every citizen goes a way of their own."""
        return (number + 3 * level + 5 * whose) % OPTIONS

    def _say_everywhere(self, level):
        """Both citizens write to all numbers before anything is answered."""
        payloads = []
        for number, (account, flow, _queue) in enumerate(self.trees):
            steps = {step["key"]: step for step in flow._definition()["steps"]}
            for whose, person in enumerate(self._people(number)):
                said = {"text": "Oi"}
                if level:
                    options = steps[f"nivel{level - 1}"]["options"]
                    option = options[self._choice(number, level - 1, whose)]
                    tapped = f"nivel{level - 1}:{option['id']}"
                    answer = {"id": tapped, "title": option["title"]}
                    reply = {"type": "list_reply", "list_reply": answer}
                    said = {"type": "interactive", "interactive": reply}
                payloads.append(self.inbound(person, account.phone_number_id, **said))
        self.deliver(*payloads, run=False)
        with self.jobs(run=False):
            self.Event._drain_inbox()

    def test_they_do_not_mix(self):
        for level in range(LEVELS + 1):
            self._say_everywhere(level)
        sessions = self.env["chatbot.flow.session"]
        for number, (_account, flow, queue) in enumerate(self.trees):
            mine = sessions.search([("flow_id", "=", flow.id)], order="id")
            self.assertEqual(len(mine), 2)
            for whose, person in enumerate(self._people(number)):
                session = mine.filtered(
                    lambda one, person=person: one.conversation_id.partner_id.name == person["name"]
                )
                conversation = session.conversation_id
                self.assertEqual(session.step_key, "pessoa")
                self.assertEqual((conversation.state, conversation.queue_id), ("queued", queue))
                ways = [self._choice(number, at, whose) for at in range(LEVELS)]
                chosen = [f"Opção {number}.{way}" for way in ways]
                values = [session._values()[f"nivel{at}"] for at in range(LEVELS)]
                self.assertEqual(values, chosen)
                self._check_texts(conversation, number)
        maria = sessions.search([]).conversation_id.partner_id.filtered(
            lambda partner: partner.name == MARIA["name"]
        )
        self.assertEqual(len(maria), 1, "one person, in ten conversations")

    def _check_texts(self, conversation, number):
        """Check the menus: its own tree's in their order, and no word of another."""
        bodies = [str(one.mail_message_id.body) for one in self.outgoing(conversation)]
        own = [body for body in bodies if "Árvore" in body]
        self.assertEqual(len(own), LEVELS + 1, bodies)
        for level, body in enumerate(own[:LEVELS]):
            self.assertIn(f"Árvore {number}, nível {level}:", body)
            self.assertIn(f"Opção {number}.0", body)
        for other in set(range(TREES)) - {number}:
            for sign in (f"Árvore {other}", f"Opção {other}.", f"Fila {other}"):
                self.assertFalse([body for body in bodies if sign in body], sign)
