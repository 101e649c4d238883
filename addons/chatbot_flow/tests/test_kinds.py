# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Incoming
from odoo.addons.contact_center.tests.common import WORKING_TIME
from odoo.addons.queue_job.tests.common import trap_jobs

from .common import FlowCase


class KindsCase(FlowCase):
    """Small flows of the kinds of steps that run by themselves."""

    def _flow(self, *steps, **vals):
        """Return a published flow of (key, kind, values)."""
        flow = self.env["chatbot.flow"].create({"name": f"Fluxo {steps[0][0]}", **vals})
        for key, kind, step in steps:
            self._step(key, kind, flow=flow, **step)
        flow.action_publish()
        return flow

    def _jobs(self, jobs):
        """Do what was queued for sessions, on the test's own cursor."""
        for job in list(jobs.enqueued_jobs):
            getattr(job.recordset, job.method_name)(*job.args)

    def _texts(self, said):
        return [outgoing.text for outgoing in said]


@tagged("post_install", "-at_install")
class TestKinds(KindsCase):
    """Steps that set, call, wait, ask for the rating and hand over."""

    def test_values_are_set_and_shown_to_the_agent(self):
        flow = self._flow(
            ("bairro", "question", {"text": "Bairro?"}),
            ("grava", "set", {"set_text": "prioridade: 2\nresumo: Rua em {bairro}"}),
            ("fim", "hand_over", {"text": "{resumo} {prazo}"}),
            variable_ids=[
                (0, 0, {"name": "prioridade", "type": "number", "label": "Prioridade"}),
                (0, 0, {"name": "prazo", "default": "logo", "personal": False}),
                (0, 0, {"name": "bairro", "label": "Bairro"}),
            ],
        )
        conversation = self._talk("oi", flow=flow)
        with self._heard(conversation) as said:
            self._type(conversation, "Centro")
        self.assertEqual(said[0].text, "Rua em Centro logo")
        self.assertEqual(self._session(conversation)._values()["prioridade"], 2)
        self.assertEqual(
            {entry["label"]: entry["value"] for entry in conversation.collected},
            {"Prioridade": "2", "Bairro": "Centro"},
        )

    def test_one_of_several_texts_is_said(self):
        flow = self._flow(
            ("oi", "message", {"text": "Oi", "variant_ids": [(0, 0, {"text": "Olá"})]}),
            ("nome", "question", {"text": "?"}),
            ("fim", "end", {}),
        )
        said = set()
        for _conversation in range(2):
            conversation = self.Conversation._open(
                self.citizen, "internal", queue=self.queue, flow_id=flow.id
            )
            with self._heard(conversation) as heard:
                self._type(conversation, "oi")
            said.add(heard[0].text.split("\n")[0])
            conversation._close("resolved")
        self.assertEqual(said, {"Oi", "Olá"})

    def test_a_called_flow_stays_as_it_was_published(self):
        inner = self._flow(
            ("rua", "question", {"text": "Rua?", "label": "Rua"}), ("volta", "end", {})
        )
        outer = self._flow(
            ("endereco", "call", {"call_flow_id": inner.id}),
            ("fim", "end", {"text": "Anotei {rua}."}),
        )
        conversation = self._talk("oi", flow=outer)
        self.assertEqual(self._session(conversation).step_key, "endereco__rua")
        inner.step_ids[0].text = "Qual rua?"
        self.assertEqual(outer.publication_state, "published")
        inner.action_publish()
        outer.invalidate_recordset(["publication_state"])
        self.assertEqual(outer.publication_state, "changed")
        self._type(conversation, "Flores")
        self.assertIn("Anotei Flores.", self._last_said(conversation))
        self.assertEqual(conversation.outcome, "self_service")
        self.assertEqual(outer.published_version_id.number, 1)

    def test_flows_that_call_each_other_are_refused(self):
        first = self._flow(("a", "message", {"text": "A"}), ("fim", "end", {}))
        second = self._flow(("b", "call", {"call_flow_id": first.id}), ("fim", "end", {}))
        call = self._step("c", "call", flow=first, call_flow_id=second.id)
        first.step_ids.filtered(lambda step: step.key == "a").goto_id = call
        call.goto_id = first.step_ids.filtered(lambda step: step.key == "fim")
        with self.assertRaisesRegex(UserError, "without end"):
            first.action_publish()

    def test_a_pause_goes_on_by_a_job(self):
        flow = self._flow(("pausa", "wait", {"seconds": 30}), ("fim", "end", {"text": "Voltei."}))
        with trap_jobs() as jobs:
            conversation = self._talk("oi", flow=flow)
            session = self._session(conversation)
            self.assertEqual(session.status, "wait")
            self._type(conversation, "alô")
            self.assertIn("instante", self._last_said(conversation))
            self.assertEqual(len(jobs.enqueued_jobs), 1)
            self._jobs(jobs)
        self.assertEqual((session.status, conversation.state), ("ended", "closed"))

    def test_a_pause_that_people_ended_does_nothing(self):
        flow = self._flow(("pausa", "wait", {"seconds": 30}), ("fim", "end", {"text": "Voltei."}))
        with trap_jobs() as jobs:
            conversation = self._talk("oi", flow=flow)
            conversation._hand_over(queue=self.queue)
            self._jobs(jobs)
        self.assertEqual(conversation.state, "queued")

    def test_the_rating_is_asked_for(self):
        flow = self._flow(("fim", "survey", {"text": "Obrigado."}))
        conversation = self._talk("oi", flow=flow)
        self.assertEqual(conversation.state, "survey")
        self._type(conversation, "Ótimo")
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "self_service"))

    def test_priority_and_skill_order_the_waiting_list(self):
        skill = self.env["im_livechat.expertise"].create({"name": "Libras"})
        flow = self._flow(("fim", "hand_over", {"priority_level": "2", "skill_id": skill.id}))
        with freeze_time(WORKING_TIME):
            early = self.Conversation._open(self.citizen, "internal", queue=self.queue)
            early._hand_over(queue=self.queue)
        other = self.env["res.partner"].create({"name": "José"})
        late = self.Conversation._open(other, "internal", queue=self.queue, flow_id=flow.id)
        with freeze_time(WORKING_TIME + timedelta(minutes=5)):
            self._type(late, "oi")
        self.assertEqual((late.priority, late.skill_id), ("2", skill))
        rows = self.Conversation.with_user(self.agent).get_waiting()
        ids = [row["id"] for row in rows if row["id"] in (early | late).ids]
        self.assertEqual(ids, [late.id, early.id])
        row = next(row for row in rows if row["id"] == late.id)
        self.assertEqual((row["priority"], row["skill"]), (2, "Libras"))
        self.assertEqual((late._waiting_position(), early._waiting_position()), (1, 2))

    def test_values_of_the_moment_are_asked_for_by_name(self):
        conversation = self.Conversation._open(self.citizen, "internal", queue=self.queue)
        self.citizen.category_id = self.env["res.partner.category"].create({"name": "Idoso"})
        names = frozenset(
            ("aberto", "fila_espera", "espera_minutos", "primeiro_contato", "etiquetas", "idioma")
        )
        with freeze_time(WORKING_TIME):
            values = conversation._flow_values(names)
        self.assertEqual(
            values,
            {
                "aberto": True,
                "fila_espera": 0,
                "espera_minutos": 0,
                "primeiro_contato": True,
                "etiquetas": ["Idoso"],
                "idioma": "",
            },
        )
        with freeze_time(WORKING_TIME):
            other = self.env["res.partner"].create({"name": "José"})
            waiting = self.Conversation._open(other, "internal", queue=self.queue)
            waiting._hand_over(queue=self.queue)
        with freeze_time(WORKING_TIME + timedelta(minutes=12)):
            values = conversation._flow_values(frozenset(("fila_espera", "espera_minutos")))
        self.assertEqual(values, {"fila_espera": 1, "espera_minutos": 12})
        self._log_in(self.agent)
        with freeze_time(WORKING_TIME + timedelta(minutes=12)):
            values = conversation._flow_values(frozenset(("maior_espera_minutos", "atendentes")))
        self.assertEqual(values, {"maior_espera_minutos": 12, "atendentes": 1})
        self.assertEqual(
            conversation._flow_values(frozenset(("chamados_abertos",))), {"chamados_abertos": 0}
        )

    def test_a_condition_is_chosen_in_words(self):
        step = self._step("se", "condition", condition_variable="aberto")
        self.assertEqual(step.condition_about, "aberto")
        step.condition_about = "fila_espera"
        self.assertEqual(step.condition_variable, "fila_espera")
        step.condition_variable = "nota"
        self.assertEqual(step.condition_about, "variable")
        with self.assertRaises(ValidationError):
            self._step("pausa", "wait", seconds=0)
        with self.assertRaises(ValidationError):
            self._step("grava", "set", set_text="sem dois pontos")
        with self.assertRaises(ValidationError):
            self.flow.silence_end_minutes = -1
        with self.assertRaises(ValidationError):
            self.flow.variable_ids = [(0, 0, {"name": "Não vale"})]

    def test_a_definition_comes_back(self):
        skill = self.env["im_livechat.expertise"].create({"name": "Libras"})
        service = self.env["chatbot.flow.service"].create(
            {
                "name": "CEP",
                "url": "https://x.org/{cep}",
                "value_ids": [(0, 0, {"name": "rua", "path": "a"})],
            }
        )
        inner = self._flow(("a", "message", {"text": "A"}), ("fim", "end", {}))
        flow = self._flow(
            ("cep", "question", {"text": "CEP?"}),
            ("busca", "lookup", {"lookup_source": "service", "service_id": service.id}),
            ("oi", "message", {"text": "{rua}", "variant_ids": [(0, 0, {"text": "Olá"})]}),
            ("grava", "set", {"set_text": "x: {cep}"}),
            ("chama", "call", {"call_flow_id": inner.id}),
            ("pausa", "wait", {"seconds": 9}),
            ("fim", "hand_over", {"skill_id": skill.id, "priority_level": "1"}),
            silence_remind_minutes=5,
            silence_end_minutes=10,
            silence_end_text="Tchau",
            variable_ids=[(0, 0, {"name": "x", "type": "text", "personal": False})],
        )
        definition = flow._definition()
        other = self.env["chatbot.flow"].create({"name": "Outro"})
        self.assertEqual(other._load_definition(definition), [])
        loaded = other._definition()
        self.assertEqual({**loaded, "code": ""}, {**definition, "code": ""})
        copy = flow.copy({"name": flow.name})._definition()
        self.assertEqual({**copy, "code": ""}, {**definition, "code": ""})


