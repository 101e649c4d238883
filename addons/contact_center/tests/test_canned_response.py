# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import ContactCenterCase


@tagged("post_install", "-at_install")
class TestCannedResponse(ContactCenterCase):
    """Texts at hand: whose, where, and filled in with what."""

    def _canned(self, source, text, user=None, **values):
        responses = self.env["mail.canned.response"].with_user(user or self.administrator)
        return responses.create({"source": source, "substitution": text, **values})

    def _offered(self, conversation, user):
        responses = self.env["mail.canned.response"].with_user(user)
        return {row["source"]: row for row in responses.get_for_conversation(conversation.id)}

    def test_general_of_the_queue_and_own(self):
        agents = self.env.ref("contact_center.group_technician").ids
        self._canned("geral", "a", group_ids=agents)
        self._canned("fila", "b", queue_ids=self.queue.ids)
        self._canned("outra", "c", queue_ids=self.other_queue.ids)
        self._canned("minha", "d", user=self.agent)
        self._canned("dela", "e", user=self.colleague)
        found = set(self._offered(self._in_service(), self.agent))
        self.assertTrue({"geral", "fila", "minha"} <= found)
        self.assertFalse({"outra", "dela"} & found)

    def test_filled_in_with_the_conversations_values(self):
        self._canned("oi", "Olá, {nome}! {atendente}, da {fila}: {protocolo}.", self.agent)
        conversation = self._in_service()
        row = self._offered(conversation, self.agent)["oi"]
        self.assertEqual(
            row["text"], f"Olá, Maria! Ana, da {self.queue.name}: {conversation.protocol}."
        )
        self.assertEqual(row["missing"], [])

    def test_a_value_that_is_missing_leaves_no_hole(self):
        self._canned("oi", "Olá, {nome}! Tudo bem?", self.agent)
        self.citizen.name = "-"
        conversation = self._in_service()
        self.patch(
            type(self.Conversation), "_canned_values", lambda one: {"nome": "", "protocolo": "1"}
        )
        row = self._offered(conversation, self.agent)["oi"]
        self.assertEqual((row["text"], row["missing"]), ("Olá! Tudo bem?", ["nome"]))

    def test_unknown_placeholders_are_named(self):
        with self.assertRaisesRegex(ValidationError, r"\{senha\}.*\{nome\}"):
            self._canned("x", "Sua {senha}")
        self._canned("y", "Chaves { soltas e {{dobradas}}")

    def test_preview(self):
        response = self._canned("oi", "Olá, {nome}! Protocolo {protocolo}.")
        self.assertEqual(response.preview, "Olá, Maria! Protocolo 2026000123.")

    def test_who_shares(self):
        own = self._canned("minha", "a", self.agent)
        for values in (
            {"queue_ids": [(6, 0, self.queue.ids)]},
            {"group_ids": [(6, 0, self.env.ref("contact_center.group_technician").ids)]},
        ):
            with self.assertRaises(AccessError):
                own.write(values)
            with self.assertRaises(AccessError):
                self._canned("x", "b", self.supervisor, **values)
        shared = self._canned("fila", "b", queue_ids=self.queue.ids)
        self.assertTrue(shared.is_shared)
        shared.with_user(self.administrator).substitution = "c"
        with self.assertRaises(AccessError):
            shared.with_user(self.agent).write({"substitution": "d"})
        with self.assertRaises(AccessError):
            own.with_user(self.colleague).read(["substitution"])

    def test_texts_of_a_conversation_that_is_not_ones_own(self):
        conversation = self._in_service()
        for user in (self.colleague, self.outsider, self.employee):
            with self.assertRaises(AccessError):
                self._offered(conversation, user)
