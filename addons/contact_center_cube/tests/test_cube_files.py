# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import io
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..wizards import cube_export
from .common import DAY, CubeCase


@tagged("post_install", "-at_install")
class TestCubeFiles(CubeCase, HttpCase):
    """Cubes and their dictionary as files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.password = "gestora de números 1"

    def _export(self, kind, user=None, **values):
        cube = self.env["contact_center.cube"].search([("code", "=", "esperas")])
        dialogs = self.env["contact_center.cube.export"].with_user(user or self.manager)
        return dialogs.create(
            {"cube_id": cube.id, "kind": kind, "day_from": DAY, "day_until": DAY, **values}
        )

    def test_csv_is_what_the_view_shows(self):
        self.queue.name = "=2+2"
        self._contact()
        self._refresh()
        export = self._export("csv")
        export._check()
        stream = io.BytesIO()
        self.assertEqual(export._write_file(stream), 1)
        (row,) = csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig")), delimiter=";")
        self.assertEqual(row["dia"], "2026-11-19")
        self.assertEqual(row["fila"], "'=2+2")
        self.assertEqual(row["esperas"], "1")
        self.assertEqual(row["segundos_espera"], "15,0")

    def test_downloaded_by_managers(self):
        self._contact()
        self._refresh()
        export = self._export("parquet")
        url = export.action_download()["url"]
        self.env.flush_all()
        self.authenticate(self.manager.login, "gestora de números 1")
        found = self.url_open(url)
        self.assertEqual(found.status_code, 200)
        self.assertEqual((found.content[:4], found.content[-4:]), (b"PAR1", b"PAR1"))
        self.assertIn(b"dentro_da_meta", found.content)
        self.assertIn("esperas_2026-11-19", found.headers["Content-Disposition"])
        words = self.url_open("/contact_center/cube/dicionario.csv").content.decode("utf-8-sig")
        self.assertIn("segundos_espera", words)
        other = self._export("csv", self.administrator)
        self.env.flush_all()
        self.assertEqual(self.url_open(f"/contact_center/cube/{other.id}").status_code, 404)

    def test_not_by_others(self):
        for user in (self.agent, self.supervisor, self.employee):
            with self.assertRaises(AccessError):
                self._export("csv", user)
        self.assertEqual(
            self.url_open("/contact_center/cube/1", allow_redirects=False).status_code, 303
        )

    def test_what_cannot_be_a_file_is_said(self):
        self._refresh()
        for values, words in (
            ({"day_until": "2026-11-01"}, "before the first"),
            ({}, "no rows"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._export("csv", **values).action_download()
        self._contact()
        self._refresh()
        with (
            patch.object(cube_export, "MOST_ROWS", 0),
            self.assertRaisesRegex(UserError, "too many"),
        ):
            self._export("csv").action_download()
