# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
import json
from datetime import timedelta

from odoo import api, fields, models

from ..cloud_api import events, sanitize
from ..cloud_api.prepared import Prepared

# Identity keys of the jobs that process the inbox
INBOX_KEY = "whatsapp.in"
# Rows that the daily cleaning deletes in one transaction; it comes again while there are more
GC_BATCH = 10_000
STATUS_KEY = "whatsapp.status"
# One second gathers the statuses of many messages into one run
STATUS_DELAY = timedelta(seconds=1)
_NEWS = frozenset({events.ERROR, events.ACCOUNT, events.TEMPLATE})
_SWEEP_AFTER = timedelta(seconds=45)

# Clocks differ by so much; anything dated later has an unknown time
_CLOCKS_DIFFER = timedelta(hours=1)

# Context key: this connection has the statements of the webhook prepared, see `light_webhook`
PREPARED = "whatsapp_prepared"

INSERT = Prepared(
    "whatsapp_insert",
    """
INSERT INTO whatsapp_event (
    kind, unique_key, contact_key, account_id, phone_number_id, waba_id, at, payload,
    state, tries, create_date, write_date, create_uid, write_uid)
SELECT kind, unique_key, contact_key, account_id, phone_number_id, waba_id,
       COALESCE(at, %(now)s), payload::jsonb, 'received', 0, %(now)s, %(now)s, 1, 1
FROM unnest(%(kind)s::text[], %(key)s::text[], %(contact)s::text[], %(account)s::int[],
            %(number)s::text[], %(waba)s::text[], %(at)s::timestamp[], %(payload)s::text[])
     AS new (kind, unique_key, contact_key, account_id, phone_number_id, waba_id, at, payload)
ON CONFLICT (unique_key) DO NOTHING
""",
    {
        "now": "timestamp",
        "kind": "text[]",
        "key": "text[]",
        "contact": "text[]",
        "account": "int[]",
        "number": "text[]",
        "waba": "text[]",
        "at": "timestamp[]",
        "payload": "text[]",
    },
)


