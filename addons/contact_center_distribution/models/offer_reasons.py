# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from ..routing import reasons as codes
from .offer_round import SUPERVISED

# Who has been free for longer is not known to have been.
LONG = 86400


class Offer(models.Model):
    """The router's reasons in words."""

    _inherit = "contact_center.offer"

    @api.model
    def _reason_words(self, reasons):
        """Return these `routing.Reason` in the user's language, as one line."""
        words = [self._one_reason(reason) for reason in reasons]
        return "; ".join(one for one in words if one)

    @api.model
    def _one_reason(self, reason):
        """Return one reason in words."""
        words = {
            **self._reasons_of_contacts(),
            **self._reasons_of_agents(),
            **self._reasons_of_queues(),
        }.get(reason.code)
        return words(reason.values) if words else reason.code.replace("_", " ")

    @api.model
    def _reasons_of_contacts(self):
        """Return {code: function of its values} of why this contact, or none."""
        _ = self.env._

        def waited(values):
            return self._duration_words(values.get("seconds", 0))

        def level(values):
            kinds = self.env["contact_center.conversation"]._fields["priority"]
            names = dict(kinds._description_selection(self.env))
            return names.get(str(int(values.get("priority", 0))), "")

        return {
            codes.WAITED_LONGEST: lambda v: _("longest wait (%s)", waited(v)),
            codes.HIGHEST_PRIORITY: lambda v: _(
                "priority: %(level)s, waiting for %(time)s", level=level(v), time=waited(v)
            ),
            codes.AGED_PRIORITY: lambda v: _(
                "wait and priority together: %(level)s, %(time)s", level=level(v), time=waited(v)
            ),
            codes.RETURNED_TO_HEAD: lambda v: _(
                "back at the head of the queue, waiting for %s", waited(v)
            ),
            codes.WOULD_BE_NEXT: lambda v: _("nobody is waiting: whoever comes now"),
            codes.PULL_ONLY: lambda v: _("agents pick from the list"),
            codes.UNKNOWN_QUEUE: lambda v: _("this queue is not distributed"),
        }

    @api.model
    def _reasons_of_agents(self):
        """Return {code: function of its values} of why this agent, or why not."""
        _ = self.env._

        def time(values):
            return self._duration_words(values.get("seconds", 0))

        return {
            codes.OWN_QUEUE: lambda v: "",
            codes.IN_RING: lambda v: _("in the circle that widened after %s", time(v)),
            codes.BY_OVERFLOW: lambda v: _("asked too by overflow"),
            codes.ON_LOAN: lambda v: _("lent by the queue %s", self._queue_name(v.get("queue"))),
            codes.NAMED: lambda v: _("handed over to this person"),
            codes.LAST_AGENT: lambda v: _("served this citizen last"),
            codes.LEAST_LOADED: lambda v: _(
                "serves %(load)s of %(capacity)s", load=v.get("load"), capacity=v.get("capacity")
            ),
            codes.HIGHER_LEVEL: lambda v: _("level %s", v.get("level")),
            codes.IDLE_LONGEST: lambda v: (
                _("free for %s", time(v)) if v.get("seconds", 0) < LONG else _("free for longest")
            ),
            codes.SERVED_FEWEST: lambda v: _("served %s today", v.get("count")),
            codes.NEXT_TURN: lambda v: _("next in turn"),
            codes.LEAST_HANDLING: lambda v: _("%s of service today", time(v)),
            codes.LOWEST_MEAN: lambda v: _("%s per contact today", time(v)),
            codes.SMALLEST_SHARE: lambda v: _("got %s of this queue today", v.get("count")),
            codes.NOT_IN_QUEUE: lambda v: _("not an agent of this queue"),
            codes.BARRED: lambda v: str(v.get("code", "")),
            codes.NO_CAPACITY: lambda v: _("serves as much as they can"),
            codes.SKILL_MISSING: self._skill_words,
            codes.DECLINED_LATELY: lambda v: _("refused it or let it pass %s ago", time(v)),
            codes.FOR_NAMED_AGENT: lambda v: _("it is for %s", self._name_of(v.get("agent"))),
            codes.WAITS_FOR_LAST_AGENT: lambda v: _(
                "waits %(time)s more for %(agent)s, who served this citizen last",
                time=time(v),
                agent=self._name_of(v.get("agent")),
            ),
        }

    @api.model
    def _reasons_of_queues(self):
        """Return {code: function of its values} of why contacts or agents go to another queue."""
        _ = self.env._

        def time(values):
            return self._duration_words(values.get("seconds", 0))

        return {
            codes.WAIT_ABOVE: lambda v: _("waiting for %s", time(v)),
            codes.ESTIMATE_ABOVE: lambda v: _("estimated wait of %s", time(v)),
            codes.ANSWER_SPEED_ABOVE: lambda v: _("answers take %s", time(v)),
            codes.SIZE_ABOVE: lambda v: _("%s are waiting", v.get("count")),
            codes.NOBODY_FREE: lambda v: _("no agent is free"),
            codes.OLDEST_WAIT_ABOVE: lambda v: _("somebody has been waiting for %s", time(v)),
            codes.AGENTS_BELOW: lambda v: _("agents there: %s", v.get("count")),
            codes.QUEUE_CLOSED: lambda v: _("the queue is closed"),
            codes.BORROWER_OVERLOADED: lambda v: _(
                "estimated wait of %(time)s in %(queue)s",
                time=time(v),
                queue=self._queue_name(v.get("queue")),
            ),
            codes.BORROWER_WITHOUT_AGENTS: lambda v: _(
                "people wait in %s and nobody is there", self._queue_name(v.get("queue"))
            ),
            codes.BORROWER_WELL: lambda v: _("the wait has been below the goal for %s", time(v)),
            codes.LENDER_NEEDS: lambda v: _("the own queue needs them"),
            codes.AGENT_GONE: lambda v: _("logged out, or no longer to be lent"),
        }

    @api.model
    def _skill_words(self, values):
        """Return what an agent lacks: a level in the queue, or something else to know."""
        skill = int(values.get("skill", 0))
        if skill > 0:
            return self.env._(
                "level %(has)s, this circle asks for %(asked)s",
                has=values.get("has"),
                asked=values.get("asked"),
            )
        if skill == SUPERVISED:
            return self.env._("the direct supervisor is not logged in")
        # sudo: im_livechat.expertise - the name of what is asked is no secret
        name = self.env["im_livechat.expertise"].sudo().browse(-skill).name
        return self.env._("does not know: %s", name or "?")

    @api.model
    def _name_of(self, user_id):
        """Return under what the reader sees an agent."""
        return self.env["res.users"].browse(user_id)._contact_center_label() if user_id else "?"

    @api.model
    def _queue_name(self, queue_id):
        """Return a queue's name."""
        # sudo: contact_center.queue - names of queues are no secret
        return self.env["contact_center.queue"].sudo().browse(queue_id).name if queue_id else "?"

    @api.model
    def _duration_words(self, seconds):
        """Return a time in a few characters: 45 s, 3 min, 2 h 05 min."""
        minutes = int(seconds) // 60
        if minutes < 1:
            return f"{max(int(seconds), 0)} s"
        return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
