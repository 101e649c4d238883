# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import inspect
import io
import json
import time
from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, tagged

from odoo.addons.contact_center.tests.far_side import addresses
from odoo.addons.contact_center.tests.real_cursors import RealCursorsCase

from .. import light_webhook
from ..cloud_api import signature
from ..models.whatsapp_event import INBOX_KEY
from . import test_webhook
from .common import MARIA, NUMBER, SECRET, WABA, WhatsappCase, signed

LOGGER = "odoo.addons.whatsapp_helpdesk.light_webhook"
STORED = "SELECT count(*) FROM whatsapp_event WHERE account_id = %s"
PLANNED = "SELECT name, generic_plans + custom_plans FROM pg_prepared_statements ORDER BY name"


def put_in_front(cls):
    """Put the webhook in front of Odoo for a class of tests.

    Pytest does not run `post_load`.
    """
    application = inspect.unwrap(http.Application.__call__)
    front = light_webhook._in_front_of(application)
    cls.startClassPatcher(patch.object(http.Application, "__call__", front))


@tagged("post_install", "-at_install")
class TestWebhookInFront(test_webhook.TestWebhook):
    """The way in front of Odoo passes all tests of the webhook."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        put_in_front(cls)


@tagged("post_install", "-at_install")
class TestLightWebhook(WhatsappCase, HttpCase):
    """The usual delivery is answered in front of Odoo, anything else the ordinary way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        put_in_front(cls)

    def post(self, payload, **more):
        """POST a signed body; return the response, and whether it never reached Odoo."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        taken = []
        with patch.object(light_webhook, "_store", self.noting(taken)):
            response = self.url_open(
                light_webhook.PATH, data=body, headers={**signed(body), **more}
            )
        return response, taken

    @staticmethod
    def noting(noted):
        """Return `_store` which notes whether it took the delivery."""
        store = light_webhook._store

        def note(registry, body, header):
            taken = store(registry, body, header)
            noted.append(taken)
            return taken

        return note

    def stored(self):
        self.env.invalidate_all()
        return self.Event.search([], order="id")

    def test_the_usual_delivery_never_reaches_odoos_stack(self):
        with patch("odoo.http.Request._serve_db", side_effect=ZeroDivisionError):
            response, taken = self.post(self.inbound(text="oi"))
        self.assertEqual((response.status_code, response.text, taken), (200, "", [True]))
        self.assertEqual(self.stored().payload["message"]["text"]["body"], "oi")
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")

    def test_what_is_forged_is_refused_by_the_controller(self):
        body = json.dumps(self.inbound(text="segredo")).encode()
        forged = {signature.HEADER: signature.sign("another secret", body)}
        response, taken = self.post(body, **forged)
        self.assertEqual((response.status_code, taken), (403, [False]))
        self.assertFalse(self.stored())

    def test_what_cannot_be_read_is_kept_by_the_controller(self):
        response, taken = self.post(b'{"entry": [')
        self.assertEqual((response.status_code, taken), (200, [False]))
        self.assertEqual(self.stored().kind, "unreadable")

    def test_a_number_that_is_not_known_yet_is_looked_up_by_the_controller(self):
        response, taken = self.post(self.inbound(number="999", text="oi"))
        self.assertEqual((response.status_code, taken), (200, [False]))
        self.assertEqual(self.stored().phone_number_id, "999")

    def test_an_error_leaves_the_delivery_to_the_controller(self):
        body = json.dumps(self.inbound(text="oi")).encode()
        with (
            patch.object(light_webhook, "_store", side_effect=ZeroDivisionError),
            self.assertLogs(LOGGER, "WARNING"),
        ):
            response = self.url_open(light_webhook.PATH, data=body, headers=signed(body))
        self.assertEqual(response.status_code, 200)
        self.assertEqual(len(self.stored()), 1)

    def test_a_body_of_no_or_wrong_length_is_not_read(self):
        for length in ("", "0", "-1", "x", str(light_webhook.MAX_BODY + 1)):
            environ = {"CONTENT_LENGTH": length, "wsgi.input": io.BytesIO(b"{}")}
            self.assertIsNone(light_webhook._read(environ), length)
            self.assertEqual(environ["wsgi.input"].read(), b"{}")
        chunked = {"CONTENT_LENGTH": "2", "HTTP_TRANSFER_ENCODING": "chunked"}
        self.assertIsNone(light_webhook._read({**chunked, "wsgi.input": io.BytesIO(b"{}")}))

    def test_what_was_read_can_be_read_again(self):
        environ = {"CONTENT_LENGTH": "2", "wsgi.input": io.BytesIO(b"{}rest of the connection")}
        self.assertEqual(light_webhook._read(environ), b"{}")
        self.assertEqual(environ["wsgi.input"].read(), b"{}")

    def test_a_server_with_several_databases_goes_the_ordinary_way(self):
        with patch.object(light_webhook, "config", {"db_name": ["one", "another"]}):
            self.assertFalse(light_webhook._taken(b"{}", None))


@tagged("post_install", "-at_install")
class TestKeptConnection(RealCursorsCase):
    """The connection kept between deliveries commits what it stores, and may die."""

    def setUp(self):
        super().setUp()
        light_webhook._close()
        self.addCleanup(light_webhook._close)
        self.woken = []
        # With the statements that the connection is used for then
        self.patch(
            self.registry["whatsapp.event"],
            "_wake_jobs",
            lambda events, keys: self.woken.append((keys, events.env.cr.connection.autocommit)),
        )
        with self.transaction() as env:
            queue = env["contact_center.queue"].create({"name": "Fila de verdade"})
            self.account_id = (
                env["whatsapp.account"]
                .create(
                    {
                        "name": "Prefeitura de verdade",
                        "phone_number_id": NUMBER,
                        "waba_id": WABA,
                        "display_phone_number": "553138000156",
                        "access_token": "access-token",
                        "app_secret": SECRET,
                        "verify_token": "verify-token",
                        "api_url": addresses()["Meta"],
                        "queue_id": queue.id,
                    }
                )
                .id
            )

    def deliver(self, number):
        """Let Meta deliver a message; return whether it was taken."""
        message = {
            "id": f"wamid.kept{number}",
            "timestamp": str(int(time.time())),
            "from": MARIA["wa_id"],
            "type": "text",
            "text": {"body": "oi"},
        }
        body = json.dumps(WhatsappCase.call({"messages": [message]})).encode()
        return light_webhook._store(self.registry, body, signature.sign(SECRET, body))

    def stored(self):
        return self.committed(STORED, self.account_id)[0][0]

    def test_deliveries_use_one_connection_and_are_committed(self):
        used = []
        for number in range(3):
            self.assertTrue(self.deliver(number))
            self.assertEqual(self.stored(), number + 1)
            (env,) = light_webhook._kept.values()
            used.append(env.cr.connection)
        self.assertEqual(len(set(used)), 1)
        self.assertEqual(self.woken, [({INBOX_KEY}, False)] * 3)
        self.assertEqual(used[0].info.transaction_status, 0, "no transaction stays open")

    def test_what_each_delivery_needs_is_planned_once(self):
        for number in range(3):
            self.assertTrue(self.deliver(number))
        self.assertEqual(self.stored(), 3)
        (env,) = light_webhook._kept.values()
        env.cr.execute(PLANNED)
        self.assertEqual(
            env.cr.fetchall(), [("whatsapp_insert", 3), ("whatsapp_somebody_comes", 3)]
        )
        light_webhook._close()
        with self.registry.cursor() as cr:
            cr.execute(PLANNED)
            self.assertEqual(cr.fetchall(), [], "whoever borrows it finds nothing of ours")
        self.assertTrue(self.deliver(3))

    def test_a_connection_that_died_is_replaced(self):
        self.assertTrue(self.deliver(1))
        (env,) = light_webhook._kept.values()
        env.cr.connection.close()
        with self.assertRaises(Exception):  # noqa: B017 - of psycopg2, as it happens to say it
            self.deliver(2)
        self.assertFalse(light_webhook._kept)
        self.assertTrue(self.deliver(3))
        self.assertEqual(self.stored(), 2)

    def test_a_connection_goes_back_as_it_was_lent(self):
        self.assertTrue(self.deliver(1))
        (env,) = light_webhook._kept.values()
        connection = env.cr.connection
        light_webhook._close()
        self.assertFalse(connection.autocommit)
