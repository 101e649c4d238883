from odoo import models

from ..tools import plain_words


class Conversation(models.Model):
    """A conversation on paper or in a file: what citizen, bot and agents said to each other.

    Internal notes are never part of it.
    """

    _inherit = "contact_center.conversation"

    def _spoken_messages(self):
        """The mail.messages that citizen, bot and agents said to each other, the oldest first.

        :raise AccessError: the user may not read this conversation
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: mail.message - the messages of a conversation that the user may read; authors and
        # files of colleagues included
        return self.env["mail.message"].sudo().search(self._said_domain(), order="id")

    def _export_values(self):
        """What report and text file show.

        :return: {"messages": [{"at": local datetime, "author": str, "citizen": bool, "body":
            Markup, "text": str, "files": [file, ...]}, ...], "files": [file, ...]}, where a file
            is {"name": str, "mimetype": str, "size": bytes, "checksum": SHA-1 in hex}
        """
        spoken = self._spoken_messages()
        self.env["contact_center.access.log"]._record("printed", self)
        messages = [self._export_message(message) for message in spoken]
        files = [file for message in messages for file in message["files"]]
        return {"messages": messages, "files": files}

    def _export_message(self, message):
        """One entry of `_export_values`."""
        return {
            # On the clocks of the queue: jobs that export have no time zone of their own
            "at": self._local_time(message.date),
            "author": message.author_id.name or "",
            # sudo: res.partner - the citizen's id alone
            "citizen": message.author_id == self.sudo().partner_id,
            "body": message.body,
            "text": plain_words(message.body),
            "files": [
                {
                    "name": attachment.name or "",
                    "mimetype": attachment.mimetype or "",
                    "size": attachment.file_size,
                    "checksum": attachment.checksum or "",
                }
                for attachment in message.attachment_ids.sorted("id")
            ],
        }

    def _export_text(self):
        """The conversation as plain text: a heading, and one paragraph per message."""
        export = self._export_values()
        heading = (
            (self.env._("Protocol number"), self.protocol),
            (self.env._("Citizen"), self.partner_id.name),
            (self.env._("Queue"), self.queue_id.name),
            (self.env._("Agent"), self.agent_id.name),
            (self.env._("Subject"), self.tabulation_id.display_name),
        )
        lines = [f"{label}: {value}" for label, value in heading if value]
        for message in export["messages"]:
            lines += ["", f"[{message['at']:%d/%m/%Y %H:%M:%S}] {message['author']}"]
            lines += [message["text"]] if message["text"] else []
            lines += [
                self.env._(
                    "[file: %(name)s; %(mimetype)s; %(size)s bytes; SHA-1 %(checksum)s]", **file
                )
                for file in message["files"]
            ]
        return "\n".join(lines) + "\n"
