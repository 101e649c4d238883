# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import io
import json
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.contact_center_cube.tests.common import DAY, MORNING, CubeCase


@tagged("post_install", "-at_install")
class TestOpenData(CubeCase, HttpCase):
    """What the public reads, and when."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.page = cls.env["contact_center.open.data"]._only()
        cls.page.write({"delay_days": 1, "day_from": DAY, "publisher": "Cidade & Cia"})

    def _contacts(self, number, queue=None, **values):
        for _number in range(number):
            contact = self._contact(**values)
            if queue:
                self.env.cr.execute(
                    "UPDATE contact_center_stay SET queue_id = %s WHERE conversation_id = %s",
                    (queue.id, contact.id),
                )
        self.env.invalidate_all()

    def _rows(self, dataset="esperas"):
        rows = self.env["contact_center.open.data.row"].search(
            [("dataset", "=", dataset)], order="day, kind, label"
        )
        return [(row.label, row.count) for row in rows]

    def _get(self, path=""):
        self.env.flush_all()
        return self.url_open(f"/dados-abertos{path}")

    def test_off_until_it_is_switched_on(self):
        self._contacts(6)
        self._refresh()
        self.env["contact_center.open.data"]._cron_publish()
        self.assertFalse(self._rows())
        for path in ("", "/esperas.csv", "/dicionario.csv"):
            self.assertEqual(self._get(path).status_code, 404)

    def test_published_with_licence_and_dictionary(self):
        self._contacts(6, waited=15, vote="very_good")
        self._refresh()
        self.page.with_user(self.administrator).action_switch_on()
        self.assertEqual(self._rows(), [(self.queue.name, 6), ("total", 6)])
        html = self._get().text
        for words in ("Cidade &amp; Cia", "CC BY 4.0", "media_segundos", "19/11/2026"):
            self.assertIn(words, html)
        found = self._get("/esperas.csv")
        self.assertEqual(found.headers["Access-Control-Allow-Origin"], "*")
        rows = list(csv.DictReader(io.StringIO(found.content.decode("utf-8-sig")), delimiter=";"))
        self.assertEqual(rows[-1]["media_segundos"], "15")
        self.assertEqual([row["quantidade"] for row in rows], ["6", "6"])
        body = json.loads(self._get("/satisfacao.json").content)
        self.assertEqual(body["licenca"], "CC BY 4.0")
        self.assertEqual([row["quantidade"] for row in body["linhas"]], [6, 6])
        self.assertIn("categoria", self._get("/dicionario.csv").text)
        again = self.url_open(
            "/dados-abertos/esperas.csv", headers={"If-None-Match": found.headers["ETag"]}
        )
        self.assertEqual(again.status_code, 304)
        self.assertEqual(self._get("/segredo.csv").status_code, 404)
        self.page.with_user(self.administrator).action_switch_off()
        self.assertEqual(self._get("/esperas.csv").status_code, 404)

    def test_small_counts_are_put_together(self):
        self._contacts(7)
        self._contacts(2, self.other_queue)
        self._refresh()
        self.page.sudo().is_on = True
        self.env["contact_center.open.data"]._cron_publish()
        self.assertEqual(self._rows(), [("demais", 9), ("total", 9)])

    def test_a_day_with_hardly_anybody_tells_nothing(self):
        self._contacts(2)
        self._refresh()
        self.page.with_user(self.administrator).action_switch_on()
        self.assertFalse(self._rows())
        self.assertEqual(self.page.last_day, DAY)

    def test_nothing_that_points_at_a_person(self):
        self.citizen.write({"name": "Zenóbia Única", "email": "zenobia@example.com"})
        self._contacts(6, vote="good")
        self._refresh()
        self.page.with_user(self.administrator).action_switch_on()
        protocol = self.env["contact_center.conversation"].search([], limit=1).protocol
        for file in self.env["contact_center.open.data.file"].search([]):
            content = self._get(f"/{file.name}").text
            for secret in ("Zenóbia", "zenobia@", protocol, self.agent.name, "88887777"):
                self.assertNotIn(secret, content)

    def test_a_published_day_never_changes(self):
        self._contacts(6)
        self._refresh()
        self.page.with_user(self.administrator).action_switch_on()
        before = self._rows()
        self._contacts(1)
        self._refresh()
        self.env["contact_center.open.data"]._cron_publish()
        self.assertEqual(self._rows(), before)

    def test_only_days_that_are_over_and_counted(self):
        self.page.delay_days = 2
        self._contacts(6)
        self._refresh()
        self.page.with_user(self.administrator).action_switch_on()
        self.assertFalse(self._rows())
        self.page.day_from = DAY - timedelta(days=1)
        self._contacts(5, at=MORNING - timedelta(days=1))
        self._refresh()
        self.env["contact_center.open.data"]._cron_publish()
        self.assertEqual(self._rows(), [(self.queue.name, 5), ("total", 5)])
        self.assertEqual(self.page.last_day, DAY - timedelta(days=1))

    def test_tables_that_were_made_anew_are_not_published_empty(self):
        self._contacts(6)
        self._refresh()
        self.env["ir.config_parameter"].set_param("contact_center_cube.definitions", "other")
        with freeze_time(fields.Datetime.now() + timedelta(minutes=5)):
            self.env["contact_center.cube.schema"]._ensure()
            self.page.with_user(self.administrator).action_switch_on()
            self.assertFalse(self._rows())
            self.assertFalse(self.page.last_day)
            self._refresh()
            self.env["contact_center.open.data"]._cron_publish()
            self.assertEqual(self._rows(), [(self.queue.name, 6), ("total", 6)])

    def test_administrators_switch(self):
        for user in (self.manager, self.supervisor):
            with self.assertRaises(AccessError):
                self.page.with_user(user).action_switch_on()
        with self.assertRaises(UserError):
            self.page.with_user(self.administrator).write({"is_on": True})
        with self.assertRaises(UserError):
            self.page.unlink()
        self.assertFalse(self.page.is_on)
