# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import GlpiCase

HTML = "<!DOCTYPE html><html><body>Manutencao programada</body></html>"
ERROR = '["ERROR_GLPI_ADD", "nao"]'


def page(status, body=HTML, content_type="text/html", **rule):
    """Return a rule for requests that something in front of GLPI answers."""
    return {"status": status, "body": body, "content_type": content_type, **rule}


def refusal(status, body):
    """Return a rule for requests that GLPI refuses."""
    return {"status": status, "body": body}


# what happens to the request that opens the ticket; whether GLPI may have stored it
PASSING = {
    "line broken before GLPI stored": {},
    "line broken after GLPI stored": {"work": "done"},
    "time-out before GLPI stored": {"seconds": 1.5},
    "time-out after GLPI stored": {"seconds": 1.5, "work": "done"},
    "429": page(429, "slow down", "text/plain"),
    "500 in HTML": page(500),
    "500 after GLPI stored": page(500, work="done"),
    "502 of a proxy": page(502),
    "503 in JSON": refusal(503, '["ERROR", "x"]'),
    "empty 200": page(200, ""),
    "empty 200 after GLPI stored": page(200, "", work="done"),
    "HTML instead of JSON": page(200),
    "truncated JSON": {"own": True, "cut": True},
    "session forgotten": refusal(401, '["ERROR_SESSION_TOKEN_INVALID", "x"]'),
}
REFUSED = {
    "403 on tickets": refusal(403, '["ERROR_RIGHT_MISSING", "x"]'),
    "400 with a reason": refusal(400, ERROR),
    "207 with nothing made": refusal(207, '["ERROR_GLPI_PARTIAL_ADD", [{"id": false}]]'),
    "404 on the item type": refusal(404, '["ERROR_ITEM_NOT_FOUND", "x"]'),
}


class BadLineCase(GlpiCase):
    """Answers are waited for a second only, so that time-outs can be tried."""

    def setUp(self):
        super().setUp()
        self.server.write({"read_timeout": 1, "lang": "en_US"})


