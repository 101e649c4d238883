from odoo import fields, models

from odoo.addons.contact_center.core import automatic, lifecycle
from odoo.addons.contact_center.core.values import Media, Option, Outgoing

# What a tap on a button under a solution brings back, before the ticket's id.
YES, NO = "glpi:yes:", "glpi:no:"


class GlpiTicket(models.Model):
    """Telling the citizen what happened to the ticket.

    News goes where the citizen is: into the conversation that is open now, else into the one from
    which the ticket came, although it has ended. When the channel's window is over and no template
    stands in, it is kept, and said when the citizen writes again.
    """

    _inherit = "glpi.ticket"

    kept_news = fields.Json(
        readonly=True, copy=False, help="What the citizen hears with the next message."
    )
    has_kept_news = fields.Boolean(readonly=True, copy=False)
    awaiting_reply_at = fields.Datetime(
        readonly=True, copy=False, help="When the citizen was told something to answer to."
    )

    _kept_idx = models.Index("(conversation_id) WHERE has_kept_news")
    _awaiting_idx = models.Index(
        "(conversation_id, awaiting_reply_at) WHERE awaiting_reply_at IS NOT NULL"
    )

    def _tell_entries(self, entries):
        """Tell what is public of `entries` (glpi.followup), files with the text they belong to."""
        public = entries.filtered(lambda entry: not entry.private)
        files = public.filtered(lambda entry: entry.kind == "document")
        for entry in public - files:
            own = files.filtered(lambda one, entry=entry: _hangs_on(one, entry))
            files -= own
            self._tell_entry(entry, own)
        for entry in files:
            self._tell_entry(entry, self.env["glpi.followup"])

    def _tell_entry(self, entry, files):
        """Tell one entry with its files; what is too large is named."""
        attachments = (entry | files).attachment_ids
        missing = (files | entry).filtered(
            lambda one: one.kind == "document" and not one.attachment_ids
        )
        words = [] if entry.kind == "document" else [entry.content or ""]
        words += [
            f"📎 {one.content} (arquivo não enviado por aqui; peça à equipe técnica)"
            for one in missing
        ]
        if entry.kind == "document" and not missing:
            words.append(f"📎 {entry.content}")
        kind = "ticket_solution" if entry.kind == "solution" else "ticket_followup"
        said = self._tell(
            kind,
            attachments=attachments,
            entries=entry | files,
            mensagem="\n".join(filter(None, words)),
            tecnico=entry.author or "",
        )
        if said:
            (entry | files).told = True
        self.awaiting_reply_at = fields.Datetime.now()

    def _tell(self, kind, attachments=None, entries=None, **values):
        """Say the automatic message of `kind` to the citizen, or keep it for later.

        :param attachments: ir.attachment records that go with it
        :param entries: glpi.followup records that count as told when it is said later
        :return: whether it was said
        """
        conversation = self._news_conversation()
        refusal = conversation._automatic_refusal(kind, self.glpi_id)
        if refusal == automatic.WINDOW:
            if conversation._automatic_outside_window(kind, ticket=self.glpi_id, **values):
                return True
            self._keep_for_later(kind, attachments, entries, values)
            return False
        text = conversation._automatic_text(kind, ticket=self.glpi_id, **values)
        if not text:
            return False
        conversation._say(
            Outgoing(
                text=text,
                options=self._solution_options() if kind == "ticket_solution" else (),
                media=() if kind == "ticket_solution" else self._media(conversation, attachments),
            )
        )
        if kind == "ticket_solution" and attachments:
            conversation._say(Outgoing(media=self._media(conversation, attachments)))
        return True

    def _solution_options(self):
        """The buttons under a solution."""
        return (Option(f"{YES}{self.id}", "Sim"), Option(f"{NO}{self.id}", "Não"))

    def _media(self, conversation, attachments):
        """The files as the channel sends them: copies, since a message owns its files."""
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
        """Where the citizen is now: the open conversation, else the ticket's own."""
        own = self.conversation_id
        if own.state != lifecycle.CLOSED:
            return own
        now_open = own._find_open(own.partner_id, own.channel_kind)
        return now_open if now_open and now_open.state != lifecycle.SURVEY else own

    # ------------------------------------------------------------ later
    def _keep_for_later(self, kind, attachments, entries, values):
        """The citizen hears it with the next message."""
        kept = {
            "kind": kind,
            "values": values,
            "attachments": attachments.ids if attachments else [],
            "entries": entries.ids if entries else [],
        }
        self.write({"kept_news": [*(self.kept_news or []), kept], "has_kept_news": True})

    def _tell_kept(self):
        """The citizen has just written: say what was kept, in order."""
        for ticket in self:
            kept = ticket.kept_news or []
            ticket.write({"kept_news": False, "has_kept_news": False})
            for news in kept:
                entries = ticket.env["glpi.followup"].browse(news["entries"]).exists()
                attachments = ticket.env["ir.attachment"].browse(news["attachments"]).exists()
                if ticket._tell(
                    news["kind"], attachments=attachments, entries=entries, **news["values"]
                ):
                    entries.told = True


def _hangs_on(file, entry):
    """Whether a file belongs to a followup."""
    return entry.kind == "followup" and file.holder_glpi_id == entry.glpi_id
