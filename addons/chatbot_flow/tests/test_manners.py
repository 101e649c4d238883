# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.core.values import Incoming, Media

from ..engine import exchange
from ..engine.manner_words import USUAL
from ..engine.manners import QUIET
from ..models.flow_differences import describe
from .common import FlowCase


@tagged("post_install", "-at_install")
class TestManners(FlowCase):
    """The table of small talk on the flow's form, in its versions and in conversations."""

    def _row(self, code, flow=None):
        return (flow or self.flow).manner_ids.filtered(lambda row: row.code == code)

    def test_a_new_flow_has_the_usual_rows_filled_in(self):
        self.assertEqual(set(self.flow.manner_ids.mapped("code")), set(USUAL))
        thanks = self._row("thanks")
        self.assertIn("valeu", thanks.words)
        self.assertEqual((thanks.reply, thanks.opens), ("Por nada! 😊", False))
        self.assertTrue(self._row("insult").tell)
        self.assertNotIn("manners", self.flow._definition())
        self.assertNotIn("quiet", self.flow._definition())

    def test_what_is_changed_stands_in_the_definition_and_comes_back(self):
        with Form(self.flow) as form:
            with form.manner_ids.edit(0) as row:
                row.reply = "Disponha!"
            with form.manner_ids.new() as row:
                row.name = "Feliz aniversário"
                row.words = "feliz aniversário, parabéns 🎂"
                row.reply = "Obrigado!"
                row.tell = True
            form.quiet_minutes = 5
            form.quiet_answer = "reaction"
        self._row("laughter").used = False
        self._row("hello").unlink()
        definition = self.flow._definition()
        own = self.flow.manner_ids.filtered(lambda row: row.code not in USUAL).code
        self.assertEqual(definition["manners"]["thanks"], {"reply": "Disponha!"})
        self.assertEqual(definition["manners"]["hello"], {"off": True})
        self.assertTrue(definition["manners"]["laughter"]["off"])
        self.assertEqual(definition["manners"][own]["words"], ["feliz aniversário", "parabéns 🎂"])
        self.assertEqual(definition["quiet"], {"seconds": 300, "answer": "reaction"})
        other = self.env["chatbot.flow"].create({"name": "Outro"})
        self.assertEqual(other._load_definition(json.loads(json.dumps(definition))), [])
        again = other._definition()
        self.assertEqual(again["manners"], definition["manners"])
        self.assertEqual(again["quiet"], definition["quiet"])
        self.assertFalse(self._row("hello", other).used)

    def test_a_file_has_them_and_is_as_before_when_it_comes_back(self):
        self._row("ok").reply = "Beleza!"
        text = self.flow._to_file()
        self.assertIn("manners:\n  ok:\n    reply: Beleza!", text)
        document = exchange.load(text, self.env["chatbot.flow"]._file_keys())
        other = self.env["chatbot.flow"].create({"name": "Outro"})
        other._load_document({**document.data, "code": False})
        self.assertEqual(self._row("ok", other).reply, "Beleza!")

    def test_what_a_file_repeats_of_the_usual_is_not_missed(self):
        other = self.env["chatbot.flow"].create({"name": "Outro"})
        definition = self.flow._definition()
        manners = {"thanks": {"words": list(USUAL["thanks"]["words"]), "tell": True}}
        self.assertEqual(other._load_definition({**definition, "manners": manners}), [])
        self.assertEqual(other._definition()["manners"], {"thanks": {"tell": True}})

    def test_a_copy_has_the_rows_of_its_original_once(self):
        self._row("thanks").write({"reply": "Disponha!", "state": "stay"})
        copy = self.flow.copy()
        self.assertEqual(len(copy.manner_ids), len(self.flow.manner_ids))
        self.assertEqual(copy._definition()["manners"], self.flow._definition()["manners"])

    def test_changes_are_told_in_words(self):
        before = self.flow._definition()
        self._row("thanks").write({"reply": "Disponha!", "state": "stay"})
        self._row("ok").used = False
        lines = [line for line, _old, _new in describe(self.env, before, self.flow._definition())]
        self.assertIn(
            "Small talk “Agradecimento”, “Reply”: “Por nada! 😊” before, “Disponha!” now.", lines
        )
        self.assertIn(
            "Small talk “Agradecimento”, “Then”: “The question is put again” before, “Nothing more "
            "is said” now.",
            lines,
        )
        self.assertIn("Small talk “Ok, certo”, “In use”: “yes” before, “no” now.", lines)
        self.env.cr.precommit.run()
        told = " ".join(self.flow.message_ids.mapped("body"))
        self.assertIn("Small talk “Agradecimento”", told)

    def test_a_change_makes_the_flow_another_one(self):
        self.assertEqual(self.flow.publication_state, "published")
        self._row("thanks").reply = "Disponha!"
        self.flow.invalidate_recordset()
        self.assertEqual(self.flow.publication_state, "changed")

    def test_checks_name_what_is_wrong(self):
        self._row("ok").words = "ok, obrigado"
        self._row("thanks").reply = "De nada, {quem_sabe}!"
        found = {problem["code"]: problem["text"] for problem in self.flow._found_problems()}
        self.assertIn("quem_sabe", found["unknown_placeholder"])
        self._row("thanks").reply = "De nada!"
        found = {problem["code"]: problem["text"] for problem in self.flow._found_problems()}
        self.assertIn("obrigado", found["double_manner"])
        with self.assertRaises(ValidationError):
            self.flow.quiet_minutes = 100_000

    def test_replies_are_translated(self):
        english = self.env.ref("base.lang_en")
        english.active = True
        self.env["res.lang"]._activate_lang("pt_BR")
        self.flow.language_ids = english
        self._row("thanks").with_context(lang="pt_BR").reply = "Disponha!"
        self._row("thanks").with_context(lang="en_US").reply = "My pleasure!"
        definition = self.flow._definition()
        self.assertEqual(definition["manners"]["thanks"]["reply"], "Disponha!")
        own = definition["translations"]["en_US"][""]
        self.assertEqual(own, {"manners.thanks.reply": "My pleasure!"})
        other = self.env["chatbot.flow"].create({"name": "Outro"})
        other._load_definition(definition)
        self.assertEqual(
            self._row("thanks", other).with_context(lang="en_US").reply, "My pleasure!"
        )

    # --- in conversations

    def test_the_citizen_is_answered_and_the_question_is_put_again(self):
        conversation = self._talk("oi", "valeu!")
        self.assertIn("Por nada!", self._last_said(conversation))
        self.assertIn("Qual é o seu nome?", self._last_said(conversation))
        self.assertEqual(self._session(conversation).wrong_count, 0)

    def test_the_agent_sees_an_insult_beside_the_conversation_and_in_the_ledger(self):
        conversation = self._talk("oi", "seu idiota")
        entry = conversation.collected[-1]
        self.assertEqual((entry["label"], entry["value"]), ("Ofensa", "seu idiota"))
        event = conversation.event_ids.filtered(lambda event: event.kind == "small_talk")
        self.assertEqual(event.data, {"title": "Ofensa"})
        thanked = self._talk("oi", "valeu")
        self.assertNotIn("small_talk", thanked.event_ids.mapped("kind"))

    def test_who_says_what_cannot_be_skipped_is_helped(self):
        conversation = self._talk("oi", "Maria", "não tenho e-mail")
        self.assertIn("atendente", self._last_said(conversation))
        self.assertEqual(self._session(conversation).step_key, "email")

    # --- outside of conversations

    def _outside(self, text="", kind="text", **more):
        return self.Conversation._small_talk(
            Incoming(kind=kind, text=text, **more), self.citizen, flow_id=self.flow.id
        )

    def test_thanks_a_thumb_and_an_insult_need_no_conversation(self):
        talk = self._outside("obrigado 🙏")
        self.assertEqual((talk.name, talk.text, talk.quiet), ("thanks", "Por nada! 😊", QUIET))
        self.assertEqual(
            talk.first, "Por nada! 😊 Quando precisar de um serviço, é só escrever aqui."
        )
        self.assertEqual(self._outside("👍🏽").name, "ok")
        self.assertTrue(self._outside("seu idiota").tell)
        sticker = self._outside(kind="media", media=Media(kind="sticker", ref="s"))
        self.assertEqual((sticker.name, sticker.text), ("signs", ""))

    def test_what_asks_for_something_opens_one(self):
        for text in ("oi", "quero falar com um atendente", "minha rua está sem luz", "sim"):
            self.assertIsNone(self._outside(text), text)
        photo = self._outside(kind="media", media=Media(kind="image", ref="s"))
        self.assertIsNone(photo)

    def test_the_flow_in_service_decides(self):
        self._row("thanks").opens = True
        self.assertTrue(self._outside("obrigado"), "not yet published")
        self.flow.action_publish()
        self.assertIsNone(self._outside("obrigado"))
        unpublished = self.env["chatbot.flow"].create({"name": "Outro"})
        incoming = Incoming(kind="text", text="obrigado")
        for flow_id in (unpublished.id, False):
            self.assertIsNone(
                self.Conversation._small_talk(incoming, self.citizen, flow_id=flow_id)
            )

    def test_the_number_of_queries_stays_small(self):
        self._outside("valeu")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            self._outside("valeu")


