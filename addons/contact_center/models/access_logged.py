"""Whatever shows citizens' data leaves a line in the access log, by whatever call it is read."""

import hashlib

from odoo import api, models, tools


def needs_log(method):
    """Mark a method that Odoo serves by a replica of the database, where nothing is written."""
    method._readonly = False
    return method


class AccessLogged(models.AbstractModel):
    """A model that shows citizens' data: reading, listing, grouping and exporting are noted.

    One record by itself is noted as opened, once an hour; a list leaves one line for the whole
    of it, once a minute however often it is fetched, with how many and whose. What the system
    reads for its own work (`sudo`) leaves nothing.
    """

    _name = "contact_center.access.logged"
    _description = "Data Whose Reading Is Noted"

    # Fields that show data of citizens; reading others is not noted.
    _access_content = frozenset()
    # Path to the conversations or contacts that the records belong to.
    _access_subject = "conversation_id"

    def _access_subjects(self):
        """Return the conversations, or else the contacts, whose data these records show (hook)."""
        if not self._access_subject:
            return self.env["contact_center.conversation"]
        # sudo: whose data it is, for the log
        return self.sudo().mapped(self._access_subject)

    @tools.ormcache("self.env.lang")
    def _access_title(self):
        """What people call this model (kept in memory: asked at each list)."""
        return self.env["ir.model"]._get(self._name).sudo().name

    def _access_note(self, fnames):
        """Note that the user read `fnames` of these records."""
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
        """Note that the user saw groups by names or texts of citizens.

        :param specs: what is grouped by and what is aggregated, as `_read_group` takes it
        :param groups: what it found
        """
        if self.env.su or not groups:
            return
        first = {spec.partition(":")[0].partition(".")[0] for spec in specs}
        own = self._access_content | {"partner_id", "conversation_id"}
        if shown := sorted(first & own):
            self.env["contact_center.access.log"]._record_once(
                "grouped", len(groups), what=self._access_title(), by=", ".join(shown)
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
        """Note that these records were exported (hook)."""
        self.env["contact_center.access.log"]._record_list("exported", self)

    # What the web client calls: only so that the line can be written

    @needs_log
    def read(self, fields=None, load="_classic_read"):
        """Read; see `_read_format`, which notes it."""
        return super().read(fields, load=load)

    @needs_log
    def web_read(self, specification):
        """Read for a form; see `_read_format`, which notes it."""
        return super().web_read(specification)

    @needs_log
    @api.model
    def search_read(self, *args, **kwargs):
        """Search and read; see `_read_format`, which notes it."""
        return super().search_read(*args, **kwargs)

    @needs_log
    @api.model
    def web_search_read(self, *args, **kwargs):
        """Search and read for a list; see `_read_format`, which notes it."""
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
        """Read groups as programs of before do; see `_access_note_groups`."""
        return super().read_group(*args, **kwargs)

    @needs_log
    @api.model
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Suggest names; those of citizens are noted with what was typed."""
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
