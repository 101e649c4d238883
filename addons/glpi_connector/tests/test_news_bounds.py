# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager
from unittest.mock import patch

from psycopg2 import errors as pg_errors

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..rest import wire
from .common import PNG
from .far_glpi import TECHNICIAN
from .test_news import NewsCase

AT = "2026-11-21 20:{:02}:00"


@tagged("post_install", "-at_install")
class TestNewsBounds(NewsCase):
    """Large tickets and failures of others cost few requests and lose nothing."""

    def _requests(self):
        """Return one poll's requests about tickets, without downloads."""
        log = len(self.glpi.log)
        self.server._poll()
        return [one for one in self.glpi.log[log:] if not one.startswith("GET Document/")]

    def _per_ticket(self):
        """Return the requests about the changed ticket, without lists and GLPI's clock."""
        asked = self._requests()
        clock = asked.index("GET Ticket") if "GET Ticket" in asked else len(asked)
        return [one for one in asked[:clock] if "search/" not in one]

    def _fill(self, count, **options):
        for number in range(count):
            self._write(f"mensagem {number}", **options)

    # ------------------------------------------------------------ requests
    def test_requests_stay_flat_as_followups_grow(self):
        counts = {}
        for many in (3, 300):
            self._fill(many - len(self.glpi.followups), private=1)
            self._glpi_ticket()["date_mod"] = AT.format(many % 50)
            self.assertLessEqual(len(self._per_ticket()), 6, f"{many} new ones")
            number = self._write("novidade", at=AT.format(many % 50 + 1))
            self.glpi.followups[-1]["content"] += self.glpi.paste(number, PNG)
            self.glpi.add_file(self.ticket.glpi_id, "a.pdf", b"%PDF", number)
            self.glpi.add_file(self.ticket.glpi_id, "b.pdf", b"%PDF")
            counts[many] = len(self._per_ticket())
            self.assertLessEqual(counts[many], 6, self.glpi.log[-8:])
            told = self.ticket.followup_ids.filtered("told")
            self.assertEqual(len(told), 4 if many == 3 else 8)
        self.assertLessEqual(counts[300], counts[3] + 1)

    def test_many_new_entries_with_files_each(self):
        for number in range(30):
            entry = self._write(f"com arquivo {number}", at=AT.format(number))
            self.glpi.add_file(self.ticket.glpi_id, f"{number}.pdf", b"%PDF", entry)
        self.assertLessEqual(len(self._per_ticket()), 6)
        self.assertEqual(len(self.ticket.followup_ids.filtered("told")), 60)

    def test_solved_ticket_with_files_of_tasks(self):
        """Files that are never to be found do not lead through all entries."""
        self._fill(120)
        self.server._poll()
        self.glpi.add_file(self.ticket.glpi_id, "x.pdf", b"%PDF")
        self._solve(at=AT.format(20))
        self.assertLessEqual(len(self._per_ticket()), 6)

    def test_tickets_nobody_touched_cost_nothing(self):
        for number in range(10):
            self._ticket(title=f"Chamado {number}")._push()
        self._poll()
        self.env["glpi.ticket"].search([]).news_settled = True
        asked = self._requests()
        self.assertLessEqual(len(asked), 3, asked)

    # ------------------------------------------------------------ too large
    @contextmanager
    def _limit(self, size):
        """Refuse answers larger than `size` bytes while they are read."""
        with patch.object(wire, "ANSWER_LIMIT", size):
            yield

    def test_huge_entry_hides_only_itself(self):
        conversation = self._in_service()
        self.ticket.conversation_id = conversation
        self._write("antes", at=AT.format(1))
        huge = self._write("<img src='data:image/png;base64," + "A" * 60_000, at=AT.format(2))
        self._write("Pode fechar?", at=AT.format(3))
        self._solve(at=AT.format(4))
        with self._limit(50_000):
            heard = " / ".join(self._poll())
            for words in ("antes", "Pode fechar?", "Cabo trocado."):
                self.assertIn(words, heard)
            self.assertEqual(self.ticket.glpi_status, "5")
            self.assertEqual(self.server.poll_mark, AT.format(4), "the mark moves")
            sizes = self._sizes()
            self._glpi_ticket()["date_mod"] = AT.format(5)
            self.assertFalse(self._poll())
            self.assertLess(max(self._sizes()[len(sizes) :]), 50_000, "fetched again")
            self._write("depois", at=AT.format(6))
            self.assertEqual(len(self._poll()), 1)
        notes = conversation.discuss_channel_id.message_ids.mapped("body")
        about = [one for one in notes if "grande demais para ser lida" in one]
        self.assertEqual(len(about), 1, "the agent is told once")
        entry = self.ticket.followup_ids.filtered(lambda one: one.glpi_id == huge)
        self.assertEqual((entry.kept_back, entry.told), ("unreadable", False))

    def _sizes(self):
        """Return the bytes of every answer so far."""
        return list(self.glpi.sizes)

    def test_huge_ticket_is_said_once_and_not_asked_again(self):
        other = self._ticket(title="Outro")
        other._push()
        self._poll()
        self._glpi_ticket().update(content="x" * 60_000, status=4, date_mod=AT.format(1))
        self.glpi.tickets[other.glpi_id].update(status=4, date_mod=AT.format(1))
        with self._limit(50_000):
            self.assertEqual(len(self._poll()), 1, "the other one is told")
            self.assertTrue(self.ticket.notice)
            self.assertEqual(self.server.poll_mark, AT.format(1))
            self.ticket.search([]).news_settled = True
            self.assertFalse([one for one in self._requests() if "Ticket/" in one])
        self._glpi_ticket().update(content="x", date_mod=AT.format(2))
        self.assertEqual(len(self._poll()), 1)
        self.assertFalse(self.ticket.notice)

    # ------------------------------------------------------------ failures of others
    def _others(self, count=3):
        """Return more tickets, all changed."""
        tickets = [self._ticket(title=f"Chamado {number}") for number in range(count)]
        for ticket in tickets:
            ticket._push()
        self._poll()
        for row in self.glpi.tickets.values():
            row.update(status=4, date_mod=AT.format(30))
        return self.ticket.browse([self.ticket.id, *(one.id for one in tickets)])

    def test_conflict_in_the_database_loses_nothing(self):
        tickets = self._others()
        usual = type(self.ticket)._note_date
        conflicts = {tickets[1].id: 2, tickets[2].id: 99}

        def note_date(ticket, *args):
            usual(ticket, *args)
            if conflicts.get(ticket.id):
                conflicts[ticket.id] -= 1
                raise pg_errors.SerializationFailure("concurrent update")

        self.patch(type(self.ticket), "_note_date", note_date)
        mark = self.server.poll_mark
        self.server._poll()
        read = tickets - tickets[2]
        self.assertEqual(set(read.mapped("glpi_status")), {"4"}, "all others were read")
        self.assertEqual(conflicts[tickets[1].id], 0, "read again at once")
        self.assertEqual(self.server.poll_mark, mark, "and in the next run once more")

    def test_conflict_when_it_is_committed(self):
        tickets = self._others()
        usual = type(self.server)._commit
        left = [1]

        def commit(server):
            if left and left.pop():
                raise pg_errors.SerializationFailure("concurrent update")
            usual(server)

        self.patch(type(self.server), "_commit", commit)
        self.server._poll()
        self.assertEqual(set(tickets.mapped("glpi_status")), {"4"})
        self.assertEqual(self.server.poll_mark, AT.format(30))

    def test_ticket_that_crashes_glpi_keeps_no_other_from_its_news(self):
        tickets = self._others()
        self.glpi.crash(f"GET Ticket/{tickets[1].glpi_id}")
        for _run in range(6):
            self.server._poll()
        self.assertEqual(set((tickets - tickets[1]).mapped("glpi_status")), {"4"})
        self.assertEqual(self.server.poll_mark, AT.format(30), "the mark does not wait for ever")
        self.assertTrue(tickets[1].notice)

    @mute_logger("odoo.addons.glpi_connector.models.glpi_server_news")
    def test_fault_of_ours_with_one_ticket_keeps_no_other_from_its_news(self):
        tickets = self._others()
        usual = type(self.ticket)._read_entries

        def read_entries(ticket, *args):
            if ticket == tickets[1]:
                raise ValueError("unforeseen")
            return usual(ticket, *args)

        self.patch(type(self.ticket), "_read_entries", read_entries)
        for _run in range(6):
            self.server._poll()
        self.assertEqual(set((tickets - tickets[1]).mapped("glpi_status")), {"4"})
        self.assertEqual(self.server.poll_mark, AT.format(30))
        self.assertIn("unforeseen", tickets[1].notice)

    # ------------------------------------------------------------ clocks
    def test_clock_set_back_by_hours(self):
        self._write("antes", at="2026-11-21 23:00:00")
        self.assertEqual(len(self._poll()), 1)
        for moment, words in (
            ("2026-11-21 20:00:30", "três horas para trás"),
            ("2026-11-21 20:01:00", "e continua"),
            ("2026-11-21 23:30:00", "alcançou"),
        ):
            self._write(words, at=moment)
            (text,) = self._poll()
            self.assertIn(words, text)
            self.assertFalse(self._poll(), "told twice")

    def test_time_zone_of_glpi_changed_under_way(self):
        """All dates jump, even of old entries: nothing is repeated, nothing is missed."""
        self._write("antes", at="2026-11-21 20:00:00")
        self._poll()
        for hours in ("17", "23"):
            self.glpi.followups[0]["date"] = f"2026-11-21 {hours}:00:00"
            self._glpi_ticket()["date_mod"] = f"2026-11-21 {hours}:00:00"
            self.assertFalse(self._poll())
            self._write(f"depois {hours}", at=f"2026-11-21 {hours}:05:00", user=TECHNICIAN)
            self.assertEqual(len(self._poll()), 1)

    def test_server_that_stops_leaves_the_rest_to_the_next_run(self):
        self._write("depois")
        mark = self.server.poll_mark
        place = "odoo.addons.glpi_connector.models.glpi_server_news.stopping"
        with patch(place, return_value=True):
            self.assertFalse(self._poll())
        self.assertEqual(self.server.poll_mark, mark, "what was not read is not passed over")
        self.assertEqual(len(self._poll()), 1)
