# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import csv
import hashlib
import io
import zipfile
from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.contact_center.tests.common import ContactCenterCase

from .. import measure
from .common import IndicatorMixin

LATER = datetime(2026, 12, 2, 13)


@tagged("post_install", "-at_install")
class TestHandedOver(IndicatorMixin, ContactCenterCase):
    """Codes mailed to both parties, and the data base of each month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time(LATER)
        freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.inspector = cls._inspector()
        cls.inspector.email = "fiscal@exemplo.com.br"
        cls.Digest = cls.env["contact_center.indicator.digest"].sudo()
        cls.Delivery = cls.env["contact_center.indicator.delivery"].sudo()

    # ------------------------------------------------------------
    # Digests
    # ------------------------------------------------------------

    def test_both_parties_get_the_code_of_what_was_closed(self):
        group = "contact_center_indicator.group_contract_manager"
        gestor = self._user("cc_contract", "Gil Gestor", group)
        gestor.email = "gestor@exemplo.com.br"
        self._contact(lost=3)
        closing = self._freeze()
        self.Digest._cron_digest()
        digest = self.Digest.search([], limit=1)
        self.assertEqual((digest.seal_id, digest.hash), (closing, closing.hash))
        self.assertEqual(digest.city_recipients, "fiscal@exemplo.com.br")
        self.assertEqual(digest.contractor_recipients, "gestor@exemplo.com.br")
        mail = digest.mail_id
        self.assertEqual(mail.email_to, "fiscal@exemplo.com.br,gestor@exemplo.com.br")
        self.assertIn(closing.hash, mail.body_html)
        self.assertIn("100,00", mail.body_html)

    def test_nothing_new_is_not_mailed_again(self):
        self._freeze()
        self.Digest._cron_digest()
        self.Digest._cron_digest()
        self.assertEqual(len(self.Digest.search([])), 1)
        self._freeze(date(2026, 11, 18))
        self._freeze(date(2026, 11, 17))
        self.Digest._cron_digest()
        self.assertEqual(self.Digest.search([], limit=1).closing_count, 2)

    def test_administrators_stand_for_a_contractor_without_a_manager(self):
        self._freeze()
        self.administrator.email = "adm@exemplo.com.br"
        self.Digest._cron_digest()
        self.assertIn("adm@exemplo.com.br", self.Digest.search([]).contractor_recipients)

    def test_a_chain_that_was_made_anew_is_found_out(self):
        """Somebody changes a figure, and all codes after it, so that the chain holds."""
        self._contact(lost=3)
        closing = self._freeze()
        self.Digest._cron_digest()
        row = closing.row_ids[0]
        cr = self.env.cr
        cr.execute(
            "UPDATE contact_center_indicator_day SET numerator = numerator + 1 WHERE id = %s",
            (row.id,),
        )
        self.env.invalidate_all()
        cr.execute(
            "UPDATE contact_center_indicator_day SET hash = %s WHERE id = %s",
            (measure.hash_of(row._sealed()), row.id),
        )
        self.env.invalidate_all()
        hashes = closing.row_ids.sorted("id").mapped("hash")
        cr.execute(
            "UPDATE contact_center_indicator_seal SET hash = %s WHERE id = %s",
            (measure.seal(closing.previous, closing.header, hashes), closing.id),
        )
        self.env.invalidate_all()
        found = self.env["contact_center.indicator.seal"]._faults()
        self.assertEqual(len(found), 1)
        self.assertIn("2026-11-19", found[0])

    # ------------------------------------------------------------
    # Data bases
    # ------------------------------------------------------------

    def _november(self):
        for day in measure.days_of_month(2026, 11):
            self._freeze(day)

    def test_a_month_is_handed_over_when_it_is_closed(self):
        lost = self._contact(lost=3)
        self._contact(answered=5, replied=1)
        self._freeze()
        self.Delivery._cron_deliver()
        self.assertFalse(self.Delivery.search([]))
        self._november()
        self.Delivery._cron_deliver()
        self.Delivery._cron_deliver()
        delivery = self.Delivery.search([])
        self.assertEqual((delivery.month, delivery.wait_count), (date(2026, 11, 1), 2))
        content = base64.b64decode(delivery.content)
        self.assertEqual(delivery.digest, hashlib.sha256(content).hexdigest())
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            self.assertEqual(
                set(packed.namelist()),
                {
                    *("fechamentos-2026-11.json", "verificador.py", "LEIA-ME.txt"),
                    *("numeros.csv", "esperas.csv"),
                },
            )
            waits = self._table(packed, "esperas.csv")
            figures = self._table(packed, "numeros.csv")
        self.assertEqual(
            {(wait["protocolo"], wait["como"], wait["espera_s"]) for wait in waits[:1]},
            {(lost.protocol, "abandoned", "3.000")},
        )
        self.assertEqual(len(figures), delivery.figure_count)
        names = {figure["matricula"] for figure in figures}
        self.assertNotIn(self.agent.name, names)

    def _table(self, packed, name):
        text = packed.read(name).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=";"))

    def test_both_parties_are_told_which_days_missed_a_daily_goal(self):
        source = type(self.env["contact_center.indicator.source"])
        own = source._sources

        def losses(period, tallies):
            lost = 41 if period.day.day in (3, 17) else 40
            tallies.add("IPL", None, None, measure.Tally(lost, 8000))

        with patch.object(source, "_sources", lambda self: [*own(self), losses]):
            self._november()
        self.Delivery._cron_deliver()
        mail = self.env["mail.mail"].search([("subject", "like", "11/2026")])
        self.assertIn("fiscal@exemplo.com.br", mail.email_to)
        self.assertIn("IPL: 03/11, 17/11", mail.body_html)
        self.assertIn(self.Delivery.search([]).digest, mail.body_html)

    def test_the_city_confirms_the_receipt_once(self):
        self._november()
        self.Delivery._cron_deliver()
        delivery = self.Delivery.search([])
        with self.assertRaises(AccessError):
            delivery.with_user(self.administrator).action_receive()
        delivery.with_user(self.inspector).action_receive()
        self.assertEqual(delivery.received_by_id, self.inspector)
        with self.assertRaises(UserError):
            delivery.with_user(self.inspector).action_receive()

    def test_it_is_kept_until_a_year_after_the_contract(self):
        self._contract(self.inspector, date(2025, 1, 1), end=date(2026, 11, 30))
        self._november()
        self.Delivery._cron_deliver()
        delivery = self.Delivery.search([])
        self.assertEqual(delivery.kept_until, date(2027, 11, 30))
        with freeze_time("2027-11-30 15:00:00"), self.assertRaises(UserError):
            delivery.unlink()
        with freeze_time("2027-12-01 15:00:00"):
            delivery.unlink()
        self.assertFalse(delivery.exists())

    def test_without_a_last_day_it_is_kept(self):
        self._contract(self.inspector, date(2025, 1, 1))
        self._november()
        self.Delivery._cron_deliver()
        with freeze_time("2040-01-01"), self.assertRaises(UserError):
            self.Delivery.search([]).unlink()