@tagged("post_install", "-at_install")
class TestTestsInFiles(FlowCase):
    """Flow tests stand in the flow's file; the ready flows bring their own, and pass them."""

    def test_the_ready_flows_tell_stories_of_small_talk(self):
        count = 0
        templates = self.env["chatbot.flow.template"].search([("path", "like", "chatbot_flow/")])
        for template in templates:
            flow = template._make_flow()[0]
            self.assertTrue(flow.test_ids, template.path)
            flow.test_ids.action_run()
            for test in flow.test_ids:
                self.assertEqual(test.result, "passed", f"{test.name}: {test.result_text}")
            count += len(flow.test_ids)
            flow.action_publish()
        self.assertGreaterEqual(count, 8)

    def test_a_story_fails_when_the_table_says_something_else(self):
        flow = self.env.ref("chatbot_flow.template_156")._make_flow()[0]
        flow.manner_ids.filtered(lambda row: row.code == "goodbye").state = "repeat"
        flow.test_ids.action_run()
        failed = flow.test_ids.filtered(lambda test: test.result == "failed")
        self.assertEqual(failed.mapped("name"), ["Despede-se no menu"])

    def test_tests_go_with_the_file_and_come_back(self):
        simulation = self.env["chatbot.flow.simulation"].open_run(self.flow.id)
        run = self.env["chatbot.flow.simulation"].browse(simulation["id"])
        for text in ("valeu", "Maria", "maria@exemplo.com.br", "Atendente"):
            run.send({"kind": "text", "text": text})
        run.save_test("Toda palavra", "texts")
        run.save_test("Só o caminho", "steps")
        kept = self.flow.test_ids
        self.assertEqual(kept[0].expected[1]["manner"], "thanks")
        document = exchange.load(self.flow._to_file(), self.env["chatbot.flow"]._file_keys())
        self.assertFalse(document.problems)
        other = self.env["chatbot.flow"].create({"name": "Outro"})
        notices = other._load_document({**document.data, "code": False})
        self.assertEqual(notices, [])
        self.assertEqual(other.test_ids.mapped("name"), ["Toda palavra", "Só o caminho"])
        other.test_ids.action_run()
        self.assertEqual(other.test_ids.mapped("result"), ["passed", "passed"])
        self.assertEqual(other.test_ids[1].expected[4]["over"]["queue"], self.other_queue.id)
        other._load_document({**document.data, "code": False})
        self.assertEqual(len(other.test_ids), 2, "those of the same name are replaced")

    def test_what_cannot_be_read_is_said(self):
        document = {"name": "X", "steps": [{"key": "fim", "kind": "end", "title": "Fim"}]}
        flow = self.env["chatbot.flow"].create({"name": "X"})
        for tests in (
            "a",
            [{"name": 1}],
            [{"name": "a", "talk": "x"}],
            [{"name": "a", "talk": [1]}],
        ):
            self.assertEqual(len(flow._load_document({**document, "tests": tests})), 1, tests)
        self.assertFalse(flow.test_ids)

    @mute_logger("odoo.addons.chatbot_flow")
    def test_the_simulator_says_which_row_answered(self):
        simulations = self.env["chatbot.flow.simulation"].with_context(lang="en_US")
        run = simulations.browse(simulations.open_run(self.flow.id)["id"])
        shown = run.send({"kind": "text", "text": "seu idiota"})
        self.assertEqual(
            shown["turns"][-1]["notes"],
            ["Answered by the small talk “Ofensa”", "The agent sees it."],
        )
        shown = simulations.open_run(self.flow.id, {"opening": "👍"})
        self.assertEqual(
            shown["turns"][0]["notes"],
            ["Alone, “Ok, certo” opens no conversation: it is answered once."],
        )
