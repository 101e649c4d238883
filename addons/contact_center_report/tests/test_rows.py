# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.contact_center.core.microseconds import SECOND, to_us
from odoo.addons.contact_center.tests.common import ContactCenterCase

from .common import MORNING, ReportMixin

# Kinds of this addon that show a contact that was answered, one that was not, or an agent's time
FILLED = {
    *("service", "channel", "traffic", "electronic", "queue_state", "abandoned"),
    *("agent_service", "answered", "agent_time", "positions", "agent_states"),
    *("subjects", "regions", "citizens", "citizen_contacts", "surveys", "surveys_agent"),
}


@tagged("post_install", "-at_install")
class TestRows(ReportMixin, ContactCenterCase):
    """What each report counts, on a day with known contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queue.service_level_seconds = 20
        cls.queue.service_level_percent = 80

    def _one(self, rows, **values):
        found = [row for row in rows if all(row[key] == one for key, one in values.items())]
        self.assertEqual(len(found), 1, rows)
        return found[0]

    def test_every_kind_yields_a_value_for_each_column_in_every_grouping(self):
        self._contact(answered=10, replied=5, rating="good")
        self._contact(lost=30)
        self._state(self.agent, "available", MORNING, 30)
        kinds = self._kinds()
        self.assertGreater(len(kinds._kinds()), 18)
        empty = set()
        for kind in kinds._kinds():
            for grouping in [code for code, _name in kind.groupings] or [""]:
                with self.subTest(kind=kind.code, grouping=grouping):
                    rows = self._report(kind.code, grouping=grouping)
                    self.assertTrue(all(len(row) == len(kind.columns) for row in rows))
                    if not rows:
                        empty.add(kind.code)
        self.assertFalse(empty & FILLED)

    def test_what_came_to_a_queue_and_how_it_was_answered(self):
        self._contact(answered=10, served=100)
        self._contact(answered=30, served=200)
        self._contact(lost=50)
        self._contact(answered=5, served=50, queue=self.other_queue)
        row = self._one(self._report("service"), queue="Fila de teste")
        self.assertEqual(row["slot"], "19/11/2026")
        self.assertEqual((row["received"], row["answered"], row["abandoned"]), (3, 2, 1))
        self.assertAlmostEqual(row["abandoned_share"], 100 / 3)
        self.assertEqual(row["within"], 1)
        self.assertAlmostEqual(row["within_share"], 100 / 3)
        self.assertAlmostEqual(row["wait"], 30)
        self.assertAlmostEqual(row["wait_answered"], 20)
        self.assertAlmostEqual(row["wait_lost"], 50)
        self.assertEqual((row["longest"], row["handled"]), (50, 2))
        self.assertAlmostEqual(row["handling"], 150)
        self.assertEqual(row["goal"], 80)
        self.assertAlmostEqual(row["difference"], 100 / 3 - 80)
        channel = self._one(self._report("channel"), channel="Internal")
        self.assertEqual((channel["received"], channel["goal"]), (4, None))

    def test_half_hours_are_the_city_s(self):
        self._contact(answered=1, at=MORNING + timedelta(minutes=29, seconds=59))
        self._contact(answered=1, at=MORNING + timedelta(minutes=30))
        rows = self._report("service", grouping="half_hour")
        self.assertEqual([row["slot"] for row in rows], ["19/11/2026 09:00", "19/11/2026 09:30"])

    def test_a_day_begins_at_the_city_s_midnight(self):
        self._contact(answered=1, at=datetime(2026, 11, 19, 2, 59, 59))
        self._contact(answered=1, at=datetime(2026, 11, 19, 3, 0))
        self._contact(answered=1, at=datetime(2026, 11, 20, 2, 59, 59))
        self._contact(answered=1, at=datetime(2026, 11, 20, 3, 0))
        (row,) = self._report("service", grouping="whole")
        self.assertEqual((row["received"], row["slot"]), (2, "19/11/2026"))
        rows = self._report("service", first=date(2026, 11, 1), last=date(2026, 11, 30))
        self.assertEqual([row["received"] for row in rows], [1, 2, 1])

    def test_an_overflow_counts_in_both_queues_each_its_way(self):
        conversation = self._contact(answered=60)
        start = to_us(MORNING)
        stay = conversation.stay_ids
        self.env.cr.execute(
            "UPDATE contact_center_stay SET left_how = 'overflowed', agent_id = NULL,"
            " left_us = %s WHERE id = %s",
            (start + 40 * SECOND, stay.id),
        )
        second = self._stay(
            conversation,
            start + 40 * SECOND,
            start + 60 * SECOND,
            "accepted",
            self.agent,
            self.other_queue,
        )
        self.env.cr.execute(
            "UPDATE contact_center_stay SET first_id = %s WHERE id = %s", (stay.id, second.id)
        )
        self.env.invalidate_all()
        rows = self._report("service")
        first = self._one(rows, queue="Fila de teste")
        self.assertEqual((first["overflowed"], first["came_over"], first["answered"]), (1, 0, 0))
        second = self._one(rows, queue="Outra fila")
        self.assertEqual((second["overflowed"], second["came_over"], second["answered"]), (0, 1, 1))
        (move,) = self._report("moves")
        self.assertEqual((move["from_queue"], move["to_queue"]), ("Fila de teste", "Outra fila"))
        self.assertAlmostEqual(move["wait"], 40)

    def test_erlangs_are_arrivals_times_handling(self):
        for second in range(6):
            self._contact(answered=0, served=300, at=MORNING + timedelta(seconds=second))
        (row,) = self._report("traffic", grouping="half_hour")
        self.assertAlmostEqual(row["offered"], 6 * 300 / 1800)
        self.assertAlmostEqual(row["carried"], 1.0)

    def test_the_state_of_a_queue(self):
        early = self._contact(answered=100)
        self._contact(lost=20, at=MORNING + timedelta(seconds=10))
        self.env.cr.execute(
            "UPDATE contact_center_stay SET told_at = entered_at, told_low = 60, told_high = 120"
            " WHERE conversation_id = %s",
            (early.id,),
        )
        self.env.invalidate_all()
        (row,) = self._report("queue_state")
        self.assertEqual((row["entered"], row["accepted"], row["abandoned"]), (2, 1, 1))
        self.assertEqual(row["peak"], 2)
        self.assertAlmostEqual(row["mean_size"], (10 + 2 * 20 + 70) / 100)
        self.assertEqual((row["told"], row["right"]), (1, 1))
        self.assertAlmostEqual(row["bias"], 90 - 100)

    def test_the_list_of_those_who_gave_up_hides_their_numbers(self):
        conversation = self._contact(lost=50, citizen=self.citizen)
        (row,) = self._report("abandoned")
        self.assertEqual(row["protocol"], conversation.protocol)
        self.assertEqual(row["number"], "•••• 7777")
        self.assertEqual(row["at"], datetime(2026, 11, 19, 9, 0))
        self.assertAlmostEqual(row["wait"], 50)
        self.assertEqual((row["place"], row["called"]), (1, "No"))

    def test_who_leaves_before_any_queue_is_listed_apart(self):
        conversation = self._open()
        self._move(conversation.event_ids, to_us(MORNING))
        self._end(conversation, to_us(MORNING), to_us(MORNING) + 90 * SECOND, None, "abandoned")
        self._contact(lost=50)
        (row,) = self._report("before_queue")
        self.assertEqual(row["protocol"], conversation.protocol)
        self.assertAlmostEqual(row["lasted"], 90)
        limited = patch.object(
            type(self.env["res.users"]), "_contact_center_figure_queues", lambda user: self.queue
        )
        with limited:
            self.assertFalse(self._report("before_queue"))

    def test_what_an_agent_served(self):
        self._contact(answered=1, served=100, replied=20, rating="very_good")
        taken = self._contact(answered=1, served=300, replied=40, rating="poor")
        self._contact(answered=1, agent=self.colleague)
        start = to_us(MORNING)
        self._event(taken, "hold", start + 60 * SECOND, self.agent)
        self._event(taken, "hold_ended", start + 75 * SECOND, self.agent)
        row = self._one(self._report("agent_service"), agent="Ana Agente")
        self.assertEqual((row["services"], row["receptive"], row["active"]), (2, 2, 0))
        self.assertAlmostEqual(row["handling"], 200)
        self.assertAlmostEqual(row["time"], 400)
        self.assertAlmostEqual(row["longest"], 300)
        self.assertAlmostEqual(row["reply"], 30)
        self.assertEqual((row["holds"], row["held"]), (1, 15))
        self.assertEqual((row["rated"], row["good"], row["good_share"]), (2, 1, 50))
        only = self._report("agent_service", agents=self.colleague.ids)
        self.assertEqual([row["agent"] for row in only], ["Caio Colega"])

    def test_the_list_of_answered_contacts(self):
        conversation = self._contact(answered=12, served=80, rating="good", citizen=self.citizen)
        (row,) = self._report("answered")
        self.assertEqual((row["protocol"], row["agent"]), (conversation.protocol, "Ana Agente"))
        self.assertAlmostEqual(row["wait"], 12)
        self.assertAlmostEqual(row["handled"], 80)
        self.assertEqual((row["rating"], row["subject"]), ("Good", "Assunto de teste"))

    def test_logged_time_adds_up_and_is_cut_at_midnight(self):
        evening = datetime(2026, 11, 20, 2, 30)  # 23:30 in the city
        self._state(self.agent, "available", evening, 60)
        self._state(self.agent, "in_service", evening + timedelta(minutes=60), 30)
        self._state(self.agent, "break", evening + timedelta(minutes=90), 10, break_kind="snack")
        rows = self._report("agent_time", last=date(2026, 11, 20))
        first = self._one(rows, slot="19/11/2026")
        self.assertEqual((first["logged"], first["available"]), (1800, 1800))
        second = self._one(rows, slot="20/11/2026")
        self.assertEqual(
            (second["logged"], second["in_service"], second["snack"]), (4200, 1800, 600)
        )
        self.assertAlmostEqual(second["snack_share"], 100 * 600 / 4200)
        (single,) = self._report("agent_time")
        self.assertEqual(single, first)

    def test_positions_occupied_and_occupancy(self):
        self._state(self.agent, "available", MORNING, 30)
        self._state(self.agent, "in_service", MORNING + timedelta(minutes=30), 30)
        self._state(self.colleague, "available", MORNING + timedelta(minutes=15), 15)
        self._contact(answered=1)
        (row,) = self._report("positions", grouping="hour")
        self.assertEqual((row["agents"], row["peak"], row["contacts"]), (2, 2, 1))
        self.assertAlmostEqual(row["logged"], 75 * 60)
        self.assertAlmostEqual(row["mean"], 1.25)
        self.assertAlmostEqual(row["occupancy"], 40)
        self.assertAlmostEqual(row["per_hour"], 0.8)

    def test_logins_and_pauses_are_listed_with_who_changed_them(self):
        self._state(
            self.agent,
            "break",
            MORNING,
            10,
            break_kind="regulated",
            reason="NR-17",
            set_by="supervisor",
            set_by_id=self.supervisor.id,
        )
        (row,) = self._report("agent_states")
        self.assertEqual((row["state"], row["kind"]), ("Break", "Regulated break"))
        self.assertEqual((row["reason"], row["set_by"]), ("NR-17", "Sílvia Supervisora"))
        self.assertEqual((row["start"], row["lasted"]), (datetime(2026, 11, 19, 9), 600))

    def test_subjects_natures_and_places(self):
        self.citizen.write({"city": "Venda Nova", "street2": "Letícia"})
        self._contact(answered=1, citizen=self.citizen)
        self._contact(answered=1, citizen=self.citizen)
        self._contact(lost=5, citizen=self.env["res.partner"].create({"name": "João"}))
        rows = self._report("subjects", grouping="whole")
        row = self._one(rows, subject="Assunto de teste")
        self.assertEqual((row["nature"], row["contacts"], row["human"]), ("Incident", 2, 2))
        self.assertEqual((row["citizens"], row["each"]), (1, 2))
        self.assertEqual(self._one(rows, subject="No disposition")["contacts"], 1)
        rows = self._report("regions", grouping="whole")
        row = self._one(rows, region="Venda Nova")
        self.assertEqual((row["district"], row["incident"], row["contacts"]), ("Letícia", 2, 2))
        (first, _second) = self._report("citizens")
        self.assertEqual(
            (first["name"], first["contacts"], first["again"]), ("Maria da Silva", 2, 1)
        )
        self.assertEqual((first["district"], first["phone"]), ("Letícia", "+5531988887777"))
        self.assertEqual(len(self._report("citizen_contacts")), 3)

    def test_electronic_contacts(self):
        conversation = self._open()
        self._move(conversation.event_ids, to_us(MORNING))
        self._end(conversation, to_us(MORNING), to_us(MORNING) + 90 * SECOND, None, "self_service")
        self._contact(answered=1)
        (row,) = self._report("electronic")
        self.assertEqual((row["contacts"], row["electronic"], row["solved"]), (2, 1, 1))
        self.assertAlmostEqual(row["lasted"], 90)

    def test_satisfaction(self):
        self._contact(answered=1, rating="very_good")
        self._contact(answered=1, rating="poor")
        self._contact(answered=1)
        (row,) = self._report("surveys", grouping="whole")
        self.assertEqual((row["contacts"], row["asked"], row["answered"]), (3, 3, 2))
        self.assertEqual((row["very_good"], row["poor"], row["pleased_share"]), (1, 1, 50))
        (row,) = self._report("surveys_agent", grouping="whole")
        self.assertEqual(row["agent"], "Ana Agente")

    def test_teams_and_their_turnover(self):
        operation = self.env["contact_center.operation"].create({"name": "156"})
        lasting = (self.agent, "2026-01-01", False)
        gone = (self.colleague, "2026-01-01", "2026-11-10")
        new = (self.outsider, "2026-11-12", False)
        for number, (user, since, until) in enumerate((lasting, gone, new)):
            self.env["contact_center.assignment"].create(
                {
                    "user_id": user.id,
                    "operation_id": operation.id,
                    "supervisor_id": self.supervisor.id,
                    "registration": str(1000 + number),
                    "date_from": since,
                    "date_until": until,
                }
            )
        (row,) = self._report("teams", first=date(2026, 11, 1), last=date(2026, 11, 30))
        self.assertEqual((row["at_first"], row["came"], row["went"], row["at_last"]), (2, 1, 1, 2))
        self.assertEqual(row["turnover"], 50)
        self.assertEqual(row["since"], date(2026, 1, 1))

    def test_rows_come_from_the_server_a_few_at_a_time(self):
        """A stream may be left early, and two may be read side by side."""
        kinds = self._kinds().sudo()
        numbers = SQL("SELECT generate_series(1, 10)")
        one, other = kinds._stream(numbers, size=3), kinds._stream(numbers, size=4)
        pairs = [(next(one)[0], next(other)[0]) for _number in range(7)]
        self.assertEqual(pairs, [(number, number) for number in range(1, 8)])
        one.close()
        self.assertEqual([number for (number,) in other], [8, 9, 10])
        self.env.cr.execute("SELECT count(*) FROM pg_cursors WHERE name LIKE 'contact_center%'")
        self.assertEqual(self.env.cr.fetchone(), (0,))
