# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
from datetime import datetime, timedelta, timezone
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .. import rest
from ..models.glpi_words import explain
from ..rest.sessions import POOL
from .common import GlpiCase


def certificate(days=30):
    """Return a self-signed certificate valid for `days`, and its key: (PEM, PEM)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "AC da Prefeitura")])
    now = datetime.now(timezone.utc)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return built.public_bytes(serialization.Encoding.PEM), private


@tagged("post_install", "-at_install")
class TestConnection(GlpiCase):
    """The connection to GLPI: sessions, certificates, places, several servers."""

    def _test(self):
        return self.server.with_user(self.administrator).action_test()["params"]

    def test_one_session_serves_many_jobs(self):
        for _number in range(3):
            self._ticket()._push()
        self.assertEqual(self.glpi.log.count("GET initSession"), 1)
        self.assertNotIn("GET killSession", self.glpi.log)
        POOL.close()
        self.assertEqual(self.glpi.log[-1], "GET killSession")

    def test_a_lost_session_is_opened_again_in_the_middle_of_a_job(self):
        ticket = self._ticket()
        with self.server._client() as client:
            client.find_tickets("x")
            self.glpi.forget_sessions()
        ticket._push()
        self.assertEqual(ticket.state, "open")
        self.assertEqual(self.glpi.log.count("GET initSession"), 2)

    def test_new_credentials_end_the_old_session(self):
        with self.server._client() as client:
            client.find_tickets("x")
        self.server.user_token = "another-token"
        self.assertEqual(self.glpi.log[-1], "GET killSession")

    def test_the_test_learns_version_places_and_clock(self):
        self._ticket()._push()
        self._test()
        self.assertEqual(self.server.dialect_found, "legacy")
        self.assertIn("UTC-03:00", self.server.clock_words)
        entities = self.env["glpi.entity"].search([("server_id", "=", self.server.id)])
        self.assertEqual(entities.mapped("complete_name"), ["Prefeitura"])
        profiles = self.env["glpi.profile"].search([("server_id", "=", self.server.id)])
        self.assertEqual(profiles.mapped("name"), ["Integração"])

    def test_chosen_entity_and_profile_are_taken_at_login(self):
        self._test()
        self.server.entity_id = self.env["glpi.entity"].search([], limit=1)
        self.server.profile_id = self.env["glpi.profile"].search([], limit=1)
        self.assertTrue(self.server.other_entity)
        self._ticket()._push()
        self.assertIn("POST changeActiveEntities", self.glpi.log)
        self.assertIn("POST changeActiveProfile", self.glpi.log)
        sent = [body for path, body in self.glpi.bodies if path == "Ticket"]
        self.assertEqual(sent[0]["entities_id"], 0)

    def test_own_certificates_are_checked_when_they_are_uploaded(self):
        good, key = certificate()
        expired, _key = certificate(days=-1)
        for pem, words in (
            (b"hello", "no certificate"),
            (good + key, "private key"),
            (b"-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----", "cannot be read"),
            (expired, "expired"),
        ):
            with self.assertRaisesRegex(ValidationError, words):
                self.server.ca_certificates = base64.b64encode(pem)
        self.server.ca_certificates = base64.b64encode(good)
        options = self.server._wire_options()
        with open(options["verify"], "rb") as bundle:
            self.assertIn(good, bundle.read())
        self.server.verify_tls = False
        self.assertIs(self.server._wire_options()["verify"], False)

    def test_impossible_settings_are_refused(self):
        for vals in (
            {"proxy": "proxy:3128"},
            {"connect_timeout": 0},
            {"read_timeout": 999},
            {"rate": -1},
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.server.write(vals)

    def test_administrators_without_the_secrets_cannot_reroute_them(self):
        server = self.server.with_user(self.administrator)
        for vals in ({"ca_certificates": base64.b64encode(b"x")}, {"dialect": "hlapi"}):
            with self.assertRaises(AccessError):
                server.write(vals)
        for name in ("client_secret", "password", "proxy", "username", "client_id"):
            with self.assertRaises(AccessError):
                server.read([name])

    def test_the_high_level_api_is_taken_when_it_can_be(self):
        self.server.write({"client_id": "c", "client_secret": "s", "username": "u"})
        self.server.password = "p"
        with patch.object(rest, "high_level_versions", return_value=["2.3.0"]):
            self.server._find_dialect()
        self.assertEqual(self.server.dialect_found, "hlapi")
        self.assertIsInstance(self.server._client(), rest.HighLevelClient)
        with patch.object(rest, "high_level_versions", return_value=[]):
            self.server._find_dialect()
        self.assertIsInstance(self.server._client(), rest.LegacyClient)

    def test_queue_and_flow_choose_their_server(self):
        second = self.server.copy({"name": "Outro GLPI", "sequence": 99})
        conversation = self._open()
        tickets = self.env["glpi.ticket"]
        self.assertEqual(tickets._open_for(conversation, "a").server_id, self.server)
        self.queue.glpi_server_id = second
        conversation.queue_id = self.queue
        self.assertEqual(tickets._open_for(conversation, "b").server_id, second)
        chosen = tickets._open_for(conversation, "c", category_id=self.category.id)
        self.assertEqual(chosen.server_id, self.server, "the category's GLPI comes first")
        second.active = False
        self.assertEqual(tickets._open_for(conversation, "d").server_id, self.server)

    def test_every_kind_of_error_has_words_of_its_own(self):
        general = explain(self.env, rest.GlpiRefused("refused"))
        # those that never come out of the client
        inner = {"range", "category", "location"}
        for kind in set(rest.errors.KINDS) - inner - {"refused"}:
            with self.subTest(kind=kind):
                self.assertNotEqual(explain(self.env, rest.GlpiError(kind)), general)