class WhatsappEvent(models.Model):
    """The durable inbox: everything Meta delivered, once, until it is processed.

    Rows come from the webhook only, in one statement. See `whatsapp_inbox` for how they are
    processed.
    """

    _name = "whatsapp.event"
    _inherit = [
        "contact_center.machine.row",
        "contact_center.background.work",
        "contact_center.access.logged",
    ]
    _description = "WhatsApp Received Event"
    _access_subject = ""  # only the payload says who it is from
    _access_content = frozenset({"payload", "payload_text", "raw_body", "contact_key"})
    _order = "id desc"
    _rec_name = "kind"

    kind = fields.Selection(
        [
            (events.MESSAGE, "Message"),
            (events.STATUS, "Status"),
            (events.ECHO, "Message from the telephone"),
            (events.HISTORY, "The telephone's history"),
            (events.STANDBY, "Answered by another application"),
            (events.CALL, "Call"),
            (events.CONTACT, "The telephone's address book"),
            (events.ROUTING, "Who answers"),
            (events.IDENTITY, "Change of identity"),
            (events.PREFERENCE, "Preference"),
            (events.ERROR, "Error"),
            (events.TEMPLATE, "Template"),
            (events.ACCOUNT, "Account"),
            (events.OTHER, "Unknown"),
            ("unreadable", "Unreadable"),
        ],
        required=True,
        readonly=True,
    )
    unique_key = fields.Char(required=True, readonly=True)
    contact_key = fields.Char(readonly=True, help="Equal for all that concerns one person.")
    account_id = fields.Many2one("whatsapp.account", readonly=True, ondelete="restrict")
    phone_number_id = fields.Char(string="Phone number ID", readonly=True)
    waba_id = fields.Char(string="WhatsApp Business Account ID", readonly=True)
    at = fields.Datetime(string="Happened at", readonly=True, help="Meta's time.")
    payload = fields.Json(readonly=True)
    payload_text = fields.Text(compute="_compute_payload_text", string="Data")
    raw_body = fields.Text(string="Raw data", readonly=True)
    state = fields.Selection(
        [("received", "Received"), ("processed", "Processed"), ("failed", "Failed")],
        required=True,
        readonly=True,
        default="received",
    )
    tries = fields.Integer(readonly=True)
    next_try_at = fields.Datetime(string="Next attempt", readonly=True)
    processed_at = fields.Datetime(readonly=True)
    note = fields.Char(readonly=True, help="How it was handled, when that is not obvious.")
    error = fields.Text(readonly=True)

    _unique_key_unique = models.UniqueIndex("(unique_key)")
    # Waiting events of people and waiting statuses: a row is in one of them until it is done
    _contact_idx = models.Index(
        "(contact_key, at, id) WHERE kind NOT IN ('status', 'unreadable') "
        "AND state IN ('received', 'failed')"
    )
    _inbox_idx = models.Index(
        "(id) WHERE kind NOT IN ('status', 'unreadable') AND state IN ('received', 'failed')"
    )
    _status_idx = models.Index("(id) WHERE kind = 'status' AND state IN ('received', 'failed')")
    _account_idx = models.Index("(account_id, id)")
    _age_idx = models.Index("(create_date)")

    @api.depends("payload", "raw_body")
    def _compute_payload_text(self):
        for event in self:
            event.payload_text = event.raw_body or json.dumps(
                event.payload, indent=2, ensure_ascii=False
            )

    # ------------------------------------------------------------
    # Storing
    # ------------------------------------------------------------

    @api.model
    def _store(self, items):
        """Store `cloud_api.events.Item`s that are new, then wake the jobs that process them.

        The commit in between matters: jobs with the same identity key are made one only while
        that one has not started. A job that is found waiting after the commit will see what was
        committed; without it, the job might start and end before this transaction does.

        Jobs are woken for what was there already, too: whoever stored it may have been killed
        before that, and Meta delivers it again because nobody answered.
        """
        if not items:
            return
        self._repeat(lambda: self._insert(items))
        self._wake([(item.kind, item.contact_key) for item in items])

    def _insert(self, items):
        """Insert the new ones among `items`."""
        accounts = self.env["whatsapp.account"]._ids_by_number()
        now = fields.Datetime.now()
        columns = {
            "now": now,
            "kind": [item.kind for item in items],
            "key": [self._unique_key(item, now) for item in items],
            "contact": [item.contact_key or None for item in items],
            "account": [self._account_id_of(item, accounts) for item in items],
            "number": [item.phone_number_id or None for item in items],
            "waba": [item.waba_id or None for item in items],
            "at": [_not_to_come(item.at, now) for item in items],
            "payload": [json.dumps(item.payload) for item in items],
        }
        # In SQL, and without the ORM: this is the hot path of the webhook
        is_prepared = self.env.context.get(PREPARED)
        statement = INSERT.execution if is_prepared else INSERT.statement
        self.env.cr.execute(statement, columns, log_exceptions=False)

    def _account_id_of(self, item, accounts):
        """Return the id of the number that an item is about, None without one.

        Some deliveries lack the number's id: its telephone tells, or that the account has one
        number only.

        :param accounts: {phone number id: id} of the active ones
        """
        if item.phone_number_id or item.kind in _NEWS:
            return accounts.get(item.phone_number_id)
        metadata = item.payload.get("metadata") or {}
        found = self.env["whatsapp.account"]._concerned(item.waba_id, metadata)
        if not (item.waba_id or metadata):
            # It names no number at all, but it was signed with a secret of ours
            found = found.browse(accounts.values())
        return found.id if len(found) == 1 else None

    @staticmethod
    def _unique_key(item, now):
        """Return the key of an item.

        Where Meta gives news neither id nor time, the same news an hour later counts as new: a
        number that was resumed stops again.
        """
        timeless = item.at is None and item.kind in _NEWS
        return f"{item.key}:{now:%Y%m%d%H}" if timeless else item.key

    @api.model
    def _store_unreadable(self, body, reason):
        """Keep a signed body that is not JSON, once, for people to look at."""
        key = f"unreadable:{hashlib.sha256(body).hexdigest()}"
        if self.search_count([("unique_key", "=", key)], limit=1):
            return
        self.create(
            {
                "kind": "unreadable",
                "unique_key": key,
                "raw_body": sanitize.readable(body),
                "at": fields.Datetime.now(),
                "state": "failed",
                "error": reason,
            }
        )

    # ------------------------------------------------------------
    # Waking jobs
    # ------------------------------------------------------------

    @api.model
    def _wake(self, stored):
        """Make sure that a job will come for all the `(kind, contact key)` stored."""
        self._wake_jobs(self._asleep(stored))

    @api.model
    def _asleep(self, stored):
        """Return the keys of jobs that nobody has woken for the committed events."""
        keys = {STATUS_KEY if kind == events.STATUS else INBOX_KEY for kind, _contact in stored}
        return {key for key in keys if not self._is_waiting(key)}

    @api.model
    def _wake_jobs(self, keys):
        """Enqueue the jobs of these identity keys."""
        if STATUS_KEY in keys:
            self._wake_statuses()
        if INBOX_KEY in keys:
            self._wake_inbox()

    @api.model
    def _wake_statuses(self, delay=STATUS_DELAY):
        """Enqueue the job for the statuses of all messages, unless one is waiting already."""
        self.with_delay(
            identity_key=STATUS_KEY,
            eta=delay,
            priority=15,
            description=self.env._("WhatsApp: delivery statuses"),
        )._process_statuses()

    @api.model
    def _sweep_all(self):
        """Wake jobs for everything left behind, incoming or outgoing (scheduled)."""
        self._sweep()
        self.env["whatsapp.account"]._resume_after_news()
        self.env["contact_center.conversation"]._close_standby()
        self.env["whatsapp.message"]._sweep_outbox()
        self.env["whatsapp.message"]._sweep_media()

    @api.model
    def _sweep(self, stored_until=None):
        """Wake jobs for events left behind by a crash between two commits.

        :param stored_until: naive UTC time from which on jobs may still be woken by whoever stored
        """
        now = fields.Datetime.now()
        self.env.cr.execute(
            """
            SELECT DISTINCT kind = 'status'
            FROM whatsapp_event
            WHERE state IN ('received', 'failed') AND kind != 'unreadable'
              AND (state = 'received' AND create_date <= %s AND COALESCE(next_try_at, %s) <= %s
                   OR state = 'failed' AND next_try_at <= %s)
            """,
            [stored_until or now - _SWEEP_AFTER, now, now, now],
        )
        for (is_status,) in self.env.cr.fetchall():
            if is_status:
                self._wake_statuses(timedelta())
            else:
                self._wake_inbox()
        if self._has_late_turns(_SWEEP_AFTER.total_seconds()):
            self._wake_inbox()

    # ------------------------------------------------------------
    # People
    # ------------------------------------------------------------

    def action_process_again(self):
        """Process events again that failed or were set aside with a note."""
        self._check_may_repair()
        # sudo: whatsapp.event - rows are written by the system only, the right was checked
        again = self.sudo().filtered(
            lambda event: event.state != "received" and event.kind != "unreadable"
        )
        accounts = self.env["whatsapp.account"]._ids_by_number()
        for event in again:
            event.write(
                {
                    "state": "received",
                    "tries": 0,
                    "next_try_at": False,
                    "error": False,
                    "note": False,
                    "account_id": event.account_id.id or accounts.get(event.phone_number_id),
                }
            )
        if again.filtered(lambda event: event.kind == events.STATUS):
            again._wake_statuses(timedelta())
        if again.filtered(lambda event: event.kind != events.STATUS):
            again._wake_inbox()

    @api.autovacuum
    def _gc_processed(self):
        """Delete raw data that nobody needs any more: they are personal data.

        Events that failed, were unreadable or still wait are deleted too: after that time they
        are of no use to anybody, and as personal as the rest.

        :return: how many were deleted, and whether there are more (the vacuum calls again)
        """
        # sudo: whatsapp.account - the cleaning is nobody's own work; archived numbers count too
        accounts = self.env["whatsapp.account"].sudo().with_context(active_test=False).search([])
        days = min(accounts.mapped("event_retention_days"), default=90)
        self.env.flush_all()
        self.env.cr.execute(
            """
            DELETE FROM whatsapp_event WHERE id IN (
                SELECT id FROM whatsapp_event WHERE create_date < %s ORDER BY id LIMIT %s)
            """,
            [fields.Datetime.now() - timedelta(days=days), GC_BATCH],
        )
        deleted = self.env.cr.rowcount
        self.invalidate_model()
        return deleted, deleted == GC_BATCH


def _not_to_come(at, now):
    """Return a time in PostgreSQL's form; None when it lies in the future.

    A citizen's message of the year 2100 would keep the 24 hours open for ever.
    """
    moment = at and at.replace(tzinfo=None)
    return moment if moment and moment <= now + _CLOCKS_DIFFER else None
