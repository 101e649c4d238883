# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.lru import LRU

from .access_logged import key_of

# Kinds that are logged once an hour; the others are logged each time.
HOURLY = frozenset({"opened", "history", "contact", "panel"})
# Up to this many citizens of an export get a line each; more share one line.
EACH = 50
# Up to this many records of a list are named by id.
NAMED = 500
# Lines this process has already written: saves a query at each click.
_seen = LRU(8192)


class AccessLog(models.Model):
    """Views, searches, exports and prints of citizens' data, with user and time.

    Append-only like `contact_center.event`. Only `_record` creates rows, in one statement.
    """

    _name = "contact_center.access.log"
    _inherit = ["contact_center.machine.row"]
    _description = "Contact Center Access Log"
    _order = "id desc"
    _rec_name = "kind"
    # Rows are never changed, so they have their own columns for user and time.
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
            ("watched", "Watched live"),
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
    # The same value for entries that are written once an hour.
    once_key = fields.Char(readonly=True)

    _once_unique = models.UniqueIndex("(once_key) WHERE once_key IS NOT NULL")

    # ------------------------------------------------------------
    # Append-only
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        """Refuse rows that were not written by `_record`."""
        raise UserError(self._kept_words())

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse every change; an erased person's details go by `_erase_details`."""
        raise UserError(self._kept_words())

    def unlink(self):  # pylint: disable=method-required-super
        """Refuse every deletion; the retention's way is `_forget`."""
        raise UserError(self._kept_words())  # pylint: disable=no-raise-unlink

    def _kept_words(self):
        return self.env._("The access log is neither changed nor deleted.")

    def _erase_details(self):
        """Drop what these lines repeat of an erased person."""
        return super().write({"details": False})  # pylint: disable=super-method-mismatch

    def _forget(self):
        """Drop these lines, which are old enough."""
        return super().unlink()  # pylint: disable=super-method-mismatch

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    @api.model
    def _record(self, kind, records=None, **data):
        """Log that the current user did `kind` with `records`; the system itself is not logged.

        In a read-only transaction, PostgreSQL refuses the row and Odoo retries the request in one
        that can write; methods and routes that show logged data request that beforehand
        (`needs_log` in access_logged.py).

        :param kind: one of the selection's values
        :param records: contact_center.conversation or res.partner records, or None if the action
            concerns nobody in particular (a search)
        :param data: further details in JSON values, for instance `term="poste"`
        """
        if self.env.uid == SUPERUSER_ID:
            return
        self._insert_rows(self._rows(kind, records, data))

    @api.model
    def _record_list(self, kind, records, subjects=None, **data):
        """Log that the current user did `kind` with many records at once: one line.

        A repetition within a minute is not logged. A small export has a line for each record.

        :param records: of a model that is `contact_center.access.logged`
        :param subjects: whose data they show, if already known
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
        """Log an action on `count` records in one line, once a minute (or an hour)."""
        if self.env.uid == SUPERUSER_ID:
            return
        ((now, uid, _kind, partner_id, conversation_id, details, _count, _key),) = self._rows(
            kind, record, data
        )
        period = f"{now:%Y%m%d%H}" if hourly else f"{now:%Y%m%d%H%M}"
        key = f"{uid}:{kind}:{period}:{key_of(details, count)}"
        self._insert_rows([(now, uid, kind, partner_id, conversation_id, details, count, key)])

    def _insert_rows(self, rows):
        """Insert the missing ones of `rows` in one statement."""
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
        """Return the values in the order of the statement, one row for each of `records`."""
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
