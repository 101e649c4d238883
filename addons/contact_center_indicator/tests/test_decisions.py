# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

from .. import measure
from .common import DAY, IndicatorMixin


@tagged("post_install", "-at_install")
class TestDecisions(IndicatorMixin, ContactCenterCase):
    """Readings and goals are decided by two people, for months to come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._user("cc_second", "Sara Segunda", "contact_center.group_administrator")
        cls.inspector = cls._inspector()
        cls.Version = cls.env["contact_center.indicator.version"].with_user(cls.administrator)
        cls.Goal = cls.env["contact_center.indicator.goal"].with_user(cls.administrator)
        cls.total = cls.env["contact_center.indicator.answer"].search(
            [("key", "=", "billed_value"), ("value", "=", "total")]
        )

    def _version(self, start="2026-12-01", answer=None):
        return self.Version.create(
            {
                "start": start,
                "document": "Ata 12/2026",
                "line_ids": [(0, 0, {"answer_id": (answer or self.total).id})],
            }
        )

    def _goal(self, start="2026-12-01", **values):
        definition = self.env["contact_center.indicator.definition"].search([("code", "=", "INS")])
        vals = {
            "definition_id": definition.id,
            "start": start,
            "document": "Aditivo 3",
            "goal": 75,
            "medium_from": 65,
            "high_from": 55.5,
        }
        return self.Goal.create({**vals, **values})

    def _decide(self, decided):
        decided.action_request()
        decided.with_user(self.inspector).action_approve()

    def test_all_questions_of_the_core_can_be_answered(self):
        answers = self.env["contact_center.indicator.answer"].search([])
        expected = {
            (key, value) for key, switch in measure.SWITCHES.items() for value in switch.answers
        }
        self.assertEqual({(one.key, one.value) for one in answers}, expected)
        self.env["contact_center.indicator.answer"]._fill()
        self.assertEqual(self.env["contact_center.indicator.answer"].search([]), answers)

    def test_a_reading_holds_from_its_month_when_a_second_person_approved(self):
        version = self._version()
        december = version.start
        readings = self.env["contact_center.indicator.version"]
        version.action_request()
        self.assertEqual(readings._reading_on(december), measure.Reading())
        self.assertTrue(version.with_user(self.inspector).may_decide)
        version.with_user(self.inspector).action_approve()
        self.assertEqual(version.decided_by_id, self.inspector)
        self.assertEqual((version.requested_for, version.decided_for), ("contractor", "city"))
        self.assertEqual(readings._reading_on(december), measure.Reading({"billed_value": "total"}))
        self.assertEqual(readings._reading_on(DAY), measure.Reading())

    def test_nobody_decides_alone(self):
        version = self._version()
        version.action_request()
        self.assertFalse(version.may_decide)
        with self.assertRaises(AccessError):
            version.action_approve()
        # Neither who wrote it and let another one ask
        other = self._version(start="2027-01-01")
        other.with_user(self.inspector).action_request()
        with self.assertRaises(AccessError):
            other.action_approve()

    def test_the_other_party_decides(self):
        version = self._version()
        version.action_request()
        with self.assertRaisesRegex(AccessError, "inspector"):
            version.with_user(self.second).action_approve()
        asked_by_city = self._version(start="2027-01-01").with_user(self.inspector)
        asked_by_city.action_request()
        group = "contact_center_indicator.group_contract_inspector"
        colleague = self._user("cc_inspector_2", "Ivo Fiscal", group)
        with self.assertRaisesRegex(AccessError, "contractor"):
            asked_by_city.with_user(colleague).action_approve()
        for_the_contractor = "contact_center_indicator.group_contract_manager"
        gestor = self._user("cc_contract", "Gil Gestor", for_the_contractor)
        self.assertFalse(version.with_user(gestor).may_decide)
        asked_by_city.with_user(gestor).action_approve()
        self.assertEqual(
            (asked_by_city.requested_for, asked_by_city.decided_for), ("city", "contractor")
        )

    def test_an_inspector_stands_for_the_city_whatever_else(self):
        both = self._user("cc_both", "Bia Ambas", "contact_center.group_administrator")
        both.group_ids += self.env.ref("contact_center_indicator.group_contract_inspector")
        version = self._version()
        version.action_request()
        self.assertTrue(version.with_user(both).may_decide)
        own = self.Version.with_user(both).create({"start": "2027-02-01", "document": "Ata 2"})
        own.action_request()
        self.assertFalse(own.with_user(self.inspector).may_decide)
        self.assertTrue(own.with_user(self.administrator).may_decide)

    def test_others_decide_nothing(self):
        version = self._version()
        version.action_request()
        for user in (self.supervisor, self.manager):
            with self.assertRaises(AccessError):
                version.with_user(user).action_approve()
            with self.assertRaises(AccessError):
                version.with_user(user).action_refuse()
        with self.assertRaises(AccessError):
            version.with_user(self.agent).action_approve()

    def test_a_decision_is_never_changed(self):
        version = self._version()
        self._decide(version)
        for records in (version, version.sudo()):
            with self.assertRaises(UserError):
                records.document = "Outra ata"
            with self.assertRaises(UserError):
                records.unlink()
            with self.assertRaises(UserError):
                records.line_ids.answer_id = self.total
            with self.assertRaises(UserError):
                records.line_ids.unlink()
            with self.assertRaises(UserError):
                records.line_ids.create({"version_id": version.id, "answer_id": self.total.id})
        with self.assertRaises(UserError):
            version.with_user(self.inspector).action_refuse()

    def test_states_are_not_written_by_hand(self):
        version = self._version()
        with self.assertRaises(AccessError):
            version.state = "approved"
        with self.assertRaises(AccessError):
            version.requested_by_id = self.second
        with self.assertRaises(AccessError):
            self.Version.create({"start": "2026-12-01", "document": "x", "state": "approved"})
        with self.assertRaises(AccessError):
            self.Version.with_context(default_state="approved").create(
                {"start": "2026-12-01", "document": "x"}
            )

    def test_a_reading_never_begins_in_the_past(self):
        for start in ("2026-11-01", "2026-10-01"):
            with self.assertRaises(UserError):
                self._version(start).action_request()
        with self.assertRaises(ValidationError):
            self._version("2026-12-02")

    def test_refused_and_withdrawn(self):
        version = self._version()
        version.action_request()
        with self.assertRaises(AccessError):
            version.with_user(self.second).action_withdraw()
        version.action_withdraw()
        self.assertEqual(version.state, "draft")
        version.action_request()
        version.with_user(self.inspector).action_refuse()
        self.assertEqual((version.state, version.decided_by_id), ("refused", self.inspector))

    def test_one_answer_to_each_question(self):
        version = self._version()
        other = self.env["contact_center.indicator.answer"].search(
            [("key", "=", "billed_value"), ("value", "=", "mean")]
        )
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            version.line_ids = [(0, 0, {"answer_id": other.id})]

    def test_a_changed_reading_touches_no_closed_day(self):
        self._contact(lost=3)
        closing = self._freeze()
        before = closing.read(["hash", "header", "row_count"]), closing.row_ids.mapped("hash")
        self._decide(self._version())
        after = closing.read(["hash", "header", "row_count"]), closing.row_ids.mapped("hash")
        self.assertEqual(after, before)
        again = self.env["contact_center.indicator.seal"].sudo()._recompute(DAY)
        self.assertEqual(again.difference_count, 0)

    # ------------------------------------------------------------
    # Goals
    # ------------------------------------------------------------

    def test_a_goal_holds_from_its_month_and_a_queue_may_have_its_own(self):
        self._decide(self._goal(seconds=30))
        self._decide(self._goal(goal=90, medium_from=80, high_from=70, queue_id=self.queue.id))
        day = measure.days_of_month(2026, 12)[0]
        goals = self.env["contact_center.indicator.goal"]._in_force(day)["INS"]
        self.assertEqual(measure.goal_on("INS", day, goals).bands.high_from, measure.exact("55.5"))
        self.assertEqual(measure.goal_on("INS", day, goals).seconds, 30)
        self.assertEqual(measure.goal_on("INS", day, goals, self.queue.id).bands.goal, 90)
        self.assertFalse(self.env["contact_center.indicator.goal"]._in_force(DAY))

    def test_a_goal_changes_every_six_months_at_most(self):
        self._decide(self._goal())
        with self.assertRaises(UserError):
            self._goal(start="2027-05-01").action_request()
        self._decide(self._goal(start="2027-06-01"))

    def test_bands_follow_one_another(self):
        with self.assertRaises(ValidationError):
            self._goal(medium_from=76)
        with self.assertRaises(ValidationError):
            self._goal(start="2026-12-15")

    def test_definitions_say_the_goal_of_today(self):
        definitions = self.env["contact_center.indicator.definition"].with_user(self.manager)
        words = {one.code: one.goal_words for one in definitions.search([])}
        self.assertEqual(words["INS"], "80 %")
        self.assertEqual(words["TME"], "20 s")
        self.assertEqual(words["ILNR"], "0,5 %")
        self.assertEqual(words["IPD"], "")