@tagged("post_install", "-at_install")
class TestFaultMatrix(BadLineCase):
    """On any line: no loss, no duplicate, and agent and citizen are told the truth."""

    def _until_done(self, ticket, limit=12):
        """Run the pump whenever something is due, as its jobs do."""
        moment = fields.Datetime.now()
        for _job in range(limit):
            with freeze_time(moment):
                self.server._pump()
            if not ticket.due_at and not ticket.outbox_waiting:
                return
            until = self.env["glpi.breaker"]._of(self.server).until
            moment = max(filter(None, (ticket.due_at, until or None, moment)))
            moment += timedelta(seconds=1)
        self.fail(f"still not done: {ticket.state} {ticket.error}")

    def test_what_passes_by_itself(self):
        for name, fault in PASSING.items():
            with self.subTest(name):
                self.env["glpi.breaker"]._of(self.server)._succeeded()
                self.glpi.tickets.clear()
                ticket = self._ticket()
                self.glpi.on("POST Ticket", **fault)
                with self._delivered() as delivered:
                    self._until_done(ticket)
                self.assertEqual(list(self.glpi.tickets), [ticket.glpi_id], "not exactly once")
                self.assertEqual((ticket.state, ticket.error), ("open", False))
                self.assertEqual(len(delivered), 1, "the citizen is told once")

    def test_what_glpi_refuses_is_said_and_not_repeated(self):
        for name, fault in REFUSED.items():
            with self.subTest(name):
                conversation = self._in_service()
                ticket = self._ticket(conversation)
                self.glpi.on("POST Ticket", **fault)
                with self._delivered() as delivered:
                    self._until_done(ticket)
                self.assertEqual(ticket.state, "failed")
                self.assertTrue(ticket.error)
                self.assertFalse(delivered, "the citizen hears no number that there is not")
                self.assertIn("ticket_failed", self._kinds(conversation))
                notes = conversation.discuss_channel_id.message_ids.mapped("body")
                self.assertTrue(any("GLPI" in body for body in notes), "the agent is told")
                ticket.with_user(self.agent).action_push()
                self._until_done(ticket)
                self.assertEqual(ticket.state, "open")

    def test_firewall_that_dislikes_one_text_holds_nobody_else_up(self):
        """Its page (403, 406 ...) or a 413 concerns that ticket, and the agent reads it."""
        for status in (403, 406, 413):
            with self.subTest(status):
                conversation = self._in_service()
                disliked = self._ticket(conversation, title="union select")
                other = self._ticket(conversation, title="Impressora")
                self.glpi.on("POST Ticket", **page(status))
                self.server._pump()
                self.assertEqual((disliked.state, other.state), ("failed", "open"))
                self.assertEqual((self.server.state, self.server.breaker_state), ("ok", "closed"))
                words = "request of this length" if status == 413 else "firewall"
                notes = " ".join(conversation.discuss_channel_id.message_ids.mapped("body"))
                self.assertIn(disliked.title, notes)
                self.assertTrue(words in notes or "firewall" in notes or "tamanho" in notes, notes)

    def test_nobody_listens(self):
        ticket = self._ticket()
        good = self.server.url
        self.server.url = "http://127.0.0.1:9"
        self.assertTrue(ticket._push())
        self.assertEqual(self.server.state, "down")
        self.server.url = good
        self._until_done(ticket)
        self.assertEqual(len(self.glpi.tickets), 1)

    def test_rights_withdrawn_on_one_type_only(self):
        """Without the right to look at users, categories or places the ticket is opened."""
        self.glpi.refuse("GET", 403, "ERROR_RIGHT_MISSING")
        for session in ("initSession", "killSession"):
            self.glpi.on(f"GET {session}", times=None, own=True)
        ticket = self._ticket()
        self._until_done(ticket)
        self.assertEqual(ticket.state, "open")

    def test_followups_and_answers_over_a_bad_line(self):
        ticket = self._ticket()
        ticket._push()
        for name, fault in PASSING.items():
            with self.subTest(name):
                self.env["glpi.breaker"]._of(self.server)._succeeded()
                before = len(self.glpi.followups)
                first = ticket._send_to_glpi("followup", f"{name} 1")
                ticket._send_to_glpi("followup", f"{name} 2")
                self.glpi.on("POST ITILFollowup", **fault)
                self._until_done(ticket)
                new = [row["content"] for row in self.glpi.followups[before:]]
                self.assertEqual(len(new), 2, new)
                self.assertIn(f"{name} 1", new[0])
                self.assertIn(f"{name} 2", new[1])
                self.assertEqual(first.state, "sent")


