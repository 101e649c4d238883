# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
import hashlib
import io
import json
import shutil
import zipfile
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.contact_center.tests.common import ContactCenterCase
from odoo.addons.contact_center.tests.elsewhere import keep_elsewhere

from ..core import data_export_files
from ..models import data_export_run


class DataExportCase(ContactCenterCase):
    def setUp(self):
        super().setUp()
        # Jobs commit their steps; a test keeps everything in its own transaction.
        self.patch(self.env.cr, "commit", self.env.flush_all)

    def _data_export(self, **values):
        export = (
            self.env["contact_center.data.export"]
            .with_user(self.administrator)
            .create({"purpose": "Entrega de teste", **values})
        )
        self.addCleanup(shutil.rmtree, export._folder(), ignore_errors=True)
        return export

    def _start(self, export):
        """Start it; returns it as the system sees it (jobs run as who asked for them)."""
        export.action_start()
        return export.sudo()

    def _run(self, export):
        while export.state == "running":
            export._run()

    def _packed(self, export):
        """Return {path: content} of all volumes."""
        files = {}
        for volume in export.volume_ids:
            with zipfile.ZipFile(export._folder() / volume.path) as archive:
                files |= {name: archive.read(name) for name in archive.namelist()}
        return files

    def _rows(self, files, model):
        """All rows of a table, from its JSON files."""
        names = sorted(name for name in files if name.startswith(f"tabelas/{model}/"))
        return [
            json.loads(line)
            for name in names
            if name.endswith(".jsonl")
            for line in files[name].decode().splitlines()
        ]


