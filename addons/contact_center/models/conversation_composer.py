import math

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..core.values import Location, Outgoing


class Conversation(models.Model):
    """What the agent's composer asks and does, besides posting a message in Discuss."""

    _inherit = "contact_center.conversation"

    # ------------------------------------------------------------
    # Hooks of the channels
    # ------------------------------------------------------------

    def _composer_features(self):
        """Hook: what the composer offers for this conversation's channel.

        :return: {} for plain text, else {"text_max": characters of one message, "marks": whether
            *bold* and the others are shown to the citizen, "location": whether places are sent}
        """
        return {}

    def _composer_preview(self, text):
        """Hook: HTML (Markup) of each message that `text` becomes, as the citizen sees it."""
        return [self._text_to_html(text)] if text else []

    def _composer_file(self, name, mimetype, size):
        """Hook: what the channel says about a file before it is uploaded; see `check_files`."""
        return {"problem": "", "choices": []}

    def _composer_content(self, name, mimetype, content):
        """Hook: why the channel cannot show this file (bytes), in words; "" when it can."""
        return ""

    def _reduced_photo(self, content):
        """Hook: the picture (bytes) as a JPEG that the channel shows as a photo.

        :raise UserError: it cannot be made of this file
        """
        raise UserError(self.env._("This channel cannot reduce pictures."))

    def _check_reaction(self, message):
        """Hook: raise UserError when no reaction to `message` (mail.message) can be sent."""

    def _deliver_reaction(self, message, emoji):
        """Hook: send the agent's reaction to `message`; an empty `emoji` takes it away."""

    def _send_again(self, message, part_id):
        """Hook: send a part of `message` that failed once more.

        :param part_id: id of the part, as in `mail.message._contact_center_delivery`
        """

    def _fetch_file(self, message):
        """Hook: fetch the citizen's file of `message`, which is still at the channel."""

    # ------------------------------------------------------------
    # Called by the composer
    # ------------------------------------------------------------

    def _check_may_speak(self):
        """Raise unless the current user is the agent who serves this conversation."""
        self.ensure_one()
        self.check_access("read")
        # sudo: contact_center.conversation - who serves it decides, not who may read it
        self.env["discuss.channel"]._check_agent_may_post(self.sudo())

    def get_preview(self, text):
        """What the citizen will see of a text that is being written.

        :return: {"parts": [HTML of each message], "length": characters}
        """
        self._check_may_speak()
        text = str(text or "")
        return {"parts": self._composer_preview(text), "length": len(text.strip())}

    def check_files(self, files):
        """What becomes of files that the agent is about to upload.

        :param files: [{"name", "type" (MIME, may be empty), "size" (bytes)}]
        :return: for each {"problem": why it cannot be sent as it is, in words; "" if it can,
            "choices": [{"id": "reduce" or "document", "label"}] what may be done about it}
        """
        self._check_may_speak()
        return [
            self._composer_file(
                str(file.get("name") or ""), str(file.get("type") or ""), int(file.get("size") or 0)
            )
            for file in files
        ]

    def _reduced_upload(self, thread_model, content):
        """A picture (bytes) that its agent uploads, as a JPEG that the channel shows as a photo.

        :raise UserError: no picture, or not of who serves the conversation
        """
        self._check_may_upload(thread_model)
        return self._reduced_photo(content)

    def _check_upload(self, thread_model, name, mimetype, content):
        """Refuse a file (bytes) that its agent uploads for the citizen and that cannot be shown.

        :raise UserError: why, in words; or the conversation is not the user's
        """
        self._check_may_upload(thread_model)
        problem = self._composer_content(name, mimetype, content)
        if problem:
            raise UserError(problem)

    def _check_may_upload(self, thread_model):
        """Raise unless the current user serves this conversation, found by its channel."""
        if thread_model != "discuss.channel" or not self:
            raise AccessError(self.env._("This file is not of a conversation of yours."))
        self._check_may_speak()

    def action_send_location(self, latitude, longitude, name="", address=""):
        """Send a pin on the map to the citizen, in the agent's name.

        :param latitude: decimal degrees (WGS 84), as is `longitude`
        """
        self._check_may_speak()
        try:
            latitude, longitude = float(latitude), float(longitude)
        except (TypeError, ValueError):
            latitude = longitude = math.nan
        # A comparison with "not a number" is false: that is refused as well
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise UserError(
                self.env._("The latitude goes from -90 to 90, the longitude from -180 to 180.")
            )
        if not self._composer_features().get("location"):
            raise UserError(self.env._("This channel sends no locations."))
        place = Location(latitude, longitude, (name or "").strip(), (address or "").strip())
        self._say(Outgoing(location=place), author=self.env.user.partner_id)
        # sudo: contact_center.conversation - nobody may write it, its own bookkeeping does
        self.sudo().unread_count = 0
        self._bus_refresh()

    def action_send_again(self, message_id, part_id):
        """Send the part of a message that failed once more; what arrived is not repeated.

        :param message_id: id of the mail.message
        :param part_id: id of the part, as the message's ticks name it
        """
        self._check_may_speak()
        self._send_again(self._own_message(message_id), part_id)

    def action_fetch_file(self, message_id):
        """Fetch a citizen's file that was left at the channel, or could not be fetched.

        :param message_id: id of the mail.message
        """
        self._check_may_speak()
        self._fetch_file(self._own_message(message_id))

    def _own_message(self, message_id):
        """The mail.message of that id, which is of this conversation.

        :raise AccessError: it is of another one, or of none
        """
        # sudo: mail.message - of this conversation, which is checked
        message = self.env["mail.message"].sudo().browse(message_id).exists()
        channel = self.sudo().discuss_channel_id
        if message.model != "discuss.channel" or message.res_id != channel.id:
            raise AccessError(self.env._("This message is not of this conversation."))
        return message
