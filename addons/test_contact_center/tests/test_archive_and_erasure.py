# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.contact_center_privacy.tests.test_request import NAME, PrivacyCase


@tagged("post_install", "-at_install")
class TestArchiveAndErasure(PrivacyCase):
    def test_the_archive_finds_nothing_any_more(self):
        self._story()
        stranger = self.env["res.partner"].create({"name": "Outro Cidadão"})
        third = self.Conversation._open(stranger, "internal", queue=self.queue)
        third._receive(self._text(f"Sou vizinho da {NAME}"))
        archive = self.env["contact_center.archive.message"]
        archive._insert(archive._missing(1000))
        self.assertTrue(archive.search([("text_search", "ilike", "Jabuticabeiras")]))
        self.assertTrue(archive.search([("text_search", "ilike", "Vasconcelos")]))
        self._erase(self._request())
        for word in ("Jabuticabeiras", "Vasconcelos", "muro"):
            self.assertFalse(archive.search([("text_search", "ilike", word)]), word)
        self.assertTrue(archive.search([("text_search", "ilike", "vizinho")]))
