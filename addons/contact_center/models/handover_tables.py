from odoo import api, models

# Standard tables that belong to the service: only these fields of them. What is left out are
# secrets (passwords, keys) and Odoo's own bookkeeping.
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
# Who may read a field of these groups reads secrets: such a field is never handed over.
SECRET_GROUPS = ("base.group_system", "base.group_no_one", ".")


class Handover(models.Model):
    """What is handed over: tables, their rows and fields, and the data dictionary."""

    _inherit = "contact_center.handover"

    @api.model
    def _tables(self):
        """Names of the models whose rows are handed over, in a fixed order.

        Those of Odoo's that hold the service's data, and every one of this addon and of the
        addons that build on it.
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
        """Names of this addon and of all installed ones that depend on it."""
        # sudo: ir.module.module - which addons are installed is no secret here
        modules = self.env["ir.module.module"].sudo()
        own = modules.search([("name", "=", "contact_center")])
        own |= own.downstream_dependencies(exclude_states=("uninstalled", "uninstallable"))
        return set(own.mapped("name"))

    @api.model
    def _tables_left_out(self):
        """Own models that are not handed over: {name: why, in words}. Addons may add theirs."""
        again = self.env._("the same texts as in mail.message, prepared for searching")
        itself = self.env._("the hand-over's own bookkeeping")
        return {
            "contact_center.archive.message": again,
            "contact_center.handover": itself,
            "contact_center.handover.part": itself,
            "contact_center.handover.file": itself,
        }

    @api.model
    def _rows_domain(self, model):
        """Which rows of `model` (name) are handed over, as a domain."""
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
        """Query of the ids of the conversations' discussion channels."""
        # sudo: discuss.channel - the hand-over takes in all of them
        return (
            self.env["discuss.channel"]
            .sudo()
            ._search([("contact_center_conversation_id", "!=", False)])
        )

    @api.model
    def _attachments_of_notes(self):
        """Ids of the files that stand in internal notes: they stay within the team."""
        # sudo: mail.message - the hand-over looks at all of them
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
        """Names of the fields of `model` (name) that are handed over, `id` first."""
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
        """Why a field is not handed over, in words; "" when it is."""
        if field.groups and any(
            group.strip() in SECRET_GROUPS for group in field.groups.split(",")
        ):
            return self.env._("secret")
        if field.type in ("one2many", "reference", "properties", "properties_definition"):
            return self.env._("stands in the other table")
        if not field.store:
            return self.env._("computed, not stored")
        if field.type in ("binary", "image"):
            return self.env._("file; see the table of files")
        return ""

    @api.model
    def _dictionary(self):
        """The data dictionary: one row per field of each table, left-out ones with the reason."""
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
        """What the values of a selection mean: "key = label" each."""
        values = description.get("selection") or []
        return "; ".join(f"{key} = {label}" for key, label in values)
