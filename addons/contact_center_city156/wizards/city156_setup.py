# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import groupby

from ..models.city156 import KEPT, MADE, NEW, TAKEN

DEEPER = 2


class City156Setup(models.TransientModel):
    """What the button makes, before it is pressed and after."""

    _name = "contact_center.city156.setup"
    _description = "Set Up a City's 156"

    plan = fields.Html(
        readonly=True, sanitize=False, default=lambda self: self._plan_html(self._preset()._plan())
    )
    is_done = fields.Boolean(readonly=True)
    is_complete = fields.Boolean(
        readonly=True,
        default=lambda self: all(state != NEW for _item, state in self._preset()._plan()),
    )
    notices = fields.Text(readonly=True, string="To be completed")

    @api.model
    def _preset(self):
        return self.env["contact_center.city156"]

    def action_make(self):
        """Make what is missing and show what was done, in the same window."""
        self.ensure_one()
        plan, notices = self._preset()._make()
        self.write(
            {
                "plan": self._plan_html(plan),
                "is_done": True,
                "is_complete": True,
                "notices": "\n".join(notices),
            }
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "contact_center_city156.city156_setup_action"
        )
        return {**action, "res_id": self.id}

    def action_view_flow(self):
        """Open the flow with the menu: its texts are the first to be changed."""
        self.ensure_one()
        found = self._preset()._found().get("flow")
        if found:
            return found[0]._action_open()
        return self.env["ir.actions.act_window"]._for_xml_id("chatbot_flow.chatbot_flow_action")

    @api.model
    def _plan_html(self, plan):
        """Return the plan as a table: a row for each kind of thing and what becomes of it."""
        kinds, states = self._kind_words(), self._state_words()
        rows = []
        for kind, entries in groupby(plan, lambda entry: entry[0].kind):
            for state in (NEW, MADE, KEPT, TAKEN):
                found = [item for item, its in entries if its == state]
                if found:
                    rows.append(
                        {
                            "kind": kinds[kind],
                            "count": len(found),
                            "state": states[state],
                            "names": self._names(found),
                        }
                    )
        return self.env["ir.qweb"]._render("contact_center_city156.plan", {"rows": rows})

    @api.model
    def _names(self, found):
        """Return the items' names; natures of a subject go without saying where it is there."""
        shallow = [item for item in found if item.name.count(" / ") < DEEPER]
        return ", ".join(item.name.split(" / ", 1)[-1] for item in shallow or found)

    @api.model
    def _kind_words(self):
        _ = self.env._
        return {
            "hours": _("Service hours"),
            "operation": _("Operation"),
            "region": _("Regions of the city"),
            "skill": _("Skills"),
            "queue": _("Queues"),
            "subject": _("Subjects"),
            "text": _("Canned responses"),
            "flow": _("Flow with the menu"),
        }

    @api.model
    def _state_words(self):
        _ = self.env._
        return {
            NEW: _("will be made"),
            MADE: _("made now"),
            KEPT: _("made before; left as it is now"),
            TAKEN: _("there was one of this name, used as it is"),
        }
