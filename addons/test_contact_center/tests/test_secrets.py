# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from unittest.mock import patch

from odoo.cli.command import find_command
from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tests.common import new_test_user
from odoo.tools import SQL

from odoo.addons.contact_center.core import sealing
from odoo.addons.contact_center.models import secret_field
from odoo.addons.contact_center.models.secret_field import MASK, Secret
from odoo.addons.contact_center.tests.common import ContactCenterCase

# Names of fields that may hold a secret
_NAME = re.compile(r"token|secret|passw|credential|api_?key|proxy|pin$|code_hash")
# Fields of such names that hold none, with the reason
_NO_SECRET = {
    "chatbot.flow.draft_token": "a mark of what was published, compared and not secret",
    "chatbot.flow.published_token": "the same",
    "contact_center.wallboard.token_digest": "a hash of 256 random bits, which nobody turns back",
    "glpi.email.code.code_hash": "a salted hash of a code that is worth minutes",
}
# model -> {field: value}
SECRETS = {
    "whatsapp.account": {
        "access_token": "EAAB-acesso-3f9c",
        "app_secret": "segredo-do-aplicativo-77d1",
        "verify_token": "verificacao-51ab",
    },
    "glpi.server": {
        "app_token": "glpi-aplicativo-9b20",
        "user_token": "glpi-usuario-4e77",
        "client_secret": "glpi-oauth-0c31",
        "password": "glpi-senha-8812",
        "proxy": "http://usuario:senha-do-proxy-60aa@proxy.example.org:3128",
        "webhook_token": "glpi-endereco-2f5d",
        "webhook_secret": "glpi-assinatura-1b9e",
    },
    "chatbot.flow.service.header": {"secret_value": "chave-do-servico-e5f0"},
    "contact_center.sms.gateway": {
        "header_value": "sms-chave-7c11",
        "token": "sms-endereco-40fe",
    },
}
VALUES = [value for fields in SECRETS.values() for value in fields.values()]


