# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager
from unittest.mock import patch

from psycopg2.errors import InsufficientPrivilege

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CubeCase


@tagged("post_install", "-at_install")
class TestCubeReader(CubeCase):
    """Logins of the database that read the cubes and nothing else."""

    def _make(self, name="planejamento", **values):
        """Return (reader, password) as an administrator makes them."""
        wizards = self.env["contact_center.cube.reader.new"].with_user(self.administrator)
        wizard = wizards.create({"name": name, "purpose": "Painel mensal", **values})
        action = wizard.action_make()
        role, password = action["context"]["contact_center_cube_login"]
        shown = wizard.with_context(**action["context"])
        self.assertEqual((shown.role, shown.password), (role, password))
        reader = self.env["contact_center.cube.reader"].search([("role", "=", role)])
        return reader, password

    @contextmanager
    def _as(self, reader):
        """Let statements run as this login."""
        with self.cr.savepoint() as point:
            self.cr.execute(f'SET LOCAL ROLE "{reader.role}"')
            yield
            point.rollback()

    def _refused(self, reader, statement):
        with self._as(reader), self.assertRaises(InsufficientPrivilege), self.cr.savepoint():
            self.cr.execute(statement, log_exceptions=False)

    def test_reads_the_cubes_and_nothing_else(self):
        self._contact()
        self._refresh()
        reader, _password = self._make()
        with self._as(reader):
            self.cr.execute("SELECT esperas, fila FROM olap.esperas")
            self.assertEqual(self.cr.fetchall(), [(1, self.queue.name)])
            self.cr.execute("SELECT count(*) FROM olap.dim_codigo")
        for statement in (
            "SELECT * FROM olap.cidadaos",
            "SELECT name FROM res_partner",
            "SELECT * FROM res_users",
            "SELECT * FROM contact_center_conversation",
            "UPDATE olap.cubo_esperas SET esperas = 0",
            "DELETE FROM olap.cubo_esperas",
            "INSERT INTO olap.dim_fila VALUES (1, 'x')",
            "CREATE TABLE olap.x (y int)",
            "DROP SCHEMA olap CASCADE",
            "ALTER ROLE olap_planejamento SUPERUSER",
        ):
            with self.subTest(statement=statement):
                self._refused(reader, statement)

    def test_rights_are_there_for_cubes_made_later(self):
        reader, _password = self._make()
        self.env["ir.config_parameter"].set_param("contact_center_cube.definitions", "other")
        self._contact()
        self._refresh()
        with self._as(reader):
            self.cr.execute("SELECT sum(esperas)::int FROM olap.esperas")
            self.assertEqual(self.cr.fetchall(), [(1,)])

    def test_names_of_citizens_only_where_granted(self):
        self._contact()
        self._refresh()
        reader, _password = self._make(with_citizens=True)
        with self._as(reader):
            self.cr.execute("SELECT nome FROM olap.cidadaos")
            self.assertEqual(self.cr.fetchall(), [("Maria da Silva",)])
            self.cr.execute("SELECT esperas FROM olap.esperas")
            self.assertEqual(self.cr.fetchall(), [(1,)])
        self._refused(reader, "SELECT name FROM res_partner")

    def test_the_password_is_nowhere(self):
        reader, password = self._make()
        self.assertGreaterEqual(len(password), 32)
        self.assertNotIn(password, repr(reader.read()))
        self.cr.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [reader.role])
        ((stored,),) = self.cr.fetchall()
        self.assertTrue(stored.startswith("SCRAM-SHA-256$"), stored[:14])

    def test_begins_no_change_and_has_an_end(self):
        reader, _password = self._make(valid_until="2026-12-31")
        self.cr.execute(
            "SELECT rolconfig, rolconnlimit, rolvaliduntil::date::text, rolsuper, rolcreatedb, "
            "rolcreaterole FROM pg_roles WHERE rolname = %s",
            [reader.role],
        )
        config, limit, until, *powers = self.cr.fetchone()
        self.assertIn("default_transaction_read_only=on", config)
        self.assertIn("search_path=olap", config)
        self.assertEqual((limit, until, powers), (5, "2026-12-31", [False] * 3))

    def test_taken_away(self):
        reader, _password = self._make(with_citizens=True)
        with self.assertRaises(AccessError):
            reader.with_user(self.manager).action_remove()
        reader.with_user(self.administrator).action_remove()
        self.assertFalse(reader.active)
        self.assertEqual(reader.removed_by_id, self.administrator)
        self.cr.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [reader.role])
        self.assertFalse(self.cr.fetchall())
        # the name is free again
        self._make()

    def test_names_that_cannot_be(self):
        for name in ('x"; DROP SCHEMA olap; --', "Ação", "ab", "1abc", "pg_reader", "postgres", ""):
            with self.subTest(name=name), self.assertRaises(UserError), self.cr.savepoint():
                self._make(name)
        self._make("leitor")
        with self.assertRaisesRegex(UserError, "already"):
            self._make("leitor")

    def test_only_administrators_make_logins(self):
        for user in (self.manager, self.supervisor):
            with self.assertRaises(AccessError):
                self.env["contact_center.cube.reader.new"].with_user(user).create({"name": "abc"})

    def test_where_the_system_may_not_it_says_what_to_run(self):
        schema = type(self.env["contact_center.cube.schema"])
        with patch.object(schema, "_may_make_roles", lambda schema: False):
            wizards = self.env["contact_center.cube.reader.new"].with_user(self.administrator)
            wizard = wizards.create({"name": "powerbi", "purpose": "Painel", "with_citizens": True})
            self.assertIn('CREATE ROLE "olap_powerbi" LOGIN', wizard.instructions)
            self.assertIn("olap_cidadaos_", wizard.instructions)
            self.assertIn("NOLOGIN", wizard.instructions)
            with self.assertRaisesRegex(UserError, "person in charge"):
                wizard.action_make()

    def test_uninstalling_takes_the_logins_away(self):
        reader, _password = self._make()
        self.env["contact_center.cube.schema"]._drop()
        self.cr.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [reader.role])
        self.assertFalse(self.cr.fetchall())
        self.assertFalse(self.env["contact_center.cube.schema"]._groups())
