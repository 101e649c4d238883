# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import os

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import SQL, config

from ..core.sealing import KeyProblem, KeySource, Vault

MASK = "********"
"""What a secret looks like to everybody who reads it over RPC; written back, it changes nothing."""
VAULT = Vault(KeySource.of(os.environ, config["data_dir"]))
"""The keys of this server, and what this process opened with them."""


class Secret(fields.Char):
    """A field sealed in the database (`core/sealing.py`), opened where code reads it.

    The ORM's cache and the table hold it sealed; `record.field` opens it, which needs the key.
    `read`, exports and forms show `MASK` to those who may see the field at all, system
    administrators (who may enter a new one). It can be searched for being there, not by its value.
    """

    copy = False
    groups = "base.group_system"

    def setup_nonrelated(self, model):
        """Refuse what would tell a secret: the chatter's tracking."""
        if getattr(self, "tracking", None):
            raise TypeError(f"{self}: the chatter would tell the secret")
        return super().setup_nonrelated(model)

    # ------------------------------------------------------------
    # Entering and opening
    # ------------------------------------------------------------

    def convert_to_cache(self, value, record, validate=True):
        """Seal what is entered; the mask stands for what is there."""
        if value == MASK:
            return self._get_cache(record.env).get(record._origin[:1].id)
        value = super().convert_to_cache(value, record, validate)
        return self._seal(value, record.env) if value else None

    def convert_to_record(self, value, record):
        """Open what is stored."""
        if not value:
            return False
        try:
            return VAULT.open(value)
        except KeyProblem as problem:
            raise UserError(key_words(record.env, problem)) from None

    def convert_to_column(self, value, record, values=None, validate=True):
        """Seal what is entered."""
        return self._seal(value, record.env) if value and value != MASK else None

    def convert_to_column_insert(self, value, record, values=None, validate=True):
        """Seal what is entered."""
        return self.convert_to_column(value, record, values, validate)

    def get_column_update(self, record):
        """Return the cached value, which is sealed already."""
        return self._get_cache(record.env)[record.id]

    def write(self, records, value):
        """Write, unless a form sent back what it was shown."""
        return None if value == MASK else super().write(records, value)

    @staticmethod
    def _seal(value, env):
        if MASK in str(value):
            raise UserError(env._("Enter the whole secret: the screen shows only a mask."))
        try:
            return VAULT.seal(str(value))
        except KeyProblem as problem:
            raise UserError(key_words(env, problem)) from None

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------

    def convert_to_read(self, value, record, use_display_name=True):
        """Tell that there is a secret, never which."""
        return MASK if value else False

    def convert_to_export(self, value, record):
        """Tell that there is a secret, never which."""
        return MASK if value else ""

    def convert_to_write(self, value, record):
        """Return what `write` takes: for assignments, and defaults, which come sealed."""
        return self.convert_to_record(value, record)

    def convert_to_display_name(self, value, record):
        """Tell that there is a secret, never which."""
        return MASK if value else False

    def _description_sortable(self, env):
        return False

    def _description_groupable(self, env):
        return False

    def _description_aggregator(self, env):
        return None

    def _condition_to_sql(self, field_expr, operator, value, model, alias, query):
        """Find records with or without the secret.

        :raise UserError: somebody asks for a value
        """
        if operator not in ("in", "not in") or any(value):
            words = model.env._("A secret can be searched for being there, not by its value.")
            raise UserError(words)
        column = model._field_to_sql(alias, field_expr, query)
        return SQL("%s IS NULL" if operator == "in" else "%s IS NOT NULL", column)


def key_words(env, problem):
    """Return in the user's words why a secret cannot be used: a `KeyProblem`."""
    return {
        "missing": env._(
            "The key that protects stored secrets (tokens, passwords) is missing on this "
            "server, so that they can be neither kept nor used. Ask the person in charge of the "
            "server to put it there: see “Stored secrets” in the administrator's guide."
        ),
        "malformed": env._(
            "The file with the key that protects stored secrets does not contain a valid key. "
            "Ask the person in charge of the server to put the right one there."
        ),
        "unknown": env._(
            "A stored secret was protected with another key than this server's. Put that key back "
            "under the present one, or enter the secret anew."
        ),
    }[problem.kind]
