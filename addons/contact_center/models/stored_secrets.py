# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

from ..core.sealing import KeyProblem
from .secret_field import VAULT, Secret, key_words


class StoredSecrets(models.AbstractModel):
    """All stored secrets of all addons: can they be opened; a new key for them."""

    _name = "contact_center.stored.secrets"
    _description = "Stored Secrets"

    @api.model
    def _fields_with_secrets(self):
        """Return the stored fields of type `Secret`, in the registry's order."""
        return [
            field
            for model in self.env.registry.values()
            if model._auto and not model._abstract
            for field in model._fields.values()
            if isinstance(field, Secret) and field.store
        ]

    @api.model
    def _stored(self):
        """Yield (field, id, value as it is stored) of each secret."""
        self.env.flush_all()
        for field in self._fields_with_secrets():
            table = SQL.identifier(self.env[field.model_name]._table)
            column = SQL.identifier(field.name)
            self.env.cr.execute(
                SQL("SELECT id, %s FROM %s WHERE %s IS NOT NULL ORDER BY id", column, table, column)
            )
            for record_id, value in self.env.cr.fetchall():
                yield field, record_id, value

    @api.model
    def _rotate(self):
        """Seal every secret with the newest key: those of older keys, and any in the clear.

        In one transaction, each row compared with what was read: what somebody enters meanwhile
        stays, and is sealed with the newest key anyway.

        :return: how many were sealed anew
        :raise KeyProblem: there is no key, or a secret was sealed with one that is not there
        """
        ring = VAULT.ring()
        changed = 0
        for field, record_id, value in self._stored():
            if ring.is_newest(value):
                continue
            table = SQL.identifier(self.env[field.model_name]._table)
            column = SQL.identifier(field.name)
            # Past the ORM: only the form of the value changes, nobody's record does.
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = %s AND %s = %s",
                    *(table, column, ring.seal(ring.open(value)), record_id, column, value),
                )
            )
            changed += self.env.cr.rowcount
        self.env.invalidate_all()
        return changed

    @api.model
    def _states(self):
        """Count the secrets: {"newest", "older", "lost"}; in the clear counts as older.

        :raise KeyProblem: there is no key
        """
        ring = VAULT.ring()
        counts = dict.fromkeys(("newest", "older", "lost"), 0)
        for _field, _id, value in self._stored():
            if ring.is_newest(value):
                counts["newest"] += 1
                continue
            try:
                ring.open(value)
                counts["older"] += 1
            except KeyProblem:
                counts["lost"] += 1
        return counts


class Health(models.AbstractModel):
    """Check that stored secrets are protected, and can be used."""

    _inherit = "contact_center.health"

    @api.model
    def _check_secrets(self):
        """Return whether there is a key, and whether it opens all secrets."""
        _ = self.env._
        title = _("Stored secrets")
        try:
            counts = self.env["contact_center.stored.secrets"]._states()
        except KeyProblem as problem:
            advice = _("Until then no number and no GLPI can be connected.")
            return self._result("error", title, key_words(self.env, problem), advice)
        if counts["lost"]:
            words = _("%s secrets cannot be opened with this server's key.", counts["lost"])
            return self._result("error", title, words, key_words(self.env, KeyProblem("unknown")))
        if counts["older"]:
            words = _("%s secrets are not protected by the newest key.", counts["older"])
            advice = _(
                "Ask the person in charge of the server to run the command that changes the key "
                "once more."
            )
            return self._result("warning", title, words, advice)
        return self._result("ok", title, _("All are protected by the newest key."))
