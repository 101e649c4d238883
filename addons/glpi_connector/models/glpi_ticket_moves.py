# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, models

from .. import rest
from ..rest.interface import (
    OPEN_STATUSES,
    STATUS_ASSIGNED,
    STATUS_CLOSED,
    STATUS_PENDING,
    STATUS_PLANNED,
    STATUS_SOLVED,
)

# Statuses that the citizen is told about
_TOLD_STATUSES = (STATUS_ASSIGNED, STATUS_PENDING, STATUS_SOLVED, STATUS_CLOSED)
# Statuses that begin something: reported before entries of the same second, others after them.
_AFTER = timedelta(milliseconds=500)
_BEGINNINGS = (STATUS_ASSIGNED, STATUS_PLANNED)
_OVER = ("5", "6")


class GlpiTicket(models.Model):
    """Status, entity, requester and technician of a ticket; which changes to report."""

    _inherit = "glpi.ticket"

    technician_glpi_id = fields.Integer(
        string="Technician (GLPI id)", readonly=True, copy=False, aggregator=None
    )
    entity_glpi_id = fields.Char(
        string="Entity of the ticket (GLPI id)",
        readonly=True,
        copy=False,
        help="Empty: not yet read.",
    )
    requester_glpi_ids = fields.Char(
        string="Requesters (GLPI ids)", readonly=True, copy=False, help="Empty: not yet read."
    )
    settled_outbox_id = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="The last answer to a solution that a change of status came from.",
    )

    def _read_actors(self, client, news):
        """Return the people of the ticket (rest.Actor); None while they are not read.

        Once it is solved, the solutions are read instead.
        """
        if news.status not in OPEN_STATUSES:
            return None
        try:
            return client.actors(self.glpi_id, people_only=True)
        except rest.GlpiRefused as error:
            if error.kind != "right":
                raise
            return None

    def _requesters(self, actors):
        """Return the ids of the requesters' accounts, as read now or before."""
        if actors is not None:
            found = {one.user_id for one in actors if one.role == "requester" and one.user_id}
        else:
            found = {int(number) for number in (self.requester_glpi_ids or "").split(",") if number}
        return found | ({self.glpi_requester_id} if self.glpi_requester_id else set())

    # ------------------------------------------------------------ changes
    def _moves(self, news, actors, told, back):
        """Store the changes; return the news for the citizen.

        :param told: the result of `_keep_entries`
        :param back: whether the citizen had been told that the ticket could no longer be followed
        :return: (said first, said of the status, since when it is so): (kind, values) lists
        """
        first = [*self._entity_move(news), *self._requester_move(actors)]
        move = self._status_move(news, actors, told)
        if back and not move:
            move = [("ticket_back", {"situacao": self._status_words()})]
        at = news.status_at and news.status_at.replace(tzinfo=None)
        if at and news.status not in _BEGINNINGS:
            at += _AFTER
        return first, move, at

    def _entity_move(self, news):
        """Handle a move to another entity that we can see."""
        old, new = self.entity_glpi_id, str(news.entity_id)
        if old == new:
            return []
        self.entity_glpi_id = new
        if not old:
            return []
        entity = self.env["glpi.entity"].search(
            [("server_id", "=", self.server_id.id), ("glpi_id", "=", news.entity_id)], limit=1
        )
        env = self.with_context(lang=self.server_id.lang).env
        self._tell_agent(
            env._(
                "Ticket No. %(number)s went to another entity in GLPI: %(name)s",
                number=self.glpi_id,
                name=entity.complete_name or news.entity_id,
            )
        )
        return [("ticket_moved", {"area": entity.name or env._("another department")})]

    def _requester_move(self, actors):
        """Handle a change of the requester."""
        if actors is None:
            return []
        found = sorted({one.user_id for one in actors if one.role == "requester" and one.user_id})
        new, old = ",".join(map(str, found)), self.requester_glpi_ids
        mine = self.glpi_requester_id
        if new != (old or ""):
            self.requester_glpi_ids = new or False
        had = str(mine) in (old or "").split(",")
        if not had or not found or mine in found:
            return []
        self.glpi_requester_id = found[0]
        env = self.with_context(lang=self.server_id.lang).env
        self._tell_agent(env._("Ticket No. %s has another requester in GLPI now.", self.glpi_id))
        return [("ticket_requester", {})]

    def _status_move(self, news, actors, told):
        """Store the new status; return the news for the citizen."""
        old = self.glpi_status
        new = str(news.status) if news.status in rest.interface.STATUSES else old
        assigned = next(
            (one.user_id for one in actors or () if one.role == "assigned" and one.user_id), 0
        )
        known = self.technician_glpi_id
        values = {"glpi_status": new}
        if assigned and news.status == STATUS_ASSIGNED:
            values["technician_glpi_id"] = assigned
        answer = self._answer_behind(new) if new != old else False
        self.write(values)
        if new != old and old in _OVER and new not in _OVER:
            # the citizen was told when GLPI accepted their refusal
            if answer == "refuse":
                return []
            return [("ticket_back", {"situacao": self._status_words()})]
        if news.status == STATUS_ASSIGNED and assigned:
            other = known and known != assigned
            if (new != old and (old != str(STATUS_PENDING) or not known)) or other:
                return [self._assigned_words(assigned)]
        if new == old or news.status not in _TOLD_STATUSES:
            return []
        if news.status == STATUS_SOLVED and "solution" in told["news"]._for_citizen().mapped(
            "kind"
        ):
            return []  # the solution itself says so
        if news.status == STATUS_CLOSED and answer == "approve":
            return []  # the citizen said so, and was thanked
        return [("ticket_status", {"situacao": self._status_words()})]

    def _assigned_words(self, technician):
        """Return the technician's name, or "somebody" if names are not shown."""
        name = self.server_id._technician_name(technician)
        if name:
            return "ticket_assigned", {"tecnico": name}
        return "ticket_status", {"situacao": self._status_words()}

    def _answer_behind(self, status):
        """Return the kind of the citizen's answer to a solution that caused this status, or False.

        Each answer explains only one change: later ones are GLPI's own.
        """
        # sudo: glpi.outbox - read by the system
        answers = self.sudo().outbox_ids.filtered(
            lambda one: (
                one.kind in ("approve", "refuse")
                and one.state == "sent"
                and one.id > self.settled_outbox_id
            )
        )
        if not answers:
            return False
        last = answers.sorted("id")[-1:]
        self.settled_outbox_id = last.id
        fits = (last.kind == "approve") == (status == str(STATUS_CLOSED))
        return last.kind if fits else False

    def _status_words(self):
        """Return the status in the citizen's language."""
        env = self.conversation_id._citizen_env()
        labels = dict(self._fields["glpi_status"]._description_selection(env))
        return labels.get(self.glpi_status, "")
