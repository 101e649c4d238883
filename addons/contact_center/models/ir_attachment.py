# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import os

from odoo import api, models
from odoo.exceptions import AccessError


class IrAttachment(models.Model):
    """Files that were sent cannot be changed, and are written whole or not at all."""

    _inherit = "ir.attachment"

    def _contact_center_path(self):
        """Return the path of this file on this server's disk, "" if it is kept elsewhere.

        It may be in the database, or in a store that several servers share: `raw` reads it there.
        """
        self.ensure_one()
        path = self.store_fname and self._full_path(self.store_fname)
        return path if path and os.path.isfile(path) else ""

    def _check_not_said(self):
        """Raise AccessError if one of these files belongs to a message of a conversation."""
        # sudo: mail.message - the guard applies to every user
        messages = self.env["mail.message"].sudo().search([("attachment_ids", "in", self.ids)])
        if messages and messages._of_contact_center():
            raise AccessError(
                self.env._("Messages of a conversation can be neither changed nor deleted.")
            )

    def _check_not_put_in(self):
        """Raise AccessError if one of these files was put into a conversation without being sent.

        The resulting files are checked, not the request, which context defaults may complete. Files
        of an allowed post count as sent.
        """
        if self.env.su or self.env["discuss.channel"]._is_admitted():
            return
        # sudo: ir.attachment - the guard applies to every user
        channel_ids = [
            one.res_id for one in self.sudo() if one.res_model == "discuss.channel" and one.res_id
        ]
        self.env["discuss.channel"].browse(channel_ids)._check_no_conversation()

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to put a file into a conversation without sending it."""
        files = super().create(vals_list)
        files._check_not_put_in()
        return files

    def write(self, vals):
        """Refuse to replace or rename a file that was sent in a conversation."""
        if self.ids and vals and not self.env.su:
            self._check_not_said()
        result = super().write(vals)
        if {"res_model", "res_id"} & vals.keys():
            self._check_not_put_in()
        return result

    def unlink(self):
        """Refuse to delete a file that was sent in a conversation."""
        if self.ids and not self.env.su:
            self._check_not_said()
        return super().unlink()

    def _delete_and_notify(self, message=None):
        # The composer's route calls this with system rights
        self._check_not_said()
        return super()._delete_and_notify(message)

    @api.model
    def _same_content(self, bin_data, filepath):
        """Remove what is left of a write that was cut off: the disk was full, the server killed.

        Odoo would take it for another file with the same checksum, which could never be stored.
        """
        if super()._same_content(bin_data, filepath):
            return True
        with open(filepath, "rb") as stored:
            is_cut_off = bin_data.startswith(stored.read(len(bin_data)))
        if is_cut_off and os.path.getsize(filepath) < len(bin_data):
            os.unlink(filepath)
            return True
        return False
