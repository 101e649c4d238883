# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from collections import Counter
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.chatbot_flow import engine

from .common import NUMBER, WhatsappCase, signed
from .walk import Walk, Walker

URL = "/whatsapp/webhook"
REMINDER = "Ainda está aí? Podemos continuar quando quiser."


@tagged("post_install", "-at_install")
class TestWalk156(WhatsappCase, HttpCase):
    """The ready 156 flow, published and walked on all of its ways through the real webhook.

    All citizens walk at the same time: each round is one signed call of Meta with an answer of
    each, so that hundreds of conversations take seconds.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.flow, cls.notices = cls.env.ref("chatbot_flow.template_156")._make_flow()
        cls.flow.action_publish()
        cls.account.flow_id = cls.flow
        cls.walker = Walker(cls.flow._definition())
        cls.Session = cls.env["chatbot.flow.session"]

    def _post(self, said):
        """Post one call of Meta's with these citizens' answers ({number: answer})."""
        value = {"contacts": [], "messages": []}
        for number, answer in said.items():
            wa_id = f"5531{80_000_000 + number}"
            person = {"wa_id": wa_id, "user_id": f"BR.{number}", "name": f"Cidadã {number:04}"}
            value["contacts"].append({"profile": {"name": person["name"]}, **person})
            value["messages"].append(self.message(person, **self._content(answer)))
        body = json.dumps(self.call(value, number=NUMBER)).encode()
        response = self.url_open(URL, data=body, headers=signed(body))
        self.assertEqual(response.status_code, 200)
        with self.jobs():
            self.Event._drain_inbox()

    @staticmethod
    def _content(answer):
        """Return a message's content for an answer: a text, or the option that was tapped."""
        if isinstance(answer, str):
            return {"text": answer}
        reply = {"type": "list_reply", "list_reply": answer}
        return {"type": "interactive", "interactive": reply}

    def _walk(self, walks):
        """Send one citizen along each walk, all at the same time, and check where each arrives."""
        self._post(dict.fromkeys(range(len(walks)), "Oi"))
        for turn in range(max(len(walk.expected) for walk in walks)):
            said = {
                number: walk.answers[turn - 1]
                for number, walk in enumerate(walks)
                if 0 < turn < len(walk.expected)
            }
            if said:
                self._post(said)
            sessions = self._sessions()
            for number, walk in enumerate(walks):
                if turn < len(walk.expected):
                    at = sessions[number].step_key
                    self.assertEqual(at, walk.expected[turn], (walk.answers[:turn], number))
        return self._sessions()

    def _sessions(self):
        """Return {number of the citizen: session}."""
        self.env.invalidate_all()
        sessions = self.Session.search([("flow_id", "=", self.flow.id)])
        return {
            int(session.conversation_id.partner_id.name.split()[-1]): session
            for session in sessions
        }

    def _check_sent(self, walks):
        """Check that all messages keep to Meta's limits and that nobody was left without answer."""
        turns = sum(len(walk.expected) for walk in walks)
        self.assertGreaterEqual(len(self.meta.sent), turns)
        for payload in self.meta.sent:
            self.assertIn(payload["type"], ("text", "interactive"))
            if payload["type"] == "interactive":
                self._check_interactive(payload["interactive"])

    def _check_interactive(self, part):
        self.assertLessEqual(len(part["body"]["text"]), 1024)
        if part["type"] == "button":
            buttons = [button["reply"]["title"] for button in part["action"]["buttons"]]
            self.assertLessEqual(len(buttons), 3)
            self.assertTrue(all(0 < len(title) <= 20 for title in buttons), buttons)
            return
        rows = [row for section in part["action"]["sections"] for row in section["rows"]]
        self.assertTrue(0 < len(rows) <= 10)
        for row in rows:
            self.assertTrue(0 < len(row["title"]) <= 24, row)
            self.assertLessEqual(len(row.get("description", "")), 72)

    def test_it_is_the_menu_of_the_tender(self):
        """Count leaves by destination, and levels, as in the public document."""
        menus = {key: step for key, step in self.walker.steps.items() if step["kind"] == "menu"}
        tree = {key: step for key, step in menus.items() if key != "mais"}
        self.assertEqual(
            {key: len(step["options"]) for key, step in tree.items()},
            {
                "menu_principal": 9,
                "tributos": 4,
                "iptu": 4,
                "licencas": 2,
                "cidadania": 1,
                "militar": 3,
                "onibus": 3,
                "multas": 9,
            },
        )
        kinds = Counter(
            "human"
            if self.walker.steps[option["goto"]]["kind"] == "hand_over"
            else self.walker.steps[option["goto"]]["kind"]
            for step in tree.values()
            for option in step["options"]
        )
        # 10 to a person, 13 with information and 3 electronic services (one of them asks)
        self.assertEqual(kinds["human"], 10)
        self.assertEqual(kinds["message"] + kinds["question"], 16)
        self.assertFalse(engine.check(self.flow._definition()))

    def test_every_way(self):
        walks = self.walker.ways()
        self.assertGreater(len(walks), 60)
        sessions = self._walk(walks)
        for number, walk in enumerate(walks):
            session, kind = sessions[number], self.walker.steps[walk.expected[-1]]["kind"]
            conversation = session.conversation_id
            if kind == "hand_over":
                self.assertEqual(conversation.state, "queued", walk)
            elif kind == "end":
                self.assertEqual(conversation.state, "closed", walk)
                self.assertEqual(conversation.outcome, "self_service")
            else:
                self.assertEqual(conversation.state, "bot", walk)
            self.assertFalse(session.error)
        reached = {key for walk in walks for key in walk.expected}
        asking = {key for key, step in self.walker.steps.items() if step["kind"] != "message"}
        self.assertEqual(asking - reached, {"pessoa"} - reached)
        self._check_sent(walks)

    def test_main_menu_back_and_wrong_answers_at_every_menu(self):
        walks = []
        for key, walk in self.walker.to_each_menu().items():
            before = walk.expected[-2] if len(walk.expected) > 1 else key
            walks.append(walk.then("0", self.walker.main))
            walks.append(walk.then("voltar", before))
            wrong = walk.then("qwrt", key).then("xyzw", key)
            walks.append(wrong.then("1", self.walker.target(key, self._options(key)[0])))
            walks.append(wrong.then("%%%", self.walker.steps[key].get("on_fail") or key))
        sessions = self._walk(walks)
        for number, walk in enumerate(walks):
            if walk.answers[-1:] == ["%%%"]:
                self.assertEqual(sessions[number].conversation_id.state, "queued", walk)
        self._check_sent(walks)

    def _options(self, key):
        return self.walker.steps[key]["options"]

    def test_nothing_of_the_file_was_left_out(self):
        self.assertFalse(self.notices)

    def test_direct_access(self):
        walks = [
            Walk([said], [self.walker.first, target])
            for said, target in {
                "#iptu": "iptu",
                "#multas": "multas",
                "156 3 1": "iptu",
                "3.1": "iptu",
                "156 6 1 1": "mais",
                "8 1": "mais",
                "atendente": "pessoa",
                "sair": "despedida",
            }.items()
        ]
        self._walk(walks)
        self._check_sent(walks)

    def test_silence_at_every_menu(self):
        """Remind once, then end; citizens who answer in between go on."""
        start = fields.Datetime.now()
        walks = list(self.walker.to_each_menu().values())
        self._walk(walks)
        self.meta.sent.clear()
        self._after_silence(start + timedelta(seconds=601))
        self.assertEqual(len(self.meta.texts()), len(walks))
        self.assertTrue(all(text.startswith(REMINDER) for text in self.meta.texts()))
        self._after_silence(start + timedelta(seconds=602))
        self.assertEqual(len(self.meta.sent), len(walks))
        with freeze_time(start + timedelta(seconds=603)):
            self._post({0: "3"})
        self.assertEqual(self._sessions()[0].step_key, "tributos")
        self.meta.sent.clear()
        self._after_silence(start + timedelta(seconds=1802))
        sessions = self._sessions()
        for number in range(1, len(walks)):
            conversation = sessions[number].conversation_id
            self.assertEqual((conversation.state, conversation.outcome), ("closed", "abandoned"))
        self.assertEqual(sessions[0].conversation_id.state, "bot")
        self.assertEqual(sum(REMINDER not in text for text in self.meta.texts()), len(walks) - 1)

    def _after_silence(self, now):
        """Run the scheduled action at a moment (it commits after each), and its jobs."""
        with freeze_time(now), self.jobs():
            for session in self.Session.search([("silence_at", "<=", now)], order="silence_at"):
                session._act_on_silence()
