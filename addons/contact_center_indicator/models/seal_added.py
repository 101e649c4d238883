# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..measure import START, hash_of, seal


class Seal(models.Model):
    """Figures from outside after their day was closed: added, never exchanged."""

    _inherit = "contact_center.indicator.seal"

    @api.model
    def _add(self, day, found, document):
        """Append a closing with figures of a day that is closed already, and return it.

        :param found: {(code, queue, agent): tally}
        :param document: where they come from; it is sealed with them
        :raise UserError: the day is not closed, or has such a figure from outside already
        """
        self._lock_chain()
        if not self._frozen_on(day):
            raise UserError(self.env._("%s was not closed yet.", fields.Date.to_string(day)))
        self._check_not_added(day, {key[0] for key in found})
        # sudo: contact_center.indicator.* - written by the system only
        env = self.sudo().env
        versions = env["contact_center.indicator.version"]
        rows = self._sorted_rows(found)
        hashes = [hash_of(row) for row in rows]
        revision = self._next_revision(day)
        goals = env["contact_center.indicator.goal"]._in_force(day)
        header = {
            **self._header(day, revision, versions._reading_on(day), goals, len(rows)),
            "document": document,
        }
        previous = env[self._name].search([], order="id desc", limit=1).hash or START
        closing = env[self._name]._append(
            {
                "day": day,
                "revision": revision,
                "kind": "added",
                "version_id": versions._on(day).id,
                "header": header,
                "last_event": header["last_event"],
                "row_count": len(rows),
                "previous": previous,
                "hash": seal(previous, header, hashes),
                "closed_at": fields.Datetime.now(),
                "difference_count": 0,
            }
        )
        closing._keep(rows, hashes)
        return closing

    @api.model
    def _check_not_added(self, day, codes):
        """Raise UserError if a day has figures from outside of these indicators already."""
        # sudo: contact_center.indicator.day - whether there is one
        days = self.env["contact_center.indicator.day"].sudo()
        there = days.search(
            [
                ("day", "=", day),
                ("definition_id.code", "in", list(codes)),
                ("seal_id.kind", "=", "added"),
            ],
            limit=1,
        )
        if there:
            raise UserError(
                self.env._(
                    "%(day)s has a figure of %(code)s from outside already.",
                    day=fields.Date.to_string(day),
                    code=there.definition_id.code,
                )
            )