@tagged("post_install", "-at_install")
class TestDataExport(DataExportCase):
    def _conversation(self):
        conversation = self._in_service()
        conversation._receive(self._text("A praça está escura"))
        photo = self.env["ir.attachment"].create({"name": "praça.JPG", "raw": b"foto"})
        conversation._attach(conversation._receive(self._text("")), photo)
        note = self._answer(conversation, "segredo da equipe")
        hidden = self.env["ir.attachment"].create({"name": "nota.txt", "raw": b"interno"})
        conversation._attach(note, hidden)
        note.sudo().write({"subtype_id": self.env.ref("mail.mt_note").id})
        return conversation

    def test_everything_is_handed_over_with_its_files(self):
        conversation = self._conversation()
        export = self._start(self._data_export())
        self._run(export)
        self.assertEqual(export.state, "done")
        self.assertEqual(export.progress, 100)
        files = self._packed(export)
        protocols = [row["protocol"] for row in self._rows(files, "contact_center.conversation")]
        self.assertIn(conversation.protocol, protocols)
        bodies = " ".join(row["body"] for row in self._rows(files, "mail.message"))
        self.assertIn("A praça está escura", bodies)
        photo = next(
            row for row in self._rows(files, "ir.attachment") if row["name"] == "praça.JPG"
        )
        path = data_export_files.media_path(photo["checksum"], photo["name"])
        self.assertEqual(files[path], b"foto")

    def test_files_kept_in_a_store_are_handed_over(self):
        self._conversation()
        photo = self.env["ir.attachment"].search([("name", "=", "praça.JPG")], limit=1)
        keep_elsewhere(self, photo)
        export = self._start(self._data_export())
        self._run(export)
        path = data_export_files.media_path(photo.checksum, photo.name)
        self.assertEqual(self._packed(export)[path], b"foto")

    def test_notes_and_secrets_stay(self):
        self._conversation()
        export = self._start(self._data_export())
        self._run(export)
        files = self._packed(export)
        for name, content in files.items():
            self.assertNotIn(b"segredo da equipe", content, name)
            self.assertNotEqual(content, b"interno", name)
        users = self._rows(files, "res.users")
        self.assertIn(self.agent.login, [row["login"] for row in users])
        for row in users:
            self.assertNotIn("password", row)

    def test_every_file_is_listed_with_its_checksum(self):
        export = self._start(self._data_export())
        self._run(export)
        files = self._packed(export)
        listed = [json.loads(line) for line in files["manifesto.json"].decode().splitlines()]
        self.assertEqual({entry["path"] for entry in listed}, files.keys() - {"manifesto.json"})
        for entry in listed:
            content = files[entry["path"]]
            self.assertEqual(hashlib.sha256(content).hexdigest(), entry["sha256"])
            self.assertEqual(len(content), entry["bytes"])

    def test_dictionary_explains_every_column(self):
        export = self._start(self._data_export())
        self._run(export)
        files = self._packed(export)
        explained = {
            (row["table"], row["field"])
            for row in map(json.loads, files["dicionario.jsonl"].decode().splitlines())
            if not row["left_out"]
        }
        for name, content in files.items():
            if name.startswith("tabelas/") and name.endswith(".csv"):
                table = name.split("/")[1]
                columns = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
                for column in columns:
                    self.assertIn((table, column), explained)

    def test_tables_in_several_files_have_every_row_once(self):
        export = self._start(self._data_export(with_media=False))
        with patch.object(data_export_run, "ROWS_PER_FILE", 3):
            self._run(export)
        files = self._packed(export)
        ids = [row["id"] for row in self._rows(files, "contact_center.disposition")]
        expected = self.env["contact_center.disposition"].with_context(active_test=False).search([])
        self.assertEqual(sorted(ids), sorted(expected.ids))
        self.assertEqual(len(ids), len(set(ids)))

    def test_stopped_goes_on_where_it_was(self):
        export = self._start(self._data_export())
        for _step in range(4):
            export._step()
        done = {part.model: part.done_rows for part in export.part_ids if part.done}
        export.with_user(self.administrator).action_stop()
        self._run(export)
        self.assertEqual(export.state, "stopped")
        export.with_user(self.administrator).action_start()
        self._run(export)
        self.assertEqual(export.state, "done")
        for part in export.part_ids:
            self.assertEqual(part.done_rows, done.get(part.model, part.done_rows))

    def test_a_step_done_twice_leaves_one_file(self):
        """Killed between writing and recording, the step is done again."""
        export = self._start(self._data_export())
        export._step()
        part = export.part_ids[0]
        part._write_rows()
        part.write({"last_id": 0, "done_rows": 0, "chunks": 0, "done": False})
        self._run(export)
        ids = [row["id"] for row in self._rows(self._packed(export), part.model)]
        self.assertEqual(len(ids), len(set(ids)))

    def test_no_room_is_said_in_words_and_can_go_on(self):
        export = self._start(self._data_export())
        full = OSError(28, "No space left on device")
        with (
            patch.object(data_export_files, "write", side_effect=full),
            mute_logger("odoo.addons.contact_center_archive.models.data_export_run"),
            patch.object(self.env.cr, "rollback"),
        ):
            export._run()
        self.assertEqual(export.state, "failed")
        self.assertIn("No space left", export.error)
        export.with_user(self.administrator).action_start()
        self._run(export)
        self.assertEqual(export.state, "done")

    def test_files_are_taken_off_after_a_week(self):
        export = self._start(self._data_export())
        self._run(export)
        folder = export._folder()
        self.assertTrue(folder.exists())
        export._cron_take_off()
        self.assertEqual(export.state, "done")
        export.expires_at = export.finished_at
        export._cron_take_off()
        self.assertEqual(export.state, "expired")
        self.assertFalse(folder.exists())

    def test_administrators_only(self):
        for user in (self.agent, self.supervisor, self.manager, self.employee):
            with self.assertRaises(AccessError):
                self.env["contact_center.data.export"].with_user(user).create({"purpose": "x"})
        export = self._data_export()
        with self.assertRaises(UserError):
            export.write({"state": "done"})
        with self.assertRaises(AccessError):
            export.with_user(self.supervisor).action_start()


@tagged("post_install", "-at_install")
class TestDataExportDownload(DataExportCase, HttpCase):
    def test_download(self):
        export = self._start(self._data_export())
        self._run(export)
        volume = export.volume_ids[0]
        for user in (self.administrator, self.supervisor):
            user.password = "uma-senha-longa-2026"
        url = f"/contact_center/data_export/{volume.id}"
        self.authenticate(self.supervisor.login, "uma-senha-longa-2026")
        self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate(self.administrator.login, "uma-senha-longa-2026")
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(hashlib.sha256(answer.content).hexdigest(), volume.sha256)
        other = export.file_ids.filtered(lambda file: not file.is_volume)[0]
        self.assertEqual(self.url_open(f"/contact_center/data_export/{other.id}").status_code, 404)
