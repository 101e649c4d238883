# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import builtins
import errno
import os
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

CONTENT = os.urandom(2000)


class FullDisk:
    """A file of which half can be written."""

    def __init__(self, file):
        self.file = file

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, *error):
        return self.file.__exit__(*error)

    def write(self, content):  # pylint: disable=method-required-super
        """Write half of it."""
        self.file.write(content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")


@tagged("post_install", "-at_install")
class TestFilesWrittenWhole(TransactionCase):
    def store(self):
        return self.env["ir.attachment"].create({"name": "foto.png", "raw": CONTENT})

    @mute_logger("odoo.addons.base.models.ir_attachment")
    def test_a_file_for_which_there_was_no_space_can_be_stored_when_there_is(self):
        original = builtins.open

        def full(path, mode="r", *args, **kwargs):
            file = original(path, mode, *args, **kwargs)
            return FullDisk(file) if "filestore" in str(path) and mode == "wb" else file

        with patch.object(builtins, "open", full), self.assertRaises(OSError):
            self.store()
        attachment = self.store()
        attachment.invalidate_recordset()
        self.assertEqual(attachment.raw, CONTENT)

    def test_another_file_is_never_taken_for_the_rest_of_one(self):
        path = self.env["ir.attachment"]._full_path(self.store().store_fname)
        os.rename(path, f"{path}.kept")
        self.addCleanup(os.rename, f"{path}.kept", path)
        with open(path, "wb") as file:
            file.write(b"x" + CONTENT[1:100])
        same = self.env["ir.attachment"]._same_content
        self.assertFalse(same(CONTENT, path))
        self.assertTrue(os.path.exists(path))
        with open(path, "wb") as file:
            file.write(CONTENT + b"x")
        self.assertFalse(same(CONTENT, path))
