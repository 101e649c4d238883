# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Logs every access to citizens' data, whichever call is used to read it."""

import hashlib
from datetime import timedelta

from odoo import api, fields, models, tools


def needs_log(method):
    """Mark a method that Odoo would serve from a read-only replica as writing."""
    method._readonly = False
    return method


class AccessLogged(models.AbstractModel):
    """A model with citizens' data: reading, listing, grouping, exporting are logged.

    A single record is logged as opened, once an hour; a list leaves a single line, once a minute
    however often it is fetched, with the number of records and the citizens. The system's own reads
    (`sudo`) are not logged.
    """

    _inherit = "contact_center.access.logged"

    @tools.ormcache("self.env.lang")
    def _access_title(self):
        """Return the readable name of this model (cached: needed for each list)."""
        return self.env["ir.model"]._get(self._name).sudo().name

    @api.model
    def _note_access(self, kind, records=None, **data):
        self.env["contact_center.access.log"]._record(kind, records, **data)
        return super()._note_access(kind, records, **data)

    @api.model
    def _note_screen(self, title):
        log = self.env["contact_center.access.log"]
        log._record_once("listed", 0, hourly=True, what=title)
        return super()._note_screen(title)

    @api.model
    def _was_noted_lately(self, kind, record):
        # sudo: contact_center.access.log - the user's own lines
        log = self.env["contact_center.access.log"].sudo()
        since = fields.Datetime.now() - timedelta(hours=1)
        of_mine = [("user_id", "=", self.env.uid), ("at", ">", since), ("kind", "=", kind)]
        return bool(log.search([*of_mine, ("conversation_id", "=", record.id)], limit=1))

    def _access_note(self, fnames):
        """Log that the user read `fnames` of these records."""
        if not self or self.env.su or self._access_content.isdisjoint(fnames):
            return
        log = self.env["contact_center.access.log"]
        if len(self) == 1 and (subject := self._access_subjects()):
            log._record("opened", subject, what=self._access_title())
        else:
            log._record_list("listed", self)

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load=load)
        self._access_note(fnames)
        return result

    def _access_note_groups(self, specs, groups):
        """Log that the user saw groups by citizens' names or texts.

        :param specs: groupings and aggregates, as for `_read_group`
        :param groups: the result
        """
        if self.env.su or not groups:
            return
        first = {spec.partition(":")[0].partition(".")[0] for spec in specs}
        own = self._access_content | {"partner_id", "conversation_id"}
        if shown := sorted(first & own):
            labels = [self._fields[name]._description_string(self.env) for name in shown]
            self.env["contact_center.access.log"]._record_once(
                "grouped", len(groups), what=self._access_title(), by=", ".join(labels)
            )

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        groups = super()._read_group(domain, groupby, aggregates, *args, **kwargs)
        self._access_note_groups([*groupby, *aggregates], groups)
        return groups

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), *args, **kwargs):
        groups = super()._read_grouping_sets(domain, grouping_sets, aggregates, *args, **kwargs)
        specs = [spec for grouping in grouping_sets for spec in grouping]
        self._access_note_groups([*specs, *aggregates], [row for one in groups for row in one])
        return groups

    def export_data(self, fields_to_export):
        """Export, and note it."""
        result = super().export_data(fields_to_export)
        self._access_note_export()
        return result

    def _access_note_export(self):
        """Log that these records were exported (hook)."""
        self.env["contact_center.access.log"]._record_list("exported", self)

    # Methods of the web client, overridden only so that the log can be written

    @needs_log
    def read(self, fields=None, load="_classic_read"):
        """Read; logged by `_read_format`."""
        return super().read(fields, load=load)

    @needs_log
    def web_read(self, specification):
        """Read for a form; logged by `_read_format`."""
        return super().web_read(specification)

    @needs_log
    @api.model
    def search_read(self, *args, **kwargs):
        """Search and read; logged by `_read_format`."""
        return super().search_read(*args, **kwargs)

    @needs_log
    @api.model
    def web_search_read(self, *args, **kwargs):
        """Search and read for a list; logged by `_read_format`."""
        return super().web_search_read(*args, **kwargs)

    @needs_log
    @api.model
    def web_read_group(self, *args, **kwargs):
        """Read groups for a list; see `_access_note_groups`."""
        return super().web_read_group(*args, **kwargs)

    @needs_log
    @api.model
    def formatted_read_group(self, *args, **kwargs):
        """Read groups; see `_access_note_groups`."""
        return super().formatted_read_group(*args, **kwargs)

    @needs_log
    @api.model
    def formatted_read_grouping_sets(self, *args, **kwargs):
        """Read groups for a pivot; see `_access_note_groups`."""
        return super().formatted_read_grouping_sets(*args, **kwargs)

    @needs_log
    @api.model
    def read_group(self, *args, **kwargs):
        """Read groups as older programs do; see `_access_note_groups`."""
        return super().read_group(*args, **kwargs)

    @needs_log
    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Suggest names; citizens' names are logged with the typed text."""
        found = super().name_search(name, domain, operator, limit)
        names = {"name", "display_name"} & self._access_content
        if found and names and not self.env.su:
            shown = self.browse(pair[0] for pair in found)
            if subjects := shown._access_subjects():
                self.env["contact_center.access.log"]._record_list(
                    "searched", shown, subjects, term=name or ""
                )
        return found


def key_of(*values) -> str:
    """Return a short key that is the same for the same values."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:24]
