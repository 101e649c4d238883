# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .far_glpi import API_USER, CITIZEN, REQUESTER, TECHNICIAN
from .test_news import NewsCase

AT = "2026-11-21 20:{:02}:00"
TARGET = 480


@tagged("post_install", "-at_install")
class TestNewsLost(NewsCase):
    """Reopened, moved, merged, deleted in GLPI: citizen and panel are told the truth."""

    def setUp(self):
        super().setUp()
        self.number = self.ticket.glpi_id

    def _change(self, minute, **values):
        self.glpi.tickets[self.number].update(values, date_mod=AT.format(minute))

    def _close(self):
        self._solve(at=AT.format(1))
        self._poll()
        self._change(2, status=6)
        self._poll()
        self.assertEqual(self.ticket.glpi_status, "6")

    # ------------------------------------------------------------ reopened
    def test_closed_and_reopened_is_told_and_followed_again(self):
        self._close()
        self._change(3, status=2)
        (text,) = self._poll()
        self.assertIn("reaberto", text)
        self.assertEqual(self.ticket.glpi_status, "2")
        self._write("voltamos", at=AT.format(4))
        self.assertEqual(len(self._poll()), 1)

    def test_reopened_without_anybody_assigned(self):
        self._close()
        self._change(3, status=1)
        self.assertIn("reaberto", self._poll()[0])

    def test_closed_again_is_told_although_the_citizen_had_accepted_before(self):
        self._solve(at=AT.format(1))
        self._poll()
        self.ticket._send_to_glpi("approve", "ok")
        self.ticket._push()
        self._change(2, status=6)
        self.assertFalse(self._poll(), "the citizen said so")
        self._change(3, status=2)
        self._poll()
        self._change(4, status=6)
        self.assertEqual(len(self._poll()), 1)

    def test_followup_on_a_closed_ticket_is_told(self):
        self._close()
        self._write("mais uma coisa", at=AT.format(3))
        (text,) = self._poll()
        self.assertIn("mais uma coisa", text)

    # ------------------------------------------------------------ gone
    def test_trashed_is_told_within_one_poll_and_restored_too(self):
        self._change(1, is_deleted=1)
        (text,) = self._poll()
        self.assertIn("não pode mais ser acompanhado", text)
        self.assertFalse(self.ticket.glpi_status)
        self.assertFalse(self._poll())
        self._change(2, is_deleted=0)
        (text,) = self._poll()
        self.assertIn(str(self.number), text)
        self.assertEqual(self.ticket.glpi_status, "1")

    def test_purged_is_told_within_one_poll(self):
        del self.glpi.tickets[self.number]
        self.assertEqual(len(self._poll()), 1)
        self.assertFalse(self._poll())

    def test_tickets_of_an_earlier_api_user_are_not_asked_for_again_and_again(self):
        self.glpi.tickets[self.number]["users_id_recipient"] = 99
        self.ticket.news_settled = True
        self.assertFalse(self._poll())
        self.assertTrue(self.ticket.uncounted)
        self.ticket.news_settled = True
        log = len(self.glpi.log)
        self.assertFalse(self._poll())
        self.assertNotIn(f"GET Ticket/{self.number}", self.glpi.log[log:])
        self._change(1, is_deleted=1)
        self.assertEqual(len(self._poll()), 1, "the bin is looked at")

    def test_closed_ticket_that_is_purged_bothers_nobody(self):
        self._close()
        del self.glpi.tickets[self.number]
        self.assertFalse(self._poll())

    def test_many_at_once_look_like_a_mistake(self):
        others = [self._ticket(title=f"Chamado {number}") for number in range(6)]
        for ticket in others:
            ticket._push()
        self._poll()
        self.glpi.tickets.clear()
        self.assertFalse(self._poll(), "no citizen is told of a right that was withdrawn")
        self.assertTrue(all(ticket.out_of_sight for ticket in others))

    # ------------------------------------------------------------ entity, requester
    def test_other_entity_that_is_seen_too(self):
        self.env["glpi.entity"].create(
            {"server_id": self.server.id, "glpi_id": 2, "name": "Saúde", "complete_name": "Saúde"}
        )
        self.glpi.put("Entity", {"id": 2, "name": "Saúde", "completename": "Saúde"})
        self.glpi.forget_sessions()  # a session sees what there was at its login
        self._change(1, entities_id=2)
        (text,) = self._poll()
        self.assertIn("Saúde", text)
        self.assertFalse(self._poll())

    def test_other_requester(self):
        self.ticket.glpi_requester_id = 8
        self.glpi.actor(self.number, CITIZEN, REQUESTER)
        self._change(1)
        self.assertFalse(self._poll())
        self.glpi.actor(self.number, 12, REQUESTER)
        self._change(2)
        (text,) = self._poll()
        self.assertIn("outro solicitante", text)
        self.assertEqual(self.ticket.glpi_requester_id, 12)
        self.assertFalse(self._poll())

    # ------------------------------------------------------------ merged
    def _merge(self, minute=10, **target):
        """Merge our ticket into No. 480, which has a story of its own."""
        self.glpi.tickets[TARGET] = {
            **self.glpi.tickets[self.number],
            "id": TARGET,
            "users_id_recipient": TECHNICIAN,
            "content": "outro",
            **target,
        }
        rows = (
            (700, TECHNICIAN, "de outro cidadão, antes", AT.format(0), 0),
            (701, API_USER, "cópia da nossa descrição", "2026-11-21 19:41:56", self.number),
            (702, TECHNICIAN, "cópia de outro chamado", AT.format(minute + 1), 99),
            (703, API_USER, "o que outro cidadão respondeu", AT.format(minute + 1), 0),
        )
        for number, user, words, date, source in rows:
            self.glpi.followups.append(
                {
                    "id": number,
                    "items_id": TARGET,
                    "users_id": user,
                    "content": words,
                    "is_private": 0,
                    "date": date,
                    "sourceitems_id": source,
                }
            )
        self.glpi.merge(self.number, TARGET)
        self._change(minute, is_deleted=1)
        self.glpi.tickets[TARGET]["date_mod"] = AT.format(minute + 1)

    def _write_there(self, words, minute, number=710):
        self.glpi.followups.append(
            {
                "id": number,
                "items_id": TARGET,
                "users_id": TECHNICIAN,
                "content": words,
                "is_private": 0,
                "date": AT.format(minute),
            }
        )
        self.glpi.tickets[TARGET]["date_mod"] = AT.format(minute)

    def test_merged_ticket_is_followed_to_the_other_one(self):
        self._merge()
        (text,) = self._poll()
        self.assertIn(str(self.number), text)
        self.assertIn(f"nº {TARGET}", text)
        self.assertEqual((self.ticket.glpi_id, self.ticket.glpi_status), (TARGET, "1"))
        self._write_there("Resolvido", 15)
        (text,) = self._poll()
        self.assertIn("Resolvido", text)
        self.assertIn(f"nº {TARGET}", text)

    def test_merged_and_solved_between_two_looks(self):
        self._merge()
        self._write_there("Resolvido", 12)
        self.glpi.tickets[TARGET].update(status=5)
        merged, *news = self._poll()
        self.assertIn(f"nº {TARGET}", merged)
        said = " / ".join(news)
        self.assertIn("Resolvido", said)
        for secret in ("de outro cidadão", "cópia", "outro cidadão respondeu"):
            self.assertNotIn(secret, said)
        self.assertEqual(self.ticket.glpi_status, "5")

    def test_what_the_citizen_says_then_goes_to_the_other_one(self):
        self._merge()
        self._poll()
        self.ticket._send_to_glpi("followup", "ainda espero")
        self.ticket._push()
        self.assertEqual(self.glpi.followups[-1]["items_id"], TARGET)

    def test_two_of_different_citizens_merged_into_one(self):
        stranger = self.env["res.partner"].create({"name": "José"})
        other = self._ticket(self.Conversation._open(stranger, "internal", queue=self.queue))
        other._push()
        self._poll()
        self._merge()
        self.glpi.merge(other.glpi_id, TARGET)
        self.glpi.tickets[other.glpi_id].update(is_deleted=1, date_mod=AT.format(10))
        self.assertEqual(len(self._poll()), 2)
        self._write_there("para os dois", 20)
        self.assertEqual(len(self._poll()), 2)

    def test_merged_into_another_ticket_of_the_same_citizen(self):
        other = self._ticket(self.conversation, title="O mesmo de novo")
        other._push()
        self._poll()
        self.glpi.merge(self.number, other.glpi_id)
        waiting = self.ticket._send_to_glpi("followup", "a caminho")
        self._change(10, is_deleted=1)
        heard = self._poll()
        self.assertEqual(len(heard), 1, heard)
        self.assertIn(f"nº {other.glpi_id}", heard[0])
        self.assertEqual(waiting.ticket_id, other)
        self.glpi.tickets[other.glpi_id].update(status=4, date_mod=AT.format(12))
        self.assertEqual(len(self._poll()), 1, "told once")

    def test_merged_twice(self):
        self._merge()
        self.glpi.merge(TARGET, 481)
        self.glpi.tickets[481] = {**self.glpi.tickets[TARGET], "id": 481, "is_deleted": 0}
        self.glpi.tickets[TARGET]["is_deleted"] = 1
        self._poll()
        self.assertEqual(self.ticket.glpi_id, 481)
        self.assertEqual(self.ticket.merged_from, f"{self.number}, {TARGET}")

    def test_chain_of_merged_tickets_is_followed_to_its_end_at_once(self):
        self._merge(is_deleted=1)
        for number in (481, 482):
            self.glpi.tickets[number] = {
                **self.glpi.tickets[TARGET],
                "id": number,
                "is_deleted": int(number == 481),
            }
        self.glpi.merge(TARGET, 481)
        self.glpi.merge(481, 482)
        told = self._poll()
        merged = [text for text in told if f"nº {self.number}" in text]
        self.assertEqual(len(merged), 1, told)
        self.assertEqual(self.ticket.glpi_id, 482)
        self.assertFalse([text for text in told if "481" in text], told)

    def test_tickets_merged_into_each_other_end(self):
        self._merge(is_deleted=1)
        self.glpi.merge(TARGET, self.number)
        self._poll()
        self._poll()
        self.assertTrue(self.ticket.out_of_sight)

    def test_merged_into_one_that_is_not_to_be_seen(self):
        self.glpi.merge(self.number, 999)
        self._change(10, is_deleted=1)
        (text,) = self._poll()
        self.assertIn("não pode mais ser acompanhado", text)

    def test_merged_ticket_that_is_trashed_is_noticed_within_a_poll(self):
        self._merge()
        self._poll()
        self.glpi.tickets[TARGET].update(is_deleted=1, date_mod=AT.format(20))
        (text,) = self._poll()
        self.assertIn("não pode mais ser acompanhado", text)

    def test_merged_ticket_that_is_purged_is_noticed_within_a_day(self):
        self._merge()
        self._poll()
        del self.glpi.tickets[TARGET]
        with freeze_time(fields.Datetime.add(fields.Datetime.now(), hours=25)):
            self.assertEqual(len(self._poll()), 1)
