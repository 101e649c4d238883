# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from odoo.addons.contact_center.tools import plain_words


class Conversation(models.Model):
    """A conversation in print or in a file: the messages between citizen, bot and agents.

    Internal notes are never part of it.
    """

    _inherit = "contact_center.conversation"

    def _export_values(self):
        """Return the data for the report and the text file.

        :return: {"messages": [{"at": local datetime, "author": str, "citizen": bool, "body":
            Markup, "text": str, "files": [file, ...]}, ...], "files": [file, ...]}, where a file
            is {"name": str, "mimetype": str, "size": bytes, "checksum": SHA-1 in hex}
        """
        spoken = self._spoken_messages()
        self._note_access("printed", self)
        messages = [self._export_message(message) for message in spoken]
        files = [file for message in messages for file in message["files"]]
        return {"messages": messages, "files": files}

    def _export_message(self, message):
        """Return one entry of `_export_values`."""
        return {
            # In the queue's time zone: export jobs have none of their own
            "at": self._local_time(message.date),
            "author": self._shown_author(message),
            # sudo: res.partner - the citizen's id only
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
        """Return the conversation as plain text: a heading, and one paragraph per message."""
        export = self._export_values()
        heading = (
            (self.env._("Protocol number"), self.protocol),
            (self.env._("Citizen"), self.partner_id.name),
            (self.env._("Queue"), self.queue_id.name),
            (self.env._("Agent"), self.agent_id.name),
            (self.env._("Subject"), self.disposition_id.display_name),
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