@tagged("post_install", "-at_install")
class TestNewsFaults(BadLineCase):
    """Reading news over a broken line, and of tickets that changed in unusual ways."""

    def setUp(self):
        super().setUp()
        self.conversation = self._in_service()
        self.ticket = self._ticket(self.conversation)
        self.ticket._push()
        self.server._poll()

    def _write(self, words):
        number = 100 + len(self.glpi.followups)
        row = {"id": number, "items_id": self.ticket.glpi_id, "users_id": 9, "is_private": 0}
        self.glpi.followups.append({**row, "content": words, "date": "2026-11-21 19:50:00"})
        self.glpi.tickets[self.ticket.glpi_id]["date_mod"] = "2026-11-21 19:50:00"

    def _poll(self):
        with self._delivered() as delivered:
            self.server._poll()
        return [outgoing.text for _message, outgoing in delivered]

    def test_news_that_could_not_be_read_come_later_and_once(self):
        faults = {
            name: fault
            for name, fault in PASSING.items()
            if "before" not in name and "after" not in name
        }
        faults["wrong Content-Range"] = {"own": True, "headers": {"Content-Range": "0-0/99"}}
        faults["no Content-Range"] = {"own": True, "headers": {"Content-Range": None}}
        for name, fault in faults.items():
            with self.subTest(name):
                self._write(f"novidade {name}.")
                self.glpi.on(f"GET Ticket/{self.ticket.glpi_id}/ITILFollowup", **fault)
                heard = self._poll() + self._poll() + self._poll()
                self.assertEqual(len([text for text in heard if f" {name}." in text]), 1, heard)

    def test_followup_listed_twice_is_told_once(self):
        self._write("uma vez")
        row = self.glpi.followups[-1]
        self.glpi.on(
            f"GET Ticket/{self.ticket.glpi_id}/ITILFollowup",
            times=None,
            status=200,
            body=json.dumps([row, row]),
            headers={"Content-Range": "0-1/2"},
        )
        self.assertEqual(len(self._poll()), 1)

    def test_gone_in_the_trash_or_no_longer_ours_to_see(self):
        """The agent hears it once and at once, the citizen when certain; requests stop."""
        gone = {
            "deleted": lambda: self.glpi.tickets.pop(self.ticket.glpi_id),
            "trashed": lambda: self.glpi.tickets[self.ticket.glpi_id].update(is_deleted=1),
            "another entity": lambda: self._out_of_sight(),
        }
        kept = dict(self.glpi.tickets[self.ticket.glpi_id])
        fresh = {"glpi_status": "1", "notice": False}
        for name, change in gone.items():
            with self.subTest(name):
                self.glpi.behave()
                self.glpi.tickets[self.ticket.glpi_id] = dict(kept)
                seen = dict.fromkeys(("out_of_sight", "loss_told", "uncounted"), False)
                self.ticket.write({**fresh, **seen})
                change()
                for_good = name != "another entity"
                heard = self._poll()
                self.assertEqual(len(heard), int(for_good), heard)
                self.assertEqual(not self.ticket.glpi_status, for_good)
                self.assertTrue(self.ticket.notice)
                notes = " ".join(self.conversation.discuss_channel_id.message_ids.mapped("body"))
                self.assertIn(f"No. {self.ticket.glpi_id}", notes)
                heard += self._poll()
                self.assertEqual(len(heard), 1, heard)
                self.assertIn("não pode mais ser acompanhado", heard[0])
                log = len(self.glpi.log)
                self.assertFalse(self._poll())
                asked = [one for one in self.glpi.log[log:] if "GET Ticket/" in one]
                self.assertFalse(asked, "asked again and again")
                told = self.conversation.discuss_channel_id.message_ids.mapped("body")
                about = [one for one in told if "no longer to be seen" in one]
                self.assertEqual(about, list(dict.fromkeys(about)), "the agent is told once")

    def _out_of_sight(self):
        """Move the ticket to an entity that the API user does not see: no list names it."""
        self.glpi.tickets[self.ticket.glpi_id]["entities_id"] = 5

    def test_right_that_comes_back(self):
        path = f"GET Ticket/{self.ticket.glpi_id}"
        self.glpi.refuse(path, 403, "ERROR_RIGHT_MISSING", times=1)
        self._write("depois")
        self.assertFalse(self._poll())
        self.assertTrue(self.ticket.out_of_sight)
        self.assertEqual(len(self._poll()), 1)
        self.assertFalse(self.ticket.out_of_sight or self.ticket.notice)

    def test_what_follows_a_ticket_that_is_gone_is_refused_in_words(self):
        del self.glpi.tickets[self.ticket.glpi_id]
        self.glpi.refuse("POST ITILFollowup", 400, "ERROR_GLPI_ADD", times=1)
        entry = self.ticket._send_to_glpi("followup", "alguém aí?")
        self.server._pump()
        self.assertEqual(entry.state, "failed")
        notes = " ".join(self.conversation.discuss_channel_id.message_ids.mapped("body"))
        self.assertIn("alguém aí?", notes)

    def test_glpi_upgraded_under_us(self):
        """Texts no longer encoded, new keys and ids as strings are understood all the same."""
        self._write("<p>A & B</p>")
        row = self.glpi.tickets[self.ticket.glpi_id]
        row.update(status="2", id=row["id"], uuid="x", satisfaction=None, _links=[])
        heard = self._poll()
        self.assertIn("A & B", heard[0])
        self.assertEqual(self.ticket.glpi_status, "2")

    def test_api_gone_after_an_upgrade_is_said_and_nothing_is_lost(self):
        self.glpi.on("", times=None, **page(404))
        ticket = self._ticket()
        self.assertTrue(ticket._push())
        self.assertEqual((ticket.state, self.server.state), ("draft", "error"))
        self.assertTrue(self.server.last_error)
        self.glpi.behave()
        self.server._wake_tickets()
        self.server._pump()
        self.assertEqual(ticket.state, "open")