class SecretsCase(ContactCenterCase):
    """A record with every secret of every addon, and keys of this test's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.enterClassContext(TemporaryDirectory())
        cls.keys = Path(folder) / "keys"
        cls.source = sealing.KeySource("", cls.keys)
        cls.source.add(sealing.new_key())
        cls.enterClassContext(patch.object(secret_field.VAULT, "source", cls.source))
        # Secrets of other tests and the demo have another key
        for field in cls.env["contact_center.stored.secrets"]._fields_with_secrets():
            table, column = cls.env[field.model_name]._table, SQL.identifier(field.name)
            cls.env.cr.execute(SQL("UPDATE %s SET %s = NULL", SQL.identifier(table), column))
        cls.env.invalidate_all()
        service = cls.env["chatbot.flow.service"].create(
            {"name": "Consulta", "url": "https://consulta.example.org/x"}
        )
        required = {
            "whatsapp.account": {"name": "Número", "phone_number_id": "55100200300"},
            "glpi.server": {"name": "GLPI", "url": "https://glpi.example.org"},
            "chatbot.flow.service.header": {"name": "X-Key", "service_id": service.id},
            "contact_center.sms.gateway": {"name": "SMS", "url": "https://sms.example.org"},
        }
        cls.records = {
            model: cls.env[model].create({**required[model], **secrets})
            for model, secrets in SECRETS.items()
        }
        cls.env.flush_all()
        cls.root = new_test_user(
            cls.env,
            "cc_secrets_root",
            "base.group_system,base.group_user,contact_center.group_administrator",
        )

    def _each(self):
        for model, secrets in SECRETS.items():
            for name, value in secrets.items():
                yield self.records[model], name, value

    def _stored(self, record, name):
        """Return the stored values of the table."""
        record.flush_recordset()
        query = SQL(
            "SELECT %s FROM %s WHERE id = %s",
            *(SQL.identifier(name), SQL.identifier(record._table), record.id),
        )
        return self.env.execute_query(query)[0][0]


@tagged("post_install", "-at_install")
class TestSecrets(SecretsCase):
    """Secrets are sealed in the database and told to nobody."""

    def test_every_secret_of_our_addons_is_of_that_kind(self):
        """A new field with the name of a secret is one, or says above why it holds none."""
        ours = {
            f"{field.model_name}.{field.name}": field
            for model in self.registry.values()
            for field in model._fields.values()
            if field.store
            and field.type in ("char", "text")
            and (field._modules or ("",))[0].startswith(
                ("contact_center", "whatsapp_", "glpi_", "chatbot_")
            )
            and _NAME.search(field.name)
        }
        plain = {name for name, field in ours.items() if not isinstance(field, Secret)}
        self.assertEqual(plain & ours.keys(), _NO_SECRET.keys() & ours.keys())
        found = self.env["contact_center.stored.secrets"]._fields_with_secrets()
        expected = {f"{model}.{name}" for model, names in SECRETS.items() for name in names}
        self.assertEqual({str(field) for field in found}, expected)

    def test_secrets_are_of_system_administrators_and_are_not_copied(self):
        for field in self.env["contact_center.stored.secrets"]._fields_with_secrets():
            with self.subTest(field=str(field)):
                self.assertEqual(field.groups, "base.group_system")
                self.assertFalse(field.copy)
                self.assertFalse(getattr(field, "tracking", None))

    def test_the_database_holds_them_sealed(self):
        for record, name, value in self._each():
            stored = self._stored(record, name)
            self.assertTrue(sealing.is_sealed(stored))
            self.assertEqual(sealing.KeyRing(self._keys()).open(stored), value)

    def _keys(self):
        return sealing.read_keys(self.keys.read_text())

    def test_no_row_of_any_table_holds_one_in_the_clear(self):
        """Jobs, messages, tracking, logs, parameters: each table, row by row, as text."""
        self.records["glpi.server"].with_delay(description="x")._poll()
        self.records["whatsapp.account"].write({"access_token": VALUES[0], "name": "Outro"})
        self.env.flush_all()
        tables = self.env.execute_query(
            SQL("SELECT tablename FROM pg_tables WHERE schemaname = current_schema")
        )
        pattern = "|".join(map(re.escape, [*VALUES[:6], *VALUES[7:], "senha-do-proxy-60aa"]))
        holding = [
            table
            for (table,) in tables
            if self.env.execute_query(
                SQL(
                    "SELECT 1 FROM %s AS t WHERE t::text ~ %s LIMIT 1",
                    *(SQL.identifier(table), pattern),
                )
            )
        ]
        self.assertEqual(holding, [])

    def test_code_that_acts_for_the_system_reads_them(self):
        self.env.invalidate_all()
        for record, name, value in self._each():
            self.assertEqual(record[name], value)

    def test_rpc_tells_none_not_even_to_system_administrators(self):
        for record, name, value in self._each():
            asked = record.with_user(self.root)
            ids = record.ids
            told = [
                call_kw(asked, "read", [ids, [name]], {}),
                call_kw(asked, "web_read", [ids, {name: {}}], {}),
                call_kw(asked, "search_read", [[("id", "in", ids)], [name]], {}),
                call_kw(asked, "export_data", [ids, [name]], {}),
                call_kw(asked, "copy_data", [ids], {}),
                call_kw(asked, "onchange", [ids, {name: MASK}, [name], {name: {}}], {}),
                call_kw(asked, "formatted_read_group", [[], [], [f"{name}:max"]], {}),
            ]
            for answer in told:
                self.assertNotIn(value, repr(answer))
            self.assertIn(MASK, repr(told[0]))

    def test_the_mask_that_a_form_sends_back_changes_nothing(self):
        for record, name, value in self._each():
            before = self._stored(record, name)
            call_kw(record.with_user(self.root), "web_save", [record.ids, {name: MASK}, {}], {})
            self.assertEqual(self._stored(record, name), before)
            self.assertEqual(record[name], value)

    def test_part_of_the_mask_is_no_secret(self):
        record = self.records["whatsapp.account"].with_user(self.root)
        with self.assertRaisesRegex(UserError, "whole secret"):
            record.write({"access_token": f"{MASK}x"})

    def test_new_one_and_none_are_kept(self):
        record = self.records["glpi.server"].with_user(self.root)
        record.write({"user_token": "novo-1"})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(record.user_token, "novo-1")
        record.user_token = "novo-2"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(record.user_token, "novo-2")
        Servers = record.browse().with_context(default_user_token="novo-3")
        self.assertEqual(Servers.create({"name": "x"}).user_token, "novo-3")
        record.write({"user_token": False})
        self.assertIsNone(self._stored(record, "user_token"))
        self.assertFalse(record.user_token)

    def test_found_by_being_there_and_not_by_value(self):
        for record, name, value in self._each():
            Model = record.with_user(self.root).browse()
            self.assertIn(record, Model.search([(name, "!=", False)]))
            self.assertNotIn(record, Model.search([(name, "=", False)]))
            for term in (("=", value), ("in", [value]), ("=like", "%"), (">", "a"), ("ilike", "a")):
                with self.assertRaises(UserError):
                    Model.search([(name, *term)])

    def test_log_of_the_server_holds_none(self):
        """At the lowest level, SQL included, while they are written and read."""
        with self.assertLogs(level=logging.DEBUG) as caught:
            logging.getLogger("odoo.test").debug("begins")
            for model, secrets in SECRETS.items():
                self.records[model].write(secrets)
            self.env.flush_all()
            self.env.invalidate_all()
            for record, name, _value in self._each():
                record.mapped(name)
        text = "\n".join(caught.output)
        self.assertEqual([value for value in VALUES if value in text], [])


@tagged("post_install", "-at_install")
class TestKeys(SecretsCase):
    """The key is outside the database, and can be changed."""

    def _new_key(self):
        self.source.add(sealing.new_key())
        self.addCleanup(self.keys.write_text, self.keys.read_text().split("\n", 1)[1])

    def _vault(self):
        return secret_field.VAULT

    def _states(self):
        return self.env["contact_center.stored.secrets"]._states()

    def _health(self):
        health = self.env["contact_center.health"].with_context(lang="pt_BR")
        return health._check_secrets()

    def test_rotation_seals_all_with_the_newest_key(self):
        old = self.keys.read_text()
        self.assertEqual(self._states(), {"newest": len(VALUES), "older": 0, "lost": 0})
        self._new_key()
        self.assertEqual(self._states(), {"newest": 0, "older": len(VALUES), "lost": 0})
        self.assertEqual(self._health()["level"], "warning")
        stored = self.env["contact_center.stored.secrets"]
        self.assertEqual(stored._rotate(), len(VALUES))
        self.assertEqual(stored._rotate(), 0)
        self.assertEqual(self._health()["level"], "ok")
        newest = sealing.KeyRing(self.keys.read_text().split()[:1])
        for record, name, value in self._each():
            sealed = self._stored(record, name)
            self.assertEqual(newest.open(sealed), value)
            with self.assertRaises(sealing.KeyProblem):
                sealing.KeyRing(old.split()).open(sealed)
            self.assertEqual(record[name], value)

    def _command(self, action, **options):
        """Run the command `odoo contact_center_secrets` on this test's keys; return its output."""
        given = {"no_new_key": False, "only_newest": False, **options}
        command = find_command("contact_center_secrets")
        return command._act(self.env, SimpleNamespace(action=action, **given))

    def test_the_command_changes_the_key_and_forgets_the_old_one(self):
        before = self.keys.read_text()
        self.addCleanup(self.keys.write_text, before)
        count = len(VALUES)
        self.assertEqual(self._command("status"), f"newest: {count}, older: 0, lost: 0")
        self.assertIn(f"{count} secrets", self._command("rotate"))
        self.assertEqual(len(self.keys.read_text().split()), 2)
        self.source.add(sealing.new_key())
        with self.assertRaisesRegex(SystemExit, "rotate first"):
            self._command("forget")
        with self.assertRaisesRegex(SystemExit, "rotate first"):
            self._command("status", only_newest=True)
        self._command("rotate", no_new_key=True)
        self.assertIn("2 older keys", self._command("forget"))
        self.assertEqual(len(self.keys.read_text().split()), 1)
        self.assertEqual(self.records["glpi.server"].password, SECRETS["glpi.server"]["password"])
        # for what the next tests read, which is rolled back to the key of before
        self._vault()._opened.clear()

    def test_keys_of_the_environment_are_not_changed_by_the_command(self):
        named = sealing.KeySource(self.keys.read_text(), self.keys)
        with (
            patch.object(self._vault(), "source", named),
            self.assertRaisesRegex(SystemExit, "CONTACT_CENTER_SECRET_KEYS"),
        ):
            self._command("rotate")

    def test_what_an_earlier_version_left_in_the_clear_is_read_and_sealed(self):
        record = self.records["whatsapp.account"]
        self.env.cr.execute("UPDATE whatsapp_account SET access_token = 'EAAB-antigo'")
        self.env.invalidate_all()
        self.assertEqual(record.access_token, "EAAB-antigo")
        self.assertTrue(self._states()["older"])
        self.env["contact_center.stored.secrets"]._rotate()
        self.assertTrue(sealing.is_sealed(self._stored(record, "access_token")))
        self.assertEqual(record.access_token, "EAAB-antigo")

    def test_without_a_key_nothing_is_stored_and_the_screen_says_so(self):
        record = self.records["whatsapp.account"]
        before = self._stored(record, "access_token")
        with patch.object(self._vault(), "source", sealing.KeySource("", self.keys / "none")):
            self._vault()._ring = None
            speaking = record.with_context(lang="pt_BR")
            with self.assertRaisesRegex(UserError, "chave que protege"):
                speaking.write({"access_token": "EAAB-novo"})
            found = self._health()
            self.assertEqual(found["level"], "error")
            self.assertIn("chave que protege", found["words"])
        self.assertEqual(self._stored(record, "access_token"), before)

    def test_secret_of_a_lost_key_is_named_by_the_health_page(self):
        before = self.keys.read_text()
        self.addCleanup(self.keys.write_text, before)
        self.keys.write_text(sealing.new_key())
        self._vault()._opened.clear()
        self.env.invalidate_all()
        self.assertEqual(self._states()["lost"], len(VALUES))
        self.assertEqual(self._health()["level"], "error")
        with self.assertRaisesRegex(UserError, "another key"):
            self.records["glpi.server"].mapped("user_token")
        with self.assertRaises(sealing.KeyProblem):
            self.env["contact_center.stored.secrets"]._rotate()

    def test_reading_in_a_hot_path_costs_no_query_and_no_look_at_the_file(self):
        record = self.records["whatsapp.account"]
        record.mapped("access_token")
        with (
            self.assertQueryCount(0),
            patch.object(sealing.KeySource, "stamp", side_effect=AssertionError),
        ):
            self.assertEqual(record.access_token, VALUES[0])
