# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

# Key of an option in a flow's file -> the option's value with a record's id.
CATALOGUES = {"glpi_category": "glpi_category_id", "glpi_location": "glpi_location_id"}


class ChatbotFlow(models.Model):
    """The GLPI for a flow's tickets.

    In files, options refer to its records by name and GLPI id.
    """

    _inherit = "chatbot.flow"
    _check_company_auto = True

    glpi_server_id = fields.Many2one(
        "glpi.server",
        string="GLPI",
        ondelete="set null",
        check_company=True,
        help="Where the flow's tickets are opened. Empty: the queue's, or else the first server.",
    )

    @api.model
    def _file_keys(self):
        found = super()._file_keys()
        return {**found, "option": {**found.get("option", {}), **dict.fromkeys(CATALOGUES, "any")}}

    def _names_for_ids(self, document):
        result = super()._names_for_ids(document)
        for step in document["steps"]:
            for option in step.get("options") or ():
                chosen = dict(option.get("set") or {})
                for key, name in CATALOGUES.items():
                    record = self._catalogue(name).browse(chosen.pop(name, None) or []).exists()
                    if record:
                        option[key] = {"name": record.complete_name, "id": record.glpi_id}
                option["set"] = chosen
        return result

    def _ids_for_names(self, document):
        notices = super()._ids_for_names(document)
        for step in document["steps"]:
            options = [dict(option) for option in step.get("options") or ()]
            if options:
                step["options"] = options
            for option in options:
                for key, name in CATALOGUES.items():
                    wanted = option.pop(key, None)
                    if not wanted:
                        continue
                    record = self._find_in_catalogue(name, wanted)
                    if record:
                        option["set"] = {**(option.get("set") or {}), name: record.id}
                    else:
                        notices.append(self._not_in_glpi(step, option, wanted))
        return notices

    def _catalogue(self, name):
        """Return the catalogue that a field of options chooses from."""
        return self.env[self.env["chatbot.flow.option"]._fields[name].comodel_name]

    def _find_in_catalogue(self, name, wanted):
        """Return the record for a file's entry in this GLPI.

        By full name, and by id if that is ambiguous.
        """
        if not isinstance(wanted, dict) or not isinstance(wanted.get("name"), str):
            return None
        found = self._catalogue(name).search([("complete_name", "=ilike", wanted["name"])])
        return (found.filtered(lambda entry: entry.glpi_id == wanted.get("id")) or found)[:1]

    def _not_in_glpi(self, step, option, wanted):
        name = wanted.get("name") if isinstance(wanted, dict) else wanted
        return self.env._(
            "Step “%(step)s”, option “%(option)s”: “%(name)s” is not in GLPI's list here. Choose "
            "one.",
            step=step.get("title") or step["key"],
            option=option.get("title"),
            name=name,
        )
