# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core import contacts, phones

AREA_PARAMETER = "contact_center.area_code"


class ResPartner(models.Model):
    """Contacts' telephone numbers: parsed as people write them, refused with a reason.

    A guessed number belongs to somebody else, who would then get the messages.
    """

    _inherit = "res.partner"

    @api.model
    def _area_code(self):
        """Return the city's area code (DDD) for numbers without one, "" when not set."""
        # sudo: ir.config_parameter - a setting that applies to everybody's input
        return self.env["ir.config_parameter"].sudo().get_param(AREA_PARAMETER) or ""

    @api.model
    def _tidy_phone(self, text, comment=False):
        """Return the values of `phone`, and of `comment` if the text holds more than one number.

        :param comment: the contact's current notes
        :raise ValidationError: it is not a telephone number, with the reason
        """
        try:
            phone, more = contacts.tidy_phone(text, self._area_code())
        except phones.NotAPhone as error:
            raise ValidationError(self._why_no_phone(error)) from error
        values = {"phone": phone}
        if more and more not in (comment or ""):
            note = Markup("<p>%s</p>") % self.env._("Telephone as it was written: %s", more)
            # HTML already, and sanitized by the field when it is written
            values["comment"] = Markup(comment or "") + note  # nosec B704
        return values

    @api.model
    def _why_no_phone(self, error):
        """Return why a text is not a telephone number, in words for the person who entered it.

        :param error: `core.phones.NotAPhone`
        """
        reasons = {
            phones.NONE: self.env._("there is no telephone number in it: leave it empty instead"),
            phones.SHORT: self.env._(
                "the area code is missing: write it too, as in (31) 98888-7777, or set the city's "
                "own in the settings"
            ),
            phones.LOST: self.env._(
                "the spreadsheet has dropped its last digits: format the column as text and fill "
                "in the number again"
            ),
            phones.SERVICE: self.env._("it is a service number, to which no message can be sent"),
            phones.INVALID: self.env._(
                "nobody can have this number: check the digits, and write those of other countries "
                "with + and the country's code"
            ),
        }
        return self.env._(
            "“%(text)s” is not a telephone number: %(reason)s.",
            text=error.text[:80],
            reason=reasons[error.reason],
        )

    def _writable_number(self):
        """Return the one number of this contact that can be written to, or "".

        Digits, without "+".

        :return: "" if there is no telephone number
        :raise ValidationError: it is not such a number, with the reason
        """
        self.ensure_one()
        if not (self.phone or "").strip():
            return ""
        try:
            found = phones.read(self.phone, self._area_code())
        except phones.NotAPhone as error:
            raise ValidationError(self._why_no_phone(error)) from error
        if len(found.numbers) > 1:
            raise ValidationError(
                self.env._(
                    "“%s” has more than one telephone: leave the one that can be written to, and "
                    "put the others into the notes.",
                    self.phone,
                )
            )
        return found.numbers[0].lstrip("+")


class ResConfigSettings(models.TransientModel):
    """The city's area code."""

    _inherit = "res.config.settings"

    contact_center_area_code = fields.Char(
        string="Area code of the city (DDD)",
        size=2,
        config_parameter=AREA_PARAMETER,
        help="Numbers written without an area code get this one. Empty: they are refused.",
    )

    @api.constrains("contact_center_area_code")
    def _check_contact_center_area_code(self):
        for settings in self:
            code = settings.contact_center_area_code
            if code and not phones.is_area(code):
                raise ValidationError(self.env._("%s is not a Brazilian area code.", code))
