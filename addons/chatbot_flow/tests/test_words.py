# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import FlowCase


@tagged("post_install", "-at_install")
class TestWords(FlowCase):
    """People read titles of steps and reasons, not codes."""

    def _details(self, conversation, kind):
        event = conversation.event_ids.filtered(lambda event: event.kind == kind)[-1:]
        return event.with_context(lang="pt_BR").details

    def test_events_name_the_step_by_its_title_and_the_reason_in_words(self):
        conversation = self._talk("Oi", "Maria", "maria@example.com")
        step = self.flow.step_ids.filtered(lambda step: step.key == "menu")
        conversation._log("returned_to_bot", step="menu")
        self.assertEqual(self._details(conversation, "returned_to_bot"), f"Etapa: {step.name}")
        conversation._log("flow_ended", step="menu", reason="retries")
        self.assertEqual(
            self._details(conversation, "flow_ended"),
            f"Etapa: {step.name}; Muitas respostas erradas",
        )

    def test_a_step_that_is_gone_loses_its_notation_only(self):
        conversation = self._talk("Oi")
        conversation._log("returned_to_bot", step="menu_principal")
        self.assertEqual(self._details(conversation, "returned_to_bot"), "Etapa: Menu principal")

    def test_reading_many_events_costs_the_same_for_all_conversations(self):
        conversations = [self._talk("Oi"), self._talk("Bom dia"), self._talk("Boa tarde")]
        for conversation in conversations:
            conversation._log("returned_to_bot", step="menu")
        events = self.env["contact_center.event"]
        for conversation in conversations:
            events |= conversation.event_ids[-1:]
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            self.assertTrue(all(events.mapped("details")))

    def test_errors_of_programs_stay_in_the_session(self):
        conversation = self._talk("Oi")
        conversation._log("note", note="flow_error", error="KeyError: 'x'")
        self.assertEqual(self._details(conversation, "note"), "O fluxo parou por um erro")

    def test_ways_are_told_by_titles_from_the_start_on(self):
        self.env.company.partner_id.lang = "pt_BR"
        conversation = self._talk("Oi", "Maria")
        session = self.env["chatbot.flow.session"].search(
            [("conversation_id", "=", conversation.id)]
        )
        ways = self.env["chatbot.flow.passage"].search(
            [("session_id", "=", session.id), ("kind", "=", "went")], order="id"
        )
        titles = {step.key: step.name for step in self.flow.step_ids}
        self.assertEqual(ways[0].from_title, "Início")
        for way in ways:
            self.assertEqual(way.to_title, titles[way.to_key])
            if way.from_key:
                self.assertEqual(way.from_title, titles[way.from_key])
