import logging
import secrets
from datetime import timedelta
from smtplib import SMTPException

from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

_logger = logging.getLogger(__name__)

DIGITS = 6
# How long a code holds, and how often somebody may be wrong.
VALID = timedelta(minutes=15)
MAX_TRIES = 5
# Nobody's mailbox is filled through us: codes per citizen and per address in a day.
MAX_A_DAY = 5
DAY = timedelta(days=1)


class GlpiEmailCode(models.Model):
    """A code sent to an e-mail address that a citizen typed, to learn whose address it is.

    Only its hash is kept. The row stays for a day, so that codes can be counted, then it goes.
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
        """Whether one more code may be sent for this citizen, to this address."""
        if not self._can_send():
            return False
        domain = [("asked_at", ">", fields.Datetime.now() - DAY)]
        mine = self.search_count([*domain, ("partner_id", "=", partner.id)])
        there = self.search_count([*domain, ("email", "=", email)])
        return max(mine, there) < MAX_A_DAY

    @api.model
    def _can_send(self):
        """Whether e-mail can be sent at all."""
        # sudo: ir.mail_server - only whether there is one
        return bool(self.env["ir.mail_server"].sudo().search_count([], limit=1))

    @api.model
    def _ask(self, conversation, email):
        """Have a code sent to an address, by a job that runs after this transaction."""
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
        """Job: make the code, keep its hash and send it. It is written nowhere else."""
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
            # whatever the mail server says: the citizen goes on without
            _logger.info("A code could not be sent by e-mail: %s", type(error).__name__)
            row.conversation_id._glpi_code_not_sent(row)
        finally:
            # sent or not, the code must not stay in clear
            mail.exists().unlink()

    def _mail(self, code):
        """The message (mail.mail, not yet sent) that brings the code."""
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
        """Whether the six digits typed are the code; a wrong one counts as a try."""
        self.ensure_one()
        if self.tries >= MAX_TRIES or not self.code_hash or self._is_over():
            return False
        self.tries += 1
        return self.env["res.users"]._crypt_context().verify(typed, self.code_hash)

    def _is_over(self):
        """Whether the code holds no longer."""
        return bool(self.expires_at) and self.expires_at <= fields.Datetime.now()

    @api.autovacuum
    def _gc_codes(self):
        """Forget codes after a day."""
        # sudo: glpi.email.code - scheduled clean-up
        self.sudo().search([("asked_at", "<", fields.Datetime.now() - DAY)]).unlink()
