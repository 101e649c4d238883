# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import groupby

from ..preset import belo_horizonte, items, with_queues

PARAMETER = "contact_center_city156.last_run"
# Under this name the database remembers what was made. It is no addon: what a city made of the
# preset stays when this addon goes.
MARK = "__city156__"
MODELS = {
    "hours": ("resource.calendar", "name"),
    "operation": ("contact_center.operation", "name"),
    "region": ("contact_center.region", "name"),
    "skill": ("im_livechat.expertise", "name"),
    "queue": ("contact_center.queue", "name"),
    "subject": ("contact_center.disposition", "complete_name"),
    "text": ("mail.canned.response", "source"),
    "flow": ("chatbot.flow", "name"),
}
"""Kind of an item -> its model, and the field by which one of the same name is found."""

GENERAL = 200
"""Place among the queues of the last one, which takes what belongs to no other; others follow."""

NEW, MADE, KEPT, TAKEN = "new", "made", "kept", "taken"
"""Not there yet; made just now; made earlier, and never touched again; somebody's own of that
name, used as it is."""


class City156(models.AbstractModel):
    """Makes a city's 156 in one click: what is missing, and nothing twice.

    Nothing that exists is changed. It acts with the rights of the administrator who presses.
    """

    _name = "contact_center.city156"
    _description = "Preset of a City's 156"

    @api.model
    def _city(self):
        """Return the `preset.City` to be made."""
        return belo_horizonte.CITY

    @api.model
    def _check_allowed(self):
        """Raise AccessError for everybody except administrators."""
        if not self.env.user.has_group("contact_center.group_administrator"):
            raise AccessError(self.env._("Only administrators set up the 156."))

    # ------------------------------------------------------------
    # Looking
    # ------------------------------------------------------------

    @api.model
    def _plan(self):
        """Return what pressing the button would do, or just did: [(item, state)] in order.

        :raise AccessError: the user is no administrator
        """
        self._check_allowed()
        found = self._found()
        return [(item, found[item.key][1] if item.key in found else NEW) for item in self._items()]

    @api.model
    def _items(self):
        """Return the `preset.Item`s of the city, in the order in which they are made."""
        return list(items(self._city()))

    @api.model
    def _found(self):
        """Return what is there: {key of an item: (record, KEPT or TAKEN)}."""
        found = {key: (record, KEPT) for key, record in self._made_before().items()}
        for kind, group in groupby(self._items(), lambda item: item.kind):
            model, field = MODELS[kind]
            missing = {item.name: item.key for item in group if item.key not in found}
            named = self.env[model].with_context(active_test=False)
            # Regions are few, and of one name however it is written.
            if kind == "region":
                missing = {name.casefold(): key for name, key in missing.items()}
                for record in named.search([]):
                    if key := missing.get(record[field].casefold()):
                        found.setdefault(key, (record, TAKEN))
                continue
            for record in named.search([(field, "in", list(missing))]):
                found.setdefault(missing[record[field]], (record, TAKEN))
        return found

    @api.model
    def _made_before(self):
        """Return what was made by an earlier press and not deleted since: {key: record}."""
        # sudo: ir.model.data - which records the preset made; their users read them by themselves
        marks = self.env["ir.model.data"].sudo().search([("module", "=", MARK)])
        made = {}
        for model in {model for model, _field in MODELS.values()}:
            keys = {mark.res_id: mark.name for mark in marks if mark.model == model}
            for record in self.env[model].browse(keys).exists():
                made[keys[record.id]] = record
        return made

    # ------------------------------------------------------------
    # Making
    # ------------------------------------------------------------

    @api.model
    def _make(self):
        """Make what is missing.

        :return: ([(item, state)] as of `_plan`, list of readable texts about what is to be
            completed)
        :raise AccessError: the user is no administrator
        """
        self._check_allowed()
        self._lock()
        found = self._found()
        here = {key: record for key, (record, _state) in found.items()}
        notices = []
        # Of the tree of subjects, one level after the other.
        for (kind, _depth), group in groupby(self._items(), self._level):
            missing = [item for item in group if item.key not in here]
            if kind == "flow":
                for item in missing:
                    here[item.key], notices = self._make_flow(here)
            elif missing:
                values = getattr(self, f"_values_of_{kind}")
                records = self.env[MODELS[kind][0]].create([values(one, here) for one in missing])
                here.update(zip([item.key for item in missing], records, strict=True))
        new = {key: record for key, record in here.items() if key not in found}
        self._remember(new)
        states = {key: state for key, (_record, state) in found.items()}
        return [(item, states.get(item.key, MADE)) for item in self._items()], notices

    @api.model
    def _level(self, item):
        return item.kind, item.name.count(" / ")

    @api.model
    def _lock(self):
        """Let administrators who press at the same time go one after the other.

        The second one's transaction began before the first one's rows were there: PostgreSQL
        refuses it at this row, and Odoo runs the request again.
        """
        self.env.cr.execute(
            "SELECT id FROM ir_config_parameter WHERE key = %s FOR UPDATE",
            [PARAMETER],
            log_exceptions=False,
        )
        # sudo: ir.config_parameter - records when it was pressed last
        self.env["ir.config_parameter"].sudo().set_param(
            PARAMETER, fields.Datetime.to_string(fields.Datetime.now())
        )
        self.env.flush_all()

    @api.model
    def _remember(self, made):
        """Note what was made, so that the next press knows it under whatever name."""
        # sudo: ir.model.data - as in `_made_before`
        self.env["ir.model.data"].sudo()._update_xmlids(
            [
                {"xml_id": f"{MARK}.{key}", "record": record, "noupdate": True}
                for key, record in made.items()
            ]
        )

    # ------------------------------------------------------------
    # The values of each kind
    # ------------------------------------------------------------

    @api.model
    def _values_of_hours(self, item, here):
        """Return the values of service hours on all days, in the city's time zone."""
        hours = item.part
        zone = self.env["contact_center.queue"]._timezone().key
        attendances = [(5, 0, 0)] + [
            (
                0,
                0,
                {
                    "name": hours.name,
                    "dayofweek": str(day),
                    "day_period": "full_day",
                    "hour_from": hours.opens,
                    "hour_to": hours.closes,
                },
            )
            for day in range(7)
        ]
        return {
            "name": item.name,
            "tz": zone,
            "company_id": False,
            "attendance_ids": attendances,
        }

    @api.model
    def _values_of_operation(self, item, here):
        return {"name": item.name}

    @api.model
    def _values_of_region(self, item, here):
        return {"name": item.name}

    @api.model
    def _values_of_skill(self, item, here):
        return {"name": item.name}

    @api.model
    def _values_of_queue(self, item, here):
        hours = here.get(f"hours_{item.part.hours}")
        general = item.part == self._city().queues[-1]
        return {
            "name": item.name,
            # Never before a queue that serves already: the first one gets what names no queue.
            "sequence": GENERAL if general else GENERAL + 1,
            "calendar_id": hours.id if hours else False,
            **self._city().goals,
        }

    @api.model
    def _values_of_subject(self, item, here):
        parent = here.get(item.parent)
        queues = here[item.queue] if item.queue else self._queues(here)
        return {
            **item.values,
            "parent_id": parent.id if parent else False,
            "queue_ids": [(6, 0, queues.ids)],
        }

    @api.model
    def _values_of_text(self, item, here):
        return {
            "source": item.part.shortcut,
            "substitution": item.part.body,
            "queue_ids": [(6, 0, self._queues(here).ids)],
        }

    @api.model
    def _queues(self, here):
        """Return all queues of the preset."""
        queues = self.env["contact_center.queue"]
        for queue in self._city().queues:
            queues |= here[f"queue_{queue.key}"]
        return queues

    @api.model
    def _make_flow(self, here):
        """Return (the flow with the menu as a draft, texts about what is to be completed)."""
        city = self._city()
        # What was renamed since is found under its name of today.
        city = replace(
            city,
            root=here["subject"].complete_name,
            queues=tuple(replace(one, name=here[f"queue_{one.key}"].name) for one in city.queues),
            skills=tuple(replace(one, name=here[f"skill_{one.key}"].name) for one in city.skills),
        )
        flows = self.env["chatbot.flow"]
        flows._check_may_edit()
        template = self.env.ref("chatbot_flow.template_156")
        document = with_queues(template._document(template.path), city)
        flow = flows._new_from_document(document)
        return flow, flow._load_document(document)
