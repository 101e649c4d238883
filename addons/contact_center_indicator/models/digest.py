# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, fields, models

from ..measure import INDICATORS, shown

CITY = "contact_center_indicator.group_contract_inspector"
CONTRACTOR = "contact_center_indicator.group_contract_manager"
ADMINISTRATOR = "contact_center.group_administrator"


class Digest(models.Model):
    """What both parties were told of the closings: the last code of the chain.

    Whoever changed a closed figure would have to make all later codes anew; the ones in the
    mailboxes of both parties would no longer be among them.
    """

    _name = "contact_center.indicator.digest"
    _inherit = ["contact_center.machine.row"]
    _description = "Digest of Closings"
    _order = "id desc"
    _rec_name = "day"

    seal_id = fields.Many2one(
        "contact_center.indicator.seal",
        string="Last closing",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    day = fields.Date(related="seal_id.day", store=True, string="Day of the last closing")
    hash = fields.Char(required=True, readonly=True, help="As it was mailed.")
    closing_count = fields.Integer(string="Closings", readonly=True, aggregator=None)
    city_recipients = fields.Char(string="Mailed to the city", readonly=True)
    contractor_recipients = fields.Char(string="Mailed to the contractor", readonly=True)
    mail_id = fields.Many2one("mail.mail", readonly=True, ondelete="set null")

    @api.model
    def _cron_digest(self):
        """Mail what was closed since the last digest to both parties."""
        # sudo: contact_center.indicator.* - scheduled action
        env = self.sudo().env
        last = env[self._name].search([], limit=1)
        closings = env["contact_center.indicator.seal"].search(
            [("id", ">", last.seal_id.id or 0)], order="id"
        )
        if closings:
            env[self._name]._tell(closings)

    @api.model
    def _tell(self, closings):
        """Write the e-mail about these closings, and keep what it said."""
        final = closings[-1]
        spoken = self.with_context(lang=self._language())
        mail = self._mail(spoken._subject(final), spoken._body(closings))
        city, contractor = self._addresses()
        return self.create(
            {
                "seal_id": final.id,
                "hash": final.hash,
                "closing_count": len(closings),
                "city_recipients": ", ".join(city),
                "contractor_recipients": ", ".join(contractor),
                "mail_id": mail.id,
            }
        )

    @api.model
    def _mail(self, subject, body):
        """Write an e-mail to both parties and return it (sudo); empty if nobody has an address."""
        city, contractor = self._addresses()
        # sudo: mail.mail - the system writes to both parties
        mails = self.env["mail.mail"].sudo()
        if not city + contractor:
            return mails
        return mails.create(
            {
                "subject": subject,
                "body_html": body,
                "email_to": ",".join(dict.fromkeys(city + contractor)),
                "auto_delete": False,
            }
        )

    @api.model
    def _addresses(self):
        """Return the e-mail addresses of the city and of the contractor."""
        contractor = self._addresses_of(CONTRACTOR) or self._addresses_of(ADMINISTRATOR)
        return self._addresses_of(CITY), contractor

    @api.model
    def _addresses_of(self, group):
        """Return the e-mail addresses of a group's people, without doubles."""
        users = self.env["res.users"].search(
            [("all_group_ids", "in", self.env.ref(group).id), ("share", "=", False)], order="id"
        )
        if group != CITY:
            users = users.filtered(lambda user: not user.has_group(CITY))
        return list(dict.fromkeys(user.email_normalized for user in users if user.email_normalized))

    @api.model
    def _language(self):
        """Return the language of the contract if it is installed, else English."""
        installed = dict(self.env["res.lang"].get_installed())
        return "pt_BR" if "pt_BR" in installed else "en_US"

    @api.model
    def _subject(self, final):
        day = fields.Date.to_string(final.day)
        return self.env._("Closed figures up to %s: verification code", day)

    @api.model
    def _body(self, closings):
        """Return what both parties read: the figures of the closed days, and the last code."""
        _ = self.env._
        titles = (_("Day"), _("Closing"), _("INS"), _("TME"), _("IAL"), _("Verification code"))
        head = Markup().join(Markup("<th>%s</th>") % title for title in titles)
        kinds = dict(closings._fields["kind"]._description_selection(self.env))
        body = Markup().join(
            Markup("<tr>%s</tr>")
            % Markup().join(
                Markup("<td>%s</td>") % cell
                for cell in (
                    fields.Date.to_string(closing.day),
                    kinds[closing.kind],
                    *(self._value(closing, code) for code in ("INS", "TME", "IAL")),
                    closing.hash,
                )
            )
            for closing in closings
        )
        return Markup(
            "<p>%s</p><p><strong>%s</strong></p><table border='1'><tr>%s</tr>%s</table>"
        ) % (
            _(
                "Keep this e-mail: both parties receive it. If a closed figure were changed, this "
                "code could not be found any more when the closings are verified."
            ),
            closings[-1].hash,
            head,
            body,
        )

    @api.model
    def _value(self, closing, code):
        """Return the figure of a closing over all queues, in words."""
        rows = closing.row_ids.filtered(lambda row: row.definition_id.code == code)
        value = INDICATORS[code].value(
            sum(rows.mapped("numerator")), sum(rows.mapped("denominator"))
        )
        return shown(value)

    @api.model
    def _faults(self):
        """Return in words which mailed codes are no longer in the chain."""
        # sudo: contact_center.indicator.digest - read to be verified
        return [
            self.env._(
                "%(day)s: the code that was mailed is not the one of the closing",
                day=fields.Date.to_string(digest.day),
            )
            for digest in self.sudo().search([])
            if digest.hash != digest.seal_id.hash
        ]
