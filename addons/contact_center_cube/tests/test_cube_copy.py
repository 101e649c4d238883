# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import os
from contextlib import closing
from datetime import timedelta
from unittest.mock import patch

import psycopg2
from psycopg2.extensions import make_dsn

from odoo.sql_db import connection_info_for
from odoo.tests import tagged

from ..models.cube_copy import KEEP_DAYS, VARIABLE
from .common import DAY, MORNING, CubeCase


@tagged("post_install", "-at_install")
class TestCubeCopy(CubeCase):
    """A year of the cubes in another database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = f"{cls.env.cr.dbname}_copy"[-63:]
        _name, info = connection_info_for(cls.env.cr.dbname)
        cls.info = {key: value for key, value in info.items() if value}
        cls._database("DROP DATABASE IF EXISTS")
        cls._database("CREATE DATABASE")
        cls.addClassCleanup(cls._database, "DROP DATABASE IF EXISTS")
        cls.startClassPatcher(
            patch.dict(os.environ, {VARIABLE: make_dsn(**{**cls.info, "database": cls.elsewhere})})
        )

    @classmethod
    def _database(cls, statement):
        with closing(psycopg2.connect(**{**cls.info, "database": "postgres"})) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f'{statement} "{cls.elsewhere}"')

    def _there(self, statement):
        """Return the rows of a statement in the other database."""
        with (
            closing(psycopg2.connect(**{**self.info, "database": self.elsewhere})) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
            return cursor.fetchall()

    def _copy(self):
        copy = self.env["contact_center.cube.copy"].search([], limit=1)
        self.assertEqual(copy.state, "running")
        copy._run()
        return copy

    def test_a_year_is_kept_elsewhere(self):
        self._contact()
        self._contact(at=MORNING - timedelta(days=KEEP_DAYS + 5))
        self._refresh()
        copy = self._copy()
        self.assertEqual((copy.state, copy.error), ("done", False))
        self.assertEqual(copy.day_count, 1)
        self.assertEqual(self._there("SELECT dia, esperas FROM olap.cubo_esperas"), [(DAY, 1)])
        names = [name for (name,) in self._there("SELECT fila FROM olap.dim_fila")]
        self.assertIn(self.queue.name, names)
        self.assertEqual(
            self._there("SELECT obj_description('olap.cubo_esperas'::regclass) IS NULL"),
            [(False,)],
        )
        # no names of citizens leave
        self.assertEqual(self._there("SELECT to_regclass('olap.cidadaos')"), [(None,)])
        # only what is new is copied the next time, in the place of what was there
        with patch.object(self.env.cr, "now", lambda: MORNING + timedelta(days=1)):
            self._contact(at=MORNING + timedelta(hours=1))
        self.env.cr.execute("UPDATE olap.cubo_servicos SET servicos = 50")
        self.env.cr.execute(
            "UPDATE olap.atualizacao SET atualizado_em = atualizado_em + interval '1 minute' "
            "WHERE dia = %s",
            [DAY],
        )
        self.env["contact_center.cube.copy"]._begin_if_configured()
        copy = self._copy()
        self.assertEqual((copy.state, copy.day_count), ("done", 1))
        self.assertEqual(
            self._there("SELECT servicos FROM olap.cubo_servicos WHERE dia = '2026-11-19'"),
            [(50,)],
        )
        self.env["contact_center.cube.copy"]._begin_if_configured()
        self.assertEqual(self._copy().day_count, 0)

    def test_a_database_that_does_not_answer_is_said_without_its_password(self):
        self._contact()
        dsn = make_dsn(host="127.0.0.1", port=1, dbname="x", user="y", password="s3gredo")
        with patch.dict(os.environ, {VARIABLE: dsn}):
            self._refresh()
            copy = self._copy()
        self.assertEqual(copy.state, "failed")
        self.assertTrue(copy.error)
        self.assertNotIn("s3gredo", copy.error)

    def test_nowhere_to_copy_to(self):
        with patch.dict(os.environ, {VARIABLE: ""}):
            self._refresh()
        self.assertFalse(self.env["contact_center.cube.copy"].search([]))
