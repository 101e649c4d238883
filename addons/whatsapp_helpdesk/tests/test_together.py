# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.contact_center.core.values import Outgoing

from ..cloud_api.client import ApiError
from ..models import meta_call, whatsapp_inbox_drain
from ..models.turn import NotTogetherError, are_together, together
from ..models.whatsapp_event import INBOX_KEY
from .common import MARIA, WhatsappCase

JOAO = {"wa_id": "5531977776666", "user_id": "BR.77", "name": "João"}
ROSA = {"wa_id": "5531966665555", "user_id": "BR.66", "name": "Rosa"}
PEOPLE = (MARIA, JOAO, ROSA)
LOGGER = "odoo.addons.whatsapp_helpdesk.models.whatsapp_inbox"


@tagged("post_install", "-at_install")
class TestTogether(WhatsappCase):
    """Several people's events in one transaction: cheaper, and as safe as each alone."""

    def setUp(self):
        super().setUp()
        for text in ("um", "dois"):
            for person in PEOPLE:
                self.deliver(
                    self.inbound(person=person, text=f"{text} {person['name']}"), run=False
                )

    def texts_of(self, person):
        """Return a person's texts as the conversation shows them."""
        messages = self.Message.search([("direction", "=", "in")], order="id").filtered(
            lambda message: message.identity_id.bsuid == person["user_id"]
        )
        return [str(body) for body in messages.mapped("mail_message_id.body")]

    def in_order(self, person):
        return [f"<p>{text} {person['name']}</p>" for text in ("um", "dois")]

    def processed(self):
        """Run the job; return (contact key, together or alone) of each processed batch."""
        seen, process = [], type(self.Event)._process_batch

        def note(events, key, *batch):
            seen.append((key.rpartition(":")[2], are_together(events.env)))
            return process(events, key, *batch)

        with patch.object(type(self.Event), "_process_batch", note):
            self.Event._drain_inbox()
        return seen

    def failing(self, person, times=1):
        """Let the events of one person fail so often; the others work as usual."""
        process, failures = type(self.Event)._process_message, []

        def fail(event):
            if person["user_id"] in event.contact_key and len(failures) < times:
                failures.append(event.id)
                raise ZeroDivisionError
            return process(event)

        return patch.object(type(self.Event), "_process_message", fail)

    def test_several_people_share_a_transaction(self):
        self.assertEqual(self.processed(), [(person["user_id"], True) for person in PEOPLE])
        for person in PEOPLE:
            self.assertEqual(self.texts_of(person), self.in_order(person))

    def test_the_next_events_of_several_people_are_found_together(self):
        maria, joao = (
            self.Event.search([("contact_key", "like", person["user_id"])], order="id")
            for person in (MARIA, JOAO)
        )
        later = fields.Datetime.add(fields.Datetime.now(), minutes=1)
        joao[0].write({"state": "failed", "next_try_at": later})
        joao[1].write({"at": fields.Datetime.subtract(joao[1].at, minutes=1)})
        # Nobody's: there is no contact in it
        about_nobody = maria[1]
        about_nobody.contact_key = False
        self.env.flush_all()
        keys = [maria[0].contact_key, joao[0].contact_key, ""]
        with self.assertQueryCount(1):
            batches = self.Event._next_of(keys)
        self.assertEqual(batches, dict(zip(keys, (maria[0], joao[1], about_nobody), strict=True)))
        joao[0].next_try_at = fields.Datetime.now()
        self.env.flush_all()
        self.assertEqual(self.Event._next_of(keys[1:2])[keys[1]], joao[1] + joao[0])

    def test_reading_ahead_changes_nothing_and_spares_reading_for_each(self):
        self.Event._drain_inbox()
        self.env.flush_all()
        self.env.invalidate_all()
        for person in PEOPLE:
            self.deliver(self.inbound(person=person, text="três"), run=False)
        lanes, _rest, _is_coming = self.Event._claim_lanes(set())
        batches = self.Event._next_of(lanes)
        self.Event._read_ahead(batches)
        conversations = self.Message.search([("direction", "=", "in")]).conversation_id
        with self.assertQueryCount(0):
            self.assertEqual(set(conversations.mapped("state")), {"queued"})
            conversations.whatsapp_identity_id.mapped("full_at")
            conversations.partner_id.mapped("name")
            self.assertFalse(conversations.chatbot_session_ids)
        with self.assertQueryCount(0):
            self.Event._read_ahead(dict(list(batches.items())[:1]))

    def test_people_of_one_transaction_are_few_enough(self):
        with patch.object(whatsapp_inbox_drain, "_TOGETHER", 2):
            lanes, rest, _is_coming = self.Event._claim_lanes(set())
            self.assertEqual((len(lanes), rest), (2, 1))

    def test_a_job_that_has_much_to_do_calls_for_help(self):
        self.env["queue.job"].search([("identity_key", "=", INBOX_KEY)]).unlink()
        with patch.object(whatsapp_inbox_drain, "_TOGETHER", 1), self.jobs(run=False) as trap:
            self.Event._claim_lanes(set())
        self.assertEqual([job.method_name for job in trap.enqueued_jobs], ["_drain_inbox"])
        with patch.object(whatsapp_inbox_drain, "_TOGETHER", 2), self.jobs(run=False) as trap:
            self.Event._claim_lanes(set())
        self.assertEqual(trap.enqueued_jobs, [])

    def test_one_that_fails_is_found_alone_and_the_others_go_on(self):
        with self.failing(JOAO, times=2), self.assertLogs(LOGGER, "ERROR") as logs:
            seen = self.processed()
        # Maria and João shared the savepoint that was undone; then everybody alone
        self.assertEqual(seen[:2], [(MARIA["user_id"], True), (JOAO["user_id"], True)])
        self.assertEqual(seen[2:], [(person["user_id"], False) for person in PEOPLE])
        self.assertEqual(len(logs.records), 1)
        failed = self.Event.search([("state", "=", "failed")])
        self.assertEqual((len(failed), failed.tries), (1, 1))
        self.assertIn(JOAO["user_id"], failed.contact_key)
        self.assertIn("ZeroDivisionError", failed.error)
        for person in (MARIA, ROSA):
            self.assertEqual(self.texts_of(person), self.in_order(person))
        self.assertEqual(self.texts_of(JOAO), self.in_order(JOAO)[1:])

    def test_what_was_undone_is_done_once(self):
        with self.bot("Olá!"), self.failing(ROSA):
            self.Event._drain_inbox()
        self.assertEqual(self.Message.search_count([("direction", "=", "in")]), 6)
        self.assertEqual(set(self.Event.search([]).mapped("state")), {"processed"})
        # Two events of a person are two turns of the bot, each with its answer
        self.assertEqual(self.meta.texts(), ["Olá!"] * 6)

    def test_answers_go_to_their_own_people_in_order(self):
        conversation_class = self.registry["contact_center.conversation"]

        def answer(conversation, incoming):
            conversation._say(Outgoing(text=f"Li: {incoming.text}"))

        with (
            patch.object(conversation_class, "_has_bot", lambda conversation: True),
            patch.object(conversation_class, "_on_bot_incoming", answer),
        ):
            self.Event._drain_inbox()
        for person in PEOPLE:
            said = [
                payload["text"]["body"]
                for payload in self.meta.sent
                if person["user_id"] in (payload.get("recipient"), payload.get("to"))
                or person["wa_id"] == payload.get("to", "").lstrip("+")
            ]
            self.assertEqual(said, [f"Li: {text} {person['name']}" for text in ("um", "dois")])
        self.assertEqual(
            set(self.Message.search([("direction", "=", "out")]).mapped("state")), {"sent"}
        )

    def test_a_call_that_breaks_leaves_its_message_unknown_and_the_others_sent(self):
        perform = meta_call.perform

        def broken(call):
            if call.envelope.get("recipient") == JOAO["user_id"] or JOAO["wa_id"] in (
                call.envelope.get("to") or ""
            ):
                raise ZeroDivisionError
            perform(call)

        with (
            self.bot("Olá!"),
            patch.object(meta_call, "perform", broken),
            self.assertLogs("odoo.addons.whatsapp_helpdesk.models.meta_call", "ERROR"),
        ):
            self.Event._drain_inbox()
        states = {
            person["name"]: set(
                self.Message.search([("direction", "=", "out")])
                .filtered(lambda message: message.identity_id.bsuid == person["user_id"])  # noqa: B023
                .mapped("state")
            )
            for person in PEOPLE
        }
        self.assertEqual(states["Maria da Silva"], {"sent"})
        self.assertEqual(states["Rosa"], {"sent"})
        self.assertEqual(states["João"], {"unknown", "queued"})

    def test_an_outcome_that_cannot_be_recorded_undoes_no_other(self):
        record = type(self.Message)._record_error

        def fail(message, error):
            if message.identity_id.bsuid == JOAO["user_id"]:
                raise ZeroDivisionError
            record(message, error)

        perform = meta_call.perform

        def refused(call):
            perform(call)
            if JOAO["user_id"] in str(call.envelope) or JOAO["wa_id"] in str(call.envelope):
                call.result = ApiError("timeout")

        logger = "odoo.addons.whatsapp_helpdesk.models.whatsapp_identity_sending"
        with (
            self.bot("Olá!"),
            patch.object(meta_call, "perform", refused),
            patch.object(type(self.Message), "_record_error", fail),
            self.assertLogs(logger, "ERROR"),
        ):
            self.Event._drain_inbox()
        out = self.Message.search([("direction", "=", "out")])
        others = out.filtered(lambda message: message.identity_id.bsuid != JOAO["user_id"])
        self.assertEqual(set(others.mapped("state")), {"sent"})
        self.assertEqual(len(others), 4)
        self.assertIn("sending", (out - others).mapped("state"))

    def test_somebody_to_whom_another_job_sends_is_not_waited_for(self):
        with self.bot("Olá!"), self.jobs(run=False) as trap:
            self.Event._drain_inbox()
            self.meta.sent.clear()
            joao = self.Message.search([("direction", "=", "out")]).identity_id.filtered(
                lambda identity: identity.bsuid == JOAO["user_id"]
            )
            for person in PEOPLE:
                self.deliver(self.inbound(person=person, text="três"), run=False)
            with self.registry.cursor() as other:
                lock = joao._outbox_lock()
                other.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [lock])
                self.Event._drain_inbox()
                other.execute("SELECT pg_advisory_unlock_all()")
        self.assertEqual(len(self.meta.texts()), 2)
        (job,) = [job for job in trap.enqueued_jobs if job.method_name == "_send_outbox"]
        self.assertEqual(job.recordset, joao)
        self.assertTrue(job.eta)

    def test_a_flow_that_fails_undoes_the_savepoint_that_it_shares(self):
        session = together(self.env["chatbot.flow.session"])
        with self.assertRaises(NotTogetherError), session._savepoint():
            raise ZeroDivisionError

    def test_no_context_from_outside_is_together(self):
        forged = self.env["whatsapp.event"].with_context(whatsapp_together=True)
        self.assertFalse(are_together(forged.env))

    def test_slow_answers_let_another_job_stay(self):
        told = []
        with (
            self.bot("Olá!"),
            patch.object(meta_call, "_SLOW", 0.0),
            patch.object(meta_call, "wait", lambda calls, timeout: (set(), set(calls))),
            patch.object(type(self.Event), "_hand_on", lambda _inbox, stay: told.append(stay.here)),
        ):
            self.Event._drain_inbox()
        self.assertTrue(told and all(told))


