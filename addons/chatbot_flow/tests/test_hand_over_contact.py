# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import FlowCase


@tagged("post_install", "-at_install")
class TestHandOverContact(FlowCase):
    """The contact has the citizen's answers to the flow when a person takes over."""

    def _handed_over(self, contact, *texts):
        """Return the contact after its citizen went through the flow to a person."""
        partner = self.env["res.partner"].create(contact)
        conversation = self.Conversation._open(
            partner, "internal", queue=self.queue, flow_id=self.flow.id
        )
        self._type(conversation, "oi", *texts, "atendente")
        self.assertEqual(conversation.state, "queued")
        return partner, conversation

    def test_a_contact_that_knows_nothing_learns_it(self):
        partner, conversation = self._handed_over(
            {"name": "5531988887766"}, "Rosa Maria", "Rosa@Example.com"
        )
        self.assertEqual((partner.name, partner.email), ("Rosa Maria", "rosa@example.com"))
        event = conversation.event_ids.filtered(lambda event: event.kind == "citizen_edited")
        self.assertIn("Email", event.data["fields"])
        self.assertNotIn("rosa", str(event.data).lower(), "the ledger holds no addresses")

    def test_what_is_known_stays(self):
        partner, conversation = self._handed_over(
            {"name": "Rosa de Oliveira", "email": "antiga@example.com"},
            "Maria Rosa",
            "nova@example.com",
        )
        self.assertEqual((partner.name, partner.email), ("Rosa de Oliveira", "antiga@example.com"))
        self.assertNotIn("citizen_edited", conversation.event_ids.mapped("kind"))

    def test_the_whole_name_is_better_than_a_part(self):
        partner, _conversation = self._handed_over(
            {"name": "rosa"}, "Rosa Maria da Silva", "r@example.com"
        )
        self.assertEqual(partner.name, "Rosa Maria da Silva")

    def test_a_telephone_is_kept_as_contacts_keep_it(self):
        conversation = self._talk("oi", "Rosa", "r@example.com")
        session = self._session(conversation)
        conversation.partner_id.phone = False
        state = dict(session.engine_state)
        session.engine_state = {**state, "values": {**state["values"], "telefone": "31 98765-4321"}}
        conversation._hand_over(reason="asked")
        self.assertEqual(conversation.partner_id.phone, "+55 31 98765-4321")

    def test_a_user_of_the_platform_is_left_alone(self):
        partner = self.employee.partner_id
        partner.email = False
        for active in (True, False):
            self.employee.active = active
            conversation = self.Conversation._open(
                partner, "internal", queue=self.queue, flow_id=self.flow.id
            )
            self._type(conversation, "oi", "Outra Pessoa", "outra@example.com", "atendente")
            self.assertEqual((partner.name, partner.email), ("Eva Empregada", False))
            conversation._close("resolved")

    def test_a_contact_that_refuses_does_not_stop_the_hand_over(self):
        conversation = self._talk("oi", "Rosa", "r@example.com")
        session = self._session(conversation)
        session.engine_state = {
            **session.engine_state,
            "values": {"nome": "Rosa", "email": "no at", "telefone": "1"},
        }
        conversation._hand_over(reason="asked")
        self.assertEqual(conversation.state, "queued")
