# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import math

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..core.values import Location, Outgoing


class Conversation(models.Model):
    """Services for the agent's composer, besides posting a message in Discuss."""

    _inherit = "contact_center.conversation"

    # ------------------------------------------------------------
    # Hooks of the channels
    # ------------------------------------------------------------

    def _composer_features(self):
        """Return what the composer offers on this conversation's channel (hook).

        :return: {} for plain text, else {"text_max": characters of one message, "marks": whether
        *bold* etc. is rendered for the citizen, "location": whether locations can be sent}
        """
        return {}

    def _composer_preview(self, text):
        """Return each message's HTML (Markup) for `text`, as citizens see it (hook)."""
        return [self._text_to_html(text)] if text else []

    def _composer_file(self, name, mimetype, size):
        """Return what the channel thinks of a file before its upload (hook).

        See `check_files`.
        """
        return {"problem": "", "choices": []}

    def _composer_content(self, name, mimetype, content):
        """Return why the channel cannot show this file (bytes), or "" (hook)."""
        return ""

    def _reduced_photo(self, content):
        """Return the picture as a JPEG that the channel shows as a photo (hook).

        In bytes.

        :raise UserError: the file cannot be converted
        """
        raise UserError(self.env._("This channel cannot reduce pictures."))

    def _check_reaction(self, message):
        """Raise UserError if no reaction to `message` (mail.message) can be sent (hook)."""

    def _deliver_reaction(self, message, emoji):
        """Send the agent's reaction to `message`; no `emoji` removes it (hook)."""

    def _send_again(self, message, part_id):
        """Send a failed part of `message` again (hook).

        :param part_id: id of the part, as in `mail.message._contact_center_delivery`
        """

    def _fetch_file(self, message):
        """Fetch the citizen's file of `message`, which the channel still holds (hook)."""

    # ------------------------------------------------------------
    # Called by the composer
    # ------------------------------------------------------------

    def _check_may_speak(self):
        """Raise unless the current user is this conversation's agent."""
        self.ensure_one()
        self.check_access("read")
        # sudo: contact_center.conversation - the agent counts, not who may read it
        self.env["discuss.channel"]._check_agent_may_post(self.sudo())

    def get_preview(self, text):
        """Return how the citizen will see a text that is being written.

        :return: {"parts": [HTML of each message], "length": characters}
        """
        self._check_may_speak()
        text = str(text or "")
        return {"parts": self._composer_preview(text), "length": len(text.strip())}

    def check_files(self, files):
        """Return what can be done with files that the agent is about to upload.

        :param files: [{"name", "type" (MIME, may be empty), "size" (bytes)}]
        :return: for each {"problem": why it cannot be sent as it is, in words; "" if it can,
            "choices": [{"id": "reduce" or "document", "label"}], the alternatives}
        """
        self._check_may_speak()
        return [
            self._composer_file(
                str(file.get("name") or ""), str(file.get("type") or ""), int(file.get("size") or 0)
            )
            for file in files
        ]

    def _reduced_upload(self, thread_model, content):
        """Return an agent's picture (bytes) as a JPEG that the channel shows as a photo.

        :raise UserError: it is not a picture, or the user is not the agent
        """
        self._check_may_upload(thread_model)
        return self._reduced_photo(content)

    def _check_upload(self, thread_model, name, mimetype, content):
        """Refuse a file (bytes) that the agent uploads for the citizen if it cannot be shown.

        :raise UserError: why, in words; or the conversation is not the user's
        """
        self._check_may_upload(thread_model)
        problem = self._composer_content(name, mimetype, content)
        if problem:
            raise UserError(problem)

    def _check_may_upload(self, thread_model):
        """Raise unless the current user is the agent of the channel's conversation."""
        if thread_model != "discuss.channel" or not self:
            raise AccessError(self.env._("This file is not of a conversation of yours."))
        self._check_may_speak()

    def action_send_location(self, latitude, longitude, name="", address=""):
        """Send a location to the citizen in the agent's name.

        :param latitude: decimal degrees (WGS 84), as is `longitude`
        """
        self._check_may_speak()
        try:
            latitude, longitude = float(latitude), float(longitude)
        except (TypeError, ValueError):
            latitude = longitude = math.nan
        # Comparisons with NaN are false, so NaN is refused as well
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise UserError(
                self.env._("The latitude goes from -90 to 90, the longitude from -180 to 180.")
            )
        if not self._composer_features().get("location"):
            raise UserError(self.env._("This channel sends no locations."))
        place = Location(latitude, longitude, (name or "").strip(), (address or "").strip())
        self._say(Outgoing(location=place), author=self.env.user.partner_id)
        # sudo: contact_center.conversation - internal bookkeeping, not writable by users
        self.sudo().unread_count = 0
        self._bus_refresh()

    def action_send_again(self, message_id, part_id):
        """Send a message's failed part again; parts that arrived are not repeated.

        :param message_id: id of the mail.message
        :param part_id: id of the part, as the message's ticks name it
        """
        self._check_may_speak()
        self._send_again(self._own_message(message_id), part_id)

    def action_fetch_file(self, message_id):
        """Fetch a citizen's file that was left with the channel, or could not be fetched.

        :param message_id: id of the mail.message
        """
        self._check_may_speak()
        self._fetch_file(self._own_message(message_id))

    def _own_message(self, message_id):
        """Return the mail.message with that id, which must belong to this conversation.

        :raise AccessError: it belongs to another one, or to none
        """
        # sudo: mail.message - of this conversation, which is checked
        message = self.env["mail.message"].sudo().browse(message_id).exists()
        channel = self.sudo().discuss_channel_id
        if message.model != "discuss.channel" or message.res_id != channel.id:
            raise AccessError(self.env._("This message is not of this conversation."))
        return message