@tagged("post_install", "-at_install")
class TestStay(WhatsappCase):
    """The job that stays gets all messages stored while it holds its lock."""

    def is_waiting(self):
        self.env["queue.job"].search([("identity_key", "=", INBOX_KEY)]).unlink()
        self.env.flush_all()
        return self.Event._is_waiting(INBOX_KEY)

    def test_a_job_that_stays_sees_what_is_stored(self):
        self.assertFalse(self.is_waiting())
        with self.registry.cursor() as other:
            other.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [INBOX_KEY])
            self.assertTrue(self.is_waiting())
            other.execute("SELECT pg_advisory_unlock_all()")
        self.assertFalse(self.is_waiting())

    def test_what_comes_while_a_job_leaves_is_processed_by_it(self):
        until, come = type(self.Event)._drain_until, [True]

        def leave(events, *args):
            result = until(events, *args)
            if come:
                come.clear()
                self.deliver(self.inbound(text="no último momento"), run=False)
            return result

        with patch.object(type(self.Event), "_drain_until", leave):
            self.Event._drain_inbox()
        self.assertEqual(self.Event.search([]).mapped("state"), ["processed"])

    def test_a_job_gives_its_place_to_another_one(self):
        stay = whatsapp_inbox_drain._Stay(self.Event._try_lock(INBOX_KEY))
        with self.jobs(run=False) as trap:
            self.Event._hand_on(stay)
            self.Event._hand_on(stay)
        self.assertEqual([job.method_name for job in trap.enqueued_jobs], ["_drain_inbox"])
        self.assertFalse(stay.here)
        with self.registry.cursor() as other:
            other.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [INBOX_KEY])
            free = other.fetchone()[0]
            other.execute("SELECT pg_advisory_unlock_all()")
        self.assertTrue(free)
