# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.tests import HttpCase
from odoo.tests.common import get_db_name

PASSWORD = "girassol-azul-2026"
WRONG = "girassol-azul-2025"
LOCKED_SCREEN = "contact_center_security.group_locked_screen"
SECOND_FACTOR = "contact_center_security.group_second_factor"


class LoginCase(HttpCase):
    """The recommended rules switched on; people with and without a second factor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("contact_center_security.switched_on", False)
        cls.env["contact_center.security"]._switch_on()
        cls.agent = cls._person("cc_agent", "Ana Agente")
        cls.manager = cls._person("cc_manager", "Márcia Gestora")
        cls.supervisor = cls._person("cc_supervisor", "Sílvia Supervisora", SECOND_FACTOR)
        cls.administrator = cls._person("cc_administrator", "Adão Admin", SECOND_FACTOR)
        (cls.agent + cls.supervisor).password = PASSWORD

    @classmethod
    def _person(cls, login, name, *groups):
        """Make a user whose idle screen is locked.

        Without a password, since hashing takes long.
        """
        groups = [cls.env.ref(group).id for group in (LOCKED_SCREEN, *groups)]
        return (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "login": login,
                    "name": name,
                    "email": f"{login}@example.com",
                    "group_ids": [Command.set(groups)],
                    "lang": "en_US",
                }
            )
        )

    def _log_in(self, login, password):
        """Post the login form; returns the response after all redirects."""
        self.authenticate(None, None)
        page = self.url_open("/web/login?db=" + get_db_name())
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        form = {"login": login, "password": password, "csrf_token": token}
        return self.url_open("/web/login", data=form)

    def _logged_in(self, response):
        return "/web/login" not in response.url and response.ok
