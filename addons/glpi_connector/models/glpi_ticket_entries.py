# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from dataclasses import dataclass, field, replace

from odoo import fields, models

from .. import rest
from ..rest import images, text
from ..rest.interface import STATUS_CLOSED, STATUS_SOLVED
from ..rest.values import moment

_logger = logging.getLogger(__name__)

# Larger files are only mentioned to the citizen (WhatsApp accepts up to 16 MB of audio and video).
FILE_LIMIT = 16 * 1024 * 1024
_REFUSED_SOLUTION = 4


@dataclass
class Reading:
    """The result of reading a ticket: GLPI's entries compared with ours."""

    last_followup_id: int = 0
    new: list = field(default_factory=list)  # (values of glpi.followup, files)
    published: list = field(default_factory=list)  # (record, values, files): private until now
    corrected: list = field(default_factory=list)  # (record, values, files): the words changed
    hidden: list = field(default_factory=list)  # (record, values, files): private from now on
    gone: list = field(default_factory=list)  # records that were deleted
    back: list = field(default_factory=list)  # records that were taken for deleted

    @property
    def is_news(self):
        """Return whether anything changed."""
        return bool(self.new or self.published or self.corrected or self.hidden or self.gone)


class GlpiTicket(models.Model):
    """Followups, solutions and files of a ticket: what is new, changed or deleted."""

    _inherit = "glpi.ticket"

    last_followup_id = fields.Integer(
        readonly=True, copy=False, aggregator=None, help="Highest id of a followup seen in GLPI."
    )

    # ------------------------------------------------------------ reading
    def _read_entries(self, client, news, actors):
        """Return the current Reading. Files of public entries are fetched here, outside any lock.

        :param actors: list of rest.Actor from `_read_actors`
        """
        kept = {(entry.kind, entry.glpi_id): entry for entry in self.followup_ids}
        me = client.my_id() or news.writer_id if self.merged_from else news.writer_id
        known = self._known_entries(kept, news, me)
        recent = client.recent_followups(news, known)
        solved = news.status in (STATUS_SOLVED, STATUS_CLOSED)
        solutions = client.solutions(news) if solved else []
        reading = Reading(
            max([self.last_followup_id, *(item.id for item in recent.items)], default=0)
        )
        requesters = self._requesters(actors)
        # sudo: glpi.outbox - ids of our own entries
        ours = set(self.sudo().outbox_ids.mapped("glpi_id"))
        fresh = []
        for item in recent.items:
            if item.id not in ours and self._concerns_us(item, me):
                why = self._why_kept_back(item, requesters)
                fresh += self._compare(reading, kept, "followup", item, item.private, why)
        last = max((item.id for item in solutions), default=0)
        for item in solutions:
            if not self._before_merging(item.date):
                late = item.id != last or item.status == _REFUSED_SOLUTION
                why = "settled" if late else False
                fresh += self._compare(reading, kept, "solution", item, False, why)
        self._find_gone(reading, kept, recent, solutions if solved else None)
        self._read_documents(client, news, reading, fresh, recent.items, known, me, requesters)
        return reading

    def _known_entries(self, kept, news, me):
        """Return entries that need not be requested again, as rest.KnownEntries."""
        documents = {number for kind, number in kept if kind == "document"}
        documents |= set(self.document_ids.mapped("glpi_id"))
        # our own user's uploads, for any citizen, are not news
        documents |= {item.id for item in news.documents or () if me and item.user_id == me}
        huge = {
            number
            for (kind, number), entry in kept.items()
            if kind == "followup" and entry.kept_back == "unreadable"
        }
        return rest.KnownEntries(self.last_followup_id, frozenset(huge), frozenset(documents))

    def _concerns_us(self, item, me):
        """Return whether a followup is somebody else's, and belongs to this ticket's own history.

        Entries copied by merging were reported on their own ticket, or are another citizen's.
        """
        own = me and item.user_id == me
        return not own and not item.source_id and not self._before_merging(item.date)

    def _why_kept_back(self, item, requesters):
        """Return why a followup must not reach the citizen although it may be public, or False."""
        if item.unreadable:
            return "unreadable"
        return "requester" if item.user_id and item.user_id in requesters else False

    def _compare(self, reading, kept, kind, item, private, why):
        """Sort one followup or solution into `reading`.

        :return: [item] if its files must be read, otherwise []
        """
        entry = kept.get((kind, item.id))
        if not entry:
            reading.new.append(self._entry(kind, item, private, why))
            return [item]
        if entry.gone:
            reading.back.append(entry)
        if why == "unreadable":
            return []
        words = self._words_of(item)
        values = {"private": private, "content": words}
        if entry.private != private:
            changes = reading.hidden if private else reading.published
            files = [] if private else images.inline(item.content, FILE_LIMIT)
            changes.append((entry, values, files))
        # a text erased here for the citizen is not restored
        elif entry.content and words and not text.same_words(words, entry.content):
            reading.corrected.append((entry, values, []))
        else:
            return []
        return [item]

    def _entry(self, kind, item, private, why):
        """Return (values, files) of a followup or solution; its pictures are files."""
        env = self.with_context(lang=self.server_id.lang).env
        huge = why == "unreadable"
        values = {
            "ticket_id": self.id,
            "kind": kind,
            "glpi_id": item.id,
            "content": env._("(too large to be read)") if huge else self._words_of(item),
            "author": self.server_id._technician_name(item.user_id),
            "private": private,
            "kept_back": why,
            "at": item.at and item.at.replace(tzinfo=None),
        }
        files = [] if private or why else images.inline(item.content, FILE_LIMIT)
        return values, files

    def _words_of(self, item):
        """Return the plain text of a followup or solution.

        If it is a picture alone that is elsewhere, the text says so.
        """
        words = text.html_to_text(item.content)
        if words or not images.only_elsewhere(item.content):
            return words
        env = self.with_context(lang=self.server_id.lang).env
        return env._("📎 There is a file that cannot be sent here; ask the technical team.")

    def _find_gone(self, reading, kept, recent, solutions):
        """Record entries that no longer exist in GLPI."""
        there = {item.id for item in recent.items}
        solved = {item.id for item in solutions or ()}
        for (kind, number), entry in kept.items():
            if entry.gone or entry.kept_back == "unreadable":
                continue
            if kind == "followup" and number >= recent.lowest_id and number not in there:
                reading.gone.append(entry)
            if kind == "solution" and solutions is not None and number not in solved:
                reading.gone.append(entry)

    # ------------------------------------------------------------ files
    def _read_documents(self, client, news, reading, fresh, texts, known, me, requesters):
        """Add new files to `reading`.

        Files on a private followup, or shown only in a private text, are not fetched; nor are those
        whose place GLPI does not show: they may belong to something private.
        """
        files = self.followup_ids.filtered(lambda one: one.kind == "document")
        published = [entry for entry, _values, _files in reading.published]
        held = files.filtered(lambda one: any(entry._holds(one) for entry in published))
        known = replace(known, document_ids=known.document_ids - set(held.mapped("glpi_id")))
        try:
            documents = client.documents(news, tuple(fresh), known)
        except rest.GlpiRefused as error:
            if error.kind not in ("right", "unsupported"):
                raise
            return
        private = self._private_followups(fresh, published)
        secret = {n for one in texts if one.private for n in images.document_ids(one.content)}
        for item in documents:
            if (me and item.user_id == me) or not self._since_merging(item, news):
                continue
            if item.hidden:
                self._add_hidden(reading, item, fresh)
                continue
            why = "requester" if item.user_id and item.user_id in requesters else False
            hidden = item.followup_id in private or item.id in secret
            values, data = self._document_entry(client, item, hidden, why)
            record = held.filtered(lambda one, item=item: one.glpi_id == item.id)
            if record:
                reading.published.append((record, values, data))
            else:
                reading.new.append((values, data))

    def _private_followups(self, fresh, published):
        """Return the GLPI ids of followups that are private now."""
        kept = self.followup_ids.filtered(lambda one: one.kind == "followup" and one.private)
        private = set(kept.mapped("glpi_id")) - {entry.glpi_id for entry in published}
        return private | {item.id for item in fresh if getattr(item, "private", False)}

    def _since_merging(self, item, news):
        """Return whether a file came after this ticket was merged into another one, if it was."""
        if not self.merged_at:
            return True
        since = moment(self.merged_at, news.utc_offset_seconds)
        return bool(since and item.at and item.at >= since)

    def _add_hidden(self, reading, item, fresh):
        """Store an unreadable file by name, with the public text it certainly belongs to."""
        env = self.with_context(lang=self.server_id.lang).env
        secret = any(getattr(one, "private", False) for one in fresh)
        public = [one for one in fresh if not getattr(one, "private", False)]
        if item.picture:
            public = [one for one in public if item.id in images.document_ids(one.content)]
        elif secret:
            public = []  # it may belong to a private entry
        holder = next((one for one in public if one.user_id == item.user_id), None)
        place = "holder_glpi_id" if isinstance(holder, rest.FollowupNews) else "solution_glpi_id"
        values = {
            **self._document_values(item),
            "content": item.filename or item.name or env._("picture"),
            "kept_back": "hidden",
            "private": True,
            "picture": item.picture,
            **({place: holder.id} if holder else {}),
        }
        reading.new.append((values, []))

    def _document_values(self, item):
        """Return the values of glpi.followup for one file."""
        return {
            "ticket_id": self.id,
            "kind": "document",
            "glpi_id": item.id,
            "holder_glpi_id": item.followup_id,
            "solution_glpi_id": item.solution_id,
            "at": item.at and item.at.replace(tzinfo=None),
        }

    def _document_entry(self, client, item, private, why):
        """Return (values, files) of one file."""
        name = item.filename or item.name
        values = {
            **self._document_values(item),
            "content": name,
            "private": private,
            "kept_back": why,
            "picture": item.picture,
        }
        if private or why:
            return values, []
        try:
            data = client.download(item.id, FILE_LIMIT)
        except rest.GlpiRefused as error:
            _logger.info("document %s of ticket %s: %s", item.id, self.glpi_id, error)
            return values, []
        mimetype = item.mimetype
        if item.picture:
            extension, mimetype = images.kind_of(data) or ("bin", "application/octet-stream")
            what = "imagem" if mimetype.startswith("image/") else "arquivo"
            name = f"{what}-{item.id}.{extension}"
            values["content"] = name
        return values, [images.Picture(name, mimetype, data)]

    # ------------------------------------------------------------ keeping
    def _keep_entries(self, reading):
        """Store the result of `reading`; the agent is told about unreadable entries.

        :return: {"news": entries to be told, "corrected": ..., "withdrawn": ...} (glpi.followup)
        """
        nothing = self.env["glpi.followup"]
        told = {"news": nothing, "corrected": nothing, "withdrawn": nothing}
        created = nothing.create([values for values, _files in reading.new])
        for entry, (_values, files) in zip(created, reading.new, strict=True):
            entry._keep_files(files)
        told["news"] = created
        for entry, values, files in reading.published:
            before = entry.content
            entry.write(values)
            entry._keep_files(files)
            if not entry.told:
                told["news"] |= entry
            # private for a while after the citizen got it: only a changed text is news
            elif entry.kind != "document" and not text.same_words(before, entry.content):
                told["corrected"] |= entry
        for entry, values, _files in reading.hidden:
            entry.write(values)
        for entry, values, _files in reading.corrected:
            entry.write(values)
            if entry.told and entry._for_citizen():
                told["corrected"] |= entry
        for entry in reading.back:
            entry.gone = False
        for entry in reading.gone:
            if entry.told and entry.kind == "followup" and entry._for_citizen():
                told["withdrawn"] |= entry
            entry.gone = True
        self.last_followup_id = reading.last_followup_id
        self._tell_agent_of_unreadable(created)
        return told

    def _tell_agent_of_unreadable(self, created):
        """Tell the agent, once, what GLPI has but does not show us."""
        env = self.with_context(lang=self.server_id.lang).env
        if created.filtered(lambda one: one.kept_back == "unreadable"):
            self._tell_agent(
                env._(
                    "Ticket No. %s has an entry in GLPI that is too large to be read here: look at "
                    "it in GLPI. The citizen was not told of it.",
                    self.glpi_id,
                )
            )
        hidden = created.filtered(lambda one: one.kept_back == "hidden")
        if hidden:
            self._tell_agent(
                env._(
                    "Ticket No. %(number)s has files in GLPI that belong to an entity which the "
                    "API user does not see, so they cannot be sent: %(files)s",
                    number=self.glpi_id,
                    files=", ".join(one.content or "" for one in hidden),
                )
            )
