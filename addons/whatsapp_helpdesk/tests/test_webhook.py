# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.tests import HttpCase, tagged

from ..cloud_api import signature
from ..models import whatsapp_rejection
from .common import MARIA, NUMBER, SECRET, VERIFY, WhatsappCase, signed

URL = "/whatsapp/webhook"


@tagged("post_install", "-at_install")
class TestWebhook(WhatsappCase, HttpCase):
    """The boundary to Meta accepts or refuses calls, and loses nothing."""

    def setUp(self):
        super().setUp()
        whatsapp_rejection._last_flush.clear()

    def post(self, payload, headers=None):
        """POST a body (or a value, as Meta writes it); return the response."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        return self.url_open(URL, data=body, headers=signed(body) if headers is None else headers)

    def stored(self):
        """Return the events stored so far."""
        self.env.invalidate_all()
        return self.Event.search([], order="id")

    def test_challenge_is_answered(self):
        query = f"?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={VERIFY}"
        response = self.url_open(URL + query)
        self.assertEqual((response.status_code, response.text), (200, "1158201444"))
        self.assertTrue(response.headers["Content-Type"].startswith("text/plain"))

    def test_wrong_challenges_are_refused(self):
        for query in (
            "",
            "?hub.mode=subscribe&hub.challenge=1",
            "?hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong",
            f"?hub.challenge=1&hub.verify_token={VERIFY}",
            "?hub.mode=subscribe&hub.challenge=1&hub.verify_token=%C3%A7",
        ):
            self.assertEqual(self.url_open(URL + query).status_code, 403, query)

    def test_signed_message_is_stored_and_wakes_one_job(self):
        before = self.env["queue.job"].search_count([])
        response = self.post(self.inbound(text="oi"))
        self.assertEqual((response.status_code, response.text), (200, ""))
        event = self.stored()
        self.assertEqual((event.kind, event.state), ("message", "received"))
        self.assertEqual((event.account_id, event.phone_number_id), (self.account, NUMBER))
        self.assertEqual(event.contact_key, f"{NUMBER}:{MARIA['user_id']}")
        jobs = self.env["queue.job"].search([], order="id desc", limit=1)
        self.assertEqual(self.env["queue.job"].search_count([]), before + 1)
        self.assertEqual(jobs.method_name, "_drain_inbox")
        self.assertEqual(jobs.channel, "root.whatsapp.in")
        self.assertEqual(jobs.identity_key, "whatsapp.in")

    def test_same_message_thrice_is_one_event_and_one_job(self):
        payload = self.inbound(text="oi")
        before = self.env["queue.job"].search_count([])
        for _time in range(3):
            self.assertEqual(self.post(payload).status_code, 200)
        self.assertEqual(len(self.stored()), 1)
        self.assertEqual(self.env["queue.job"].search_count([]), before + 1)

    def test_what_comes_again_wakes_a_job_if_nobody_was_told_the_first_time(self):
        payload = self.inbound(text="oi")
        self.post(payload)
        # Killed after the message was on record, before a job was
        self.env["queue.job"].search([]).unlink()
        self.post(payload)
        self.assertEqual(self.env["queue.job"].search([]).mapped("method_name"), ["_drain_inbox"])

    def test_forged_signatures_leave_nothing_behind(self):
        body = json.dumps(self.inbound(text="segredo")).encode()
        good = signature.sign(SECRET, body)
        for header in (None, "", good[:-1], good[:30], good + "0", "sha256=" + "0" * 64):
            headers = {"Content-Type": "application/json"}
            if header is not None:
                headers[signature.HEADER] = header
            with self.subTest(header=header):
                self.assertEqual(self.post(body, headers).status_code, 403)
        other = signature.sign("other secret", body)
        self.assertEqual(self.post(body, {signature.HEADER: other}).status_code, 403)
        self.assertFalse(self.stored())
        counted = self.env["whatsapp.rejection"].search([("reason", "=", "signature")])
        self.assertGreaterEqual(sum(counted.mapped("count")), 1)

    def test_a_rejection_counts_on_the_day_that_it_is_in_the_city(self):
        rejections = self.env["whatsapp.rejection"]
        key = (self.env.cr.dbname, "signature")
        for zone, at, day in (
            ("America/Sao_Paulo", "2031-03-11 01:30:00", "2031-03-10"),
            ("America/Rio_Branco", "2031-03-21 04:30:00", "2031-03-20"),
            ("America/Sao_Paulo", "2031-03-30 03:10:00", "2031-03-30"),
        ):
            self.queue.calendar_id = self.queue.calendar_id.copy({"tz": zone})
            with freeze_time(at):
                rejections._add({key: 3})
            self.assertEqual(rejections.search([("day", "=", day)]).count, 3, (zone, at))

    def test_without_any_secret_everything_is_refused(self):
        self.env["whatsapp.account"].search([]).app_secret = False
        body = b'{"entry": []}'
        headers = {signature.HEADER: signature.sign("", body)}
        self.assertEqual(self.post(body, headers).status_code, 403)

    def test_escaped_and_raw_unicode(self):
        payload = self.inbound(text="ação 😀")
        self.assertEqual(self.post(json.dumps(payload).encode()).status_code, 200)
        again = self.inbound(text="ação 😀")
        body = json.dumps(again, ensure_ascii=False).encode()
        self.assertEqual(self.post(body).status_code, 200)
        texts = [event.payload["message"]["text"]["body"] for event in self.stored()]
        self.assertEqual(texts, ["ação 😀"] * 2)

    def test_invalid_json_is_kept_for_inspection(self):
        body = b'{"entry": [\x00 ill\xc3\x28'
        for _time in range(2):
            self.assertEqual(self.post(body).status_code, 200)
        event = self.stored()
        self.assertEqual((event.kind, event.state), ("unreadable", "failed"))
        self.assertIn("ill", event.raw_body)
        self.assertTrue(event.error)

    def test_json_without_sense_is_kept(self):
        for payload in (None, [], 7, {"entry": 3}, {"entry": [{"changes": [5]}]}):
            self.assertEqual(self.post(payload).status_code, 200)
        self.assertEqual(set(self.stored().mapped("kind")), {"other"})
        self.assertEqual(len(self.stored()), 5)

    def test_nul_and_half_surrogates_are_replaced(self):
        body = json.dumps(self.inbound(text="a\x00b\ud83d")).encode()
        self.assertEqual(self.post(body).status_code, 200)
        self.assertEqual(self.stored().payload["message"]["text"]["body"], "a\ufffdb\ufffd")

    def test_body_of_four_megabytes_loses_nothing(self):
        payload = self.call({"messages": [self.message(text="x" * 1000) for _n in range(4000)]})
        body = json.dumps(payload).encode()
        self.assertGreater(len(body), 4_000_000)
        self.assertEqual(self.post(body).status_code, 200)
        self.assertEqual(len(self.stored()), 4000)

    def test_larger_than_the_limit_is_refused(self):
        body = b" " * (8 * 1024 * 1024 + 1)
        self.assertEqual(self.post(body).status_code, 413)
        self.assertFalse(self.stored())

    def test_batch_of_many_people_is_handed_on_by_one_job(self):
        people = [{"wa_id": f"55319{number:08}", "user_id": ""} for number in range(30)]
        payload = self.call({"messages": [self.message(person, text="oi") for person in people]})
        before = self.env["queue.job"].search_count([])
        self.assertEqual(self.post(payload).status_code, 200)
        self.assertEqual(len(self.stored()), 30)
        self.assertEqual(self.env["queue.job"].search_count([]), before + 1)

    def test_mixed_batch_is_stored_whole(self):
        payload = self.inbound(text="oi")
        changes = payload["entry"][0]["changes"]
        changes.append(
            self.call({"statuses": [{"id": "w", "status": "sent"}]})["entry"][0]["changes"][0]
        )
        changes.append({"field": "not_invented_yet", "value": {"a": 1}})
        self.assertEqual(self.post(payload).status_code, 200)
        self.assertEqual(self.stored().mapped("kind"), ["message", "status", "other"])

    def test_unknown_number_is_stored(self):
        self.assertEqual(self.post(self.inbound(number="999", text="oi")).status_code, 200)
        event = self.stored()
        self.assertEqual((event.account_id.id, event.phone_number_id), (False, "999"))

    def test_conflict_with_another_delivery_is_repeated(self):
        real, calls = type(self.Event)._insert, []

        def flaky(events, items):
            calls.append(1)
            if len(calls) == 1:
                raise SerializationFailure
            return real(events, items)

        with patch.object(type(self.Event), "_insert", flaky):
            self.assertEqual(self.post(self.inbound(text="oi")).status_code, 200)
        self.assertEqual(len(self.stored()), 1)
        self.assertEqual(len(calls), 2)
