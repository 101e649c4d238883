from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.lru import LRU

from .access_logged import key_of

# Kinds of which one line an hour is enough; of the others each time counts.
HOURLY = frozenset({"opened", "history", "contact", "panel"})
# So many citizens of one export have a line each; more are named in one line.
EACH = 50
# So many of a list are named by their number.
NAMED = 500
# What this process wrote already: spares the database a question at each click.
_seen = LRU(8192)
# Unforgeable mark: a context that comes from a browser can hold no Python object.
PRIVACY_WORK = object()


class AccessLog(models.Model):
    """Who looked at, searched, exported or printed a citizen's data, and when.

    Append-only as `contact_center.event`. Rows are made by `_record` only, in one statement.
    """

    _name = "contact_center.access.log"
    _inherit = ["contact_center.machine.row"]
    _description = "Contact Center Access Log"
    _order = "id desc"
    _rec_name = "kind"
    # A row is never changed: who and when are its own columns.
    _log_access = False

    at = fields.Datetime(string="When", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", string="Who", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("opened", "Opened the conversation"),
            ("history", "Opened the history"),
            ("contact", "Opened the contact"),
            ("searched", "Searched"),
            ("listed", "Saw a list"),
            ("grouped", "Saw groups"),
            ("panel", "Opened the panel"),
            ("exported", "Exported"),
            ("printed", "Printed"),
            ("downloaded", "Downloaded"),
            ("erased", "Erased"),
        ],
        string="What",
        required=True,
        readonly=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Citizen",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    conversation_id = fields.Many2one(
        "contact_center.conversation",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    details = fields.Char(readonly=True)
    count = fields.Integer(
        string="How many", readonly=True, aggregator=None, help="Records that were shown at once."
    )
    # Equal for what is written once an hour.
    once_key = fields.Char(readonly=True)

    _once_unique = models.UniqueIndex("(once_key) WHERE once_key IS NOT NULL")

    # ------------------------------------------------------------
    # Append-only
    # ------------------------------------------------------------

    def _check_is_privacy_work(self):
        """Refuse everybody but the erasure and the retention."""
        if self.env.context.get("contact_center_privacy") is not PRIVACY_WORK:
            raise UserError(self.env._("The access log is neither changed nor deleted."))

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse rows that were not written by `_record`."""
        self._check_is_privacy_work()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse every change but the scrubbing of an erased person's data."""
        self._check_is_privacy_work()
        return super().write(vals)

    def unlink(self):
        """Refuse every deletion but the retention's."""
        self._check_is_privacy_work()
        return super().unlink()

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    @api.model
    def _record(self, kind, records=None, **data):
        """Note that the current user did `kind` with `records`; nothing for the system itself.

        Where the request is served in a transaction that cannot write, PostgreSQL refuses the row
        and Odoo serves it once more in one that can; methods and addresses that show what is
        logged ask for that beforehand (`needs_log` in access_logged.py).

        :param kind: one of the selection's values
        :param records: contact_center.conversation or res.partner records, or None when the
            action concerns nobody in particular (a search)
        :param data: further details in JSON values, for instance `term="poste"`
        """
        if self.env.uid == SUPERUSER_ID:
            return
        self._insert_rows(self._rows(kind, records, data))

    @api.model
    def _record_list(self, kind, records, subjects=None, **data):
        """Note that the current user did `kind` with many records at once: one line.

        The same again within a minute is nothing new. An export of few has a line for each.

        :param records: of a model that is `contact_center.access.logged`
        :param subjects: whose data they show, where that is known already
        """
        if self.env.uid == SUPERUSER_ID or not records:
            return
        subjects = records._access_subjects() if subjects is None else subjects
        if kind == "exported" and 0 < len(subjects) <= EACH:
            self._record(kind, subjects, **data)
            return
        named = subjects or records
        word = {"contact_center.conversation": "conversations", "res.partner": "citizens"}
        shown = ", ".join(str(record_id) for record_id in sorted(named.ids)[:NAMED])
        one = named if len(named) == 1 and subjects else None
        self._record_once(
            kind,
            len(records),
            one,
            what=records._access_title(),
            **data,
            **{word.get(named._name, "records"): shown},
        )

    @api.model
    def _record_once(self, kind, count, record=None, hourly=False, **data):
        """Note something that concerns `count` records in one line, once a minute (or an hour)."""
        if self.env.uid == SUPERUSER_ID:
            return
        ((now, uid, _kind, partner_id, conversation_id, details, _count, _key),) = self._rows(
            kind, record, data
        )
        period = f"{now:%Y%m%d%H}" if hourly else f"{now:%Y%m%d%H%M}"
        key = f"{uid}:{kind}:{period}:{key_of(details, count)}"
        self._insert_rows([(now, uid, kind, partner_id, conversation_id, details, count, key)])

    def _insert_rows(self, rows):
        """Insert those of `rows` that are not there yet, in one statement."""
        rows = [row for row in rows if not row[-1] or (self.env.cr.dbname, row[-1]) not in _seen]
        if not rows:
            return
        values = SQL(", ").join(SQL("%s", row) for row in rows)
        statement = SQL(
            "INSERT INTO contact_center_access_log"
            " (at, user_id, kind, partner_id, conversation_id, details, count, once_key)"
            " VALUES %s ON CONFLICT (once_key) WHERE once_key IS NOT NULL DO NOTHING",
            values,
        )
        self.env.cr.execute(statement, log_exceptions=False)
        keys = [(self.env.cr.dbname, row[-1]) for row in rows if row[-1]]

        @self.env.cr.postcommit.add
        def remember():
            for key in keys:
                _seen[key] = True

    def _rows(self, kind, records, data):
        """Values in the order of the statement, one row for each of `records`."""
        now = fields.Datetime.now()
        details = "; ".join(f"{key}: {value}" for key, value in data.items() if value) or None
        rows = []
        # sudo: contact_center.conversation - whose conversation it is, for the log
        for record in records.sudo() if records else [None]:
            conversation_id = partner_id = once_key = None
            if record is not None and record._name == "res.partner":
                partner_id = record.id
            elif record is not None:
                conversation_id, partner_id = record.id, record.partner_id.id
            if record is not None and kind in HOURLY:
                once_key = f"{self.env.uid}:{kind}:{record._name}:{record.id}:{now:%Y%m%d%H}"
            rows.append(
                (now, self.env.uid, kind, partner_id, conversation_id, details, 1, once_key)
            )
        return rows
