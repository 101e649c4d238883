# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.contact_center.tests.rows import RowsMixin

from .common import FlowCase


@tagged("post_install", "-at_install")
class TestStatistics(RowsMixin, FlowCase):
    """What is measured of citizens in flows, and who sees it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Passage = cls.env["chatbot.flow.passage"]
        cls.Report = cls.env["chatbot.flow.report"]
        cls.users = {
            role: new_test_user(cls.env, f"{role}_medida", groups=f"contact_center.group_{role}")
            for role in ("technician", "supervisor", "manager", "administrator")
        }

    def _ways(self, conversation):
        rows = self.Passage.search(
            [("session_id", "=", self._session(conversation).id), ("kind", "=", "went")], order="id"
        )
        return [(row.from_key or "", row.to_key) for row in rows]

    def _row(self, conversation):
        self.env.flush_all()
        return self.Report.browse(self._session(conversation).id)

    def _complete(self):
        """Play a conversation that ends with the bot."""
        conversation = self._talk("Oi", "Maria", "maria@example.com", "1", "Sem internet", "pular")
        self._choose(conversation, "conferir:yes", "Confirmar")
        return conversation

    def test_a_way_is_inserted_as_it_would_be_created(self):
        session = self._session(self._talk("Oi"))
        vals = {
            "session_id": session.id,
            "flow_id": session.flow_id.id,
            "version_id": session.version_id.id,
            "kind": "wrong",
            **self.Passage._way(("menu", "Menu"), ("nome", "Nome")),
            "seconds": 7,
            "answer": "banana",
        }
        self.assert_as_created(self.Passage.sudo(), vals)
        self.assert_nothing_stored_follows(self.Passage, [*vals, "at"])

    def test_the_whole_way_is_written_down(self):
        conversation = self._complete()
        self.assertEqual(
            self._ways(conversation),
            [
                ("", "oi"),
                ("oi", "nome"),
                ("nome", "email"),
                ("email", "menu"),
                ("menu", "descricao"),
                ("descricao", "foto"),
                ("foto", "conferir"),
                ("conferir", "abrir"),
                ("abrir", "fim"),
            ],
        )
        row = self._row(conversation)
        self.assertEqual(row.result, "completed")
        self.assertEqual((row.completed_count, row.abandoned_count), (1, 0))
        self.assertEqual((row.turn_count, row.wrong_count), (6, 0))
        self.assertEqual((row.subject, row.step_title), ("Chamado", "Etapa fim"))

    def test_channels_are_called_as_elsewhere(self):
        conversations = self.env["contact_center.conversation"].with_context(lang="pt_BR")
        words = conversations.fields_get(["channel_kind"])["channel_kind"]["selection"]
        report = self.Report.with_context(lang="pt_BR")
        self.assertEqual(report.fields_get(["channel_kind"])["channel_kind"]["selection"], words)

    def test_handed_over_abandoned_and_under_way(self):
        handed = self._talk("Oi", "Maria", "maria@example.com", "2")
        left = self._talk("Oi", "Maria")
        running = self._talk("Oi")
        left._end_by_bot("abandoned")
        self.assertEqual(self._row(handed).result, "handed_over")
        self.assertEqual(self._row(left).result, "abandoned")
        self.assertEqual(self._row(left).step_title, "Etapa email")
        self.assertEqual(self._row(running).result, "running")

    def test_a_turn_costs_one_statement_more(self):
        session = self._session(self._talk("Oi", "Maria"))
        with self.assertQueryCount(1):
            self.Passage._record(session, ["email", "menu", "descricao"])
            self.Passage.flush_model()

    def test_what_was_not_understood_at_a_menu_is_kept_and_elsewhere_not(self):
        conversation = self._talk("Oi", "Maria", "isto não é e-mail", "maria@example.com")
        self._type(conversation, "quero falar\ncom   o prefeito " + "x" * 200)
        rows = self.Passage.search(
            [("session_id", "=", self._session(conversation).id), ("kind", "=", "wrong")],
            order="id",
        )
        self.assertEqual(rows.mapped("from_key"), ["email", "menu"])
        self.assertFalse(rows[0].answer)
        self.assertTrue(rows[1].answer.startswith("quero falar com o prefeito xx"))
        self.assertEqual(len(rows[1].answer), 80)
        self.assertEqual(self._row(conversation).wrong_count, 2)

    def test_the_last_wrong_answer_counts_too(self):
        conversation = self._talk("Oi", "Maria", "x", "y", "z")
        self.assertEqual(self._row(conversation).wrong_count, 3)
        self.assertEqual(self._row(conversation).result, "handed_over")

    def test_time_is_that_of_the_citizen(self):
        start = fields.Datetime.now()
        with freeze_time(start):
            conversation = self._talk("Oi")
        with freeze_time(start + timedelta(seconds=90)):
            self._type(conversation, "Maria")
        row = self.Passage.search(
            [("session_id", "=", self._session(conversation).id), ("from_key", "=", "nome")]
        )
        self.assertEqual(row.seconds, 90)
        self.assertEqual(self._session(conversation).last_turn_at, start + timedelta(seconds=90))

    def test_electronic_contacts_that_count(self):
        self.flow.write({"service_seconds": 100, "billing_percent": 50})
        conversations = {seconds: self._complete() for seconds in (50, 51)}
        left, person = self._talk("Oi"), self._talk("Oi", "Maria", "maria@example.com", "2")
        left._end_by_bot("abandoned")
        conversations.update(left=left, person=person)
        # changed afterwards: counts for later contacts only
        self.flow.service_seconds = 1000
        for seconds, conversation in conversations.items():
            session = self._session(conversation)
            lasted = seconds if isinstance(seconds, int) else 300
            session.last_turn_at = session.create_date + timedelta(seconds=lasted)
        counted = {key: self._row(item).billable_count for key, item in conversations.items()}
        self.assertEqual(counted, {50: 0, 51: 1, "left": 1, "person": 0})

    def test_nothing_counts_without_a_time_of_the_service(self):
        conversation = self._complete()
        session = self._session(conversation)
        session.last_turn_at = session.create_date + timedelta(hours=1)
        self.assertEqual(self._row(conversation).billable_count, 0)

    def test_counts_for_the_picture(self):
        self._complete()
        self._talk("Oi")
        counts = {(row["from"], row["to"]): row["count"] for row in self.flow.get_edge_counts()}
        self.assertEqual(counts["", "oi"], 2)
        self.assertEqual(counts["abrir", "fim"], 1)
        today = fields.Date.context_today(self.flow)
        self.assertTrue(self.flow.get_edge_counts(today, today))
        self.assertFalse(self.flow.get_edge_counts(date_to=today - timedelta(days=1)))
        self.assertFalse(self.flow.get_edge_counts(str(today + timedelta(days=1))))

    def test_ways_are_never_changed(self):
        self._talk("Oi")
        rows = self.Passage.search([])
        with self.assertRaises(UserError):
            rows.write({"to_key": "x"})
        with self.assertRaises(UserError):
            rows.unlink()

    def test_texts_are_forgotten(self):
        conversation = self._talk("Oi", "Maria", "maria@example.com", "o prefeito")
        row = self.Passage.search([("answer", "=", "o prefeito")])
        self.assertTrue(row)
        self.Passage._gc_answers()
        self.assertTrue(row.answer)
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            self.Passage._gc_answers()
        self.assertFalse(row.answer)
        self._type(conversation, "a prefeita")
        row = self.Passage.search([("answer", "=", "a prefeita")])
        conversation._erase_personal_texts()
        self.assertFalse(row.answer)

    def test_old_ways_go_with_the_retention(self):
        self._talk("Oi")
        kept = self.env["contact_center.personal.data"].sudo()
        self.assertIn("flow_passages", kept._retention_kinds())
        records, domain = kept._due_flow_passages(fields.Datetime.now() - timedelta(days=180))
        self.assertFalse(records.search(domain))
        records, domain = kept._due_flow_passages(fields.Datetime.now() + timedelta(days=1))
        kept._erase_flow_passages(records.search(domain))
        self.assertFalse(self.Passage.search([("flow_id", "=", self.flow.id)]))

    def test_who_sees_what(self):
        self._talk("Oi", "Maria", "maria@example.com", "o prefeito")
        self.env.flush_all()
        for role in ("supervisor", "manager", "administrator"):
            user = self.users[role]
            self.assertTrue(self.Passage.with_user(user).search([]).mapped("to_key"))
            self.assertTrue(self.Report.with_user(user).search([]).mapped("result"))
            self.assertTrue(self.flow.with_user(user).get_edge_counts())
        with self.assertRaises(AccessError):
            self.Passage.with_user(self.users["technician"]).search([])
        with self.assertRaises(AccessError):
            self.flow.with_user(self.users["technician"]).get_edge_counts()
        for role in ("supervisor", "manager"):
            rows = self.Passage.with_user(self.users[role]).search([])
            with self.assertRaises(AccessError):
                rows.mapped("answer")

    def test_a_text_becomes_a_synonym(self):
        self._talk("Oi", "Maria", "maria@example.com", "computador quebrado")
        self.steps["menu"].option_ids[0].keywords = "computador"
        row = self.Passage.search([("flow_id", "=", self.flow.id), ("answer", "!=", False)])
        row = row.with_user(self.users["administrator"])
        wizard = self.env["chatbot.flow.synonym"].browse(row.action_learn()["res_id"])
        wizard = wizard.with_user(self.users["administrator"])
        self.assertEqual(wizard.option_id, self.steps["menu"].option_ids[0])
        for _twice in range(2):
            wizard.action_learn()
        self.assertEqual(wizard.option_id.keywords, "computador, computador quebrado")
        with self.assertRaises(AccessError):
            row.with_user(self.users["supervisor"]).action_learn()

    def test_a_menu_that_is_gone_teaches_nothing(self):
        self._talk("Oi", "Maria", "maria@example.com", "o prefeito")
        row = self.Passage.search([("flow_id", "=", self.flow.id), ("answer", "!=", False)])
        self.steps["menu"].option_ids.unlink()
        with self.assertRaises(UserError):
            row.action_learn()
