# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2.errors import SerializationFailure
from psycopg2.extras import execute_values

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.contact_center.tools import plain_words

from ..core.search_words import fold

BATCH = 2000
# The longest text that is indexed: PostgreSQL's limit is 1 MB per message.
MAX_LENGTH = 100_000
# Words in fewer messages than this are looked up first; see `_words_domain`.
FEW = 5000


class ArchiveMessage(models.Model):
    """The searchable text of conversations: one row per message, without markup.

    It is filled by a scheduled action, so that messages cost nothing extra while people are
    waiting. The column `words` (tsvector) is known to PostgreSQL only; see `init`.
    """

    _name = "contact_center.archive.message"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Contact Center Archived Message"
    _access_content = frozenset({"content", "partner_id"})
    _order = "at desc, id desc"
    _rec_name = "content"
    _log_access = False

    message_id = fields.Many2one("mail.message", required=True, readonly=True, ondelete="cascade")
    conversation_id = fields.Many2one(
        "contact_center.conversation",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    at = fields.Datetime(string="Said at", required=True, readonly=True)
    author_id = fields.Many2one("res.partner", readonly=True, ondelete="set null")
    author_kind = fields.Selection(
        [
            ("citizen", "Citizen"),
            ("team", "Agent"),
            ("bot", "Virtual assistant"),
            ("note", "Internal note"),
        ],
        string="Who",
        required=True,
        readonly=True,
    )
    content = fields.Text(readonly=True)
    text_search = fields.Char(
        string="Text",
        store=False,
        search="_search_text",
        compute="_compute_text_search",
        help="Words in any order, accents and capitals do not matter; “several words” in quotes "
        "are found together; a minus before a word leaves out messages with it; OR between "
        "words finds either.",
    )
    partner_id = fields.Many2one(related="conversation_id.partner_id", string="Citizen")
    queue_id = fields.Many2one(related="conversation_id.queue_id")
    agent_id = fields.Many2one(related="conversation_id.agent_id")
    disposition_id = fields.Many2one(related="conversation_id.disposition_id")

    _message_unique = models.UniqueIndex("(message_id)")
    _at_idx = models.Index("(at DESC, id DESC)")

    def init(self):
        """Add the column that PostgreSQL searches, and its index."""
        result = super().init()
        self.env.cr.execute(
            "ALTER TABLE contact_center_archive_message ADD COLUMN IF NOT EXISTS words tsvector"
        )
        self.env.cr.execute(
            """
            CREATE INDEX IF NOT EXISTS contact_center_archive_message__words_idx
            ON contact_center_archive_message USING gin (words)
            """
        )
        return result

    def _compute_text_search(self):
        """Compute nothing: the field exists only for searching."""
        self.text_search = False

    # ------------------------------------------------------------
    # Searching
    # ------------------------------------------------------------

    def _search_text(self, operator, value):
        """Return rows whose text contains the words of `value` (str, or several: any of them).

        :raise UserError: no search word is left ("de", "a" and the like are everywhere)
        """
        if operator in ("ilike", "=", "like"):
            values = [value]
        elif operator == "in":
            values = list(value)
        else:
            return NotImplemented
        queries = [fold(text) for text in values if isinstance(text, str)]
        queries = [text for text in queries if self._has_words(text)]
        if not queries:
            raise UserError(
                self.env._(
                    "Write at least one word that says something. Words such as “de”, “a” and "
                    "“para” are in almost every message and are not searched."
                )
            )
        return Domain.OR(self._words_domain(text) for text in queries)

    @api.model
    def web_search_read(self, domain, *args, **kwargs):
        """Search as the web client does; the search terms are in the access log."""
        for leaf in domain:
            if isinstance(leaf, (list, tuple)) and leaf[0] == "text_search":
                self._note_access("searched", term=leaf[2])
        return super().web_search_read(domain, *args, **kwargs)

    @api.model
    def _has_words(self, query):
        """Return whether any search words remain without stop words."""
        self.env.cr.execute("SELECT numnode(websearch_to_tsquery('portuguese', %s))", [query])
        return bool(self.env.cr.fetchone()[0])

    @api.model
    def _words_domain(self, query):
        """Return the domain of one folded `query`, in PostgreSQL's web search syntax.

        PostgreSQL assumes that every word is frequent and walks the messages by date until it has a
        page: good for frequent words, but for rare ones it scans everything. Rare ones are
        therefore looked up first, behind an optimisation fence (OFFSET 0).
        """
        found = SQL(
            "SELECT id FROM contact_center_archive_message"
            " WHERE words @@ websearch_to_tsquery('portuguese', %s)",
            query,
        )
        self.env.cr.execute(SQL("SELECT count(*) FROM (%s LIMIT %s) few", found, FEW))
        few = self.env.cr.fetchone()[0] < FEW

        def to_sql(_model, alias, _query):
            if few:
                return SQL("%s IN (%s OFFSET 0)", SQL.identifier(alias, "id"), found)
            return SQL(
                "%s @@ websearch_to_tsquery('portuguese', %s)",
                SQL.identifier(alias, "words"),
                query,
            )

        return Domain.custom(to_sql=to_sql)

    def action_open_conversation(self):
        """Open the conversation in Discuss, at this message."""
        self.ensure_one()
        self.conversation_id.check_access("read")
        action = self.conversation_id.action_open_discuss()
        action["params"] = {"highlight_message_id": self.message_id.id}
        return action

    # ------------------------------------------------------------
    # Filling
    # ------------------------------------------------------------

    @api.model
    def _cron_index(self):
        """Archive messages sent since the last run (scheduled action)."""
        try:
            while done := self._index_batch():
                self.env["ir.cron"]._commit_progress(done, remaining=int(done == BATCH))
        except SerializationFailure:
            # An agent is just taking or closing one of the conversations: retry in a minute.
            self.env.cr.rollback()

    @api.model
    def _index_batch(self, limit=BATCH):
        """Archive up to `limit` missing messages; returns how many.

        It considers messages newer than those archived an hour ago: transactions do not end in the
        order of their message ids.
        """
        messages = self._missing(limit)
        if messages:
            self._insert(messages)
        return len(messages)

    @api.model
    def _missing(self, limit):
        """Return conversation messages that are not in the archive yet, oldest first."""
        self.env["mail.message"].flush_model()
        self.env.cr.execute(
            """
            SELECT message.id
              FROM mail_message message
              JOIN discuss_channel channel ON channel.id = message.res_id
             WHERE message.model = 'discuss.channel'
               AND message.message_type NOT IN ('notification', 'user_notification')
               AND channel.contact_center_conversation_id IS NOT NULL
               AND message.id > COALESCE((
                       SELECT message_id FROM contact_center_archive_message
                        WHERE at < %s
                        ORDER BY at DESC, id DESC LIMIT 1
                   ), 0)
               AND NOT EXISTS (
                       SELECT FROM contact_center_archive_message archived
                        WHERE archived.message_id = message.id
                   )
             ORDER BY message.id
             LIMIT %s
            """,
            [fields.Datetime.subtract(fields.Datetime.now(), hours=1), limit],
        )
        # sudo: mail.message - the archive stores everything; record rules say who may find it
        return self.env["mail.message"].sudo().browse([row[0] for row in self.env.cr.fetchall()])

    @api.model
    def _insert(self, messages):
        """Write the rows of `messages` in one statement."""
        # sudo: discuss.channel - as the messages
        channels = self.env["discuss.channel"].sudo().browse(messages.mapped("res_id"))
        conversations = {channel.id: channel.contact_center_conversation_id for channel in channels}
        rows = []
        for message in messages:
            conversation = conversations[message.res_id]
            text = self._text_of(message)
            rows.append(
                (
                    message.id,
                    conversation.id,
                    message.date,
                    message.author_id.id or None,
                    self._author_kind(message, conversation),
                    text,
                    fold(text),
                )
            )
        execute_values(
            self.env.cr._obj,
            """
            INSERT INTO contact_center_archive_message
                (message_id, conversation_id, at, author_id, author_kind, content, words)
            VALUES %s
            ON CONFLICT (message_id) DO UPDATE
               SET content = EXCLUDED.content, words = EXCLUDED.words
            """,
            rows,
            template="(%s, %s, %s, %s, %s, %s, to_tsvector('portuguese', %s))",
            page_size=len(rows),
        )
        self.invalidate_model()

    @api.model
    def _reindex(self, messages):
        """Rewrite the rows of messages whose text changed; those not archived yet can wait."""
        # sudo: the archive follows its messages, whichever user changed them
        archived = self.sudo().search([("message_id", "in", messages.ids)]).message_id
        if archived:
            self._insert(archived)

    @api.model
    def _text_of(self, message):
        """Return a message's plain text (str), with the names of its files."""
        parts = [plain_words(message.body)]
        parts += [attachment.name or "" for attachment in message.attachment_ids]
        return "\n".join(part for part in parts if part).replace("\x00", "")[:MAX_LENGTH]

    @api.model
    def _author_kind(self, message, conversation):
        """Return who wrote: see the field."""
        if message.subtype_id.internal or message.is_internal:
            return "note"
        if message.author_id == conversation.partner_id:
            return "citizen"
        return "bot" if message.author_id == conversation._bot_partner() else "team"
