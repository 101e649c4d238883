import logging
from dataclasses import dataclass, field, replace

from odoo import fields, models

from .. import rest
from ..rest import images, text
from ..rest.interface import STATUS_CLOSED, STATUS_SOLVED
from ..rest.values import moment

_logger = logging.getLogger(__name__)

# Larger files are named to the citizen, not sent (WhatsApp takes up to 16 MB of sound and video).
FILE_LIMIT = 16 * 1024 * 1024
_REFUSED_SOLUTION = 4


@dataclass
class Reading:
    """What one look at a ticket brought: entries of GLPI against those that are kept here."""

    last_followup_id: int = 0
    new: list = field(default_factory=list)  # (values of glpi.followup, files)
    published: list = field(default_factory=list)  # (record, values, files): private until now
    corrected: list = field(default_factory=list)  # (record, values, files): the words changed
    hidden: list = field(default_factory=list)  # (record, values, files): private from now on
    gone: list = field(default_factory=list)  # records that were deleted
    back: list = field(default_factory=list)  # records that were taken for deleted

    @property
    def is_news(self):
        """Whether anything is different now."""
        return bool(self.new or self.published or self.corrected or self.hidden or self.gone)


class GlpiTicket(models.Model):
    """Followups, solutions and files of a ticket: what is new, changed or gone since."""

    _inherit = "glpi.ticket"

    last_followup_id = fields.Integer(
        readonly=True, copy=False, aggregator=None, help="Highest id of a followup seen in GLPI."
    )

    # ------------------------------------------------------------ reading
    def _read_entries(self, client, news, actors):
        """The Reading of this moment. Files of what is public are fetched here, outside any lock.

        :param actors: rest.Actor list, as `_read_actors` gives it
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
        # sudo: glpi.outbox - ids of what we have written ourselves
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
        """What need not be asked for again, as rest.KnownEntries."""
        documents = {number for kind, number in kept if kind == "document"}
        documents |= set(self.document_ids.mapped("glpi_id"))
        # what our own user uploaded, for whichever citizen, is no news
        documents |= {item.id for item in news.documents or () if me and item.user_id == me}
        huge = {
            number
            for (kind, number), entry in kept.items()
            if kind == "followup" and entry.kept_back == "unreadable"
        }
        return rest.KnownEntries(self.last_followup_id, frozenset(huge), frozenset(documents))

    def _concerns_us(self, item, me):
        """Whether a followup is somebody else's, and belongs to this ticket's own story.

        What merging copied was told where it was written, or is another citizen's.
        """
        own = me and item.user_id == me
        return not own and not item.source_id and not self._before_merging(item.date)

    def _why_kept_back(self, item, requesters):
        """Why a followup is none for the citizen's ears although it may be public, or False."""
        if item.unreadable:
            return "unreadable"
        return "requester" if item.user_id and item.user_id in requesters else False

    def _compare(self, reading, kept, kind, item, private, why):
        """Sort one followup or solution into `reading`.

        :return: [item] when its files are to be looked for, else []
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
        # a text that was erased here for the citizen's sake does not come back
        elif entry.content and words and not text.same_words(words, entry.content):
            reading.corrected.append((entry, values, []))
        else:
            return []
        return [item]

    def _entry(self, kind, item, private, why):
        """(values, files) of a followup or solution; its pictures are files."""
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
        """The plain text of a followup or solution; of a picture alone that is elsewhere, so."""
        words = text.html_to_text(item.content)
        if words or not images.only_elsewhere(item.content):
            return words
        env = self.with_context(lang=self.server_id.lang).env
        return env._("📎 There is a file that cannot be sent here; ask the technical team.")

    def _find_gone(self, reading, kept, recent, solutions):
        """Note what was here and is there no more."""
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

        One on a private followup, or that only a private text shows, is not fetched; nor is one
        of which GLPI does not show where it hangs: it may belong to something private.
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
        """Ids in GLPI of followups that are private now."""
        kept = self.followup_ids.filtered(lambda one: one.kind == "followup" and one.private)
        private = set(kept.mapped("glpi_id")) - {entry.glpi_id for entry in published}
        return private | {item.id for item in fresh if getattr(item, "private", False)}

    def _since_merging(self, item, news):
        """Whether a file came after this ticket was merged into another one, if it was."""
        if not self.merged_at:
            return True
        since = moment(self.merged_at, news.utc_offset_seconds)
        return bool(since and item.at and item.at >= since)

    def _add_hidden(self, reading, item, fresh):
        """A file that cannot be read is kept by name, with the public text it surely belongs to."""
        env = self.with_context(lang=self.server_id.lang).env
        secret = any(getattr(one, "private", False) for one in fresh)
        public = [one for one in fresh if not getattr(one, "private", False)]
        if item.picture:
            public = [one for one in public if item.id in images.document_ids(one.content)]
        elif secret:
            public = []  # it may hang on what is private
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
        """Values of glpi.followup for one file."""
        return {
            "ticket_id": self.id,
            "kind": "document",
            "glpi_id": item.id,
            "holder_glpi_id": item.followup_id,
            "solution_glpi_id": item.solution_id,
            "at": item.at and item.at.replace(tzinfo=None),
        }

    def _document_entry(self, client, item, private, why):
        """(values, files) of one file."""
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
        """Keep what `reading` brought; the agent hears of what cannot be read.

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
            # private for a while, after the citizen was told it: only other words are news
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
        """Say to the agent, once, what GLPI has and does not show us."""
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
