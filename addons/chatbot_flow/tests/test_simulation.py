# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..models.chatbot_flow_session_burst import LISTEN_LIMIT
from .common import FlowCase


class SimulationCase(FlowCase):
    """Somebody who tries a flow out."""

    def _open(self, user=None, settings=None):
        """Return a run of the flow's draft and what the screen shows of it."""
        simulations = self.env["chatbot.flow.simulation"].with_user(user or self.supervisor)
        shown = simulations.open_run(self.flow.id, settings)
        return simulations.browse(shown["id"]), shown

    def _write(self, simulation, *texts):
        for text in texts:
            shown = simulation.send({"kind": "text", "text": text})
        return shown

    def _talk_of(self, shown):
        """All that was said and noted, as one text."""
        return "\n".join(
            text
            for turn in shown["turns"]
            for text in (*(said["html"] for said in turn["said"]), *turn["notes"])
        )


@tagged("post_install", "-at_install")
class TestSimulation(SimulationCase):
    """The simulator runs the draft on the same engine and does nothing outside."""

    def test_the_whole_way(self):
        simulation, shown = self._open()
        self.assertIn("2026000123", self._talk_of(shown))
        self._write(simulation, "Maria", "errado", "m@x.com", "1", "não liga")
        shown = simulation.send({"kind": "image"})
        self.assertEqual(shown["turns"][-1]["sent"]["kind"], "image")
        shown = self._write(simulation, "sim")
        self.assertTrue(shown["over"])
        talk = self._talk_of(shown)
        self.assertIn("Action “Save name", talk)
        self.assertIn("End of the flow: Self-service", talk)
        self.assertEqual(self.citizen.name, "Maria da Silva")
        values = {item["name"]: item["value"] for item in shown["variables"]}
        self.assertEqual((values["nome"], values["descricao"]), ("Maria", "não liga"))
        self.assertEqual(
            [step["key"] for step in shown["path"]][:4], ["oi", "nome", "email", "menu"]
        )
        self.assertEqual(shown["path"][0]["step_id"], self.steps["oi"].id)

    def test_a_burst_is_one_turn_and_is_shown_together(self):
        simulation, shown = self._open()
        self.assertEqual(shown["listen"]["maximum"], 0)
        self.env["ir.config_parameter"].set_param(LISTEN_LIMIT, False)
        self._write(simulation, "Maria", "m@x.com", "1")
        shown = simulation.send(
            {
                "kind": "burst",
                "entries": [
                    {"kind": "text", "text": "não liga"},
                    {"kind": "image", "text": ""},
                    {"kind": "text", "text": "desde <b>ontem</b>"},
                ],
            }
        )
        self.assertEqual(shown["listen"]["text"], 2.5)
        turn = shown["turns"][-1]
        self.assertEqual(
            [part["kind"] for part in turn["sent"]["parts"]], ["text", "image", "text"]
        )
        self.assertEqual(turn["sent"]["parts"][2]["html"], "desde &lt;b&gt;ontem&lt;/b&gt;")
        self.assertEqual(turn["notes"], ["3 messages, read together."])
        values = {item["name"]: item["value"] for item in shown["variables"]}
        self.assertEqual(values["descricao"], "não liga\ndesde <b>ontem</b>")
        self.assertEqual(shown["step"], "foto")
        with self.assertRaises(ValidationError):
            simulation.send({"kind": "burst", "entries": [{"kind": "silence"}]})
        shown = simulation.undo()
        self.assertEqual(shown["step"], "descricao")

    def test_options_are_tapped(self):
        simulation, _shown = self._open()
        shown = self._write(simulation, "Maria", "m@x.com")
        menu = shown["turns"][-1]["said"][-1]
        self.assertEqual(menu["shape"], "buttons")
        shown = simulation.send(
            {"kind": "option", "text": "Atendente", "option_id": menu["options"][1]["id"]}
        )
        self.assertIn("Handed over to people: Outra fila", self._talk_of(shown))

    def test_one_step_back_and_from_the_start(self):
        simulation, first = self._open()
        shown = self._write(simulation, "Maria")
        self._write(simulation, "m@x.com")
        self.assertEqual(simulation.undo()["turns"], shown["turns"])
        self.assertEqual(simulation.undo()["turns"], first["turns"])
        self.assertEqual(simulation.undo()["turns"], first["turns"])
        self._write(simulation, "Maria")
        self.steps["oi"].text = "Outra saudação"
        self.assertEqual(len(simulation.get_run()["turns"]), 2)
        self.assertIn("Outra saudação", self._talk_of(simulation.restart()))

    def test_a_changed_draft_is_told(self):
        simulation, shown = self._open()
        self.assertFalse(shown["changed"])
        self.steps["oi"].with_user(self.administrator).text = "Outra saudação"
        self.assertTrue(simulation.get_run()["changed"])
        self.assertFalse(simulation.restart()["changed"])

    def test_the_situation_decides(self):
        self.steps["oi"].text = "{saudacao}, {nome}! Hoje é {hoje}."
        evening = {"clock": "2026-12-24T19:30", "known": False}
        simulation, shown = self._open(settings=evening)
        self.assertIn("Boa noite, ! Hoje é 24/12/2026.", self._talk_of(shown))
        shown = simulation.configure({**shown["settings"], "clock": "2026-12-24T08:00"})
        self.assertIn("Bom dia", self._talk_of(shown))
        self.assertEqual(len(shown["turns"]), 1)

    def test_actions_fail_from_now_on(self):
        simulation, shown = self._open()
        self._write(simulation, "Maria", "m@x.com", "1", "não liga", "pular")
        failing = {"save_contact": {"result": "error"}}
        simulation.configure({**shown["settings"], "actions": failing})
        shown = self._write(simulation, "sim")
        talk = self._talk_of(shown)
        self.assertIn("The situation changes from here on.", talk)
        self.assertIn("failed", talk)
        self.assertIn("Handed over", talk)

    def test_silence_without_words_for_it(self):
        simulation, _shown = self._open()
        shown = simulation.send({"kind": "silence"})
        self.assertIn("The citizen does not answer.", shown["turns"][-1]["notes"])
        self.assertIsNone(shown["turns"][-1]["sent"])

    def test_nonsense_is_refused_or_made_harmless(self):
        simulation, shown = self._open(settings={"clock": "ontem", "waiting": "x", "actions": 3})
        self.assertEqual(shown["settings"]["clock"], "2026-03-02T09:00")
        self.assertEqual(shown["settings"]["waiting"], 0)
        with self.assertRaises(ValidationError):
            simulation.send({"kind": "situation"})
        shown = self._write(simulation, "<script>alert(1)</script>")
        self.assertNotIn("<script>", shown["turns"][-1]["sent"]["html"])

    def test_a_flow_with_problems_is_not_played(self):
        self.steps["menu"].option_ids.unlink()
        simulation, shown = self._open()
        self.assertIn("no options", shown["problems"][0])
        self.assertNotIn("turns", shown)
        with self.assertRaises(UserError):
            simulation.with_user(self.administrator).save_test("x", "texts")

    def test_who_may_try_out(self):
        for user in (self.agent, self.manager, self.employee):
            with self.assertRaises(AccessError):
                self._open(user)
        simulation, _shown = self._open()
        with self.assertRaises(AccessError):
            simulation.with_user(self.administrator).get_run()

    def test_the_button_opens_the_telephone(self):
        action = self.flow.with_user(self.supervisor).action_simulate()
        self.assertEqual(action["tag"], "chatbot_flow.simulator")
        self.assertEqual(action["params"], {"flow_id": self.flow.id})
