# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_approval import ApprovalCase

SESSIONS = 50


@tagged("post_install", "-at_install")
class TestVersions(ApprovalCase):
    """Changes from version to version, in words, and going back."""

    def _second_version(self):
        self.steps["oi"].text = "Bem-vindo!"
        self.steps["menu"].option_ids[0].name = "Abrir chamado"
        self._step("extra", "message", text="Mais uma coisa.")
        self.steps["fim"].goto_id = False
        self.steps["extra"].sequence = 5
        self.flow.action_publish()
        return self.flow.published_version_id

    def test_differences_in_words(self):
        first = self.flow.published_version_id
        for words in ("first version", "New step “Etapa menu” (Menu).", "• Atendente"):
            self.assertIn(words, first.differences)
        words = self._second_version().differences
        for sentence in (
            "Step “Etapa oi”: “Text” was changed.",
            "Bem-vindo!",
            "the option “Chamado” is now called “Abrir chamado”",
            "New step “Etapa extra” (Message).",
            "Mais uma coisa.",
        ):
            self.assertIn(sentence, words)

    def test_pointers_queues_and_answers_in_words(self):
        self.steps["pessoa"].queue_id = self.queue
        self.steps["email"].write({"goto_id": self.steps["menu"].id, "required": False})
        self.flow.action_publish()
        words = self.flow.published_version_id.differences
        for sentence in (
            "“Queue”: “Outra fila” before, “Fila de teste” now.",
            "“Next step”: leads to “Etapa menu”, before to the next step.",
            "“Required”: “yes” before, “no” now.",
        ):
            self.assertIn(sentence, words)

    def test_texts_are_shown_not_run(self):
        self.steps["oi"].text = "<script>alert(1)</script>"
        self.flow.action_publish()
        self.assertNotIn("<script>", self.flow.published_version_id.differences)

    def test_back_in_one_click(self):
        first = self.flow.published_version_id
        self._second_version()
        self._change("Terceira")
        approval = self.mine._ask_approval()
        first.with_user(self.author).action_restore()
        third = self.flow.published_version_id
        self.assertEqual((third.number, third.digest), (3, first.digest))
        self.assertEqual((third.origin, third.restored_id), ("restored", first))
        self.assertEqual(third.published_by, self.author)
        self.assertIn("Return to version 1", self._said_of(self.flow))
        self.assertEqual(approval.state, "outdated")
        self.assertEqual(self.flow.publication_state, "changed")
        self.assertIn("Protocolo", self._last_said(self._talk("oi")))
        with self.assertRaises(UserError):
            first.with_user(self.author).action_restore()

    def test_only_administrators_go_back(self):
        first = self.flow.published_version_id
        self._second_version()
        for user in (self.supervisor, self.manager):
            with self.assertRaises(AccessError):
                first.with_user(user).action_restore()
            with self.assertRaises(AccessError):
                first.with_user(user).action_edit()

    def test_a_version_comes_back_into_the_editor(self):
        first = self.flow.published_version_id
        self._second_version()
        first.with_user(self.author).action_edit()
        self.flow.invalidate_recordset()
        self.assertEqual(self.flow._definition(), first.definition)
        self.assertEqual(self.flow.published_version_id.number, 2)
        self.assertIn("steps of version 1", self._said_of(self.flow))

    def test_running_conversations_are_not_disturbed(self):
        """Fifty conversations, each somewhere else in the flow, end as they began."""
        way = ["oi", "Maria", "maria@x.com", "1", "Não liga"]
        running = []
        for number in range(SESSIONS):
            citizen = self.citizen.copy({"name": f"Cidadã {number}"})
            conversation = self.Conversation._open(
                citizen, "internal", queue=self.queue, flow_id=self.flow.id
            )
            self._type(conversation, *way[: number % len(way) + 1])
            running.append((conversation, way[number % len(way) + 1 :]))
        first = self.flow.published_version_id
        for step in self.flow.step_ids - self.steps["pessoa"]:
            step.text = f"NOVO {step.key}"
        approval = self.mine._ask_approval().with_user(self.second)
        approval.action_approve()
        self.assertEqual(self.flow.published_version_id.number, 2)
        for conversation, rest in running:
            with self._heard(conversation) as said:
                self._type(conversation, *rest, "pular", "sim")
            self.assertNotIn("NOVO", " ".join(outgoing.text for outgoing in said))
            self.assertEqual(self._session(conversation).version_id, first)
            self.assertEqual(conversation.state, "closed")
        self.assertIn("NOVO", self._last_said(self._talk("oi")))
