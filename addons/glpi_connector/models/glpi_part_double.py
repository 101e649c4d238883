# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from .. import rest
from .glpi_ticket_double import LATE


class GlpiOutbox(models.Model):
    """Followups and answers that GLPI created twice (see glpi_ticket_double.py)."""

    _inherit = "glpi.outbox"

    doubles_until = fields.Datetime(
        readonly=True,
        copy=False,
        help="A second request was sent: until then late results of the first one are searched "
        "for.",
    )
    double_numbers = fields.Char(
        string="Doubles in GLPI", readonly=True, copy=False, help="Taken away, or told to people."
    )

    def _expect_doubles(self):
        """Expect a duplicate: a second request is sent while the first may still count."""
        if self.kind != "status":  # which is in no entry
            self.doubles_until = fields.Datetime.now() + LATE

    def _doubles(self, client):
        """Return the ids of what GLPI has of it beside what we know."""
        found = client.find_followups(self.ticket_id.glpi_id, self.marker)
        kept = self.glpi_id or min(found, default=0)
        return [one for one in found if one != kept]

    def _remove_double(self, client, double):
        client.remove_followup(self.ticket_id.glpi_id, double)

    def _double_words(self, env, reason):
        """Return what people read when a double could not be taken away."""
        return env._(
            "GLPI has this twice in ticket No. %(number)s, and it could not be taken away. Please "
            "delete one of them in GLPI: %(what)s. %(reason)s",
            number=self.ticket_id.glpi_id,
            what=(self.content or self._kind_words())[:200],
            reason=reason,
        )


class GlpiDocument(models.Model):
    """A file that GLPI stored twice; only one copy is attached to the ticket."""

    _inherit = "glpi.document"

    doubles_until = fields.Datetime(
        readonly=True,
        copy=False,
        help="A second request was sent: until then late results of the first one are searched "
        "for.",
    )
    double_numbers = fields.Char(
        string="Doubles in GLPI", readonly=True, copy=False, help="Taken away, or told to people."
    )

    def _expect_doubles(self):
        """Expect a duplicate: a second request is sent while the first may still count."""
        self.doubles_until = fields.Datetime.now() + LATE

    def _doubles(self, client):
        """Return the ids of what GLPI has of it beside what we know."""
        # sudo: ir.attachment - file of a ticket that the system pushes
        draft = self._draft(self.sudo().attachment_id)
        return [one for one in client.same_documents(draft) if one != self.glpi_id]

    def _remove_double(self, client, double):
        client.remove_document(double)

    def _double_words(self, env, reason):
        """Return what people read when a double could not be taken away."""
        return env._(
            "GLPI has the file %(name)s of ticket No. %(number)s twice, and the copy could not be "
            "removed. Please delete the document in GLPI that is attached to nothing. %(reason)s",
            name=self.name,
            number=self.ticket_id.glpi_id,
            reason=reason,
        )


class GlpiTicket(models.Model):
    """Messages about a ticket, and files, that GLPI created twice."""

    _inherit = "glpi.ticket"

    def _doubtful_parts(self):
        """Return (glpi.outbox, glpi.document) records that GLPI may still duplicate."""
        return (
            self.outbox_ids.filtered(lambda one: one.doubles_until and one.state == "sent"),
            self.document_ids.filtered(lambda one: one.doubles_until and one.state == "sent"),
        )

    def _join_double_parts(self, client):
        """Find duplicates and remove them. Raises rest.GlpiDown and rest.GlpiAuth."""
        for records in self._doubtful_parts():
            for part in records:
                self._join_double_part(client, part)

    def _join_double_part(self, client, part):
        try:
            found = part._doubles(client)
        except rest.GlpiRefused:
            # the ticket or the file no longer exists: there can be no duplicate
            part.doubles_until = False
            found = []
        known = (part.double_numbers or "").split(", ")
        for double in found:
            if str(double) in known:
                continue
            try:
                part._remove_double(client, double)
            except rest.GlpiRefused as error:
                self._name_double(part, error)
            numbers = [part.double_numbers, str(double)]
            part.double_numbers = ", ".join(filter(None, numbers))
            self._commit()
        if part.doubles_until and fields.Datetime.now() >= part.doubles_until:
            part.doubles_until = False
        self._commit()

    def _name_double(self, part, error):
        """Report duplicates in GLPI to the agent and on the ticket."""
        env = self.with_context(lang=self.server_id.lang).env
        words = part._double_words(env, self.server_id._explain(error))
        self.notice = "\n".join(filter(None, [self.notice, words]))
        self._tell_agent(words)
