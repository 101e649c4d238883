# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import GlpiCase


@tagged("post_install", "-at_install")
class TestServer(GlpiCase):
    """Problems of the connection are explained to the administrator."""

    def _test(self):
        return self.server.with_user(self.administrator).action_test()["params"]

    def test_connection_works(self):
        shown = self._test()
        self.assertEqual(shown["type"], "success")
        self.assertEqual((self.server.state, self.server.version), ("ok", "10.0.6"))

    def test_a_circuit_breaker_comes_with_the_server(self):
        server = self.server.copy({"name": "Outro"})
        breakers = self.env["glpi.breaker"].search([("server_id", "=", server.id)])
        self.assertEqual(breakers.mapped("state"), ["closed"])

    def test_every_wrong_setting_is_named(self):
        cases = {
            (401, "ERROR_GLPI_LOGIN_USER_TOKEN"): "user token",
            (400, "ERROR_WRONG_APP_TOKEN_PARAMETER"): "App-Token",
            (400, "ERROR_APP_TOKEN_PARAMETERS_MISSING"): "App-Token",
            (400, "ERROR_NOT_ALLOWED_IP"): "IP",
            (400, "ERROR"): "REST API",
            (503, "x"): "not available",
        }
        for login, words in cases.items():
            with self.subTest(login=login):
                self.glpi.refuse("GET initSession", *login)
                shown = self._test()
                self.assertEqual(shown["type"], "danger")
                self.assertIn(words, shown["message"])
                self.assertTrue(self.server.last_error)
                self.assertNotEqual(self.server.state, "ok")

    def test_nobody_answers(self):
        self.glpi.down = True
        self.assertIn("does not answer", self._test()["message"])
        self.assertEqual(self.server.state, "down")

    def test_token_missing_or_impossible(self):
        self.server.user_token = False
        self.assertIn("user token", self._test()["message"])
        self.server.user_token = "cópia errada"
        self.assertIn("characters", self._test()["message"])
        self.assertFalse(self.glpi.log)

    def test_address_is_checked_when_it_is_entered(self):
        for url in ("glpi.example.test", "https://user:pass@glpi.example.test", "ftp://x"):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                self.server.url = url
        self.server.url = False
        self.assertIn("address", self._test()["message"])

    def test_missing_rights_are_listed(self):
        self.glpi.settings(profile_rights={"ticket": 4, "document": 7, "itilcategory": 1})
        shown = self._test()
        self.assertEqual(shown["type"], "warning")
        for words in ("see tickets", "see locations", "see users", "add followups"):
            self.assertIn(words, shown["message"])
        self.assertNotIn("create tickets", shown["message"])
        self.assertEqual(self.server.state, "error")

    def test_catalogues_are_mirrored(self):
        self.glpi.take("ITILCategory", [2])
        self.glpi.put(
            "ITILCategory",
            {"id": 1, "completename": "Computador"},
            {"id": 5, "name": "Rede &#38; Wi-Fi", "completename": "Rede &#38; Wi-Fi"},
        )
        shown = self.server.with_user(self.administrator).action_sync_catalogues()["params"]
        self.assertEqual(shown["type"], "success")
        categories = self.env["glpi.category"].search([("server_id", "=", self.server.id)])
        self.assertEqual(
            {c.glpi_id: c.complete_name for c in categories}, {1: "Computador", 5: "Rede & Wi-Fi"}
        )
        self.assertFalse(self.other_category.active, "gone from GLPI: archived, not deleted")
        self.assertEqual(self.server.location_count, 2)
        self.server.action_sync_catalogues()
        self.assertEqual(self.server.category_count, 2)

    def test_each_missing_right_is_named_with_the_box_to_tick(self):
        full = {"ticket": 1031, "followup": 12289, "document": 5}
        full |= dict.fromkeys(
            ("user", "entity", "group", "itilcategory", "location", "dropdown"), 1
        )
        self.glpi.settings(profile_rights=full)
        self.assertEqual(self._test()["type"], "success")
        less = (
            ("dropdown", 0, "request sources (profile, tab Setup: Global dropdowns ▸ Read)"),
            ("group", 0, "see groups"),
            ("entity", 0, "see entities"),
            ("itilcategory", 0, "see categories"),
            ("ticket", 1029, "change tickets"),
            ("followup", 4096 + 8192, "see followups"),
            ("followup", 4096 + 1, "see private followups"),
            ("followup", 8192 + 1, "add followups (profile, tab Assistance: Followups"),
            ("document", 1, "add documents"),
            ("document", 4, "see documents"),
        )
        for key, bits, words in less:
            self.glpi.settings(profile_rights={**full, key: bits})
            message = self._test()["message"]
            self.assertIn(words, message)
            self.assertNotIn(";", message, "only that one")

    def test_catalogue_that_may_not_be_read_is_named_with_its_right(self):
        self.glpi.settings(rights_missing=["RequestType"])
        shown = self.server.action_sync_catalogues()["params"]
        self.assertIn("Request sources", shown["message"])
        self.assertIn("Global dropdowns", shown["message"])
        failed = self.server.sync_ids.filtered(lambda sync: sync.state == "failed")
        self.assertEqual(failed.catalogue, "request_types")
        self.assertIn("Listas suspensas globais", failed.error)
        self.assertGreater(self.server.category_count, 0, "the others were read")
        self.assertIn("request sources", self._test()["message"])

    def test_catalogue_without_the_right(self):
        self.glpi.refuse("GET Location", 403, "ERROR_RIGHT_MISSING")
        shown = self.server.action_sync_catalogues()["params"]
        self.assertIn("right", shown["message"])
        self.assertTrue(self.category.active)

    def test_working_connection_wakes_what_waits(self):
        ticket = self._ticket()
        self.glpi.down = True
        self.assertTrue(self._push_fails(ticket))
        self.glpi.down = False
        self._test()
        self.server._pump()
        self.assertEqual(ticket.state, "open")

    def test_refused_tickets_are_sent_again_together(self):
        self.glpi.refuse("POST Ticket", 400, "ERROR_GLPI_ADD")
        tickets = self._ticket() | self._ticket()
        for ticket in tickets:
            ticket._push()
        self.assertEqual(self.server.failed_count, 2)
        self.glpi.behave()
        self.server.with_user(self.administrator).action_push_failed()
        for ticket in tickets:
            ticket._push()
        self.assertEqual(set(tickets.mapped("state")), {"open"})
