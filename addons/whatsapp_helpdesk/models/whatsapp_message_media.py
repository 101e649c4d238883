# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import errno
import mimetypes
import os
import re
from datetime import timedelta

from markupsafe import Markup

from odoo import api, models

from odoo.addons.contact_center.core import caps
from odoo.addons.queue_job.exception import RetryableJobError

from ..cloud_api import errors, files, markup, pacing
from ..cloud_api.client import ApiError
from ..cloud_api.errors import TOO_LARGE, ErrorClass
from .shown_above import above

_MAX_TRIES = 8
# Errors that say that a file could not be stored for want of space, and when it is tried again
_NO_SPACE, _NO_SPACE_SECONDS = (errno.ENOSPC, errno.EDQUOT), 30
# So long Meta keeps what citizens send
KEPT_BY_META = timedelta(days=7)
# Priorities of the jobs that fetch a person's first file and the last ones (lower goes first)
_FIRST_TURN, _LAST_TURN = 5, 100
_ICONS = {
    "image": "🖼",
    "video": "🎬",
    "audio": "🎵",
    "voice": "🎤",
    "document": "📄",
    "sticker": "🙂",
}
_FAMILIES = {"image": "image", "sticker": "image", "video": "video", "audio": "audio"}
# Usual endings, where Python's table has another one or none
_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "audio/ogg": ".ogg",
    "audio/aac": ".aac",
    "audio/amr": ".amr",
    "video/3gpp": ".3gp",
}


