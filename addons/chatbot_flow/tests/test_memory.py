# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from odoo.addons.contact_center.core.values import Incoming, Media
from odoo.addons.contact_center.tests.common import WORKING_TIME

from .common import FlowCase

ASKED = "Qual é o seu nome?"


class MemoryCase(FlowCase):
    """The flow of the tests, remembering: name, e-mail, first words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps["nome"].write({"answer_type": "name", "known": "confirm"})
        cls.steps["email"].known = "skip"
        cls.steps["descricao"].first_words = True
        cls.steps["foto"].write({"first_words": True, "use_maximum": True, "maximum": 3})
        cls.flow.write({"silence_end_minutes": 10})
        cls.flow.action_publish()
        cls.citizen.name = "+55 31 98888-7777"

    def _whole(self):
        """Play a conversation in which the citizen gives name and e-mail, to its end."""
        conversation = self._talk("oi", "rosa maria da silva", "rosa@exemplo.com", "Chamado")
        self._type(conversation, "A impressora não liga", "pular", "confirmar")
        self.assertEqual(conversation.state, "closed")
        return conversation

    def _left(self, *texts):
        """Play a conversation that ends because the citizen does not answer."""
        texts = texts or ("oi", "Rosa Maria", "rosa@exemplo.com", "Chamado")
        conversation = self._talk(*texts)
        session = self._session(conversation)
        with freeze_time(WORKING_TIME + timedelta(minutes=11)):
            self.assertEqual(session._act_on_silence(), "end")
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "abandoned"))
        return conversation

    def _notes(self, conversation):
        return [event.data["note"] for event in conversation.event_ids if event.kind == "note"]


@tagged("post_install", "-at_install")
class TestReturning(MemoryCase):
    """A citizen who comes back is known again, as far as they gave their data to the bot."""

    def test_the_second_time_only_what_is_unknown_is_asked(self):
        self._whole()
        self.assertEqual(
            (self.citizen.name, self.citizen.email), ("Rosa Maria da Silva", "rosa@exemplo.com")
        )
        conversation = self._talk("oi")
        self.assertIn("Você é", self._last_said(conversation))
        self.assertIn("Rosa Maria da Silva", self._last_said(conversation))
        self._type(conversation, "sim")
        self.assertIn("O que deseja?", self._last_said(conversation))
        self._type(conversation, "Chamado", "Agora é o computador", "pular")
        shown = self._last_said(conversation)
        self.assertIn("r***@exemplo.com", shown)
        self.assertNotIn("rosa@exemplo.com", shown)
        told = {entry["label"]: entry["value"] for entry in conversation.collected}
        self.assertEqual(told["E-mail"], "rosa@exemplo.com", "agents see all of it")
        self._type(conversation, "confirmar")
        self.assertEqual(conversation.state, "closed")

    def test_somebody_else_changes_nothing_of_the_contact(self):
        self._whole()
        conversation = self._talk("oi")
        self._choose(conversation, "nome:no", "Não, outra pessoa")
        self.assertIn(ASKED, self._last_said(conversation))
        self._type(conversation, "Ana Lima")
        self.assertIn("E-mail?", self._last_said(conversation))
        self._type(conversation, "ana@exemplo.com", "Chamado", "A luz apagou", "pular", "confirmar")
        self.assertEqual(
            (self.citizen.name, self.citizen.email), ("Rosa Maria da Silva", "rosa@exemplo.com")
        )
        self.assertEqual(self._notes(conversation), ["other_person"])
        told = {entry["label"]: entry["value"] for entry in conversation.collected}
        self.assertEqual((told["Nome"], told["E-mail"]), ("Ana Lima", "ana@exemplo.com"))
        self.assertIn("Another person than Rosa Maria da Silva", told["Who writes"])
        session = self._session(conversation)
        self.assertEqual(session._contact_value("email"), "", "a ticket has not Rosa's address")
        self.assertIn("Rosa Maria da Silva", self._last_said(self._talk("oi")))

    def test_what_agents_and_files_know_is_not_told(self):
        self.citizen.write({"name": "Rosa Lima", "email": "rosa@exemplo.com"})
        conversation = self._talk("oi")
        self.assertNotIn("Você é", self._last_said(conversation))
        self._type(conversation, "Rosa Lima")
        self.assertIn("E-mail?", self._last_said(conversation))

    def test_the_profiles_name_is_a_button(self):
        self.citizen.name = "~Rosinha🌹"
        conversation = self._talk()
        with self._heard(conversation) as said:
            self._type(conversation, "oi")
        self.assertTrue(said[0].text.endswith(ASKED))
        self.assertEqual([option.title for option in said[0].options], ["Rosinha"])

    def test_what_a_flow_asks_stands_where_the_contact_has_it(self):
        self._step("cpf", "question", text="CPF?", answer_type="cpf", sequence=31)
        self._step("onde", "question", text="Rua?", contact_field="street", sequence=32)
        self._step("bairro", "question", text="Bairro?", sequence=33)
        self._step("cep", "question", text="CEP?", sequence=34)
        self._step("lugar", "question", text="Cidade?", contact_field="city", sequence=35)
        self.flow.action_publish()
        conversation = self._talk("oi", "Rosa Lima", "rosa@exemplo.com")
        self._type(conversation, "529.982.247-25", "Rua A, 1", "Centro", "35930-000", "Contagem")
        self._type(conversation, "Chamado", "A luz apagou", "pular", "confirmar")
        partner = self.citizen
        self.assertEqual(
            (partner.vat, partner.street, partner.street2, partner.zip, partner.city),
            ("52998224725", "Rua A, 1", "Centro", "35930-000", "Contagem"),
        )
        self.assertEqual(
            set(partner.chatbot_given),
            {"name", "email", "document", "street", "district", "zip", "city"},
        )

    def test_a_member_of_staff_is_left_alone(self):
        user = self.agent
        with patch.object(type(self), "citizen", user.partner_id):
            conversation = self._talk("oi", "Rosa Lima", "x@exemplo.com", "Chamado", "Não liga")
            self._type(conversation, "pular", "confirmar")
        self.assertEqual(user.partner_id.name, "Ana Agente")
        self.assertFalse(user.partner_id.chatbot_given)

    def test_the_beginning_costs_few_queries(self):
        self._whole()
        session = self._session(self._talk("oi"))
        first = session._answer(Incoming(kind="text", text="oi"))
        session._start_event(first)
        self.env.flush_all()
        self.env.invalidate_all()
        session.version_id._compiled()
        session.conversation_id.mapped("partner_id.name")
        session.mapped("flow_id")
        # consent, retention, what was broken off (session and its conversation)
        with self.assertQueryCount(4):
            session._start_event(first)


@tagged("post_install", "-at_install")
class TestFirstWords(MemoryCase):
    def test_the_first_sentence_and_photo_are_the_description(self):
        conversation = self._talk()
        photo = conversation._receive(
            Incoming(
                kind="media", text="Bom dia, o poste caiu ontem", media=Media("image", ref="m1")
            )
        )
        self.assertIn(ASKED, self._last_said(conversation))
        self._type(conversation, "Rosa Lima", "rosa@exemplo.com", "Chamado")
        self.assertIn("o poste caiu ontem", self._last_said(conversation))
        self.assertIn("Quer acrescentar", self._last_said(conversation))
        self._type(conversation, "e os fios estão na rua")
        self.assertIn("1 arquivo", self._last_said(conversation))
        self._type(conversation, "pronto")
        values = self._session(conversation)._values()
        self.assertEqual(values["descricao"], "o poste caiu ontem\ne os fios estão na rua")
        self.assertEqual(values["foto"], [f"message:{photo.id}"])


@tagged("post_install", "-at_install")
class TestBrokenOff(MemoryCase):
    """An unfinished talk goes on in the next conversation."""

    def _again(self, hours=20, **more):
        with freeze_time(WORKING_TIME + timedelta(hours=hours)):
            conversation = self._talk("oi", **more)
        return conversation

    def test_the_next_day_it_goes_on(self):
        before = self._left()
        conversation = self._again()
        asked = self._last_said(conversation)
        self.assertIn("continuar de onde parou", asked)
        self.assertIn("Chamado", asked)
        self.assertIn(conversation.protocol, asked)
        self.assertNotEqual(conversation.protocol, before.protocol)
        self._choose(conversation, "resume:yes", "Continuar")
        self.assertIn("Descreva.", self._last_said(conversation))
        [note] = conversation.event_ids.filtered(lambda event: event.kind == "note")
        self.assertEqual((note.data["note"], note.data["before"]), ("resumed", before.protocol))
        self.assertIn(before.protocol, note.details)
        told = {entry["label"]: entry["value"] for entry in conversation.collected}
        self.assertEqual(told["E-mail"], "rosa@exemplo.com")
        self._type(conversation, "A impressora não liga", "pular", "confirmar")
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "self_service"))
        self.assertEqual(self.citizen.name, "Rosa Maria")

    def test_or_begins_anew(self):
        self._left()
        conversation = self._again()
        self._choose(conversation, "resume:no", "Começar de novo")
        self.assertIn(ASKED, self._last_said(conversation))
        self.assertIn(conversation.protocol, self._last_said(conversation))

    def test_not_for_ever(self):
        self._left()
        self.assertNotIn("continuar de onde", self._last_said(self._again(hours=49)))

    def test_as_long_as_the_flow_says(self):
        self.flow.resume_hours = 0
        self.flow.action_publish()
        self._left()
        self.assertNotIn("continuar de onde", self._last_said(self._again()))

    def test_not_after_the_end(self):
        self._left()
        conversation = self._again()
        self._choose(conversation, "resume:no", "Começar de novo")
        self._type(conversation, "Rosa Lima", "rosa@exemplo.com", "Chamado", "Não liga", "pular")
        self._type(conversation, "confirmar")
        self.assertEqual(conversation.state, "closed")
        self.assertNotIn("continuar de onde", self._last_said(self._again(hours=21)))

    def test_not_for_who_left_by_their_own_word(self):
        conversation = self._talk("oi", "Rosa Lima", "rosa@exemplo.com", "sair")
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "abandoned"))
        self.assertNotIn("continuar de onde", self._last_said(self._again()))

    def test_not_over_another_number_or_flow(self):
        before = self._left()
        other = self.env["chatbot.flow"].create({"name": "Outro"})
        self._step("nome", "question", flow=other, text="Nome?")
        self._step("fim", "end", flow=other, text="Fim.")
        other.action_publish()
        self.assertNotIn("continuar de onde", self._last_said(self._again(flow=other)))
        self.env.cr.execute(
            "UPDATE contact_center_conversation SET number_key = 'x' WHERE id = %s", [before.id]
        )
        before.invalidate_recordset()
        self.assertNotIn("continuar de onde", self._last_said(self._again(hours=21)))

    def test_not_what_was_forgotten(self):
        before = self._left()
        before._erase_personal_texts()
        self.assertNotIn("continuar de onde", self._last_said(self._again()))

    def test_what_the_queue_ended_goes_on_too(self):
        self.flow.silence_end_minutes = 0
        self.flow.action_publish()
        conversation = self._talk("oi", "Rosa Maria", "rosa@exemplo.com", "Chamado")
        conversation._end_by_bot("abandoned")
        self.assertIn("continuar de onde", self._last_said(self._again()))

    def test_silence_that_may_not_be_told_counts_as_well(self):
        conversation = self._talk("oi", "Rosa Maria", "rosa@exemplo.com", "Chamado")
        session = self._session(conversation)
        with (
            freeze_time(WORKING_TIME + timedelta(minutes=11)),
            patch.object(type(session), "_may_say", lambda _session: False),
        ):
            self.assertEqual(session._act_on_silence(), "end")
        self.assertIn("continuar de onde", self._last_said(self._again()))


@tagged("post_install", "-at_install")
class TestMemoryScreens(MemoryCase):
    def test_a_question_for_personal_data_asks_only_when_unknown(self):
        with Form(self.env["chatbot.flow.step"].with_context(default_flow_id=self.flow.id)) as form:
            form.name, form.kind, form.text = "CPF", "question", "CPF?"
            form.answer_type = "cpf"
            self.assertEqual(form.known, "skip")
            form.answer_type = "name"
            self.assertEqual(form.known, "confirm")
            form.answer_type = "text"
            self.assertEqual(form.known, "ask")

    def test_hours_have_bounds(self):
        with self.assertRaises(ValidationError):
            self.flow.resume_hours = 721

    def test_the_definition_comes_back(self):
        self.flow.resume_hours = 12
        self.steps["email"].contact_field = "none"
        definition = self.flow._definition()
        copy = self.env["chatbot.flow"].create({"name": "Cópia"})
        self.assertEqual(copy._load_definition(definition), [])
        self.assertEqual(copy._definition()["steps"], definition["steps"])
        self.assertEqual(copy.resume_hours, 12)

    def test_the_simulator_plays_who_comes_back(self):
        simulations = self.env["chatbot.flow.simulation"].with_user(self.administrator)
        shown = simulations.open_run(self.flow.id, {"returning": True, "name": "Rosa Lima"})
        self.assertIn("Rosa Lima", shown["turns"][-1]["said"][-1]["html"])
        run = simulations.browse(shown["id"])
        shown = run.send({"kind": "text", "text": "sim"})
        self.assertEqual(shown["step"], "menu")
        shown = run.send({"kind": "text", "text": "Chamado"})
        shown = run.send({"kind": "return", "text": "oi"})
        turn = shown["turns"][-1]
        self.assertIn("continuar de onde", turn["said"][-1]["html"])
        self.assertIn("broke off", " ".join(turn["notes"]))
        shown = run.send({"kind": "text", "text": "continuar"})
        self.assertEqual(shown["step"], "descricao")
        self.assertIn("Goes on", " ".join(shown["turns"][-1]["notes"]))
        test = self.env["chatbot.flow.test"].browse(run.save_test("Volta", "texts"))
        self.assertEqual(test.result, "passed")
        self.assertIn("broke off", test.story)
