# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

# Standard tables that belong to the service: only these fields of them. Omitted fields are secrets
# (passwords, keys) and Odoo's own bookkeeping.
STANDARD_TABLES = {
    "res.partner": (
        "name", "phone", "email", "vat", "ref", "function", "parent_id", "street", "street2",
        "zip", "city", "state_id", "country_id", "lang", "comment", "active", "create_date",
    ),
    "res.users": ("name", "login", "partner_id", "active", "group_ids", "create_date"),
    "res.groups": ("full_name", "comment"),
    "discuss.channel": ("name", "channel_type", "contact_center_conversation_id", "create_date"),
    "mail.message": (
        "date", "author_id", "body", "model", "res_id", "message_type", "parent_id",
        "attachment_ids",
    ),
    "mail.message.reaction": ("message_id", "content", "partner_id"),
    "mail.canned.response": ("source", "substitution", "group_ids"),
    "ir.attachment": (
        "name", "mimetype", "file_size", "checksum", "res_model", "res_id", "create_date",
    ),
    "resource.calendar": ("name", "tz"),
    "resource.calendar.attendance": (
        "calendar_id", "dayofweek", "hour_from", "hour_to", "week_type", "date_from", "date_to",
    ),
    "resource.calendar.leaves": ("name", "calendar_id", "date_from", "date_to"),
    "calendar.public.holiday": ("year", "country_id"),
    "calendar.public.holiday.line": ("name", "date", "state_ids", "public_holiday_id"),
}  # fmt: skip
# Fields restricted to these groups are secrets and never exported.
SECRET_GROUPS = ("base.group_system", "base.group_no_one", ".")


class DataExport(models.Model):
    """The content of an export: tables, their rows and fields, the dictionary."""

    _inherit = "contact_center.data.export"

    @api.model
    def _tables(self):
        """Return the names of the models whose rows are exported, in a fixed order.

        Odoo's models that hold the service's data, and all models of this addon and of those that
        build on it.
        """
        own = [
            name
            for name, model in sorted(self.env.registry.items())
            if model._auto
            and not model._abstract
            and not model._transient
            and model._original_module in self._own_modules()
            and name not in self._tables_left_out()
        ]
        return [name for name in STANDARD_TABLES if name in self.env] + own

    @api.model
    def _own_modules(self):
        """Return the names of this addon and of all installed ones that depend on it."""
        # sudo: ir.module.module - the installed addons are not secret here
        modules = self.env["ir.module.module"].sudo()
        own = modules.search([("name", "=", "contact_center")])
        own |= own.downstream_dependencies(exclude_states=("uninstalled", "uninstallable"))
        return set(own.mapped("name"))

    @api.model
    def _tables_left_out(self):
        """Own models that are not exported: {name: why, in words}. Addons may add theirs."""
        again = self.env._("the same texts as in mail.message, prepared for searching")
        itself = self.env._("the data export's own bookkeeping")
        return {
            "contact_center.archive.message": again,
            "contact_center.data.export": itself,
            "contact_center.data.export.part": itself,
            "contact_center.data.export.file": itself,
        }

    @api.model
    def _rows_domain(self, model):
        """Return which rows of `model` (name) are exported, as a domain."""
        if model == "mail.message":
            said = self.env["contact_center.conversation"]._said_in(self._conversation_channels())
            return list(said)
        if model == "mail.message.reaction":
            return [("message_id", "any", self._rows_domain("mail.message"))]
        if model == "discuss.channel":
            return [("contact_center_conversation_id", "!=", False)]
        if model == "ir.attachment":
            return [
                ("res_model", "=", "discuss.channel"),
                ("res_field", "=", False),
                ("id", "not in", self._attachments_of_notes()),
                ("res_id", "in", self._conversation_channels()),
            ]
        if model == "res.users":
            return [("share", "=", False)]
        return []

    @api.model
    def _conversation_channels(self):
        """Return a query for the ids of the conversations' Discuss channels."""
        # sudo: discuss.channel - the data export contains all of them
        return (
            self.env["discuss.channel"]
            .sudo()
            ._search([("contact_center_conversation_id", "!=", False)])
        )

    @api.model
    def _attachments_of_notes(self):
        """Return the ids of files in internal notes, which stay within the team."""
        # sudo: mail.message - the data export reads all of them
        notes = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", "discuss.channel"),
                    "|",
                    ("subtype_id.internal", "=", True),
                    ("is_internal", "=", True),
                    ("attachment_ids", "!=", False),
                ]
            )
        )
        return notes.attachment_ids.ids

    @api.model
    def _columns(self, model):
        """Return the names of the fields of `model` (name) that are exported, `id` first."""
        records = self.env[model]
        if model in STANDARD_TABLES:
            chosen = [name for name in STANDARD_TABLES[model] if name in records._fields]
        else:
            chosen = [
                name
                for name, field in records._fields.items()
                if name != "id" and not self._why_left_out(field)
            ]
        return ["id", *chosen]

    @api.model
    def _why_left_out(self, field):
        """Return why a field is not exported, in words; "" if it is."""
        if field.groups and any(
            group.strip() in SECRET_GROUPS for group in field.groups.split(",")
        ):
            return self.env._("secret")
        if field.type in ("one2many", "reference", "properties", "properties_definition"):
            return self.env._("is in the other table")
        if not field.store:
            return self.env._("computed, not stored")
        if field.type in ("binary", "image"):
            return self.env._("file; see the table of files")
        return ""

    @api.model
    def _dictionary(self):
        """Return the data dictionary: one row per field of each table.

        Omitted ones with the reason.
        """
        rows = []
        for model in self._tables():
            records = self.env[model]
            columns = self._columns(model)
            for name, field in sorted(records._fields.items()):
                description = field.get_description(self.env)
                handed = name in columns
                if not handed and (model in STANDARD_TABLES or not field.store):
                    continue
                rows.append(
                    {
                        "table": model,
                        "table_label": self.env["ir.model"]._get(model).name,
                        "field": name,
                        "label": description.get("string") or "",
                        "type": field.type,
                        "refers_to": description.get("relation") or "",
                        "values": self._values_of(description),
                        "help": description.get("help") or "",
                        "left_out": "" if handed else self._why_left_out(field),
                    }
                )
        return rows

    @staticmethod
    def _values_of(description):
        """Return the meaning of a selection's values: "key = label" each."""
        values = description.get("selection") or []
        return "; ".join(f"{key} = {label}" for key, label in values)
