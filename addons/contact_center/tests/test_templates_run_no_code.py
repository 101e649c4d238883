# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ContactCenterCase

SECRET = "contact_center.test_secret"
EXPRESSIONS = (
    f"object.env['ir.config_parameter'].sudo().get_param('{SECRET}')",
    f"user.sudo().env['ir.config_parameter'].get_param('{SECRET}')",
    f"object.sudo().env['ir.config_parameter'].get_param('{SECRET}')",
)
QUIET = ("odoo.addons.mail.models.mail_render_mixin", "odoo.addons.base.models.ir_qweb")


@tagged("post_install", "-at_install")
class TestTemplatesRunNoCode(ContactCenterCase):
    """A template of an e-mail is a program with the rights that `sudo` in it gives."""

    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].set_param(SECRET, "segredo-que-ninguém-lê")
        self.people = self.agent, self.supervisor, self.administrator

    def test_nobody_of_the_contact_center_writes_templates_with_code(self):
        for user in self.people:
            self.assertFalse(user.has_group("mail.group_mail_template_editor"), user.name)

    @mute_logger(*QUIET)
    def _read_by(self, attack):
        """Return the findings of an attack, as text."""
        try:
            with self.env.cr.savepoint():
                return str(attack())
        except (AccessError, UserError) as error:
            return str(error.args[0])

    def test_template_of_ones_own_reads_nothing_with_other_rights(self):
        model_id = self.env["ir.model"]._get_id("res.partner")
        for user in self.people:
            for expression in EXPRESSIONS:
                for values in (
                    {"body_html": f'<p><t t-out="{expression}"/></p>'},
                    {"subject": "{{ " + expression + " }}"},
                    {"email_to": "{{ " + expression + " }}"},
                ):

                    def attack(user=user, values=values):
                        template = (
                            self.env["mail.template"]
                            .with_user(user)
                            .create({"name": "x", "model_id": model_id, **values})
                        )
                        mail = template.send_mail(self.citizen.id)
                        sent = self.env["mail.mail"].sudo().browse(mail)
                        return [sent.body_html, sent.subject, sent.email_to]

                    self.assertNotIn("segredo-que", self._read_by(attack))

    def test_composer_reads_nothing_with_other_rights(self):
        for user in self.people:
            for expression in EXPRESSIONS:

                def attack(user=user, expression=expression):
                    composer = (
                        self.env["mail.compose.message"]
                        .with_user(user)
                        .create(
                            {
                                "model": "res.partner",
                                "res_ids": str(self.citizen.ids),
                                "subject": "{{ " + expression + " }}",
                                "body": f'<p><t t-out="{expression}"/></p>',
                                "composition_mode": "mass_mail",
                                "auto_delete": False,
                                "force_send": False,
                            }
                        )
                    )
                    mails, _messages = composer._action_send_mail()
                    return [*mails.mapped("body_html"), *mails.mapped("subject")]

                self.assertNotIn("segredo-que", self._read_by(attack))