class WhatsappMessage(models.Model):
    """Files that citizens send: fetched at once, as Meta keeps them seven days only."""

    _inherit = "whatsapp.message"

    @api.model
    def _media_body(self, kind, caption, words=""):
        """Return the HTML of a message with a file: `words` about the file, and the caption.

        :param words: empty once the file itself is shown
        """
        lines = []
        if words:
            lines.append(Markup("<em>%s %s</em>") % (_ICONS.get(kind, "📎"), words))
        if caption:
            lines.append(Markup(markup.to_html(caption)))
        return Markup("<p>%s</p>") % Markup("<br>").join(lines) if lines else Markup()

    def _fetch_pending(self):
        """Enqueue the job for the file, if there is one to be fetched."""
        if self.media_state == "pending":
            self._fetch_media_later()

    def _fetch_within_cap(self, at):
        """Fetch the file unless its sender sent too many: then leave it at WhatsApp.

        :param at: aware time at which the file was sent
        """
        if self.media_state == "pending" and self.conversation_id._over_cap(caps.FILES, at):
            self._hold_media(
                self.env._("Too many files in a short time: this one was not fetched.")
            )
        self._fetch_pending()

    def _hold_media(self, words):
        """Leave this message's file at WhatsApp and say why in `words`. A click fetches it."""
        self.ensure_one()
        self.media_state = "held"
        values = self.payload or {}
        self._rewrite(self._media_body(values.get("kind"), values.get("caption"), words))
        self._notify_file_state()

    def _notify_file_state(self):
        """Show on open screens whether there is a file to be fetched by a click."""
        for message in self:
            if message.conversation_id.state in ("queued", "in_service"):
                message.mail_message_id._notify_marks()

    def _fetch_media_later(self, asked=False):
        """Enqueue the job that fetches this message's file.

        The more files of a person wait, the later the next one's turn: so people's files are
        fetched by turns, and forty of one delay those of nobody else.

        :param asked: somebody of the city wants it: it is fetched whatever its sender's limits
        """
        self.ensure_one()
        waiting = self.search_count(
            [("identity_id", "=", self.identity_id.id), ("media_state", "=", "pending")],
            limit=_LAST_TURN,
        )
        self.with_delay(
            priority=_FIRST_TURN + max(waiting - 1, 0),
            max_retries=0,
            identity_key=f"whatsapp.media:{self.id}",
            description=self.env._("WhatsApp: fetch a file"),
        )._fetch_media(asked)

    def _fetch_media(self, asked=False):
        """Job: fetch this message's file, check it and show it in place of the placeholder.

        Comes back after a failure that may pass; else the placeholder says why there is no file,
        and the administrator may try again.

        :param asked: as for `_fetch_media_later`
        """
        self.ensure_one()
        self = self._in_portuguese()  # noqa: PLW0642
        if not self._waits_for_file():
            return
        try:
            # An address is good for five minutes only: each attempt asks for a new one
            api_client = self.account_id._api()
            info = api_client.media_info(self.media_id)
            if not asked and self._is_over_volume(info.size):
                self._repeat(lambda: self._after_download(self._hold_for_volume))
                return
            content = api_client.download(info, self.env["whatsapp.media"]._document_limit())
        except ApiError as failure:
            error = failure
            self._repeat(lambda: self._after_download(lambda: self._media_failed(error)))
            return
        try:
            self._repeat(
                lambda: self._after_download(lambda: self._show_media(content, info.mimetype))
            )
        except OSError as error:
            if error.errno not in _NO_SPACE:
                raise
            self._rollback()
            # Somebody makes room: Meta keeps the file for days
            raise RetryableJobError(
                "no space on the disk", seconds=_NO_SPACE_SECONDS, ignore_retry=True
            ) from error

    def _waits_for_file(self):
        """Return whether the file is still to be fetched, and there is a place to show it.

        There is none once the texts were erased (`payload` is empty then).
        """
        place = self.mail_message_id or self.kept_body
        return self.media_state == "pending" and bool(self.payload and place)

    def _after_download(self, step):
        """Run `step()` on the conversation as it is now.

        A download takes up to minutes. In that time the conversation may have been handed over,
        transferred or closed, its texts erased, or the file fetched by another job.
        """
        self._commit()
        self.env.invalidate_all()
        if self.exists() and self.conversation_id:
            # sudo: contact_center.conversation - locked, so that it stays as read until the end
            self.conversation_id.sudo()._lock()
        if self.exists() and self._waits_for_file():
            step()

    def _media_failed(self, error):
        """Come back later, or give up and say why."""
        passing = error.kind in (
            ErrorClass.RETRY,
            ErrorClass.UNKNOWN,
            # Of the token, which somebody mends, or of this file alone (Meta's file server
            # refuses an address that is too old the same way): no reason to stop the number
            ErrorClass.PAUSE_ACCOUNT,
        )
        if error.kind is ErrorClass.PAUSE_ACCOUNT and not self.tries:
            self.account_id._suspect(error.code, error.details)
        if passing and self.tries + 1 < _MAX_TRIES:
            self.tries += 1
            self._commit()
            raise RetryableJobError(
                error.reason, seconds=int(pacing.retry_delay(self.tries * 2)), ignore_retry=True
            )
        self.write(
            {
                "media_state": "failed",
                "error_code": str(error.code),
                "error_detail": error.details[:500] or False,
            }
        )
        words = self.env._(
            "The file could not be fetched: %s",
            self.env._(error.reason),
        )
        values = self.payload or {}
        self._rewrite(self._media_body(values.get("kind"), values.get("caption"), words))
        self._notify_file_state()

    def _replace_body(self, body):
        """Replace the message itself; what stands above it (advertisement, quote) stays."""
        if not self.mail_message_id:
            self.kept_body = above(self.kept_body) + body
            return
        # sudo: mail.message - written by the system for the citizen
        message = self.mail_message_id.sudo()
        message.body = above(message.body) + body

    def _rewrite(self, body):
        """Replace the body of this message in Discuss, on the screens too."""
        self._replace_body(body)
        # sudo: mail.message - written by the system for the citizen
        message = self.mail_message_id.sudo()
        if message and self.conversation_id.state in ("queued", "in_service"):
            message._show_again()

    def _show_media(self, content, mimetype):
        """Attach the file to the mail.message, live on every screen that shows it."""
        values = self.payload or {}
        kind = values.get("kind")
        mimetype = files.guess_type(
            values.get("filename") or "", mimetype or values.get("mimetype") or ""
        )
        mimetype = mimetype or "application/octet-stream"
        family = _FAMILIES.get("audio" if kind == "voice" else kind)
        if family and not mimetype.startswith(f"{family}/"):
            mimetype = "application/octet-stream"
        # sudo: ir.attachment - made by the system for the citizen. No page or script that a
        # citizen sends may run in an agent's browser; a photo is evidence and stays as it is.
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .with_context(attachments_mime_plainxml=True, image_no_postprocess=True)
            .create(
                {
                    "name": _filename(values.get("filename"), kind, mimetype, self.id),
                    "raw": content,
                    "mimetype": _harmless(mimetype),
                    **self._file_place(),
                }
            )
        )
        if kind == "voice":
            attachment._set_voice_metadata()
        self.write({"media_state": "done", "attachment_id": attachment.id, "error_code": False})
        self._replace_body(self._media_body(kind, values.get("caption")))
        if self.mail_message_id:
            self.conversation_id._attach(self.mail_message_id, attachment)

    def _file_place(self):
        """Return where a file belongs: to the conversation; without one, to this message itself."""
        if channel := self.conversation_id.discuss_channel_id:
            return {"res_model": "discuss.channel", "res_id": channel.id}
        return {"res_model": self._name, "res_id": self.id}

    def action_fetch_media(self):
        """Try once more to fetch a file."""
        self._check_may_repair()
        # sudo: whatsapp.message - rows are written by the system only, the right was checked
        self.sudo()._fetch_again(asked=True)

    def _fetch_again(self, asked=False):
        """Fetch those files of these messages that were left at WhatsApp, or failed.

        :param asked: as for `_fetch_media_later`
        """
        # What Meta never took over cannot be fetched, and its reason stays
        there = self.filtered(
            lambda message: (
                message.media_state in ("failed", "held") and message.error_code != TOO_LARGE
            )
        )
        there.write({"media_state": "pending", "tries": 0, "error_code": False})
        for message in there:
            message._fetch_media_later(asked)
        there._notify_file_state()
        return there

    @api.model
    def _fetch_after_repair(self, accounts):
        """Fetch the files that Meta would not give out while something was wrong with a number.

        :param accounts: whatsapp.account records that work again
        """
        failed = self.search(
            [
                ("account_id", "in", accounts.ids),
                ("media_state", "=", "failed"),
                ("create_date", ">", self.env.cr.now() - KEPT_BY_META),
            ],
            order="id",
            limit=1000,
        )
        refused = failed.filtered(
            lambda message: errors.info(message.error_code).kind is ErrorClass.PAUSE_ACCOUNT
        )
        refused._fetch_again()

    @api.model
    def _sweep_media(self):
        """Wake jobs for files whose job was lost."""
        limit = self.env.cr.now() - timedelta(minutes=5)
        pending = self.search(
            [("media_state", "=", "pending"), ("create_date", "<", limit)], order="id", limit=200
        )
        for message in pending:
            message._fetch_media_later()


def _harmless(mimetype):
    """Return a type that no browser runs: pages and scripts become plain text."""
    return "text/plain" if files.is_active(mimetype) else mimetype


def _filename(given, kind, mimetype, number):
    """Return a safe name for a file: the citizen's own without path and signs, or one of ours."""
    name = os.path.basename((given or "").replace("\\", "/"))
    name = re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\ufffd]", "", name).strip(". ")[:200]
    if name:
        return name
    ending = _ENDINGS.get(mimetype) or mimetypes.guess_extension(mimetype) or ""
    return f"whatsapp-{kind or 'file'}-{number}{ending}"
