# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError

from ..cloud_api import files, markup, payloads, photo, video

# Meta refuses reactions to older messages (131009)
REACTION_TARGET_AGE = timedelta(days=30)
# As many characters as the longest emoji (families, flags of regions) has
_EMOJI_MAX = 16
_MARKS = ("<strong>", "<em>", "<s>", "<code>", "<pre>", "<blockquote>")


class Conversation(models.Model):
    """The composer's abilities over WhatsApp: marks, files, reactions, places."""

    _inherit = "contact_center.conversation"

    def _composer_features(self):
        if self.channel_kind != "whatsapp":
            return super()._composer_features()
        return {"text_max": payloads.TEXT_MAX, "marks": True, "location": True}

    def _composer_preview(self, text):
        if self.channel_kind != "whatsapp":
            return super()._composer_preview(text)
        # Safe: `to_html` escapes everything that it does not make itself
        return [Markup(markup.to_html(piece)) for piece in payloads.split_text(text)]

    def _agent_body(self, body):
        """Show the agent *bold* as the citizen sees it, where nothing is lost by it."""
        if self.channel_kind != "whatsapp" or not isinstance(body, Markup):
            return super()._agent_body(body)
        text = markup.from_html(body)
        shown = markup.to_html(text)
        marked = any(mark in shown for mark in _MARKS)
        # Safe: as above
        return Markup(shown) if marked and markup.from_html(shown) == text else body  # nosec B704

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------

    def _composer_file(self, name, mimetype, size):
        if self.channel_kind != "whatsapp":
            return super()._composer_file(name, mimetype, size)
        mimetype = files.guess_type(name, mimetype)
        verdict = self.env["whatsapp.media"]._judge(mimetype, size)
        if not verdict.error and not verdict.picture:
            return {"problem": "", "choices": []}
        choices = []
        if verdict.picture:
            choices.append({"id": "reduce", "label": self.env._("Reduce and send as photo")})
            if not verdict.error:
                choices.append({"id": "document", "label": self.env._("Send as document")})
        return {
            "problem": self._file_problem(name, mimetype, size, verdict),
            "choices": choices,
        }

    def _file_problem(self, name, mimetype, size, verdict):
        """Describe the problem of a file and its remedy."""
        have, most = _megabytes(size), _megabytes(verdict.limit)
        if verdict.picture:
            photo_limit = self.env["whatsapp.media"]._photo_limit()
            if size > photo_limit:
                return self.env._(
                    "“%(name)s” has %(have)s; WhatsApp shows photos up to %(most)s.",
                    name=name,
                    have=have,
                    most=_megabytes(photo_limit),
                )
            return self.env._(
                "WhatsApp shows photos in JPEG and PNG only; “%(name)s” is in another format.",
                name=name,
            )
        if verdict.error == "media_type":
            return self.env._(
                "WhatsApp does not accept files like “%(name)s”. Save it as PDF, or in another "
                "usual format (JPEG, MP4, MP3, DOCX, XLSX), and attach it again.",
                name=name,
            )
        family = mimetype.partition("/")[0]
        advice = {
            "video": self.env._("Cut it, or save it with less quality, and attach it again."),
            "audio": self.env._("Split it, or save it as MP3 with less quality."),
        }.get(family, self.env._("Split it, or send the citizen a link to it."))
        return self.env._(
            "“%(name)s” has %(have)s; WhatsApp accepts up to %(most)s for this type. %(advice)s",
            name=name,
            have=have,
            most=most,
            advice=advice,
        )

    def _composer_content(self, name, mimetype, content):
        if self.channel_kind != "whatsapp":
            return super()._composer_content(name, mimetype, content)
        kind = files.guess_type(name, mimetype)
        codec = video.problem(content) if kind in video.TYPES else ""
        if not codec:
            return ""
        return self.env._(
            "WhatsApp cannot play “%(name)s” (%(codec)s). Save it as MP4 with H.264 and AAC and "
            "attach it again; on an iPhone: Settings, Camera, Formats, Most Compatible.",
            name=name,
            codec=codec,
        )

    def _reduced_photo(self, content):
        if self.channel_kind != "whatsapp":
            return super()._reduced_photo(content)
        try:
            return photo.reduce(content, self.env["whatsapp.media"]._photo_limit())
        except photo.PhotoError as error:
            raise UserError(
                self.env._("This picture could not be read. Save it as JPEG and attach it again.")
            ) from error

    # ------------------------------------------------------------
    # Reactions, send again
    # ------------------------------------------------------------

    def _check_reaction(self, message):
        super()._check_reaction(message)
        if self.channel_kind != "whatsapp":
            return
        # sudo: whatsapp.message - the rule is Meta's, the same for every user
        target = self.env["whatsapp.message"].sudo()._said_in(message)[:1]
        if not target:
            raise UserError(
                self.env._("You cannot react to this message: the citizen's WhatsApp lacks it.")
            )
        if target.create_date < fields.Datetime.now() - REACTION_TARGET_AGE:
            raise UserError(
                self.env._("WhatsApp does not accept reactions to messages older than 30 days.")
            )

    def _deliver_reaction(self, message, emoji):
        super()._deliver_reaction(message, emoji)
        # sudo: contact_center.conversation, whatsapp.message - agents may not see the outbox
        conversation = self.sudo()
        if conversation.channel_kind != "whatsapp" or not conversation.whatsapp_identity_id:
            return
        if len(emoji) > _EMOJI_MAX:
            raise UserError(self.env._("A reaction is one emoji."))
        outbox = conversation.env["whatsapp.message"]
        target = outbox._said_in(message)[:1]
        content = payloads.reaction(target.wamid, emoji)
        outbox._queue([conversation._whatsapp_row(message, content)])._send_soon()

    def _send_again(self, message, part_id):
        super()._send_again(message, part_id)
        if self.channel_kind != "whatsapp":
            return
        # sudo: whatsapp.message - agents may not see the outbox; the part is of this message
        part = self.env["whatsapp.message"].sudo().browse(part_id).exists()
        of_message = message in (part | part._merged_parts()).mail_message_id
        if not of_message or not part._queue_again():
            raise UserError(self.env._("This part of the message needs no sending again."))

    def _fetch_file(self, message):
        super()._fetch_file(message)
        if self.channel_kind != "whatsapp":
            return
        # sudo: whatsapp.message - agents may not see it; the message is of their conversation
        received = self.env["whatsapp.message"].sudo()
        received = received.search(
            [("mail_message_id", "=", message.id), ("media_state", "in", ("held", "failed"))]
        )
        if not received._fetch_again(asked=True):
            raise UserError(self.env._("There is no file of this message to be fetched."))


def _megabytes(size):
    """Return bytes as people read them, rounded: "7,5 MB", "400 kB"."""
    if size < 1024 * 1024:
        return f"{max(round(size / 1024), 1)} kB"
    return f"{size / 1024 / 1024:.1f}".rstrip("0").rstrip(".").replace(".", ",") + " MB"
