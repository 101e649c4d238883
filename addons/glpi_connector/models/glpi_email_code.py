# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import secrets
from datetime import timedelta
from smtplib import SMTPException

from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

_logger = logging.getLogger(__name__)

DIGITS = 6
# The validity of a code, and the number of attempts.
VALID = timedelta(minutes=15)
MAX_TRIES = 5
# Protection against flooding a mailbox: codes per citizen and per address in a day.
MAX_A_DAY = 5
DAY = timedelta(days=1)


class GlpiEmailCode(models.Model):
    """A code sent to a typed e-mail address, to verify its owner.

    Only its hash is stored. The row is kept for a day, so that codes can be counted.
    """

    _name = "glpi.email.code"
    _inherit = ["contact_center.machine.row", "contact_center.access.logged"]
    _description = "Code Sent by E-mail"
    _access_content = frozenset({"email", "partner_id"})
    _order = "id desc"
    _rec_name = "conversation_id"

    conversation_id = fields.Many2one(
        "contact_center.conversation", required=True, readonly=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Citizen", required=True, readonly=True, ondelete="cascade"
    )
    email = fields.Char(required=True, readonly=True, index=True)
    code_hash = fields.Char(readonly=True, groups="base.group_system")
    asked_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    expires_at = fields.Datetime(readonly=True)
    tries = fields.Integer(readonly=True, aggregator=None)

    @api.model
    def _may_send(self, partner, email):
        """Return whether another code may be sent for this citizen, to this address."""
        if not self._can_send():
            return False
        domain = [("asked_at", ">", fields.Datetime.now() - DAY)]
        mine = self.search_count([*domain, ("partner_id", "=", partner.id)])
        there = self.search_count([*domain, ("email", "=", email)])
        return max(mine, there) < MAX_A_DAY

    @api.model
    def _can_send(self):
        """Return whether e-mail can be sent at all."""
        # sudo: ir.mail_server - existence only
        return bool(self.env["ir.mail_server"].sudo().search_count([], limit=1))

    @api.model
    def _ask(self, conversation, email):
        """Send a code to an address, from a job that runs after this transaction."""
        code = self.create(
            {
                "conversation_id": conversation.id,
                "partner_id": conversation.partner_id.id,
                "email": email,
            }
        )
        code.with_delay(
            priority=5, max_retries=3, channel="root.flow", description=self.env._("Code by e-mail")
        )._send()
        return code

    def _send(self):
        """Job: create the code, store its hash and send it. It is stored nowhere else."""
        # sudo: glpi.email.code - the job acts for the city
        row = self.sudo().exists()
        if not row or row.code_hash:
            return
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        row.write(
            {
                "code_hash": self.env["res.users"]._crypt_context().hash(code),
                "expires_at": fields.Datetime.now() + VALID,
            }
        )
        mail = row._mail(code)
        try:
            mail.send(raise_exception=True)
        except (MailDeliveryException, OSError, SMTPException) as error:
            # whatever the mail server says, the citizen continues without it
            _logger.info("A code could not be sent by e-mail: %s", type(error).__name__)
            row.conversation_id._glpi_code_not_sent(row)
        finally:
            # sent or not, the code must not remain in clear text
            mail.exists().unlink()

    def _mail(self, code):
        """Return the e-mail with the code (mail.mail, not yet sent)."""
        env = self.with_context(lang=self.conversation_id._glpi_lang()).env
        city = self.env.company.name or ""
        body = Markup("<p>%s</p><p style='font-size:1.6em'><b>%s</b></p><p>%s</p>") % (
            env._("Your code to confirm this e-mail address for the service of %s:", city),
            code,
            env._(
                "It holds for %s minutes. If you did not ask for it, ignore this message: nobody "
                "can use your address without it.",
                int(VALID.total_seconds() // 60),
            ),
        )
        # sudo: mail.mail - the system writes to the address that was typed
        return (
            self.env["mail.mail"]
            .sudo()
            .create(
                {
                    "subject": env._("Confirmation code"),
                    "body_html": body,
                    "email_to": self.email,
                    "auto_delete": True,
                }
            )
        )

    def _fits(self, typed):
        """Return whether the six typed digits are the code; a wrong one counts as an attempt."""
        self.ensure_one()
        if self.tries >= MAX_TRIES or not self.code_hash or self._is_over():
            return False
        self.tries += 1
        return self.env["res.users"]._crypt_context().verify(typed, self.code_hash)

    def _is_over(self):
        """Return whether the code has expired."""
        return bool(self.expires_at) and self.expires_at <= fields.Datetime.now()

    @api.autovacuum
    def _gc_codes(self):
        """Delete codes after a day."""
        # sudo: glpi.email.code - scheduled clean-up
        self.sudo().search([("asked_at", "<", fields.Datetime.now() - DAY)]).unlink()
