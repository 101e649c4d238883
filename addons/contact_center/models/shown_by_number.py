# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.exceptions import AccessError

AGENT = "contact_center.group_technician"
# Fields of users and contacts by which an agent is called: the number stands there instead.
NAMES = frozenset({"name", "complete_name", "livechat_username", "user_livechat_username"})
# Fields that say who it is in another way: these are empty.
PICTURES = frozenset(
    f"{kind}_{size}" for kind in ("image", "avatar") for size in (1920, 1024, 512, 256, 128)
)
PERSONAL = PICTURES | {
    *("login", "email", "email_normalized", "email_formatted", "signature"),
    *("phone", "phone_sanitized", "phone_mobile_search", "vat"),
}


class ShownByNumber(models.AbstractModel):
    """Users and contacts of agents as data: by number for those who see numbers only.

    Reading over RPC, what screens of Discuss fetch, and exports all come through here. It is about
    what leaves the server: code that reads a field of a record gets what is stored.
    """

    _name = "contact_center.shown.by.number"
    _description = "Shown by Number"

    def _contact_center_numbers(self):
        """Return those of these records that the user sees by number: {record: number} (hook)."""
        return {}

    def _read_format(self, fnames, load="_classic_read"):
        """Put numbers in the place of names, and nothing in that of what else tells a person."""
        rows = super()._read_format(fnames, load)
        names, personal = NAMES.intersection(fnames), PERSONAL.intersection(fnames)
        if not (names or personal):
            return rows
        numbers = {one.id: number for one, number in self._contact_center_numbers().items()}
        for row in rows if numbers else ():
            if row["id"] in numbers:
                row.update({name: numbers[row["id"]] for name in names if row[name]})
                row.update(dict.fromkeys(personal, False))
        return rows

    def _export_rows(self, fields, **kwargs):
        """Export numbers in the place of names, and nothing in that of what else tells a person."""
        first = [path[0] if path else "" for path in fields]
        told = (NAMES | PERSONAL).intersection(first)
        numbers = self._contact_center_numbers() if told else {}
        if not numbers:
            return super()._export_rows(fields, **kwargs)
        by_number = [
            ["display_name"] if name in told else path
            for name, path in zip(first, fields, strict=True)
        ]
        rows = []
        for record in self:
            if record not in numbers:
                rows += super(ShownByNumber, record)._export_rows(fields, **kwargs)
                continue
            for row in super(ShownByNumber, record)._export_rows(by_number, **kwargs):
                rows.append(
                    [
                        "" if name in PERSONAL else value
                        for name, value in zip(first, row, strict=True)
                    ]
                )
        return rows

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Let nobody who sees numbers group by names."""
        self._check_not_named(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        """Let nobody who sees numbers gather names."""
        self._check_not_named(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _check_not_named(self, spec):
        """Raise AccessError if a group would tell names that the user does not see.

        :param spec: of a group or of what is added up, such as `name:array_agg`
        """
        name = spec.partition(":")[0].partition(".")[0]
        is_told = name in NAMES or name in PERSONAL
        if is_told and not self.env.su and self.env.user._contact_center_sees_numbers():
            raise AccessError(
                self.env._("Agents are shown to you by number: please group by the agent instead.")
            )


class ResUsers(models.Model):
    """Agents as data."""

    _name = "res.users"
    _inherit = ["res.users", "contact_center.shown.by.number"]

    def _contact_center_numbers(self, day=None):
        """Return those whom the user sees by number.

        :param day: date for which the number holds, today by default
        """
        if not self or not self.env.uid or not self._contact_center_sees_numbers():
            return {}
        # sudo: res.groups - who is an agent is no secret to the system
        agents = self & self.env.ref(AGENT).sudo().all_user_ids.with_env(self.env)
        return self.env["contact_center.assignment"]._names_for_the_city(
            agents - self.env.user, day
        )


class ResPartner(models.Model):
    """Contacts of agents: authors of messages, members of threads."""

    _name = "res.partner"
    _inherit = ["res.partner", "contact_center.shown.by.number"]

    def _contact_center_numbers(self):
        """Return those whose user is seen by number."""
        if not self or not self.env.uid or not self.env.user._contact_center_sees_numbers():
            return {}
        # sudo: res.users - whose contacts these are
        users = self.sudo().with_context(active_test=False).user_ids.with_env(self.env)
        numbers = users._contact_center_numbers()
        return {user.sudo().partner_id.with_env(self.env): numbers[user] for user in numbers}

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Show contacts of agents to the city's people under the registration number."""
        result = super()._compute_display_name()
        for partner, number in self.filtered("id")._contact_center_numbers().items():
            partner.display_name = number
        return result

    def _get_store_livechat_username_fields(self):
        """Let the number stand for the name there too: `_read_format` puts it in."""
        if self.env.uid and self.env.user._contact_center_sees_numbers():
            return ["name", "user_livechat_username"]
        return super()._get_store_livechat_username_fields()


class IrBinary(models.AbstractModel):
    """Pictures of agents."""

    _inherit = "ir.binary"

    def _find_record(self, *args, field=None, **kwargs):
        """Refuse pictures of agents to those who see numbers: the page shows a placeholder."""
        record = super()._find_record(*args, field=field, **kwargs)
        is_person = record._name in ("res.users", "res.partner") and field in PICTURES
        if is_person and record.with_env(self.env)._contact_center_numbers():
            raise AccessError(self.env._("Agents are shown to you by number, without a picture."))
        return record
