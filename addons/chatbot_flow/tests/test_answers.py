# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Incoming

from .. import engine
from .common import FlowCase


@tagged("post_install", "-at_install")
class TestAnswers(FlowCase):
    """Choices of long lists, direct codes and global words, from the forms to the conversation."""

    def _choice(self, lines, **vals):
        """Return a flow that asks for one of these lines."""
        flow = self.env["chatbot.flow"].create({"name": "Bairros", **vals})
        self._step(
            "bairro",
            "question",
            flow=flow,
            text="Qual é o bairro?",
            label="Bairro",
            answer_type="choice",
            choice_source="lines",
            choice_lines="\n".join(lines),
        )
        self._step("fim", "end", flow=flow, text="Bairro {bairro}.")
        flow.action_publish()
        return flow

    def test_a_choice_of_lines_page_by_page(self):
        lines = [f"Bairro {number}" for number in range(1, 21)] + ["{Loanda}"]
        flow = self._choice(lines)
        conversation = self._talk(flow=flow)
        with self._heard(conversation) as said:
            self._type(conversation, "oi")
            self.assertEqual(len(said[-1].options), 9)
            self.assertEqual(said[-1].options[8].title, "Mais opções")
            self._type(conversation, "mais")
            self.assertEqual([option.label for option in said[-1].options][:2], ["9", "10"])
            self._type(conversation, "loanda")
            self.assertEqual([option.title for option in said[-1].options], ["{Loanda}"])
            self._type(conversation, "1")
        self.assertEqual(self._session(conversation)._values()["bairro"], "{Loanda}")
        self.assertEqual(said[-1].text, "Bairro {Loanda}.")

    def _asked(self, *texts, answer_type="yes_no", **vals):
        """Return a conversation at a question, its question's mail.message, its session."""
        flow = self.env["chatbot.flow"].create({"name": "Pergunta"})
        self._step("q", "question", flow=flow, text="Mora aqui?", answer_type=answer_type, **vals)
        self._step("fim", "end", flow=flow, text="Anotado.")
        flow.action_publish()
        conversation = self._talk("oi", *texts, flow=flow)
        session = self._session(conversation)
        return conversation, self.env["mail.message"].browse(session.asked_message_id), session

    def test_a_reaction_to_the_question_answers_it(self):
        for emoji, value in (("👍🏿", True), ("👎", False), ("✅", True)):
            conversation, question, session = self._asked()
            self.assertIn("Mora aqui?", question.body)
            self.assertTrue(conversation._receive_reaction(question, emoji))
            self.assertIs(session._values()["q"], value)
            self.assertEqual(session.status, "ended")

    def test_other_reactions_leave_the_question_standing(self):
        conversation, question, session = self._asked("talvez")
        older = self.env["mail.message"].search(
            [("res_id", "=", question.res_id), ("id", "<", question.id)], limit=1, order="id"
        )
        for message, emoji in ((question, "❤️"), (question, ""), (older, "👍")):
            self.assertFalse(conversation._receive_reaction(message, emoji))
        self.assertEqual((session.status, session.wrong_count, session.turn_count), ("input", 1, 1))

    def test_tomorrow_is_known(self):
        with freeze_time("2026-12-31 15:00:00"):
            _conversation, _question, session = self._asked("amanhã", answer_type="date")
        self.assertEqual(session._values()["q"], "2027-01-01")

    def test_leaving_is_asked_back(self):
        conversation, _question, session = self._asked(
            "quero sair da fila do imposto", answer_type="text"
        )
        self.assertEqual(session.status, "input")
        self._type(conversation, "não")
        self.assertEqual(session._values()["q"], "quero sair da fila do imposto")

    def test_a_number_of_another_page(self):
        conversation = self._talk(
            "oi", "15", flow=self._choice([f"Bairro {number}" for number in range(1, 21)])
        )
        self.assertEqual(self._session(conversation)._values()["bairro"], "Bairro 15")

    def test_the_page_has_a_size_that_fits(self):
        flow = self._choice(["Centro"])
        with self.assertRaises(ValidationError):
            flow.step_ids[0].page_size = 9

    def test_a_source_that_is_gone_takes_the_steps_way(self):
        page = self.Session._choice_page("nada", {}, 0, 8)
        self.assertEqual(page, {"choices": [], "more": False})

    def test_codes_of_steps_and_options(self):
        self.steps["pessoa"].direct_code = "#Gente"
        self.steps["menu"].option_ids[0].direct_code = "ti"
        definition = self.flow._definition()
        option = self.steps["menu"].option_ids[0].code
        self.assertEqual(definition["codes"], {"gente": "pessoa", "ti": f"menu:{option}"})
        self.flow.action_publish()
        conversation = self._talk("#ti", "Maria", "maria@x.com")
        self.assertEqual(self._session(conversation).step_key, "descricao")

    def test_a_code_used_twice_is_named(self):
        self.steps["pessoa"].direct_code = "ti"
        self.steps["menu"].option_ids[0].direct_code = "ti"
        codes = [problem.code for problem in engine.check(self.flow._definition())]
        self.assertEqual(codes, ["bad_code"])

    def test_words_of_the_flow(self):
        self.flow.write({"exit_words": "Tchau, até logo", "agent_words": False})
        self.flow.on_exit_id = self.steps["fim"]
        definition = self.flow._definition()
        self.assertEqual(definition["globals"]["exit"], ["Tchau", "até logo"])
        self.assertEqual(definition["globals"]["agent"], [])
        self.assertEqual(definition["on_exit"], "fim")
        self.flow.action_publish()
        conversation = self._talk("oi", "ATÉ LOGO")
        self.assertEqual(self._session(conversation).status, "ended")

    def test_a_copy_keeps_codes_and_leads_to_its_own_steps(self):
        self.flow.on_agent_id = self.steps["pessoa"]
        self.steps["pessoa"].direct_code = "gente"
        copy = self.flow.copy()
        self.assertEqual(copy.on_agent_id.flow_id, copy)
        self.assertEqual(copy._definition()["codes"], {"gente": "pessoa"})

    def test_a_definition_comes_back_whole(self):
        flow = self._choice(["Centro", "{x}"], prefix="156", suggest=False, fail="menu")
        flow.step_ids[0].direct_code = "bairro"
        self._step(
            "placa",
            "question",
            flow=flow,
            text="Placa?",
            answer_type="pattern",
            pattern="[A-Z]{3}",
            fail="end",
        )
        definition = flow._definition()
        self.assertEqual(definition["codes"], {"bairro": "bairro"})
        flow.write({"prefix": False, "suggest": True, "menu_words": "x"})
        flow.step_ids.write({"direct_code": False, "pattern": False, "choice_lines": False})
        self.assertEqual(flow._load_definition(definition), [])
        self.assertEqual(flow._definition(), definition)

    def test_the_first_words_are_kept_for_the_menu(self):
        conversation = self.Conversation._open(
            self._free_citizen(), "internal", queue=self.queue, flow_id=self.flow.id
        )
        with self._heard(conversation) as said:
            conversation._receive(Incoming(kind="text", text="quero abrir chamados"))
            self._type(conversation, "Maria", "maria@x.com")
        self.assertEqual([option.title for option in said[-1].options], ["Chamado", "Ver o menu"])
