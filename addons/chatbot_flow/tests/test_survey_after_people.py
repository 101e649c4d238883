# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import FlowCase


@tagged("post_install", "-at_install")
class TestSurveyAfterPeople(FlowCase):
    """A contact that a person gave back to the bot ends with the survey where a contract asks."""

    def _given_back(self):
        conversation = self._talk("oi", "Maria", "m@x.com", "atendente")
        conversation._hand_over(queue=self.queue)
        as_agent = conversation.with_user(self.agent)
        as_agent.action_take()
        as_agent._return_to_flow("descricao")
        self._type(conversation, "Lâmpada apagada", "pular", "sim")
        return conversation

    def test_under_contract_it_is_asked(self):
        self.queue.under_contract = True
        conversation = self._given_back()
        self.assertEqual(conversation.state, "survey")
        self.assertEqual(conversation.survey_agent_id, self.agent)
        self._type(conversation, "ótimo")
        self.assertEqual(
            (conversation.state, conversation.survey_result, conversation.satisfaction),
            ("closed", "answered", "very_good"),
        )

    def test_elsewhere_it_is_registered_as_not_asked(self):
        conversation = self._given_back()
        self.assertEqual((conversation.state, conversation.survey_result), ("closed", "not_asked"))
        self.assertEqual(conversation.survey_agent_id, self.agent)