@tagged("post_install", "-at_install")
class TestSilence(KindsCase):
    """The reminder and the end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_values: 60)
        cls.flow.write({"silence_remind_minutes": 5, "silence_end_minutes": 10})
        cls.flow.action_publish()

    def _later(self, minutes):
        self.env.flush_all()
        with freeze_time(WORKING_TIME + timedelta(minutes=minutes)):
            self.Session._cron_silence()

    def _start(self):
        with freeze_time(WORKING_TIME):
            return self._talk("oi")

    def test_reminds_once_then_ends(self):
        conversation = self._start()
        session = self._session(conversation)
        self._later(4)
        self.assertFalse(session.engine_state["reminded"])
        self._later(6)
        self.assertTrue(session.engine_state["reminded"])
        self.assertIn("Você ainda está aí?", self._last_said(conversation))
        count = len(conversation.discuss_channel_id.message_ids)
        self._later(7)
        self.assertEqual(len(conversation.discuss_channel_id.message_ids), count)
        self._later(17)
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "abandoned"))
        self.assertFalse(session.silence_at)

    def test_the_time_costs_a_turn_no_query(self):
        """As many queries as without: the time is written with the state."""
        conversation = self._talk("oi", "Maria").sudo()
        self.env.flush_all()
        with self._heard(conversation), patch.object(type(conversation), "_collect"):
            self._session(conversation).invalidate_recordset()
            with self.assertQueryCount(5):
                conversation._on_bot_incoming(Incoming(kind="text", text="maria@x.com"))
                self.env.flush_all()
        self.assertTrue(self._session(conversation).silence_at)

    def test_an_answer_starts_anew(self):
        conversation = self._start()
        self._later(6)
        with freeze_time(WORKING_TIME + timedelta(minutes=7)):
            self._type(conversation, "Maria")
        session = self._session(conversation)
        self.assertFalse(session.engine_state["reminded"])
        self.assertEqual(session.silence_at, WORKING_TIME + timedelta(minutes=12))

    def test_never_after_a_hand_over(self):
        conversation = self._start()
        conversation._hand_over(queue=self.queue)
        self._later(60)
        self.assertEqual(conversation.state, "queued")
        self.assertEqual(self._session(conversation)._act_on_silence(), "")

    def test_whoever_wants_no_automatic_words_gets_none(self):
        conversation = self._start()
        self.citizen.contact_center_opt_out = True
        count = len(conversation.discuss_channel_id.message_ids)
        self._later(6)
        self._later(17)
        self.assertEqual(len(conversation.discuss_channel_id.message_ids), count)
        self.assertEqual((conversation.state, conversation.outcome), ("closed", "abandoned"))

    def test_the_flows_own_times_win_over_the_queues(self):
        self.queue.write({"bot_warning_minutes": 1, "bot_close_minutes": 2})
        conversation = self._start()
        with freeze_time(WORKING_TIME + timedelta(minutes=3)):
            self.assertEqual(conversation._act_on_silence(), "")
        self.flow.write({"silence_remind_minutes": 0, "silence_end_minutes": 0})
        self.flow.action_publish()
        conversation._close("resolved")
        other = self._start()
        self.assertFalse(self._session(other).silence_at)
        with freeze_time(WORKING_TIME + timedelta(minutes=3)):
            self.assertEqual(other._act_on_silence(), "warn")


@tagged("post_install", "-at_install")
class TestLanguages(KindsCase):
    """A flow in two languages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pt_BR")
        cls.env["res.lang"]._activate_lang("es_ES")
        cls.spanish = cls.env["res.lang"]._lang_get("es_ES")

    def _greeting(self, **vals):
        flow = self._flow(
            ("idioma", "menu", {"text": "Idioma?", "option_ids": [
                (0, 0, {"name": "Português", "code": "pt_BR"}),
                (0, 0, {"name": "Español", "code": "es_ES"}),
            ]}),
            ("nome", "question", {"text": "Seu nome?"}),
            ("fim", "end", {"text": "Tchau."}),
            language_ids=[(6, 0, self.spanish.ids)],
            **vals,
        )  # fmt: skip
        question = flow.step_ids.filtered(lambda step: step.key == "nome")
        question.with_context(lang="es_ES").text = "¿Su nombre?"
        flow.action_publish()
        return flow

    def test_the_choice_is_spoken_and_remembered(self):
        flow = self._greeting()
        definition = flow.published_version_id.definition
        self.assertEqual(definition["languages"], ["pt_BR", "es_ES"])
        self.assertEqual(definition["translations"], {"es_ES": {"nome": {"text": "¿Su nombre?"}}})
        conversation = self._talk("oi", "Español", flow=flow)
        self.assertIn("¿Su nombre?", self._last_said(conversation))
        self.assertEqual((self.citizen.chatbot_lang, self.citizen.lang), ("es_ES", "es_ES"))
        conversation._close("resolved")
        again = self._talk("oi", flow=flow)
        self.assertEqual(again._flow_values({"idioma"}), {"idioma": "es_ES"})

    def test_an_english_screen_edits_the_flows_own_text(self):
        flow = self._greeting()
        question = flow.step_ids.filtered(lambda step: step.key == "nome")
        question.with_context(lang="pt_BR").text = "Qual o nome?"
        self.assertEqual(question.with_context(lang="en_US").text, "Qual o nome?")
        question.with_context(lang="en_US").text = "E o nome?"
        self.assertEqual(flow._definition()["steps"][1]["text"], "E o nome?")
        self.assertEqual(question.with_context(lang="es_ES").text, "¿Su nombre?")

    def test_translations_come_back(self):
        flow = self._greeting(silence_end_minutes=5, silence_end_text="Fim")
        flow.with_context(lang="es_ES").silence_end_text = "Se acabó"
        definition = flow._definition()
        self.assertEqual(definition["translations"]["es_ES"][""], {"silence.end_text": "Se acabó"})
        other = self.env["chatbot.flow"].create({"name": "Outro"})
        other._load_definition(definition)
        self.assertEqual(other._definition()["translations"], definition["translations"])


@tagged("post_install", "-at_install")
class TestRace(KindsCase):
    """A late result is not taken for the one awaited now."""

    def test_a_stale_number_counts_no_more(self):
        flow = self._flow(
            ("pausa", "wait", {"seconds": 30}),
            ("pergunta", "question", {"text": "E agora?"}),
            ("fim", "end", {}),
        )
        with trap_jobs() as jobs:
            conversation = self._talk("oi", flow=flow)
            session = self._session(conversation)
            session._resume("pausa")
            self.assertEqual(len(jobs.enqueued_jobs), 2)
            jobs.enqueued_jobs[0].perform()
            self.assertEqual(session.status, "wait")
            jobs.enqueued_jobs[1].perform()
            self.assertEqual(session.status, "input")
            jobs.enqueued_jobs[1].perform()
        self.assertEqual(session.step_key, "pergunta")
