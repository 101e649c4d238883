import logging

from odoo import fields, models

from .. import rest
from ..rest import images, text
from ..rest.interface import STATUS_ASSIGNED, STATUS_CLOSED, STATUS_PENDING, STATUS_SOLVED

_logger = logging.getLogger(__name__)

# Statuses whose arrival the citizen hears of
_TOLD_STATUSES = (STATUS_ASSIGNED, STATUS_PENDING, STATUS_SOLVED, STATUS_CLOSED)
# Larger files are named to the citizen, not sent (WhatsApp takes up to 16 MB of sound and video).
FILE_LIMIT = 16 * 1024 * 1024
# GLPI's dates have no parts of a second; so long after one nothing more happens at it (seconds).
SECOND_OVER = 2


class GlpiTicket(models.Model):
    """What happens to a ticket in GLPI, read and kept here (told by glpi_ticket_telling.py)."""

    _inherit = "glpi.ticket"

    out_of_sight = fields.Boolean(readonly=True, copy=False)
    technician_glpi_id = fields.Integer(
        string="Technician (GLPI id)", readonly=True, copy=False, aggregator=None
    )

    read_at = fields.Datetime(string="Last read in GLPI", readonly=True, copy=False)
    news_settled = fields.Boolean(
        readonly=True, copy=False, help="Whatever happens now gets a later date in GLPI."
    )

    def _known_at(self):
        """When GLPI last said something about the ticket."""
        return self.read_at or self.opened_at or self.create_date

    def _watched_domain(self):
        """Tickets that may still have news."""
        return [("state", "=", "open"), ("glpi_status", "in", ["1", "2", "3", "4", "5"])]

    def _read_news(self, client, listed="", seconds=0):
        """Read status, followups, solutions and files. Raises rest.GlpiDown, rest.GlpiAuth.

        :param listed: date of its last change in the list that named it
        :param seconds: how long ago that list was asked for
        """
        self.ensure_one()
        try:
            news = client.read_ticket(self.glpi_id)
            if news.deleted:
                env = self.with_context(lang=self.server_id.lang).env
                self._lost(env._("It is in GLPI's trash."))
                return
            entries = self._new_entries(client, news)
            technician = self._new_technician(client, news)
        except rest.GlpiRefused as error:
            if error.kind not in ("not_found", "right"):
                raise
            # Gone or merged away: that is news too, and the last one. A right may come back.
            self._lost(self.server_id._explain(error), for_good=error.kind == "not_found")
            return
        self._lock_conversation()
        if self.out_of_sight:
            self.write({"out_of_sight": False, "notice": False})
        created = self.env["glpi.followup"].create([values for values, _files in entries])
        for entry, (_values, files) in zip(created, entries, strict=True):
            entry._keep_files(files)
        self._tell_entries(created)
        before = self.glpi_status
        self._note_date(news.date_mod, listed, seconds)
        self._note_move(news, created, technician)
        if created or self.glpi_status != before:
            self.conversation_id._bus_refresh(panel=True)

    def _lost(self, words, for_good=True):
        """The ticket is out of our sight in GLPI: say so to people once, and ask no more unless
        it may come back."""
        if not self.out_of_sight:
            self._tell_agent(
                self.with_context(lang=self.server_id.lang).env._(
                    "Ticket No. %(number)s is no longer to be seen in GLPI: %(reason)s",
                    number=self.glpi_id,
                    reason=words,
                )
            )
        known = self.out_of_sight and self.notice == words
        values = {"glpi_status": False} if for_good else {}
        values |= {"notice": words, "out_of_sight": True, "read_at": fields.Datetime.now()}
        self.write(values)
        if not known:
            self.conversation_id._bus_refresh(panel=True)

    # ------------------------------------------------------------ what is new
    def _new_entries(self, client, news):
        """(values of glpi.followup, files) of what is new and not our own, the oldest first."""
        # a list that changes while its pages are read may name one twice
        followups = list({item.id: item for item in client.followups(news)}.values())
        entries = [
            self._entry(kind, item, hidden)
            for kind, item, hidden in self._new_texts(client, news, followups)
        ]
        return entries + self._new_documents(client, news, followups)

    def _new_texts(self, client, news, followups):
        """(kind, item, whether it is private) of new followups and solutions."""
        known = {(entry.kind, entry.glpi_id) for entry in self.followup_ids}
        # sudo: glpi.outbox - ids of what we have written ourselves
        ours = set(self.sudo().outbox_ids.mapped("glpi_id"))
        found = [
            ("followup", item, item.private)
            for item in followups
            if item.user_id != news.writer_id and item.id not in ours
        ]
        if news.status in (STATUS_SOLVED, STATUS_CLOSED):
            found += [("solution", item, False) for item in client.solutions(news)]
        return [
            (kind, item, hidden) for kind, item, hidden in found if (kind, item.id) not in known
        ]

    def _entry(self, kind, item, private):
        """(values, files) of a followup or solution; its pictures are files."""
        values = {
            "ticket_id": self.id,
            "kind": kind,
            "glpi_id": item.id,
            "content": text.html_to_text(item.content),
            "author": self.server_id._technician_name(item.user_id),
            "private": private,
            "at": item.at and item.at.replace(tzinfo=None),
        }
        files = [] if private else images.inline(item.content, FILE_LIMIT)
        return values, files

    def _new_documents(self, client, news, followups):
        """(values, files) of files that technicians have put on the ticket.

        One on a private followup, or that a private text shows as a picture, is not fetched.
        """
        known = set(
            self.followup_ids.filtered(lambda one: one.kind == "document").mapped("glpi_id")
        )
        known |= set(self.document_ids.mapped("glpi_id"))
        try:
            documents = client.documents(news)
        except rest.GlpiRefused as error:
            if error.kind != "right":
                raise
            return []
        private = [item for item in followups if item.private]
        hidden = {item.id for item in private}
        pictures = {number for item in private for number in images.document_ids(item.content)}
        return [
            self._document_entry(client, item, item.followup_id in hidden or item.id in pictures)
            for item in documents
            if item.id not in known and item.user_id != news.writer_id
        ]

    def _document_entry(self, client, item, private):
        """(values, files) of one file."""
        name = item.filename or item.name
        values = {
            "ticket_id": self.id,
            "kind": "document",
            "glpi_id": item.id,
            "content": name,
            "private": private,
            "holder_glpi_id": item.followup_id,
            "at": item.at and item.at.replace(tzinfo=None),
        }
        if private:
            return values, []
        try:
            data = client.download(item.id, FILE_LIMIT)
        except rest.GlpiRefused as error:
            _logger.info("document %s of ticket %s: %s", item.id, self.glpi_id, error)
            return values, []
        return values, [images.Picture(name, item.mimetype, data)]

    # ------------------------------------------------------------ status
    def _note_date(self, date_mod, listed, seconds):
        """Keep the date of the last change, and whether another one may still get the same."""
        now = fields.Datetime.now()
        if date_mod == self.date_mod and self.read_at:
            seconds = max(seconds, (now - self.read_at).total_seconds())
        settled = date_mod == listed and seconds >= SECOND_OVER
        self.write({"date_mod": date_mod, "news_settled": settled, "read_at": now})

    def _new_technician(self, client, news):
        """GLPI's id of the technician who has just been assigned, or 0."""
        if news.status != STATUS_ASSIGNED or self.glpi_status == str(STATUS_ASSIGNED):
            return 0
        try:
            actors = client.actors(self.glpi_id)
        except rest.GlpiRefused as error:
            if error.kind != "right":
                raise
            return 0
        return next((one.user_id for one in actors if one.role == "assigned" and one.user_id), 0)

    def _note_move(self, news, created, technician):
        """Keep the new status; tell the citizen when it is one worth hearing of."""
        status = str(news.status) if news.status in rest.interface.STATUSES else False
        moved = status and status != self.glpi_status
        values = {"glpi_status": status or self.glpi_status}
        if technician:
            values["technician_glpi_id"] = technician
        self.write(values)
        if not moved or news.status not in _TOLD_STATUSES:
            return
        if news.status == STATUS_SOLVED and "solution" in created.mapped("kind"):
            return  # the solution itself says so
        if news.status == STATUS_CLOSED and self._closed_by_citizen():
            return  # the citizen said so, and was thanked
        name = self.server_id._technician_name(technician)
        if name:
            self._tell("ticket_assigned", tecnico=name)
        else:
            self._tell("ticket_status", situacao=self._status_words())

    def _closed_by_citizen(self):
        """Whether the citizen accepted the solution here."""
        # sudo: glpi.outbox - looked at by the system
        return any(
            entry.kind == "approve" and entry.state == "sent" for entry in self.sudo().outbox_ids
        )

    def _status_words(self):
        """The status as citizens and GLPI's technicians call it."""
        labels = dict(
            self._fields["glpi_status"]._description_selection(
                self.with_context(lang=self.server_id.lang).env
            )
        )
        return labels.get(self.glpi_status, "")


class GlpiFollowup(models.Model):
    """The files of what technicians wrote."""

    _inherit = "glpi.followup"

    def _keep_files(self, files):
        """Keep `files` (rest.images.Picture) with this entry."""
        self.ensure_one()
        if not files:
            return
        # sudo: ir.attachment - made by the scheduled action
        self.attachment_ids = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": one.filename,
                        "mimetype": one.mimetype,
                        "raw": one.data,
                        "res_model": self._name,
                        "res_id": self.id,
                    }
                    for one in files
                ]
            )
        )
