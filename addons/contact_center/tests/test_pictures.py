# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io
from unittest.mock import patch

from PIL import Image, PngImagePlugin

from odoo.tests import HttpCase, tagged

from odoo.addons.base.models.ir_binary import IrBinary
from odoo.addons.contact_center.core import pictures

from .common import ContactCenterCase
from .elsewhere import keep_elsewhere


@tagged("post_install", "-at_install")
class TestPictures(ContactCenterCase, HttpCase):
    """A picture that would unpack to gigabytes is never unpacked: not stored, not shown small."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.trap = cls.png(7200, 7200)
        cls.photo = cls.png(2400, 1800)

    @staticmethod
    def png(width, height):
        """Return a picture of one colour."""
        target = io.BytesIO()
        Image.new("1", (width, height)).save(target, "PNG")
        return target.getvalue()

    def unpacked(self):
        """Gather the sizes of the pictures that are unpacked within."""
        sizes, load = [], PngImagePlugin.PngImageFile.load_prepare

        def note(picture):
            sizes.append(picture.size)
            return load(picture)

        self.startPatcher(patch.object(PngImagePlugin.PngImageFile, "load_prepare", note))
        return sizes

    def test_size_is_told_by_the_head(self):
        sizes = self.unpacked()
        self.assertTrue(pictures.is_too_large(self.trap))
        self.assertFalse(pictures.is_too_large(self.photo))
        self.assertFalse(pictures.is_too_large(b"no picture"))
        self.assertFalse(pictures.is_too_large(b""))
        self.assertEqual(sizes, [])

    def test_stored_as_it_is(self):
        sizes = self.unpacked()
        attachment = self.env["ir.attachment"].create({"name": "a.png", "raw": self.trap})
        self.assertEqual((attachment.raw, attachment.mimetype), (self.trap, "image/png"))
        self.assertNotIn((7200, 7200), sizes)
        ordinary = self.env["ir.attachment"].create({"name": "b.png", "raw": self.photo})
        self.assertEqual(Image.open(io.BytesIO(ordinary.raw)).size, (1920, 1440))

    def test_shown_whole_instead_of_small(self):
        keep = self.env["ir.attachment"].with_context(image_no_postprocess=True)
        trap, photo = keep.create(
            [
                {"name": "a.png", "raw": self.trap, "public": True},
                {"name": "b.png", "raw": self.photo, "public": True},
            ]
        )
        sizes = self.unpacked()
        answer = self.url_open(f"/web/image/{trap.id}/128x128")
        self.assertEqual((answer.status_code, answer.content), (200, self.trap))
        self.assertNotIn((7200, 7200), sizes)
        answer = self.url_open(f"/web/image/{photo.id}/128x128")
        self.assertEqual(Image.open(io.BytesIO(answer.content)).width, 128)

    def test_a_trap_in_a_store_is_shown_whole_too(self):
        keep = self.env["ir.attachment"].with_context(image_no_postprocess=True)
        trap = keep.create({"name": "a.png", "raw": self.trap, "public": True})
        keep_elsewhere(self, trap)
        self.assertEqual(trap._contact_center_path(), "")
        # Odoo itself would look for the file on the disk; a store's addon reads it
        with patch.object(IrBinary, "_get_image_stream_from") as serve:
            self.env["ir.binary"]._get_image_stream_from(trap, width=128, height=128)
        self.assertEqual(
            (serve.call_args.kwargs["width"], serve.call_args.kwargs["height"]), (0, 0)
        )
