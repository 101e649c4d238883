# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import secrets

from psycopg2.extensions import encrypt_password

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..cube import WrongName, checked_login, instructions

CONNECTIONS = 5


class CubeReader(models.Model):
    """A login of the database that reads the cubes and nothing else.

    Its password is shown once, to whoever makes it; PostgreSQL keeps a verifier, this system
    nothing. Citizens' names are read by those who were granted them.
    """

    _name = "contact_center.cube.reader"
    _inherit = ["contact_center.machine.row"]
    _description = "Reader of the Cubes"
    _order = "active desc, id desc"
    _rec_name = "role"

    role = fields.Char(string="Login", required=True, readonly=True)
    purpose = fields.Char(string="For whom and why", required=True, readonly=True)
    with_citizens = fields.Boolean(string="Reads citizens' names", readonly=True)
    valid_until = fields.Date(string="Valid until", readonly=True)
    made_by_id = fields.Many2one(
        "res.users", string="Made by", required=True, readonly=True, ondelete="restrict"
    )
    active = fields.Boolean(default=True, readonly=True)
    removed_at = fields.Datetime(string="Removed", readonly=True)
    removed_by_id = fields.Many2one(
        "res.users", string="Removed by", readonly=True, ondelete="restrict"
    )

    _role_unique = models.UniqueIndex("(role) WHERE active", "There is such a login already.")

    # ------------------------------------------------------------
    # Making
    # ------------------------------------------------------------

    @api.model
    def _checked_role(self, name):
        """Return the login's name in the database; UserError if it cannot be one."""
        try:
            return checked_login(name)
        except WrongName:
            raise UserError(
                self.env._(
                    "“%s” cannot be a login: 3 to 40 small letters without accents, digits and "
                    "“_”, a letter first.",
                    name or "",
                )
            ) from None

    @api.model
    def _instructions(self, name="", with_citizens=False):
        """Return what the database's administrator runs where this system may not."""
        role = self._checked_role(name) if name else ""
        return instructions(self.env.cr.dbname, role, with_citizens)

    @api.model
    def _make(self, name, purpose, with_citizens=False, valid_until=False):
        """Make a login; return (reader, its password). The callers check the right.

        :raise UserError: the name cannot be, is taken, or the database does not allow it
        """
        role = self._checked_role(name)
        schema = self.env["contact_center.cube.schema"]
        if not schema._may_make_roles():
            raise UserError(
                self.env._(
                    "The system may not make logins in this database. Give the person in charge "
                    "of it the commands that this dialog shows."
                )
            )
        if valid_until and valid_until < fields.Date.context_today(self):
            raise UserError(self.env._("The last day of the login is over already."))
        self.env.cr.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if self.env.cr.fetchone():
            raise UserError(self.env._("There is a login “%s” already: choose another name.", role))
        schema._make_groups()
        password = secrets.token_urlsafe(24)
        self._make_role(role, password, with_citizens, valid_until)
        # sudo: contact_center.cube.reader - written by the system only
        reader = self.sudo().create(
            {
                "role": role,
                "purpose": purpose,
                "with_citizens": with_citizens,
                "valid_until": valid_until,
                "made_by_id": self.env.uid,
            }
        )
        self.env["contact_center.access.logged"]._note_access(
            "exported", what=self.env._("login for the cubes: %s", role), purpose=purpose
        )
        return reader, password

    @api.model
    def _make_role(self, role, password, with_citizens, valid_until):
        """Make the role in the database: it reads the cubes, and begins no change."""
        groups = self.env["contact_center.cube.schema"]._groups()
        cr, name = self.env.cr, SQL.identifier(role)
        # Only the verifier is sent: no log of the server ever shows the password
        verifier = encrypt_password(password, role, cr.connection, "scram-sha-256")
        cr.execute(
            SQL(
                "CREATE ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE CONNECTION LIMIT %s "
                "PASSWORD %s VALID UNTIL %s IN ROLE %s",
                name,
                CONNECTIONS,
                verifier,
                f"{valid_until} 23:59:59" if valid_until else "infinity",
                SQL.identifier(groups["plain"]),
            ),
            log_exceptions=False,
        )
        if with_citizens:
            group = SQL.identifier(groups["citizens"])
            cr.execute(SQL("GRANT %s TO %s", group, name))
        cr.execute(SQL("ALTER ROLE %s SET default_transaction_read_only = on", name))
        cr.execute(SQL("ALTER ROLE %s SET statement_timeout = '5min'", name))
        cr.execute(SQL("ALTER ROLE %s SET search_path = olap", name))

    # ------------------------------------------------------------
    # Taking away
    # ------------------------------------------------------------

    def action_remove(self):
        """Take these logins away; who is connected may finish, nobody connects again."""
        self._check_may_repair()
        schema = self.env["contact_center.cube.schema"]
        for reader in self.filtered("active"):
            if not schema._drop_role(reader.role):
                raise UserError(
                    self.env._(
                        "The system may not take the login away. Ask the person in charge of the "
                        'database to run: DROP OWNED BY "%(role)s"; DROP ROLE "%(role)s";',
                        role=reader.role,
                    )
                )
            # sudo: contact_center.cube.reader - the right was checked
            reader.sudo().write(
                {
                    "active": False,
                    "removed_at": fields.Datetime.now(),
                    "removed_by_id": self.env.uid,
                }
            )
            # the index knows logins that are there, and the name is free again
            reader.flush_recordset()
        return True
