# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.contact_center.core import automatic, lifecycle
from odoo.addons.contact_center.core.values import Media, Option, Outgoing

# GLPI's number of the status Solved, as the field has it.
SOLVED = "5"
# Kinds of news where a later one supersedes an earlier one.
_REPLACED = frozenset({"ticket_status", "ticket_assigned", "ticket_back"})
# Option id prefixes of the buttons under a solution, before the ticket's id.
YES, NO = "glpi:yes:", "glpi:no:"


class GlpiTicket(models.Model):
    """Tells the citizen what happened to the ticket.

    News goes to the citizen's open conversation, otherwise to the ticket's original one, even if it
    has ended. If the channel's window is over and there is no template, it is kept, and sent when
    the citizen writes again.
    """

    _inherit = "glpi.ticket"

    kept_news = fields.Json(
        readonly=True, copy=False, help="News that the citizen gets with the next message."
    )
    has_kept_news = fields.Boolean(readonly=True, copy=False)
    awaiting_reply_at = fields.Datetime(
        readonly=True, copy=False, help="When the citizen was told something to answer to."
    )

    question_message_id = fields.Many2one(
        "mail.message",
        string="Asked whether it is solved",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    _kept_idx = models.Index("(conversation_id) WHERE has_kept_news")
    _awaiting_idx = models.Index(
        "(conversation_id, awaiting_reply_at) WHERE awaiting_reply_at IS NOT NULL"
    )

    def _tell_in_order(self, moves, told):
        """Tell everything from one reading of GLPI, oldest first.

        :param moves: the result of `_moves`
        :param told: the result of `_keep_entries`
        """
        first, move, at = moves
        self._tell_each(first)
        if told["withdrawn"]:
            self._tell("ticket_withdrawn")
        for entry in told["corrected"].sorted("id"):
            own = told["news"].filtered(lambda one, entry=entry: entry._holds(one))
            told["news"] -= own
            self._tell_entry(entry, own._for_citizen(), corrected=True)
        for entry, files in self._told_entries(told["news"]):
            if move and at and entry.at and at <= entry.at:
                self._tell_each(move)
                move = []
            self._tell_entry(entry, files)
        self._tell_each(move)

    def _tell_each(self, messages):
        """Tell (kind, values) pairs."""
        for kind, values in messages:
            self._tell(kind, **values)

    def _told_entries(self, entries):
        """Return [(entry, its files)] of the public ones of `entries`, oldest first.

        The entries are glpi.followup records.
        """
        public = entries._for_citizen()
        files = public.filtered(lambda entry: entry.kind == "document")
        now = fields.Datetime.now()
        owned = {
            entry: files.filtered(lambda one, entry=entry: entry._holds(one))
            for entry in public - files
        }
        nothing = self.env["glpi.followup"]
        alone = public - nothing.concat(*owned.values())
        return [
            (entry, owned.get(entry, nothing))
            for entry in alone.sorted(lambda one: (one.at or now, one.id))
        ]

    def _tell_entry(self, entry, files, corrected=False):
        """Tell one entry with its files; files that are too large or unreadable are mentioned.

        :param corrected: the citizen already got an earlier text
        """
        # ask whether it is solved only if the ticket is waiting for the answer
        asked = entry.kind == "solution" and self.glpi_status == SOLVED and not corrected
        words = self._entry_words(entry, files, asked, corrected)
        if not words and not asked:
            return  # an empty entry (a blank line, a rule) is not news
        said = self._tell(
            "ticket_solution" if asked else "ticket_followup",
            attachments=(entry | files).attachment_ids,
            entries=entry | files,
            corrected=corrected,
            mensagem=words,
            tecnico=entry.author or "",
        )
        if said:
            (entry | files).told = True
        self.awaiting_reply_at = fields.Datetime.now()

    def _entry_words(self, entry, files, asked, corrected):
        """Return the text of one entry: never empty, even if it has only pictures."""
        env = self.with_context(lang=self.server_id.lang).env
        lines = []
        if corrected:
            lines.append(env._("Corrected by the technical team:"))
        elif entry.kind == "solution" and not asked:
            lines.append(env._("Solution:"))
        words = "" if entry.kind == "document" else entry.content or ""
        documents = (entry | files).filtered(lambda one: one.kind == "document")
        missing = documents.filtered(lambda one: not one.attachment_ids)
        if words:
            lines.append(words)
        lines += [
            env._("📎 %s (file not sent here; ask the technical team)", one.content)
            for one in missing
        ]
        lines += [
            env._("📎 There is a file that cannot be sent here; ask the technical team.")
            for one in self.followup_ids
            if one.kept_back == "hidden" and entry._holds(one)
        ]
        if not words and not missing:
            shown = (entry | files).attachment_ids
            pictures = shown.filtered(lambda one: (one.mimetype or "").startswith("image/"))
            if entry.kind == "document" and not entry.picture:
                lines.append(f"📎 {entry.content}")
            elif len(shown) == 1 and pictures:
                lines.append(env._("📷 Picture attached"))
            elif shown:
                lines.append(env._("📎 Files attached: %s", len(shown)))
        return "\n".join(lines)

    def _tell(self, kind, attachments=None, entries=None, corrected=False, **values):
        """Send the automatic message of `kind` to the citizen, or keep it for later.

        :param attachments: ir.attachment records that go with it
        :param entries: glpi.followup records that count as told when it is sent later
        :return: whether it was sent
        """
        conversation = self._news_conversation()
        refusal = conversation._automatic_refusal(kind, ticket=self.glpi_id)
        if refusal == automatic.WINDOW:
            said = conversation._automatic_outside_window(kind, ticket=self.glpi_id, **values)
            if said:
                self._note_question(kind, said)
                return True
            self._keep_for_later(kind, entries, corrected, values)
            return False
        text = conversation._automatic_text(kind, ticket=self.glpi_id, **values)
        if not text:
            return False
        said = conversation._say(
            Outgoing(
                text=text,
                options=self._solution_options(conversation) if kind == "ticket_solution" else (),
                media=() if kind == "ticket_solution" else self._media(conversation, attachments),
            )
        )
        self._note_question(kind, said)
        if kind == "ticket_solution" and attachments:
            conversation._say(Outgoing(media=self._media(conversation, attachments)))
        return True

    def _note_question(self, kind, message):
        """Store the mail.message on which a reaction is an answer."""
        if kind == "ticket_solution":
            self.question_message_id = message

    def _solution_options(self, conversation):
        """Return the buttons under a solution, in the citizen's language."""
        env = conversation._citizen_env()
        return (
            Option(f"{YES}{self.id}", env._("Yes")),
            Option(f"{NO}{self.id}", env._("No")),
        )

    def _media(self, conversation, attachments):
        """Return copies of the files for the channel, since a message owns its files."""
        channel = conversation.discuss_channel_id
        copies = [
            # sudo: ir.attachment - files of GLPI's public news, for the citizen
            one.sudo().copy({"res_model": "discuss.channel", "res_id": channel.id})
            for one in attachments or ()
        ]
        return tuple(
            Media(
                kind=conversation._media_kind(copy),
                attachment_id=copy.id,
                filename=copy.name or "",
                mimetype=copy.mimetype or "",
            )
            for copy in copies
        )

    def _news_conversation(self):
        """Return the citizen's open conversation, otherwise the ticket's own."""
        own = self.conversation_id
        if own.state != lifecycle.CLOSED:
            return own
        now_open = own._find_open(own.partner_id, own.channel_kind)
        return now_open if now_open and now_open.state != lifecycle.SURVEY else own

    # ------------------------------------------------------------ later
    def _keep_for_later(self, kind, entries, corrected, values):
        """Keep the news until the citizen's next message.

        Of a status that goes back and forth only the last one counts; entries are sent with their
        text at that time.
        """
        kept = [one for one in self.kept_news or [] if not {one["kind"], kind} <= _REPLACED]
        news = {"kind": kind, "values": {} if entries else values, "corrected": corrected}
        kept.append({**news, "entries": entries.ids if entries else []})
        self.write({"kept_news": kept, "has_kept_news": True})

    def _tell_kept(self):
        """Send kept news in order, now that the citizen has written.

        Entries deleted or made private in the meantime are skipped.
        """
        for ticket in self:
            kept = ticket.kept_news or []
            ticket.write({"kept_news": False, "has_kept_news": False})
            for news in kept:
                entries = ticket.env["glpi.followup"].browse(news["entries"]).exists()
                if not news["entries"]:
                    ticket._tell(news["kind"], **news["values"])
                elif entries._for_citizen():
                    entry = entries._for_citizen().sorted(lambda one: one.kind == "document")[:1]
                    files = entries._for_citizen() - entry
                    # an entry corrected before it was told is told once, in its current form
                    ticket._tell_entry(entry, files, corrected=news.get("corrected") and entry.told)
