# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import api, fields, models

from ..cloud_api import payloads
from .turn import Turn

_SWEEP_AFTER = timedelta(seconds=45)


class WhatsappMessage(models.Model):
    """The outbox: messages are put into it, and jobs are woken that send them.

    How each message is then sent: whatsapp_message_sending.py.
    """

    _inherit = "whatsapp.message"

    @api.model
    def _say(self, vals_list):
        """Put messages into the outbox and have them sent.

        While an event of the citizen's is processed they are only gathered: the bot's words of
        one go are merged at the end (`_store_turn`), and sent by the job that processes the event.

        :param vals_list: values, and `mergeable` (said by the bot)
        """
        turn = Turn.of(self.env)
        if turn:
            turn.rows.extend(vals_list)
        else:
            self._queue(vals_list)._send_soon()

    @api.model
    def _store_turn(self, turn):
        """Put the bot's words of one turn into the outbox, merged where Meta allows.

        :param turn: a `Turn`
        :return: the identities to send to
        """
        heads, followers = [], []
        for vals in turn.rows:
            merged = self._merged(heads[-1], vals) if heads else None
            if merged:
                followers[-1].append(heads[-1])
                heads[-1] = {**vals, "payload": merged}
            else:
                heads.append(vals)
                followers.append([])
        sent = self._queue(heads)
        self._queue(
            [
                {**vals, "merged_into_id": head.id, "opaque": False, "payload": None}
                for head, group in zip(sent, followers, strict=True)
                for vals in group
            ]
        )
        return sent.identity_id

    @api.model
    def _queue(self, vals_list):
        """Put messages into the outbox: values, and `mergeable` (said by the bot)."""
        return self._insert(
            [
                {key: value for key, value in vals.items() if key != "mergeable"}
                for vals in vals_list
            ]
        )

    @staticmethod
    def _merged(first, second):
        """Return the content that says both, or None; only the bot's messages are merged."""
        same = all(
            first[name] == second[name] for name in ("account_id", "identity_id", "conversation_id")
        )
        plain = not (first.get("attachment_id") or second.get("attachment_id"))
        if not (same and plain and first.get("mergeable") and second.get("mergeable")):
            return None
        return payloads.merge(first["payload"], second["payload"])

    # ------------------------------------------------------------
    # Once more
    # ------------------------------------------------------------

    def action_send_again(self):
        """Send the failed messages once more."""
        self._check_may_repair()
        # sudo: whatsapp.message - rows are written by the system only, the right was checked
        self.sudo()._queue_again()

    def _merged_parts(self):
        """Return the messages that went out together with these."""
        return self.search([("merged_into_id", "in", self.ids)])

    def _queue_again(self):
        """Put the failed ones of these into the outbox once more.

        :return: the messages that were put there
        """
        failed = self.filtered(
            lambda message: (
                message.direction == "out"
                and message.state == "failed"
                and not message.merged_into_id
                and message.payload
                and message.opaque
            )
        )
        failed.filtered(lambda message: message._must_upload_anew()).media_id = False
        failed.write(
            {
                "state": "queued",
                "tries": 0,
                "queued_at": fields.Datetime.now(),
                "next_try_at": False,
                "error_code": False,
                "error_detail": False,
                "wamid": False,
            }
        )
        merged = failed._merged_parts()
        merged.write({"state": "queued", "error_code": False, "error_detail": False})
        (failed | merged).mail_message_id._notify_delivery()
        failed._send_soon()
        return failed

    # ------------------------------------------------------------
    # Waking jobs
    # ------------------------------------------------------------

    def _send_soon(self):
        """Enqueue the jobs that send to the people of these messages, once in this transaction.

        Without an identity key that others share: a job that is found waiting might have looked
        into the outbox before this transaction is committed.
        """
        done = self.env.cr.precommit.data.setdefault("whatsapp_send_soon", set())
        for identity in self.identity_id:
            if identity.id not in done:
                done.add(identity.id)
                identity.with_delay(
                    priority=5, description=self.env._("WhatsApp: send to a citizen")
                )._send_outbox()

    @api.model
    def _send_waiting(self, accounts, older_than=timedelta()):
        """Wake jobs for all waiting messages of `accounts` that may go now."""
        now = fields.Datetime.now()
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT DISTINCT identity_id FROM whatsapp_message
            WHERE direction = 'out' AND merged_into_id IS NULL AND account_id = ANY(%s)
              AND state IN ('queued', 'sending', 'unknown') AND identity_id IS NOT NULL
              AND write_date <= %s AND COALESCE(next_try_at, %s) <= %s
            LIMIT 2000
            """,
            [accounts.ids, self.env.cr.now() - older_than, now, now],
        )
        for (identity_id,) in self.env.cr.fetchall():
            self.env["whatsapp.identity"].browse(identity_id)._send_at(now)

    @api.model
    def _sweep_outbox(self, older_than=_SWEEP_AFTER):
        """Wake jobs for what was left behind, by a crash between two commits."""
        accounts = self.env["whatsapp.account"].search([("state", "=", "ok")])
        self._send_waiting(accounts, older_than=older_than)
