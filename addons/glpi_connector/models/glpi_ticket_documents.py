# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ..rest import text


class GlpiTicket(models.Model):
    """The files of a ticket on their way to GLPI."""

    _inherit = "glpi.ticket"

    def _push_documents(self, client):
        """Send every available file; tell technicians which ones GLPI lacks.

        :return: glpi.document records whose file has not arrived here yet
        """
        waiting = self.env["glpi.document"]
        for document in self.document_ids.filtered(lambda d: d.state == "pending"):
            if document.outbox_id.state in ("failed", "given_up"):
                document.write({"state": "failed", "error": document.outbox_id.error})
                continue
            if document.outbox_id.state == "waiting":
                continue
            for part in document._resolve():
                if part.attachment_id:
                    part._push(client)
                elif part._is_late():
                    env = self.with_context(lang=self.server_id.lang).env
                    part.write({"state": "refused", "error": env._("The file never arrived.")})
                else:
                    waiting |= part
        if not waiting:
            self._report_refused(client)
        return waiting

    def _report_refused(self, client):
        """Leave one private followup that names the files GLPI did not take."""
        refused = self.document_ids.filtered(lambda d: d.state == "refused" and not d.reported)
        if not refused:
            return
        env = self.with_context(lang=self.server_id.lang).env
        lines = [f"- {document.name}: {document.error}" for document in refused]
        words = env._(
            "These files of the citizen are not in GLPI; they are in the conversation with "
            "protocol %s:",
            self.protocol,
        )
        # mark first: better never than twice
        refused.reported = True
        self._commit()
        client.add_followup(self.glpi_id, text.followup("\n".join([words, *lines])), private=True)
